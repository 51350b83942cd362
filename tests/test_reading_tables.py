"""Tables are read whatever program wrote them; what cannot be read is refused in plain words."""

from __future__ import annotations

import datetime as dt
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import Font

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.exchange import workbooks
from mineaction_desktop.exchange.delimited import separator_of
from mineaction_desktop.exchange.extent import extent_of
from mineaction_desktop.exchange.guard import guarded, unguarded
from mineaction_desktop.exchange.plans import vocabulary
from mineaction_desktop.exchange.reading import read_tables
from mineaction_desktop.exchange.tables import Sheet, TableFile, Vocabulary, letters
from mineaction_desktop.formdef.catalogue import load_catalogue

ARABIC = "الاسم,الكمية\nالمنطقة الشمالية,12\nحقل الألغام القديم,3\n"
FRENCH = "Nom;Quantité\nForêt de Sénélé;12\nRivière à gués;3\n"
RUSSIAN = "Название;Количество\nСеверный район;12\nСтарое поле;3\n"
BOSNIAN = "Naziv;Količina\nDonja Višnjica kod Žepča;12\nĐurđevik;3\n"


@pytest.fixture(scope="module")
def known() -> Vocabulary:
    return vocabulary(load_catalogue(), None)


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str, bytes | str], Path]:
    def write(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


Written = Callable[[str, bytes | str], Path]


def _sheet(read: TableFile) -> Sheet:
    assert len(read.sheets) == 1
    return read.sheets[0]


@pytest.mark.parametrize(
    ("content", "encoding", "is_said"),
    [
        (ARABIC.encode(), "utf-8", False),
        (ARABIC.encode("utf-8-sig"), "utf-8-sig", False),
        (ARABIC.encode("utf-16"), "utf-16", False),
        (FRENCH.encode("utf-16-le"), "utf-16-le", False),
        (FRENCH.encode("utf-16-be"), "utf-16-be", False),
        (FRENCH.encode("cp1252"), "cp1252", True),
        (ARABIC.encode("cp1256"), "cp1256", True),
        (RUSSIAN.encode("cp1251"), "cp1251", True),
        (BOSNIAN.encode("cp1250"), "cp1250", True),
        (b"name;size\nNorth;12 m\xb2\n", "cp1252", True),
    ],
)
def test_letters_are_read_as_they_were_written(
    file: Written, content: bytes, encoding: str, is_said: bool
) -> None:
    read = read_tables(file("table.csv", content))
    assert read.encoding == encoding
    assert bool(read.notices) is is_said
    texts = {ARABIC: "حقل الألغام القديم", FRENCH: "Rivière à gués", RUSSIAN: "Старое поле"}
    texts |= {BOSNIAN: "Đurđevik"}
    whole = content.decode(encoding)
    wanted = next((last for text, last in texts.items() if text in whole), "North")
    assert _sheet(read).rows[-1][1][0] == wanted


def test_an_encoding_that_is_given_is_used(file: Written) -> None:
    path = file("table.csv", "name;place\nCafé;Lomé\n".encode("cp850"))
    read = read_tables(path, encoding="cp850")
    assert list(_sheet(read).rows[0][1]) == ["Café", "Lomé"]
    assert read.encoding == "cp850"
    assert read.notices == ()


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("a,b,c\n1,2,3\n", ","),
        ("a;b\n1,5;2,25\n3,5;4,25\n", ";"),
        ("a\tb\n1,5\t2;3\n", "\t"),
        ("a|b|c\n1|2|3\n", "|"),
        ('name,size\n"Hill; north",1\n"River; south",2\n', ","),
        ('name;size\n"a;b;c;d";1\n', ";"),
        ("only one column\nand its values\n", ","),
        ("Areas at the end of 2014\n\nname;size\nNorth;1,5\nSouth;2,5\n", ";"),
    ],
)
def test_the_separator_is_found(text: str, separator: str) -> None:
    assert separator_of(text) == separator


