"""Every record twice: as its trail says it must be, and as the register holds it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, LargeBinary, Row, select, type_coerce

from mineaction_desktop.records import Record, kinds
from mineaction_desktop.records.types import SealedText
from mineaction_desktop.storage.portable import portable, tracked
from mineaction_desktop.storage.recording import time_text
from mineaction_desktop.storage.tables import audit_entry, table_of

_AT_A_TIME = 5000
_changes = msgspec.json.Decoder(dict[str, tuple[object, object]])

Values = dict[str, object]


class Pair(NamedTuple):
    """A record by its trail and by its row; one of the two may be missing.

    ``confused`` are the numbers of entries that say nothing readable.
    """

    kind: str
    record_id: str
    said: Values | None
    found: Values | None
    confused: tuple[int, ...] = ()


def pairs(connection: Connection) -> Iterator[Pair]:
    """Yield all records, in the order of their identifiers as far as the trail knows them."""
    shelves = {name: _Shelf(connection, kind) for name, kind in kinds().items()}
    columns = audit_entry.c
    trail = connection.execution_options(yield_per=_AT_A_TIME).execute(
        select(audit_entry).order_by(columns.record_id, columns.number)
    )
    for record_id, group in groupby(trail, key=attrgetter("record_id")):
        for kind, entries in _by_kind(group).items():
            if kind in shelves:  # kinds of long ago may be gone, their trail stays
                yield from shelves[kind].before(record_id)
                said, confused = _last_state(entries)
                yield Pair(kind, record_id, said, shelves[kind].take(record_id), confused)
    for shelf in shelves.values():
        yield from shelf.before(None)


def _by_kind(entries: Iterator[Row[Any]]) -> dict[str, list[Row[Any]]]:
    found: dict[str, list[Row[Any]]] = {}
    for entry in entries:
        found.setdefault(entry.kind, []).append(entry)
    return found


def _last_state(entries: Sequence[Row[Any]]) -> tuple[Values, tuple[int, ...]]:
    """Return what the entries of a record, oldest first, add up to, and those left out."""
    first, last = entries[0], entries[-1]
    state: dict[str, object] = {"is_hidden": False}
    confused: list[int] = []
    for entry in entries:
        try:
            changes = _changes.decode(entry.changes)
        except msgspec.DecodeError:
            confused.append(entry.number)
        else:
            state.update((name, new) for name, (_, new) in changes.items())
    bookkeeping = _bookkeeping(
        len(entries),
        (first.at, first.author, first.office),
        (last.at, last.author, last.office),
    )
    return state | bookkeeping, tuple(confused)


def _bookkeeping(
    version: int, created: tuple[Any, str, str], updated: tuple[Any, str, str]
) -> Values:
    return {
        "version": version,
        "created_at": time_text(created[0]),
        "created_by": created[1],
        "created_office": created[2],
        "updated_at": time_text(updated[0]),
        "updated_by": updated[1],
        "updated_office": updated[2],
    }


class _Shelf:
    """The rows of a kind by identifier, taken one after the other."""

    def __init__(self, connection: Connection, kind: type[Record]) -> None:
        self._kind = kind.__tablename__
        self._fields = tracked(kind)
        table = table_of(kind)
        columns = [
            type_coerce(column, LargeBinary).label(column.key)
            if isinstance(column.type, SealedText)
            else column
            for column in table.columns
        ]
        wanted = select(*columns).order_by(table.c.id)
        self._rows = iter(connection.execution_options(yield_per=_AT_A_TIME).execute(wanted))
        self._next = next(self._rows, None)

    def before(self, record_id: str | None) -> Iterator[Pair]:
        """Take the rows before an identifier, or all that are left."""
        while self._next is not None and (record_id is None or self._next.id < record_id):
            yield Pair(self._kind, self._next.id, None, self._take())

    def take(self, record_id: str) -> Values | None:
        """Take the row of an identifier, if it comes next."""
        if self._next is None or self._next.id != record_id:
            return None
        return self._take()

    def _take(self) -> Values:
        row, self._next = self._next, next(self._rows, None)
        if row is None:
            raise LookupError(self._kind)
        values = row._asdict()
        found = {name: portable(convert, values[name]) for name, convert in self._fields.items()}
        return found | _bookkeeping(
            row.version,
            (row.created_at, row.created_by, row.created_office),
            (row.updated_at, row.updated_by, row.updated_office),
        )
