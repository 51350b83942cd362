"""Finding stored records in bulk: what identifies them, what links to them, and whole records."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from sqlalchemy import select

from mineaction_desktop.records import Record, kinds
from mineaction_desktop.storage.queries import table_of
from mineaction_desktop.storage.reader import Reader
from mineaction_desktop.storage.tables import audit_entry

_CHUNK = 500


class Identity(NamedTuple):
    """What identifies a record, hidden or not, and the columns that were asked for beside it."""

    id: str
    local_id: str
    external_id: str | None
    is_hidden: bool
    others: tuple[object, ...]


class Later(NamedTuple):
    """Who changed a record again, when, and in which transaction."""

    author: str
    at: datetime
    batch: str


def identities(reader: Reader, kind: str, others: Sequence[str] = ()) -> Iterator[Identity]:
    """Give the identity of every record of a kind, in order of the readable numbers."""
    table = table_of(kind)
    names = ("id", "local_id", "external_id", "is_hidden", *others)
    wanted = select(*(table.c[name] for name in names)).order_by(table.c.local_id)
    for row in reader.connection.execute(wanted):
        yield Identity(row[0], row[1], row[2], bool(row[3]), tuple(row[4:]))


def records_by_id(reader: Reader, kind: str, ids: Iterable[str]) -> dict[str, Record]:
    """Return whole records by id, taken from the session of the reader."""
    cls = kinds()[kind]
    found: dict[str, Record] = {}
    remaining = iter(ids)
    while chunk := list(islice(remaining, _CHUNK)):
        for record in reader.session.scalars(select(cls).where(cls.id.in_(chunk))):
            found[record.id] = record
    return found


def changed_after(
    reader: Reader, number: int, ids: Collection[str], without: Collection[str] = ()
) -> dict[str, Later]:
    """Return the last change of each of the records after an entry of the trail.

    Changes of the batches in ``without`` do not count.
    """
    columns = audit_entry.c
    wanted = (
        select(columns.record_id, columns.author, columns.at, columns.batch)
        .where(columns.number > number)
        .order_by(columns.number)
    )
    rows = reader.connection.execute(wanted)
    return {
        row.record_id: Later(*row[1:])
        for row in rows
        if row.record_id in ids and row.batch not in without
    }


def batches_because(reader: Reader, beginning: str) -> Iterator[tuple[str, str]]:
    """Give the batches with changes whose reason begins so, each with the rest of the reason."""
    columns = audit_entry.c
    wanted = select(columns.batch, columns.reason).distinct()
    starts = columns.reason.startswith(beginning, autoescape=True)
    for batch, reason in reader.connection.execute(wanted.where(starts)):
        yield batch, str(reason)[len(beginning) :]


def referring(
    reader: Reader, targets: Mapping[str, Collection[str]]
) -> Iterator[tuple[str, Identity, str]]:
    """Give the records in sight that link to one of the targets: kind, identity, target id."""
    for name, cls in kinds().items():
        for column in cls.__table__.columns:
            wanted = targets.get(str(column.info.get("link")))
            if wanted:
                for identity in identities(reader, name, [column.key]):
                    target = identity.others[0]
                    if not identity.is_hidden and target in wanted:
                        yield name, identity, str(target)
