"""Whether submitted reports are still what was submitted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from sqlalchemy import select

from mineaction_desktop.domain.problems import Place, Problem
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.storage.reader import Reader
from mineaction_desktop.storage.snapshots import KIND, beginning, is_whole
from mineaction_desktop.storage.tables import audit_entry, report_snapshot

ALTERED = mark(
    "The report submitted for {year} (number {number}) was changed outside the program. "
    "Restore a backup in which it is whole."
)
DETACHED = mark(
    "The report submitted for {year} (number {number}) does not follow from the one submitted "
    "before it: that one was replaced or removed."
)
UNTRACED = mark(
    "The report for {year} (number {number}) was put in outside the program: the trail does not "
    "know it."
)
GONE = mark(
    "The report submitted for {year} (number {number}) was removed outside the program. "
    "Restore a backup that holds it."
)


def verify_snapshots(reader: Reader) -> Iterator[Problem]:
    """Name every submitted report that was changed, replaced, added or removed."""
    traced = _traced(reader)
    previous = beginning(reader)
    rows = reader.connection.execute(select(report_snapshot).order_by(report_snapshot.c.sequence))
    for row in rows:
        values = row._asdict()
        said = traced.pop(row.id, None)
        if not is_whole(values) or (said and said["fingerprint"] != row.fingerprint):
            yield _about("SNAP-001", ALTERED, values)
        elif said is None:
            yield _about("SNAP-003", UNTRACED, values)
        elif row.previous != previous:
            yield _about("SNAP-002", DETACHED, values)
        previous = row.fingerprint
    for snapshot_id, said in traced.items():
        yield _about("SNAP-004", GONE, {**said, "id": snapshot_id})


def _traced(reader: Reader) -> dict[str, dict[str, Any]]:
    """What the trail says of each submission, by its id."""
    columns = audit_entry.c
    wanted = select(columns.record_id, columns.changes).where(columns.kind == KIND)
    return {
        row.record_id: {name: new for name, (_, new) in msgspec.json.decode(row.changes).items()}
        for row in reader.connection.execute(wanted.order_by(columns.number))
    }


def _about(code: str, text: str, values: Mapping[str, Any]) -> Problem:
    said = {"year": values["year"], "number": values["number"]}
    return Problem(code, Message(text, said), Place(kind=KIND, record_id=values["id"]))
