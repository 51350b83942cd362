"""The history of a record field by field, in words: who changed what from what to what, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from mineaction_desktop.formdef.catalogue import Catalogue
from mineaction_desktop.formdef.form import Field, Form
from mineaction_desktop.formdef.types import TYPES, FieldContext
from mineaction_desktop.i18n import Words, mark
from mineaction_desktop.records.types import LOCKED
from mineaction_desktop.services.linking import link_name
from mineaction_desktop.services.notes import NOTES
from mineaction_desktop.services.trail_states import HIDDEN
from mineaction_desktop.storage.audit import Action, Entry, history
from mineaction_desktop.storage.store import Reader

NOTE = mark("Note on a field")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one entry: its name, its label, and what stood in it before and after.

    ``is_note`` marks a remark on the field rather than its value.
    """

    field: str
    label: str
    old_text: str
    new_text: str
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """One entry in the life of a record; ``number`` is that of the trail, ``version`` its own."""

    number: int
    version: int
    at: datetime
    author: str
    office: str
    batch: str
    action: Action
    reason: str | None
    changes: tuple[FieldChange, ...]


def versions(
    reader: Reader, catalogue: Catalogue, record_id: str, words: Words | None = None
) -> list[Version]:
    """Everything that happened to a record, the last first."""
    told = history(reader, record_id)
    teller = _Teller(reader, catalogue, words)
    found = [
        Version(
            number=entry.number,
            version=position,
            at=entry.at,
            author=entry.author,
            office=entry.office,
            batch=entry.batch,
            action=entry.action,
            reason=entry.reason,
            changes=tuple(teller.changes(entry)),
        )
        for position, entry in enumerate(told, start=1)
    ]
    return found[::-1]


class _Teller:
    """Puts the entries of one record into words, oldest first."""

    def __init__(self, reader: Reader, catalogue: Catalogue, words: Words | None) -> None:
        self._reader = reader
        self._catalogue = catalogue
        self._words = words
        self._state: dict[str, object] = {}

    def changes(self, entry: Entry) -> Iterator[FieldChange]:
        """Give the fields that an entry changed, in the order of the form."""
        form = self._catalogue.forms.get(entry.kind)
        before, after = self._state, {**self._state}
        after.update((name, new) for name, (_, new) in entry.changes.items())
        old, new = _flat(before), _flat(after)
        names = [name for name in (form.fields if form else ()) if name in old or name in new]
        names += [name for name in {**old, **new} if name not in names]
        for name in names:
            if old.get(name) != new.get(name) or (name in entry.changes and name in new):
                yield from self._change(form, name, (old, new), entry)
        self._state = after

    def _change(
        self,
        form: Form | None,
        name: str,
        sides: tuple[Mapping[str, object], Mapping[str, object]],
        entry: Entry,
    ) -> Iterator[FieldChange]:
        if name in HIDDEN or (name not in entry.changes and "extra" not in entry.changes):
            return
        of_note = name.startswith(f"{NOTES}/")
        field = form.fields.get(name.removeprefix(f"{NOTES}/")) if form else None
        label = field.label if field else name
        old, new = (self._text(None if of_note else field, side.get(name), side) for side in sides)
        plain = name.removeprefix(f"{NOTES}/")
        yield FieldChange(plain, label, old, new, is_note=of_note)

    def _text(self, field: Field | None, plain: object, side: Mapping[str, object]) -> str:
        if plain is None:
            return ""
        if field is None or plain == LOCKED:
            return str(plain)
        if field.link:
            return link_name(self._reader, self._catalogue, field.link, str(plain), self._words)
        if field.choices is not None:
            codes = plain if isinstance(plain, list) else [plain]
            return "; ".join(field.choices.label(str(code), self._words) for code in codes)
        currency = side.get(field.currency_field or "")
        context = FieldContext(
            words=self._words, currency=None if currency is None else str(currency)
        )
        value = TYPES[field.type].from_plain(plain)
        return TYPES[field.type].write(value, field, context)


def _flat(state: Mapping[str, object]) -> dict[str, object]:
    """A state with the national fields and the remarks on fields as fields of their own."""
    found = {name: value for name, value in state.items() if name != "extra" and value is not None}
    extra = state.get("extra")
    for name, value in extra.items() if isinstance(extra, dict) else ():
        if name == NOTES and isinstance(value, dict):
            found |= {f"{NOTES}/{of}": text for of, text in value.items()}
        else:
            found[name] = value
    return found
