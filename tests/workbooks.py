"""Small workbooks for the tests of the writer, and ways to read them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.worksheet.worksheet import Worksheet
from report_samples import figure

from mineaction_desktop.domain.states import State
from mineaction_desktop.reports.document import (
    Block,
    Cell,
    Column,
    ColumnKind,
    Fields,
    Form,
    Report,
    Row,
    Table,
)
from mineaction_desktop.reports.figures import Unit, combine, total, without_number
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.reports.writers.excel import write_workbook


def save(report: Report, path: Path, presenter: Presenter | None = None) -> Path:
    target = path / "report.xlsx"
    write_workbook(report, presenter or Presenter(report.language), target)
    return target


def sheets(report: Report, path: Path, presenter: Presenter | None = None) -> list[Worksheet]:
    return list(load_workbook(save(report, path, presenter)).worksheets)


def column(name: str, kind: ColumnKind = ColumnKind.TEXT, **more: str) -> Column:
    return Column(key=name, title=name, kind=kind, unit=more.get("unit"), help=more.get("help"))


def numbers(*rows: Iterable[Cell], name: str = "t") -> Table:
    """A table of number columns; each row is given by its cells."""
    body = tuple(Row(str(at), tuple(cells)) for at, cells in enumerate(rows))
    width = len(body[0].cells)
    columns = tuple(column(f"k{at}", ColumnKind.NUMBER) for at in range(width))
    return Table(key=name, title=None, columns=columns, rows=body)


def form(*blocks: Block, key: str = "x") -> Form:
    return Form(key=key, sheet=key, title="Title", blocks=blocks)


def table_of(name: str, columns: int, rows: int) -> Table:
    kinds = tuple(column(f"Column {at}") for at in range(columns))
    body = tuple(Row(str(at), ("text",) * columns) for at in range(rows))
    return Table(key=name, title=None, columns=kinds, rows=body)


Sheet = dict[tuple[int, int], object]


def stored(package: Path) -> dict[str, Sheet]:
    """Every value as a reader finds it that does not calculate."""
    book = load_workbook(package, data_only=True)
    return {
        sheet.title: {
            (cell.row, cell.column): cell.value
            for row in sheet.iter_rows()
            for cell in row
            if isinstance(cell, SheetCell) and cell.value is not None
        }
        for sheet in book.worksheets
    }


def sheet_xml(package: Path) -> list[str]:
    with ZipFile(package) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return [archive.read(name).decode() for name in names]


def ledger_form() -> Form:
    """Sums of every shape: over rows, over columns, of differences, of money, with unknowns."""
    grid = [[figure(f"g.{a}.{b}", 1_000 * a + b) for b in range(3)] for a in range(4)]
    sums = [total(f"across.{a}", grid[a], Unit.MINE) for a in range(4)]
    last = [total(f"down.{b}", (grid[a][b] for a in range(4)), Unit.MINE) for b in range(3)]
    corner = total("corner", last, Unit.MINE)
    gap = without_number("gap", State.UNKNOWN, Unit.MINE)
    closing = combine("closing", [(1, corner), (1, gap), (-1, grid[0][1])], Unit.MINE)
    money = [figure(f"m.{at}", 10 * at + 1, Unit.MONEY, currency="EUR") for at in range(3)]
    terms = ((1, money[0]), (1, money[1]), (-1, money[2]))
    left = combine("left", terms, Unit.MONEY, currency="EUR")
    rows = [(*grid[a], sums[a]) for a in range(4)]
    return form(
        numbers(*rows, (*last, corner)),
        Fields((("Gap", gap), ("Closing", closing))),
        numbers(*((part,) for part in money), (left,), name="m"),
    )
