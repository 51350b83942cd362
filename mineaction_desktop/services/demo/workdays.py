"""Days on which field teams work: no weekends, no turn of the year, no deep southern winter."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, timedelta

from mineaction_desktop.services.demo.book import FIRST_YEAR, LAST_DAY


def _is_workday(day: date) -> bool:
    in_winter = (6, 16) <= (day.month, day.day) <= (7, 31)
    at_turn = (day.month, day.day) >= (12, 20) or (day.month, day.day) <= (1, 7)
    return day.weekday() < 5 and not in_winter and not at_turn


_FIRST = date(FIRST_YEAR, 1, 1)

WORKDAYS: tuple[date, ...] = tuple(
    day
    for day in (_FIRST + timedelta(days=i) for i in range((LAST_DAY - _FIRST).days + 1))
    if _is_workday(day)
)
"""The working days of the reporting years; schedules count in positions of this list."""


def position(day: date) -> int:
    """The position of the first working day that is not before ``day``."""
    return bisect_left(WORKDAYS, day)
