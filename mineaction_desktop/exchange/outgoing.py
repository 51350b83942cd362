"""Records on their way out: columns with headings, and rows of values ready to be written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from mineaction_desktop.domain.vocabulary import ReviewState
from mineaction_desktop.exchange.editions import (
    Edition,
    fields_in,
    goes_with,
    has_kind,
    has_record,
    shown_value,
)
from mineaction_desktop.exchange.linking import name_columns, names_of
from mineaction_desktop.formdef.catalogue import Catalogue
from mineaction_desktop.formdef.form import Field, Form
from mineaction_desktop.formdef.types import PORTABLE, TYPES, FieldContext
from mineaction_desktop.storage.lookups import identities
from mineaction_desktop.storage.queries import Counting, Fact, facts
from mineaction_desktop.storage.reader import Reader

EVERYTHING = Counting(tuple(ReviewState))
"""An export shows rejected records too, with their review state."""

_LIKE_THOUSANDS = re.compile(r"-?\d{1,3}\.\d{3}\Z")


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of a table of records: a field, the name of a linked record, or the id."""

    name: str
    label: str
    field: Field | None = None
    names_link: bool = False


@dataclass(frozen=True, slots=True)
class Outgoing:
    """The ``size`` records of one kind as a table; ``rows`` can be walked once."""

    form: Form
    headings: tuple[Heading, ...]
    rows: Iterable[list[object]]
    size: int


def headings_of(edition: Edition, form: Form, *, for_entry: bool = False) -> tuple[Heading, ...]:
    """The columns of a kind in form order; those for entry have no names and no id."""
    found: list[Heading] = []
    for field in fields_in(edition, form):
        found.append(Heading(field.name, field.label, field))
        if field.link and not for_entry:
            found.append(Heading(f"{field.name}.name", field.label, field, names_link=True))
    if edition == "internal" and not for_entry:
        found.append(Heading("id", "id"))
    return tuple(found)


class Source:
    """Reads the records of an edition, and what their links are called."""

    def __init__(
        self, reader: Reader, catalogue: Catalogue, edition: Edition, extra_kind: str | None = None
    ) -> None:
        self._reader = reader
        self._catalogue = catalogue
        self._edition = edition
        self._open = {
            kind for kind in catalogue.forms if has_kind(edition, kind) or kind == extra_kind
        }
        self._called: dict[str, dict[str, tuple[str, str]]] = {}
        self._sizes: Counter[str] = Counter()
        self._left_out = self._find_left_out()

    def kinds(self) -> list[str]:
        """The kinds that the edition holds, what others link to first."""
        links = {
            kind: {f.link for f in self._catalogue.form(kind).fields.values() if f.link}
            for kind in sorted(self._open)
        }
        ordered: list[str] = []
        while len(ordered) < len(links):
            left = [kind for kind in links if kind not in ordered]
            free = [k for k in left if not (links[k] - {k}) & set(left)]
            ordered += free or left[:1]
        return ordered

    def table(self, kind: str) -> Outgoing:
        """The records of one kind."""
        form = self._catalogue.form(kind)
        headings = headings_of(self._edition, form)
        return Outgoing(form, headings, self._rows(form, headings), self._sizes[kind])

    def _rows(self, form: Form, headings: tuple[Heading, ...]) -> Iterator[list[object]]:
        readers = [self._value_of(heading) for heading in headings]
        for fact in facts(self._reader, form.kind, counting=EVERYTHING):
            if fact["id"] not in self._left_out:
                yield [read(fact) for read in readers]

    def _value_of(self, heading: Heading) -> Callable[[Fact], object]:
        field = heading.field
        if field is None:
            return lambda fact: fact[heading.name]
        if field.link:
            called, part = self._names(field.link), 1 if heading.names_link else 0
            name = field.name
            return lambda fact: called.get(fact[name], (None, None))[part] if fact[name] else None
        if field.extra:
            kind = TYPES[field.type]
            return lambda fact: kind.from_plain((fact["extra"] or {}).get(field.name))
        return lambda fact: shown_value(self._edition, field, fact[field.name])

    def _names(self, kind: str) -> Mapping[str, tuple[str, str]]:
        """The number and the name of every record of a kind that the edition holds."""
        if kind not in self._called:
            columns = name_columns(kind)
            found = {}
            for identity in identities(self._reader, kind, columns):
                if not identity.is_hidden and identity.id not in self._left_out:
                    values = dict(zip(columns, identity.others, strict=True))
                    name = next(iter(names_of(kind, values.get)), "")
                    found[identity.id] = identity.local_id, name
            self._called[kind] = found
        return self._called[kind]

    def _find_left_out(self) -> set[str]:
        """The ids of records that the edition does not hold, and of those about them."""
        left_out: set[str] = set()
        for kind in self._catalogue.forms:
            for identity in identities(self._reader, kind, ["classification"]):
                is_shown = kind in self._open and has_record(self._edition, identity.others[0])
                if not is_shown:
                    left_out.add(identity.id)
                elif not identity.is_hidden:
                    self._sizes[kind] += 1
        while left_out and (more := dict(self._about(left_out))):
            left_out |= more.keys()
            self._sizes.subtract(kind for kind in more.values() if kind)
        return left_out

    def _about(self, left_out: set[str]) -> Iterator[tuple[str, str | None]]:
        """Records about something that is left out, with their kind if they are in sight."""
        for kind in self._open:
            fields = self._catalogue.form(kind).fields.values()
            links = [field for field in fields if field.link and not field.extra]
            for identity in identities(self._reader, kind, [field.name for field in links]):
                if identity.id not in left_out and any(
                    goes_with(field, None if target is None else str(target), left_out)
                    for field, target in zip(links, identity.others, strict=True)
                ):
                    yield identity.id, None if identity.is_hidden else kind


def written(field: Field, value: object, currency: str | None) -> str:
    """A value as text that is read back as the same value, whoever reads it."""
    context = FieldContext(decimal_mark=PORTABLE.decimal_mark, currency=currency)
    text = TYPES[field.type].write(value, field, context)
    # three decimals could as well be thousands; a fourth leaves no doubt
    is_number = field.type in {"number", "money"}
    return f"{text}0" if is_number and _LIKE_THOUSANDS.match(text) else text
