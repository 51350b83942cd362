"""What an instrument reads: records that count, ledgers as books, names and words.

One source stands for one period and one reading of the register; everything is read at most once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from mineaction_desktop.domain.deadlines import mined_area_deadline, stockpile_deadline
from mineaction_desktop.domain.ledger import Account, Difference, differences
from mineaction_desktop.domain.periods import Period
from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.domain.states import State
from mineaction_desktop.domain.vocabulary import AP_FAMILIES
from mineaction_desktop.formdef.catalogue import Catalogue
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.reports.books import Book
from mineaction_desktop.reports.figures import Unit
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.storage.devices import (
    DestroyedDevices,
    destroyed_device_records,
    destroyed_devices,
)
from mineaction_desktop.storage.ledgers import (
    LAND_TABLE,
    RETAINED_TABLE,
    STOCK_TABLE,
    LedgerTable,
    counted_movements,
    first_seen,
    ledger_movements,
    ledger_totals,
)
from mineaction_desktop.storage.queries import Counting, Fact, facts, written_type_names

if TYPE_CHECKING:
    from mineaction_desktop.storage.store import Reader

NO_STATE = mark(
    "This register does not say which State it is for. "
    "Record the State (kind state_profile) first, then make the report."
)
NOT_RECORDED = mark("Nothing is recorded on this in the register.")
EDITIONS = ("public", "partner", "internal")
"""From the least to the most that an edition shows; a record's classification names its first."""


@dataclass(frozen=True)
class Source:
    """The register as one report sees it."""

    reader: Reader
    period: Period
    presenter: Presenter
    catalogue: Catalogue
    edition: str = "public"
    _facts: dict[tuple[str, tuple[str, ...] | None], list[Fact]] = field(default_factory=dict)

    @cached_property
    def state(self) -> Fact:
        """The State's own record; a register without one cannot report."""
        found = facts(self.reader, "state_profile", counting=Counting())
        if not found:
            raise UserError(Message(NO_STATE))
        return found[0]

    @cached_property
    def counting(self) -> Counting:
        """Which records count; the State decides whether review is demanded."""
        return Counting.accepted_only() if self.state["reviewed_records_only"] else Counting()

    @property
    def in_force(self) -> date:
        """The day the Convention entered into force for the State."""
        day: date = self.state["entry_into_force"]
        return day

    @cached_property
    def article4_deadline(self) -> date:
        """Latest day for the destruction of stocks."""
        return stockpile_deadline(self.in_force)

    @cached_property
    def article5_deadline(self) -> date:
        """Latest day for mined areas, with the extensions granted by the end of the period."""
        granted = (
            row["granted_until"]
            for row in self.all("extension")
            if row["granted_until"]
            and (row["decided_on"] is None or row["decided_on"] <= self.period.last)
        )
        return mined_area_deadline(self.in_force, granted)

    def all(self, kind: str, columns: Sequence[str] | None = None) -> list[Fact]:
        """Every record of a kind that counts."""
        key = (kind, tuple(columns) if columns is not None else None)
        if key not in self._facts:
            self._facts[key] = facts(self.reader, kind, columns, counting=self.counting)
        return self._facts[key]

    def by_id(self, kind: str) -> Mapping[str, Fact]:
        """The same by id."""
        return self._index(kind)

    def within(self, kind: str, date_column: str = "date") -> list[Fact]:
        """Records whose date lies in the period (a partial date counts on its last day)."""
        return [
            row
            for row in self.all(kind)
            if row[date_column] is not None and row[date_column].last in self.period
        ]

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

    def organisation(self, organisation_id: str | None) -> str | None:
        """The name of an organisation."""
        row = self.by_id("organisation").get(organisation_id or "")
        return row["name"] if row else None

    def places(self, unit_id: str | None) -> list[str]:
        """The names of an administrative unit and those above it, largest first."""
        units = self.by_id("admin_unit")
        names: list[str] = []
        while unit_id is not None and (unit := units.get(unit_id)) and len(names) < len(units):
            names.append(unit["name"])
            unit_id = unit["parent_id"]
        return names[::-1]

    def is_anti_personnel(self, ordnance_type_id: str | None) -> bool:
        """Whether the Convention counts a type."""
        row = self.by_id("ordnance_type").get(ordnance_type_id or "")
        return row is not None and row["family"] in AP_FAMILIES

    def declared(self, subject: str) -> Fact | None:
        """What the State says about a subject in this period, if it says anything."""
        year = self.period.last.year
        for row in self.all("declaration"):
            if row["subject"] == subject and (row["year_from"] or year) <= year <= (
                row["year_to"] or year
            ):
                return row
        return None

    def empty(self, subject: str, *, known: bool) -> tuple[State, str | None]:
        """Why a table has no rows: declared, known to be none, or simply not recorded."""
        if row := self.declared(subject):
            return State(row["state"]), row["text"]
        if known:
            return State.NONE, None
        return State.NOT_COLLECTED, self.presenter.words.gettext(NOT_RECORDED)

    @cached_property
    def land(self) -> Book:
        """Hazardous areas by area, class and (for rows of no single area) administrative unit."""
        return self._book(LAND_TABLE, self.period, Unit.AREA, _area_account)

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

    @cached_property
    def mines_destroyed(self) -> list[DestroyedDevices]:
        """Anti-personnel mines destroyed in mined areas since entry into force."""
        return destroyed_devices(
            self.reader, self.in_force, self.period, self.counting, AP_FAMILIES
        )

    @cached_property
    def mine_records_destroyed(self) -> list[tuple[str, DestroyedDevices]]:
        """The records behind these, read when somebody opens a figure."""
        return destroyed_device_records(
            self.reader, self.in_force, self.period, self.counting, AP_FAMILIES
        )

    def written_names(self, kind: str) -> Mapping[str, str]:
        """How the records of a kind write the names of types, by type id; the first one wins."""
        return written_type_names(self.reader, kind, self.counting)

    def order(self, ledger: LedgerTable) -> Callable[[Account], str]:
        """A sort key that keeps accounts in the order in which they were first entered."""
        return first_seen(self.reader, ledger)

    def differences(self, ledger: LedgerTable) -> list[Difference]:
        """Counts within the period that do not agree with the books."""
        movements = counted_movements(self.reader, ledger, self.period.last, self.counting)
        return [
            difference
            for difference in differences(ledger.rules, movements)
            if difference.on in self.period
        ]

    def _book(
        self,
        ledger: LedgerTable,
        period: Period,
        unit: Unit,
        group: Callable[[Account], Account] = lambda account: account,
    ) -> Book:
        parts = ledger_totals(self.reader, ledger, period, self.counting)

        def load() -> Mapping[tuple[Account, str, bool], Sequence[tuple[str, int]]]:
            return ledger_movements(self.reader, ledger, period, self.counting)

        return Book(ledger, parts, load, unit, group)

    def _index(self, kind: str) -> Mapping[str, Fact]:
        if kind not in self._indexes:
            self._indexes[kind] = {row["id"]: row for row in self.all(kind)}
        return self._indexes[kind]

    _indexes: dict[str, dict[str, Fact]] = field(default_factory=dict)


def _area_account(account: Account) -> Account:
    """Leave the place out where the movement belongs to an area, which has its own place."""
    area, unit, area_class = account
    return (area, None if area else unit, area_class)
