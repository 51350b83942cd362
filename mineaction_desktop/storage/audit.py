"""Reading the trail: who changed what, when and why, in the order in which it happened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import Select, select

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.storage.reader import Reader
from mineaction_desktop.storage.recording import Action
from mineaction_desktop.storage.tables import audit_entry
from mineaction_desktop.storage.verifying import verify_trail

__all__ = ["Action", "Entry", "entries", "history", "verify_trail"]

CONFUSED = mark(
    "The register is damaged: entry {number} of the trail cannot be read. “mineaction verify” says "
    "what else is wrong with it; go on with a backup or another copy."
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One change of one record; ``changes`` gives the old and the new value of each field.

    Values are in portable form: dates as text, sealed text only as the mark that there is some.
    """

    number: int
    at: datetime
    author: str
    office: str
    batch: str
    kind: str
    record_id: str
    action: Action
    changes: Mapping[str, tuple[object, object]]
    reason: str | None
    previous: str
    fingerprint: str


def history(reader: Reader, record_id: str) -> list[Entry]:
    """Return everything that happened to a record, oldest first."""
    wanted = select(audit_entry).where(audit_entry.c.record_id == record_id)
    return list(_entries(reader, wanted.order_by(audit_entry.c.number)))


def entries(
    reader: Reader,
    *,
    kind: str | None = None,
    batch: str | None = None,
    before: int | None = None,
    after: int | None = None,
    limit: int | None = None,
) -> list[Entry]:
    """Return entries, newest first: of a kind, of one transaction, before or after a number."""
    columns = audit_entry.c
    wanted = select(audit_entry).order_by(columns.number.desc()).limit(limit)
    if kind is not None:
        wanted = wanted.where(columns.kind == kind)
    if batch is not None:
        wanted = wanted.where(columns.batch == batch)
    if before is not None:
        wanted = wanted.where(columns.number < before)
    if after is not None:
        wanted = wanted.where(columns.number > after)
    return list(_entries(reader, wanted))


def _entries(reader: Reader, wanted: Select[tuple[object, ...]]) -> Iterator[Entry]:
    for row in reader.connection.execute(wanted):
        values = row._asdict()
        try:
            changes = msgspec.json.decode(row.changes, type=dict[str, tuple[object, object]])
            action = Action(row.action)
        except ValueError as error:
            raise UserError(Message(CONFUSED, {"number": row.number})) from error
        yield Entry(**{**values, "action": action, "changes": changes})
