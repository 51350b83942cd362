"""Ways between sheets: from a figure to the records behind it, and back to the figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from openpyxl.utils import get_column_letter

from mineaction_desktop.i18n import Words, mark
from mineaction_desktop.reports.figures import Figure
from mineaction_desktop.reports.writers.excel.layout import Layout
from mineaction_desktop.reports.writers.excel.lines import Body
from mineaction_desktop.reports.writers.excel.text import markup

TO_RECORDS = mark("Records behind this figure")
TO_FIGURE = mark("Back to the figure")
MOST = 65_000  # links that one sheet may hold; spreadsheets stop at 65,530


class Link(NamedTuple):
    """A cell that leads to another place of the workbook, with what a person is told."""

    cell: str
    target: str
    tooltip: str


def links(layouts: Mapping[str, Layout], words: Words) -> dict[str, list[Link]]:
    """The links of each sheet; ``layouts`` are those of the sheets by name."""
    opening = {key: (sheet, cell) for sheet, cell, key in _opening(layouts)}
    found: dict[str, list[Link]] = {sheet: [] for sheet in layouts}
    if not opening:
        return found
    to_records, to_figure = words.gettext(TO_RECORDS), words.gettext(TO_FIGURE)
    seen: set[str] = set()
    for sheet, cell, key in _figures(layouts):
        if key in opening and key not in seen:
            seen.add(key)
            there, row = opening[key]
            found[sheet].append(Link(cell, _target(there, row), to_records))
            found[there].append(Link(row, _target(sheet, cell), to_figure))
    return {sheet: some[:MOST] for sheet, some in found.items()}


def elements(some: list[Link]) -> bytes:
    """The links of a sheet as markup."""
    if not some:
        return b""
    lines = "".join(
        f'<hyperlink ref="{link.cell}" location="{markup(link.target)}"'
        f' tooltip="{markup(link.tooltip)}"/>'
        for link in some
    )
    return f"<hyperlinks>{lines}</hyperlinks>".encode()


def _target(sheet: str, cell: str) -> str:
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{cell}"


def _rows(layouts: Mapping[str, Layout]) -> Iterator[tuple[str, int, Body, int]]:
    for sheet, layout in layouts.items():
        for first, part in layout.placed():
            if isinstance(part, Body):
                for at in range(len(part.table.rows)):
                    yield sheet, first + at, part, at


def _opening(layouts: Mapping[str, Layout]) -> Iterator[tuple[str, str, str]]:
    for sheet, number, part, at in _rows(layouts):
        key = part.table.rows[at].opens
        if key is not None:
            yield sheet, f"{get_column_letter(part.spans[0].first)}{number}", key


def _figures(layouts: Mapping[str, Layout]) -> Iterator[tuple[str, str, str]]:
    for sheet, number, part, at in _rows(layouts):
        for cell, span in zip(part.table.rows[at].cells, part.spans, strict=True):
            if isinstance(cell, Figure):
                yield sheet, f"{get_column_letter(span.first)}{number}", cell.key
