"""Adding many records of one kind at the speed of the database, each with its trail entry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, repeat
from typing import Any

from sqlalchemy import Connection

from mineaction_desktop.domain.vocabulary import ReviewState
from mineaction_desktop.records import Record
from mineaction_desktop.storage import recording
from mineaction_desktop.storage.bulk import Inserter
from mineaction_desktop.storage.ids import new_ids
from mineaction_desktop.storage.numbers import Numbers
from mineaction_desktop.storage.portable import tracked
from mineaction_desktop.storage.recording import Action, Stamp
from mineaction_desktop.storage.tables import table_of

Row = Mapping[str, object]
Values = list[object]

_CHUNK = 2000
_ALWAYS: Mapping[str, object] = {"review_state": ReviewState.ENTERED.value, "is_hidden": False}
"""What a record has that says nothing of it."""


class RowWriter:
    """Writes rows of one kind as new records of one transaction.

    Rows are taken apart into columns, because one call for a column of two thousand values costs
    little more than one call for a value.
    """

    def __init__(
        self, connection: Connection, kind: type[Record], stamp: Stamp, reason: str | None
    ) -> None:
        self._connection = connection
        self._kind = kind
        self._stamp = stamp
        self._reason = reason
        self._inserter = Inserter(connection, table_of(kind))
        self._converters = tracked(kind)

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
        given = by_column(rows)
        unnamed: Values = [None] * len(rows)
        new = iter(new_ids(sum(not one for one in given.get("id", unnamed))))
        ids = [str(one or next(new)) for one in given.pop("id", unnamed)]
        given["local_id"] = _filled(given.get("local_id", unnamed), free)
        for name, value in _ALWAYS.items():
            given[name] = _filled(given.get(name, unnamed), repeat(value))
        kind, reason = self._kind.__tablename__, self._reason
        said = list(self._told(given))  # refuses what cannot be stored
        stored: dict[str, Values] = {"id": [*ids], **given}
        stored |= {name: [value] * len(rows) for name, value in _same(self._stamp).items()}
        self._inserter.insert({name: self._bound(name, stored[name]) for name in stored})
        changes = zip(repeat(kind), ids, repeat(Action.CREATE.value), said, repeat(reason))
        recording.append(self._connection, self._stamp, changes)
        return ids

    def _bound(self, name: str, values: Values) -> Values:
        bind = self._inserter.binders[name]
        return values if bind is None else _converted(bind, values)

    def _told(self, columns: Mapping[str, Values]) -> Iterator[str]:
        """What the trail says about each row: the fields that are filled, in order of their names.

        The text is that of :func:`recording.as_text`, put together from columns of texts.
        """
        parts: list[Iterable[str]] = []
        for name in sorted(columns):
            convert, values = self._converters[name], columns[name]
            if convert is not None:
                values = _converted(convert, values)
            if name == "is_hidden":  # that a record is not hidden needs no entry
                values = [value or None for value in values]
            texts, start = recording.as_texts(values), f',"{name}":[null,'
            if None in values:
                pairs = zip(values, texts, strict=True)
                parts.append(["" if one is None else f"{start}{text}]" for one, text in pairs])
            else:
                parts += [repeat(start), texts, repeat("]")]
        for told in map("".join, zip(*parts, strict=False)):
            yield f"{{{told[1:]}}}"


def by_column(rows: Sequence[Row]) -> dict[str, Values]:
    """The values of rows by their fields; fields that no row fills are left out."""
    names = dict.fromkeys(chain.from_iterable(dict.fromkeys(map(tuple, rows))))
    columns = {name: [row.get(name) for row in rows] for name in names}
    return {
        name: values
        for name, values in columns.items()
        if any(value is not None for value in values)
    }


def _filled(values: Iterable[object], others: Iterator[object]) -> Values:
    """Values, each that is missing replaced by the next of the others."""
    return [next(others) if value is None else value for value in values]


def _converted(convert: Callable[[Any], object], values: Values) -> Values:
    """Values in another form, nothing staying nothing; one that many rows share is made once."""
    known = dict(zip(map(id, values), values, strict=True))
    if len(known) * 2 > len(values):
        return [None if value is None else convert(value) for value in values]
    made = {place: None if one is None else convert(one) for place, one in known.items()}
    return [made[place] for place in map(id, values)]


def _same(stamp: Stamp) -> dict[str, object]:
    """What all records of a transaction have in common."""
    at, name, office, _ = stamp
    return {
        "version": 1,
        "created_at": at,
        "created_by": name,
        "created_office": office,
        "updated_at": at,
        "updated_by": name,
        "updated_office": office,
    }
