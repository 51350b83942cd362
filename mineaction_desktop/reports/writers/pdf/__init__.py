"""Reports as PDF: a calm paper in every language of the program, the same bytes each time."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from mineaction_desktop.reports.document import Report
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.reports.writers.pdf.finish import finish
from mineaction_desktop.reports.writers.pdf.flow import Flow
from mineaction_desktop.reports.writers.pdf.pages import Pages

__all__ = ["write_pdf"]


def write_pdf(report: Report, presenter: Presenter, path: Path) -> None:
    """Write a report to a path as PDF."""
    stream = BytesIO()
    pages = Pages(report, stream)
    flow = Flow(pages, presenter)
    for form in report.forms:
        flow.form(form)
    pages.save()
    stream.seek(0)
    finish(stream, report, path)
