"""Dates as papers give them: a day, a month, a year, or a range of these.

A partial date covers the days from ``first`` to ``last``. In a ledger an event counts on its last
day, because before that nobody can say that it has happened.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, total_ordering

_KEPT = 65_536
_POINT = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")


def _span(text: str) -> tuple[date, date]:
    found = _POINT.match(text)
    if found is None:
        raise ValueError(text)
    year, month, day = (int(part) if part else None for part in found.groups())
    if year is None:  # the pattern always yields a year
        raise ValueError(text)
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    exact = date(year, month, day)
    return exact, exact


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day, a month, a year or a range: ``2019-08-06``, ``2019-08``, ``1994``, ``1992/1995``."""

    text: str
    first: date
    last: date

    @staticmethod
    def parse(text: str) -> PartialDate:
        """Read the ISO form; raise ``ValueError`` for anything else or an impossible date."""
        return _parsed(text)

    @staticmethod
    def of(day: date) -> PartialDate:
        """Return the partial date that is exactly one day."""
        return PartialDate(day.isoformat(), day, day)

    @property
    def is_exact(self) -> bool:
        """Whether the date is a single day."""
        return self.first == self.last

    def __lt__(self, other: PartialDate) -> bool:
        return (self.last, self.first) < (other.last, other.first)

    def __str__(self) -> str:
        return self.text


@lru_cache(_KEPT)  # a register repeats its dates, and reading one costs as much as a small query
def _parsed(text: str) -> PartialDate:
    start, slash, end = text.strip().partition("/")
    first, last = _span(start)
    if slash:
        _, last = _span(end)
        if last < first:
            raise ValueError(text)
    return PartialDate(text.strip(), first, last)
