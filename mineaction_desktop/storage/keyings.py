"""The trail as work: which records each person entered and changed, in which step, and when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from mineaction_desktop.storage.audit import Action
from mineaction_desktop.storage.queries import table_of
from mineaction_desktop.storage.reader import Reader
from mineaction_desktop.storage.tables import audit_entry


class Keying(NamedTuple):
    """One entry of the trail without what it changed."""

    number: int
    at: datetime
    author: str
    office: str
    batch: str
    kind: str
    record_id: str
    action: str
    reason: str | None


def keyings(
    reader: Reader, first: datetime | None = None, after: datetime | None = None
) -> Iterator[Keying]:
    """Give the entries of the trail from a moment on, and before another, oldest first."""
    columns = audit_entry.c
    wanted = select(*(columns[name] for name in Keying._fields)).order_by(columns.number)
    if first is not None:
        wanted = wanted.where(columns.at >= first)
    if after is not None:
        wanted = wanted.where(columns.at < after)
    for row in reader.connection.execute(wanted):
        yield Keying(*row)


def corrected_since(reader: Reader, number: int) -> Iterator[str]:
    """Give the records that were changed after an entry of the trail, once for each change."""
    columns = audit_entry.c
    wanted = select(columns.record_id).where(
        columns.number > number, columns.action == Action.UPDATE.value
    )
    yield from reader.connection.scalars(wanted)


def reasons_beginning(reader: Reader, beginning: str) -> Iterator[Keying]:
    """Give the entries whose reason begins so, oldest first."""
    columns = audit_entry.c
    wanted = select(*(columns[name] for name in Keying._fields)).where(
        columns.reason.startswith(beginning, autoescape=True)
    )
    for row in reader.connection.execute(wanted.order_by(columns.number)):
        yield Keying(*row)


def entered_records(
    reader: Reader,
    kind: str,
    *,
    author: str | None = None,
    first: datetime | None = None,
    after: datetime | None = None,
    states: tuple[str, ...] = (),
) -> list[tuple[str, str, str]]:
    """Id, number and author of the records in sight that were entered so, oldest first."""
    table = table_of(kind)
    wanted = select(table.c.id, table.c.local_id, table.c.created_by)
    wanted = wanted.where(table.c.is_hidden.is_(False)).order_by(table.c.id)
    if author is not None:
        wanted = wanted.where(table.c.created_by == author)
    if first is not None:
        wanted = wanted.where(table.c.created_at >= first)
    if after is not None:
        wanted = wanted.where(table.c.created_at < after)
    if states:
        wanted = wanted.where(table.c.review_state.in_(states))
    return [(row[0], row[1], row[2]) for row in reader.connection.execute(wanted)]
