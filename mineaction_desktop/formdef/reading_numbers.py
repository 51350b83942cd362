"""Numbers as people and spreadsheets write them, with the unit behind them.

A mark that could part thousands as well as decimals gives two readings; nobody guesses here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from mineaction_desktop.formdef.wording import key, plain

DIGITS = 30
"""More digits than this are no number of the field."""

_ARABIC_DECIMAL = "\u066b"
_SHAPE = re.compile(
    rf"([+-]?) ?(\d[\d.,' {_ARABIC_DECIMAL}]*|[.,{_ARABIC_DECIMAL}]\d+)(.*)", re.DOTALL
)
_POWER = re.compile(r"[+-]?[\d.,]+[eE][+-]?\d+\Z")
_GROUPED = re.compile(r"\d{1,3}(?:([.,' ])\d{3})(?:\1\d{3})*\Z")
_GROUPED_BY_LAKH = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}\Z")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text can mean: ``value``, and ``grouped`` if its mark may as well part thousands."""

    value: Decimal
    grouped: Decimal | None
    mark: str
    unit: str


def is_power(text: str) -> bool:
    """Whether a number is written with a power of ten, as spreadsheets shorten long ones."""
    return _POWER.match(plain(text)) is not None


def read_number(text: str, decimal_mark: str | None = None) -> Reading | None:
    """Read a number and the words behind it; ``None`` if it does not start with one."""
    found = _SHAPE.match(plain(text))
    if found is None:
        return None
    sign, body, unit = found.groups()
    body = body.rstrip(" '")
    if sum(map(str.isdigit, body)) > DIGITS:
        return None
    value, grouped, mark = _readings(body, decimal_mark)
    if value is None:
        return None
    factor = -1 if sign == "-" else 1
    return Reading(
        value * factor, None if grouped is None else grouped * factor, mark, unit.strip()
    )


def _readings(body: str, decimal_mark: str | None) -> tuple[Decimal | None, Decimal | None, str]:
    """The plain reading, the other one if there is, and the mark in question."""
    marks = [mark for mark in ".," if mark in body]
    if _ARABIC_DECIMAL in body:
        return _decimal(body, _ARABIC_DECIMAL), None, _ARABIC_DECIMAL
    if decimal_mark is not None:
        return _decimal(body, decimal_mark), None, decimal_mark
    if len(marks) == 2:
        mark = max(marks, key=body.rfind)
        return _decimal(body, mark), None, mark
    if not marks:
        return _whole(body), None, ""
    mark = marks[0]
    if body.count(mark) > 1:
        return _whole(body), None, mark
    value = _decimal(body, mark)
    could_group = _GROUPED.match(body) is not None and not body.startswith("0")
    return value, _whole(body) if could_group else None, mark


def _decimal(body: str, mark: str) -> Decimal | None:
    whole, _, fraction = body.partition(mark)
    if fraction and not fraction.isdigit():
        return None
    number = _whole(whole) if whole else Decimal(0)
    return None if number is None else Decimal(f"{number}.{fraction or 0}")


def _whole(body: str) -> Decimal | None:
    if body.isdigit() or _GROUPED.match(body) or _GROUPED_BY_LAKH.match(body):
        return Decimal(re.sub(r"\D", "", body))
    return None


@dataclass(frozen=True, slots=True)
class _Unit:
    """What a unit measures, how much of the base unit it is, and how it is spelled."""

    measures: str
    factor: Decimal
    spellings: tuple[str, ...]


_UNITS: Mapping[str, _Unit] = {
    "m²": _Unit(
        "area",
        Decimal(1),
        (
            "m2",
            "sqm",
            "sq m",
            "square metres",
            "square meters",
            "м2",
            "кв м",
            "м кв",
            "متر مربع",
            "م2",
        ),
    ),
    "ha": _Unit(
        "area",
        Decimal(10_000),
        ("ha", "hectare", "hectares", "hectárea", "hectáreas", "га", "هكتار"),
    ),
    "km²": _Unit(
        "area",
        Decimal(1_000_000),
        ("km2", "sq km", "square kilometres", "square kilometers", "км2", "кв км", "كم2"),
    ),
    "dunum": _Unit(
        "area", Decimal(1000), ("dunum", "dunums", "dunam", "dunams", "donum", "donums", "دونم")
    ),
    "mm": _Unit("length", Decimal("0.001"), ("mm", "millimetres", "millimeters", "мм")),
    "cm": _Unit("length", Decimal("0.01"), ("cm", "centimetres", "centimeters", "см", "سم")),
    "m": _Unit("length", Decimal(1), ("m", "metre", "metres", "meter", "meters", "м", "م", "متر")),
    "km": _Unit("length", Decimal(1000), ("km", "kilometres", "kilometers", "км", "كم")),
    "g": _Unit("mass", Decimal(1), ("g", "gr", "gram", "grams", "grammes", "г", "غ")),
    "kg": _Unit(
        "mass", Decimal(1000), ("kg", "kilo", "kilos", "kilogram", "kilograms", "кг", "كغ")
    ),
    "°": _Unit("angle", Decimal(1), ("°", "º", "deg", "degree", "degrees")),
    "months": _Unit("time", Decimal(1), ("month", "months", "mois", "mes", "meses")),
    "years": _Unit("time", Decimal(12), ("year", "years", "yr", "yrs", "y", "ans", "años", "anos")),
    "B": _Unit("size", Decimal(1), ("b", "byte", "bytes")),
}
_SPELLED = {key(word): name for name, unit in _UNITS.items() for word in unit.spellings}


def unit_called(text: str) -> str | None:
    """The unit that a spelling stands for, such as ``sq m`` for ``m²``."""
    return _SPELLED.get(key(text.replace("^", "")))


def converted(amount: Decimal, unit: str, target: str) -> Decimal | None:
    """An amount in another unit; ``None`` where the two do not measure the same."""
    if unit == target:
        return amount
    one, other = _UNITS.get(unit), _UNITS.get(target)
    if one is None or other is None or one.measures != other.measures:
        return None
    return amount * one.factor / other.factor


def units_like(target: str) -> list[str]:
    """The units that can be typed where the target unit is kept."""
    kept = _UNITS.get(target)
    return [name for name, unit in _UNITS.items() if kept and unit.measures == kept.measures]
