"""Reading a table from a file, whatever program wrote it and whatever it is called."""

from __future__ import annotations

from pathlib import Path

from mineaction_desktop.exchange.delimited import read_delimited
from mineaction_desktop.exchange.layout import sheet_of
from mineaction_desktop.exchange.tables import Grid, Sheet, TableFile, Vocabulary, refused
from mineaction_desktop.i18n import Message, mark

TEXT_SUFFIXES = (".csv", ".tsv", ".tab", ".txt")
WORKBOOK_SUFFIXES = (".xlsx", ".xls", ".ods", ".xlsb")

MISSING = mark("There is no file “{file}” in “{folder}”. Check the name and the folder.")
NOT_A_FILE = mark("“{file}” is a folder. Choose a table: a .csv or .xlsx file.")
NO_ORDINARY_FILE = mark(
    "“{file}” is no ordinary file but a device or a channel. Save the table as a file first."
)
UNREADABLE = mark("“{file}” may not be read. Ask for the right to read it, or copy it.")
NO_ROWS = mark(
    "“{file}” holds no rows: there are headings and nothing below them. Write the records under "
    "the headings, or choose another file."
)
NOTHING = mark("“{file}” is empty: it holds no table.")
OTHER = mark(
    "“{file}” is no table that can be read. Save it as .xlsx or as .csv and import that file."
)
WEB_PAGE = mark(
    "“{file}” is a web page, whatever its name says. Open it in a spreadsheet program and save it "
    "as .xlsx."
)
TOO_LARGE = mark("“{file}” is larger than {limit} MB. Part it into several files.")
ASSUMED = mark(
    "“{file}” does not say how its letters are written; it was read as {encoding}. If letters "
    "look wrong, import it again with another --encoding."
)
MAX_MEGABYTES = 1000


def read_tables(
    path: Path,
    vocabulary: Vocabulary | None = None,
    *,
    encoding: str | None = None,
    heading_row: int | None = None,
) -> TableFile:
    """The tables in a file; raise ``UserError`` in plain words if it holds none."""
    known = vocabulary or Vocabulary()
    content = _content(path)
    grids, used, notices = _grids(path, content, encoding)
    sheets = [sheet_of(grid, known, heading_row) for grid in grids]
    found: tuple[Sheet, ...] = tuple(sheet for sheet in sheets if sheet is not None)
    if not found:
        raise refused(NOTHING, path)
    if not any(sheet.rows or sheet.problems for sheet in found):
        raise refused(NO_ROWS, path)
    return TableFile(path, found, used, notices)


def _content(path: Path) -> bytes:
    if path.is_dir():
        folder = path.resolve()  # “.” says nothing
        raise refused(NOT_A_FILE, folder)
    if path.exists() and not path.is_file():
        raise refused(NO_ORDINARY_FILE, path)
    try:
        if path.stat().st_size > MAX_MEGABYTES * 1_000_000:
            raise refused(TOO_LARGE, path, limit=MAX_MEGABYTES)
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise refused(MISSING, path) from error
    except OSError as error:
        raise refused(UNREADABLE, path) from error
    if not content.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise refused(NOTHING, path)
    return content


def _grids(
    path: Path, content: bytes, encoding: str | None
) -> tuple[list[Grid], str | None, tuple[Message, ...]]:
    from mineaction_desktop.exchange import workbooks  # noqa: PLC0415 - only where one is read

    if workbooks.is_workbook(content):
        return workbooks.read_workbook(path), None, ()
    if path.suffix.lower() not in TEXT_SUFFIXES:
        start = content[:200].lstrip().lower()
        is_page = start.startswith((b"<!doctype html", b"<html", b"<table", b"<meta"))
        is_other = path.suffix.lower() not in WORKBOOK_SUFFIXES
        text = WEB_PAGE if is_page else OTHER if is_other else workbooks.NO_WORKBOOK
        raise refused(text, path)
    grid, decoded = read_delimited(path, content, encoding)
    values = {"file": path.name, "encoding": decoded.encoding}
    notices = (Message(ASSUMED, values),) if decoded.is_assumed else ()
    return [grid], decoded.encoding, notices
