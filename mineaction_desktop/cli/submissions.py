"""``submit`` and ``compare``."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from mineaction_desktop.cli.output import author_of, give, tell
from mineaction_desktop.services.changing import changed
from mineaction_desktop.services.comparing import Comparison, Difference, RecordChange, compare
from mineaction_desktop.services.entering import enter_previous
from mineaction_desktop.services.reporting import ReportRequest, check_request
from mineaction_desktop.services.submitting import submit
from mineaction_desktop.storage.snapshots import FrozenFigure, Snapshot
from mineaction_desktop.storage.store import Store

SHOWN = 50
SUBMITTED = "The report for {year} is submitted and frozen as number {number}: {figures:,} figures."
ENTERED = "Entered {figures:,} figures as those submitted for {year} (number {number})."


def submit_verb(arguments: Namespace) -> int:
    """Freeze the report of a year, or the figures of one that was submitted elsewhere."""
    request = ReportRequest(
        year=arguments.year,
        instrument=arguments.instrument,
        layout=arguments.layout,
        language=arguments.language,
        edition=arguments.edition,
        nil=arguments.nil,
    )
    check_request(request)
    file, note = arguments.enter, arguments.note

    def work(store: Store) -> Snapshot:
        if file is not None:
            return enter_previous(store, request, file, note=note)
        return submit(store, request, note=note)

    snapshot = changed(arguments.store, author_of(arguments), work)
    told = SUBMITTED if file is None else ENTERED
    if arguments.json:
        give(_snapshot_data(snapshot))
    tell(told.format(year=snapshot.year, number=snapshot.number, figures=len(snapshot.figures)))
    tell(f"Fingerprint {snapshot.fingerprint}")
    return 0


def compare_verb(arguments: Namespace) -> int:
    """Show what has changed since a report was submitted."""
    with Store.open(arguments.store) as store:
        found = compare(store, arguments.year, arguments.instrument)
    if arguments.json:
        differences = [_difference_data(difference) for difference in found.differences]
        give({"submitted": _snapshot_data(found.snapshot), "differences": differences})
    _tell_comparison(found)
    return 0


def _snapshot_data(snapshot: Snapshot) -> dict[str, object]:
    return {
        "id": snapshot.id,
        "instrument": snapshot.instrument,
        "layout": snapshot.layout,
        "edition": snapshot.edition,
        "language": snapshot.language,
        "year": snapshot.year,
        "number": snapshot.number,
        "origin": snapshot.origin,
        "submitted_at": snapshot.submitted_at.isoformat(),
        "submitted_by": snapshot.submitted_by,
        "office": snapshot.office,
        "note": snapshot.note,
        "figures": len(snapshot.figures),
        "forms": dict(snapshot.forms),
        "fingerprint": snapshot.fingerprint,
    }


def _difference_data(difference: Difference) -> dict[str, object]:
    return {
        "figure": difference.key,
        "change": str(difference.change),
        **difference.place,
        "submitted": _figure_data(difference.before),
        "now": _figure_data(difference.now),
        "records": [_record_data(change) for change in difference.records],
    }


def _figure_data(figure: FrozenFigure | None) -> dict[str, object] | None:
    return None if figure is None else asdict(figure)


def _record_data(change: RecordChange) -> dict[str, object]:
    entry = change.entry
    return {
        "record": change.local_id,
        "kind": entry.kind,
        "number": entry.number,
        "action": str(entry.action),
        "at": entry.at.isoformat(),
        "author": entry.author,
        "office": entry.office,
        "reason": entry.reason,
        "changes": {name: list(values) for name, values in entry.changes.items()},
    }


def _tell_comparison(found: Comparison) -> None:
    sent = found.snapshot
    tell(
        f"Submitted for {sent.year} (number {sent.number}) on {sent.submitted_at:%Y-%m-%d} "
        f"by {sent.submitted_by} ({sent.office})."
    )
    if not found.differences:
        tell("Every figure is as submitted.")
        return
    tell(f"Figures that differ today: {len(found.differences):,}")
    for difference in found.differences[:SHOWN]:
        where = " · ".join(difference.place.values()) or difference.key
        before, now = (
            figure.text if figure else "–" for figure in (difference.before, difference.now)
        )
        tell(f"  {difference.change}\t{where}\t{before} → {now}")
        for change in difference.records:
            entry = change.entry
            because = f" – {entry.reason}" if entry.reason else ""
            tell(
                f"    {change.local_id} {entry.action} {entry.at:%Y-%m-%d} {entry.author}{because}"
            )
    if len(found.differences) > SHOWN:
        tell(f"  … and {len(found.differences) - SHOWN:,} more; --json lists all of them.")
