"""A small register for cases of rules: filled in a transaction that is always taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from registers import new_store

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.periods import Period
from mineaction_desktop.records import kinds
from mineaction_desktop.rules.model import Case, Finding, Rule
from mineaction_desktop.storage.snapshots import FrozenFigure, Snapshot
from mineaction_desktop.storage.store import Store
from mineaction_desktop.storage.view import View
from mineaction_desktop.storage.writer import Writer

YEAR = 2023


class _TakenBackError(Exception):
    """Ends the transaction, so that each case starts with the same register."""


@dataclass
class Register:
    """Adds records of any kind; dates are written as text."""

    writer: Writer
    earlier: list[Snapshot] = field(default_factory=list)

    def add(self, kind: str, /, **values: Any) -> str:  # noqa: ANN401 - any field of any kind
        """Add a record and return its id."""
        record = kinds()[kind]
        table = record.__table__
        for name, value in values.items():
            if isinstance(value, str) and table.c[name].info.get("type") == "partial_date":
                values[name] = PartialDate.parse(value)
        made = record(**values)
        self.writer.add(made)
        self.writer.session.flush()
        return made.id

    def submitted(self, year: int, **casualties: int) -> None:
        """A report of an earlier year with its casualties."""
        figures = {}
        for outcome, number in casualties.items():
            key = f"casualties_outcome/{outcome}/total"
            figures[key] = FrozenFigure(key, number, "value", "person", f"{number:,}")
        self.earlier.append(
            Snapshot(
                id=f"sent-{year}",
                instrument="apmbc",
                layout="classic",
                edition="public",
                language="en",
                year=year,
                number=1,
                origin="submitted",
                submitted_at=datetime(year + 1, 4, 30, tzinfo=UTC),
                submitted_by="tester",
                office="test office",
                note=None,
                document=b"",
                figures=figures,
                fingerprint="",
            )
        )


Build = Callable[[Register], object]


def made_store(folder: Path) -> Store:
    """A register for a State between 10 and 20 degrees north and 40 and 50 degrees east."""
    store = new_store(folder, "rules")
    with store.write() as writer:
        base = Register(writer)
        base.add(
            "state_profile",
            name="Tolmara",
            iso3="XTL",
            entry_into_force=date(2005, 3, 1),
            south=10.0,
            north=20.0,
            west=40.0,
            east=50.0,
        )
        base.add("admin_unit", id="province", name="North", level=1)
        base.add("admin_unit", id="district", name="Upper", level=2, parent_id="province")
        base.add("organisation", id="army", name="Army")
        base.add("ordnance_type", id="pmn", name="PMN", family="APM")
        base.add("hazardous_area", id="area", name="Old bridge", area_class="CHA", status="open")
        base.add("hazardous_area", id="other", name="New road", area_class="SHA")
        base.add(
            "area_movement",
            id="opening",
            hazardous_area_id="area",
            area_class="CHA",
            kind="opening",
            date="2019-01-01",
            area_m2=100_000,
        )
        base.add("contamination", hazardous_area_id="area", family="APM")
        base.add("area_evidence", id="seen", hazardous_area_id="area", kind="eo_seen")
        base.add("survivor", id="survivor", registered_on="2020-01-01", **PERSON)
    return store


PERSON = {"victim_type": "indirect", "sex": "female", "birth_year": 1990, "consent": "given"}


@contextmanager
def case(store: Store, build: Build) -> Iterator[Case]:
    """The year of the cases, in a register with what a case adds."""
    with suppress(_TakenBackError), store.write() as writer:
        register = Register(writer)
        build(register)
        view = View(writer, Period.of_year(YEAR))
        yield Case(view, tuple(register.earlier))
        raise _TakenBackError


def found(store: Store, rule: Rule, build: Build) -> list[Finding]:
    """What a rule finds in a case; every sentence can be said and every record exists."""
    with case(store, build) as given:
        findings = list(rule.check(given))
        for finding in findings:
            assert "{" not in str(finding.message)
            assert finding.subject
            for kind, record in finding.records:
                assert given.view.reader.session.get(kinds()[kind], record), (kind, record)
        return findings
    raise AssertionError  # the block above always returns
