"""Labels with their values, and lines of boxes to tick."""

from __future__ import annotations

from dataclasses import dataclass

from mineaction_desktop.reports.document import Cell, Choice, Choices, Fields
from mineaction_desktop.reports.figures import Figure
from mineaction_desktop.reports.writers.pdf import theme
from mineaction_desktop.reports.writers.pdf.cells import CellWords
from mineaction_desktop.reports.writers.pdf.leads import to_figure, to_row
from mineaction_desktop.reports.writers.pdf.pages import Pages, first_base
from mineaction_desktop.reports.writers.pdf.text import Line
from mineaction_desktop.reports.writers.pdf.theme import Style

_GAP = 9.0
_LABELS = 0.3  # of the width, for the labels of fields
_DISTANCE = 10.0  # between a label and its value
_DOWN = 5.0
_GUTTER = 24.0
_BELOW = 8.0
_TICK = 7.5
_INDENT = 15.0


@dataclass(frozen=True, slots=True)
class _Strip:
    """One line of a choice: its element, and whether a box stands before it, ticked or not."""

    line: Line
    style: Style
    element: int
    ticked: bool | None = None
    indented: bool = False


class Answers:
    """Paints fields and choices at the place where the pages have got to."""

    def __init__(self, pages: Pages, words: CellWords, linked: frozenset[str]) -> None:
        self._pages = pages
        self._words = words
        self._linked = linked

    def fields(self, fields: Fields) -> None:
        """Paint labels with their values, one below the other."""
        pages = self._pages
        pages.skip(_GAP)
        for label, cell in fields.items:
            self._field(label, cell)
        pages.sheet.rule(0, pages.height, pages.place.measure, theme.RULE)
        pages.skip(_GAP)

    def _field(self, label: str, cell: Cell) -> None:
        """Paint a label and its value side by side, on as many pages as the longer one needs."""
        pages = self._pages
        start = pages.place.measure * _LABELS
        text, missing = self._words.of(cell)
        style = theme.BODY.coloured(theme.MUTED) if missing else theme.BODY
        link = cell.key if isinstance(cell, Figure) and cell.key in self._linked else None
        if link and not missing:
            style = style.coloured(theme.ACCENT)
        named = pages.lay(label, theme.FIELD_LABEL, start - _DISTANCE)
        said = pages.lay(text, style, pages.place.measure - start)
        leading = style.leading
        count = max(len(named), len(said), 1)
        pages.need(min(count, 3) * leading + 2 * _DOWN)
        elements = pages.tags.add("P"), pages.tags.add("P")
        pages.sheet.rule(0, pages.height, pages.place.measure, theme.RULE)
        pages.height -= _DOWN
        done = 0
        while done < count:
            fit = int((pages.room - _DOWN) / leading + 1e-6)
            if fit <= 0:
                pages.next_page()
                continue
            top, last = pages.height, done + fit
            base = top - first_base(theme.BODY)
            with pages.tags.within(elements[0]):
                pages.sheet.lines(named[done:last], theme.FIELD_LABEL, 0, base, start - _DISTANCE)
            with pages.tags.within(elements[1]):
                pages.sheet.lines(said[done:last], style, start, base, pages.place.measure - start)
            pages.height -= min(fit, count - done) * leading
            if link and not done:
                self._link(link, start, top)
            done = last
        pages.height -= _DOWN

    def _link(self, key: str, start: float, top: float) -> None:
        pages = self._pages
        width = pages.place.measure - start
        pages.name_place(to_figure(key), top)
        pages.sheet.link(start, pages.height, width, top - pages.height, to_row(key))

    def choices(self, choices: Choices) -> None:
        """Paint lines of boxes in two columns."""
        pages = self._pages
        pages.skip(_GAP)
        for at in range(max(len(choices.left), len(choices.right))):
            self._pair(choices, at)
        pages.skip(_GAP)

    def opening(self, choices: Choices) -> float:
        """The height of the first line of boxes, which stays with what stands before it."""
        return _GAP + _height([self._lines(choice) for choice in _pair(choices, 0)])

    def _pair(self, choices: Choices, at: int) -> None:
        """Paint a choice of either column, on one page if a page has room for both."""
        pages = self._pages
        pair = _pair(choices, at)
        count = max(self._lines(choice) for choice in pair)
        pages.need(_height([count]))
        for side in range(2):
            pages.sheet.rule(self._start(side), pages.height, self._width, theme.RULE)
        sides = [self._strips(choice) if choice else [] for choice in pair]
        pages.height -= _DOWN
        for row in range(count):
            pages.need(theme.CHOICE_LABEL.leading)
            for side, strips in enumerate(sides):
                if row < len(strips):
                    self._paint(strips[row], self._start(side))
            pages.height -= theme.CHOICE_LABEL.leading
        pages.height -= _BELOW

    @property
    def _width(self) -> float:
        return (self._pages.place.measure - _GUTTER) / 2

    def _start(self, side: int) -> float:
        return side * (self._width + _GUTTER)

    def _lines(self, choice: Choice | None) -> int:
        if choice is None:
            return 0
        options = (self._option(text, ticked=ticked) for text, ticked in choice.options)
        return len(self._label(choice)) + sum(map(len, options))

    def _label(self, choice: Choice) -> tuple[Line, ...]:
        return self._pages.lay(choice.label, theme.CHOICE_LABEL, self._width)

    def _option(self, text: str, *, ticked: bool) -> tuple[Line, ...]:
        return self._pages.lay(text, _option_style(ticked=ticked), self._width - _INDENT)

    def _strips(self, choice: Choice) -> list[_Strip]:
        tags = self._pages.tags
        named = tags.add("P")
        strips = [_Strip(line, theme.CHOICE_LABEL, named) for line in self._label(choice)]
        for text, ticked in choice.options:
            element, style = tags.add("P"), _option_style(ticked=ticked)
            strips += [
                _Strip(line, style, element, None if at else ticked, indented=True)
                for at, line in enumerate(self._option(text, ticked=ticked))
            ]
        return strips

    def _paint(self, strip: _Strip, start: float) -> None:
        pages, sheet = self._pages, self._pages.sheet
        base = pages.height - first_base(theme.CHOICE_LABEL)
        with pages.tags.within(strip.element):
            if strip.ticked is not None:
                colour = theme.ACCENT if strip.ticked else theme.MUTED
                sheet.tick_box(start, base - 0.8, _TICK, colour, crossed=strip.ticked)
                said = "[x] " if strip.ticked else "[ ] "
                spoken = pages.lay(said, theme.CHOICE_OPTION, 100)
                sheet.hidden(spoken[0], theme.CHOICE_OPTION, start, base)
            indent = _INDENT if strip.indented else 0.0
            width = self._width - indent
            sheet.lines((strip.line,), strip.style, start + indent, base, width)


def _height(counts: list[int]) -> float:
    return _DOWN + max(counts) * theme.CHOICE_LABEL.leading + _BELOW


def _option_style(*, ticked: bool) -> Style:
    return theme.CHOICE_OPTION.bold() if ticked else theme.CHOICE_OPTION


def _pair(choices: Choices, at: int) -> tuple[Choice | None, Choice | None]:
    """What stands in a line of boxes at the left and at the right."""
    left, right = (side[at] if at < len(side) else None for side in (choices.left, choices.right))
    return left, right
