"""The workbook of a report, read back with other programs than the one that wrote it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as SheetCell
from python_calamine import CalamineWorkbook
from report_samples import (
    STATED,
    arabic_report,
    chinese_report,
    draft_report,
    empty_report,
    figure,
    large_report,
    report_of,
    russian_report,
    sample_report,
)
from workbooks import (
    column,
    form,
    ledger_form,
    numbers,
    save,
    sheet_xml,
    sheets,
    table_of,
)

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.states import State
from mineaction_desktop.i18n import ENGLISH
from mineaction_desktop.reports.document import (
    Cell,
    ColumnKind,
    Fields,
    Paragraph,
    Report,
    Row,
    RowRole,
    Table,
)
from mineaction_desktop.reports.figures import Figure, Unit, without_number
from mineaction_desktop.reports.present import Presenter

ALL_REPORTS: list[Callable[[], Report]] = [
    sample_report,
    draft_report,
    empty_report,
    arabic_report,
    chinese_report,
    russian_report,
    lambda: report_of([ledger_form()]),
]


def one_cell(cell: Cell, tmp_path: Path, presenter: Presenter | None = None) -> SheetCell:
    """The sheet's cell of a one-cell table."""
    report = report_of([form(numbers((cell,)))], language=(presenter or Presenter()).language)
    found = sheets(report, tmp_path, presenter)[0]["A4"]
    assert isinstance(found, SheetCell)
    return found


# --- sheets and their header block ---------------------------------------------------------------


def test_each_form_has_a_sheet_in_order(tmp_path: Path) -> None:
    assert [sheet.title for sheet in sheets(sample_report(), tmp_path)] == [
        "Front",
        "Cover",
        "B",
        "C",
        "J",
    ]


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (["a/b", "a:b"], ["a b", "a b 2"]),
        (["[x]*?\\"], ["x"]),
        (["Annex", "ANNEX"], ["Annex", "ANNEX 2"]),
        (["", "?"], ["-", "- 2"]),
        (["History"], ["History 2"]),
        (["'quoted'"], ["quoted"]),
        (["n" * 40, "n" * 40], ["n" * 31, "n" * 29 + " 2"]),
        (["\U0001f4a3" * 20], ["\U0001f4a3" * 15]),
    ],
)
def test_names_of_sheets_are_legal_and_unique(
    wanted: list[str], names: list[str], tmp_path: Path
) -> None:
    forms = [replace(form(), sheet=name) for name in wanted]
    assert [sheet.title for sheet in sheets(report_of(forms), tmp_path)] == names


def test_a_sheet_begins_with_the_header_block(tmp_path: Path) -> None:
    sheet = sheets(sample_report(), tmp_path)[2]
    assert [row[0].value for row in sheet["A1:A8"]] == [
        "Form B",
        "Stockpiled anti-personnel mines",
        "Article 7.1 (b): each State Party reports on the total of its stocks,"
        " with a breakdown by type, quantity and, if possible, lot numbers.",
        "Remark: the state at the end of the period.",
        "State Party: Republic of Sandovia, reporting for time period from"
        " 1 Jan 2025 to 31 Dec 2025",
        None,
        "1. Total of stockpiled anti-personnel mines",
        "Type",
    ]


def test_a_draft_says_so_first_on_every_sheet(tmp_path: Path) -> None:
    for sheet in sheets(draft_report(), tmp_path):
        assert sheet["A1"].value == "DRAFT"
        assert sheet["A2"].value == "Exercise. The figures in this paper are made up."
        assert sheet.oddHeader is not None
        assert "DRAFT" in str(sheet.oddHeader.center.text)
        assert sheet.HeaderFooter.differentFirst  # there the rows themselves say it


def test_a_report_without_forms_is_a_workbook_that_says_none(tmp_path: Path) -> None:
    (sheet,) = sheets(empty_report(), tmp_path)
    assert (sheet["A1"].value, sheet["B3"].value) == (empty_report().title, "None")


