"""The ledger engine promises exact balances that carry over from one period to the next."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mineaction_desktop.domain.ledger import (
    COUNTED,
    Balance,
    LedgerRules,
    Movement,
    balances,
    differences,
    regroup,
    totals,
)
from mineaction_desktop.domain.periods import Period
from mineaction_desktop.domain.vocabulary import LAND, RETAINED, STOCK

LEDGERS = st.sampled_from([LAND, STOCK, RETAINED])
DAYS = st.dates(date(2018, 1, 1), date(2026, 12, 31))


@st.composite
def histories(draw: st.DrawFn) -> tuple[LedgerRules, list[Movement]]:
    rules = draw(LEDGERS)
    kinds = st.sampled_from([*rules.signs, COUNTED])
    accounts = st.tuples(st.sampled_from(["a", "b", "c", None]), st.sampled_from(["x", "y"]))
    rows = draw(st.lists(st.tuples(DAYS, accounts, kinds, st.integers(0, 10**12)), max_size=60))
    return rules, [
        Movement(f"m{number}", day, account, str(kind), quantity)
        for number, (day, account, kind, quantity) in enumerate(rows)
    ]


def by_account(
    rules: LedgerRules, movements: list[Movement], period: Period
) -> dict[object, Balance]:
    return {b.account: b for b in balances(rules, totals(movements, period))}


@given(histories(), st.integers(2018, 2026))
def test_closing_of_each_year_is_the_opening_of_the_next(
    history: tuple[LedgerRules, list[Movement]], year: int
) -> None:
    rules, movements = history
    this = by_account(rules, movements, Period.of_year(year))
    following = by_account(rules, movements, Period.of_year(year + 1))
    for account, balance in this.items():
        assert balance.closing == following[account].opening
    for account in following.keys() - this.keys():
        assert following[account].opening == 0


@given(histories(), DAYS, st.integers(0, 1200))
def test_any_period_closes_to_the_sum_of_everything_before_its_end(
    history: tuple[LedgerRules, list[Movement]], first: date, length: int
) -> None:
    rules, movements = history
    period = Period(first, first + timedelta(days=length))
    for account, balance in by_account(rules, movements, period).items():
        booked = sum(
            rules.signs[m.kind] * m.quantity
            for m in movements
            if m.account == account and m.on <= period.last and m.kind != COUNTED
        )
        assert balance.closing == booked


@given(histories(), st.integers(2018, 2026))
def test_grouping_changes_no_sum(history: tuple[LedgerRules, list[Movement]], year: int) -> None:
    rules, movements = history
    fine = balances(rules, totals(movements, Period.of_year(year)))
    coarse = regroup(fine, lambda account: account[1:])
    assert sum(b.closing for b in fine) == sum(b.closing for b in coarse)
    assert sum(b.opening for b in fine) == sum(b.opening for b in coarse)


@given(histories())
def test_a_count_changes_no_balance_and_is_compared_with_the_books_of_its_day(
    history: tuple[LedgerRules, list[Movement]],
) -> None:
    rules, movements = history
    without = [m for m in movements if m.kind != COUNTED]
    year = Period.of_year(2026)
    closing = {a: b.closing for a, b in by_account(rules, without, year).items()}
    for account, balance in by_account(rules, movements, year).items():
        assert balance.closing == closing.get(account, 0)
    for difference in differences(rules, movements):
        before = Period(date(1900, 1, 1), difference.on)
        booked = by_account(rules, without, before).get(difference.account)
        assert difference.booked == (booked.closing if booked else 0)
        assert difference.unexplained == difference.counted - difference.booked


def test_a_published_year_that_does_not_close_names_what_is_missing() -> None:
    year, end = date(2017, 12, 31), date(2016, 12, 31)
    rows = [
        (end, "opening", 66_000_000),
        (year, "cancelled", 1_770_000),
        (year, "reduced", 2_790_000),
        (year, "cleared", 1_660_000),
        (year, "new", 1_800_000),
        (year, COUNTED, 61_790_000),
    ]
    movements = [
        Movement(str(n), day, ("country",), kind, area) for n, (day, kind, area) in enumerate(rows)
    ]
    (balance,) = balances(LAND, totals(movements, Period.of_year(2017)))
    assert balance.closing == 61_580_000
    (difference,) = differences(LAND, movements)
    assert difference.unexplained == 210_000


def test_an_unknown_kind_of_movement_is_a_bug_not_a_zero() -> None:
    movement = Movement("1", date(2020, 1, 1), ("a",), "vanished", 5)
    with pytest.raises(KeyError):
        balances(LAND, totals([movement], Period.of_year(2020)))
