"""Rows of a table with their cells broken into lines, before they are painted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mineaction_desktop.reports.document import Row, RowRole, Table
from mineaction_desktop.reports.writers.pdf import theme
from mineaction_desktop.reports.writers.pdf.cells import CellWords
from mineaction_desktop.reports.writers.pdf.columns import Box
from mineaction_desktop.reports.writers.pdf.columns import box as box_of
from mineaction_desktop.reports.writers.pdf.text import Line
from mineaction_desktop.reports.writers.pdf.theme import Style

Lay = Callable[[str, Style, float], tuple[Line, ...]]


@dataclass(frozen=True, slots=True)
class LaidCell:
    """The lines of one cell and the box they are set into."""

    lines: tuple[Line, ...]
    box: Box
    style: Style


@dataclass(frozen=True, slots=True)
class LaidRow:
    """A row that is ready to be painted."""

    role: RowRole
    cells: tuple[LaidCell, ...]
    lines: int
    leading: float

    @property
    def height(self) -> float:
        """How much of a page the row takes when it is not divided."""
        return self.lines * self.leading + 2 * theme.CELL_DOWN


class RowLayer:
    """Lays out the rows of one table, one at a time."""

    def __init__(self, boxes: tuple[Box, ...], words: CellWords, style: Style, lay: Lay) -> None:
        self._boxes = boxes
        self._words = words
        self._lay = lay
        self._style = style
        self._missing = style.coloured(theme.MUTED)
        self._strong = style.bold()
        self._group = self._strong.coloured(theme.ACCENT)

    def rows(self, table: Table) -> Iterator[LaidRow]:
        """The rows of the table, each laid out when it is asked for."""
        for row in table.rows:
            yield self._data(row) if row.role is RowRole.DATA else self._role(row)

    def _data(self, row: Row) -> LaidRow:
        cells: list[LaidCell] = []
        most = 1
        for box, cell in zip(self._boxes, row.cells, strict=True):
            if cell is None:
                continue
            text, missing = self._words.of(cell)
            style = self._missing if missing else self._style
            lines = self._lay(text, style, box.inner)
            most = max(most, len(lines))
            cells.append(LaidCell(lines, box, style))
        return LaidRow(RowRole.DATA, tuple(cells), most, self._style.leading)

    def _role(self, row: Row) -> LaidRow:
        style = self._group if row.role is RowRole.GROUP else self._strong
        cells: list[LaidCell] = []
        for at, cell in enumerate(row.cells):
            if cell is None:
                continue
            box = self._boxes[at]
            if isinstance(cell, str) and not cells:
                box = self._over_blank(row, at)
            text, missing = self._words.of(cell)
            shown = self._missing if missing else style
            cells.append(LaidCell(self._lay(text, shown, box.inner), box, shown))
        most = max((len(cell.lines) for cell in cells), default=1)
        return LaidRow(row.role, tuple(cells), max(most, 1), self._style.leading)

    def _over_blank(self, row: Row, at: int) -> Box:
        """The box of a label that may run over the blank cells beside it."""
        first = self._boxes[at]
        width = first.width
        for box, cell in zip(self._boxes[at + 1 :], row.cells[at + 1 :], strict=True):
            if cell is not None:
                break
            width += box.width
        return box_of(first.start, width, first.align)
