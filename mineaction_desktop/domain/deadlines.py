"""Entry into force and the deadlines that follow from it (Articles 4, 5, 7 and 17)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

CONVENTION_IN_FORCE = date(1999, 3, 1)
STOCKPILE_YEARS = 4
MINED_AREA_YEARS = 10
INITIAL_REPORT_DAYS = 180


def entry_into_force(deposited: date) -> date:
    """First day of the sixth month after the month of deposit, and never before 1 March 1999."""
    months = deposited.month - 1 + 6
    day = date(deposited.year + months // 12, months % 12 + 1, 1)
    return max(day, CONVENTION_IN_FORCE)


def years_after(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes 28 February where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def stockpile_deadline(in_force: date) -> date:
    """Latest day for the destruction of stocks (Article 4); it cannot be extended."""
    return years_after(in_force, STOCKPILE_YEARS)


def mined_area_deadline(in_force: date, granted_until: Iterable[date] = ()) -> date:
    """Latest day for mined areas (Article 5.1), or the last extension granted (Article 5.5)."""
    return max([years_after(in_force, MINED_AREA_YEARS), *granted_until])


def initial_report_due(in_force: date) -> date:
    """Latest day for the initial report (Article 7.1)."""
    return in_force + timedelta(days=INITIAL_REPORT_DAYS)


def annual_report_due(year: int) -> date:
    """Latest day for the report that covers a calendar year (Article 7.2)."""
    return date(year + 1, 4, 30)
