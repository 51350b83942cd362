"""A report as a workbook: a sheet for each form, real numbers, and totals that are live sums."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

from mineaction_desktop.domain.states import State
from mineaction_desktop.reports.document import Fields, Form, Medium, Report
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.reports.writers.excel.layout import Layout, lay_out
from mineaction_desktop.reports.writers.excel.links import links
from mineaction_desktop.reports.writers.excel.names import sheet_name
from mineaction_desktop.reports.writers.excel.package import describe, save
from mineaction_desktop.reports.writers.excel.page import set_up
from mineaction_desktop.reports.writers.excel.rows import SheetRows
from mineaction_desktop.reports.writers.excel.styles import Styles

__all__ = ["write_workbook"]


def write_workbook(report: Report, presenter: Presenter, path: Path) -> None:
    """Write a report as a workbook; equal reports make equal bytes."""
    book = Workbook(write_only=True)
    describe(book, report)
    styles = Styles(book, right_to_left=report.right_to_left)
    taken: set[str] = set()
    layouts: dict[str, Layout] = {}
    for form in tuple(report.printed(Medium.WORKBOOK)) or (_nothing(report),):
        layout = lay_out(report, form, presenter)
        name = sheet_name(form.sheet, taken)
        set_up(book.create_sheet(name), report, form, layout)
        layouts[name] = layout
    ways = links(layouts, presenter.words)
    rows = {
        name: SheetRows(layout, presenter, styles, ways[name]) for name, layout in layouts.items()
    }
    save(book, rows, report, path)


def _nothing(report: Report) -> Form:
    """A workbook needs a sheet: of a report without forms it says that there is nothing."""
    content = Fields(((report.short_title, State.NONE),))
    return Form(key="none", sheet=report.iso3, title=report.title, blocks=(content,))
