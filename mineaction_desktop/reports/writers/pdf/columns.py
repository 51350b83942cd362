"""How wide the columns of a table are: by what stands in them, and by their weights."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mineaction_desktop.reports.document import Column, ColumnKind, Row, RowRole, Table
from mineaction_desktop.reports.figures import Figure
from mineaction_desktop.reports.writers.pdf.cells import CellWords
from mineaction_desktop.reports.writers.pdf.clean import printable
from mineaction_desktop.reports.writers.pdf.fonts import Weight
from mineaction_desktop.reports.writers.pdf.shaping import joined
from mineaction_desktop.reports.writers.pdf.sheet import Align
from mineaction_desktop.reports.writers.pdf.text import measure
from mineaction_desktop.reports.writers.pdf.theme import CELL_ACROSS, Style, help_style

_SAMPLE = 200
_WORDS = re.compile(r"[\s\u200b\u2e80-\u9fff]+")
_LONGEST_WORD = 0.3  # of the width of the table; longer words are cut
_LONGEST_TEXT = 2.0  # of the width of the table; longer texts ask for no more room
_TITLE_LINES = 3  # a title over more lines is hard to read
_LONGEST_TITLE = 2.2  # times the least width of its column
_SHORT = 4  # times the type size: texts without spaces, as in Chinese, are not broken below
_LOOKED_AT = 600  # characters of a cell


@dataclass(frozen=True, slots=True)
class Box:
    """Where a column lies, where its texts start and how wide they get, and to which side."""

    start: float
    width: float
    inside: float
    inner: float
    align: Align


def box(start: float, width: float, align: Align, *, gap: float = 0.0) -> Box:
    """A column with the usual distances from its neighbours, and a gap at its end."""
    inner = max(width - 2 * CELL_ACROSS - gap, 1.0)
    return Box(start, width, start + CELL_ACROSS, inner, align)


@dataclass(frozen=True, slots=True)
class _Wish:
    """The widths that keep words whole, the title low, texts on one line, and the title as well."""

    least: float
    low: float
    most: float
    roomy: float
    weight: float


def boxes(table: Table, words: CellWords, style: Style, width: float) -> tuple[Box, ...]:
    """The columns of a table, side by side over the whole width."""
    wishes = [_wish(table, at, words, style, width) for at in range(len(table.columns))]
    found: list[Box] = []
    start = 0.0
    for at, (column, share) in enumerate(zip(table.columns, _share(wishes, width), strict=True)):
        align = Align.RIGHT if column.kind is ColumnKind.NUMBER else Align.START
        found.append(box(start, share, align, gap=_gap(table.columns, at)))
        start += share
    return tuple(found)


def _gap(columns: tuple[Column, ...], at: int) -> float:
    """What keeps figures away from a text that begins right behind them."""
    following = columns[at + 1].kind if at + 1 < len(columns) else ColumnKind.NUMBER
    figures = columns[at].kind is ColumnKind.NUMBER
    return CELL_ACROSS if figures and following is not ColumnKind.NUMBER else 0.0


def _wish(table: Table, at: int, words: CellWords, style: Style, width: float) -> _Wish:
    column = table.columns[at]
    title = _width(column.title, style, Weight.BOLD)
    least = max(_longest_word(column.title, style, Weight.BOLD), min(title, _SHORT * style.size))
    least = max(least, _longest_word(column.help or "", help_style(style), Weight.REGULAR))
    most = max(least, _width(column.unit or "", style, Weight.REGULAR))
    for row in _looked_at(table.rows, at):
        text, missing = words.of(row.cells[at])
        if row.role is RowRole.GROUP or not text:
            continue
        weight = Weight.REGULAR if row.role is RowRole.DATA else Weight.BOLD
        label = at == 0 and row.role is not RowRole.DATA
        whole = column.kind is not ColumnKind.TEXT and not missing and not label
        for line in text[:_LOOKED_AT].split("\n"):
            natural = _width(line, style, weight)
            most = max(most, natural)
            short = natural if whole else min(natural, _SHORT * style.size)
            least = max(least, short, _longest_word(line, style, weight))
    padding = 2 * CELL_ACROSS + _gap(table.columns, at)
    least = min(least, _LONGEST_WORD * width) + padding
    most = max(min(most, _LONGEST_TEXT * width) + padding, least)
    low = max(min(title / _TITLE_LINES, _LONGEST_WORD * width) + padding, least)
    most = max(most, low)
    roomy = max(min(title, _LONGEST_TITLE * least) + padding, most)
    return _Wish(least, low, most, roomy, max(column.weight, 0.01))


def _longest_word(text: str, style: Style, weight: Weight) -> float:
    return max(_width(word, style, weight) for word in _WORDS.split(text))


def _width(text: str, style: Style, weight: Weight) -> float:
    return style.size * measure(joined(printable(text)), weight)


def _looked_at(rows: tuple[Row, ...], at: int) -> Iterator[Row]:
    """Rows that tell how wide a column gets: some of all, every sum, the longest and largest."""
    step = max(len(rows) // _SAMPLE, 1)
    yield from rows[::step]
    if step == 1:
        return
    yield from (row for row in rows if row.role is RowRole.TOTAL)
    yield max(rows, key=lambda row: _size(row, at))


def _size(row: Row, at: int) -> int:
    cell = row.cells[at]
    if isinstance(cell, Figure):
        return abs(cell.value or 0) * 2 + cell.partial
    return len(cell) if isinstance(cell, str) else 0


def _share(wishes: list[_Wish], width: float) -> list[float]:
    """Divide a width: first what each column needs, then what it can use, the rest by weight."""
    least = sum(wish.least for wish in wishes)
    if least >= width:
        return [wish.least * width / least for wish in wishes]
    shares = [wish.least for wish in wishes]
    weights = [wish.weight for wish in wishes]
    for limit in ("low", "most", "roomy"):
        _pour(shares, [getattr(wish, limit) for wish in wishes], weights, width)
    rest = width - sum(shares)
    if rest > 0:
        total = sum(weights)
        shares = [
            share + rest * weight / total for share, weight in zip(shares, weights, strict=True)
        ]
    return shares


def _pour(shares: list[float], limits: list[float], weights: list[float], width: float) -> None:
    """Raise shares by weight until the width is used up or each has reached its limit."""
    while (rest := width - sum(shares)) > 0.01:
        open_ = [at for at, limit in enumerate(limits) if shares[at] < limit - 0.01]
        if not open_:
            return
        total = sum(weights[at] for at in open_)
        for at in open_:
            shares[at] = min(shares[at] + rest * weights[at] / total, limits[at])


def titles(columns: Iterable[Column]) -> list[tuple[str, str]]:
    """The title of each column, and its unit in brackets if it has one."""
    return [(column.title, f"({column.unit})" if column.unit else "") for column in columns]
