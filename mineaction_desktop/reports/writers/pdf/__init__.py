"""Reports as PDF: a calm paper in every language of the program, the same bytes each time."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from mineaction_desktop.reports.document import Medium, Report
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.reports.writers.pdf.archive import Attachment
from mineaction_desktop.reports.writers.pdf.contents import has_contents, write_contents
from mineaction_desktop.reports.writers.pdf.finish import finish
from mineaction_desktop.reports.writers.pdf.flow import Flow
from mineaction_desktop.reports.writers.pdf.opening import linked_figures
from mineaction_desktop.reports.writers.pdf.pages import Pages
from mineaction_desktop.reports.writers.pdf.scripts import Unprintable, unprintable

__all__ = ["Attachment", "Unprintable", "unprintable", "write_pdf"]


def write_pdf(
    report: Report,
    presenter: Presenter,
    path: Path,
    *,
    attachments: Sequence[Attachment] = (),
) -> None:
    """Write a report to a path as PDF, with other files inside as its data."""
    stream = BytesIO()
    pages = Pages(report, stream)
    forms = [form for form in report.forms if Medium.PAPER in form.media]
    flow = Flow(pages, presenter, linked_figures(forms))
    listed = has_contents(forms)
    front = contents = 0
    for at, form in enumerate(forms):
        flow.form(form)
        if listed and not at:
            front, contents = pages.count, pages.tags.add("Sect")
    if listed:
        with pages.tags.inside(contents):
            write_contents(pages, presenter, forms[1:], front)
    pages.save()
    stream.seek(0)
    finish(stream, report, path, pages, attachments)
