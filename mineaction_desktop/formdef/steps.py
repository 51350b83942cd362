"""The steps of an expression, run over one record or over many at once.

An operation knows nothing of records, only of values. A column of values runs through one
operation after the other, which for many records costs a small part of asking each by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import repeat

from mineaction_desktop.formdef import operations as op

Values = Mapping[str, object]
"""The values of one record by field."""

Columns = Mapping[str, Sequence[object]]
"""The normal values of many records by field; a field that is empty in all may be missing."""

Operation = Callable[..., object]

_SAMPLE = 200


@dataclass(frozen=True, slots=True)
class Same:
    """A value that is the same for all records."""

    value: object


Column = Same | Sequence[object]


@dataclass(frozen=True, slots=True)
class Step:
    """A part of an expression that can be run."""

    one: Callable[[Values, date], object]
    many: Callable[[Columns, date], Column]


def constant(value: object) -> Step:
    """A value that the expression says."""
    same = Same(value)
    return Step(lambda _values, _today: value, lambda _columns, _today: same)


def this_day() -> Step:
    """The day that conditions mean by today."""
    return Step(
        lambda _values, today: op.normal(today), lambda _columns, today: Same(op.normal(today))
    )


def named(name: str) -> Step:
    """The value of a field."""
    return Step(
        lambda values, _today: op.normal(values.get(name)),
        lambda columns, _today: columns.get(name, Same(None)),
    )


def applied(operation: Operation, *parts: Step) -> Step:
    """An operation on what other steps give."""
    match parts:
        case [one]:
            return _of_one(operation, one)
        case [one, other]:
            return _of_two(operation, one, other)
    return Step(
        lambda values, today: operation(*(part.one(values, today) for part in parts)),
        lambda columns, today: mapped(operation, [part.many(columns, today) for part in parts]),
    )


def _of_one(operation: Operation, part: Step) -> Step:
    one, many = part.one, part.many
    return Step(
        lambda values, today: operation(one(values, today)),
        lambda columns, today: mapped(operation, [many(columns, today)]),
    )


def _of_two(operation: Operation, left: Step, right: Step) -> Step:
    left_one, right_one = left.one, right.one
    return Step(
        lambda values, today: operation(left_one(values, today), right_one(values, today)),
        lambda columns, today: mapped(
            operation, [left.many(columns, today), right.many(columns, today)]
        ),
    )


def every(parts: Sequence[Step]) -> Step:
    """Whether all parts are true; for one record, no part is asked after a false one."""
    return Step(_until(parts, decisive=False), applied(op.all_of, *parts).many)


def some(parts: Sequence[Step]) -> Step:
    """Whether any part is true; for one record, no part is asked after a true one."""
    return Step(_until(parts, decisive=True), applied(op.any_of, *parts).many)


def _until(parts: Sequence[Step], *, decisive: bool) -> Callable[[Values, date], bool | None]:
    runs = [part.one for part in parts]

    def run(values: Values, today: date) -> bool | None:
        result: bool | None = not decisive
        for part in runs:
            found = op.truth(part(values, today))
            if found is decisive:
                return decisive
            if found is None:
                result = None
        return result

    return run


def mapped(operation: Operation, operands: Sequence[Column]) -> Column:
    """An operation on each of many values; what is the same for all is worked out once."""
    columns = [operand for operand in operands if not isinstance(operand, Same)]
    if not columns:
        return Same(operation(*(one.value for one in operands if isinstance(one, Same))))
    if len(columns) == 1 and _is_repetitive(columns[0]):
        return _mapped_once(operation, operands, columns[0])
    given = [repeat(one.value) if isinstance(one, Same) else one for one in operands]
    return list(map(_plainer(operation, operands) or operation, *given))


def _plainer(operation: Operation, operands: Sequence[Column]) -> Operation | None:
    """Python's own operation, where all values are of a type for which it does the same."""
    plain = op.PLAIN.get(operation)
    if plain is None:
        return None
    kinds: set[type] = set()
    for operand in operands:
        kinds.update([type(operand.value)] if isinstance(operand, Same) else map(type, operand))
    return next((made for types, made in plain if kinds <= types), None)


def _mapped_once(
    operation: Operation, operands: Sequence[Column], column: Sequence[object]
) -> list[object]:
    """An operation on a column in which the same values stand again and again."""
    different = dict(zip(map(id, column), column, strict=True))
    given = [repeat(one.value) if isinstance(one, Same) else different.values() for one in operands]
    found = dict(zip(different, map(operation, *given), strict=False))
    return [found[place] for place in map(id, column)]


def _is_repetitive(column: Sequence[object]) -> bool:
    sample = column[:_SAMPLE]
    return len(set(map(id, sample))) * 2 < len(sample)


def listed(column: Column, count: int) -> Sequence[object]:
    """A column as so many values."""
    return [column.value] * count if isinstance(column, Same) else column
