"""Sums of a workbook are live, and agree with the values stored beside them."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.cell import MergedCell
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook
from report_samples import figure, report_of, sample_report
from workbooks import (
    Sheet,
    form,
    ledger_form,
    numbers,
    save,
    sheet_xml,
    sheets,
    stored,
)

from mineaction_desktop.domain.states import State
from mineaction_desktop.reports.document import Cell, Report
from mineaction_desktop.reports.figures import Figure, Sum, Unit, combine, total, without_number
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.reports.writers.excel import write_workbook

# --- formulas ------------------------------------------------------------------------------------

A, B, C = (figure(name, value) for name, value in (("a", 5), ("b", 7), ("c", 11)))
GAP = without_number("gap", State.UNKNOWN, Unit.MINE)
EUROS = [figure(f"e{at}", 105 * at, Unit.MONEY, currency="EUR") for at in range(1, 3)]


@pytest.mark.parametrize(
    ("rows", "figures", "formula"),
    [
        pytest.param([A, B, C], [(1, A), (1, B), (1, C)], "=SUM(A4:A6)", id="one run"),
        pytest.param([A, None, B, C], [(1, A), (1, B), (1, C)], "=SUM(A4,A6:A7)", id="runs"),
        pytest.param([A, B, C], [(1, C), (1, A)], "=SUM(A4,A6)", id="order of the sheet"),
        pytest.param([A], [(1, A)], "=SUM(A4)", id="one term"),
        pytest.param([A, B, C], [(1, A), (1, B), (-1, C)], "=A4+A5-A6", id="mixed signs"),
        pytest.param([A, B], [(-1, A), (1, B)], "=-A4+A5", id="minus first"),
        pytest.param([A, GAP, C], [(1, A), (1, GAP), (1, C)], "=SUM(A4:A6)", id="words in a sum"),
        pytest.param([A, GAP, C], [(1, C), (1, GAP), (-1, A)], "=A6-A4", id="words left out"),
        pytest.param([A, B], [(1, A), (1, C)], 16, id="a term that is not on the sheet"),
        pytest.param([A], [(1, A), (1, A)], "=SUM(A4,A4)", id="the same twice"),
        pytest.param([A, B], [], 0, id="no terms"),
    ],
)
def test_a_sum_is_a_formula_where_its_terms_stand(
    rows: list[Cell], figures: list[tuple[int, Figure]], formula: str | int, tmp_path: Path
) -> None:
    table = numbers(*((cell,) for cell in (*rows, combine("sum", figures, Unit.MINE))))
    sheet = sheets(report_of([form(table)]), tmp_path)[0]
    assert sheet.cell(4 + len(rows), 1).value == formula


def test_a_sum_of_money_rounds_what_it_takes_away(tmp_path: Path) -> None:
    first, second = EUROS
    plus = total("plus", EUROS, Unit.MONEY, currency="EUR")
    minus = combine("minus", [(1, second), (-1, first)], Unit.MONEY, currency="EUR")
    table = numbers((first,), (second,), (plus,), (minus,))
    sheet = sheets(report_of([form(table)]), tmp_path)[0]
    assert [row[0].value for row in sheet["A4:A7"]] == [
        1.05,
        2.1,
        "=SUM(A4:A5)",
        "=ROUND(A5-A4,2)",
    ]


def test_a_sum_over_a_row_runs_across(tmp_path: Path) -> None:
    table = numbers((A, B, C, total("sum", (A, B, C), Unit.MINE)))
    assert sheets(report_of([form(table)]), tmp_path)[0]["D4"].value == "=SUM(A4:C4)"


def test_a_sum_takes_the_figures_of_its_own_table(tmp_path: Path) -> None:
    tables = [numbers((A,), (B,), (total("sum", (A, B), Unit.MINE),), name=n) for n in ("t", "u")]
    sheet = sheets(report_of([form(*tables)]), tmp_path)[0]
    assert [sheet["A6"].value, sheet["A11"].value] == ["=SUM(A4:A5)", "=SUM(A9:A10)"]


def test_many_mixed_signs_become_a_difference_of_sums(tmp_path: Path) -> None:
    ins = [figure(f"in.{at}", 10 * at) for at in range(9)]
    outs = [figure(f"out.{at}", at) for at in range(9)]
    closing = combine("c", [*((1, f) for f in ins), *((-1, f) for f in outs)], Unit.MINE)
    table = numbers(*zip(ins, outs, strict=True), (closing, None))
    sheet = sheets(report_of([form(table)]), tmp_path)[0]
    assert sheet["A13"].value == "=SUM(A4:A12)-SUM(B4:B12)"


def other_unit() -> Figure:
    return Figure("sum", 12, State.VALUE, Unit.ITEM, Sum(((1, A), (1, B))))


def wrong_value() -> Figure:
    return Figure("sum", 13, State.VALUE, Unit.MINE, Sum(((1, A), (1, B))))


def itself() -> Figure:
    return Figure("sum", 5, State.VALUE, Unit.MINE, Sum(((1, replace(A, key="sum")),)))


@pytest.mark.parametrize("make", [other_unit, wrong_value, itself])
def test_a_formula_that_would_mislead_is_a_number(
    make: Callable[[], Figure], tmp_path: Path
) -> None:
    table = numbers((A,), (B,), (make(),))
    sheet = sheets(report_of([form(table)]), tmp_path)[0]
    assert sheet["A6"].value == make().value


def test_a_sum_of_too_many_pieces_is_a_number(tmp_path: Path) -> None:
    parts = [figure(f"p.{at}", at) for at in range(600)]
    everything = total("sum", parts[::2], Unit.MINE)
    table = numbers(*((part,) for part in parts), (everything,))
    sheet = sheets(report_of([form(table)]), tmp_path)[0]
    assert sheet["A604"].value == everything.value


# --- stored values agree with what a spreadsheet calculates --------------------------------------


def by_hand(package: Path) -> dict[str, Sheet]:
    """Every value, those of formulas added up anew from the cells they name."""
    book = load_workbook(package)
    return {
        sheet.title: {
            (cell.row, cell.column): _evaluate(sheet, cell)
            for row in sheet.iter_rows()
            for cell in row
            if isinstance(cell, SheetCell) and cell.value is not None
        }
        for sheet in book.worksheets
    }


def _evaluate(sheet: Worksheet, cell: SheetCell | MergedCell) -> object:
    if cell.data_type != "f":
        return cell.value
    places = re.fullmatch(r"=ROUND\((.*),(\d)\)", str(cell.value))
    text = places[1] if places else str(cell.value)[1:]
    pattern = r"([+-]?)(?:SUM\(([A-Z0-9:,]+)\)|([A-Z]+\d+))"
    assert re.fullmatch(f"(?:{pattern})+", text), text
    result = 0.0
    for sign, sum_of, single in re.findall(pattern, text):
        for part in (sum_of or single).split(","):
            result += (-1 if sign == "-" else 1) * sum(_numbers(sheet, part, words=bool(sum_of)))
    return round(result, int(places[2])) if places else result


def _numbers(sheet: Worksheet, reference: str, *, words: bool) -> Iterator[float]:
    left, top, right, bottom = range_boundaries(reference)
    for row in sheet.iter_rows(top, bottom, left, right):
        for cell in row:
            value = _evaluate(sheet, cell)
            if isinstance(value, (int, float)):
                yield value
            else:
                assert words, f"{reference} adds words"


def libreoffice(package: Path) -> dict[str, Sheet]:
    """Every value after LibreOffice has calculated a copy without any stored results."""
    bare = package.with_name("bare.xlsx")
    with ZipFile(package) as source, ZipFile(bare, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, re.sub(rb"</f><v>[^<]*</v>", b"</f>", source.read(name)))
    folder = package.parent
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(folder / "calculated"),
            str(bare),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return stored(folder / "calculated" / "bare.xlsx")


CALCULATORS = [by_hand, *([libreoffice] if shutil.which("soffice") else [])]


@pytest.mark.parametrize("calculate", CALCULATORS)
def test_stored_values_are_what_a_spreadsheet_calculates(
    calculate: Callable[[Path], dict[str, Sheet]], tmp_path: Path
) -> None:
    forms = [*sample_report().forms, ledger_form()]
    package = save(report_of(forms), tmp_path)
    expected, found = stored(package), calculate(package)
    assert found.keys() == expected.keys()
    for name, sheet in expected.items():
        assert found[name].keys() == sheet.keys()
        for at, value in sheet.items():
            close = pytest.approx(value) if isinstance(value, (int, float)) else value
            assert found[name][at] == close, (name, at)
    formulas = sum(xml.count("<f>") for xml in sheet_xml(package))
    assert formulas == 8 + 10


@settings(max_examples=40, deadline=None)
@given(
    values=st.lists(st.none() | st.integers(-(10**16), 10**16), min_size=1, max_size=24),
    width=st.integers(1, 4),
    terms=st.lists(st.tuples(st.sampled_from((1, -1)), st.integers(0, 23)), max_size=24),
    unit=st.sampled_from((Unit.AREA, Unit.MONEY)),
)
def test_any_sum_shows_what_was_checked(
    values: list[int | None], width: int, terms: list[tuple[int, int]], unit: Unit
) -> None:
    currency = "EUR" if unit is Unit.MONEY else None
    cells = [
        without_number(f"v{at}", State.UNKNOWN, unit)
        if value is None
        else figure(f"v{at}", value, unit, currency=currency)
        for at, value in enumerate(values)
    ]
    picked = ((sign, cells[at]) for sign, at in terms if at < len(cells))
    result = combine("sum", picked, unit, currency=currency)
    padding: list[Figure | None] = [None] * (-len(cells) % width)
    grid = list(zip(*[iter([*cells, *padding])] * width, strict=True))
    with TemporaryDirectory() as folder:
        table = numbers(*grid, (result, *[None] * (width - 1)))
        package = save(report_of([form(table)]), Path(folder))
        found, expected = by_hand(package)["x"], stored(package)["x"]
    assert found.keys() == expected.keys()
    for at, value in expected.items():
        assert found[at] == (pytest.approx(value) if isinstance(value, (int, float)) else value)


def test_readers_that_do_not_calculate_show_the_totals(tmp_path: Path) -> None:
    package = save(sample_report(), tmp_path)
    rows = CalamineWorkbook.from_path(package).get_sheet_by_name("C").to_python()
    assert rows[-1][3:7] == [1_400_867, 1_055_367, 345_500, 1_424_745.45]


def test_a_figure_leads_to_its_records_and_they_lead_back(
    demo_reports: dict[int, Report], tmp_path: Path
) -> None:
    path = tmp_path / "links.xlsx"
    write_workbook(demo_reports[2025], Presenter("en"), path)
    book = load_workbook(path)
    ways = {
        (sheet.title, cell.coordinate): (cell.value, cell.hyperlink.location)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.hyperlink
    }
    assert len(ways) > 400
    for (sheet, cell), (_, location) in ways.items():
        title, _, there = str(location).rpartition("!")
        back = ways[title.strip("'"), there][1]
        assert back == f"'{sheet}'!{cell}"


def test_records_under_a_figure_add_up_to_it_on_the_sheet(
    demo_reports: dict[int, Report], tmp_path: Path
) -> None:
    path = tmp_path / "evidence.xlsx"
    write_workbook(demo_reports[2025], Presenter("en"), path)
    sheet = load_workbook(path)["Annex evidence"]
    levels = [sheet.row_dimensions[number].outlineLevel for number in range(1, sheet.max_row + 1)]
    assert levels.count(1) > 1000
    formulas = [cell.value for cell in sheet["D"] if str(cell.value).startswith("=SUM(")]
    assert len(formulas) > 400
