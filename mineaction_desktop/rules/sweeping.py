"""Walking through a ledger day by day, to see whether it was ever overdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mineaction_desktop.domain.ledger import LedgerRules
from mineaction_desktop.storage.queries import Fact


@dataclass(frozen=True, slots=True)
class Overdraft:
    """The first day on which a balance was below zero, and the last movement of that day."""

    on: date
    balance: int
    row: Fact


def first_overdraft(
    rules: LedgerRules, movements: Iterable[Fact], quantity: str
) -> Overdraft | None:
    """The first overdraft of one account; movements of one day count together.

    A movement with a vague date counts on its last day, so one that adds may really have come
    earlier: an account with such dates is only held to its balance at the end.
    """
    signed = sorted(
        (
            (row["date"].last, rules.signs[row["kind"]] * row[quantity], row)
            for row in movements
            if row["kind"] in rules.signs
        ),
        key=lambda entry: entry[0],
    )
    if any(amount > 0 and not row["date"].is_exact for _, amount, row in signed):
        signed = [(signed[-1][0], amount, row) for _, amount, row in signed]
    balance = 0
    for index, (on, amount, row) in enumerate(signed):
        balance += amount
        is_end_of_day = index + 1 == len(signed) or signed[index + 1][0] != on
        if balance < 0 and is_end_of_day:
            return Overdraft(on, balance, row)
    return None
