"""Writing the trail: one entry for each change, chained to the entry before it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, select

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.storage import meta
from mineaction_desktop.storage.bulk import Inserter
from mineaction_desktop.storage.tables import audit_entry

OldAndNew = tuple[object, object]

_encoder = msgspec.json.Encoder(order="sorted")

UNSTORABLE = mark(
    "A text holds characters that cannot be stored: they stand for parts of letters, as after a "
    "file was read in the wrong encoding. Write “{text}” anew."
)


def _encode(value: object) -> bytes:
    try:
        return _encoder.encode(value)
    except UnicodeEncodeError as error:
        raise _unstorable(error) from error


def _encode_lines(values: Iterable[object]) -> bytes:
    """One line for each value: in JSON, no text breaks a line."""
    try:
        return _encoder.encode_lines(values)
    except UnicodeEncodeError as error:
        raise _unstorable(error) from error


def _unstorable(error: UnicodeEncodeError) -> UserError:
    shown = error.object.encode("utf-8", "replace").decode()
    return UserError(Message(UNSTORABLE, {"text": shown}))


class Action(StrEnum):
    """What happened to a record."""

    CREATE = "create"
    UPDATE = "update"
    HIDE = "hide"
    UNHIDE = "unhide"


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes: a person and the office they write for."""

    name: str
    office: str

    def __post_init__(self) -> None:
        """Refuse a name that no entry of the trail could hold."""
        _encode((self.name, self.office))


class Stamp(NamedTuple):
    """When, by whom and in which transaction changes are made."""

    at: datetime
    author: str
    office: str
    batch: str


class Change(NamedTuple):
    """What is recorded about one record; ``fields`` is the text that :func:`as_text` makes."""

    kind: str
    record_id: str
    action: str
    fields: str
    reason: str | None


_LAST = (
    select(audit_entry.c.number, audit_entry.c.fingerprint, audit_entry.c.at)
    .order_by(audit_entry.c.number.desc())
    .limit(1)
)
"""The end of the trail; every reader and writer asks for it."""

_AsChange = tuple[str, str, str, str, str | None]
"""What a :class:`Change` is; thousands of bare ones are cheaper to make."""


class Head(NamedTuple):
    """The end of the trail; no time in an empty one."""

    number: int
    fingerprint: str
    at: datetime | None


def head(connection: Connection) -> Head:
    """Return the last entry of the trail, or where an empty trail begins."""
    last = connection.execute(_LAST).one_or_none()
    if last is None:
        return Head(0, beginning(meta.register_id(connection)), None)
    return Head(last.number, last.fingerprint, last.at)


def keep_end(connection: Connection) -> None:
    """Note in the passport where the trail ends, so that cutting it off shows."""
    number, this, _ = head(connection)
    if number:
        meta.put(connection, meta.TRAIL_END, f"{number} {this}")


def kept_end(connection: Connection) -> tuple[int, str] | None:
    """Return the number and the fingerprint of the last entry as noted, if they ever were."""
    number, _, this = (meta.get(connection, meta.TRAIL_END) or "").partition(" ")
    return (int(number), this) if number.isdecimal() else None


def beginning(register_id: str) -> str:
    """Return what the first entry is chained to, so that registers cannot swap trails."""
    return hashlib.sha256(register_id.encode()).hexdigest()


def as_text(fields: Mapping[str, OldAndNew]) -> str:
    """Return fields with their old and new values as the text that is stored."""
    return _encode(fields).decode()


def as_texts(values: Iterable[object]) -> list[str]:
    """Return values as they stand in the text that :func:`as_text` makes."""
    return _encode_lines(values).decode().split("\n")[:-1]


def time_text(at: datetime) -> str:
    """Return a moment as it enters fingerprints."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def fingerprint(number: int, stamp: tuple[str, ...], change: Change, previous: str) -> str:
    """Return the fingerprint of an entry: SHA-256 over all it says, as one JSON list.

    ``stamp`` is the time as text, author, office and batch.
    """
    return hashlib.sha256(_encode((number, *stamp, *change, previous))).hexdigest()


def append(connection: Connection, stamp: Stamp, changes: Iterable[_AsChange]) -> None:
    """Write entries for the changes at the end of the trail."""
    made = list(changes)
    if not made:
        return
    number, previous, _ = head(connection)
    prints = _chained(number, stamp, made, previous)
    kinds, ids, actions, texts, reasons = zip(*made, strict=True)
    inserter = Inserter(connection, audit_entry)
    inserter.insert(
        {
            "number": range(number + 1, number + 1 + len(made)),
            "at": [inserter.bound("at", stamp.at)] * len(made),
            "author": [stamp.author] * len(made),
            "office": [stamp.office] * len(made),
            "batch": [stamp.batch] * len(made),
            "kind": kinds,
            "record_id": ids,
            "action": actions,
            "changes": texts,
            "reason": reasons,
            "previous": [previous, *prints[:-1]],
            "fingerprint": prints,
        }
    )


def _chained(number: int, stamp: Stamp, changes: Iterable[_AsChange], previous: str) -> list[str]:
    """The fingerprints of entries, as :func:`fingerprint` makes them one by one."""
    said = _encode((time_text(stamp.at), *stamp[1:]))[1:-1]
    prints: list[str] = []
    last = _encode(previous)
    for place, line in enumerate(_encode_lines(changes).splitlines(), number + 1):
        text = b"[%d,%b,%b,%b]" % (place, said, line[1:-1], last)
        this = hashlib.sha256(text).hexdigest()
        prints.append(this)
        last = b'"%b"' % this.encode()
    return prints
