"""The last pages of a form: lists of codes that are too long to tick."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from mineaction_desktop.reports.paper import CodeList, Option
from mineaction_desktop.reports.writers.paper.style import GRID_CELL, LABEL
from mineaction_desktop.reports.writers.pdf import theme
from mineaction_desktop.reports.writers.pdf.pages import Pages, first_base
from mineaction_desktop.reports.writers.pdf.text import Line

_COLUMNS = 2
_CODES = 0.42
"""The share of a column that codes take."""
_GUTTER = 18.0
_BETWEEN = 12.0


def paint_lists(pages: Pages, title: str, lists: Sequence[CodeList]) -> None:
    """Paint the lists one after the other, from a new page on."""
    pages.start_section(title)
    with pages.tags.leaf("H2"):
        pages.write(title, theme.HEADINGS[1])
    for one in lists:
        _paint_list(pages, one)


def _paint_list(pages: Pages, one: CodeList) -> None:
    width = (pages.place.measure - (_COLUMNS - 1) * _GUTTER) / _COLUMNS
    cells = [_cell(pages, choice, width) for choice in one.choices]
    rows = ceil(len(cells) / _COLUMNS)
    pages.skip(_BETWEEN)
    pages.need(LABEL.leading + 4 + 4 * GRID_CELL.leading)
    with pages.tags.leaf("H3"):
        pages.write(one.title, LABEL)
    pages.height -= 3
    for row in range(rows):
        side_by_side = cells[row::rows]
        count = max(len(lines) for cell in side_by_side for lines in cell)
        height = count * GRID_CELL.leading + 1
        pages.need(height)
        base = pages.height - first_base(GRID_CELL)
        for at, (code, label) in enumerate(side_by_side):
            start = at * (width + _GUTTER)
            pages.sheet.rule(start, pages.height, width, theme.HAIRLINE)
            with pages.tags.leaf("P"):
                pages.sheet.lines(code, GRID_CELL.bold(), start, base, width * _CODES)
            with pages.tags.leaf("P"):
                inner = width * (1 - _CODES)
                pages.sheet.lines(label, GRID_CELL, start + width * _CODES, base, inner)
        pages.height -= height


def _cell(pages: Pages, choice: Option, width: float) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    code = pages.lay(choice.code, GRID_CELL.bold(), width * _CODES - 6)
    return code, pages.lay(choice.label, GRID_CELL, width * (1 - _CODES))
