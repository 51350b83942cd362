"""The layout of a form on its sheet, from the header block to the last note."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from mineaction_desktop.reports.document import (
    Block,
    Chart,
    Choice,
    Choices,
    Fields,
    Form,
    Heading,
    Paragraph,
    Picture,
    Report,
    SketchMap,
    Table,
    TextRole,
)
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.reports.writers.excel.grid import Grid, Span, make_grid
from mineaction_desktop.reports.writers.excel.lines import (
    Body,
    Line,
    Put,
    column_aligns,
    line_count,
    needed_height,
)
from mineaction_desktop.reports.writers.excel.needs import (
    header_title,
    is_landscape,
    page_width,
    wish_of,
)
from mineaction_desktop.reports.writers.excel.styles import Role, size_of

TICKED, UNTICKED = "\u2612", "\u2610"
_MOST_LINES = 18  # per row: a page cannot break within a row, and a row has a greatest height

_TEXT_ROLES = {
    TextRole.BODY: Role.BODY,
    TextRole.LEGAL: Role.LEGAL,
    TextRole.REMARK: Role.REMARK,
    TextRole.NOTE: Role.NOTE,
}

Part = Line | Body


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet before it is written: the widths of its columns and its parts from top to bottom."""

    grid: Grid
    landscape: bool
    parts: tuple[Part, ...]

    @property
    def columns(self) -> int:
        """How many columns the sheet uses."""
        return len(self.grid.widths)

    @property
    def rows(self) -> int:
        """How many rows the sheet uses."""
        return sum(_row_count(part) for part in self.parts)

    @property
    def area(self) -> str:
        """All that is printed, as a reference."""
        return f"A1:{get_column_letter(self.columns)}{max(1, self.rows)}"

    def placed(self) -> Iterator[tuple[int, Part]]:
        """Each part with the number of its first row."""
        row = 1
        for part in self.parts:
            yield row, part
            row += _row_count(part)


def lay_out(report: Report, form: Form, presenter: Presenter) -> Layout:
    """Return the layout of the sheet of one form."""
    wishes = [wish_of(block, presenter) for block in form.blocks]
    landscape = is_landscape(form)
    asked = [wish for wish in wishes if wish]
    grid = make_grid(asked, page_width(landscape=landscape))
    spans = iter(grid.spans)
    builder = _Builder(grid, presenter)
    builder.head(report, form)
    previous: Block | None = None
    for block, wish in zip(form.blocks, wishes, strict=True):
        if not _follows_closely(block, previous):
            builder.gap()
        builder.block(block, next(spans) if wish else ())
        previous = block
    return Layout(grid, landscape, tuple(builder.parts))


def _row_count(part: Part) -> int:
    return len(part.table.rows) if isinstance(part, Body) else 1


def _follows_closely(block: Block, previous: Block | None) -> bool:
    match previous, block:
        case (Heading(), _) | (Paragraph(), Paragraph()):
            return True
        case _:
            return False


class _Builder:
    """Collects the parts of one sheet in their order."""

    def __init__(self, grid: Grid, presenter: Presenter) -> None:
        self.parts: list[Part] = []
        self._grid = grid
        self._presenter = presenter
        self._whole = Span(1, len(grid.widths))

    def head(self, report: Report, form: Form) -> None:
        """The header block: mark, label, title, the provision, the remark, State and period."""
        for text, role in (
            (report.mark, Role.MARK),
            (report.notice, Role.NOTICE),
            (form.label, Role.LABEL),
            (form.title, Role.TITLE),
        ):
            if text:
                self._text(text, role)
        for paragraph in form.preamble:
            self._text(paragraph.text, _TEXT_ROLES[paragraph.role])
        if form.period_line:
            self._text(form.period_line, Role.PERIOD)

    def gap(self) -> None:
        """An empty row between two parts."""
        self.parts.append(Line())

    def block(self, block: Block, spans: tuple[Span, ...]) -> None:
        """Any block, on the spans that it was given."""
        match block:
            case Heading(text, level):
                self._text(text, Role.HEADING if level == 1 else Role.SUBHEADING)
            case Paragraph(text, role):
                self._text(text, _TEXT_ROLES[role])
            case Fields(items):
                left, right = spans
                for label, value in items:
                    puts = (Put(left, label, Role.FIELD), Put(right, value, Role.DATA))
                    self._line(puts)
            case Choices():
                self._choices(block, spans)
            case Table():
                self._table(block, spans)
            case Chart(title=title, alt=alt) | SketchMap(title=title, alt=alt):
                self._text(title, Role.CAPTION)
                self._text(alt, Role.NOTE)
            case Picture(caption=caption, alt=alt):
                self._text(caption, Role.CAPTION)
                self._text(alt, Role.NOTE)

    def _choices(self, block: Choices, spans: Sequence[Span]) -> None:
        for at in range(max(len(block.left), len(block.right))):
            puts: list[Put] = []
            for side, choices in enumerate((block.left, block.right)):
                if at < len(choices):
                    label, options = spans[2 * side : 2 * side + 2]
                    puts.append(Put(label, choices[at].label, Role.FIELD))
                    puts.append(Put(options, _boxes(choices[at]), Role.DATA))
            self._line(tuple(puts))

    def _table(self, table: Table, spans: tuple[Span, ...]) -> None:
        if table.title:
            self._text(table.title, Role.CAPTION)
        aligns = column_aligns(table)
        self._line(
            tuple(
                Put(span, header_title(column), Role.HEADER, align, small=column.help or "")
                for column, span, align in zip(table.columns, spans, aligns, strict=True)
            )
        )
        if table.rows:
            self.parts.append(Body(table, spans))
        else:
            edge = Span(1, spans[-1].first + spans[-1].columns - 1) if spans else self._whole
            self._line((Put(edge, table.empty_text or table.empty, Role.EMPTY),))
        for note in table.notes:
            self._text(note, Role.NOTE)

    def _text(self, text: str, role: Role) -> None:
        room = self._grid.width(self._whole)
        for piece in pieces(text, room, size_of(role)):
            self._line((Put(self._whole, piece, role),))

    def _line(self, puts: tuple[Put, ...]) -> None:
        self.parts.append(Line(puts, needed_height(puts, self._grid, self._presenter)))


def _boxes(choice: Choice) -> str:
    return "\n".join(
        f"{TICKED if ticked else UNTICKED} {option}" for option, ticked in choice.options
    )


def pieces(text: str, room: float, size: int) -> Iterator[str]:
    """A text in pieces that each fit a row, broken between lines or else between words."""
    kept: list[str] = []
    for line in re.split("\r\n|\r|\n", text):
        for part in _short_lines(line, room, size):
            if kept and line_count("\n".join([*kept, part]), room, size) > _MOST_LINES:
                yield "\n".join(kept)
                kept = []
            kept.append(part)
    yield "\n".join(kept)


def _short_lines(line: str, room: float, size: int) -> Iterator[str]:
    while line_count(line, room, size) > _MOST_LINES:
        limit = max(1, len(line) * _MOST_LINES // line_count(line, room, size))
        cut = line.rfind(" ", 0, limit) + 1 or limit
        yield line[:cut].rstrip()
        line = line[cut:]
    yield line
