"""Small charts: bars, bars on top of each other, and lines, with their numbers where they fit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from mineaction_desktop.reports.document import Chart, ChartKind
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.reports.writers.pdf import theme
from mineaction_desktop.reports.writers.pdf.drawing import Drawing, Point
from mineaction_desktop.reports.writers.pdf.figures import alt_note, title_height, write_title
from mineaction_desktop.reports.writers.pdf.inks import LOOKS, fill_bar, mark_point, shade
from mineaction_desktop.reports.writers.pdf.pages import Pages
from mineaction_desktop.reports.writers.pdf.scale import Scale, scale_for
from mineaction_desktop.reports.writers.pdf.sheet import Align

_PLOT = 122.0
_BELOW = 18.0  # names of categories
_LEGEND = 15.0
_ABOVE = 12.0  # room for the number over the highest bar
_BEFORE = 14.0
_AFTER = 8.0
_WIDEST = 480.0
_FILLED = 0.62  # of the place of a category
_WIDEST_BAR = 46.0
_LEAST_PART = 10.0  # high enough for a number inside
CHART_HEIGHT = _BEFORE + 20 + _LEGEND + _ABOVE + _PLOT + _BELOW + _AFTER


def paint_chart(pages: Pages, presenter: Presenter, chart: Chart) -> None:
    """Paint a chart with its title and legend, all on one page."""
    pages.skip(_BEFORE)
    legend = _LEGEND if len(chart.series) > 1 else 0.0
    title = f"{chart.title} ({chart.unit})" if chart.unit else chart.title
    height = legend + _ABOVE + _PLOT + _BELOW
    pages.need(title_height(pages, title) + height + _AFTER)
    write_title(pages, title)
    foot = pages.height - height
    width = min(pages.place.measure, _WIDEST)
    with pages.tags.leaf("Figure", alt_note(chart.alt or title)):
        _Painter(chart, presenter, Drawing(pages, 0, foot, width), width).paint()
    pages.height = foot - _AFTER


@dataclass
class _Painter:
    """Draws one chart into a rectangle."""

    chart: Chart
    presenter: Presenter
    drawing: Drawing
    width: float

    @cached_property
    def scale(self) -> Scale:
        stacked = self.chart.kind is ChartKind.STACKED
        rows = [series.values for series in self.chart.series]
        if stacked:
            columns = list(zip(*rows, strict=True))
            highest = [sum(value for value in column if (value or 0) > 0) for column in columns]
            lowest = [sum(value for value in column if (value or 0) < 0) for column in columns]
            return scale_for([*highest, *lowest])
        return scale_for([value for row in rows for value in row if value is not None])

    @cached_property
    def start(self) -> float:
        """Where the plot begins, behind the numbers of the scale."""
        names = (self.presenter.number(tick) for tick in self.scale.ticks)
        return max(self.drawing.width_of(name, theme.CHART_TEXT) for name in names) + 7

    @cached_property
    def end(self) -> float:
        """Where the plot ends, before the names of lines."""
        if self.chart.kind is not ChartKind.LINES or not self._names_beside:
            return self.width
        names = (self.drawing.width_of(row.name, theme.CHART_TEXT) for row in self.chart.series)
        return self.width - max(names) - 10

    @cached_property
    def _names_beside(self) -> bool:
        """Whether lines end far enough from each other to be named there, and names are short."""
        ends = sorted(
            self._height(row.values[-1])
            for row in self.chart.series
            if row.values and row.values[-1] is not None
        )
        apart = all(high - low >= 9 for low, high in pairwise(ends))
        short = all(
            self.drawing.width_of(row.name, theme.CHART_TEXT) < self.width / 4
            for row in self.chart.series
        )
        return apart and short and len(ends) == len(self.chart.series) > 1

    def paint(self) -> None:
        self._paint_scale()
        self._paint_categories()
        match self.chart.kind:
            case ChartKind.BARS:
                self._paint_bars()
            case ChartKind.STACKED:
                self._paint_stacks()
            case ChartKind.LINES:
                self._paint_lines()
        self._paint_legend()
        self.drawing.line(
            [(self.start, self._height(0)), (self.end, self._height(0))], theme.MUTED, 0.8
        )
        self.drawing.finish()

    def _height(self, value: int | None) -> float:
        return _BELOW + _PLOT * self.scale.share(value or 0)

    @property
    def _slot(self) -> float:
        return (self.end - self.start) / max(len(self.chart.categories), 1)

    def _middle(self, at: int) -> float:
        return self.start + (at + 0.5) * self._slot

    def _paint_scale(self) -> None:
        for tick in self.scale.ticks:
            height = self._height(tick)
            ends = [(self.start, height), (self.end, height)]
            self.drawing.line(ends, theme.HAIRLINE, 0.5)
            name = self.presenter.number(tick)
            self.drawing.text(name, theme.CHART_TEXT, (self.start - 5, height - 2.4), Align.END)

    def _paint_categories(self) -> None:
        names = self.chart.categories
        widest = max((self.drawing.width_of(name, theme.CHART_TEXT) for name in names), default=1)
        step = max(int(min(widest, 90) / max(self._slot - 3, 1)) + 1, 1)
        for at in range(0, len(names), step):
            place = self._middle(at), 5.0
            room = self._slot * step
            self.drawing.text(names[at], theme.CHART_TEXT, place, Align.CENTRE, room)

    def _paint_bars(self) -> None:
        count = max(len(self.chart.series), 1)
        width = min(self._slot * _FILLED / count, _WIDEST_BAR)
        for order, series in enumerate(self.chart.series):
            for at, value in enumerate(series.values):
                if value is None:
                    continue
                left = self._middle(at) + (order - count / 2) * width
                self._bar(order, left, width - (1.2 if count > 1 else 0), 0, value)
                room = self._slot - 4 if count == 1 else width
                self._number(value, left + width / 2, value, room)

    def _paint_stacks(self) -> None:
        width = min(self._slot * _FILLED, _WIDEST_BAR)
        for at in range(len(self.chart.categories)):
            tops = {True: 0, False: 0}
            found = [row.values[at] for row in self.chart.series]
            left = self._middle(at) - width / 2
            for order, value in enumerate(found):
                if not value:
                    continue
                base = tops[value > 0]
                tops[value > 0] = base + value
                self._bar(order, left, width, base, base + value)
                self._part(order, left, width, base, value)
            if any(value is not None for value in found):
                total = sum(value or 0 for value in found)
                self._number(total, self._middle(at), tops[True] or tops[False], self._slot - 4)

    def _bar(self, order: int, left: float, width: float, low: int, high: int) -> None:
        foot, head = sorted((self._height(low), self._height(high)))
        fill_bar(self.drawing, order, (left, foot, width, head - foot))

    def _part(self, order: int, left: float, width: float, base: int, value: int) -> None:
        """The number inside a part of a bar, if the part is large enough."""
        text = self.presenter.number(value)
        low, high = sorted((self._height(base), self._height(base + value)))
        used = self.drawing.width_of(text, theme.CHART_PART)
        if used > width - 3 or high - low < _LEAST_PART:
            return
        fill, colour = shade(order)
        x, y = left + width / 2, (low + high) / 2
        self.drawing.box(x - used / 2 - 1, y - 4, used + 2, 8, fill)
        self.drawing.text(text, theme.CHART_PART.coloured(colour), (x, y - 2.4), Align.CENTRE)

    def _number(
        self, value: int, middle: float, top: int, room: float, *, above: float = 3.0
    ) -> None:
        """The number over a bar or a point, if it fits beside its neighbours."""
        text = self.presenter.number(value)
        if self.drawing.width_of(text, theme.CHART_NUMBER) > room:
            return
        height = self._height(top) + (above if top >= 0 else -5 - above)
        self.drawing.text(text, theme.CHART_NUMBER, (middle, height), Align.CENTRE)

    def _paint_lines(self) -> None:
        for order, series in enumerate(self.chart.series):
            look = LOOKS[order % len(LOOKS)]
            part: list[Point] = []
            for at, value in [*enumerate(series.values), (0, None)]:
                if value is not None:
                    part.append((self._middle(at), self._height(value)))
                    continue
                if len(part) > 1:
                    self.drawing.line(part, look.line, 1.4, look.dashes)
                for point in part:
                    mark_point(self.drawing, order, point)
                part = []
            if len(self.chart.series) == 1:
                for at, value in enumerate(series.values):
                    if value is not None:
                        middle, room = self._middle(at), self._slot - 4
                        self._number(value, middle, value, room, above=6.0)
            elif self._names_beside:
                place = self._middle(len(series.values) - 1) + 8
                height = self._height(series.values[-1]) - 2.4
                self.drawing.text(series.name, theme.CHART_TEXT, (place, height))

    def _paint_legend(self) -> None:
        lines = self.chart.kind is ChartKind.LINES
        if len(self.chart.series) < 2 or (lines and self._names_beside):
            return
        x, y = self.start, _BELOW + _PLOT + _ABOVE + 4
        for order, series in enumerate(self.chart.series):
            width = self.drawing.width_of(series.name, theme.CHART_TEXT)
            if x + width + 30 > self.width:
                return
            if lines:
                look = LOOKS[order % len(LOOKS)]
                self.drawing.line([(x, y + 3), (x + 16, y + 3)], look.line, 1.4, look.dashes)
                mark_point(self.drawing, order, (x + 8, y + 3))
            else:
                fill_bar(self.drawing, order, (x + 4, y - 1, 9, 8))
            self.drawing.text(series.name, theme.CHART_TEXT, (x + 19, y))
            x += width + 36
