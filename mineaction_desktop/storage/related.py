"""One record and what hangs on it: its rows, who refers to it, and whose number is taken."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Select, bindparam, select

from mineaction_desktop.records import Record, kinds
from mineaction_desktop.records.reference import Attachment
from mineaction_desktop.storage.reader import Reader
from mineaction_desktop.storage.tables import audit_entry, table_of

_CHUNK = 500
_MOST_CHANGED = 1000


class Mark(NamedTuple):
    """A place in the trail of one register: the number of an entry, and its fingerprint."""

    number: int
    fingerprint: str


class Referring(NamedTuple):
    """A record in sight that links to another."""

    kind: str
    id: str
    local_id: str
    field: str
    target: str


class Later(NamedTuple):
    """A change of a record: who made it, when, in which transaction and why."""

    record_id: str
    author: str
    at: datetime
    batch: str
    reason: str | None


def stored(reader: Reader, kind: str, record_id: str) -> Record | None:
    """A record by its id, hidden or not."""
    return reader.session.get(kinds()[kind], record_id)


def children(reader: Reader, kind: str, link_field: str, parents: Collection[str]) -> list[Record]:
    """The records of a kind that name one of the parents, hidden or not, as they were added."""
    wanted = _children(kinds()[kind], link_field)
    found: list[Record] = []
    for chunk in _chunks(parents):
        found += reader.session.scalars(wanted, {"parents": chunk})
    return found


@lru_cache(maxsize=256)  # an editor asks for every group of every record it opens
def _children(cls: type[Record], link_field: str) -> Select[Record]:
    column = table_of(cls).c[link_field]
    return select(cls).where(column.in_(bindparam("parents", expanding=True))).order_by(cls.id)


def owner_of_number(reader: Reader, kind: str, local_id: str) -> str | None:
    """The id of the record of a kind that has a readable number."""
    cls = kinds()[kind]
    found: str | None = reader.connection.scalar(select(cls.id).where(cls.local_id == local_id))
    return found


def referring_to(reader: Reader, kind: str, ids: Collection[str]) -> Iterator[Referring]:
    """Give the records in sight that link to one of the records, through the index of each link."""
    for name, cls in kinds().items():
        table = table_of(cls)
        for column in table.columns:
            if column.info.get("link") != kind:
                continue
            wanted = select(table.c.id, table.c.local_id, column)
            for chunk in _chunks(ids):
                shown = wanted.where(column.in_(chunk), table.c.is_hidden.is_(False))
                for record_id, local_id, target in reader.connection.execute(shown):
                    yield Referring(name, record_id, local_id, column.key, target)


def attachments_of(reader: Reader, kind: str, local_id: str) -> list[Attachment]:
    """The files in sight that are attached to a record, in the order in which they were added."""
    wanted = select(Attachment).where(
        Attachment.subject_kind == kind,
        Attachment.subject_local_id == local_id,
        Attachment.is_hidden.is_(False),
    )
    return list(reader.session.scalars(wanted.order_by(Attachment.id)))


def later_changes(reader: Reader, number: int, ids: Collection[str]) -> list[Later]:
    """What happened to some records after an entry of the trail, in order."""
    columns = audit_entry.c
    wanted = select(
        columns.record_id, columns.author, columns.at, columns.batch, columns.reason
    ).where(columns.number > number)
    if len(ids) <= _CHUNK:
        wanted = wanted.where(columns.record_id.in_(ids))
    rows = reader.connection.execute(wanted.order_by(columns.number))
    return [Later(*row) for row in rows if row.record_id in ids]


def mark_of(reader: Reader) -> Mark:
    """Where the trail ends for this reader."""
    return Mark(reader.change_number, reader.fingerprint)


def changed_since(reader: Reader, known: Mark, kind: str) -> frozenset[str] | None:
    """The records of a kind that were changed after a place in the trail.

    Nothing comes back if the place is of another register, or so long ago that reading all
    records is less work.
    """
    if reader.fingerprint == known.fingerprint:
        return frozenset()
    columns = audit_entry.c
    place = select(columns.fingerprint).where(columns.number == known.number)
    if reader.connection.scalar(place) != known.fingerprint:
        return None
    later = select(columns.record_id).where(columns.number > known.number, columns.kind == kind)
    found = reader.connection.scalars(later.limit(_MOST_CHANGED)).all()
    return None if len(found) == _MOST_CHANGED else frozenset(found)


def _chunks(ids: Collection[str]) -> Iterator[Sequence[str]]:
    listed = list(ids)
    for start in range(0, len(listed), _CHUNK):
        yield listed[start : start + _CHUNK]
