"""The sketch map: outlines of places, and marks that say how many areas are there."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mineaction_desktop.i18n import mark
from mineaction_desktop.reports.document import MapMark, SketchMap
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.reports.writers.pdf import theme
from mineaction_desktop.reports.writers.pdf.drawing import Drawing, Point
from mineaction_desktop.reports.writers.pdf.figures import (
    alt_note,
    caption_height,
    title_height,
    write_caption,
    write_title,
)
from mineaction_desktop.reports.writers.pdf.inks import mark_point
from mineaction_desktop.reports.writers.pdf.pages import Pages
from mineaction_desktop.reports.writers.pdf.sheet import Align

KILOMETRES = mark("{number} km")
NORTH = mark("N")

_HIGHEST = 300.0
_LEAST_HEIGHT = 120.0
_LEAST_SPAN = 0.05  # degrees: a map of one point still has something around it
_EDGE = 18.0
_LOWER_EDGE = 38.0  # below all marks and their names stands the scale
_LEGEND = 16.0
_FOOT = 22.0
_BEFORE = 14.0
_DEGREE = 111.195  # kilometres
_LENGTHS = (1, 2, 5, 10)
_NUMBER = theme.CHART_NUMBER.coloured((1.0, 1.0, 1.0))
_NAME = theme.CHART_TEXT.coloured(theme.INK)


def paint_map(pages: Pages, presenter: Presenter, sketch: SketchMap) -> None:
    """Paint a map with its title, its legend and its caption, all on one page."""
    width = min(pages.place.measure, 480.0)
    pages.skip(_BEFORE)
    around = title_height(pages, sketch.title) + caption_height(pages, sketch.caption, width)
    room = pages.place.body - around - _LEGEND - _FOOT
    view = _view(sketch, width, min(_HIGHEST, room))
    height = view.height + _LEGEND + _FOOT
    pages.need(around + height)
    write_title(pages, sketch.title)
    foot = pages.height - height
    with pages.tags.leaf("Figure", alt_note(sketch.alt or sketch.caption or sketch.title)):
        drawing = Drawing(pages, 0, foot + _FOOT, width, mirrored=False)
        _paint_places(drawing, sketch, view, width)
        _paint_marks(drawing, sketch, view, presenter)
        _paint_edge(drawing, view, presenter, width)
        drawing.finish()
        legend = Drawing(pages, 0, foot + _FOOT, width)
        _paint_legend(legend, sketch, view.height + 6)
        legend.finish()
    pages.height = foot + _FOOT / 2
    write_caption(pages, sketch.caption, width)


@dataclass(frozen=True, slots=True)
class _View:
    """Degrees on paper: east and north of a corner, with degrees of longitude shortened."""

    west: float
    south: float
    left: float
    points: float  # of one degree of latitude
    shortened: float
    height: float

    def at(self, longitude: float, latitude: float) -> Point:
        east = (longitude - self.west) * self.shortened
        return self.left + east * self.points, _LOWER_EDGE + (latitude - self.south) * self.points


def _view(sketch: SketchMap, width: float, highest: float) -> _View:
    places = [point for outline in sketch.outlines for ring in outline.rings for point in ring]
    places += [(found.longitude, found.latitude) for found in sketch.marks]
    kept = [(x, y) for x, y in places if abs(x) <= 360 and abs(y) <= 90] or [(0.0, 0.0)]
    west, east = _span(x for x, _ in kept)
    south, north = _span(y for _, y in kept)
    shortened = max(math.cos(math.radians((south + north) / 2)), 0.05)
    inner = width - 2 * _EDGE
    across = (east - west) * shortened
    points = min(inner / across, (highest - _EDGE - _LOWER_EDGE) / (north - south))
    height = max((north - south) * points + _EDGE + _LOWER_EDGE, _LEAST_HEIGHT)
    return _View(west, south, (width - across * points) / 2, points, shortened, height)


def _span(values: Iterable[float]) -> tuple[float, float]:
    found = list(values)
    low, high = min(found), max(found)
    missing = max(_LEAST_SPAN - (high - low), 0) / 2
    return low - missing, high + missing


def _paint_places(drawing: Drawing, sketch: SketchMap, view: _View, width: float) -> None:
    drawing.box(0, 0, width, view.height, theme.SEA, theme.RULE)
    for outline in sketch.outlines:
        rings = [[view.at(x, y) for x, y in ring] for ring in outline.rings if len(ring) > 2]
        drawing.shape(rings, theme.LAND, theme.BORDER, 0.6)
    for outline in sketch.outlines:
        largest = max(outline.rings, key=len, default=())
        if largest:
            x, y = view.at(*_middle(largest))
            drawing.text(outline.name, theme.CHART_TEXT, (x, y - 14), Align.CENTRE)


def _middle(ring: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The middle of the box around a ring, which is near enough for a name."""
    across, up = [x for x, _ in ring], [y for _, y in ring]
    return (min(across) + max(across)) / 2, (min(up) + max(up)) / 2


