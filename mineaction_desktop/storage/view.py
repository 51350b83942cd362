"""The register as one reading of it sees one period: records that count, ledgers, names.

Reports and checks both look through a view, so that they cannot disagree on what counts.
Everything is read at most once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, wraps
from typing import TYPE_CHECKING, TypeVar, cast

from mineaction_desktop.domain.deadlines import mined_area_deadline, stockpile_deadline
from mineaction_desktop.domain.ledger import Account, Balance, Difference, balances, differences
from mineaction_desktop.domain.periods import Period
from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.domain.vocabulary import AP_FAMILIES, POSSIBLY_AP
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.storage.devices import (
    DestroyedDevices,
    destroyed_device_records,
    destroyed_devices,
)
from mineaction_desktop.storage.ledgers import (
    LedgerTable,
    YearlyFlow,
    counted_movements,
    first_seen,
    flows_by_year,
    ledger_totals,
)
from mineaction_desktop.storage.queries import (
    Counting,
    Fact,
    facts,
    table_of,
    written_type_names,
)
from mineaction_desktop.storage.spans import Span

if TYPE_CHECKING:
    from mineaction_desktop.storage.reader import Reader

NO_STATE = mark(
    "This register does not say which State it is for. "
    "Record the State (kind state_profile) first, then make the report."
)

Found = TypeVar("Found")
_Key = tuple[str, tuple[str, ...] | None, str]


@dataclass(frozen=True, eq=False)
class View:
    """One period of a register; see the module."""

    reader: Reader
    period: Period
    answers: dict[object, object] = field(default_factory=dict, init=False, repr=False)
    """What :func:`once` keeps."""
    _facts: dict[_Key, list[Fact]] = field(default_factory=dict, init=False, repr=False)
    _indexes: dict[str, dict[str, Fact]] = field(default_factory=dict, init=False, repr=False)
    _balances: dict[str, list[Balance]] = field(default_factory=dict, init=False, repr=False)
    _yearly: dict[str, list[YearlyFlow]] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def state(self) -> Fact:
        """The State's own record; a register without one can neither report nor be checked."""
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

    def is_completed(self, article: int) -> bool:
        """Whether the State has declared Article 4 or 5 complete by the end of the period."""
        done: date | None = self.state[f"article{article}_completed_on"]
        return done is not None and done <= self.period.last

    def all(self, kind: str, columns: Sequence[str] | None = None) -> list[Fact]:
        """Every record of a kind that counts."""
        key = (kind, tuple(columns) if columns is not None else None, "all")
        if key not in self._facts:
            self._facts[key] = facts(self.reader, kind, columns, counting=self.counting)
        return self._facts[key]

    def begun(self, kind: str, columns: Sequence[str], span: Span) -> list[Fact]:
        """The same without what begins after the period; what has no date stays."""
        return self._dated("begun", kind, columns, span)

    def of_period(self, kind: str, columns: Sequence[str], span: Span) -> list[Fact]:
        """The same without what begins after the period or was over before it."""
        return self._dated("of period", kind, columns, span)

    def _dated(self, which: str, kind: str, columns: Sequence[str], span: Span) -> list[Fact]:
        key = (kind, tuple(columns), which)
        if key not in self._facts:
            table = table_of(kind)
            wanted = [span.may_have_begun(table, self.period)]
            if which == "of period":
                wanted.append(span.is_not_over(table, self.period))
            found = facts(self.reader, kind, columns, counting=self.counting, where=wanted)
            self._facts[key] = [row for row in found if span.has_begun(row, self.period)]
        return self._facts[key]

    def by_id(self, kind: str) -> Mapping[str, Fact]:
        """The same by id."""
        if kind not in self._indexes:
            self._indexes[kind] = {row["id"]: row for row in self.all(kind)}
        return self._indexes[kind]

    def within(self, kind: str, date_column: str = "date") -> list[Fact]:
        """Records whose date lies in the period (a partial date counts on its last day)."""
        return [
            row
            for row in self.all(kind)
            if row[date_column] is not None and row[date_column].last in self.period
        ]

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

    @cached_property
    def without_ap_mines(self) -> frozenset[str]:
        """Areas recorded to hold only ordnance that the Convention does not count.

        An area counts as soon as one row of its contamination could be anti-personnel mines, and
        where nobody has said what lies there.
        """
        recorded: dict[str, bool] = {}
        for row in self.all("contamination", ("hazardous_area_id", "family")):
            counts = row["family"] in POSSIBLY_AP
            area: str = row["hazardous_area_id"]
            recorded[area] = recorded.get(area, False) or counts
        return frozenset(area for area, counts in recorded.items() if not counts)

    def account_key(self, account: Account) -> str:
        """A stable name for an account: readable numbers instead of ids."""
        parts = []
        for part in account:
            for kind in ("ordnance_type", "organisation", "hazardous_area", "admin_unit"):
                if part is not None and (row := self.by_id(kind).get(part)):
                    parts.append(str(row["local_id"]))
                    break
            else:
                parts.append(part or "-")
        return "/".join(parts)

    def balances(self, ledger: LedgerTable) -> list[Balance]:
        """Every account of a ledger over the period."""
        if ledger.kind not in self._balances:
            parts = ledger_totals(self.reader, ledger, self.period, self.counting)
            self._balances[ledger.kind] = balances(ledger.rules, parts)
        return self._balances[ledger.kind]

    def yearly(self, ledger: LedgerTable) -> list[YearlyFlow]:
        """What moved in each calendar year up to the end of the period."""
        if ledger.kind not in self._yearly:
            last = self.period.last
            self._yearly[ledger.kind] = flows_by_year(self.reader, ledger, last, self.counting)
        return self._yearly[ledger.kind]

    def differences(self, ledger: LedgerTable) -> list[Difference]:
        """Counts within the period, beside what the books say on their day."""
        movements = counted_movements(self.reader, ledger, self.period.last, self.counting)
        return [
            difference
            for difference in differences(ledger.rules, movements)
            if difference.on in self.period
        ]

    def order(self, ledger: LedgerTable) -> Callable[[Account], str]:
        """A sort key that keeps accounts in the order in which they were first entered."""
        return first_seen(self.reader, ledger)

    def written_names(self, kind: str) -> Mapping[str, str]:
        """How the records of a kind write the names of types, by type id; the first one wins."""
        return written_type_names(self.reader, kind, self.counting)

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


def once(ask: Callable[[View], Found]) -> Callable[[View], Found]:
    """Make a question about a view read its answer once; nobody may change the answer."""

    @wraps(ask)
    def answer(view: View) -> Found:
        if ask not in view.answers:
            view.answers[ask] = ask(view)
        return cast("Found", view.answers[ask])

    return answer
