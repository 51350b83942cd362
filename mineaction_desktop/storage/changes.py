"""What a session is about to write, as changes for the trail."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from mineaction_desktop.records import Record
from mineaction_desktop.storage.portable import portable, tracked
from mineaction_desktop.storage.recording import Action, Change, OldAndNew, as_text
from mineaction_desktop.storage.tables import table_of

Fields = dict[str, OldAndNew]


def created(session: Session) -> Iterator[tuple[Record, Change]]:
    """Yield the records that are new, in the order in which they were added."""
    for record in session.new:
        if isinstance(record, Record):
            fields: Fields = {
                name: (None, portable(convert, value))
                for name, convert in tracked(type(record)).items()
                if (value := getattr(record, name)) is not None and _is_told(name, value)
            }
            yield record, _change(record, Action.CREATE, fields)


def updated(session: Session) -> Iterator[tuple[Record, Change]]:
    """Yield the records that differ from what is stored."""
    changed = [record for record in session.dirty if isinstance(record, Record)]
    for record in sorted(changed, key=attrgetter("id")):
        fields = dict(_differences(session, record))
        if fields:
            yield record, _change(record, _action(fields), fields)


def _is_told(name: str, value: object) -> bool:
    """Whether a first value is worth an entry; that a record is not hidden is not."""
    return name != "is_hidden" or value is not False


def _differences(session: Session, record: Record) -> Iterator[tuple[str, OldAndNew]]:
    attributes = inspect(record).attrs
    for name, convert in tracked(type(record)).items():
        history = attributes[name].history
        if history.has_changes():
            # An attribute set before it was ever read: only the register knows the old value.
            old = history.deleted[0] if history.deleted else _stored(session, record, name)
            yield name, (portable(convert, old), portable(convert, attributes[name].value))


def _stored(session: Session, record: Record, name: str) -> object:
    table = table_of(type(record))
    wanted = select(table.c[name]).where(table.c.id == record.id)
    return session.connection().execute(wanted).scalar_one()


def _action(fields: Fields) -> Action:
    if "is_hidden" not in fields:
        return Action.UPDATE
    return Action.HIDE if fields["is_hidden"][1] else Action.UNHIDE


def _change(record: Record, action: Action, fields: Fields) -> Change:
    return Change(record.__tablename__, record.id, action, as_text(fields), None)
