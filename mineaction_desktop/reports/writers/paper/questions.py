"""Questions in boxes, side by side where they are short, with boxes, lines and room to write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from mineaction_desktop.reports.paper import Option, Question, Room
from mineaction_desktop.reports.writers.paper.style import (
    ANSWER,
    LABEL,
    OPTION,
    SMALL,
    rule_box,
)
from mineaction_desktop.reports.writers.pdf import theme
from mineaction_desktop.reports.writers.pdf.pages import Pages, first_base
from mineaction_desktop.reports.writers.pdf.text import Line

_ACROSS, _DOWN = 6.0, 4.0
_WHOLE = 6  # a line has so many parts
_PARTS = {Room.NUMBER: 2, Room.DATE: 3, Room.LINE: 3, Room.CODE: 3, Room.TEXT: 6}
_FEW, _SHORT = 4, 22
"""So many choices, with labels so short, stand in half a line."""
_WRITTEN = 19.0  # the height of a line to write on
_TICK, _INDENT, _APART = 7.5, 12.0, 14.0
_COMB, _COMB_HIGH = 12.5, 15.0
_GROUPS = (4, 2, 2)  # digits of a year, a month and a day
_BLANK_LINES = 3
_EMPTY = "—"


@dataclass(frozen=True, slots=True)
class _Box:
    """A question laid out for its place in the line."""

    question: Question
    start: float
    width: float
    label: tuple[Line, ...]
    small: tuple[Line, ...]
    answer: tuple[Line, ...]
    columns: int
    height: float

    @property
    def inner(self) -> float:
        return self.width - 2 * _ACROSS


class Questions:
    """Paints the questions of one section after the other."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def opening(self, questions: Sequence[Question]) -> float:
        """The height of the first line of boxes."""
        first = next(iter(self._lines(questions, "")), [])
        tallest = max((box.height for box in first), default=0.0)
        return min(tallest, self._pages.place.body / 2)

    def paint(self, questions: Sequence[Question], number: int) -> None:
        """Paint the questions of a section that has a number."""
        pages = self._pages
        for line in self._lines(questions, f"{number}."):
            height = max(box.height for box in line)
            if height > pages.place.body / 2 and len(line) == 1 and line[0].answer:
                self._long(line[0])
                continue
            pages.need(height)
            for box in line:
                foot = pages.height - height
                rule_box(pages.sheet, box.start, foot, box.width, height)
                self._paint(box)
            pages.height -= height

    def _lines(self, questions: Sequence[Question], prefix: str) -> Iterator[list[_Box]]:
        """Boxes side by side, each line filled to the edge."""
        at = 0
        while at < len(questions):
            chosen, taken = [at], _parts(questions[at])
            while at + len(chosen) < len(questions):
                more = _parts(questions[at + len(chosen)])
                if taken + more > _WHOLE:
                    break
                chosen.append(at + len(chosen))
                taken += more
            measure, start, line = self._pages.place.measure, 0.0, []
            for place in chosen:
                width = measure * _parts(questions[place]) / taken
                line.append(self._box(questions[place], f"{prefix}{place + 1}", start, width))
                start += width
            at += len(chosen)
            yield line

    def _box(self, question: Question, number: str, start: float, width: float) -> _Box:
        inner = width - 2 * _ACROSS
        star = " *" if question.required else ""
        label = self._pages.lay(f"{number}  {question.label}{star}", LABEL, inner)
        said = " · ".join(part for part in (question.hint, question.only_if) if part)
        small = tuple(
            line for text in (said, question.help) for line in self._pages.lay(text, SMALL, inner)
        )
        answer: tuple[Line, ...] = ()
        columns = 1
        if question.room is Room.BOXES:
            columns = self._columns(question.options, inner)
            body = sum(self._heights(question.options, columns, inner))
        elif question.answer is not None:
            answer = self._pages.lay(question.answer or _EMPTY, ANSWER, inner)
            body = len(answer) * ANSWER.leading
        elif question.room is Room.TEXT:
            body = _BLANK_LINES * _WRITTEN
        else:
            body = _COMB_HIGH + SMALL.leading if question.room is Room.DATE else _WRITTEN
        height = 2 * _DOWN + len(label) * LABEL.leading + len(small) * SMALL.leading + body
        return _Box(question, start, width, label, small, answer, columns, height)

    def _columns(self, options: Sequence[Option], inner: float) -> int:
        """In how many columns boxes to tick stand."""
        widest = max((self._natural(option) for option in options), default=inner)
        return max(1, min(len(options), int((inner + _APART) // (widest + _APART)), 6))

    def _natural(self, option: Option) -> float:
        lines = self._pages.lay(_said(option), OPTION, 1e6)
        return _INDENT + (lines[0].width if lines else 0.0)

    def _heights(self, options: Sequence[Option], columns: int, inner: float) -> list[float]:
        """The height of each row of boxes to tick."""
        width = inner / columns - _INDENT
        rows = range(ceil(len(options) / columns))
        return [
            OPTION.leading
            * max(
                len(self._pages.lay(_said(option), OPTION, width))
                for option in options[row * columns : (row + 1) * columns]
            )
            + 1.5
            for row in rows
        ]

    def _paint(self, box: _Box) -> None:
        pages, question = self._pages, box.question
        height = self._paint_head(box, pages.height)
        start = box.start + _ACROSS
        if question.room is Room.BOXES:
            self._paint_options(box, height)
        elif question.answer is not None:
            style = ANSWER if question.answer else ANSWER.coloured(theme.MUTED)
            with pages.tags.leaf("P"):
                base = height - first_base(style)
                pages.sheet.lines(box.answer, style, start, base, box.inner)
        elif question.room is Room.DATE:
            self._paint_comb(start, height)
        else:
            count = _BLANK_LINES if question.room is Room.TEXT else 1
            for line in range(1, count + 1):
                pages.sheet.rule(start, height - line * _WRITTEN + 3, box.inner, theme.RULE)

    def _paint_head(self, box: _Box, height: float) -> float:
        """Paint what is asked; give the height where the answer begins."""
        pages = self._pages
        height -= _DOWN
        for lines, style in (box.label, LABEL), (box.small, SMALL):
            if lines:
                with pages.tags.leaf("P"):
                    base = height - first_base(style)
                    pages.sheet.lines(lines, style, box.start + _ACROSS, base, box.inner)
                height -= len(lines) * style.leading
        return height

    def _paint_options(self, box: _Box, height: float) -> None:
        options, columns = box.question.options, box.columns
        heights = self._heights(options, columns, box.inner)
        width = box.inner / columns
        for at, option in enumerate(options):
            row, column = divmod(at, columns)
            start = box.start + _ACROSS + column * width
            self._paint_option(option, start, height - sum(heights[:row]), width - _INDENT)

    def _paint_option(self, option: Option, start: float, height: float, width: float) -> None:
        pages = self._pages
        style = OPTION.bold() if option.ticked else OPTION
        base = height - first_base(style)
        colour = theme.ACCENT if option.ticked else theme.MUTED
        with pages.tags.leaf("P"):
            pages.sheet.tick_box(start, base - 0.8, _TICK, colour, crossed=option.ticked)
            spoken = pages.lay("[x] " if option.ticked else "[ ] ", style, 100)
            pages.sheet.hidden(spoken[0], style, start, base)
            lines = pages.lay(_said(option), style, width)
            pages.sheet.lines(lines, style, start + _INDENT, base, width)

    def _paint_comb(self, start: float, height: float) -> None:
        """A small box for each digit of a year, a month and a day."""
        sheet, across = self._pages.sheet, start
        for digits in _GROUPS:
            for _ in range(digits):
                rule_box(sheet, across, height - _COMB_HIGH, _COMB, _COMB_HIGH - 1)
                across += _COMB
            across += _COMB / 2

    def _long(self, box: _Box) -> None:
        """Paint an answer that is longer than a page may keep together."""
        pages = self._pages
        pages.need(box.height - len(box.answer) * ANSWER.leading + 3 * ANSWER.leading)
        pages.sheet.rule(0, pages.height, pages.place.measure, theme.BORDER)
        pages.height = self._paint_head(box, pages.height)
        with pages.tags.leaf("P"):
            pages.write(box.question.answer or "", ANSWER, _ACROSS, box.inner)
        pages.height -= _DOWN
        pages.sheet.rule(0, pages.height, pages.place.measure, theme.BORDER)


def _parts(question: Question) -> int:
    """How much of a line a question takes."""
    if question.room is not Room.BOXES:
        return _PARTS[question.room]
    short = all(len(option.label) <= _SHORT for option in question.options)
    return _WHOLE // 2 if len(question.options) <= _FEW and short else _WHOLE


def _said(option: Option) -> str:
    """A box with its label, and the code if that says something else."""
    return f"{option.label} ({option.code})" if option.code else option.label
