"""Which printed figures lead to rows of evidence and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mineaction_desktop.reports.document import Cell, Fields, Form, Table
from mineaction_desktop.reports.figures import Figure


def linked_figures(forms: Iterable[Form]) -> frozenset[str]:
    """The keys of figures that are printed and that some row opens."""
    kept = tuple(forms)
    opened = frozenset(
        row.opens for table in _tables(kept) for row in table.rows if row.opens is not None
    )
    if not opened:
        return opened
    return opened.intersection(cell.key for cell in _cells(kept) if isinstance(cell, Figure))


def _tables(forms: Iterable[Form]) -> Iterator[Table]:
    for form in forms:
        yield from (block for block in form.blocks if isinstance(block, Table))


def _cells(forms: Iterable[Form]) -> Iterator[Cell]:
    """Every cell except those of rows that themselves open the figure."""
    for form in forms:
        for block in form.blocks:
            match block:
                case Table():
                    for row in block.rows:
                        yield from (
                            cell
                            for cell in row.cells
                            if not (isinstance(cell, Figure) and cell.key == row.opens)
                        )
                case Fields(items):
                    yield from (value for _, value in items)
                case _:
                    pass
