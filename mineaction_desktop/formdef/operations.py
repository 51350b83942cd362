"""What the parts of an expression do with values: three-valued, and deaf to bad data."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from operator import eq, ge, gt, le, lt, ne, not_
from typing import NamedTuple

from mineaction_desktop.domain.dates import PartialDate


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


def all_of(*found: object) -> bool | None:
    """False if any part is false, else unknown if any is unknown, else true."""
    truths = [truth(value) for value in found]
    return False if False in truths else None if None in truths else True


def any_of(*found: object) -> bool | None:
    """True if any part is true, else unknown if any is unknown, else false."""
    truths = [truth(value) for value in found]
    return True if True in truths else None if None in truths else False


def negated(value: object) -> bool | None:
    """The opposite; of unknown, unknown."""
    return not value if isinstance(value, bool) else None


def is_empty(value: object) -> bool:
    """Whether a field has no value: never unknown."""
    return value is None


def is_filled(value: object) -> bool:
    """Whether a field has a value: never unknown."""
    return value is not None


def same(left: object, right: object) -> bool | None:
    """Whether two values are the same."""
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


def differ(left: object, right: object) -> bool | None:
    """Whether two values are not the same."""
    return negated(same(left, right))


def one_of(value: object, *listed: object) -> bool | None:
    """Whether a value is one of the constants; ``None`` among them stands for an empty field."""
    if value is None:
        return True if None in listed else None
    return any_of(*(same(value, item) for item in listed if item is not None))


def contains(held: object, value: object) -> bool | None:
    """Whether a list holds a value."""
    if not isinstance(held, list) or value is None:
        return None
    return any(same(item, value) is True for item in held)


def year(value: object) -> int | None:
    """The year of a date, if all its days lie in one."""
    span = _span(value)
    return span.first.year if span and span.first.year == span.last.year else None


def total(*values: object) -> object:
    """The sum of the values that are filled; ``None`` if none is."""
    filled = [value for value in values if value is not None]
    result: object = filled[0] if filled else None
    for value in filled[1:]:
        result = plus(result, value)
    return result if _is_number(result) else None


def plus(left: object, right: object) -> object:
    """A sum of numbers; a date and a number of days give a date."""
    return _sum(left, right, 1)


def minus(left: object, right: object) -> object:
    """A difference of numbers; of two days, the days between them."""
    return _sum(left, right, -1)


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


def _after(left: object, right: object) -> bool | None:
    return _before(right, left)


def _not_before(left: object, right: object) -> bool | None:
    return _not_after(right, left)


ORDERS: Mapping[type[ast.cmpop], Callable[[object, object], bool | None]] = {
    ast.Lt: _before,
    ast.LtE: _not_after,
    ast.Gt: _after,
    ast.GtE: _not_before,
}


_NUMBERS = frozenset({int, float})
_TEXTS = frozenset({str})
_TRUTHS = frozenset({bool})

PLAIN: Mapping[Callable[..., object], tuple[tuple[frozenset[type], Callable[..., object]], ...]] = {
    same: ((_NUMBERS, eq), (_TEXTS, eq), (_TRUTHS, eq)),
    differ: ((_NUMBERS, ne), (_TEXTS, ne), (_TRUTHS, ne)),
    negated: ((_TRUTHS, not_),),
    all_of: ((_TRUTHS, lambda *truths: False not in truths),),
    any_of: ((_TRUTHS, lambda *truths: True in truths),),
    _before: ((_NUMBERS, lt),),
    _not_after: ((_NUMBERS, le),),
    _after: ((_NUMBERS, gt),),
    _not_before: ((_NUMBERS, ge),),
}
"""What Python does by itself where all values are of the same types, none of them empty."""


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
