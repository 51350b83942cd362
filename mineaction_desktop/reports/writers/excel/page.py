"""How a sheet opens on the screen and prints on paper."""

from __future__ import annotations

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import (
    HeaderFooter,
    HeaderFooterItem,
    _HeaderFooterPart,
)
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from mineaction_desktop.reports.document import Form, Report, Table
from mineaction_desktop.reports.writers.excel.layout import Layout
from mineaction_desktop.reports.writers.excel.lines import PLAIN_HEIGHT, Body, Line
from mineaction_desktop.reports.writers.excel.names import (
    PLAIN_LABEL,
    footer_lines,
    margin_line,
)
from mineaction_desktop.reports.writers.excel.needs import LONG_TABLE
from mineaction_desktop.reports.writers.excel.styles import ALARM, Role

_A4 = "9"
_TALLEST_FROZEN = 300.0  # points; more would leave no room to scroll on a small screen


def set_up(sheet: Worksheet, report: Report, form: Form, layout: Layout) -> None:
    """Set everything about a sheet but its rows."""
    _columns(sheet, layout)
    if any(isinstance(part, Body) and part.folds for part in layout.parts):
        sheet.sheet_format.outlineLevelRow = 1
    _view(sheet, report, form, layout)
    _paper(sheet, layout)
    _margins(sheet, report)


def header_row(form: Form, layout: Layout) -> int | None:
    """The row of column titles to keep in sight: those of the first table.

    They must be right for what stands below: for all tables, or for a first one so long that
    nobody minds them above the others.
    """
    tables = [block for block in form.blocks if isinstance(block, Table)]
    titles = {tuple(column.title for column in table.columns) for table in tables}
    if not tables or (len(titles) > 1 and len(tables[0].rows) <= LONG_TABLE):
        return None
    lines = ((row, part) for row, part in layout.placed() if isinstance(part, Line))
    return next((row for row, line in lines if _titles(line)), None)


def _titles(line: Line) -> bool:
    return any(put.role is Role.HEADER for put in line.puts)


def _columns(sheet: Worksheet, layout: Layout) -> None:
    for number, width in enumerate(layout.grid.widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def _view(sheet: Worksheet, report: Report, form: Form, layout: Layout) -> None:
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.rightToLeft = report.right_to_left
    titles = header_row(form, layout)
    if titles is None:
        return
    sheet.print_title_rows = f"{titles}:{titles}"
    above = sum(
        part.height or PLAIN_HEIGHT
        for row, part in layout.placed()
        if isinstance(part, Line) and row <= titles
    )
    if above <= _TALLEST_FROZEN:
        sheet.freeze_panes = f"A{titles + 1}"


def _paper(sheet: Worksheet, layout: Layout) -> None:
    sheet.print_area = layout.area
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape" if layout.landscape else "portrait"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0  # as many pages as it takes
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(
        left=0.6, right=0.6, top=0.75, bottom=0.75, header=0.35, footer=0.35
    )


def _margins(sheet: Worksheet, report: Report) -> None:
    """The footer of each page, and the mark above all but the first, where the rows say it."""
    label = PLAIN_LABEL if report.right_to_left else report.page_label
    sides = footer_lines(report.footer, label)
    left, right = reversed(sides) if report.right_to_left else sides
    footer = HeaderFooterItem(
        left=_HeaderFooterPart(left, size=8), right=_HeaderFooterPart(right, size=8)
    )
    margins = HeaderFooter(differentFirst=True, oddFooter=footer, firstFooter=footer)
    line = " · ".join(text for text in (report.mark, report.notice) if text)
    if line:
        part = _HeaderFooterPart(margin_line(line), size=9, color=ALARM[2:])
        margins.oddHeader = HeaderFooterItem(center=part)
    sheet.HeaderFooter = margins
