"""The columns of a sheet: one grid that carries every table of a form.

The table with the most columns (or a long one) gives the grid its columns. A table with fewer
takes several columns of the grid for some of its own, so that all tables end at the same edge.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

PORTRAIT = 94.0
LANDSCAPE = 140.0


class Need(NamedTuple):
    """What a column asks for: its share of the width, the least it can live with."""

    weight: float
    least: float
    stretches: bool = True


class Span(NamedTuple):
    """The columns of the grid under one column of a table; ``first`` counts from 1."""

    first: int
    columns: int = 1


class Wish(NamedTuple):
    """The columns of one block; a long table is never stretched over merged cells."""

    needs: tuple[Need, ...]
    is_long: bool = False


class Grid(NamedTuple):
    """The widths of a sheet's columns, and the spans of each block that asked for some."""

    widths: tuple[float, ...]
    spans: tuple[tuple[Span, ...], ...]

    def width(self, span: Span) -> float:
        """The width of a span."""
        return sum(self.widths[span.first - 1 : span.first - 1 + span.columns])


def make_grid(wishes: Sequence[Wish], total: float) -> Grid:
    """Return the grid that serves all blocks of a sheet."""
    if not wishes:
        return Grid((total,), ())
    ranked = sorted(wishes, key=lambda wish: (not wish.is_long, -len(wish.needs)))
    base: list[Need] = []
    for wish in ranked:
        base.extend(wish.needs[len(base) :])
    widths = share(base, total)
    spans = tuple(_spans(wish, widths, total) for wish in wishes)
    for wish, taken in zip(wishes, spans, strict=True):
        for need, span in zip(wish.needs, taken, strict=True):
            _widen(widths, span, need.least)
    return Grid(tuple(round(width, 1) for width in widths), spans)


def share(needs: Sequence[Need], total: float) -> list[float]:
    """Return widths by weight, none below what its column needs."""
    widths = [need.least for need in needs]
    free = list(range(len(needs)))
    while free:
        rest = total - sum(widths[at] for at in range(len(needs)) if at not in free)
        each = rest / sum(needs[at].weight for at in free)
        tight = [at for at in free if needs[at].least > each * needs[at].weight]
        if not tight:
            for at in free:
                widths[at] = each * needs[at].weight
            break
        free = [at for at in free if at not in tight]
    return widths


def _spans(wish: Wish, widths: list[float], total: float) -> tuple[Span, ...]:
    count, columns = len(wish.needs), len(widths)
    if count == columns or wish.is_long:
        return tuple(Span(at + 1) for at in range(count))
    wanted = share(wish.needs, total)
    # best[j] is the cheapest way to lay the columns so far on the first j columns of the grid
    best: dict[int, tuple[float, tuple[Span, ...]]] = {0: (0.0, ())}
    for at, (need, want) in enumerate(zip(wish.needs, wanted, strict=True)):
        reached: dict[int, tuple[float, tuple[Span, ...]]] = {}
        for start, (cost, taken) in best.items():
            last = columns - (count - at - 1)
            for end in range(start + 1, last + 1):
                price = cost + _price(need, want, sum(widths[start:end]), end - start)
                if end not in reached or price < reached[end][0]:
                    reached[end] = (price, (*taken, Span(start + 1, end - start)))
        best = reached
    return best[columns][1]


def _price(need: Need, want: float, got: float, count: int) -> float:
    """What a span costs: distance from the wish, much for less than the least or merged numbers."""
    price = abs(got - want) + 4 * max(0.0, need.least - got)
    return price if need.stretches or count == 1 else price + 6 * (count - 1)


def _widen(widths: list[float], span: Span, least: float) -> None:
    under = range(span.first - 1, span.first - 1 + span.columns)
    missing = least - sum(widths[at] for at in under)
    if missing > 0:
        for at in under:
            widths[at] += missing / span.columns
