"""Entry forms on paper, blank or filled in, as PDF."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from mineaction_desktop.reports.document import Form, Medium, Paragraph, TextRole
from mineaction_desktop.reports.paper import Paper, Part
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.reports.writers.paper.grids import Grids
from mineaction_desktop.reports.writers.paper.lists import paint_lists
from mineaction_desktop.reports.writers.paper.questions import Questions
from mineaction_desktop.reports.writers.paper.style import BAR, BAR_TITLE, SMALL, rule_box
from mineaction_desktop.reports.writers.pdf import theme
from mineaction_desktop.reports.writers.pdf.finish import finish
from mineaction_desktop.reports.writers.pdf.flow import Flow
from mineaction_desktop.reports.writers.pdf.pages import Pages, first_base

__all__ = ["write_paper"]

_SIGNED = 40.0  # the height of the boxes for name, date and signature
_BETWEEN = 12.0


def write_paper(paper: Paper, presenter: Presenter, path: Path) -> None:
    """Write a form to a path."""
    stream = BytesIO()
    pages = Pages(paper.report, stream)
    Flow(pages, presenter, frozenset()).form(_head(paper))
    questions, grids = Questions(pages), Grids(pages)
    for number, part in enumerate(paper.parts, start=1):
        _paint_part(pages, questions, grids, part, number)
    _sign(pages, paper)
    if paper.lists:
        paint_lists(pages, paper.lists_title, paper.lists)
    pages.save()
    stream.seek(0)
    finish(stream, paper.report, path, pages, ())


def _head(paper: Paper) -> Form:
    lead = tuple(Paragraph(text, TextRole.NOTE) for text in paper.lead)
    return Form(
        key=paper.code,
        sheet=paper.code,
        label=paper.code,
        title=paper.title,
        preamble=lead,
        period_line=paper.status,
        media=(Medium.PAPER,),
        blocks=(),
    )


def _paint_part(pages: Pages, questions: Questions, grids: Grids, part: Part, number: int) -> None:
    measure = pages.place.measure
    notes = [
        line
        for text in (part.only_if, part.help)
        for line in pages.lay(text, SMALL, measure - 2 * theme.CELL_ACROSS)
    ]
    first = grids.opening(part.grid) if part.grid else questions.opening(part.questions)
    pages.skip(_BETWEEN)
    pages.need(BAR + len(notes) * SMALL.leading + 8 + first)
    sheet = pages.sheet
    foot = pages.height - BAR
    sheet.fill(theme.TINT, 0, foot, measure, BAR)
    sheet.rule(0, pages.height, measure, theme.ACCENT, 1.0)
    pages.bookmark(part.title, 1)
    title = pages.lay(f"{number}   {part.title}", BAR_TITLE, measure)[:1]
    base = pages.height - (BAR - BAR_TITLE.leading) / 2 - first_base(BAR_TITLE)
    with pages.tags.leaf("H2"):
        sheet.lines(title, BAR_TITLE, theme.CELL_ACROSS, base, measure)
    pages.height = foot
    if notes:
        pages.height -= 4
        with pages.tags.leaf("P"):
            base = pages.height - first_base(SMALL)
            sheet.lines(notes, SMALL, theme.CELL_ACROSS, base, measure)
        pages.height -= len(notes) * SMALL.leading + 3
    if part.grid:
        grids.paint(part.grid)
    else:
        questions.paint(part.questions, number)


def _sign(pages: Pages, paper: Paper) -> None:
    """Room for the name, the day and the signature of everybody who had the paper in hand."""
    if not paper.signatures:
        return
    pages.skip(_BETWEEN + 4)
    pages.need(len(paper.signatures) * _SIGNED)
    shares = (0.42, 0.22, 0.36)
    for row in paper.signatures:
        start = 0.0
        for label, share in zip(row, shares, strict=True):
            width = pages.place.measure * share
            rule_box(pages.sheet, start, pages.height - _SIGNED, width, _SIGNED)
            lines = pages.lay(label, SMALL, width - 2 * theme.CELL_ACROSS)
            base = pages.height - 3 - first_base(SMALL)
            with pages.tags.leaf("P"):
                pages.sheet.lines(lines[:2], SMALL, start + theme.CELL_ACROSS, base, width - 10)
            start += width
        pages.height -= _SIGNED
