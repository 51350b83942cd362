"""Grids of rows to fill in; one with many columns goes on below itself, row by row."""

from __future__ import annotations

from collections.abc import Sequence

from mineaction_desktop.reports.paper import Grid, Question, Room
from mineaction_desktop.reports.writers.paper.style import (
    FRAME,
    GRID_CELL,
    GRID_HEAD,
    SMALL,
    upright,
)
from mineaction_desktop.reports.writers.pdf import theme
from mineaction_desktop.reports.writers.pdf.pages import Pages, first_base
from mineaction_desktop.reports.writers.pdf.text import Line
from mineaction_desktop.reports.writers.pdf.theme import Style

_NUMBER = 22.0  # the width of the column of row numbers
_ROOM = {
    Room.NUMBER: 0.75,
    Room.CODE: 1.1,
    Room.BOXES: 1.1,
    Room.DATE: 1.1,
    Room.LINE: 1.3,
    Room.TEXT: 2.2,
}
_MOST = 7.0
"""How much room, in columns of plain width, a page has side by side."""
_EDGE, _DOWN = 3.0, 3.0
_BLANK = 21.0
_BETWEEN = 6.0

Cells = Sequence[tuple[Line, ...]]


class Grids:
    """Paints the grids of a form."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def opening(self, grid: Grid) -> float:
        """The height of the head with the first rows."""
        first = _bands(grid.columns)[0]
        return self._head_height(self._head(first)) + 2 * _BLANK

    def paint(self, grid: Grid) -> None:
        """Paint a grid with its rows, and with room for more."""
        at = 0
        for band in _bands(grid.columns):
            if at:
                self._pages.skip(_BETWEEN)
            rows = [row[at : at + len(band)] for row in grid.rows]
            self._band(band, rows, grid.blanks)
            at += len(band)
        if grid.more:
            self._pages.height -= 3
            with self._pages.tags.leaf("P"):
                self._pages.write(grid.more, SMALL)

    def _band(self, band: Sequence[Question], rows: Sequence[Sequence[str]], blanks: int) -> None:
        pages, tags = self._pages, self._pages.tags
        widths = self._widths(band)
        head = self._head(band)
        high = self._head_height(head)
        pages.need(high + 2 * _BLANK)
        with tags.group("Table"):
            with tags.group("TR"):
                elements = [tags.add("TH", "/A<</O/Table/Scope/Column>>") for _ in widths]
            self._row(head, widths, high, elements, is_head=True)
            for at in range(len(rows) + blanks):
                texts = rows[at] if at < len(rows) else [""] * len(band)
                cells = [
                    pages.lay(text, GRID_CELL, width - 2 * _EDGE)
                    for text, width in zip([str(at + 1), *texts], widths, strict=True)
                ]
                self._data(cells, widths, head, high)

    def _data(self, cells: Cells, widths: Sequence[float], head: list[_Lines], high: float) -> None:
        """Paint a row; what has no room on the page goes on on the next one."""
        pages, tags = self._pages, self._pages.tags
        row = tags.add_row(len(cells))
        elements = list(range(row + 1, row + 1 + len(cells)))
        done, count = 0, max(len(lines) for lines in cells)
        while done < max(count, 1):
            if pages.room < min(_height(count - done), 4 * _BLANK):
                pages.next_page()
                self._row(head, widths, high, [tags.current] * len(widths), is_head=True)
            fit = max(1, int((pages.room - 2 * _DOWN) / GRID_CELL.leading))
            shown: list[_Lines] = [
                [(line, GRID_CELL) for line in lines[done : done + fit]] for lines in cells
            ]
            height = _height(min(fit, count - done))
            self._row(shown, widths, height, elements, is_head=False)
            done += fit

    def _row(
        self,
        cells: Sequence[_Lines],
        widths: Sequence[float],
        height: float,
        elements: Sequence[int],
        *,
        is_head: bool,
    ) -> None:
        pages = self._pages
        sheet, tags = pages.sheet, pages.tags
        foot, start = pages.height - height, 0.0
        measure = sum(widths)
        if is_head:
            sheet.rule(0, pages.height, measure, FRAME)
            sheet.fill(theme.TINT, 0, foot, measure, height)
        for lines, width, element in zip(cells, widths, elements, strict=True):
            upright(sheet, start, foot, height)
            top = pages.height - _DOWN
            with tags.within(element):
                for line, style in lines:
                    base = top - first_base(style)
                    sheet.lines((line,), style, start + _EDGE, base, width - 2 * _EDGE)
                    top -= style.leading
            start += width
        upright(sheet, start, foot, height)
        sheet.rule(0, foot, measure, FRAME)
        pages.height = foot

    def _widths(self, band: Sequence[Question]) -> list[float]:
        room = self._pages.place.measure - _NUMBER
        shares = [_ROOM[one.room] for one in band]
        return [_NUMBER, *(room * share / sum(shares) for share in shares)]

    def _head(self, band: Sequence[Question]) -> list[_Lines]:
        """The lines above each column: what is asked, and how it is written."""
        found: list[_Lines] = []
        for one, width in zip([None, *band], self._widths(band), strict=True):
            star = " *" if one and one.required else ""
            texts = [(f"{one.label}{star}", GRID_HEAD), (one.hint, SMALL)] if one else []
            found.append(
                [
                    (line, style)
                    for text, style in texts
                    for line in self._pages.lay(text, style, width - 2 * _EDGE)
                ]
            )
        return found

    def _head_height(self, head: Sequence[_Lines]) -> float:
        return 2 * _DOWN + max(sum(style.leading for _, style in lines) for lines in head)


_Lines = list[tuple[Line, Style]]


def _height(count: int) -> float:
    """The height of a row with so many lines; there is always room to write."""
    return max(_BLANK, count * GRID_CELL.leading + 2 * _DOWN)


def _bands(columns: Sequence[Question]) -> list[Sequence[Question]]:
    """The columns in as few bands as have room side by side, each about as full as the others."""
    whole = sum(_ROOM[one.room] for one in columns)
    count = max(1, -int(-whole // _MOST))
    bands: list[list[Question]] = [[]]
    taken = 0.0
    for one in columns:
        room = _ROOM[one.room]
        if bands[-1] and taken + room > max(whole / count + 0.5, 1) and len(bands) < count + 1:
            bands.append([])
            taken = 0.0
        bands[-1].append(one)
        taken += room
    return list(bands)
