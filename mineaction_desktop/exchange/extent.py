"""How far the sheets of a packed workbook reach, told before memory is given to all of their cells.

A reader of sheets makes room for every cell up to the furthest one, so that one stray cell in the
last corner of a sheet would take more memory than a computer has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mineaction_desktop.exchange.tables import MAX_COLUMNS, letters

MAX_SHEET_ROWS = 1_048_576
MAX_CELLS = 50_000_000

_KEPT = 1 << 16  # what is cut by the end of one piece is whole in the next
_ATTRIBUTES = rb"""(?:[^<>"']|"[^"]*"|'[^']*')*"""
_REFERENCE = rb"""[ \t\r\n]r\s*=\s*["']([A-Za-z]{0,3})([0-9]{1,9})["']"""
_ANY = re.compile(_REFERENCE)
_FILLED = re.compile(_REFERENCE + rb"(?=" + _ATTRIBUTES + rb"(?<!/)>\s*<[^/])")
"""Rows and cells that hold something: styles reach far beyond many a table."""
_BARE_FORMULA = re.compile(
    rb"<c\s(?P<said>" + _ATTRIBUTES + rb")>\s*<f\b(?:" + _ATTRIBUTES + rb"/>|[^<]*</f>)"
    rb"\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
_IN_CELL = re.compile(rb"""(?:^|\s)r\s*=\s*["']([A-Za-z]{1,3}[0-9]+)["']""")
_IS_TEXT = re.compile(rb"""(?:^|\s)t\s*=\s*["']str["']""")


@dataclass(slots=True)
class Extent:
    """The furthest row and column of a sheet, and a cell whose formula has no value."""

    rows: int = 0
    columns: int = 0
    without_value: str | None = None

    @property
    def is_too_far(self) -> bool:
        """Whether the sheet is larger than any table of records."""
        is_too_wide = self.columns > MAX_COLUMNS
        return is_too_wide or self.rows > MAX_SHEET_ROWS or self.rows * self.columns > MAX_CELLS

    @property
    def corner(self) -> str:
        """The furthest cell, as spreadsheets call it."""
        return f"{letters(max(self.columns, 1) - 1)}{self.rows}"


def extent_of(pieces: Iterable[bytes]) -> Extent:
    """Look through a sheet's XML, piece by piece, without taking it apart."""
    extent = Extent()
    kept = b""
    for piece in pieces:
        data = kept + piece
        further = _reaching(extent, _ANY.findall(data))
        if further.is_too_far:  # only then is it worth the time to tell the empty cells
            further = _reaching(extent, _FILLED.findall(data))
        extent.rows, extent.columns = further.rows, further.columns
        if extent.without_value is None and (b"</f>" in data or b"<f " in data):
            extent.without_value = _bare_formula(data)
        kept = data[-_KEPT:]
    return extent


def _reaching(extent: Extent, references: Iterable[tuple[bytes, bytes]]) -> Extent:
    columns, rows = zip(*references, strict=True) if references else ((), ())
    return Extent(
        max(extent.rows, *map(int, set(rows)), 0),
        max(extent.columns, *map(_position, set(columns)), 0),
    )


def _position(column: bytes) -> int:
    """The number of a column from its letters, 0 for none."""
    position = 0
    for letter in column.upper():
        position = position * 26 + letter - 64
    return position


def _bare_formula(data: bytes) -> str | None:
    """The first cell with a formula that was saved without its value; empty text is one."""
    for found in _BARE_FORMULA.finditer(data):
        cell = _IN_CELL.search(found["said"])
        if cell and not _IS_TEXT.search(found["said"]):
            return cell[1].decode("ascii")
    return None
