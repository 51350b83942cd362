"""What has changed since a report was submitted: figures, and the records that changed them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from mineaction_desktop.records import kinds
from mineaction_desktop.reports.document import Report
from mineaction_desktop.reports.figures import Figure
from mineaction_desktop.reports.frozen import thaw
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.services.figures import figures_with_places
from mineaction_desktop.services.reporting import ReportRequest, build_report
from mineaction_desktop.services.submitting import frozen, last_submission
from mineaction_desktop.storage.audit import Entry, entries
from mineaction_desktop.storage.lookups import records_by_id
from mineaction_desktop.storage.snapshots import ENTERED, FrozenFigure, Snapshot, unpacked
from mineaction_desktop.storage.store import Reader, Store


class Change(StrEnum):
    """What became of a submitted figure."""

    CHANGED = "changed"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A change of a record behind a figure, with the record's readable number."""

    local_id: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that is no longer as submitted; ``place`` is empty where the paper is not known."""

    key: str
    change: Change
    place: Mapping[str, str]
    before: FrozenFigure | None
    now: FrozenFigure | None
    records: tuple[RecordChange, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was submitted last for a year, and how the figures of today differ from it."""

    snapshot: Snapshot
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    figure: Figure
    place: Mapping[str, str]


def compare(store: Store, year: int, instrument: str = "apmbc") -> Comparison:
    """Compare the last report submitted for a year with what its records give today."""
    with store.read() as reader:
        snapshot = last_submission(reader, year, instrument)
        request = ReportRequest(
            year, instrument, snapshot.layout, snapshot.language, snapshot.edition, nil=True
        )
        then = _placed(thaw(unpacked(snapshot.document))) if snapshot.document else {}
        now = _placed(build_report(store, reader, request, whole=False))
        since = _changes_since(reader, snapshot)
        found = _differences(snapshot, then, now, since)
        return Comparison(snapshot, tuple(found))


def _placed(report: Report) -> dict[str, _Placed]:
    return {figure.key: _Placed(figure, place) for place, figure in figures_with_places(report)}


def _differences(
    snapshot: Snapshot,
    then: Mapping[str, _Placed],
    now: Mapping[str, _Placed],
    since: Mapping[str, tuple[RecordChange, ...]],
) -> Iterable[Difference]:
    presenter = Presenter(snapshot.language)
    # Who typed figures from an old report left most of them out; those are not new today.
    added = (
        () if snapshot.origin == ENTERED else (key for key in now if key not in snapshot.figures)
    )
    for key in (*snapshot.figures, *added):
        before = snapshot.figures.get(key)
        after = frozen(now[key].figure, presenter) if key in now else None
        if before == after:
            continue
        sides = [placed for placed in (then.get(key), now.get(key)) if placed]
        change = Change.NEW if before is None else Change.GONE if after is None else Change.CHANGED
        place = sides[0].place if sides else {}
        yield Difference(key, change, place, before, after, _behind(sides, since))


def _behind(
    sides: Iterable[_Placed], since: Mapping[str, tuple[RecordChange, ...]]
) -> tuple[RecordChange, ...]:
    """The changes of records that add up to the figure then or now, oldest first."""
    parts = {part.record_id: None for side in sides for part in side.figure.contributions()}
    found = [change for record_id in parts for change in since.get(record_id, ())]
    return tuple(sorted(found, key=lambda change: change.entry.number))


def _changes_since(reader: Reader, snapshot: Snapshot) -> dict[str, tuple[RecordChange, ...]]:
    """Every change of a record after the register was frozen, by record."""
    found: dict[str, list[Entry]] = defaultdict(list)
    ids: dict[str, set[str]] = defaultdict(set)
    for entry in entries(reader, after=snapshot.change_number):
        if entry.kind in kinds():  # submissions stand in the trail too
            found[entry.record_id].append(entry)
            ids[entry.kind].add(entry.record_id)
    numbers = {
        record_id: record.local_id
        for kind, wanted in ids.items()
        for record_id, record in records_by_id(reader, kind, wanted).items()
    }
    return {
        record_id: tuple(RecordChange(numbers[record_id], entry) for entry in found[record_id])
        for record_id in numbers
    }
