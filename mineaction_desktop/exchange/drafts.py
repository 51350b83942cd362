"""A record in the making: what a row says about it, and what is wrong with that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from mineaction_desktop.domain.problems import Place, Problem, Severity
from mineaction_desktop.exchange.columns import Column
from mineaction_desktop.exchange.linking import Entry, names_of
from mineaction_desktop.exchange.plans import RecordPlan
from mineaction_desktop.exchange.tables import Cell
from mineaction_desktop.i18n import Message, mark

MESSAGES: Mapping[str, str] = {
    "IMPORT-001": mark(
        "Rows {row} and {other} are the same record, {name}. Delete one of them, or give it a "
        "number of its own."
    ),
    "IMPORT-002": mark(
        "The number {value} belongs to another record of this register. The row seems to come "
        "from another register: give it another number, or empty the cell."
    ),
    "IMPORT-003": mark(
        "The number {value} belongs to a record that is hidden ({reason}). Show that record "
        "again, or give this one another number."
    ),
    "IMPORT-004": mark("“{value}” is no id of a record. Empty the cell: the program gives ids."),
    "IMPORT-005": mark("Several records have {name}. Give the number of the one you mean."),
    "IMPORT-006": mark("Rows {row} and {other} say different things about {name}: correct one."),
    "IMPORT-007": mark("Row {other}, which this row needs, was rejected. Correct that row first."),
    "IMPORT-008": mark(
        "This register is that of {own}; the row is about another State, {value}. Import it into "
        "a register of that State."
    ),
}
"""The sentence behind each code."""


@dataclass(slots=True, eq=False)
class Draft:
    """A record in the making: where it comes from, its values, and whether it is stored already.

    ``says_all`` means that the row was exported with its id, so that an emptied cell empties the
    field; elsewhere an empty cell says nothing.
    """

    plan: RecordPlan
    row: int
    cells: Sequence[Cell]
    sheet: str | None = None
    values: dict[str, object] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    needs: list[Draft] = field(default_factory=list)
    entry: Entry | None = None
    says_all: bool = False
    is_made_for_link: bool = False
    is_dropped: bool = False

    @property
    def kind(self) -> str:
        """The kind of the record."""
        return self.plan.kind

    @property
    def id(self) -> str:
        """The id that the record has or will have."""
        assert self.entry is not None  # noqa: S101 - given in the first pass
        return self.entry.id

    @property
    def is_stored(self) -> bool:
        """Whether the record is one of the register already."""
        return self.entry is not None and self.entry.is_stored

    @property
    def is_rejected(self) -> bool:
        """Whether something keeps the record from being stored, here or elsewhere in its row."""
        return self.is_dropped or (
            bool(self.problems)
            and any(problem.severity is Severity.ERROR for problem in self.problems)
        )

    def name(self) -> str:
        """What a person knows the record by."""
        names = names_of(self.kind, self.values.get)
        return names[0] if names else str(self.values.get("local_id") or "")


@dataclass(frozen=True, slots=True)
class Faults:
    """Notes what is wrong with drafts, each problem with its place in the file."""

    path: Path

    def put(self, draft: Draft, column: Column, value: object) -> None:
        """Give a draft a value that was read, or the problem that reading ended in."""
        if isinstance(value, Problem):
            draft.problems.append(self.placed(value, draft))
            value = None
        draft.values[column.field.name] = value

    def add(self, draft: Draft, code: str, field_name: str | None = None, **values: object) -> None:
        """Note a problem of a draft by its code."""
        message = Message(MESSAGES[code], {"row": draft.row, **values})
        value = values.get("value")
        shown = None if value is None else str(value)
        found = Problem(code, message, Place(field=field_name), value=shown)
        draft.problems.append(self.placed(found, draft))

    def placed(self, problem: Problem, draft: Draft) -> Problem:
        """A problem with the place in the file where a person finds it."""
        place = Place(
            file=self.path.name,
            sheet=draft.sheet,
            row=draft.row,
            column=draft.plan.heading(problem.place.field),
            kind=draft.kind,
            field=problem.place.field,
        )
        return replace(problem, place=place)
