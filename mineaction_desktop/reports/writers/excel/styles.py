"""How cells look: a small set of roles, turned into styles of the workbook when first used."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

FAMILY = "Calibri"
INK = "FF1F2933"
MUTED = "FF6B7785"
ACCENT = "FF1F4E79"
ALARM = "FFB3261E"

_THIN = Side(style="thin", color="FFB8C2CC")
_RULE = Side(style="thin", color=ACCENT)
_STRONG = Side(style="medium", color=ACCENT)
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEADER_FILL = PatternFill("solid", fgColor="FFDCE6F1")
_SOFT_FILL = PatternFill("solid", fgColor="FFF3F6F9")


class Role(StrEnum):
    """What a cell is for; everything but alignment and number format follows from it."""

    MARK = "mark"
    NOTICE = "notice"
    LABEL = "label"
    TITLE = "title"
    LEGAL = "legal"
    REMARK = "remark"
    PERIOD = "period"
    BODY = "body"
    NOTE = "note"
    HEADING = "heading"
    SUBHEADING = "subheading"
    CAPTION = "caption"
    HEADER = "header"
    DATA = "data"
    GROUP = "group"
    SUBTOTAL = "subtotal"
    TOTAL = "total"
    FIELD = "field"
    EMPTY = "empty"


class Align(StrEnum):
    """Where the content of a cell stands; ``START`` is where reading begins."""

    START = "start"
    END = "end"


class Look(NamedTuple):
    """Everything that tells one style from another."""

    role: Role
    align: Align = Align.START
    wrap: bool = True
    muted: bool = False
    number_format: str = "General"
    quoted: bool = False


class _Face(NamedTuple):
    size: int = 10
    bold: bool = False
    italic: bool = False
    color: str = INK
    fill: PatternFill | None = None
    border: Border | None = None
    vertical: str = "top"
    indent: int = 0


_FACES = {
    Role.MARK: _Face(14, bold=True, color=ALARM, vertical="center"),
    Role.NOTICE: _Face(10, color=ALARM),
    Role.LABEL: _Face(12, bold=True, color=ACCENT, vertical="center"),
    Role.TITLE: _Face(15, bold=True, vertical="center"),
    Role.LEGAL: _Face(9, italic=True, color=MUTED),
    Role.REMARK: _Face(9),
    Role.PERIOD: _Face(10, bold=True, border=Border(bottom=_RULE)),
    Role.BODY: _Face(),
    Role.NOTE: _Face(9, italic=True, color=MUTED),
    Role.HEADING: _Face(13, bold=True, color=ACCENT, vertical="center"),
    Role.SUBHEADING: _Face(11, bold=True, color=ACCENT, vertical="center"),
    Role.CAPTION: _Face(11, bold=True, vertical="center"),
    Role.HEADER: _Face(
        10,
        bold=True,
        fill=_HEADER_FILL,
        border=Border(left=_THIN, right=_THIN, top=_RULE, bottom=_RULE),
        vertical="center",
        indent=1,
    ),
    Role.DATA: _Face(border=_BOX, indent=1),
    Role.GROUP: _Face(bold=True, color=ACCENT, fill=_SOFT_FILL, border=_BOX, indent=1),
    Role.SUBTOTAL: _Face(
        bold=True, border=Border(left=_THIN, right=_THIN, top=_RULE, bottom=_THIN), indent=1
    ),
    Role.TOTAL: _Face(
        bold=True,
        fill=_SOFT_FILL,
        border=Border(left=_THIN, right=_THIN, top=_STRONG, bottom=_RULE),
        indent=1,
    ),
    Role.FIELD: _Face(bold=True, fill=_SOFT_FILL, border=_BOX, indent=1),
    Role.EMPTY: _Face(italic=True, color=MUTED, border=_BOX, indent=1),
}


def size_of(role: Role) -> int:
    """The type size of a role, in points."""
    return _FACES[role].size


class Styles:
    """The styles of one workbook, by their looks."""

    def __init__(self, book: Workbook, *, right_to_left: bool) -> None:
        self._sheet = book.create_sheet()  # a cell finds the styles of its workbook through one
        book.remove(self._sheet)
        self._right_to_left = right_to_left
        self._ids: dict[Look, int] = {}

    def id(self, look: Look) -> int:
        """The number by which a cell names its style."""
        found = self._ids.get(look)
        if found is None:
            found = self._ids[look] = self._make(look)
        return found

    def _make(self, look: Look) -> int:
        face = _FACES[look.role]
        cell = WriteOnlyCell(self._sheet)
        cell.font = Font(
            name=FAMILY,
            size=face.size,
            bold=face.bold,
            italic=face.italic or look.muted,
            color=MUTED if look.muted else face.color,
        )
        cell.fill = face.fill or PatternFill()
        cell.border = face.border or Border()
        cell.number_format = look.number_format
        # Digits line up at the right in every script; text starts where its script starts.
        to_right = look.align is Align.END or self._right_to_left
        cell.alignment = Alignment(
            horizontal="right" if to_right else "left",
            vertical=face.vertical,
            wrap_text=look.wrap,
            indent=face.indent if look.align is Align.START else 0,
            readingOrder=2 if self._right_to_left else 0,
        )
        cell.quotePrefix = look.quoted
        return int(cell.style_id)
