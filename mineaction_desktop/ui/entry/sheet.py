"""The values of a record being keyed and of its rows, and what its form says about them.

Plain data: nothing here knows a window or a file. The draft changes it step by step.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from mineaction_desktop.domain.problems import Place, Problem, Severity
from mineaction_desktop.formdef.catalogue import Catalogue
from mineaction_desktop.formdef.checking import (
    is_required,
    is_shown,
    shown_problems,
    shown_values,
)
from mineaction_desktop.formdef.fieldproblems import problem
from mineaction_desktop.formdef.form import Field, Form, Section
from mineaction_desktop.formdef.types import PLAIN, TYPES, FieldContext
from mineaction_desktop.services.content import Content, RowContent, path_of, split_path
from mineaction_desktop.services.loading import blank_row, row_values

MISSING = "FIELD-001"
"""The code of an empty field that must be filled in."""


class Spot(NamedTuple):
    """A field of the record, or with ``row`` of one of its rows."""

    field: str
    row: str = ""

    @property
    def key(self) -> str:
        """How a kept draft names it."""
        return path_of(self.field, self.row or None)

    @staticmethod
    def of(key: str) -> Spot:
        """The spot that a kept draft named."""
        row, field = split_path(key)
        return Spot(field, row or "")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a field holds: a value, or ``text`` that cannot be read yet; and a person's note.

    ``given`` says that the program has filled it in, from the record before or a linked one, and
    nobody has typed there.
    """

    value: object = None
    text: str | None = None
    note: str = ""
    given: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What the form says about one record or row with its present values."""

    shown: Mapping[str, object]
    required: frozenset[str]
    problems: tuple[Problem, ...]

    def of_field(self, name: str) -> list[Problem]:
        """The problems that stand beside a field."""
        return [one for one in self.problems if one.place.field == name]


@dataclass(slots=True)
class _Row:
    """A record or a row: its form, and what each field holds."""

    form: Form
    version: int | None
    cells: dict[str, Cell]
    values: dict[str, object] = dataclasses.field(init=False)
    facts: Facts | None = None

    def __post_init__(self) -> None:
        self.values = {name: cell.value for name, cell in self.cells.items()}

    def put(self, name: str, cell: Cell) -> None:
        # A new dictionary, because whoever was given the old one may still hold it.
        self.cells[name], self.facts = cell, None
        self.values = {**self.values, name: cell.value}


class Sheet:
    """One record with its rows, as they are now; knows which rows were taken away."""

    def __init__(
        self,
        catalogue: Catalogue,
        content: Content,
        *,
        today: date,
        reading: FieldContext = PLAIN,
        texts: Mapping[str, str] | None = None,
        given: Collection[str] = (),
    ) -> None:
        self.form = catalogue.form(content.kind)
        self.kind, self.id, self.version = content.kind, content.id, content.version
        self._is_hidden = content.is_hidden
        self._catalogue, self._today, self._reading = catalogue, today, reading
        cells = _cells(self.form, content.values, given)
        self._rows = {"": _Row(self.form, content.version, cells)}
        self._order: dict[str, tuple[str, ...]] = {}
        self._kinds: dict[str, str] = {}
        self._groups = {group.kind: group for group in self.form.groups}
        self._remarked: set[Spot] = set()
        for group in self.form.groups:
            rows = content.groups.get(group.kind, ())
            for row in rows:
                self._add_row(group.kind, row)
            self._order[group.kind] = tuple(row.id for row in rows if not row.hidden)
        self._put_texts(texts or {}, content.notes)

    def _put_texts(self, texts: Mapping[str, str], notes: Mapping[str, str]) -> None:
        for key in {**texts, **notes}:
            spot = Spot.of(key)
            if spot.row in self._rows and spot.field in self._rows[spot.row].form.fields:
                cell = self.cell(spot)
                self.put({spot: Cell(cell.value, texts.get(key), notes.get(key, ""))})

    def _add_row(self, kind: str, row: RowContent, given: Collection[str] = ()) -> None:
        form = self._groups[kind].form
        self._rows[row.id] = _Row(form, row.version, _cells(form, row.values, given))
        self._kinds[row.id] = kind

    def make_row(self, kind: str, carried: Mapping[str, object]) -> str:
        """A new row with what it starts with; it stands nowhere until an order names it."""
        row = blank_row(self._catalogue, self._bare(), kind, carried=carried, today=self._today)
        shared = {name for name, field in self._groups[kind].form.fields.items() if field.link}
        self._add_row(kind, row, {*carried, *(shared & self.form.fields.keys())})
        return row.id

    def _bare(self) -> Content:
        """The record without its rows."""
        return Content(self.kind, self.id, self.version, self.values())

    def cell(self, spot: Spot) -> Cell:
        """What a field holds."""
        return self._rows[spot.row].cells.get(spot.field, _EMPTY)

    def values(self, row: str = "") -> Mapping[str, object]:
        """The values of the record or of a row, by field."""
        return self._rows[row].values

    def rows(self, kind: str) -> tuple[str, ...]:
        """The rows of a group, in the order in which they stand."""
        return self._order[kind]

    def kind_of(self, row: str) -> str:
        """The kind of the record or of a row."""
        return self._kinds.get(row, self.kind)

    def form_of(self, row: str) -> Form:
        """The form of the record or of a row."""
        return self._rows[row].form

    def field(self, spot: Spot) -> Field:
        """What the form says about the field of a spot."""
        return self._rows[spot.row].form.fields[spot.field]

    def is_new(self, row: str = "") -> bool:
        """Whether the register does not have the record or the row yet."""
        return self._rows[row].version is None

    def put(self, cells: Mapping[Spot, Cell]) -> None:
        """Take over what fields now hold."""
        for spot, cell in cells.items():
            self._rows[spot.row].put(spot.field, cell)
            if cell.text is not None or cell.note:
                self._remarked.add(spot)
            else:
                self._remarked.discard(spot)
        if any(not spot.row and self.form.fields[spot.field].link for spot in cells):
            self._forget_row_facts()

    def _forget_row_facts(self) -> None:
        """A row takes links from its record: what is wrong with it may be otherwise now."""
        for row in self._rows.values():
            row.facts = None

    def put_order(self, kind: str, rows: Sequence[str]) -> None:
        """Take over which rows a group has, and in which order."""
        self._order[kind] = tuple(rows)

    def facts(self, row: str = "") -> Facts:
        """Which fields of the record or a row are shown and demanded, and what is wrong."""
        kept = self._rows[row]
        if kept.facts is None:
            kept.facts = self._facts(kept, self.known(row))
        return kept.facts

    def is_section_shown(self, section: Section) -> bool:
        """Whether a person sees a section of the record: it is relevant and has something in it."""
        shown = self.facts().shown
        if section.group is not None:
            return is_shown(section, shown, today=self._today)
        return any(field.name in shown for field in section.fields)

    def problems(self) -> list[tuple[Spot, Problem]]:
        """Everything that is wrong, in the order of the form, each with the field it stands at."""
        own = self.facts().problems
        found: list[tuple[Spot, Problem]] = []
        for section in self.form.sections:
            if section.group is None:
                names = {field.name for field in section.fields}
                found += [(Spot(n), one) for one in own if (n := one.place.field) in names and n]
            elif self.is_section_shown(section):
                found += self.row_problems(section.group.kind)
        found += [(Spot(""), one) for one in own if one.place.field is None]
        return found

    def row_problems(self, kind: str) -> Iterator[tuple[Spot, Problem]]:
        """Everything that is wrong in the rows of a group."""
        for row in self._order[kind]:
            for one in self.facts(row).problems:
                yield Spot(one.place.field or "", row), one

    def texts(self) -> dict[str, str]:
        """What is typed and cannot be read, by the key of its spot."""
        return {s.key: c.text for s, c in self._remarked_cells() if c.text is not None}

    def notes(self) -> dict[str, str]:
        """The notes, by the key of their spot."""
        return {s.key: c.note for s, c in self._remarked_cells() if c.note}

    def content(self) -> Content:
        """The record as services take it; rows that the register has and the person not, hidden."""
        groups = {kind: self._group_content(kind) for kind in self._order}
        return Content(
            self.kind, self.id, self.version, self.values(), groups, self.notes(), self._is_hidden
        )

    def _group_content(self, kind: str) -> tuple[RowContent, ...]:
        present = self._order[kind]
        there = set(present)
        gone = [
            row
            for row, owner in self._kinds.items()
            if owner == kind and row not in there and not self.is_new(row)
        ]
        return tuple(
            RowContent(row, self.values(row), self._rows[row].version, hidden)
            for rows, hidden in ((present, False), (gone, True))
            for row in rows
        )

    def _remarked_cells(self) -> Iterator[tuple[Spot, Cell]]:
        """The fields with a text or a note, in rows that are there."""
        present = {"", *(row for rows in self._order.values() for row in rows)}
        for spot in sorted(self._remarked):
            if spot.row in present:
                yield spot, self.cell(spot)

    def known(self, row: str = "") -> Mapping[str, object]:
        """The values of the record, or of a row with what it takes from the record."""
        values = self._rows[row].values
        if not row:
            return values
        group = self._groups[self._kinds[row]]
        return row_values(self._catalogue, self._bare(), group, RowContent(row, values))

    def _facts(self, row: _Row, values: Mapping[str, object]) -> Facts:
        shown = shown_values(row.form, values, today=self._today)
        required = frozenset(
            name
            for name in row.form.demanding
            if name in shown and is_required(row.form.fields[name], shown, today=self._today)
        )
        found = shown_problems(row.form, shown, today=self._today)
        unread = {name for name, cell in row.cells.items() if cell.text is not None} & shown.keys()
        if unread:
            found = [one for one in found if one.place.field not in unread]
            found += [self._unread(row, name, values) for name in unread]
        return Facts(shown, required, tuple(found))

    def _unread(self, row: _Row, name: str, values: Mapping[str, object]) -> Problem:
        """Why a typed text is no value of its field."""
        field, text = row.form.fields[name], row.cells[name].text
        found = TYPES[field.type].read(text, field, reading_of(field, values, self._reading))
        if isinstance(found, Problem):
            return found
        return Problem(
            "FIELD-003",
            problem("FIELD-003", field, text).message,
            Place(kind=field.kind, field=name),
            Severity.ERROR,
            text,
        )


_EMPTY = Cell()


def _cells(
    form: Form, values: Mapping[str, object], given: Collection[str] = ()
) -> dict[str, Cell]:
    cells = {name: Cell(values.get(name)) for name in form.fields}
    known = (name for name in given if name in cells and cells[name].value is not None)
    return cells | {name: dataclasses.replace(cells[name], given=True) for name in known}


def reading_of(field: Field, values: Mapping[str, object], reading: FieldContext) -> FieldContext:
    """How text is read in a field of a record with these values: money in its currency."""
    if field.currency_field is None:
        return reading
    currency = values.get(field.currency_field)
    return dataclasses.replace(reading, currency=str(currency) if currency else None)


def errors(found: Iterable[tuple[Spot, Problem]]) -> list[tuple[Spot, Problem]]:
    """What must be corrected before the record is sound; the rest are hints."""
    return [(spot, one) for spot, one in found if one.severity is Severity.ERROR]
