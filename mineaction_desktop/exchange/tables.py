"""A table as it stands in a file: headings, and rows that know their number in the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mineaction_desktop.domain.problems import Place, Problem, UserError
from mineaction_desktop.i18n import Message, mark

Cell = object
"""Text, a number, yes or no, a date, or ``None`` for an empty cell."""

MAX_COLUMNS = 1000
MAX_ROWS = 2_000_000


@dataclass(frozen=True, slots=True)
class Grid:
    """The bare cells of one sheet; the first row is row 1 of the file.

    ``in_text`` says that a row too long was cut by separators in text, not by a stray cell.
    """

    name: str | None
    rows: Sequence[Sequence[Cell]]
    in_text: bool = False
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its headings, empty where a column has none, and its rows by number."""

    name: str | None
    headings: tuple[str, ...]
    rows: Sequence[tuple[int, Sequence[Cell]]]
    problems: tuple[Problem, ...] = ()
    notices: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class TableFile:
    """What a file holds; ``encoding`` is how its text was read, nothing for a workbook."""

    path: Path
    sheets: tuple[Sheet, ...]
    encoding: str | None = None
    notices: tuple[Message, ...] = ()


MESSAGES: Mapping[str, str] = {
    "FILE-001": mark(
        "Row {row} has more cells than there are headings. If a text holds the separator, put it "
        "in quotation marks; if a heading is missing, add it."
    ),
    "FILE-002": mark(
        "Rows {row} to {last} share one merged cell with the number {value}. Nobody can say to "
        "which row it belongs: unmerge the cells and write a number in each row."
    ),
    "FILE-003": mark(
        "The cell {cell} shows the spreadsheet's error {value}. Correct its formula or empty it."
    ),
}
"""The sentence behind each code."""


def file_problem(code: str, place: Place, **values: object) -> Problem:
    """One problem with the shape of a table."""
    value = values.get("value")
    shown = None if value is None else str(value)
    return Problem(code, Message(MESSAGES[code], {"row": place.row, **values}), place, value=shown)


def refused(text: str, path: Path, **values: object) -> UserError:
    """The error that says why a file cannot be read."""
    return UserError(Message(text, {"file": path.name, "folder": str(path.parent), **values}))


def letters(column: int) -> str:
    """The letters of a column, counted from 0, as spreadsheets show them."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What is known of headings before a table is read: spellings by matching key, field names."""

    spellings: frozenset[str] = field(default_factory=frozenset)
    names: frozenset[str] = field(default_factory=frozenset)
