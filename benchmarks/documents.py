"""A long table as workbook and as PDF, against the libraries that write such files.

Floors write the same texts and numbers: openpyxl streams rows whose cells share one style for each
column; the bare canvas of reportlab draws them with the same font, one text object for each row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from measuring import Comparison, Measurement, compare
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from reportlab.pdfgen.canvas import Canvas

from mineaction_desktop.reports.document import Column, ColumnKind, Form, Origin, Report, Row, Table
from mineaction_desktop.reports.figures import Contribution, Figure, Records, Unit, counted
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.reports.writers.excel import write_workbook
from mineaction_desktop.reports.writers.pdf import write_pdf
from mineaction_desktop.reports.writers.pdf.fonts import Weight, main_font

ROWS, FEW = 20_000, 2_000
_KINDS = (
    *(ColumnKind.CODE, ColumnKind.TEXT, ColumnKind.TEXT, ColumnKind.DATE),
    *(ColumnKind.TEXT, ColumnKind.NUMBER, ColumnKind.NUMBER, ColumnKind.TEXT),
)
_PROVINCES = ("Northern", "Eastern", "Southern", "Western", "Coastal", "Highland")
_STEPS = (8, 10, 22, 22, 14, 14, 12, 12)
_LEADING, _TOP, _FOOT, _LEFT = 12, 530, 60, 45


def report_of(rows: int) -> Report:
    """Return a report of one table with as many rows, of eight columns."""
    return Report(
        instrument="apmbc",
        layout="classic",
        edition="public",
        language="en",
        right_to_left=False,
        title="Report of a made-up State, 2025",
        short_title="Article 7 report 2025",
        state_name="Made-up State",
        iso3="XXA",
        first_day=date(2025, 1, 1),
        last_day=date(2025, 12, 31),
        as_of=date(2025, 12, 31),
        is_final=True,
        stem="long",
        footer="Made-up State – 2025",
        page_label="page {page} of {pages}",
        mark=None,
        notice=None,
        authority=None,
        origin=Origin(
            register_id="0190c0de-0000-7000-8000-000000000001",
            change_number=1,
            fingerprint="0" * 64,
            changed_at=datetime(2026, 1, 12, 8, tzinfo=UTC),
            program="Mine Action Desktop",
        ),
        forms=(Form(key="a", sheet="Annex", title="Areas", blocks=(_table(rows),)),),
    )


def _table(rows: int) -> Table:
    columns = tuple(
        Column(key=f"c{at}", title=f"Column {at}", kind=kind) for at, kind in enumerate(_KINDS)
    )
    found = tuple(_row(number) for number in range(rows))
    return Table(key="t", title="Areas", columns=columns, rows=found)


def _row(number: int) -> Row:
    province = _PROVINCES[number % len(_PROVINCES)]
    return Row(
        f"r{number}",
        (
            f"HA-{number:06d}",
            province,
            f"District {number % 97}",
            date(2000 + number % 25, number % 12 + 1, number % 28 + 1),
            f"Village {number % 1013}",
            _figure(f"a{number}", 1_000 + number * 37 % 90_000, Unit.AREA),
            _figure(f"m{number}", number % 41, Unit.MINE),
            "Confirmed" if number % 3 else "Suspected",
        ),
    )


def _figure(key: str, value: int, unit: Unit) -> Figure:
    part = Contribution("area_movement", key, value)
    return counted(key, value, unit, Records(lambda: (part,)))


def _values(report: Report) -> Iterator[list[Any]]:
    """The cells of the table as plain values."""
    for _, table in report.tables():
        for row in table.rows:
            yield [_plain(cell) for cell in row.cells]


def _plain(cell: object) -> Any:  # noqa: ANN401 - the benchmark's own texts, dates and numbers
    return cell.value if isinstance(cell, Figure) else cell


def bare_workbook(rows: Sequence[Sequence[Any]], path: Path) -> None:
    """Stream the rows with openpyxl, one style object for each column."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Annex")
    sheet.freeze_panes = "A2"
    side = Side(style="thin", color="FFB8C2CC")
    styles = []
    for kind in _KINDS:
        cell: Any = WriteOnlyCell(sheet, value=None)
        cell.font, cell.border = Font(name="Calibri", size=10), Border(side, side, side, side)
        cell.alignment = Alignment(vertical="top", wrap_text=kind is ColumnKind.TEXT)
        cell.number_format = {ColumnKind.NUMBER: "#,##0", ColumnKind.DATE: "d mmm yyyy"}.get(
            kind, "General"
        )
        styles.append(cell._style)  # noqa: SLF001 - the way to share a style that performs
    for row in rows:
        cells = []
        for value, style in zip(row, styles, strict=True):
            cell = WriteOnlyCell(sheet, value=value)
            cell._style = style  # noqa: SLF001 - see above
            cells.append(cell)
        sheet.append(cells)
    book.save(path)


def bare_pdf(rows: Sequence[Sequence[str]], path: Path) -> None:
    """Draw the rows with the canvas alone, in an embedded TrueType font."""
    font = main_font(Weight.REGULAR)
    canvas = Canvas(str(path), pagesize=(841.9, 595.3), pageCompression=1)
    base = 0
    for row in rows:
        if base < _FOOT:
            if base:
                canvas.showPage()
            base = _TOP
        text = canvas.beginText()
        text.setFont(font, 8)
        for at, words in enumerate(row):
            text.setTextOrigin(_LEFT + at * 94, base)
            text.textOut(words)
        canvas.drawText(text)
        base -= _LEADING
    canvas.save()


def measure(scratch: Path, runs: int) -> Iterator[Measurement]:
    """The workbook, the PDF, and whether the PDF of ten times the rows takes ten times as long."""
    presenter = Presenter()
    report, few = report_of(ROWS), report_of(FEW)
    values = list(_values(report))
    words = [[value if isinstance(value, str) else f"{value}" for value in row] for row in values]
    yield compare(
        "workbook of 20,000 rows",
        lambda: bare_workbook(values, scratch / "bare.xlsx"),
        lambda: write_workbook(report, presenter, scratch / "ours.xlsx"),
        runs=runs,
        goal=1.2,
        units=ROWS,
    )
    paper = compare(
        "PDF of 20,000 rows",
        lambda: bare_pdf(words, scratch / "bare.pdf"),
        lambda: write_pdf(report, presenter, scratch / "ours.pdf"),
        runs=runs,
        goal=1.5,
        units=ROWS,
    )
    yield paper
    yield _linearity(scratch, presenter, few, report, runs)


def _linearity(
    scratch: Path, presenter: Presenter, few: Report, many: Report, runs: int
) -> Comparison:
    """Ten files of few rows against one of many: the ratio is 1 where time grows with the rows."""
    path = scratch / "linear.pdf"

    def floor() -> None:
        for _ in range(ROWS // FEW):
            write_pdf(few, presenter, path)

    return compare(
        "PDF, 20,000 rows to 10 × 2,000",
        floor,
        lambda: write_pdf(many, presenter, path),
        runs=runs,
        goal=1.2,
        units=ROWS,
    )
