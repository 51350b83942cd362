"""Sizes, colours and distances of the paper: one place to change how reports look."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mineaction_desktop.reports.document import TextRole
from mineaction_desktop.reports.writers.pdf.fonts import Weight

Colour = tuple[float, float, float]


def _colour(code: str) -> Colour:
    red, green, blue = (int(code[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


INK = _colour("1b232b")
ACCENT = _colour("1c4e72")
MUTED = _colour("5d6974")
RULE = _colour("c9d1d8")
HAIRLINE = _colour("e1e6ea")
TINT = _colour("eef3f7")
MARK = _colour("eceff2")

PAGE_SHORT, PAGE_LONG = 595.2756, 841.8898  # A4
MARGIN_SIDE = 56.0
MARGIN_SIDE_WIDE = 45.0
MARGIN_TOP = 68.0
MARGIN_TOP_WIDE = 60.0
MARGIN_FOOT = 62.0
MARGIN_FOOT_WIDE = 52.0

WIDE_FROM_COLUMNS = 6


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set: type size, distance of base lines, weight and colour."""

    size: float
    leading: float
    weight: Weight = Weight.REGULAR
    colour: Colour = INK

    def bold(self) -> Style:
        """The same style in bold."""
        return replace(self, weight=Weight.BOLD)

    def coloured(self, colour: Colour) -> Style:
        """The same style in another colour."""
        return replace(self, colour=colour)

    def scaled(self, size: float) -> Style:
        """The same style at another type size, with the leading in proportion."""
        return replace(self, size=size, leading=self.leading / self.size * size)


LABEL = Style(10, 14, Weight.BOLD, ACCENT)
TITLE = Style(18, 23.5, Weight.BOLD)
FRONT_LABEL = Style(12, 18, Weight.BOLD, ACCENT)
FRONT_TITLE = Style(23, 30, Weight.BOLD)
PERIOD = Style(9, 13, Weight.BOLD)
HEADINGS = {
    1: Style(12.5, 17, Weight.BOLD, ACCENT),
    2: Style(10.5, 15, Weight.BOLD),
    3: Style(9.5, 13.5, Weight.BOLD),
}
TABLE_TITLE = Style(10, 14, Weight.BOLD)
BODY = Style(9.5, 14)
PARAGRAPHS = {
    TextRole.BODY: BODY,
    TextRole.LEGAL: Style(9, 13, colour=MUTED),
    TextRole.REMARK: Style(9, 13),
    TextRole.NOTE: Style(8, 11.5, colour=MUTED),
}
FIELD_LABEL = Style(9, 14, Weight.BOLD, ACCENT)
CHOICE_LABEL = Style(9, 13, Weight.BOLD)
CHOICE_OPTION = Style(8.5, 12)
NOTE = Style(7.5, 10.5, colour=MUTED)
FURNITURE = Style(7.5, 10, colour=MUTED)
NOTICE = Style(8, 11, Weight.BOLD, ACCENT)
CONTENTS_LABEL = Style(9.5, 14, Weight.BOLD, ACCENT)
CONTENTS_TITLE = Style(9.5, 14)
CONTENTS_DOTS = Style(8, 14, colour=RULE)
CHART_TEXT = Style(7.5, 10, colour=MUTED)
CHART_PART = Style(7, 10)
CHART_NUMBER = Style(7.5, 10, Weight.BOLD)
CHART_FILLS = tuple(map(_colour, ("1c4e72", "7ba4c4", "d9e5ee", "a8763a", "ead9c2")))
CHART_LINE = _colour("3f749c")  # dark enough for white numbers on it
SEA, LAND, BORDER = _colour("f4f7f9"), _colour("ffffff"), _colour("9aa7b2")
MARK_SIZE = 110.0

CELL_ACROSS = 5.0
CELL_DOWN = 3.2


def help_style(cells: Style) -> Style:
    """The style of the words that explain a column, below its title."""
    return cells.scaled(max(cells.size - 1.5, 6.0)).coloured(MUTED)


def cell_style(columns: int) -> Style:
    """The style of the cells of a table: the more columns, the smaller."""
    size = 8.5 if columns < 9 else 8.0 if columns < 12 else 7.0
    return Style(size, size * 1.38)
