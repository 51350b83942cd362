"""The blocks of forms, set one below the other."""

from __future__ import annotations

from collections.abc import Sequence

from mineaction_desktop.reports.document import (
    Block,
    Choice,
    Choices,
    Fields,
    Form,
    Heading,
    Paragraph,
    Table,
    TextRole,
)
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.reports.writers.pdf import theme
from mineaction_desktop.reports.writers.pdf.cells import CellWords
from mineaction_desktop.reports.writers.pdf.pages import Pages, first_base
from mineaction_desktop.reports.writers.pdf.table import TablePainter

_GAP = 9.0
_BEFORE_TABLE = 14.0
_LABELS = 0.3  # of the width, for the labels of fields
_GUTTER = 24.0
_TICK = 7.5
_DASH = 48.0
_FRONT_DROP = 54.0


class Flow:
    """Sets the forms of a report onto its pages."""

    def __init__(self, pages: Pages, presenter: Presenter) -> None:
        self._pages = pages
        self._presenter = presenter
        self._words = CellWords(presenter)

    def form(self, form: Form) -> None:
        """Set a form, with its header block, on pages of its own."""
        self._pages.start_form(form)
        self._header(form)
        painters = {
            at: TablePainter(self._pages, self._presenter, block)
            for at, block in enumerate(form.blocks)
            if isinstance(block, Table)
        }
        for at, block in enumerate(form.blocks):
            match block:
                case Heading():
                    self._heading(block, self._following(form.blocks, at, painters))
                case Paragraph():
                    self._paragraph(block)
                case Fields():
                    self._fields(block)
                case Choices():
                    self._choices(block)
                case Table():
                    self._pages.skip(_BEFORE_TABLE)
                    painters.pop(at).paint()

    def _header(self, form: Form) -> None:
        pages = self._pages
        front = pages.is_first and form.label is None
        if front:
            pages.height -= _FRONT_DROP
        over = pages.report.state_name if front else form.label
        if over:
            pages.write(over, theme.FRONT_LABEL if front else theme.LABEL)
            pages.height -= 2
        pages.write_balanced(form.title, theme.FRONT_TITLE if front else theme.TITLE)
        pages.height -= 8
        pages.sheet.rule(0, pages.height, _DASH, theme.ACCENT, 2.2)
        pages.height -= 12
        for paragraph in form.preamble:
            self._paragraph(paragraph)
        if form.period_line:
            self._period(form.period_line)

    def _period(self, text: str) -> None:
        pages = self._pages
        lines = pages.lay(text, theme.PERIOD, pages.place.measure)
        pages.skip(7)
        pages.need(len(lines) * theme.PERIOD.leading + 10)
        pages.sheet.rule(0, pages.height, pages.place.measure, theme.RULE)
        pages.height -= 5
        pages.write(text, theme.PERIOD)
        pages.height -= 5
        pages.sheet.rule(0, pages.height, pages.place.measure, theme.RULE)

    def _following(
        self, blocks: Sequence[Block], at: int, painters: dict[int, TablePainter]
    ) -> float:
        """The height of the start of what follows a heading, which has to stay with it."""
        if at + 1 == len(blocks):
            return 0.0
        match blocks[at + 1]:
            case Heading(_, level):
                rest = self._following(blocks, at + 1, painters)
                return theme.HEADINGS[min(level, 3)].leading + _GAP + rest
            case Table():
                return painters[at + 1].opening() + _BEFORE_TABLE
            case Choices() as choices:
                return self._choices_height(choices, 0) + _GAP
            case _:
                return 3 * theme.BODY.leading

    def _heading(self, heading: Heading, following: float) -> None:
        pages = self._pages
        style = theme.HEADINGS[max(1, min(heading.level, 3))]
        lines = pages.lay(heading.text, style, pages.place.measure)
        before = 20.0 if heading.level == 1 else 12.0
        pages.need(before + len(lines) * style.leading + following)
        pages.skip(before)
        if heading.level == 1:
            pages.bookmark(heading.text, 1)
        pages.write(heading.text, style)
        pages.height -= 2

    def _paragraph(self, paragraph: Paragraph) -> None:
        pages = self._pages
        self._pages.skip(4)
        start = 12.0 if paragraph.role is TextRole.REMARK else 0.0
        pages.write(paragraph.text, theme.PARAGRAPHS[paragraph.role], start)
        pages.skip(3)

    def _fields(self, fields: Fields) -> None:
        pages = self._pages
        measure = pages.place.measure
        labels = measure * _LABELS
        pages.skip(_GAP)
        for label, cell in fields.items:
            text, missing = self._words.of(cell)
            style = theme.BODY.coloured(theme.MUTED) if missing else theme.BODY
            named = pages.lay(label, theme.FIELD_LABEL, labels - 10)
            pages.need(max(len(named), 1) * theme.FIELD_LABEL.leading + 10)
            top, sheet = pages.height, pages.sheet
            pages.sheet.rule(0, top, measure, theme.RULE)
            base = top - 5 - first_base(theme.BODY)
            sheet.lines(named, theme.FIELD_LABEL, 0, base, labels - 10)
            pages.height -= 5
            pages.write(text, style, labels)
            if pages.sheet is sheet:
                pages.height = min(pages.height, top - 5 - len(named) * theme.FIELD_LABEL.leading)
            pages.height -= 5
        pages.sheet.rule(0, pages.height, measure, theme.RULE)
        pages.skip(_GAP)

    def _choices(self, choices: Choices) -> None:
        pages = self._pages
        width = (pages.place.measure - _GUTTER) / 2
        pages.skip(_GAP)
        for at in range(max(len(choices.left), len(choices.right))):
            pair = _pair(choices, at)
            height = self._choices_height(choices, at)
            pages.need(height)
            top = pages.height
            for start, found in zip((0.0, width + _GUTTER), pair, strict=True):
                pages.sheet.rule(start, top, width, theme.RULE)
                if found:
                    self._choice(found[0], start, top, width)
            pages.height = top - height
        pages.skip(_GAP)

    def _choices_height(self, choices: Choices, at: int) -> float:
        width = (self._pages.place.measure - _GUTTER) / 2
        pair = _pair(choices, at)
        return max((self._choice_height(found[0], width) for found in pair if found), default=0.0)

    def _choice_height(self, choice: Choice, width: float) -> float:
        pages = self._pages
        label = len(pages.lay(choice.label, theme.CHOICE_LABEL, width))
        options = sum(
            len(pages.lay(text, theme.CHOICE_OPTION, width - 15)) for text, _ in choice.options
        )
        return 14 + label * theme.CHOICE_LABEL.leading + options * (theme.CHOICE_OPTION.leading + 1)

    def _choice(self, choice: Choice, start: float, top: float, width: float) -> None:
        pages, option = self._pages, theme.CHOICE_OPTION
        sheet = pages.sheet
        lines = pages.lay(choice.label, theme.CHOICE_LABEL, width)
        height = top - 5
        sheet.lines(
            lines, theme.CHOICE_LABEL, start, height - first_base(theme.CHOICE_LABEL), width
        )
        height -= len(lines) * theme.CHOICE_LABEL.leading + 2
        for text, ticked in choice.options:
            base = height - first_base(option)
            colour = theme.ACCENT if ticked else theme.MUTED
            sheet.tick_box(start, base - 0.8, _TICK, colour, crossed=ticked)
            spoken = pages.lay("[x] " if ticked else "[ ] ", option, 100)
            sheet.hidden(spoken[0], option, start, base)
            style = option.bold() if ticked else option
            lines = pages.lay(text, style, width - 15)
            sheet.lines(lines, style, start + 15, base, width - 15)
            height -= len(lines) * option.leading + 1


def _pair(choices: Choices, at: int) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
    """What stands in a line of boxes at the left and at the right: one choice or none."""
    return choices.left[at : at + 1], choices.right[at : at + 1]
