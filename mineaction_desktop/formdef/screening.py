"""Which of many new records may have a problem, told at once for all of them.

Asking one record everything costs more than reading it from a file, and most have no problem.
Here whole columns are asked; the few records that stand out are then asked one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import NoneType

from mineaction_desktop.formdef.expressions import Expression
from mineaction_desktop.formdef.form import Field, Form
from mineaction_desktop.formdef.operations import normal
from mineaction_desktop.formdef.steps import listed, mapped
from mineaction_desktop.formdef.types import TYPES

_WITH_WARNINGS = frozenset({"choice", "choices"})
"""Types whose readers give values with problems: of a retired code they only warn."""
_COMPARABLE = frozenset({NoneType, str, int, float, bool, list})


def doubtful(
    form: Form, columns: Mapping[str, Sequence[object]], count: int, today: date
) -> set[int]:
    """The places of the records that ``validate`` may find fault with; it finds none with others.

    The values must come from readers, which give none that is wrong by itself or says nothing.
    """
    screen = _Screen(form, columns, count, today)
    parts = (
        screen.hidden(),
        screen.missing(),
        screen.out_of_use(),
        screen.without_currency(),
        screen.implausible(),
        screen.against_rules(),
    )
    return {place for part in parts for place in part}


class _Screen:
    """The values of many records by column, held against their form."""

    def __init__(
        self, form: Form, columns: Mapping[str, Sequence[object]], count: int, today: date
    ) -> None:
        self._form = form
        self._count = count
        self._today = today
        self._columns = columns
        self._truths: dict[str, Sequence[bool | None]] = {}
        in_order = (name for name in form.fields if name in columns)
        self._given = {name: _normal(columns[name]) for name in in_order}

    def hidden(self) -> Iterator[int]:
        """Records with a value in a field that is not shown: it counts as empty."""
        for section in self._form.conditional:
            for field in section.fields:
                if field.name in self._given:
                    shown = self._all_true(section.relevant, field.relevant)
                    filled = self._filled(field.name)
                    yield from (place for place in filled if not shown[place])

    def missing(self) -> Iterator[int]:
        """Records without a value that the form demands of them."""
        relevant = {
            field.name: (section.relevant, field.relevant)
            for section in self._form.conditional
            for field in section.fields
        }
        for name in self._form.demanding:
            missing = self._missing(name)
            if missing:
                field = self._form.fields[name]
                demanded = self._all_true(_condition(field), *relevant.get(name, ()))
                yield from (place for place in missing if demanded[place])

    def out_of_use(self) -> Iterator[int]:
        """Records with a code that its list has retired."""
        for name in self._given:
            field = self._form.fields[name]
            if field.type in _WITH_WARNINGS:
                values = self._columns[name]
                different = {id(value): value for value in values if value is not None}
                faulty = {
                    place
                    for place, value in different.items()
                    if TYPES[field.type].problems(value, field)
                }
                if faulty:
                    yield from (n for n, value in enumerate(values) if id(value) in faulty)

    def without_currency(self) -> Iterator[int]:
        """Records with an amount of no currency."""
        for name in self._given:
            currency = self._form.fields[name].currency_field
            if currency is not None:
                yield from set(self._filled(name)).difference(self._filled(currency))

    def implausible(self) -> Iterator[int]:
        """Records with a value that the form says is not plausible."""
        for name in self._given:
            constraint = self._form.fields[name].constraint
            if constraint is not None:
                yield from self._false(constraint)

    def against_rules(self) -> Iterator[int]:
        """Records with values that do not go together."""
        for rule in self._form.rules:
            yield from self._false(rule.check)

    def _filled(self, name: str) -> Iterator[int]:
        values = self._given.get(name, ())
        return (place for place, value in enumerate(values) if value is not None)

    def _missing(self, name: str) -> Sequence[int]:
        values = self._given.get(name)
        if values is None:
            return range(self._count)
        return [n for n, value in enumerate(values) if value is None] if None in values else ()

    def _false(self, condition: Expression) -> Iterator[int]:
        truths = self._truth(condition)
        return (
            (n for n, truth in enumerate(truths) if truth is False) if False in truths else iter(())
        )

    def _all_true(self, *conditions: Expression | None) -> Sequence[bool]:
        found = [self._truth(condition) for condition in conditions if condition is not None]
        return [all(truths) for truths in zip(*found, strict=True)] or [True] * self._count

    def _truth(self, condition: Expression) -> Sequence[bool | None]:
        if condition.text not in self._truths:
            truths = condition.truths(self._given, self._today, self._count)
            self._truths[condition.text] = truths
        return self._truths[condition.text]


def _normal(values: Sequence[object]) -> Sequence[object]:
    """Values as conditions compare them; only dates have another form there."""
    if _COMPARABLE.issuperset(map(type, values)):
        return values
    return listed(mapped(normal, [values]), len(values))


def _condition(field: Field) -> Expression | None:
    """When a field that may be demanded is; nothing if always."""
    is_always = field.obligatory or isinstance(field.required, bool)
    return None if is_always or isinstance(field.required, bool) else field.required
