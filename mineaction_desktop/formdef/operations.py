"""What the parts of an expression do with values: three-valued, and deaf to bad data."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from mineaction_desktop.domain.dates import PartialDate

Run = Callable[[Mapping[str, object], date], object]


class Span(NamedTuple):
    """The days that a date can mean."""

    first: date
    last: date


def normal(value: object) -> object:
    """A value in the form that comparisons understand; empty text and lists become ``None``."""
    match value:  # most fields are empty, then come numbers and texts
        case None | int() | float():
            pass
        case str():
            return value.strip() or None
        case datetime():
            return Span(value.date(), value.date())
        case date():
            return Span(value, value)
        case PartialDate():
            return Span(value.first, value.last)
        case list() | tuple() if not isinstance(value, Span):
            return list(value) or None
    return value


def truth(value: object) -> bool | None:
    """The truth of a value; only yes and no have one."""
    return value if isinstance(value, bool) else None


def has_order(constant: object) -> bool:
    """Whether a constant can be smaller or greater: a number, or a date as text."""
    if isinstance(constant, str):
        return _span(constant) is not None
    return _is_number(constant)


def all_of(parts: Sequence[Run]) -> Run:
    """False if any part is false, else unknown if any is unknown, else true."""

    def run(values: Mapping[str, object], today: date) -> bool | None:
        result: bool | None = True
        for part in parts:
            found = truth(part(values, today))
            if found is False:
                return False
            if found is None:
                result = None
        return result

    return run


def any_of(parts: Sequence[Run]) -> Run:
    """True if any part is true, else unknown if any is unknown, else false."""
    none_of = all_of([negated(part) for part in parts])
    return negated(none_of)


def negated(part: Run) -> Run:
    """The opposite; of unknown, unknown."""

    def run(values: Mapping[str, object], today: date) -> bool | None:
        found = truth(part(values, today))
        return None if found is None else not found

    return run


def is_empty(part: Run) -> Run:
    """Whether a field has no value: never unknown."""
    return lambda values, today: part(values, today) is None


def equal(left: Run, right: Run) -> Run:
    """Whether two values are the same."""
    return lambda values, today: _same(left(values, today), right(values, today))


def one_of(tested: Run, items: Sequence[Run]) -> Run:
    """Whether a value is one of the constants; ``None`` among them stands for an empty field."""

    def run(values: Mapping[str, object], today: date) -> bool | None:
        value = tested(values, today)
        listed = [item(values, today) for item in items]
        if value is None:
            return True if None in listed else None
        found = [_same(value, item) for item in listed if item is not None]
        return True if True in found else None if None in found else False

    return run


def contains(whole: Run, tested: Run) -> Run:
    """Whether a list holds a value."""

    def run(values: Mapping[str, object], today: date) -> bool | None:
        held, value = whole(values, today), tested(values, today)
        if not isinstance(held, list) or value is None:
            return None
        return any(_same(item, value) is True for item in held)

    return run


def year(part: Run) -> Run:
    """The year of a date, if all its days lie in one."""

    def run(values: Mapping[str, object], today: date) -> int | None:
        span = _span(part(values, today))
        return span.first.year if span and span.first.year == span.last.year else None

    return run


def total(parts: Sequence[Run]) -> Run:
    """The sum of the values that are filled; ``None`` if none is."""

    def run(values: Mapping[str, object], today: date) -> object:
        filled = [value for part in parts if (value := part(values, today)) is not None]
        result: object = filled[0] if filled else None
        for value in filled[1:]:
            result = _sum(result, value, 1)
        return result if _is_number(result) else None

    return run


def added(left: Run, right: Run, sign: int) -> Run:
    """A sum or difference of numbers; a date and a number of days give a date."""
    return lambda values, today: _sum(left(values, today), right(values, today), sign)


def ordered(left: Run, right: Run, order: Callable[[object, object], bool | None]) -> Run:
    """Whether two values stand in the given order."""
    return lambda values, today: order(left(values, today), right(values, today))


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _span(value: object) -> Span | None:
    if isinstance(value, Span):
        return value
    if isinstance(value, str):
        try:
            read = PartialDate.parse(value)
        except ValueError:
            return None
        return Span(read.first, read.last)
    return None


def _same(left: object, right: object) -> bool | None:
    if isinstance(left, Span) or isinstance(right, Span):
        one, other = _span(left), _span(right)
        if one is None or other is None:
            return None
        if one == other:
            return True
        apart = one.last < other.first or other.last < one.first
        return False if apart else None
    if _is_number(left) and _is_number(right):
        return left == right
    if type(left) is type(right) and isinstance(left, (str, bool)):
        return left == right
    return None


def _before(left: object, right: object) -> bool | None:
    """Whether the left value is smaller than the right one."""
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        return left < right if _is_number(left) and _is_number(right) else None
    if isinstance(left, Span) or isinstance(right, Span):
        one, other = _span(left), _span(right)
        if one is not None and other is not None:
            if one.last < other.first:
                return True
            if one.first >= other.last:
                return False
    return None


def _not_after(left: object, right: object) -> bool | None:
    after = _before(right, left)
    return None if after is None else not after


ORDERS: Mapping[type[ast.cmpop], Callable[[object, object], bool | None]] = {
    ast.Lt: _before,
    ast.LtE: _not_after,
    ast.Gt: lambda left, right: _before(right, left),
    ast.GtE: lambda left, right: _not_after(right, left),
}


def _sum(left: object, right: object, sign: int) -> object:
    try:
        if isinstance(left, Span) and isinstance(right, Span) and sign < 0:
            exact = left.first == left.last and right.first == right.last
            return (left.first - right.first).days if exact else None
        if isinstance(left, Span) and isinstance(right, int) and not isinstance(right, bool):
            days = timedelta(days=sign * right)
            return Span(left.first + days, left.last + days)
        if (
            isinstance(left, (int, float))
            and isinstance(right, (int, float))
            and _is_number(left)
            and _is_number(right)
        ):
            return left + sign * right
    except OverflowError:  # beyond the year 9999, or a whole number no decimal can hold
        return None
    return None
