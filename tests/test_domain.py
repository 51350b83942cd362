"""Dates, periods and deadlines of the Convention."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.deadlines import (
    annual_report_due,
    entry_into_force,
    initial_report_due,
    mined_area_deadline,
    stockpile_deadline,
)
from mineaction_desktop.domain.periods import Period


@pytest.mark.parametrize(
    ("deposited", "in_force"),
    [
        ("1999-04-29", "1999-10-01"),
        ("2002-07-05", "2003-01-01"),
        ("2003-09-18", "2004-03-01"),
        ("2005-12-27", "2006-06-01"),
        ("2004-05-12", "2004-11-01"),
        ("2000-07-21", "2001-01-01"),
        ("1999-10-12", "2000-04-01"),
        ("1999-07-28", "2000-01-01"),
        ("1998-09-08", "1999-03-01"),
        ("1998-01-05", "1999-03-01"),
    ],
)
def test_entry_into_force_follows_the_deposit(deposited: str, in_force: str) -> None:
    assert entry_into_force(date.fromisoformat(deposited)) == date.fromisoformat(in_force)


def test_deadlines_follow_entry_into_force() -> None:
    in_force = date(2004, 3, 1)
    assert stockpile_deadline(in_force) == date(2008, 3, 1)
    assert mined_area_deadline(in_force) == date(2014, 3, 1)
    assert initial_report_due(in_force) == date(2004, 8, 28)
    assert annual_report_due(2025) == date(2026, 4, 30)


def test_the_last_extension_granted_is_the_deadline_in_force() -> None:
    granted = [date(2019, 3, 1), date(2024, 3, 1)]
    assert mined_area_deadline(date(2004, 3, 1), granted) == date(2024, 3, 1)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019-08-06", "2019-08-06", "2019-08-06"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("1994", "1994-01-01", "1994-12-31"),
        ("1992/1995", "1992-01-01", "1995-12-31"),
        ("1992-05/1992-07", "1992-05-01", "1992-07-31"),
    ],
)
def test_a_partial_date_covers_its_days(text: str, first: str, last: str) -> None:
    value = PartialDate.parse(text)
    assert (value.first, value.last) == (date.fromisoformat(first), date.fromisoformat(last))
    assert str(value) == text


@pytest.mark.parametrize(
    "text", ["", "94", "2019-13", "2019-02-30", "1995/1992", "2019-8-6", "/", "2019-08-06T00:00"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        PartialDate.parse(text)


@given(st.dates(date(1, 1, 1), date(9999, 12, 30)))
def test_a_year_precision_date_counts_on_its_last_day(day: date) -> None:
    exact, year = PartialDate.of(day), PartialDate.parse(f"{day.year:04}")
    assert (exact < year) == (day != date(day.year, 12, 31))
    assert exact.is_exact
    assert not year.is_exact


def test_a_period_runs_forward() -> None:
    with pytest.raises(ValueError, match="2020"):
        Period(date(2020, 1, 2), date(2020, 1, 1))


@pytest.mark.parametrize(
    ("first", "last", "whole"),
    [
        (date(2020, 1, 1), date(2020, 12, 31), True),
        (date(2020, 1, 1), date(2021, 12, 31), False),
        (date(2019, 4, 30), date(2020, 4, 30), False),
    ],
)
def test_only_a_whole_year_is_an_annual_period(first: date, last: date, *, whole: bool) -> None:
    assert Period(first, last).is_calendar_year is whole
