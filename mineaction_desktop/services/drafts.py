"""Drafts: what is being keyed, on the disk before anybody has asked to save it.

A draft is no record: it leaves no entry in the trail, counts in no figure, and is dropped by the
transaction that saves its record. Sealed fields are sealed in it as they are in the record.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from mineaction_desktop.domain.problems import Place, Problem
from mineaction_desktop.formdef.catalogue import Catalogue, load_catalogue
from mineaction_desktop.formdef.wording import shortened
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.services.content import Content, split_path
from mineaction_desktop.services.draft_text import (
    Draft,
    Purpose,
    as_text,
    content_from,
    has_locked,
)
from mineaction_desktop.services.loading import problems_of
from mineaction_desktop.services.rescue import Rescued, forget_rescued, rescue, rescued
from mineaction_desktop.storage import drafts as table
from mineaction_desktop.storage.drafts import StoredDraft
from mineaction_desktop.storage.ids import new_id
from mineaction_desktop.storage.store import Author, BusyError, Reader, Store

__all__ = [
    "Draft",
    "Parked",
    "Purpose",
    "Rescued",
    "drop_draft",
    "keep_draft",
    "missing",
    "new_draft",
    "next_moment",
    "open_drafts",
    "parked",
    "read_draft",
    "rescue",
    "rescued",
    "take_all_rescued",
    "take_rescued",
]

PATIENCE = 0.4
"""How many seconds a draft waits for a longer job that is writing, before it goes to a file."""

UNREAD = mark("“{value}” cannot be read here yet. Correct it.")


@dataclass(frozen=True, slots=True)
class Parked:
    """A record that was put aside unfinished, and what it still lacks."""

    draft: Draft
    problems: tuple[Problem, ...]


def new_draft(content: Content, author: Author, *, purpose: Purpose = "entry") -> Draft:
    """A draft of a content, not kept yet."""
    now = datetime.now(UTC)
    return Draft(new_id(), content, author.name, author.office, now, now, purpose=purpose)


def keep_draft(
    store: Store,
    draft: Draft,
    *,
    catalogue: Catalogue | None = None,
    folder: Path | None = None,
) -> datetime:
    """Have a draft on the disk when this returns; give the time at which it was kept.

    While a longer job is writing to the register, the draft goes to a rescue file instead.
    ``UserError`` says why it cannot be kept at all: :func:`rescue` it then.
    """
    known = catalogue or load_catalogue()
    now = next_moment(draft)
    try:
        with store.aside(patience=PATIENCE) as connection:
            before = table.content_of(connection, draft.id) if has_locked(draft) else None
            table.put(connection, _stored(draft, now, as_text(draft, known, before)))
    except BusyError:
        rescue(
            replace(draft, kept_at=now),
            folder,
            register_id=store.info.id,
            register_name=store.path.name,
            catalogue=known,
        )
    else:
        forget_rescued(draft.id, folder)
    return now


def next_moment(draft: Draft) -> datetime:
    """Now, or later than a draft was kept before if the clock was set back since."""
    return max(datetime.now(UTC), draft.kept_at + timedelta(milliseconds=1))


def open_drafts(
    reader: Reader,
    *,
    purpose: Purpose = "entry",
    record_id: str | None = None,
    catalogue: Catalogue | None = None,
) -> list[Draft]:
    """The drafts in a register, or those of one record; kept last comes first, parked or not."""
    known = catalogue or load_catalogue()
    found = table.kept(reader, purpose=purpose, record_id=record_id)
    return [_draft(row, known) for row in found]


def read_draft(
    reader: Reader, draft_id: str, *, catalogue: Catalogue | None = None
) -> Draft | None:
    """The draft of an id, if it is still there."""
    found = table.kept(reader, draft_id=draft_id)
    return _draft(found[0], catalogue or load_catalogue()) if found else None


def drop_draft(store: Store, draft_id: str, *, folder: Path | None = None) -> None:
    """Forget a draft, also the file of it."""
    with store.aside() as connection:
        table.drop(connection, draft_id)
    forget_rescued(draft_id, folder)


def take_rescued(store: Store, found: Rescued, *, catalogue: Catalogue | None = None) -> Draft:
    """Bring a draft from its file into the register, and remove the file."""
    keep_draft(store, found.draft, catalogue=catalogue, folder=found.path.parent)
    return found.draft


def take_all_rescued(store: Store, *, catalogue: Catalogue | None = None) -> int:
    """Bring the drafts of this register from their files, and give their number.

    A file that was written before the draft was kept in the register is left, and so is one
    whose identities are locked: what is sealed in it can only be moved by who has the passphrase.
    """
    known = catalogue or load_catalogue()
    mine = (one for one in rescued(catalogue=known) if one.register_id == store.info.id)
    files = [one for one in mine if not has_locked(one.draft)]
    taken = 0
    for one in files:
        with store.read() as reader:
            kept = table.kept(reader, purpose=one.draft.purpose, draft_id=one.draft.id)
        if all(row.kept_at < one.draft.kept_at for row in kept):
            take_rescued(store, one, catalogue=known)
            taken += 1
    return taken


def parked(
    reader: Reader, *, catalogue: Catalogue | None = None, today: date | None = None
) -> list[Parked]:
    """The records that were put aside unfinished, each with what it still lacks."""
    known = catalogue or load_catalogue()
    found = open_drafts(reader, catalogue=known)
    return [Parked(one, missing(known, one, today)) for one in found if one.is_parked]


def missing(catalogue: Catalogue, draft: Draft, today: date | None = None) -> tuple[Problem, ...]:
    """What keeps a draft from being saved: what is missing or wrong, and what is unread."""
    content = draft.content
    found = [] if content.kind not in catalogue.forms else problems_of(catalogue, content, today)
    unread = {split_path(path): text for path, text in draft.texts.items()}
    return (
        *(_unread(content, row_id, name, text) for (row_id, name), text in unread.items()),
        *(one for one in found if (_row(content, one), one.place.field) not in unread),
    )


def _row(content: Content, problem: Problem) -> str | None:
    return None if problem.place.record_id == content.id else problem.place.record_id


def _unread(content: Content, row_id: str | None, name: str, text: str) -> Problem:
    kinds = [kind for kind in content.groups for row in content.rows(kind) if row.id == row_id]
    shown = shortened(text)
    place = Place(
        kind=kinds[0] if kinds else content.kind, record_id=row_id or content.id, field=name
    )
    return Problem("DRAFT-001", Message(UNREAD, {"value": shown}), place, value=shown)


def _stored(draft: Draft, now: datetime, text: str) -> StoredDraft:
    return StoredDraft(
        id=draft.id,
        kind=draft.kind,
        record_id=draft.content.id,
        purpose=draft.purpose,
        is_parked=draft.is_parked,
        author=draft.author,
        office=draft.office,
        started_at=draft.started_at,
        kept_at=now,
        based_on=draft.based_on,
        content=text,
    )


def _draft(row: StoredDraft, catalogue: Catalogue) -> Draft:
    content, texts, unknown = content_from(row.kind, row.content, catalogue)
    purpose: Purpose = "second" if row.purpose == "second" else "entry"
    return Draft(
        id=row.id,
        content=content,
        author=row.author,
        office=row.office,
        started_at=row.started_at,
        kept_at=row.kept_at,
        texts=texts,
        is_parked=row.is_parked,
        purpose=purpose,
        unknown=unknown,
    )
