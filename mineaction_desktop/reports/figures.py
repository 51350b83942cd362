"""Figures: a value, its state, its unit and its evidence.

A figure either rests on records (each with what it contributes) or is a signed sum of other
figures. Following the sums down to the records opens every printed number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mineaction_desktop.domain.states import State


class Unit(StrEnum):
    """What is counted. Areas are whole square metres, money is minor units of its currency."""

    MINE = "mine"
    ITEM = "item"
    AREA = "m2"
    COUNT = "count"
    PERSON = "person"
    SERVICE = "service"
    GRAM = "g"
    METRE = "m"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one record adds to a figure, with its sign."""

    kind: str
    record_id: str
    amount: int


@dataclass(frozen=True, slots=True)
class Records:
    """Evidence that rests on records; they are loaded when somebody opens the figure."""

    load: Callable[[], Sequence[Contribution]]


@dataclass(frozen=True, slots=True)
class Sum:
    """Evidence that rests on other figures, each with its sign (+1 or -1)."""

    terms: tuple[tuple[int, Figure], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """One number of a report, or the reason why there is none.

    ``value`` is set exactly when ``state.has_number``. ``partial`` says that some of what the
    figure adds up is not known, so the true number is at least this one. ``key`` is unique in a
    report and stays the same from year to year.
    """

    key: str
    value: int | None
    state: State
    unit: Unit
    evidence: Records | Sum | None = None
    partial: bool = False
    currency: str | None = None

    def __post_init__(self) -> None:
        if (self.value is not None) != self.state.has_number:
            raise ValueError(f"{self.key}: {self.state} with value {self.value}")

    def contributions(self) -> Iterator[Contribution]:
        """Every record behind this figure, through all sums; amounts add up to the value."""
        match self.evidence:
            case Records(load):
                yield from load()
            case Sum(terms):
                for sign, figure in terms:
                    for part in figure.contributions():
                        yield Contribution(part.kind, part.record_id, sign * part.amount)
            case None:
                return


def counted(
    key: str,
    value: int,
    unit: Unit,
    evidence: Records | Sum | None,
    *,
    currency: str | None = None,
) -> Figure:
    """Return the figure of a number that records confirm, zero included."""
    state = State.VALUE if value else State.ZERO
    return Figure(key, value, state, unit, evidence, currency=currency)


def without_number(key: str, state: State, unit: Unit) -> Figure:
    """Return a figure that has no number, with the reason."""
    return Figure(key, None, state, unit)


def combine(
    key: str, terms: Iterable[tuple[int, Figure]], unit: Unit, *, currency: str | None = None
) -> Figure:
    """Return the signed sum of figures; those without a number make it partial.

    A sum of nothing but zeros and gaps is not known: "0 or more" would tell nobody anything.
    """
    kept = tuple(terms)
    numbers = [sign * figure.value for sign, figure in kept if figure.value is not None]
    gaps = (State.UNKNOWN, State.NOT_COLLECTED, State.WITHHELD)
    partial = any(figure.partial or figure.state in gaps for _, figure in kept)
    value = sum(numbers)
    if kept and (not numbers or (partial and not value)):
        return Figure(key, None, State.UNKNOWN, unit, Sum(kept), currency=currency)
    state = State.VALUE if value else State.ZERO
    return Figure(key, value, state, unit, Sum(kept), partial, currency)


def total(
    key: str, figures: Iterable[Figure], unit: Unit, *, currency: str | None = None
) -> Figure:
    """Return the sum of figures."""
    return combine(key, ((1, figure) for figure in figures), unit, currency=currency)
