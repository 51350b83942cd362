"""The blocks of forms, set one below the other."""

from __future__ import annotations

from collections.abc import Sequence

from mineaction_desktop.reports.document import (
    Block,
    Chart,
    Choices,
    Fields,
    Form,
    Heading,
    Paragraph,
    Picture,
    SketchMap,
    Table,
    TextRole,
)
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.reports.writers.pdf import theme
from mineaction_desktop.reports.writers.pdf.answers import Answers
from mineaction_desktop.reports.writers.pdf.cells import CellWords
from mineaction_desktop.reports.writers.pdf.chart import CHART_HEIGHT, paint_chart
from mineaction_desktop.reports.writers.pdf.pages import Pages
from mineaction_desktop.reports.writers.pdf.picture import paint_picture
from mineaction_desktop.reports.writers.pdf.sketch import paint_map
from mineaction_desktop.reports.writers.pdf.table import TablePainter

_GAP = 9.0
_BEFORE_TABLE = 14.0
_DASH = 48.0
_FRONT_DROP = 54.0


class Flow:
    """Sets the forms of a report onto its pages."""

    def __init__(self, pages: Pages, presenter: Presenter, linked: frozenset[str]) -> None:
        self._pages = pages
        self._presenter = presenter
        self._linked = linked
        self._answers = Answers(pages, CellWords(presenter), linked)

    def form(self, form: Form) -> None:
        """Set a form, with its header block, on pages of its own."""
        self._pages.start_form(form)
        with self._pages.tags.group("Sect"):
            self._header(form)
            painters = {
                at: TablePainter(self._pages, self._presenter, block, self._linked)
                for at, block in enumerate(form.blocks)
                if isinstance(block, Table)
            }
            for at, block in enumerate(form.blocks):
                if isinstance(block, Heading):
                    self._heading(block, self._following(form.blocks, at, painters))
                elif isinstance(block, Table):
                    self._pages.skip(_BEFORE_TABLE)
                    painters.pop(at).paint()
                else:
                    self._block(block)

    def _block(self, block: Paragraph | Fields | Choices | Chart | Picture | SketchMap) -> None:
        match block:
            case Paragraph():
                self._paragraph(block)
            case Fields():
                self._answers.fields(block)
            case Choices():
                self._answers.choices(block)
            case Chart():
                paint_chart(self._pages, self._presenter, block)
            case Picture():
                paint_picture(self._pages, self._presenter, block)
            case SketchMap():
                paint_map(self._pages, self._presenter, block)

    def _header(self, form: Form) -> None:
        pages = self._pages
        front = pages.is_first and form.label is None
        if front:
            pages.height -= _FRONT_DROP
        over = pages.report.state_name if front else form.label
        if over:
            with pages.tags.leaf("P"):
                pages.write(over, theme.FRONT_LABEL if front else theme.LABEL)
            pages.height -= 2
        with pages.tags.leaf("H1"):
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
        with pages.tags.leaf("P"):
            pages.write(text, theme.PERIOD)
        pages.height -= 5
        pages.sheet.rule(0, pages.height, pages.place.measure, theme.RULE)

    def _following(
        self, blocks: Sequence[Block], at: int, painters: dict[int, TablePainter]
    ) -> float:
        """The height of the start of what follows a heading, which has to stay with it."""
        if at + 1 == len(blocks):
            return 0.0
        following = blocks[at + 1]
        if isinstance(following, Heading):
            rest = self._following(blocks, at + 1, painters)
            return theme.HEADINGS[min(following.level, 3)].leading + _GAP + rest
        if at + 1 in painters:
            return painters[at + 1].opening() + _BEFORE_TABLE
        return self._opening(following)

    def _opening(self, block: Block) -> float:
        """The height of the start of a block that is no heading and no table."""
        match block:
            case Choices():
                return self._answers.opening(block)
            case Chart():
                return CHART_HEIGHT
            case Picture() | SketchMap():
                return self._pages.place.body / 2
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
        with pages.tags.leaf("H2" if heading.level == 1 else "H3"):
            pages.write(heading.text, style)
        pages.height -= 2

    def _paragraph(self, paragraph: Paragraph) -> None:
        pages = self._pages
        self._pages.skip(4)
        start = 12.0 if paragraph.role is TextRole.REMARK else 0.0
        with pages.tags.leaf("P"):
            pages.write(paragraph.text, theme.PARAGRAPHS[paragraph.role], start)
        pages.skip(3)
