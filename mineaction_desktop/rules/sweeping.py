"""Walking through a ledger day by day, to see whether it was ever overdrawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from mineaction_desktop.domain.ledger import Account, LedgerRules, regroup
from mineaction_desktop.domain.periods import Period
from mineaction_desktop.storage.ledgers import LedgerTable
from mineaction_desktop.storage.questions import Booked, booked
from mineaction_desktop.storage.view import View


@dataclass(frozen=True, slots=True)
class Overdraft:
    """The first day on which a balance was below zero, and the last movement of that day.

    There is none where the balance was below zero before the period began.
    """

    on: date
    balance: int
    movement: Booked | None


def overdrafts(
    view: View, ledger: LedgerTable, key: Callable[[Account], Account]
) -> Iterator[tuple[Account, Overdraft]]:
    """The first overdraft of each account in the period, under coarser accounts."""
    moved: dict[Account, list[Booked]] = defaultdict(list)
    for row in booked(view.reader, ledger, tuple(ledger.rules.signs), view.period, view.counting):
        moved[key(row.account)].append(row)
    for balance in regroup(view.balances(ledger), key):
        entries = moved.get(balance.account, [])
        if dip := _first_overdraft(ledger.rules, balance.opening, entries, view.period):
            yield balance.account, dip


def _first_overdraft(
    rules: LedgerRules, opening: int, movements: Iterable[Booked], period: Period
) -> Overdraft | None:
    """The first overdraft of one account in a period; movements of one day count together.

    A movement with a vague date counts on its last day, so one that adds may really have come
    earlier: an account with such dates is only held to its balance at the end.
    """
    signed = sorted(
        ((row.date.last, rules.signs[row.kind] * row.quantity, row) for row in movements),
        key=lambda entry: entry[0],
    )
    if any(amount > 0 and not row.date.is_exact for _, amount, row in signed):
        signed = [(signed[-1][0], amount, row) for _, amount, row in signed]
    elif opening < 0:
        return Overdraft(period.first, opening, None)
    balance = opening
    for index, (on, amount, row) in enumerate(signed):
        balance += amount
        is_end_of_day = index + 1 == len(signed) or signed[index + 1][0] != on
        if balance < 0 and is_end_of_day:
            return Overdraft(on, balance, row)
    return None