# --- cells ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_figure", "value", "number_format"),
    [
        (figure("f", 1234567), 1234567, "#,##0"),
        (figure("f", 0), 0, "#,##0"),
        (figure("f", -3), -3, "#,##0"),
        (figure("f", 123456, Unit.MONEY, currency="EUR"), 1234.56, "#,##0.00"),
        (figure("f", 5, Unit.MONEY, currency="USD"), 0.05, "#,##0.00"),
        (figure("f", 123456, Unit.MONEY, currency="JPY"), 123456, "#,##0"),
        (figure("f", 123456, Unit.MONEY, currency="KWD"), 123.456, "#,##0.000"),
        (replace(figure("f", 7), partial=True), 7, '#,##0" or more"'),
        (figure("f", 10**15 - 1), 10**15 - 1, "#,##0"),
    ],
)
def test_a_figure_is_a_number(
    given_figure: Figure, value: float, number_format: str, tmp_path: Path
) -> None:
    cell = one_cell(given_figure, tmp_path)
    assert (cell.value, cell.data_type, cell.number_format) == (value, "n", number_format)
    assert cell.alignment.horizontal == "right"


def test_a_number_with_more_digits_than_a_sheet_keeps_is_text(tmp_path: Path) -> None:
    cell = one_cell(figure("f", 10**15 + 1), tmp_path)
    assert (cell.value, cell.data_type) == ("1,000,000,000,000,001", "s")


class _Quoting:
    """Words of a language that puts the number last, in quotation marks."""

    def gettext(self, message: str, /) -> str:
        return 'some "{number}"' if "{number}" in message else message

    def ngettext(self, singular: str, plural: str, n: int, /) -> str:
        return singular if n == 1 else plural

    def info(self) -> dict[str, str]:
        return {}


def test_words_in_a_number_format_may_hold_quotation_marks(tmp_path: Path) -> None:
    presenter = Presenter("en", _Quoting())
    cell = one_cell(replace(figure("f", 7), partial=True), tmp_path, presenter)
    before, after = '"some "\\"""', '""\\"""'
    assert cell.number_format == f"{before}#,##0{after};{before}-#,##0{after}"


@pytest.mark.parametrize(
    ("given_date", "language", "value", "number_format"),
    [
        (date(2025, 6, 30), "en", date(2025, 6, 30), "[$-809]d mmm yyyy"),
        (PartialDate.parse("2019-08-06"), "fr", date(2019, 8, 6), "[$-40C]d mmm yyyy"),
        (PartialDate.parse("2019-08-06"), "de", date(2019, 8, 6), "d mmm yyyy"),
        (PartialDate.parse("1994"), "en", "1994", "General"),
        (PartialDate.parse("1994-06"), "en", "Jun 1994", "General"),
        (PartialDate.parse("1992/1995"), "en", "1992 to 1995", "General"),
        (date(1900, 3, 1), "en", date(1900, 3, 1), "[$-809]d mmm yyyy"),
        (date(1900, 2, 28), "en", "28 Feb 1900", "General"),
        (date(1884, 2, 29), "en", "29 Feb 1884", "General"),
    ],
)
def test_exact_dates_are_dates_and_vague_ones_are_text(
    given_date: Cell, language: str, value: date | str, number_format: str, tmp_path: Path
) -> None:
    cell = one_cell(given_date, tmp_path, Presenter(language))
    found = cell.value.date() if cell.is_date else cell.value  # type: ignore[union-attr]  # is_date
    assert (found, cell.number_format) == (value, number_format)


@pytest.mark.parametrize("state", STATED)
def test_a_state_prints_as_muted_words(state: State, tmp_path: Path) -> None:
    for cell in (state, without_number("f", state, Unit.MINE)):
        found = one_cell(cell, tmp_path)
        assert found.value == Presenter().state(state)
        assert found.font.italic
        assert found.alignment.horizontal == "right"


def test_no_meaning_is_blank_inside_its_border(tmp_path: Path) -> None:
    cell = one_cell(None, tmp_path)
    assert cell.value is None
    assert cell.border.left.style == "thin"


# --- text is never a formula ---------------------------------------------------------------------

TRIGGERS = ("=", "+", "-", "@", "|", "%", "\t", "\r", "＝", "＋", "－", "＠", "'", "\ufeff=", " =")


