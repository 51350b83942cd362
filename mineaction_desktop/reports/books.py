"""A ledger as figures: openings, flows and closings, each with the movements behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from mineaction_desktop.domain.ledger import COUNTED, Account, Balance, Total, balances
from mineaction_desktop.reports.figures import Contribution, Figure, Records, Unit, counted
from mineaction_desktop.storage.ledgers import LedgerKey, LedgerTable

Loader = Callable[[], Mapping[LedgerKey, Sequence[tuple[str, int]]]]


def _same(account: Account) -> Account:
    return account


class Book:
    """One ledger over one period, under accounts that ``group`` makes of the ledger's own.

    The movements themselves are read at most once, and only when somebody opens a figure.
    """

    def __init__(
        self,
        ledger: LedgerTable,
        totals: Iterable[Total],
        load: Loader,
        unit: Unit,
        group: Callable[[Account], Account] = _same,
    ) -> None:
        self._ledger = ledger
        self._load = load
        self._unit = unit
        self._parts: dict[Account, dict[Account, None]] = {}
        self._ever: dict[tuple[Account, str], int] = {}
        grouped: list[Total] = []
        for part in totals:
            account = group(part.account)
            self._parts.setdefault(account, {})[part.account] = None
            grouped.append(Total(account, part.kind, part.before, part.within))
            so_far = self._ever.get((account, part.kind), 0)
            self._ever[account, part.kind] = so_far + part.before + part.within
        self._balances = {balance.account: balance for balance in balances(ledger.rules, grouped)}

    @property
    def accounts(self) -> list[Account]:
        """Every account that has at least one movement up to the end of the period."""
        return list(self._balances)

    def balance(self, account: Account) -> Balance:
        """The numbers of one account."""
        return self._balances[account]

    def opening(self, account: Account, key: str) -> Figure:
        """The balance when the period starts."""
        value = self._balances[account].opening
        return self._figure(key, value, account, within=(False,))

    def closing(self, account: Account, key: str) -> Figure:
        """The balance when the period ends."""
        value = self._balances[account].closing
        return self._figure(key, value, account, within=(False, True))

    def flow(self, account: Account, kinds: Sequence[str], key: str, sign: int = 1) -> Figure:
        """What some kinds of movement changed in the period; ``sign`` -1 prints what left."""
        flows = self._balances[account].flows
        value = sign * sum(flows.get(kind, 0) for kind in kinds)
        return self._figure(key, value, account, within=(True,), kinds=kinds, sign=sign)

    def ever(self, account: Account, kinds: Sequence[str], key: str, sign: int = 1) -> Figure:
        """What some kinds of movement changed from the beginning to the end of the period."""
        signs = self._ledger.rules.signs
        value = sum(sign * signs[kind] * self._ever.get((account, kind), 0) for kind in kinds)
        return self._figure(key, value, account, within=(False, True), kinds=kinds, sign=sign)

    def _figure(
        self,
        key: str,
        value: int,
        account: Account,
        *,
        within: tuple[bool, ...],
        kinds: Sequence[str] | None = None,
        sign: int = 1,
    ) -> Figure:
        evidence = Records(lambda: self._contributions(account, within, kinds, sign))
        return counted(key, value, self._unit, evidence)

    @cached_property
    def _movements(self) -> Mapping[LedgerKey, Sequence[tuple[str, int]]]:
        return self._load()

    def _contributions(
        self, account: Account, within: tuple[bool, ...], kinds: Sequence[str] | None, sign: int
    ) -> list[Contribution]:
        signs = self._ledger.rules.signs
        chosen = [kind for kind in (kinds or signs) if kind != COUNTED]
        return [
            Contribution(self._ledger.kind, record_id, sign * signs[kind] * amount)
            for member in self._parts[account]
            for inside in within
            for kind in chosen
            for record_id, amount in self._movements.get((member, kind, inside), ())
        ]