def _paint_marks(drawing: Drawing, sketch: SketchMap, view: _View, presenter: Presenter) -> None:
    """Paint each mark with its number; what stands at one place is set side by side."""
    roles = [role for role, _ in sketch.legend]
    places: dict[Point, list[MapMark]] = {}
    for found in sketch.marks:
        places.setdefault(view.at(found.longitude, found.latitude), []).append(found)
    named: list[tuple[float, float, float]] = []
    for (x, y), marks in places.items():
        across = x - sum(map(_radius, marks)) + _radius(marks[0])
        for at, found in enumerate(marks):
            radius = _radius(found)
            across += (radius + _radius(marks[at - 1]) + 1) if at else 0
            order = roles.index(found.role) if found.role in roles else len(roles)
            mark_point(drawing, order, (across, y), radius * 0.9)
            number = presenter.number(found.number)
            drawing.text(number, _NUMBER, (across, y - 2.6), Align.CENTRE)
        height = y - max(map(_radius, marks)) - 9
        half = drawing.width_of(marks[0].name, _NAME) / 2
        if all(abs(x - other) > half + room or abs(height - up) > 8 for other, up, room in named):
            named.append((x, height, half))
            drawing.text(marks[0].name, _NAME, (x, height), Align.CENTRE)


def _radius(found: MapMark) -> float:
    """Marks grow with their numbers, so slowly that small ones stay readable."""
    return min(6.5 + 1.6 * math.log10(max(found.number, 1)), 12.0)


def _paint_edge(drawing: Drawing, view: _View, presenter: Presenter, width: float) -> None:
    """The scale and the arrow to the north, in the corners of the map."""
    gettext = presenter.words.gettext
    kilometre = view.points / _DEGREE
    length = _round_length(90 / kilometre)
    long = length * kilometre
    ends = [(10, 12), (10, 9), (10 + long, 9), (10 + long, 12)]
    drawing.line(ends, theme.MUTED, 0.8)
    number = presenter.number(int(length)) if length >= 1 else f"{length:g}"
    text = gettext(KILOMETRES).format(number=number)
    drawing.text(text, theme.CHART_TEXT, (14 + long, 8.5), width=120)
    x, y = width - 16, view.height - 28
    arrow = ((x, y + 14), (x + 4, y), (x, y + 3), (x - 4, y))
    drawing.shape([arrow], theme.MUTED)
    drawing.text(gettext(NORTH), theme.CHART_NUMBER, (x, y + 16.5), Align.CENTRE)


def _round_length(most: float) -> float:
    """The longest round number of kilometres that is not too long."""
    power = 10.0 ** math.floor(math.log10(most))
    return max(power * step for step in _LENGTHS if power * step <= most)


def _paint_legend(drawing: Drawing, sketch: SketchMap, height: float) -> None:
    x = 0.0
    for order, (_, words) in enumerate(sketch.legend):
        mark_point(drawing, order, (x + 5, height + 3), 3.6)
        drawing.text(words, theme.CHART_TEXT, (x + 13, height))
        x += drawing.width_of(words, theme.CHART_TEXT) + 30