def visible(text: str) -> str:
    """What a sheet shows of a text: one kind of line end, a sign for what XML cannot hold."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    legal = ((0x20, 0xD7FF), (0xE000, 0xFFFD), (0x10000, 0x10FFFF))
    return "".join(
        sign if sign in "\t\n" or any(a <= ord(sign) <= b for a, b in legal) else "\ufffd"
        for sign in text
    )


any_text = st.one_of(
    st.text(st.characters()),
    st.builds(str.__add__, st.sampled_from(TRIGGERS), st.text()),
    st.sampled_from(["_x0041_", "__x000D_", "<f>1+1</f>", "]]>", "&amp;", "#REF!", "2025-01-01"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(any_text, min_size=1, max_size=20))
def test_any_text_is_read_back_as_that_text(texts: list[str]) -> None:
    rows = tuple(Row(str(at), (text,)) for at, text in enumerate(texts))
    table = Table(key="t", title=None, columns=(column("text"),), rows=rows)
    with TemporaryDirectory() as folder:
        package = save(report_of([form(table)]), Path(folder))
        found = CalamineWorkbook.from_path(package).get_sheet_by_index(0).to_python()
        body = load_workbook(package).worksheets[0].iter_rows(min_row=4, max_row=3 + len(texts))
    found += [[""]] * len(texts)  # blanks at the end are no rows
    assert [row[0] for row in found[3 : 3 + len(texts)]] == [visible(text) for text in texts]
    kinds = {cell.data_type for row in body for cell in row if cell.value is not None}
    assert kinds <= {"s"}


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_what_an_edit_could_turn_into_a_formula_is_quoted(trigger: str, tmp_path: Path) -> None:
    assert one_cell(f"{trigger}1+1", tmp_path).quotePrefix
    assert not one_cell(f"1{trigger}", tmp_path).quotePrefix


def test_text_that_is_too_long_is_cut_with_a_note(tmp_path: Path) -> None:
    value = one_cell("\U0001f4a3a" * 20_000, tmp_path).value
    assert isinstance(value, str)
    assert len(value.encode("utf-16-le")) // 2 <= 32_767
    assert value.endswith("[…] (The text goes on: a cell cannot hold more.)")
    assert one_cell("b" * 32_767, tmp_path).value == "b" * 32_767


def test_a_long_paragraph_is_spread_over_rows_that_fit(tmp_path: Path) -> None:
    text = " ".join(f"sentence {at} of a long account." for at in range(1_500))
    (sheet,) = sheets(report_of([form(Paragraph(text))]), tmp_path)
    cells = [row[0].value for row in sheet.iter_rows(min_row=3) if row[0].value]
    assert len(cells) > 5
    assert " ".join(map(str, cells)) == text
    assert all((row.height or 0) < 300 for row in sheet.row_dimensions.values())


# --- screen and paper ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tables", "frozen", "repeated"),
    [
        pytest.param([(3, 4)], "A4", "$3:$3", id="the only table"),
        pytest.param([(3, 4), (3, 4)], "A4", "$3:$3", id="two tables of the same columns"),
        pytest.param([(3, 4), (4, 4)], None, None, id="two short tables of other columns"),
        pytest.param([(3, 100), (3, 4)], "A4", "$3:$3", id="a long table first"),
        pytest.param([], None, None, id="no table"),
    ],
)
def test_the_titles_of_columns_stay_in_sight(
    tables: list[tuple[int, int]], frozen: str | None, repeated: str | None, tmp_path: Path
) -> None:
    blocks = [table_of(f"t{at}", *size) for at, size in enumerate(tables)]
    (sheet,) = sheets(report_of([form(*blocks)]), tmp_path)
    assert (sheet.freeze_panes, sheet.print_title_rows) == (frozen, repeated or None)


def test_nothing_is_frozen_that_would_fill_the_screen(tmp_path: Path) -> None:
    preamble = tuple(Paragraph("A long provision of the treaty. " * 40) for _ in range(4))
    tall = replace(form(table_of("t", 3, 4)), preamble=preamble)
    (sheet,) = sheets(report_of([tall]), tmp_path)
    assert sheet.freeze_panes is None
    assert sheet.print_title_rows == "$7:$7"


@pytest.mark.parametrize(("columns", "orientation"), [(5, "portrait"), (6, "landscape")])
def test_a_wide_table_turns_the_paper(columns: int, orientation: str, tmp_path: Path) -> None:
    (sheet,) = sheets(report_of([form(table_of("t", columns, 2))]), tmp_path)
    setup = sheet.page_setup
    assert (setup.orientation, setup.paperSize) == (orientation, 9)
    assert (setup.fitToWidth, setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_area == f"'x'!$A$1:${'ABCDEF'[columns - 1]}$5"


@pytest.mark.parametrize(
    ("make", "left", "right"),
    [
        (
            sample_report,
            "Republic of Sandovia – Article 7 report – calendar year 2025 – final",
            "Page &P of &N",
        ),
        (arabic_report, "&P/&N", "جمهورية ساندوفيا – تقرير المادة 7 – 2025 – نهائي"),
        (lambda: replace(sample_report(), footer="A & B"), "A && B", "Page &P of &N"),
    ],
)
def test_each_page_has_the_footer_and_its_number(
    make: Callable[[], Report], left: str, right: str, tmp_path: Path
) -> None:
    for sheet in sheets(make(), tmp_path):
        for item in (sheet.oddFooter, sheet.firstFooter):
            assert item is not None
            assert (item.left.text, item.right.text) == (left, right)


def test_a_footer_is_as_long_as_spreadsheets_allow(tmp_path: Path) -> None:
    report = replace(sample_report(), footer="&" * 300)
    xml = sheet_xml(save(report, tmp_path))[0]
    (footer,) = re.findall("<oddFooter>(.*)</oddFooter>", xml)
    assert len(unescape(footer)) <= 255


@pytest.mark.parametrize("make", [sample_report, arabic_report])
def test_the_sheet_runs_the_way_the_language_does(
    make: Callable[[], Report], tmp_path: Path
) -> None:
    report = make()
    for sheet in sheets(report, tmp_path):
        assert bool(sheet.sheet_view.rightToLeft) is report.right_to_left
        assert sheet.sheet_view.showGridLines is False
        start = "right" if report.right_to_left else "left"
        assert sheet["A1"].alignment.horizontal == start


def test_tables_of_a_sheet_end_at_the_same_edge(tmp_path: Path) -> None:
    blocks = (table_of("a", 6, 3), table_of("b", 2, 3), Fields((("Label", "value"),)))
    (sheet,) = sheets(report_of([form(*blocks)]), tmp_path)
    merged = [str(ref) for ref in sheet.merged_cells.ranges]
    for row in (8, 9, 10, 11, 13):
        assert any(ref.endswith(f":F{row}") for ref in merged), row


def test_a_long_table_is_not_merged(tmp_path: Path) -> None:
    blocks = (table_of("a", 6, 3), table_of("b", 2, 100))
    (sheet,) = sheets(report_of([form(*blocks)]), tmp_path)
    assert [ref for ref in sheet.merged_cells.ranges if ref.min_row >= 8] == []


def test_columns_are_wide_enough_for_their_numbers(tmp_path: Path) -> None:
    wide = figure("f", 123_456_789_012, Unit.MONEY, currency="EUR")
    cells = (*(figure(f"n{at}", at) for at in range(11)), replace(wide, partial=True))
    (sheet,) = sheets(report_of([form(numbers(cells))]), tmp_path)
    assert sheet.column_dimensions["L"].width > len("1,234,567,890.12 or more")


def test_totals_stand_out(tmp_path: Path) -> None:
    sheet = sheets(sample_report(), tmp_path)[2]
    cells = next(row for row in sheet.iter_rows() if row[0].value == "Total")
    assert all(cell.font.bold and cell.border.top.style == "medium" for cell in cells)


def test_boxes_are_ticked_in_two_columns(tmp_path: Path) -> None:
    sheet = sheets(sample_report(), tmp_path)[1]
    assert [cell.value for cell in sheet[3]] == [
        "Form A: National implementation measures",
        "☐ changed\n☒ unchanged (last reporting: 2023)\n☐ not applicable",
        "Form F: Program of destruction of anti-personnel mines",
        "☐ changed\n☐ unchanged (last reporting: 2023)\n☒ not applicable",
    ]


def test_a_heading_stands_close_to_what_it_heads(tmp_path: Path) -> None:
    sheet = sheets(sample_report(), tmp_path)[4]
    assert [row[0].value for row in sheet["A3:A7"]] == [
        None,
        "Ways to have no number",
        "In one table",
        "Every state",
        "Matter",
    ]


def test_a_table_without_columns_is_no_accident(tmp_path: Path) -> None:
    bare = Table(key="t", title="Bare", columns=(), rows=())
    (sheet,) = sheets(report_of([form(bare, table_of("u", 2, 1))]), tmp_path)
    assert [sheet["A3"].value, sheet["A5"].value] == ["Bare", "None"]


def test_an_empty_table_says_why(tmp_path: Path) -> None:
    book = sheets(sample_report(), tmp_path)
    for sheet, words in (
        (book[2], "None"),
        (book[4], "Not applicable: there never was a facility."),
    ):
        assert sheet.cell(sheet.max_row, 1).value == words


def test_a_title_carries_its_unit_and_its_help(tmp_path: Path) -> None:
    titled = column("Released", ColumnKind.NUMBER, unit="m²", help="In the period.")
    table = Table(key="t", title=None, columns=(titled,), rows=())
    (sheet,) = sheets(report_of([form(table)]), tmp_path)
    assert sheet["A3"].value == "Released (m²)\nIn the period."


def test_rows_of_merged_cells_are_tall_enough(tmp_path: Path) -> None:
    text = "A remark that needs a good deal more than a single line of the sheet. " * 4
    (sheet,) = sheets(report_of([form(Paragraph(text))]), tmp_path)
    assert (sheet.row_dimensions[3].height or 0) >= 3 * 12


# --- the package ---------------------------------------------------------------------------------


@pytest.mark.parametrize("make", ALL_REPORTS)
def test_equal_reports_make_equal_bytes(make: Callable[[], Report], tmp_path: Path) -> None:
    first = save(make(), tmp_path).read_bytes()
    assert save(make(), tmp_path).read_bytes() == first


def test_the_package_does_not_tell_when_and_where_it_was_made(tmp_path: Path) -> None:
    with ZipFile(save(sample_report(), tmp_path)) as archive:
        marks = {(member.date_time, member.create_system) for member in archive.infolist()}
    assert marks == {((1980, 1, 1, 0, 0, 0), 0)}


def test_the_properties_name_the_institution_and_no_person(tmp_path: Path) -> None:
    report = sample_report()
    about = load_workbook(save(report, tmp_path)).properties
    assert about.title == report.title
    assert about.creator == "Sandovia Mine Action Authority"
    assert about.lastModifiedBy is None
    assert about.created == about.modified == report.origin.changed_at.replace(tzinfo=None)
    nameless = replace(report, authority=None)
    assert load_workbook(save(nameless, tmp_path)).properties.creator == report.state_name


def test_numbers_kept_as_text_carry_no_warning(tmp_path: Path) -> None:
    (xml,) = sheet_xml(save(report_of([form(table_of("t", 2, 1))]), tmp_path))
    assert '<ignoredError sqref="A1:B4" numberStoredAsText="1"/>' in xml


def test_a_long_annex_keeps_all_its_rows(tmp_path: Path) -> None:
    package = save(large_report(3_000), tmp_path)
    rows = CalamineWorkbook.from_path(package).get_sheet_by_index(0).to_python()
    assert len(rows) == 5 + 3_000
    assert rows[-1][:2] == ["HA-002999", "Field 2999 near the well"]


def test_only_a_total_row_is_a_formula_row(tmp_path: Path) -> None:
    sheet = sheets(sample_report(), tmp_path)[2]
    formulas = [cell.row for cell in sheet["B"] if cell.data_type == "f"]
    roles = {RowRole.SUBTOTAL, RowRole.TOTAL}
    table = next(block for block in sample_report().forms[2].blocks if isinstance(block, Table))
    assert formulas == [9 + at for at, row in enumerate(table.rows) if row.role in roles]
    assert ENGLISH.gettext("Total") == sheet.cell(formulas[-1], 1).value
