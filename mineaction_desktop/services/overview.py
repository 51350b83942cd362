"""Looking a register over: how much of each kind, which years, what is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.formdef.catalogue import Catalogue
from mineaction_desktop.services.drafts import Draft, open_drafts
from mineaction_desktop.services.glance import Glance, Overview, Standing, YearStanding, listed
from mineaction_desktop.storage.counting import record_counts
from mineaction_desktop.storage.queries import Counting, facts, years_with_records
from mineaction_desktop.storage.snapshots import submitted_years
from mineaction_desktop.storage.store import Reader, Store


def look(store: Store, catalogue: Catalogue) -> Glance:
    """Look over a register; costs a few statements and a few jumps through indexes."""
    with store.read() as reader:
        drafts = open_drafts(reader, catalogue=catalogue)
        return Glance(
            _overview(reader, catalogue, drafts),
            listed(catalogue),
            is_exercise=store.info.purpose == "exercise",
            is_writable=store.is_writable,
            end=_end(reader, drafts),
        )


def is_current(store: Store, catalogue: Catalogue, seen: Glance) -> bool:
    """Whether nothing was changed since a look."""
    with store.read() as reader:
        return _end(reader, open_drafts(reader, catalogue=catalogue)) == seen.end


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


def _overview(reader: Reader, catalogue: Catalogue, drafts: Sequence[Draft]) -> Overview:
    states = facts(reader, "state_profile", ("name",), counting=Counting())
    return Overview(
        state=states[0]["name"] if states else None,
        counts=record_counts(reader, catalogue.kinds()),
        years=tuple(reversed(years_with_records(reader))),
        submitted=submitted_years(reader),
        unfinished=len(drafts),
        interrupted=sum(not draft.is_parked for draft in drafts),
    )


def _end(reader: Reader, drafts: Sequence[Draft]) -> str:
    """The last change in the trail, and what drafts there are: they leave no trail."""
    return " ".join((reader.fingerprint, *(f"{one.id} {one.kept_at}" for one in drafts)))


def _standing(counts: Mapping[Severity, int]) -> Standing:
    return Standing(counts.get(Severity.ERROR, 0), counts.get(Severity.WARNING, 0))