@pytest.mark.parametrize(
    ("content", "headings", "rows"),
    [
        ("name,size\nNorth,1\n", ("name", "size"), [(2, ["North", "1"])]),
        ("sep=;\nname;size\nNorth;1,5\n", ("name", "size"), [(3, ["North", "1,5"])]),
        (
            "Hazardous areas,,\nas of 2014,,\n\nName,Class,Status\nNorth,CHA,open\n",
            ("Name", "Class", "Status"),
            [(5, ["North", "CHA", "open"])],
        ),
        (
            "Area name,Suspected or confirmed\nname,area_class\nNorth,CHA\n",
            ("name", "area_class"),
            [(3, ["North", "CHA"])],
        ),
        (
            "Name,Class\n#loc+name,#status +hazard\nNorth,CHA\n",
            ("Name", "Class"),
            [(3, ["North", "CHA"])],
        ),
        (
            "name,area_class,,\n\nNorth,CHA,,\n , ,,\n,,,\nSouth,SHA,,\n,,,\n",
            ("name", "area_class"),
            [(3, ["North", "CHA"]), (6, ["South", "SHA"])],
        ),
        ("name,area_class,status\nNorth\n", ("name", "area_class", "status"), [(2, ["North"])]),
        (
            'name,notes\nNorth,"two\nlines"\nSouth,x\n',
            ("name", "notes"),
            [(2, ["North", "two\nlines"]), (3, ["South", "x"])],
        ),
        ("name,notes\nNorth,'=1+1\n", ("name", "notes"), [(2, ["North", "=1+1"])]),
        ("name,notes\nNorth,'tis so\n", ("name", "notes"), [(2, ["North", "'tis so"])]),
        (
            "Widget,Gadget\nfoo,1\nbar,2\n",
            ("Widget", "Gadget"),
            [(2, ["foo", "1"]), (3, ["bar", "2"])],
        ),
        (
            "Name,Class,Mine,Field\nname,x,x,x\nArea name,Status,Date,Notes\n",
            ("Name", "Class", "Mine", "Field"),
            [(2, ["name", "x", "x", "x"]), (3, ["Area name", "Status", "Date", "Notes"])],
        ),
        ("name,area_class,\nNorth,CHA,\n", ("name", "area_class"), [(2, ["North", "CHA"])]),
        ("name\nNorth\nSouth\n", ("name",), [(2, ["North"]), (3, ["South"])]),
    ],
)
def test_the_table_is_found_in_a_text_file(
    file: Written,
    known: Vocabulary,
    content: str,
    headings: tuple[str, ...],
    rows: list[tuple[int, list[str]]],
) -> None:
    sheet = _sheet(read_tables(file("table.csv", content), known))
    assert sheet.headings == headings
    found = [(number, [cell for cell in row if cell is not None]) for number, row in sheet.rows]
    assert found == rows
    assert all(len(row) >= len(headings) for _, row in sheet.rows)
    assert sheet.problems == ()


def test_totals_and_columns_without_heading_are_left_out_and_said(
    file: Written, known: Vocabulary
) -> None:
    content = "name,,number_of_areas\nNorth,x,4\nSouth,,2\nTOTAL:,,6\n"
    sheet = _sheet(read_tables(file("table.csv", content), known))
    assert [number for number, _ in sheet.rows] == [2, 3]
    assert [notice.values["value"] for notice in sheet.notices] == ["TOTAL:", "x"]


def test_a_row_cut_by_separators_in_text_is_a_problem_of_that_row(file: Written) -> None:
    content = "name,place,size\nNorth,a,1\nHill, north,b,2\nSouth,c,3\n"
    sheet = _sheet(read_tables(file("table.csv", content)))
    assert [(found.code, found.place.row) for found in sheet.problems] == [("FILE-001", 3)]


