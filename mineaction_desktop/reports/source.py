"""What an instrument reads: a view of the register, ledgers as books, and words.

One source stands for one period in one language and one edition.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from mineaction_desktop.domain.ledger import Account
from mineaction_desktop.domain.periods import Period
from mineaction_desktop.domain.states import State
from mineaction_desktop.formdef.catalogue import Catalogue
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.reports.books import Book
from mineaction_desktop.reports.figures import Unit
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.storage.ledgers import (
    LAND_TABLE,
    RETAINED_TABLE,
    STOCK_TABLE,
    LedgerTable,
    ledger_movements,
    ledger_totals,
)
from mineaction_desktop.storage.queries import Fact
from mineaction_desktop.storage.view import View

NOT_RECORDED = mark("Nothing is recorded on this in the register.")
EDITIONS = ("public", "partner", "internal")
"""From the least to the most that an edition shows; a record's classification names its first."""


@dataclass(frozen=True, kw_only=True)
class Source(View):
    """The register as one report sees it."""

    presenter: Presenter
    catalogue: Catalogue
    edition: str = "public"
    submitted_on: date | None = None

    def at(self, period: Period) -> Source:
        """The same reading of the register for another period."""
        return Source(
            self.reader,
            period,
            presenter=self.presenter,
            catalogue=self.catalogue,
            edition=self.edition,
        )

    def printed_as(self, language: str, edition: str) -> Source:
        """The same period as another language and edition print it; itself if it is the same."""
        if (language, edition) == (self.presenter.language, self.edition):
            return self
        return Source(
            self.reader,
            self.period,
            presenter=Presenter(language),
            catalogue=self.catalogue,
            edition=edition,
        )

    def label(self, list_name: str, code: str | None) -> str | None:
        """The words for a code."""
        if code is None:
            return None
        return self.presenter.words.gettext(self.catalogue.choices(list_name).label(code))

    def labels(self, list_name: str, codes: Sequence[str] | None) -> list[str]:
        """The words for several codes."""
        return [label for code in codes or () if (label := self.label(list_name, code))]

    def say(self, template: str, **values: object) -> str:
        """A sentence in the language of the report; numbers and dates in its manner."""
        shown = {name: self._shown(value) for name, value in values.items()}
        return Message(template, shown).render(self.presenter.words)

    def _shown(self, value: object) -> object:
        if isinstance(value, bool):
            return value
        if isinstance(value, int):
            return self.presenter.number(value)
        if isinstance(value, date):
            return self.presenter.day(value)
        return value

    def shows(self, row: Fact) -> bool:
        """Whether this edition may show where a thing is."""
        first = row["classification"] or EDITIONS[0]
        return EDITIONS.index(first) <= EDITIONS.index(self.edition)

    def empty(self, subject: str, *, known: bool) -> tuple[State, str | None]:
        """Why a table has no rows: declared, known to be none, or simply not recorded."""
        if row := self.declared(subject):
            return State(row["state"]), row["text"]
        if known:
            return State.NONE, None
        return State.NOT_COLLECTED, self.presenter.words.gettext(NOT_RECORDED)

    @cached_property
    def land(self) -> Book:
        """Mined areas by area, class and (for rows of no single area) administrative unit."""
        return self._book(
            LAND_TABLE, self.period, Unit.AREA, _area_account, leave_out=self.without_ap_mines
        )

    @cached_property
    def stock(self) -> Book:
        """The stockpile by type, pool, lot and holder."""
        return self._book(STOCK_TABLE, self.period, Unit.MINE)

    @cached_property
    def stock_since_entry(self) -> Book:
        """The stockpile from entry into force to the end of the period."""
        first = min(self.in_force, self.period.last)
        return self._book(STOCK_TABLE, Period(first, self.period.last), Unit.MINE)

    @cached_property
    def retained(self) -> Book:
        """Retained mines by institution, type, lot and condition."""
        return self._book(RETAINED_TABLE, self.period, Unit.MINE)

    def _book(
        self,
        ledger: LedgerTable,
        period: Period,
        unit: Unit,
        group: Callable[[Account], Account] = lambda account: account,
        leave_out: frozenset[str] = frozenset(),
    ) -> Book:
        parts = [
            part
            for part in ledger_totals(self.reader, ledger, period, self.counting)
            if part.account[0] not in leave_out
        ]

        def load() -> Mapping[tuple[Account, str, bool], Sequence[tuple[str, int]]]:
            return ledger_movements(self.reader, ledger, period, self.counting)

        return Book(ledger, parts, load, unit, group)


def _area_account(account: Account) -> Account:
    """Leave the place out where the movement belongs to an area, which has its own place."""
    area, unit, area_class = account
    return (area, None if area else unit, area_class)
