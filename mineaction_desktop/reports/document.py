"""A report as a neutral document: forms of headings, texts, fields, boxes and tables.

No library of any file format appears here, and nothing of any treaty: an instrument builds the
document, and three writers turn the same document into a workbook, a PDF and JSON.
All texts are already in the language of the report.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.states import State
from mineaction_desktop.reports.figures import Figure

Cell = str | date | PartialDate | Figure | State | None
"""What stands in a cell or beside a label. ``None`` is a cell that has no meaning and stays blank;
a missing answer is a ``State`` (or a figure in that state) and prints as words. A ``State`` is a
string too: ask for it first."""


class TextRole(StrEnum):
    """What a paragraph is for; a writer chooses its type size and colour by it."""

    BODY = "body"
    LEGAL = "legal"
    REMARK = "remark"
    NOTE = "note"


class ColumnKind(StrEnum):
    """How a column is aligned and stored: ``CODE`` is text kept on one line where it fits."""

    TEXT = "text"
    CODE = "code"
    NUMBER = "number"
    DATE = "date"


class RowRole(StrEnum):
    """What a row is: data, the heading of a group, a subtotal of the group, or the total."""

    DATA = "data"
    GROUP = "group"
    SUBTOTAL = "subtotal"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a part of a form; ``level`` 1 is the largest below the form's own title."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of text; a line feed breaks a line."""

    text: str
    role: TextRole = TextRole.BODY


@dataclass(frozen=True, slots=True)
class Fields:
    """Labels with their values, one below the other, as on a front page."""

    items: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of boxes to tick, such as *changed / unchanged / non applicable*."""

    label: str
    options: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """Lines of boxes in two columns: the first half left, the second half right."""

    left: tuple[Choice, ...]
    right: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table; ``weight`` is its share of the width, ``unit`` is printed by its title.

    ``key`` names the column in data files and stays the same in every language.
    """

    key: str
    title: str
    kind: ColumnKind = ColumnKind.TEXT
    weight: float = 1.0
    unit: str | None = None
    help: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row with one cell per column; ``key`` is unique in its table.

    ``opens`` is the key of the figure whose evidence begins with this row: the figure leads here
    and this row back to it.
    """

    key: str
    cells: tuple[Cell, ...]
    role: RowRole = RowRole.DATA
    opens: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with a title and notes; without rows it prints ``empty`` as words."""

    key: str
    title: str | None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: State = State.NONE
    empty_text: str | None = None
    notes: tuple[str, ...] = ()


class ChartKind(StrEnum):
    """How numbers are drawn: bars beside each other, bars on top of each other, or lines."""

    BARS = "bars"
    STACKED = "stacked"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class Series:
    """One row of numbers of a chart; ``None`` leaves a gap."""

    name: str
    values: tuple[int | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Numbers that a reader would rather look at; ``alt`` says in words what it shows."""

    key: str
    title: str
    kind: ChartKind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str | None = None
    alt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A photograph with a caption; ``content`` is the file as it was recorded."""

    key: str
    content: bytes
    caption: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """The border of a place: rings of longitude and latitude in degrees, WGS 84."""

    name: str
    rings: tuple[tuple[tuple[float, float], ...], ...]


@dataclass(frozen=True, slots=True)
class MapMark:
    """Something on a map: how many areas of which kind a place has."""

    name: str
    longitude: float
    latitude: float
    number: int
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SketchMap:
    """Where areas are, roughly: marks on outlines, with a legend of roles and a caption."""

    key: str
    title: str
    outlines: tuple[Outline, ...]
    marks: tuple[MapMark, ...]
    legend: tuple[tuple[str, str], ...]
    caption: str
    alt: str = ""


Block = Heading | Paragraph | Fields | Choices | Table | Chart | Picture | SketchMap


class Medium(StrEnum):
    """A kind of file that a report is written to."""

    WORKBOOK = "workbook"
    PAPER = "paper"
    DATA = "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form or annex of a report: it starts on a page and a sheet of its own.

    ``sheet`` is a short name that is unique in the report (at most 31 characters). ``media`` are
    the kinds of file it appears in: long lists of records read better in one than in another.
    """

    key: str
    sheet: str
    title: str
    label: str | None = None
    preamble: tuple[Paragraph, ...] = ()
    period_line: str | None = None
    media: tuple[Medium, ...] = (Medium.WORKBOOK, Medium.PAPER, Medium.DATA)
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Which state of which register a report was made from; makes equal reports recognisable."""

    register_id: str
    change_number: int
    fingerprint: str
    changed_at: datetime
    program: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A whole report, ready to be written to any kind of file.

    ``mark`` is a word set across each page and sheet (draft, exercise), ``notice`` a line printed
    on each page. ``stem`` is the file name without ending. ``page_label`` names a page; it holds
    the places ``{page}`` and ``{pages}``.
    """

    instrument: str
    layout: str
    edition: str
    language: str
    right_to_left: bool
    title: str
    short_title: str
    state_name: str
    iso3: str
    first_day: date
    last_day: date
    as_of: date
    is_final: bool
    stem: str
    footer: str
    page_label: str
    mark: str | None
    notice: str | None
    authority: str | None
    origin: Origin
    forms: tuple[Form, ...]

    def printed(self, medium: Medium | None = None) -> Iterator[Form]:
        """The forms that a kind of file prints; all of them without one."""
        return (form for form in self.forms if medium is None or medium in form.media)

    def tables(self, medium: Medium | None = None) -> Iterator[tuple[Form, Table]]:
        """Every table with the form it stands in."""
        for form in self.printed(medium):
            for block in form.blocks:
                if isinstance(block, Table):
                    yield form, block

    def figures(self, medium: Medium | None = None) -> Iterator[Figure]:
        """Every figure that is printed, in reading order."""
        for form in self.printed(medium):
            for block in form.blocks:
                match block:
                    case Table():
                        for row in block.rows:
                            yield from (cell for cell in row.cells if isinstance(cell, Figure))
                    case Fields(items):
                        yield from (value for _, value in items if isinstance(value, Figure))
                    case _:
                        pass
