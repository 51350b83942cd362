"""How wide the columns of a block want to be, judged by what stands in them."""

from __future__ import annotations

from itertools import islice

from mineaction_desktop.reports.document import (
    Block,
    Choices,
    Column,
    ColumnKind,
    Fields,
    Form,
    Table,
)
from mineaction_desktop.reports.figures import Figure
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.reports.writers.excel.grid import LANDSCAPE, PORTRAIT, Need, Wish
from mineaction_desktop.reports.writers.excel.text import longest_word, width

LONG_TABLE = 60  # rows; such a table is sorted and filtered by its readers, so it is not merged
_SAMPLE = 300
_PADDING = 2.5  # the indent and the inner edges of a cell
_WIDEST_WORD = 22
_WIDEST_CODE = 20
_MOST_COLUMNS_UPRIGHT = 5


def is_landscape(form: Form) -> bool:
    """Whether a table of the form needs the long side of the paper."""
    return any(
        isinstance(block, Table) and len(block.columns) > _MOST_COLUMNS_UPRIGHT
        for block in form.blocks
    )


def page_width(*, landscape: bool) -> float:
    """How many digits stand side by side on the paper at full size."""
    return LANDSCAPE if landscape else PORTRAIT


def header_title(column: Column) -> str:
    """The title of a column with its unit."""
    return f"{column.title} ({column.unit})" if column.unit else column.title


def wish_of(block: Block, presenter: Presenter) -> Wish | None:
    """What the columns of a block ask for; nothing for texts that take the whole width."""
    match block:
        case Table(columns=(_, *_)):
            needs = tuple(_column(block, at, presenter) for at in range(len(block.columns)))
            return Wish(needs, is_long=len(block.rows) > LONG_TABLE)
        case Fields(items):
            longest = max((longest_word(label) for label, _ in items), default=0)
            return Wish((Need(1, longest + _PADDING), Need(2.2, 20)))
        case Choices():
            return Wish((Need(1, 18),) * 4)
        case _:
            return None


def _column(table: Table, at: int, presenter: Presenter) -> Need:
    column = table.columns[at]
    least = float(min(longest_word(header_title(column)), _WIDEST_WORD))
    if column.kind is ColumnKind.NUMBER:
        least = max(least, _widest_figure(table, at, presenter))
    for row in islice(table.rows, _SAMPLE):
        cell = row.cells[at]
        if cell is None or isinstance(cell, Figure):
            continue
        text = presenter.cell(cell)
        if isinstance(cell, str) and column.kind is not ColumnKind.CODE:
            least = max(least, min(longest_word(text), _WIDEST_WORD))
        else:
            least = max(least, min(width(text), _WIDEST_CODE))
    return Need(column.weight, least + _PADDING, stretches=column.kind is ColumnKind.TEXT)


def _widest_figure(table: Table, at: int, presenter: Presenter) -> float:
    """Numbers do not wrap: the widest of them has to fit, also in the bold type of a total."""
    extremes: dict[tuple[str | None, bool, bool], Figure] = {}
    for row in table.rows:
        cell = row.cells[at]
        if not isinstance(cell, Figure) or cell.value is None:
            continue
        key = (cell.currency, cell.partial, cell.value < 0)
        known = extremes.get(key)
        if known is None or abs(cell.value) > abs(known.value or 0):
            extremes[key] = cell
    return max((1.12 * width(presenter.figure(figure)) for figure in extremes.values()), default=0)
