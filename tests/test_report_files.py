"""Workbook, PDF and JSON of the made-up country tell the same numbers and hold no surprise."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from submissions import AUTHOR, stock_register

from mineaction_desktop.cli.main import run
from mineaction_desktop.records.programme import LegalMeasure
from mineaction_desktop.reports.document import Medium, Report
from mineaction_desktop.reports.figures import Figure
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.services.report_files import letters_left_out, write_report
from mineaction_desktop.storage.store import Store

PRESENTER = Presenter("en")


@pytest.fixture(scope="module")
def files(
    demo_reports: dict[int, Report], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("out")
    return {path.suffix: path for path in write_report(demo_reports[2025], PRESENTER, folder)}


def numbers(report: Report, medium: Medium) -> list[Figure]:
    return [figure for figure in report.figures(medium) if figure.value is not None]


def as_in_a_cell(figure: Figure) -> Decimal:
    value = Decimal(figure.value or 0)
    return value / 100 if figure.currency else value


def sheet_numbers(path: Path) -> Counter[Decimal]:
    book = CalamineWorkbook.from_path(str(path))
    return Counter(
        Decimal(str(round(value, 2))).normalize()
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
        for value in row
        if isinstance(value, int | float) and not isinstance(value, bool)
    )


def test_the_workbook_holds_every_number(
    files: dict[str, Path], demo_reports: dict[int, Report]
) -> None:
    wanted = Counter(
        as_in_a_cell(figure).normalize() for figure in numbers(demo_reports[2025], Medium.WORKBOOK)
    )
    assert wanted - sheet_numbers(files[".xlsx"]) == Counter()


def test_the_pdf_prints_every_number(
    files: dict[str, Path], demo_reports: dict[int, Report]
) -> None:
    text = subprocess.run(
        ["pdftotext", "-layout", files[".pdf"], "-"], check=True, capture_output=True, text=True
    ).stdout
    printed = Counter(re.findall(r"(?<![\w,.])-?\d[\d,.]*(?![\w,.])", text))
    wanted = Counter(
        PRESENTER.figure(figure).split()[0] for figure in numbers(demo_reports[2025], Medium.PAPER)
    )
    assert wanted - printed == Counter()


def test_the_data_file_holds_every_figure_with_its_evidence(
    files: dict[str, Path], demo_reports: dict[int, Report]
) -> None:
    data = json.loads(files[".json"].read_text("utf-8"))
    found = {
        cell["figure"]: cell
        for form in data["forms"]
        for block in form["blocks"]
        if block["block"] == "table"
        for row in block["rows"]
        for cell in row["cells"]
        if isinstance(cell, dict) and "figure" in cell
    }
    for figure in demo_reports[2025].figures(Medium.DATA):
        assert found[figure.key]["value"] == figure.value
        assert found[figure.key]["text"] == PRESENTER.figure(figure)

    def amount(key: str) -> int:
        evidence = found[key]["evidence"]
        if evidence is None:
            return int(found[key]["value"] or 0)
        if "sum" in evidence:
            return sum(sign * amount(part) for sign, part in evidence["sum"])
        return sum(number for _, _, number in evidence["records"])

    for key, cell in found.items():
        if cell["value"] is not None:
            assert amount(key) == cell["value"], key


def test_a_spreadsheet_program_recalculates_to_the_same_numbers(
    files: dict[str, Path], tmp_path: Path
) -> None:
    office = shutil.which("soffice")
    assert office, "LibreOffice is needed: see the test command in README.md"
    subprocess.run(
        [
            office,
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            tmp_path,
            files[".xlsx"],
        ],
        check=True,
        capture_output=True,
    )
    again = tmp_path / files[".xlsx"].name
    assert sheet_numbers(again) == sheet_numbers(files[".xlsx"])
    book = CalamineWorkbook.from_path(str(again))
    texts = [
        value
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
        for value in row
        if isinstance(value, str)
    ]
    assert not [
        text for text in texts if re.match(r"#(REF|NAME|VALUE|DIV|N/A|NUM|NULL)|Err:", text)
    ]


def test_other_programs_find_the_pdf_sound(files: dict[str, Path]) -> None:
    checked = subprocess.run(
        ["qpdf", "--check", files[".pdf"]], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "warning" not in (checked.stdout + checked.stderr).lower()
    fonts = subprocess.run(
        ["pdffonts", files[".pdf"]], check=True, capture_output=True, text=True
    ).stdout.splitlines()[2:]
    assert fonts
    assert all(line.split()[-5] == "yes" for line in fonts), fonts


def test_the_same_register_gives_the_same_bytes(
    files: dict[str, Path], demo_reports: dict[int, Report], tmp_path: Path
) -> None:
    for path in write_report(demo_reports[2025], PRESENTER, tmp_path):
        assert path.read_bytes() == files[path.suffix].read_bytes(), path.name


def test_letters_that_no_font_has_are_named_with_their_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = stock_register(tmp_path)
    title = "Order ქ on mines 😀"
    law = LegalMeasure(title=title, kind="law", description=f"{'x' * 80} ქ")
    with Store.open(path, AUTHOR, write=True) as store, store.write() as writer:
        writer.add(law)
        number = law.local_id
    made = ["report", str(path), "--year", "2023", "--out", str(tmp_path / "out")]
    assert run([*made, "--json"]) == 0
    given = capsys.readouterr()
    found = json.loads(given.out)
    assert len(found["files"]) == 3
    (first, second) = found["warnings"]
    assert (first["code"], first["severity"]) == ("REPORT-001", "warning")
    assert first["place"]["sheet"] == "Form A"
    assert first["value"] == "U+10E5 U+1F600"
    assert title in first["message"]
    assert number in first["message"]
    assert second["value"] == "U+10E5"
    assert f"{'x' * 60}…" in second["message"]
    assert given.err.count("U+10E5") == 2
    assert "😀 (U+1F600)" in given.err


def test_a_report_that_prints_whole_warns_of_nothing(demo_reports: dict[int, Report]) -> None:
    assert letters_left_out(demo_reports[2025]) == ()
