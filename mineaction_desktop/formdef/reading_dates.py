"""Dates as papers and files write them, read only where there is one way to read them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from babel import Locale

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.formdef.wording import key, plain

EARLIEST, LATEST = 1900, 2100
LOCALES = ("en", "fr", "es", "ru", "pt", "ar", "ar_SY", "ar_DZ", "ar_MA")
"""Whose month names are read; Arabic has three sets."""

_RANGE = re.compile(r"\s+(?:-|to|until|au|a|al|до|إلى)\s+|[\u2013\u2014]", re.IGNORECASE)
_YEARS = re.compile(r"(\d{4}) ?[-/] ?(\d{4})\Z")
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?Z| ?[+-]\d{2}:?\d{2})?\Z")
_YEAR = re.compile(r"\d{4}\Z")
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?\Z")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})\Z")
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})\Z")
_NAMED = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th|er|º|\.)?[ -]+)?(?:de )?"  # 1st, 1er, 6 de
    r"([^\W\d_][^\d,]*?)\.?[ -]+(?:de )?(\d+)\Z"  # agosto de 2019
)
_NAMED_FIRST = re.compile(r"([^\W\d_][^\d,]*?)\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d+)\Z")
_LOOSE_MARK = re.compile(r"(?<=\d) ?([./]) ?(?=\d)")
_SERIAL = re.compile(r"[2-7]\d{4}(?:[.,]\d+)?\Z")


class Fault(Enum):
    """Why a text is no date that can be taken over."""

    SHAPE = auto()
    TWO_WAYS = auto()
    SHORT_YEAR = auto()
    IMPOSSIBLE = auto()
    FAR_YEAR = auto()
    SERIAL = auto()
    TURNED = auto()


@dataclass(frozen=True, slots=True)
class Unread:
    """A text that was not taken for a date; ``readings`` are the ways it could be read."""

    fault: Fault
    readings: tuple[str, ...] = ()


def read_date(text: str, *, day_first: bool | None = None) -> PartialDate | Unread:
    """Read a day, a month, a year or a range; ``day_first`` settles what 03/04/2019 means."""
    bare = _LOOSE_MARK.sub(r"\1", " ".join(plain(text).split()))
    if years := _YEARS.match(bare):
        return _joined(years[1], years[2], day_first=day_first)
    parts = [part.strip() for part in _RANGE.split(bare)]
    if len(parts) == 1 and "/" in bare:
        halves = bare.split("/")
        if len(halves) == 2 and all(
            _YEAR_FIRST.match(half) or _YEAR.match(half) for half in halves
        ):
            parts = halves
    if len(parts) == 2:
        return _joined(parts[0], parts[1], day_first=day_first)
    return _point(bare, day_first=day_first)


def _joined(start: str, end: str, *, day_first: bool | None) -> PartialDate | Unread:
    first, last = _point(start, day_first=day_first), _point(end, day_first=day_first)
    for side in (first, last):
        if isinstance(side, Unread):
            return side
    try:
        return PartialDate.parse(f"{first}/{last}")
    except ValueError:
        return Unread(Fault.TURNED)


def _point(text: str, *, day_first: bool | None) -> PartialDate | Unread:
    """One day, month or year."""
    text = _TIME.sub("", text)
    if _YEAR.match(text):
        return _made(int(text))
    if found := _YEAR_FIRST.match(text):
        return _year_first(found)
    if found := _MONTH_YEAR.match(text):
        return _made(int(found[2]), int(found[1]))
    if found := _DAY_MONTH_YEAR.match(text):
        return _day_month_year(found, day_first=day_first)
    if _SERIAL.match(text):
        return Unread(Fault.SERIAL)
    return _named(text)


def _year_first(found: re.Match[str]) -> PartialDate | Unread:
    year, mark, month, day = found.groups()
    if day is None and mark == "/":
        later = f"{year[:2]}{month}"
        if len(month) == 2 and int(later) > int(year):
            # 2011/12 can be December 2011 or the years 2011 to 2012
            return (
                Unread(Fault.TWO_WAYS, (f"{year}-{month}", f"{year}/{later}"))
                if int(month) <= 12
                else Unread(Fault.SHORT_YEAR)
            )
    return _made(int(year), int(month), None if day is None else int(day))


def _day_month_year(found: re.Match[str], *, day_first: bool | None) -> PartialDate | Unread:
    one, mark, other, year = found.groups()
    if len(year) == 2:
        return Unread(Fault.SHORT_YEAR)
    first, second = int(one), int(other)
    if mark == "." or first == second or first > 12 >= second:
        day_first = True
    elif second > 12 >= first:
        day_first = False
    if day_first is None:
        ways = _made(int(year), second, first), _made(int(year), first, second)
        readings = tuple(str(way) for way in ways if isinstance(way, PartialDate))
        return Unread(Fault.TWO_WAYS, readings) if len(readings) == 2 else ways[0]
    day, month = (first, second) if day_first else (second, first)
    return _made(int(year), month, day)


def _named(text: str) -> PartialDate | Unread:
    """A date with the month as a word."""
    if found := _NAMED_FIRST.match(text):
        name, day, year = found.groups()
    elif found := _NAMED.match(text):
        day, name, year = found.groups()
    else:
        return Unread(Fault.SHAPE)
    month = _months().get(key(name))
    if month is None:
        return Unread(Fault.SHAPE)
    if len(year) != 4:
        return Unread(Fault.SHORT_YEAR if len(year) == 2 else Fault.SHAPE)
    return _made(int(year), month, None if day is None else int(day))


def _made(year: int, month: int | None = None, day: int | None = None) -> PartialDate | Unread:
    if not EARLIEST <= year <= LATEST:
        return Unread(Fault.FAR_YEAR)
    parts = [f"{year:04}"] + [f"{part:02}" for part in (month, day) if part is not None]
    try:
        return PartialDate.parse("-".join(parts))
    except ValueError:
        return Unread(Fault.IMPOSSIBLE)


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """Month names by matching key; a name that means two months in two countries is left out."""
    found: dict[str, set[int]] = {}
    for name in LOCALES:
        for context in Locale.parse(name).months.values():
            for width in ("wide", "abbreviated"):
                for number, word in context.get(width, {}).items():
                    found.setdefault(key(word), set()).add(number)
    found.setdefault("sept", set()).add(9)
    return {word: numbers.pop() for word, numbers in found.items() if len(numbers) == 1}
