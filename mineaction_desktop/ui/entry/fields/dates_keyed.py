"""Dates typed as digits: ``2301`` is the 23rd of January of this year, ``230125`` of 2025.

What is typed becomes the text that the date types of ``formdef`` read; every other text passes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from mineaction_desktop.formdef.reading_dates import EARLIEST, LATEST
from mineaction_desktop.formdef.wording import plain

Order = Literal["dmy", "mdy", "ymd"]
"""In which order the person writes day, month and year."""

_RANGE = re.compile(r"\s*(?:\.{2,3}|…)\s*")
_TWO = re.compile(r"(\d{1,2})[./ -](\d{1,2})[./]?\Z")
_THREE = re.compile(r"(\d{1,2})([./ -])(\d{1,2})\2(\d{4}|\d{2})\Z")
_AHEAD = 10
"""A year of two digits is at most so many years ahead."""


@dataclass(frozen=True, slots=True)
class Keyed:
    """The date in ISO form, or the text as it was; ``other`` is a second way to read the digits."""

    text: str
    other: str = ""


def keyed_date(text: str, *, today: date, order: Order = "dmy", whole_day: bool = False) -> Keyed:
    """Read typed digits; ``whole_day`` is for fields that hold nothing but a full date."""
    bare = " ".join(plain(text).split())
    sides = _RANGE.split(bare)
    if len(sides) == 2 and all(sides):
        ends = [keyed_date(side, today=today, order=order, whole_day=whole_day) for side in sides]
        return Keyed("/".join(end.text for end in ends))
    found = _readings(bare, today, order, whole_day=whole_day)
    readings = list(dict.fromkeys(filter(None, found)))
    if not readings:
        return Keyed(text)
    return Keyed(readings[0], readings[1] if len(readings) > 1 else "")


def _readings(bare: str, today: date, order: Order, *, whole_day: bool) -> Iterator[str]:
    """Every way to read the digits, the usual one first."""
    if bare.isascii() and bare.isdigit():
        yield from _of_digits(bare, today, order, whole_day=whole_day)
    elif found := _TWO.match(bare):
        yield from _day_month(found[1], found[2], str(today.year), order)
    elif found := _THREE.match(bare):
        marked = "dmy" if found[2] == "." else order
        year = _full_year(found[4], today)
        one, other = found[1], found[3]
        if len(found[4]) == 2 and marked == "ymd":
            yield from _iso(_full_year(one, today), other, found[4])
        yield from _day_month(one, other, year, "mdy" if marked == "mdy" else "dmy")


def _of_digits(bare: str, today: date, order: Order, *, whole_day: bool) -> Iterator[str]:
    """Digits alone: days in the person's order, months, and days in the other order at last."""
    this_year, shape = str(today.year), len(bare)
    if shape <= 2:
        yield from _iso(this_year, f"{today.month:02}", bare)
    if shape == 4 and not whole_day and EARLIEST <= int(bare) <= LATEST:
        yield bare
    days = _days(bare, today, order)
    yield from days[:1]
    if not whole_day and shape == 4:
        yield from _iso(_full_year(bare[2:], today), bare[:2])
    if not whole_day and shape == 6:
        yield from _iso(bare[:4], bare[4:])
        yield from _iso(bare[2:], bare[:2])
    yield from days[1:]


def _days(bare: str, today: date, order: Order) -> list[str]:
    """The day that four, six or eight digits name in the person's order, or else in another."""
    one, other, rest = bare[:2], bare[2:4], bare[4:]
    if len(bare) == 8:
        iso = _iso(bare[:4], bare[4:6], bare[6:])
        return [*iso, *_day_month(one, other, rest, order)]
    if len(bare) == 6 and order == "ymd":
        return list(_iso(_full_year(one, today), other, rest))
    if len(bare) not in {4, 6}:
        return []
    year = _full_year(rest, today) if rest else str(today.year)
    own = list(_day_in(one, other, year, order))
    return own or ["", *_day_month(one, other, year, order)]


def _day_month(one: str, other: str, year: str, order: Order) -> Iterator[str]:
    """Day and month in the person's order; the other way round only if that is impossible."""
    usual = list(_day_in(one, other, year, order))
    yield from usual or _day_in(other, one, year, order)


def _day_in(one: str, other: str, year: str, order: Order) -> Iterator[str]:
    yield from _iso(year, other, one) if order == "dmy" else _iso(year, one, other)


def _full_year(year: str, today: date) -> str:
    if len(year) == 4:
        return year
    full = 2000 + int(year)
    return str(full if full <= today.year + _AHEAD else full - 100)


def _iso(year: str, month: str, day: str | None = None) -> Iterator[str]:
    """The date in ISO form, if there is such a date in the years that are kept."""
    if not EARLIEST <= int(year) <= LATEST:
        return
    try:
        date(int(year), int(month), int(day or 1))
    except ValueError:
        return
    yield f"{year}-{int(month):02}" if day is None else f"{year}-{int(month):02}-{int(day):02}"
