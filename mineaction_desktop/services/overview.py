"""What stands in a register, at a glance: how much of each kind, which years, what is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.formdef.catalogue import Catalogue
from mineaction_desktop.services.drafts import open_drafts
from mineaction_desktop.storage.counting import record_counts
from mineaction_desktop.storage.queries import Counting, facts, years_with_records
from mineaction_desktop.storage.snapshots import snapshots
from mineaction_desktop.storage.store import Reader, Store


@dataclass(frozen=True, slots=True)
class Overview:
    """The register at a glance; ``years`` are those that anything is dated in, latest first.

    ``unfinished`` drafts wait; ``interrupted`` of them nobody put aside: the program ended early.
    """

    state: str | None
    counts: Mapping[str, int]
    years: tuple[int, ...]
    submitted: frozenset[int]
    unfinished: int = 0
    interrupted: int = 0

    def year_due(self, today: date) -> int | None:
        """The year whose report is worked on: the one after those submitted, or the last one."""
        if self.submitted:
            return max(self.submitted) + 1
        ended = (year for year in self.years if year < today.year)
        return next(ended, next(iter(self.years), None))

    @property
    def is_empty(self) -> bool:
        """Whether nothing is recorded yet but what every new register starts with."""
        return not any(
            count
            for kind, count in self.counts.items()
            if kind not in {"state_profile", "ordnance_type"}
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """How many open problems there are."""

    errors: int = 0
    warnings: int = 0


@dataclass(frozen=True, slots=True)
class YearStanding:
    """What a check of a year left open: in all, and by the kind of the records concerned."""

    year: int
    total: Standing
    by_kind: Mapping[str, Standing]


def overview(reader: Reader, catalogue: Catalogue) -> Overview:
    """Look over a register; costs one statement and a few jumps through indexes."""
    drafts = open_drafts(reader, catalogue=catalogue)
    states = facts(reader, "state_profile", ("name",), counting=Counting())
    return Overview(
        state=states[0]["name"] if states else None,
        counts=record_counts(reader, catalogue.kinds()),
        years=tuple(reversed(years_with_records(reader))),
        submitted=frozenset(snapshot.year for snapshot in snapshots(reader)),
        unfinished=len(drafts),
        interrupted=sum(not draft.is_parked for draft in drafts),
    )


def year_standing(store: Store, reader: Reader, year: int) -> YearStanding:
    """Run every check over a year and count what is not settled."""
    from mineaction_desktop.services.checking import check_year  # noqa: PLC0415 - rules are many

    found: dict[str, dict[Severity, int]] = {}
    total: dict[Severity, int] = {}
    for checked in check_year(store, reader, year).problems:
        if checked.is_settled:
            continue
        severity = checked.problem.severity
        total[severity] = total.get(severity, 0) + 1
        kind = checked.problem.place.kind
        if kind:
            of_kind = found.setdefault(kind, {})
            of_kind[severity] = of_kind.get(severity, 0) + 1
    return YearStanding(
        year, _standing(total), {kind: _standing(counts) for kind, counts in found.items()}
    )


def _standing(counts: Mapping[Severity, int]) -> Standing:
    return Standing(counts.get(Severity.ERROR, 0), counts.get(Severity.WARNING, 0))
