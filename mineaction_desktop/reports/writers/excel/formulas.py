"""Sums as live formulas, where all that is added up stands on the same sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from openpyxl.utils import get_column_letter

from mineaction_desktop.reports.figures import Figure, Sum
from mineaction_desktop.reports.writers.excel.layout import Layout
from mineaction_desktop.reports.writers.excel.lines import Body
from mineaction_desktop.reports.writers.excel.numbers import can_be_number, places_of

_LONGEST = 8_000  # characters of a formula; spreadsheets stop at 8,192
_MOST_ARGUMENTS = 255
_FEW = 8


class Place(NamedTuple):
    """Where a figure stands on the sheet."""

    column: int
    row: int
    figure: Figure


class Places:
    """Where on one sheet the figures stand that others add up; the own table comes first."""

    def __init__(self, layout: Layout) -> None:
        wanted = {
            term.key
            for _, _, figure, _ in _figures(layout)
            if isinstance(figure.evidence, Sum)
            for _, term in figure.evidence.terms
        }
        self._tables: dict[tuple[int, str], Place] = {}
        self._sheet: dict[str, Place] = {}
        for row, column, figure, part in _figures(layout):
            if figure.key in wanted and (figure.value is None or can_be_number(figure)):
                place = Place(column, row, figure)
                self._tables.setdefault((part, figure.key), place)
                self._sheet.setdefault(figure.key, place)

    def formula(self, figure: Figure, part: int) -> str | None:
        """The formula of a figure that stands in a part of the sheet, if it can have one."""
        if not isinstance(figure.evidence, Sum) or not figure.evidence.terms:
            return None
        signed: list[tuple[int, Place]] = []
        for sign, term in figure.evidence.terms:
            place = self._tables.get((part, term.key)) or self._sheet.get(term.key)
            if place is None or place.figure.key == figure.key:
                return None
            signed.append((sign, place))
        return _formula(figure, signed) if _adds_up(figure, signed) else None


def _figures(layout: Layout) -> Iterator[tuple[int, int, Figure, int]]:
    """Each figure of the sheet with its row, its column and the number of its part."""
    for number, (first, part) in enumerate(layout.placed()):
        if isinstance(part, Body):
            for row, cells in enumerate((row.cells for row in part.table.rows), first):
                for cell, span in zip(cells, part.spans, strict=True):
                    if isinstance(cell, Figure):
                        yield row, span.first, cell, number
        else:
            for put in part.puts:
                if isinstance(put.value, Figure):
                    yield first, put.span.first, put.value, number


def _adds_up(figure: Figure, signed: Sequence[tuple[int, Place]]) -> bool:
    """Whether the cells give the figure; a formula must never show anything else."""
    same = all(
        (place.figure.unit, place.figure.currency) == (figure.unit, figure.currency)
        for _, place in signed
        if place.figure.value is not None
    )
    return same and sum(sign * (place.figure.value or 0) for sign, place in signed) == figure.value


def _formula(figure: Figure, signed: Sequence[tuple[int, Place]]) -> str | None:
    plus = [place for sign, place in signed if sign > 0]
    minus = [place for sign, place in signed if sign < 0]
    if not minus:
        text = _sum(plus)
    else:
        text = _operators(signed) if len(signed) <= _FEW else _difference(plus, minus)
        if text and places_of(figure):  # decimals leave a trace when one takes them away
            text = f"ROUND({text},{places_of(figure)})"
    return text if text and len(text) < _LONGEST else None


def _operators(signed: Sequence[tuple[int, Place]]) -> str:
    """Cells joined by their signs; words in a cell would make this an error, so they stay out."""
    parts = [
        f"{'+' if sign > 0 else '-'}{_name(place)}"
        for sign, place in signed
        if place.figure.value is not None
    ]
    return "".join(parts).removeprefix("+")


def _difference(plus: Sequence[Place], minus: Sequence[Place]) -> str | None:
    added, taken = _sum(plus) if plus else "", _sum(minus)
    return f"{added}-{taken}" if added is not None and taken else None


def _sum(places: Sequence[Place]) -> str | None:
    """Cells added up; runs of neighbours become ranges, in which words count as nothing."""
    across = len({place.row for place in places}) == 1
    runs = list(_runs(places, across=across))
    if len(runs) > _MOST_ARGUMENTS:
        return None
    names = (_name(a) if a is b else f"{_name(a)}:{_name(b)}" for a, b in runs)
    return f"SUM({','.join(names)})"


def _runs(places: Iterable[Place], *, across: bool) -> Iterator[tuple[Place, Place]]:
    ordered = sorted(places, key=lambda place: (place.column, place.row))
    first = last = ordered[0]
    for place in ordered[1:]:
        step = (place.column - last.column, place.row - last.row)
        if step != ((1, 0) if across else (0, 1)):
            yield first, last
            first = place
        last = place
    yield first, last


def _name(place: Place) -> str:
    return f"{get_column_letter(place.column)}{place.row}"
