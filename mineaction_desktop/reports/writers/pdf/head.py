"""The head of a table, on each of its pages: titles of columns, units and explanations."""

from __future__ import annotations

from mineaction_desktop.reports.document import Table
from mineaction_desktop.reports.writers.pdf import theme
from mineaction_desktop.reports.writers.pdf.columns import Box, titles
from mineaction_desktop.reports.writers.pdf.pages import Pages, first_base
from mineaction_desktop.reports.writers.pdf.text import Line
from mineaction_desktop.reports.writers.pdf.theme import Style

_HIGHEST = 0.25  # of a page: a head that filled it would leave no room for rows
_NOTES_HIGHEST = 0.25  # of a page: longer notes go on on the next
_SCOPE = "/A<</O/Table/Scope/Column>>"


class Head:
    """The head of one table, laid out once and painted on each page."""

    def __init__(self, pages: Pages, table: Table, boxes: tuple[Box, ...], cells: Style) -> None:
        self._pages = pages
        self._cells: list[tuple[Box, list[tuple[Line, Style]]]] = []
        bold, plain = cells.bold().coloured(theme.ACCENT), cells.coloured(theme.MUTED)
        for box, column, (title, unit) in zip(
            boxes, table.columns, titles(table.columns), strict=True
        ):
            parts = (title, bold), (unit, plain), (column.help or "", theme.help_style(cells))
            lines = [
                (line, style) for text, style in parts for line in pages.lay(text, style, box.inner)
            ]
            self._cells.append((box, _highest(lines, pages.place.body * _HIGHEST)))
        most = max((_height(lines) for _, lines in self._cells), default=0.0)
        self.height = most + 2 * theme.CELL_DOWN + 1

    def paint_first(self) -> None:
        """Paint the head where the table begins: there its titles are read."""
        tags = self._pages.tags
        with tags.group("TR"):
            self._paint([tags.add("TH", _SCOPE) for _ in self._cells])

    def paint(self) -> None:
        """Paint the head once more, on a page where the table goes on."""
        self._paint([self._pages.tags.current] * len(self._cells))

    def _paint(self, elements: list[int]) -> None:
        pages, tags = self._pages, self._pages.tags
        measure = pages.place.measure
        top = pages.height
        pages.sheet.rule(0, top, measure, theme.ACCENT, 1.0)
        foot = top - self.height
        for element, (box, lines) in zip(elements, self._cells, strict=True):
            height = foot + theme.CELL_DOWN + _height(lines)
            with tags.within(element):
                for line, style in lines:
                    base = height - first_base(style)
                    pages.sheet.lines((line,), style, box.inside, base, box.inner, box.align)
                    height -= style.leading
        pages.sheet.rule(0, foot, measure, theme.ACCENT, 0.5)
        pages.height = foot


def _height(lines: list[tuple[Line, Style]]) -> float:
    return sum(style.leading for _, style in lines)


def _highest(lines: list[tuple[Line, Style]], height: float) -> list[tuple[Line, Style]]:
    """As many of the first lines as a height has room for."""
    while lines and _height(lines) > height:
        lines = lines[:-1]
    return lines


def notes_height(pages: Pages, table: Table) -> float:
    """How much room the notes of a table need below its last row; long ones may go on elsewhere."""
    width = pages.place.measure
    lines = sum(len(pages.lay(note, theme.NOTE, width)) for note in table.notes)
    if not lines:
        return 0.0
    height = 5 + lines * theme.NOTE.leading + 1.5 * len(table.notes)
    return min(height, pages.place.body * _NOTES_HIGHEST)


def spanning(columns: int) -> str:
    """What the element of a cell says that covers so many columns."""
    return f"/A<</O/Table/ColSpan {columns}>>"
