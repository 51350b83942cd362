"""The readable numbers of records, such as HA-000012: the next free one of each kind."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, insert, select, update

from mineaction_desktop.records import Record
from mineaction_desktop.storage.tables import numbering

# Longer numbers are somebody's own system; counting on from them would help nobody.
_DIGITS = r"(\d{1,9})\Z"

_LAST = select(numbering.c.last).where(numbering.c.kind == bindparam("of"))


class Numbers:
    """Hands out readable numbers within one write transaction, and keeps clear of typed ones."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._last: dict[str, int] = {}
        self._stored: dict[str, int] = {}

    def next(self, kind: type[Record], count: int = 1) -> list[str]:
        """Return the next free numbers of a kind."""
        first = self._known(kind) + 1
        self._last[kind.__tablename__] = first + count - 1
        prefix = kind.prefix
        return [f"{prefix}-{number:06d}" for number in range(first, first + count)]

    def note(self, kind: type[Record], taken: Iterable[str | None]) -> None:
        """Remember numbers that people have given themselves, so that none is handed out twice."""
        pattern = re.compile(re.escape(kind.prefix) + "-" + _DIGITS)
        found = (pattern.match(local_id) for local_id in taken if local_id)
        highest = max((int(match[1]) for match in found if match), default=0)
        if highest > self._known(kind):
            self._last[kind.__tablename__] = highest

    def save(self) -> None:
        """Store what has been handed out."""
        for kind, last in self._last.items():
            if kind not in self._stored:
                self._connection.execute(insert(numbering).values(kind=kind, last=last))
            elif self._stored[kind] != last:
                row = update(numbering).where(numbering.c.kind == kind)
                self._connection.execute(row.values(last=last))
            self._stored[kind] = last

    def _known(self, kind: type[Record]) -> int:
        name = kind.__tablename__
        if name not in self._last:
            stored = self._connection.execute(_LAST, {"of": name}).scalar_one_or_none()
            if stored is not None:
                self._stored[name] = stored
            self._last[name] = stored or 0
        return self._last[name]
