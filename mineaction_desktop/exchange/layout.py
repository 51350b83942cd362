"""Where a table begins in a sheet: titles above it, two rows of headings, HXL tags below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from mineaction_desktop.domain.problems import Place, Problem, UserError
from mineaction_desktop.exchange.tables import (
    MAX_COLUMNS,
    Cell,
    Grid,
    Sheet,
    Vocabulary,
    file_problem,
    letters,
)
from mineaction_desktop.formdef.wording import key
from mineaction_desktop.i18n import Message, mark

TOO_WIDE = mark(
    "The table has {n} columns; {limit} is the most that can be read. Delete the columns that "
    "are not needed."
)
NO_SUCH_ROW = mark("The headings are said to stand in row {row}, which is empty.")
NO_HEADING = mark(
    "Column {column} has no heading and was not imported, although it holds values: “{value}”."
)
IS_TOTAL = mark("Row {row} looks like a total (“{value}”) and was not imported.")

_LOOKED_AT = 25
_TAG = re.compile(r"#[a-z][a-z0-9_]*(\s*\+\s*[a-z][a-z0-9_]*)*\Z", re.IGNORECASE)
_TOTALS = frozenset(
    map(
        key,
        [
            "total",
            "totals",
            "grand total",
            "sum",
            "subtotal",
            "total général",
            "total general",
            "total geral",
            "итого",
            "всего",
            "المجموع",
            "الإجمالي",
            "الاجمالي",
        ],
    )
)
_FIRST_LETTERS = frozenset(word[0] for word in _TOTALS)


def sheet_of(grid: Grid, vocabulary: Vocabulary, heading_row: int | None = None) -> Sheet | None:
    """The table in a grid, or nothing if the grid is empty."""
    rows = [
        [None if isinstance(cell, str) and (not cell or cell.isspace()) else cell for cell in row]
        for row in grid.rows
    ]
    width = max(map(_width, rows), default=0)
    if width == 0:
        return None
    if width > MAX_COLUMNS:
        raise UserError(Message(TOO_WIDE, {"n": width, "limit": MAX_COLUMNS}))
    top = _heading_row(rows, vocabulary, heading_row)
    headings, start = _headings(rows, top, vocabulary)
    body = [(number, row) for number, row in enumerate(rows[start:], start + 1) if any_cell(row)]
    return _checked(grid, headings, body)


def any_cell(row: Sequence[Cell]) -> bool:
    """Whether a row has any content."""
    return _width(row) > 0


def _width(row: Sequence[Cell]) -> int:
    if row and row[-1] is not None:  # as in most rows
        return len(row)
    return next((n for n in range(len(row), 0, -1) if row[n - 1] is not None), 0)


def _heading_row(rows: Sequence[Sequence[Cell]], vocabulary: Vocabulary, given: int | None) -> int:
    """The index of the row of headings."""
    if given is not None:
        if given > len(rows) or not any_cell(rows[given - 1]):
            raise UserError(Message(NO_SUCH_ROW, {"row": given}))
        return given - 1
    looked_at = [(index, row) for index, row in enumerate(rows[:_LOOKED_AT]) if any_cell(row)]
    for (index, _), (_, below) in pairwise(looked_at):
        if _is_tags(below):
            return index
    counts = [(_known(row, vocabulary), index) for index, row in looked_at]
    most = max((count for count, _ in counts), default=0)
    # data may repeat what headings say, but stands below them
    best = next((found for found in counts if found[0] * 2 >= most and found[0]), (0, 0))
    if best[0] >= 2 or (best[0] == 1 and _filled(rows[best[1]]) == 1):
        return best[1]
    return next(_full(looked_at), looked_at[0][0] if looked_at else 0)


def _known(row: Sequence[Cell], vocabulary: Vocabulary) -> int:
    """How many different headings a row has; a single letter is a mark, as in ticked columns."""
    keys = {key(cell) for cell in row if isinstance(cell, str)}
    return sum(len(found) > 1 and found in vocabulary.spellings for found in keys)


def _filled(row: Sequence[Cell]) -> int:
    return sum(cell is not None for cell in row)


def _full(rows: Sequence[tuple[int, Sequence[Cell]]]) -> Iterator[int]:
    """Rows of text only that fill most of the width: titles fill one cell or two."""
    width = max((_width(row) for _, row in rows), default=0)
    for index, row in rows:
        texts = sum(isinstance(cell, str) for cell in row)
        if texts == _filled(row) and texts * 2 > width:
            yield index


def _is_tags(row: Sequence[Cell]) -> bool:
    tags = sum(isinstance(cell, str) and _TAG.match(cell.strip()) is not None for cell in row)
    return tags > 0 and tags == _filled(row)


def _headings(
    rows: Sequence[Sequence[Cell]], top: int, vocabulary: Vocabulary
) -> tuple[list[str], int]:
    """The headings, and the index of the first row after them."""
    headings, start = list(map(_text, rows[top])), top + 1
    if start < len(rows) and _is_names(rows[start], vocabulary):
        names = list(map(_text, rows[start]))
        headings = [
            name or label
            for name, label in zip(
                names + [""] * (len(headings) - len(names)),
                headings + [""] * (len(names) - len(headings)),
                strict=True,
            )
        ]
        start += 1
    if start < len(rows) and _is_tags(rows[start]):
        start += 1
    while headings and not headings[-1]:
        headings.pop()
    return headings, start


def _is_names(row: Sequence[Cell], vocabulary: Vocabulary) -> bool:
    """Whether a row under the headings names the fields, as our templates do."""
    cells = [cell for cell in row if cell is not None]
    return bool(cells) and all(
        isinstance(cell, str) and cell.partition(".")[0] in vocabulary.names for cell in cells
    )


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)  # a year as a heading
    return " ".join(str(cell).split())


def _checked(grid: Grid, headings: Sequence[str], body: list[tuple[int, list[Cell]]]) -> Sheet:
    problems: list[Problem] = list(grid.problems)
    notices: list[Message] = []
    kept: list[tuple[int, Sequence[Cell]]] = []
    unnamed: dict[int, Cell] = {}
    named = len(headings) if all(headings) else 0  # columns that need no further look
    for number, row in body:
        first = row[0]
        if first is None:
            first = next(cell for cell in row if cell is not None)
        if isinstance(first, str) and _is_total(first):
            notices.append(Message(IS_TOTAL, {"row": number, "value": first}))
            continue
        if len(row) < len(headings):
            row.extend([None] * (len(headings) - len(row)))
        if grid.in_text and len(row) > len(headings) and _width(row) > len(headings):
            problems.append(file_problem("FILE-001", Place(row=number)))
        elif len(row) > named:
            _note_unnamed(row, headings, unnamed)
        kept.append((number, row))
    notices += [
        Message(NO_HEADING, {"column": letters(column), "value": value})
        for column, value in sorted(unnamed.items())
    ]
    return Sheet(grid.name, tuple(headings), kept, tuple(problems), tuple(notices))


def _is_total(text: str) -> bool:
    if text[0].isascii() and text[0].isalpha() and text[0].lower() not in _FIRST_LETTERS:
        return False  # as with most names, which need not be asked any further
    return key(text.rstrip(" :")) in _TOTALS


def _note_unnamed(row: Sequence[Cell], headings: Sequence[str], unnamed: dict[int, Cell]) -> None:
    for column, cell in enumerate(row):
        if cell is not None and (column >= len(headings) or not headings[column]):
            unnamed.setdefault(column, cell)
