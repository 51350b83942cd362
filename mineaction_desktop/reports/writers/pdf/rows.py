"""Rows of a table with their cells broken into lines, before they are painted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from mineaction_desktop.reports.document import Cell, Row, RowRole, Table
from mineaction_desktop.reports.figures import Figure
from mineaction_desktop.reports.writers.pdf import theme
from mineaction_desktop.reports.writers.pdf.cells import CellWords
from mineaction_desktop.reports.writers.pdf.columns import Box
from mineaction_desktop.reports.writers.pdf.columns import box as box_of
from mineaction_desktop.reports.writers.pdf.leads import to_figure, to_row
from mineaction_desktop.reports.writers.pdf.text import Line
from mineaction_desktop.reports.writers.pdf.theme import Style

Lay = Callable[[str, Style, float], tuple[Line, ...]]


@dataclass(frozen=True, slots=True)
class LaidCell:
    """The lines of one cell, the box they are set into, and how many columns it covers.

    ``leads_to`` is the place that a touch leads to, ``place`` the name by which others lead here.
    """

    at: int
    lines: tuple[Line, ...]
    box: Box
    style: Style
    span: int = 1
    leads_to: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class LaidRow:
    """A row that is ready to be painted."""

    role: RowRole
    cells: tuple[LaidCell, ...]
    lines: int
    leading: float
    place: str | None = None

    @property
    def height(self) -> float:
        """How much of a page the row takes when it is not divided."""
        return self.lines * self.leading + 2 * theme.CELL_DOWN


class RowLayer:
    """Lays out the rows of one table, one at a time."""

    def __init__(
        self,
        boxes: tuple[Box, ...],
        words: CellWords,
        style: Style,
        lay: Lay,
        linked: frozenset[str],
    ) -> None:
        self._boxes = boxes
        self._linked = linked
        self._words = words
        self._lay = lay
        self._style = style
        self._missing = style.coloured(theme.MUTED)
        self._strong = style.bold()
        self._group = self._strong.coloured(theme.ACCENT)

    def rows(self, table: Table) -> Iterator[LaidRow]:
        """The rows of the table, each laid out when it is asked for."""
        for row in table.rows:
            laid = self._data(row) if row.role is RowRole.DATA else self._role(row)
            if row.opens in self._linked:
                yield _leading_back(laid, str(row.opens))
            else:
                yield laid

    def _data(self, row: Row) -> LaidRow:
        cells: list[LaidCell] = []
        most = 1
        for at, (box, cell) in enumerate(zip(self._boxes, row.cells, strict=True)):
            if cell is None:
                continue
            text, missing = self._words.of(cell)
            style = self._missing if missing else self._style
            lines = self._lay(text, style, box.inner)
            most = max(most, len(lines))
            cells.append(self._linked_cell(row, cell, LaidCell(at, lines, box, style)))
        return LaidRow(RowRole.DATA, tuple(cells), most, self._style.leading)

    def _role(self, row: Row) -> LaidRow:
        style = self._group if row.role is RowRole.GROUP else self._strong
        cells: list[LaidCell] = []
        for at, cell in enumerate(row.cells):
            if cell is None:
                continue
            box, span = self._boxes[at], 1
            if isinstance(cell, str) and not cells:
                box, span = self._over_blank(row, at)
            text, missing = self._words.of(cell)
            shown = self._missing if missing else style
            laid = LaidCell(at, self._lay(text, shown, box.inner), box, shown, span)
            cells.append(self._linked_cell(row, cell, laid))
        most = max((len(cell.lines) for cell in cells), default=1)
        return LaidRow(row.role, tuple(cells), max(most, 1), self._style.leading)

    def _linked_cell(self, row: Row, cell: Cell, laid: LaidCell) -> LaidCell:
        """The cell of a figure leads to the row that opens it, unless it stands in that row."""
        if not isinstance(cell, Figure) or cell.key not in self._linked or cell.key == row.opens:
            return laid
        style = laid.style if cell.value is None else laid.style.coloured(theme.ACCENT)
        return replace(laid, style=style, leads_to=to_row(cell.key), place=to_figure(cell.key))

    def _over_blank(self, row: Row, at: int) -> tuple[Box, int]:
        """The box of a label that may run over the blank cells beside it, and their number."""
        first = self._boxes[at]
        width, span = first.width, 1
        for box, cell in zip(self._boxes[at + 1 :], row.cells[at + 1 :], strict=True):
            if cell is not None:
                break
            width += box.width
            span += 1
        return box_of(first.start, width, first.align), span


def _leading_back(row: LaidRow, key: str) -> LaidRow:
    """The row that opens a figure, with its first cell as the way back."""
    first, *others = row.cells or (None,)
    if first is None:
        return row
    back = replace(first, style=first.style.coloured(theme.ACCENT), leads_to=to_figure(key))
    return replace(row, cells=(back, *others), place=to_row(key))
