"""Fields of numbers: counts, areas, measures and money."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from babel.core import get_global

from mineaction_desktop.domain.problems import Problem
from mineaction_desktop.formdef.fieldproblems import problem
from mineaction_desktop.formdef.fieldtype import (
    PLAIN,
    FieldContext,
    FieldType,
    Given,
    Reader,
    wrong_kind,
)
from mineaction_desktop.formdef.form import Field
from mineaction_desktop.formdef.reading_numbers import (
    Reading,
    converted,
    is_power,
    read_number,
    unit_called,
    units_like,
)
from mineaction_desktop.formdef.reading_words import NO_NUMBER
from mineaction_desktop.formdef.types_text import as_text
from mineaction_desktop.formdef.wording import key, listing

TOO_MUCH = 10**15
"""From here on a measured number is a slip, and a decimal would lose digits."""

_FEW_DIGITS = 15
"""Fewer digits than this make a number that is not too much."""

ANY_DECIMALS = 99
"""Where measured numbers are written, any number of decimals is usual."""

LARGEST = 2**63 - 1
"""The greatest whole number that the store keeps."""

_CURRENCY = re.compile(
    r"\s*(?:([A-Za-z]{3})\s*(?=[\d.,+-]))?(.*?)(?:(?<=[\d.,\s])([A-Za-z]{3})\s*)?\Z", re.DOTALL
)


_Amounts = tuple[Decimal, Decimal | None]
"""An amount as it stands, and what it is if its mark parts thousands."""


def _is_whole(amount: Decimal) -> bool:
    return amount == amount.to_integral_value()


def _shown(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


def _reading(given: Given, field: Field, context: FieldContext) -> Reading | Problem:
    """What is given as a number, its unit still beside it."""
    match given:
        case bool():
            return problem("FIELD-010", field, given)
        case int() | float() | Decimal():
            amount = Decimal(repr(given) if isinstance(given, float) else given)
            if amount.is_finite():
                return Reading(amount, None, "", "")
        case str():
            return _reading_of_text(given, field, context)
    return problem("FIELD-010", field, given)


def _reading_of_text(given: str, field: Field, context: FieldContext) -> Reading | Problem:
    if key(given) in NO_NUMBER:
        return problem("FIELD-002", field, given)
    if is_power(given):
        return problem("FIELD-017", field, given)
    mark = context.decimal_mark
    found = read_number(given, mark)
    if found is None and mark is not None:
        other = "," if mark == "." else "."
        example = given.replace(other, mark)
        if given.count(other) == 1 and mark not in given and read_number(example, mark):
            return problem("FIELD-009", field, given, example=example)
    return found or problem("FIELD-010", field, given)


def _settled(
    given: Given, field: Field, reading: Reading, amounts: _Amounts, decimals: int
) -> Decimal | Problem:
    """The one amount that is meant, or the problem that there are two.

    A comma before three digits parts thousands where nobody writes so many ``decimals``; a point
    may also be what is left of a decimal that a file cut off, so it stays open.
    """
    amount, grouped = amounts
    if grouped is None:
        return amount
    if reading.mark == "," and decimals < 3:
        return grouped
    one, other = _shown(reading.value), _shown(reading.grouped or reading.value)
    return problem("FIELD-011", field, given, one=one, other=other)


def _in_unit(given: Given, field: Field, reading: Reading) -> _Amounts | Problem:
    """Both readings in the unit that the record keeps."""
    if field.unit is None:
        if reading.unit:
            return problem("FIELD-019" if unit_called(reading.unit) else "FIELD-010", field, given)
        return reading.value, reading.grouped
    unit = unit_called(reading.unit) if reading.unit else field.typed_unit or field.unit
    amount = None if unit is None else converted(reading.value, unit, field.unit)
    if unit is None or amount is None:
        units = listing(units_like(field.unit) or [field.unit])
        return problem("FIELD-015", field, given, units=units)
    grouped = None if reading.grouped is None else converted(reading.grouped, unit, field.unit)
    return amount, grouped


def _limits(value: float, field: Field) -> list[Problem]:
    if field.minimum is not None and value < field.minimum:
        return [problem("FIELD-013", field, value, limit=field.minimum)]
    if field.maximum is not None and value > field.maximum:
        return [problem("FIELD-014", field, value, limit=field.maximum)]
    return []


class Number(FieldType):
    """A measured number with decimals."""

    decimals = ANY_DECIMALS
    made: Callable[[str | int], int | float] = float
    """Makes the value of plain digits."""

    def reader(self, field: Field, context: FieldContext = PLAIN) -> Reader:
        at_length, make = super().reader(field, context), self.made
        if field.typed_unit not in {None, field.unit}:
            return at_length
        low = 1 - TOO_MUCH if field.minimum is None else field.minimum
        high = TOO_MUCH - 1 if field.maximum is None else field.maximum

        def read(given: Given) -> object:
            if type(given) is int or (
                isinstance(given, str)
                and len(given) < _FEW_DIGITS
                and given.isdecimal()
                and given.isascii()
            ):
                value = make(given)
                if low <= value <= high:
                    return value
            return at_length(given)

        return read

    def _parse(self, given: Given, field: Field, context: FieldContext) -> object:
        amount = self._amount(given, field, context)
        if isinstance(amount, Problem):
            return amount
        return problem("FIELD-018", field, given) if abs(amount) >= TOO_MUCH else float(amount)

    def _amount(self, given: Given, field: Field, context: FieldContext) -> Decimal | Problem:
        """The amount in the unit that the record keeps."""
        reading = _reading(given, field, context)
        if isinstance(reading, Problem):
            return reading
        amounts = _in_unit(given, field, reading)
        if isinstance(amounts, Problem):
            return amounts
        in_own_unit = amounts[0] == reading.value
        return _settled(
            given, field, reading, amounts, self.decimals if in_own_unit else ANY_DECIMALS
        )

    def problems(self, value: object, field: Field) -> list[Problem]:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or value - value != 0:
            return wrong_kind(value, field)
        return _limits(value, field)

    def _text(self, value: object, field: Field, context: FieldContext) -> str:
        del context
        text = as_text(value) or str(value)
        # a bare number would be taken for the other unit
        return f"{text} {field.unit}" if field.typed_unit and field.unit else text


class Whole(Number):
    """A whole number: a count, an area in square metres, a number of things."""

    decimals = 0
    made = int

    def _parse(self, given: Given, field: Field, context: FieldContext) -> object:
        amount = self._amount(given, field, context)
        if isinstance(amount, Problem):
            return amount
        if not _is_whole(amount):
            if field.unit is None:
                return problem("FIELD-012", field, given)
            return problem("FIELD-016", field, given, unit=field.unit)
        return problem("FIELD-018", field, given) if abs(amount) > LARGEST else int(amount)

    def problems(self, value: object, field: Field) -> list[Problem]:
        if isinstance(value, bool) or not isinstance(value, int):
            return wrong_kind(value, field)
        if abs(value) > LARGEST:
            return [problem("FIELD-018", field, value)]
        return _limits(value, field)


def decimals(currency: str) -> int:
    """How many decimals the minor unit of a currency has."""
    fractions = get_global("currency_fractions")
    return int(fractions.get(currency, fractions["DEFAULT"])[0])


_WHOLE = Whole()


class Money(FieldType):
    """An amount typed in major units and kept in minor units of the record's currency."""

    def _parse(self, given: Given, field: Field, context: FieldContext) -> object:
        currency = context.currency
        if isinstance(given, str):
            named, given = _without_currency(given)
            if currency and named and named != currency:
                return problem("FIELD-052", field, given, currency=currency)
        reading = _reading(given, field, context)
        if isinstance(reading, Problem):
            return reading
        if reading.unit:
            return problem("FIELD-010", field, given)
        if not currency:
            return problem("FIELD-050", field, given)
        return self._minor(given, field, reading, currency)

    def _minor(self, given: Given, field: Field, reading: Reading, currency: str) -> int | Problem:
        digits = decimals(currency)
        amount = _settled(given, field, reading, (reading.value, reading.grouped), digits)
        if isinstance(amount, Problem):
            return amount
        minor = amount.scaleb(digits)
        if not _is_whole(minor):
            return problem("FIELD-051", field, given, currency=currency, digits=digits)
        return problem("FIELD-018", field, given) if abs(minor) > LARGEST else int(minor)

    def problems(self, value: object, field: Field) -> list[Problem]:
        return _WHOLE.problems(value, field)

    def _text(self, value: object, field: Field, context: FieldContext) -> str:
        del field
        if not isinstance(value, int):
            return str(value)
        digits = decimals(context.currency or "")
        return f"{Decimal(value).scaleb(-digits):.{digits}f}"


def _without_currency(text: str) -> tuple[str | None, str]:
    """A currency code before or behind an amount, and the amount."""
    found = _CURRENCY.match(text)
    if found is None or not found[2].strip():
        return None, text
    named = found[1] or found[3]
    return (named.upper(), found[2].strip()) if named else (None, text)
