"""The lines of a sheet before they are written: what stands where, and how tall it is."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from mineaction_desktop.reports.document import Cell, ColumnKind, Row, RowRole, Table
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.reports.writers.excel.grid import Grid, Span
from mineaction_desktop.reports.writers.excel.styles import Align, Role, size_of
from mineaction_desktop.reports.writers.excel.text import width

PLAIN_HEIGHT = 15.0
MAX_HEIGHT = 409.0  # no spreadsheet makes a row taller
_BODY_SIZE = 11  # the size that column widths are counted in
_SHORT = 30
_AFTER_LATIN = "\u0250"

_ROW_ROLES = {
    RowRole.DATA: Role.DATA,
    RowRole.GROUP: Role.GROUP,
    RowRole.SUBTOTAL: Role.SUBTOTAL,
    RowRole.TOTAL: Role.TOTAL,
}


class Put(NamedTuple):
    """A cell of a line: where it stands, what it says (``small`` below in small type), its role."""

    span: Span
    value: Cell
    role: Role
    align: Align = Align.START
    wrap: bool = True
    small: str = ""


class Line(NamedTuple):
    """A row of the sheet; without a height it is as tall as one line.

    ``folds`` says that a reader can fold it away under the sum that follows.
    """

    puts: tuple[Put, ...] = ()
    height: float | None = None
    folds: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """The rows of a table on the spans of its columns; they become lines one by one."""

    table: Table
    spans: tuple[Span, ...]

    def lines(self, grid: Grid, presenter: Presenter) -> Iterator[Line]:
        """Each row of the table as a line."""
        aligns = column_aligns(self.table)
        for row in self.table.rows:
            puts = row_puts(row, self.spans, aligns)
            height = needed_height(puts, grid, presenter)
            folds = self.folds and row.role is RowRole.DATA
            yield Line(puts, height if height > PLAIN_HEIGHT else None, folds)

    @property
    def folds(self) -> bool:
        """Whether rows fold away: where groups open figures, each with its sum below."""
        first = self.table.rows[0] if self.table.rows else None
        return first is not None and first.role is RowRole.GROUP and first.opens is not None


def column_aligns(table: Table) -> tuple[Align, ...]:
    """Where the cells of each column stand."""
    ends = (column.kind is ColumnKind.NUMBER for column in table.columns)
    return tuple(Align.END if end else Align.START for end in ends)


def row_puts(row: Row, spans: Sequence[Span], aligns: Sequence[Align]) -> tuple[Put, ...]:
    """The cells of a row of a table; the heading of a group runs on over empty neighbours."""
    role = _ROW_ROLES[row.role]
    wrap = row.role is not RowRole.GROUP
    return tuple(
        [
            Put(span, cell, role, align, wrap)
            for cell, span, align in zip(row.cells, spans, aligns, strict=True)
        ]
    )


def needed_height(puts: Sequence[Put], grid: Grid, presenter: Presenter) -> float:
    """The height in points that shows all wrapped text of a line."""
    tallest = PLAIN_HEIGHT
    for put in puts:
        if not put.wrap or not isinstance(put.value, str):
            continue  # numbers and dates keep to one line
        size, room = size_of(put.role), grid.width(put.span)
        lines = line_count(presenter.cell(put.value), room, size)
        lines += line_count(put.small, room, size) if put.small else 0
        tallest = max(tallest, lines * size * 1.32 + 3)
    return min(round(tallest, 1), MAX_HEIGHT)


def line_count(text: str, room: float, size: int) -> int:
    """How many lines a text takes; one more than measured costs less than one too few."""
    per_line = max(1.0, (room - 2) * _BODY_SIZE / size)
    if 2 * len(text) < per_line and "\n" not in text:
        return 1
    return sum(max(1, math.ceil(_measure(line) / per_line)) for line in text.split("\n"))


def _measure(line: str) -> float:
    """The width of running text: small Latin letters are narrower than digits, others wider."""
    if max(line, default="") < _AFTER_LATIN:
        return (0.84 if len(line) > _SHORT else 0.92) * len(line)
    return 1.05 * width(line)