def _workbook(path: Path, rows: list[list[str | int]]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(path)


def test_a_workbook_gives_values_with_their_row_numbers(tmp_path: Path, known: Vocabulary) -> None:
    path = tmp_path / "table.xlsx"
    book = openpyxl.Workbook()
    sheet = book.create_sheet("areas", 0)
    rows: list[list[str | int | float | dt.date | None]] = [
        ["Areas of the north", None, None],
        [],
        ["Name", "Class", "Number of areas"],
        ["North", "CHA", 4],
        [],
        ["South", None, dt.date(2014, 12, 31)],
        ["=1+1", True, 1.5],
    ]
    for row in rows:
        sheet.append(row)
    sheet["A7"].data_type = "s"
    hidden = book.create_sheet("secret")
    hidden.append(["Name", "Class"])
    hidden.sheet_state = "hidden"
    book.save(path)
    found = _sheet(read_tables(path, known))
    assert found.name == "areas"
    assert found.headings == ("Name", "Class", "Number of areas")
    assert [(number, list(row)) for number, row in found.rows] == [
        (4, ["North", "CHA", 4]),
        (6, ["South", None, dt.date(2014, 12, 31)]),
        (7, ["=1+1", True, 1.5]),
    ]


def test_merged_text_is_true_of_all_its_rows_and_a_merged_number_of_none(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Province", "Name", "Size"), ("East", "a", 5), (None, "b"), ("West", "c", 1)):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("C2:C3")
    book.save(path)
    found = _sheet(read_tables(path))
    assert [row[0] for _, row in found.rows] == ["East", "East", "West"]
    assert [(one.code, one.place.row, one.value) for one in found.problems] == [
        ("FILE-002", 2, "5.0")
    ]


def test_a_cell_that_shows_an_error_is_a_problem_and_not_an_empty_cell(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    _workbook(path, [["Name", "Size"], ["North", "#REF!"], ["South", 2]])
    found = _sheet(read_tables(path))
    assert [(one.code, one.place.row, one.value) for one in found.problems] == [
        ("FILE-003", 2, "#REF!")
    ]


def _packed(path: Path, **parts: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("empty.csv", b"", "empty"),
        ("bom.csv", b"\xef\xbb\xbf", "empty"),
        ("blank.csv", b" \r\n\r\n", "empty"),
        ("commas.csv", b",,,\n,,,\n", "empty"),
        ("empty.xlsx", b"", "empty"),
        ("text.xlsx", b"name,size\n", "workbook"),
        ("broken.xlsx", b"PK\x03\x04 and nothing else", "workbook"),
        ("old.xls", OLE + bytes(2000), "workbook"),
        ("locked.xlsx", OLE + bytes(100) + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("page.xls", b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
        ("picture.png", b"\x89PNG\r\n\x1a\n", "no table"),
        ("binary.csv", b"a,b\n\x00\x01\x02,\xff\n", "no text"),
        ("quote.csv", b'name,size\n"North,1\nSouth,2\n', "quotation mark"),
        ("damaged.csv", ("é" * 60).encode() + b"\n\xe9\n", "line 2"),
        ("unknown.csv", bytes(range(0x80, 0xA0)) * 4, "--encoding"),
        ("wide.csv", b"x," * 1001 + b"x\n", "1002"),
        ("chinese.csv", "name\n北方雷区第一号\n东村水井附近的雷场\n".encode("gbk"), "--encoding"),
        ("headings.csv", b"name;area_class\n", "no rows"),
        ("long.csv", b"name,notes\nx," + b"y" * 10_000_001 + b"\n", "characters at row 2"),
    ],
)
def test_what_is_no_table_is_refused_in_plain_words(
    file: Written, name: str, content: bytes, word: str
) -> None:
    with pytest.raises(UserError, match=word):
        read_tables(file(name, content))


@pytest.mark.parametrize(
    ("encoding", "word"),
    [
        ("klingon", "klingon"),
        ("ascii", "line 2"),
        ("utf-8", "line 2"),
        ("utf€", "called “utf€”"),
        ("idna", "called “idna”"),
        ("punycode", "called “punycode”"),
        ("hex", "called “hex”"),
    ],
)
def test_an_encoding_that_does_not_fit_is_refused(file: Written, encoding: str, word: str) -> None:
    with pytest.raises(UserError, match=word):
        read_tables(file("table.csv", b"name;size\n" + FRENCH.encode("cp1252")), encoding=encoding)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no file"):
        read_tables(tmp_path / "nowhere.csv")
    with pytest.raises(UserError, match="folder"):
        read_tables(tmp_path)


def test_what_is_no_ordinary_file_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    channel = tmp_path / "channel.csv"
    os.mkfifo(channel)
    with pytest.raises(UserError, match="no ordinary file"):
        read_tables(channel)


def test_a_long_cell_is_read_whole(file: Written) -> None:
    read = read_tables(file("table.csv", "name,notes\nx," + "y" * 200_000 + "\n"))
    assert _sheet(read).rows[0][1][1] == "y" * 200_000


def test_a_cell_far_beyond_the_table_is_refused_and_an_empty_one_does_no_harm(
    tmp_path: Path,
) -> None:
    for name, value in (("styled", None), ("far", "x")):
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append(["name", "area_class"])
        sheet.append(["North", "CHA"])
        sheet["XFD1048576"].font = Font(bold=True)
        sheet["XFD1048576"] = value
        book.save(tmp_path / f"{name}.xlsx")
    assert len(_sheet(read_tables(tmp_path / "styled.xlsx")).rows) == 1
    with pytest.raises(UserError, match="XFD1048576"):
        read_tables(tmp_path / "far.xlsx")


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_the_extent_of_a_sheet_does_not_depend_on_how_it_is_cut(size: int) -> None:
    xml = b'<row r="1"><c s="1"\n r=\'ALL70000\'><v>1</v></c><c r="XFD9" s="1"/></row>'
    extent = extent_of(xml[start : start + size] for start in range(0, len(xml), size))
    assert (extent.columns, extent.rows, extent.is_too_far) == (1000, 70_000, True)


def test_formulas_that_were_saved_without_values_are_no_empty_cells(tmp_path: Path) -> None:
    _workbook(tmp_path / "table.xlsx", [["Name", "Size"], ["North", "=1+1"]])
    with pytest.raises(UserError, match=r"without the values .* cell B2"):
        read_tables(tmp_path / "table.xlsx")


def test_macros_are_refused_whatever_the_file_is_called(tmp_path: Path) -> None:
    _workbook(tmp_path / "table.xlsm", [["Name"], ["North"]])
    with pytest.raises(UserError, match="macros"):
        read_tables(tmp_path / "table.xlsm")
    disguised = _packed(tmp_path / "table.xlsx", **{"xl/vbaProject.bin": b"Sub"})
    with pytest.raises(UserError, match="macros"):
        read_tables(disguised)


def test_a_workbook_that_unpacks_to_far_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbooks, "MAX_BYTES", 10_000_000)
    bomb = _packed(tmp_path / "bomb.xlsx", **{"xl/sharedStrings.xml": bytes(20_000_000)})
    assert bomb.stat().st_size < 100_000
    with pytest.raises(UserError, match="unpacks"):
        read_tables(bomb)
    many = {f"xl/part{number}": b"" for number in range(workbooks.MAX_ENTRIES + 1)}
    with pytest.raises(UserError, match="unpacks"):
        read_tables(_packed(tmp_path / "many.xlsx", **many))


@pytest.mark.parametrize(("column", "shown"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ")])
def test_columns_are_called_as_spreadsheets_call_them(column: int, shown: str) -> None:
    assert letters(column) == shown


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@cmd", " \t=1", "\ufeff=1", "%x", "|x", "\uff1d1", "'=1", "''-x"],
)
def test_what_a_spreadsheet_could_run_gets_an_apostrophe(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "1", "a=b", "'tis", "North-South"])
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text
    assert unguarded(text) == text


@given(st.text(st.sampled_from("'=+-@|% \tab\ufeff\uff1d")))
def test_the_guard_is_taken_off_exactly(text: str) -> None:
    assert unguarded(guarded(text)) == text
