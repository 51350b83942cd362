"""Conditions of a list in words, and the names of what can be asked."""

from __future__ import annotations

from collections.abc import Mapping

from mineaction_desktop.i18n import mark
from mineaction_desktop.services.browsing import DATES, Column, Filter, Operator
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.lists.cells import value_text

NAMES: Mapping[Operator, str] = {
    Operator.EQUALS: mark("is"),
    Operator.IS_NOT: mark("is not"),
    Operator.CONTAINS: mark("contains"),
    Operator.BEGINS: mark("begins with"),
    Operator.LESS: mark("is less than"),
    Operator.MORE: mark("is more than"),
    Operator.BETWEEN: mark("is between"),
    Operator.ANY_OF: mark("is one of"),
    Operator.NONE_OF: mark("is none of"),
    Operator.EMPTY: mark("is empty"),
    Operator.FILLED: mark("is filled in"),
}
_OF_DATES: Mapping[Operator, str] = {
    Operator.EQUALS: mark("is in"),
    Operator.LESS: mark("is before"),
    Operator.MORE: mark("is after"),
}
_CHIPS: Mapping[Operator, str] = {
    Operator.EQUALS: mark("{field} is {value}"),
    Operator.IS_NOT: mark("{field} is not {value}"),
    Operator.CONTAINS: mark("{field} contains “{value}”"),
    Operator.BEGINS: mark("{field} begins with “{value}”"),
    Operator.LESS: mark("{field} < {value}"),
    Operator.MORE: mark("{field} > {value}"),
    Operator.BETWEEN: mark("{field} from {value} to {other}"),
    Operator.ANY_OF: mark("{field} is {value}"),
    Operator.NONE_OF: mark("{field} is not {value}"),
    Operator.EMPTY: mark("{field} is empty"),
    Operator.FILLED: mark("{field} is filled in"),
}
_CHIPS_OF_DATES: Mapping[Operator, str] = {
    Operator.EQUALS: mark("{field} in {value}"),
    Operator.LESS: mark("{field} before {value}"),
    Operator.MORE: mark("{field} after {value}"),
}
NO_VALUE = frozenset({Operator.EMPTY, Operator.FILLED})
"""Operators that compare with nothing."""

OR = mark("{one} or {other}")


def operator_name(desk: Desk, column: Column, operator: Operator) -> str:
    """An operator in words that fit the field."""
    names = {**NAMES, **_OF_DATES} if column.field.type in DATES else NAMES
    return desk.say(names[operator])


def chip_text(desk: Desk, column: Column, wanted: Filter, linked: Mapping[str, str]) -> str:
    """A condition as one sentence; ``linked`` are the names of linked records by id."""
    chips = {**_CHIPS, **_CHIPS_OF_DATES} if column.field.type in DATES else _CHIPS
    values = [_one(desk, column, value, linked) for value in _listed(wanted.value)]
    first = values[0] if values else ""
    if wanted.operator is Operator.BETWEEN:
        return desk.say(chips[wanted.operator], field=column.label, value=first, other=values[-1])
    for other in values[1:]:
        first = desk.say(OR, one=first, other=other)
    return desk.say(chips[wanted.operator], field=column.label, value=first)


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, (tuple, list)) else [value]


def _one(desk: Desk, column: Column, value: object, linked: Mapping[str, str]) -> str:
    if value is None:
        return ""
    if column.field.link:
        return linked.get(str(value), str(value))
    return value_text(desk, column.field, value)
