"""Sizes and lines that the parts of a paper form share."""

from __future__ import annotations

from mineaction_desktop.reports.writers.pdf import theme
from mineaction_desktop.reports.writers.pdf.fonts import Weight
from mineaction_desktop.reports.writers.pdf.sheet import Sheet
from mineaction_desktop.reports.writers.pdf.theme import Style

BAR = 18.0
BAR_TITLE = Style(10.5, 14, Weight.BOLD, theme.ACCENT)
LABEL = Style(8.5, 11.5, Weight.BOLD)
SMALL = Style(7, 9.2, colour=theme.MUTED)
OPTION = Style(8.5, 12)
ANSWER = Style(9.5, 13)
GRID_HEAD = Style(7.5, 9.6, Weight.BOLD, theme.ACCENT)
GRID_CELL = Style(8, 10.6)
CODE = Style(7, 9.2, colour=theme.MUTED)

FRAME = theme.BORDER
"""The colour of the boxes: it must still be there after a photocopier."""


def rule_box(sheet: Sheet, start: float, foot: float, width: float, height: float) -> None:
    """Draw the four sides of a box."""
    sheet.rule(start, foot + height, width, FRAME)
    sheet.rule(start, foot, width, FRAME)
    upright(sheet, start, foot, height)
    upright(sheet, start + width, foot, height)


def upright(sheet: Sheet, start: float, foot: float, height: float) -> None:
    """Draw one upright line."""
    sheet.fill(FRAME, start - 0.25, foot, 0.5, height)
