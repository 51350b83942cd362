"""Finding stored records in bulk: what identifies them, and whole records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from sqlalchemy import Select, bindparam, select

from mineaction_desktop.records import Record, kinds
from mineaction_desktop.storage.queries import table_of
from mineaction_desktop.storage.reader import Reader

_CHUNK = 500


class Identity(NamedTuple):
    """What identifies a record, hidden or not, and the columns that were asked for beside it."""

    id: str
    local_id: str
    external_id: str | None
    is_hidden: bool
    others: tuple[object, ...]


def identities(reader: Reader, kind: str, others: Sequence[str] = ()) -> Iterator[Identity]:
    """Give the identity of every record of a kind, in order of the readable numbers."""
    table = table_of(kind)
    names = ("id", "local_id", "external_id", "is_hidden", *others)
    wanted = select(*(table.c[name] for name in names)).order_by(table.c.local_id)
    for row in reader.connection.execute(wanted):
        yield Identity(row[0], row[1], row[2], bool(row[3]), tuple(row[4:]))


def records_by_id(reader: Reader, kind: str, ids: Iterable[str]) -> dict[str, Record]:
    """Return whole records by id, taken from the session of the reader."""
    wanted = _by_id(kinds()[kind])
    found: dict[str, Record] = {}
    remaining = iter(ids)
    while chunk := list(islice(remaining, _CHUNK)):
        for record in reader.session.scalars(wanted, {"ids": chunk}):
            found[record.id] = record
    return found


@lru_cache(maxsize=64)  # saving a record asks for each kind of its rows
def _by_id(cls: type[Record]) -> Select[Record]:
    return select(cls).where(cls.id.in_(bindparam("ids", expanding=True)))
