"""What the fields of an open record may ask: other records, the choices that fit, the day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from mineaction_desktop.domain.problems import Problem, UserError
from mineaction_desktop.formdef.checking import offered_choices
from mineaction_desktop.formdef.choices import Choice
from mineaction_desktop.formdef.fieldproblems import problem
from mineaction_desktop.formdef.form import Field
from mineaction_desktop.formdef.types import FieldContext
from mineaction_desktop.formdef.wording import key
from mineaction_desktop.services.country import edges
from mineaction_desktop.services.editing import LinkOption, find_links, link_name, linked_value
from mineaction_desktop.ui.desk import Session
from mineaction_desktop.ui.entry.context import Attaching, Bounds, FieldScene

Create = Callable[[Field, str], LinkOption | None]
Open = Callable[[str, str], None]


class Scenes:
    """Makes the scene of a record, and of the rows of its groups."""

    def __init__(
        self,
        session: Session,
        today: date,
        *,
        create_linked: Create,
        open_linked: Open,
        attach: Attaching | None = None,
        bounds: Bounds | None = None,
    ) -> None:
        self._session, self._today = session, today
        self._create, self._open = create_linked, open_linked
        self._attach, self._bounds = attach, bounds or _bounds(session)
        self._names: dict[tuple[str, str], str] = {}
        mark = session.desk.locale.decimalPoint()
        self.reading = FieldContext(
            decimal_mark="," if mark == "," else ".",
            words=session.desk.words,
            find_record=self._find_record,
        )

    def scene(self, values: Callable[[], Mapping[str, object]]) -> FieldScene:
        """The scene of a record or row, given where its values can be asked for."""
        return FieldScene(
            desk=self._session.desk,
            reading=self.reading,
            find_links=lambda field, text: self._find(field, text, values()),
            link_name=self.name,
            create_linked=self._create,
            open_linked=self._open,
            values=values,
            offered=lambda field: self._offered(field, values()),
            today=self._today,
            attach=self._attach,
            bounds=self._bounds,
        )

    def name(self, kind: str, record_id: str) -> str:
        """What people call a record; asked for once."""
        found = self._names.get((kind, record_id))
        if found is None:
            with self._session.store.read() as reader:
                found = link_name(
                    reader, self._session.catalogue, kind, record_id, self._session.desk.words
                )
            self._names[kind, record_id] = found
        return found

    def linked(self, kind: str, record_id: str, field: str) -> object:
        """A value of a linked record; nothing if the register has none, or cannot be read now."""
        try:
            with self._session.store.read() as reader:
                return linked_value(reader, self._session.catalogue, kind, record_id, field)
        except UserError:  # a pulled stick, for one: what is keyed reaches its draft all the same
            return None

    def forget(self, touched: Mapping[str, frozenset[str]]) -> None:
        """Records were changed: they may be called otherwise now, and what is named after them."""
        gone = {kind for kind, _ in self._names if self._named_after(kind) & touched.keys()}
        self._names = {of: name for of, name in self._names.items() if of[0] not in gone}

    def _named_after(self, kind: str, seen: frozenset[str] = frozenset()) -> frozenset[str]:
        """The kinds whose records say what a record of a kind is called."""
        seen |= {kind}
        form = self._session.catalogue.form(kind)
        for name, field in form.fields.items():
            if field.link and field.link not in seen and f"{{{name}}}" in form.label:
                seen |= self._named_after(field.link, seen)
        return seen

    def _find(
        self, field: Field, text: str, values: Mapping[str, object], limit: int = 20
    ) -> Sequence[LinkOption]:
        with self._session.store.read() as reader:
            return find_links(
                reader,
                self._session.catalogue,
                field,
                text,
                values,
                limit=limit,
                words=self._session.desk.words,
                today=self._today,
            )

    def _find_record(self, field: Field, text: str) -> str | Problem:
        """The record that a pasted text names: by number or whole name, and nothing less."""
        wanted = key(text)
        found = self._find(field, text, {}, limit=8)
        exact = [one for one in found if wanted in {key(one.local_id), key(one.name)}]
        named = exact or (found if len(found) == 1 else [])
        if len(named) == 1 or exact:
            return named[0].id
        return problem("FIELD-003", field, text)

    def _offered(self, field: Field, values: Mapping[str, object]) -> Sequence[Choice]:
        return offered_choices(field, values, today=self._today)


def _bounds(session: Session) -> Bounds | None:
    """The box of the country, for positions that are asked about."""
    with session.store.read() as reader:
        found = edges(reader)
    return Bounds(*found) if found else None
