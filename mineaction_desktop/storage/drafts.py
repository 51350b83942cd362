"""The table of drafts: records that are being keyed, as text that only its writer understands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert

from mineaction_desktop.storage.reader import Reader
from mineaction_desktop.storage.tables import draft


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A row of the table."""

    id: str
    kind: str
    record_id: str | None
    purpose: str
    is_parked: bool
    author: str
    office: str
    started_at: datetime
    kept_at: datetime
    based_on: int | None
    content: str


_COLUMNS = tuple(draft.c.keys())
_STAYS = {"id", "started_at"}
_NEW = insert(draft)
_KEPT = _NEW.on_conflict_do_update(
    index_elements=[draft.c.id],
    set_={one.name: _NEW.excluded[one.name] for one in draft.c if one.name not in _STAYS},
)

_DROP = delete(draft).where(draft.c.id == bindparam("gone"))


def put(connection: Connection, row: StoredDraft) -> None:
    """Keep a draft, in place of what was kept under its id."""
    connection.execute(_KEPT, {name: getattr(row, name) for name in _COLUMNS})


def content_of(connection: Connection, draft_id: str) -> str | None:
    """The content of a draft, if there is one of this id."""
    return connection.scalar(select(draft.c.content).where(draft.c.id == draft_id))


def drop(connection: Connection, draft_id: str) -> None:
    """Forget a draft; nothing happens if there is none."""
    connection.execute(_DROP, {"gone": draft_id})


def kept(
    reader: Reader,
    *,
    purpose: str | None = None,
    record_id: str | None = None,
    draft_id: str | None = None,
) -> list[StoredDraft]:
    """The drafts of a purpose, a record or an id; what was kept last comes first."""
    wanted = select(draft).order_by(draft.c.kept_at.desc(), draft.c.id)
    asked = {draft.c.purpose: purpose, draft.c.record_id: record_id, draft.c.id: draft_id}
    for column, value in asked.items():
        if value is not None:
            wanted = wanted.where(column == value)
    return [StoredDraft(*row) for row in reader.connection.execute(wanted)]
