"""One ledger for stock, retained mines and land: exact, and open to the movement behind a number.

A movement has a kind, and the kind alone says whether it adds or takes away. The closing of one
period is the opening of the next by construction, because both are sums over the same movements
(Article 7 reference 2.13, data-standards reference 3.3).

A ``counted`` movement changes nothing: it states what somebody found when counting, and the
difference to the books is named until a documented correction explains it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from mineaction_desktop.domain.periods import Period

Account = tuple[str | None, ...]
"""What a balance is kept for: an area and its class; a type, lot, holder and pool; and so on."""

COUNTED = "counted"


@dataclass(frozen=True, slots=True)
class LedgerRules:
    """The kinds of movement of one ledger, each with its sign, in the order they are shown."""

    name: str
    signs: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Movement:
    """One event of a ledger; ``quantity`` is never negative, the kind carries the sign."""

    id: str
    on: date
    account: Account
    kind: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Total:
    """What the movements of one kind add up to in one account, before and within a period."""

    account: Account
    kind: str
    before: int
    within: int


@dataclass(frozen=True, slots=True)
class Balance:
    """One account over one period; amounts of ``flows`` are signed."""

    account: Account
    opening: int
    flows: Mapping[str, int] = field(default_factory=dict)

    @property
    def closing(self) -> int:
        """What is left at the end of the period."""
        return self.opening + sum(self.flows.values())


@dataclass(frozen=True, slots=True)
class Difference:
    """What somebody counted against what the books said at the end of that day.

    ``parts`` are the movements behind the books, each with its signed quantity.
    """

    movement_id: str
    account: Account
    on: date
    counted: int
    parts: tuple[tuple[str, int], ...]

    @property
    def booked(self) -> int:
        """The balance by the books."""
        return sum(amount for _, amount in self.parts)

    @property
    def unexplained(self) -> int:
        """How much more was counted than booked; negative when less."""
        return self.counted - self.booked


def totals(movements: Iterable[Movement], period: Period) -> list[Total]:
    """Add movements up by account and kind; those after the period do not exist for it."""
    sums: dict[tuple[Account, str], list[int]] = defaultdict(lambda: [0, 0])
    for movement in movements:
        if movement.on <= period.last:
            within = movement.on >= period.first
            sums[movement.account, movement.kind][within] += movement.quantity
    return [
        Total(account, kind, before, within) for (account, kind), (before, within) in sums.items()
    ]


def balances(rules: LedgerRules, parts: Iterable[Total]) -> list[Balance]:
    """Turn totals into balances, in the order the accounts first appear.

    Raises ``KeyError`` for a kind that the ledger does not have.
    """
    opening: dict[Account, int] = {}
    flows: dict[Account, dict[str, int]] = {}
    for part in parts:
        sign = 0 if part.kind == COUNTED else rules.signs[part.kind]
        opening[part.account] = opening.get(part.account, 0) + sign * part.before
        account_flows = flows.setdefault(part.account, {})
        if sign and part.within:
            account_flows[part.kind] = account_flows.get(part.kind, 0) + sign * part.within
    return [Balance(account, opening[account], flows[account]) for account in opening]


def regroup(parts: Iterable[Balance], key: Callable[[Account], Account]) -> list[Balance]:
    """Add balances up under coarser accounts, such as areas by province."""
    opening: dict[Account, int] = {}
    flows: dict[Account, dict[str, int]] = {}
    for part in parts:
        account = key(part.account)
        opening[account] = opening.get(account, 0) + part.opening
        account_flows = flows.setdefault(account, {})
        for kind, amount in part.flows.items():
            account_flows[kind] = account_flows.get(kind, 0) + amount
    return [Balance(account, opening[account], flows[account]) for account in opening]


def differences(rules: LedgerRules, movements: Sequence[Movement]) -> list[Difference]:
    """Compare each count with the books at the end of its day, in order of time."""
    by_account: dict[Account, list[Movement]] = defaultdict(list)
    for movement in movements:
        by_account[movement.account].append(movement)
    found: list[Difference] = []
    for account, entries in by_account.items():
        for count in (entry for entry in entries if entry.kind == COUNTED):
            parts = tuple(
                (entry.id, rules.signs[entry.kind] * entry.quantity)
                for entry in entries
                if entry.kind != COUNTED and entry.on <= count.on
            )
            found.append(Difference(count.id, account, count.on, count.quantity, parts))
    return sorted(found, key=lambda difference: (difference.on, difference.movement_id))
