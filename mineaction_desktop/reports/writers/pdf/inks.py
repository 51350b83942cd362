"""How the series of a chart differ: by lightness, by pattern and by marks, not by colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from mineaction_desktop.reports.writers.pdf import theme
from mineaction_desktop.reports.writers.pdf.drawing import Drawing, Point
from mineaction_desktop.reports.writers.pdf.theme import Colour

_WHITE = (1.0, 1.0, 1.0)
_DARK = 1.5  # red, green and blue together: below it, letters are white
_STEP = 4.2  # between the lines of a pattern


@dataclass(frozen=True, slots=True)
class Look:
    """How a series is drawn: its fill, the slope of its pattern, its line and its dashes."""

    fill: Colour
    line: Colour
    slopes: tuple[int, ...] = ()
    dashes: str = ""


LOOKS = (
    Look(theme.CHART_FILLS[0], theme.CHART_FILLS[0]),
    Look(theme.CHART_FILLS[2], theme.CHART_LINE, (1,), "5 3"),
    Look(theme.CHART_FILLS[1], theme.CHART_FILLS[3], (), "1.5 3"),
    Look(theme.CHART_FILLS[4], theme.CHART_FILLS[3], (-1,), "7 3 1.5 3"),
    Look(theme.CHART_FILLS[3], theme.MUTED),
    Look(_WHITE, theme.MUTED, (1, -1), "2 2"),
)


def fill_bar(drawing: Drawing, order: int, box: tuple[float, float, float, float]) -> None:
    """Draw a bar in the look of a series."""
    look = LOOKS[order % len(LOOKS)]
    x, y, width, height = box
    if height <= 0:
        return
    drawing.box(x, y, width, height, look.fill)
    if look.slopes:
        drawing.clip(x, y, width, height)
        for slope in look.slopes:
            _hatch(drawing, slope, box, look.line)
        drawing.unclip()
        corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
        drawing.shape([corners], None, look.line)


def shade(order: int) -> tuple[Colour, Colour]:
    """The ground of a number inside a bar of a series, and the colour that is read on it."""
    fill = LOOKS[order % len(LOOKS)].fill
    return fill, theme.INK if sum(fill) > _DARK else _WHITE


def _hatch(
    drawing: Drawing, slope: int, box: tuple[float, float, float, float], colour: Colour
) -> None:
    x, y, width, height = box
    for at in range(int((width + height) / _STEP) + 1):
        across = x + at * _STEP
        ends = (across, y), (across - height, y + height)
        if slope < 0:
            ends = (across - height, y), (across, y + height)
        drawing.line(ends, colour, 0.6)


def mark_point(drawing: Drawing, order: int, point: Point, size: float = 2.6) -> None:
    """Draw the mark of a series: a disc, a square, a triangle or a diamond."""
    look = LOOKS[order % len(LOOKS)]
    x, y = point
    shapes = {
        1: ((x - size, y - size), (x + size, y - size), (x + size, y + size), (x - size, y + size)),
        2: ((x - size * 1.2, y - size), (x + size * 1.2, y - size), (x, y + size * 1.3)),
        3: ((x, y - size * 1.3), (x + size * 1.3, y), (x, y + size * 1.3), (x - size * 1.3, y)),
    }
    corners = shapes.get(order % 4)
    if corners is None:
        drawing.disc(point, size, look.line, _WHITE)
    else:
        drawing.shape([corners], look.line, _WHITE)
