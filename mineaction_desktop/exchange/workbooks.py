"""Workbooks: values only, never formulas, links or macros; and no more of them than is sound."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from mineaction_desktop.domain.problems import Place, Problem
from mineaction_desktop.exchange.extent import extent_of
from mineaction_desktop.exchange.tables import (
    MAX_COLUMNS,
    Cell,
    Grid,
    file_problem,
    letters,
    refused,
)
from mineaction_desktop.i18n import mark

NO_WORKBOOK = mark(
    "“{file}” is no workbook, or it is damaged. Open it in a spreadsheet program and save it "
    "again as .xlsx, or choose another file."
)
PASSWORD = mark(
    "“{file}” is protected by a password. Open it in a spreadsheet program and save it without "
    "a password."
)
MACROS = mark(
    "“{file}” can hold macros, which are programs. Save it as an ordinary workbook (.xlsx): the "
    "values stay the same."
)
TOO_LARGE = mark(
    "“{file}” unpacks to more than a table of records can need, and was not opened. If it is a "
    "real table, save it as CSV, or part it into several files."
)
TOO_FAR = mark(
    "“{file}” has a sheet that reaches to the cell {cell}: it is too wide or too long for a table "
    "of records, which has {limit} columns at most. Delete everything beyond the table, save the "
    "file and import it again."
)
NO_VALUES = mark(
    "“{file}” was saved without the values of its formulas, for example in the cell {cell}. Open "
    "it in a spreadsheet program, save it there and import it again."
)

MAX_ENTRIES = 5000
MAX_BYTES = 1_000_000_000
_CHUNK = 1 << 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def is_workbook(content: bytes) -> bool:
    """Whether bytes begin as a workbook does, whatever the file is called."""
    return content.startswith((b"PK\x03\x04", _OLE))


def read_workbook(path: Path) -> list[Grid]:
    """The visible sheets of a workbook with their values."""
    package = _inspect(path)
    try:
        workbook = CalamineWorkbook.from_path(path)
    except PasswordError as error:
        raise refused(PASSWORD, path) from error
    except (CalamineError, OSError, ValueError) as error:
        raise refused(NO_WORKBOOK, path) from error
    with workbook:
        visible = [
            found.name
            for found in workbook.sheets_metadata
            if found.visible is SheetVisibleEnum.Visible and found.typ is SheetTypeEnum.WorkSheet
        ]
        errors = _error_cells(path) if package.has_errors else {}
        try:
            return [
                _grid(name, workbook.get_sheet_by_name(name), errors.get(name, ()))
                for name in visible
            ]
        except (CalamineError, ValueError) as error:
            raise refused(NO_WORKBOOK, path) from error


@dataclass(slots=True)
class _Package:
    """What a look at the packed parts of a workbook shows."""

    has_errors: bool = False


def _inspect(path: Path) -> _Package:
    """Refuse macros and passwords, and count what unpacking yields instead of believing it."""
    package = _Package()
    if path.suffix.lower() in {".xlsm", ".xltm", ".xlam"}:
        raise refused(MACROS, path)
    with path.open("rb") as file:
        if file.read(8) == _OLE:
            if _ENCRYPTED in file.read():
                raise refused(PASSWORD, path)
            return package
    try:
        with zipfile.ZipFile(path) as archive:
            _count(path, archive, package)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise refused(NO_WORKBOOK, path) from error
    return package


def _count(path: Path, archive: zipfile.ZipFile, package: _Package) -> None:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise refused(TOO_LARGE, path)
    if any(entry.filename.endswith("vbaProject.bin") for entry in entries):
        raise refused(MACROS, path)
    total = 0

    def counted(entry: zipfile.ZipInfo) -> Iterator[bytes]:
        nonlocal total
        for chunk in _unpacked(archive, entry):
            total += len(chunk)
            if total > MAX_BYTES:
                raise refused(TOO_LARGE, path)
            yield chunk

    for entry in entries:
        if _can_be_sheet(entry.filename.lower()):
            _look_into(path, counted(entry), package)
        else:
            for _ in counted(entry):
                pass


def _can_be_sheet(name: str) -> bool:
    """A workbook is free to call its sheets what it likes."""
    is_open_document = name == "content.xml"
    return name.endswith(".xml") and not is_open_document and "sharedstrings" not in name


def _look_into(path: Path, chunks: Iterator[bytes], package: _Package) -> None:
    """Refuse what no table can be, and note whether cells show errors."""

    def watched() -> Iterator[bytes]:
        for chunk in chunks:
            package.has_errors = package.has_errors or b't="e"' in chunk
            yield chunk

    extent = extent_of(watched())
    if extent.is_too_far:
        raise refused(TOO_FAR, path, cell=extent.corner, limit=f"{MAX_COLUMNS:,}")
    if extent.without_value is not None:
        raise refused(NO_VALUES, path, cell=extent.without_value)


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(entry) as part:
        while chunk := part.read(_CHUNK):
            yield chunk


def _error_cells(path: Path) -> dict[str, list[tuple[int, int, str]]]:
    """Where cells show an error, which the fast reader gives as empty."""
    from openpyxl import load_workbook  # noqa: PLC0415 - rarely needed and slow to import

    workbook = load_workbook(path, read_only=True, data_only=True)
    try:
        return {
            sheet.title: [
                (cell.row, cell.column - 1, str(cell.value))
                for row in sheet.iter_rows()
                for cell in row
                if cell.data_type == "e" and cell.row and cell.column
            ]
            for sheet in workbook.worksheets
        }
    finally:
        workbook.close()


def _grid(name: str, sheet: CalamineSheet, errors: Sequence[tuple[int, int, str]]) -> Grid:
    rows: list[list[Cell]] = [
        [None if cell == "" else cell for cell in row]
        for row in sheet.to_python(skip_empty_area=False)
    ]
    problems = [
        file_problem(
            "FILE-003",
            Place(sheet=name, row=row, column=letters(column)),
            cell=f"{letters(column)}{row}",
            value=value,
        )
        for row, column, value in errors
    ]
    return Grid(name, rows, problems=(*problems, *_fill_merged(name, rows, sheet)))


def _fill_merged(name: str, rows: list[list[Cell]], sheet: CalamineSheet) -> list[Problem]:
    """Give each row of a merged cell its value: merged text is true of all of them.

    A number is not: it may be the sum of the rows.
    """
    problems = []
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        if bottom == top or bottom >= len(rows) or left >= len(rows[top]):
            continue
        value = rows[top][left]
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            place = Place(sheet=name, row=top + 1, column=letters(left))
            problems.append(file_problem("FILE-002", place, last=bottom + 1, value=value))
            continue
        for row in range(top + 1, bottom + 1):
            rows[row][left] = value
    return problems
