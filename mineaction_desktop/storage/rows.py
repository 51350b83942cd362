"""Adding many records of one kind at the speed of the database, each with its trail entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection

from mineaction_desktop.domain.vocabulary import ReviewState
from mineaction_desktop.records import Record
from mineaction_desktop.storage import recording
from mineaction_desktop.storage.bulk import Inserter
from mineaction_desktop.storage.ids import new_ids
from mineaction_desktop.storage.numbers import Numbers
from mineaction_desktop.storage.portable import tracked
from mineaction_desktop.storage.recording import Action, Change, Stamp
from mineaction_desktop.storage.tables import table_of

Row = Mapping[str, object]

_CHUNK = 2000


class RowWriter:
    """Writes rows of one kind as new records of one transaction."""

    def __init__(
        self, connection: Connection, kind: type[Record], stamp: Stamp, reason: str | None
    ) -> None:
        self._connection = connection
        self._kind = kind
        self._stamp = stamp
        self._reason = reason
        self._inserter = Inserter(connection, table_of(kind))
        binders = self._inserter.binders
        self._fields = {name: (convert, binders[name]) for name, convert in tracked(kind).items()}
        self._blank = self._blank_row()

    def write(self, rows: Sequence[Row], numbers: Numbers) -> list[str]:
        """Write the rows and return their identifiers in the same order."""
        own = [str(row["local_id"]) for row in rows if row.get("local_id") is not None]
        numbers.note(self._kind, own)
        free = iter(numbers.next(self._kind, len(rows) - len(own)))
        written: list[str] = []
        for start in range(0, len(rows), _CHUNK):
            written += self._write_chunk(rows[start : start + _CHUNK], free)
        return written

    def _write_chunk(self, rows: Sequence[Row], free: Iterator[str]) -> list[str]:
        stored: list[tuple[object, ...]] = []
        changes: list[Change] = []
        kind, reason = self._kind.__tablename__, self._reason
        ids = [str(row.get("id") or new) for row, new in zip(rows, new_ids(len(rows)), strict=True)]
        for row, record_id in zip(rows, ids, strict=True):
            values, said = self._prepare(row, record_id, free)
            stored.append(tuple(values.values()))
            changes.append(Change(kind, record_id, Action.CREATE, said, reason))
        self._inserter.insert(stored)
        recording.append(self._connection, self._stamp, changes)
        return ids

    def _prepare(
        self, row: Row, record_id: str, free: Iterator[str]
    ) -> tuple[dict[str, object], str]:
        """Return the values to store, by column, and what the trail says about them."""
        values = self._blank.copy()
        values["id"] = record_id
        said: dict[str, recording.OldAndNew] = {"review_state": (None, values["review_state"])}
        fields = self._fields
        for name, value in row.items():
            if value is None or name == "id":
                continue
            convert, bind = fields[name]
            said[name] = (None, value if convert is None else convert(value))
            values[name] = value if bind is None else bind(value)
        if values["local_id"] is None:
            values["local_id"] = local_id = next(free)
            said["local_id"] = (None, local_id)
        if not values["is_hidden"]:
            said.pop("is_hidden", None)
        return values, recording.as_text(said)

    def _blank_row(self) -> dict[str, object]:
        """Every column, in the order of the table, with what is the same in all rows."""
        at, name, office, _ = self._stamp
        same = {
            "review_state": ReviewState.ENTERED.value,
            "is_hidden": False,
            "version": 1,
            "created_at": at,
            "created_by": name,
            "created_office": office,
            "updated_at": at,
            "updated_by": name,
            "updated_office": office,
        }
        return {
            column: self._inserter.bound(column, same.get(column))
            for column in self._inserter.binders
        }
