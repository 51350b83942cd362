"""Reading: one consistent view of a register for as long as it is held."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from mineaction_desktop.storage import recording


class Reader:
    """What the register held at one moment; later changes do not show.

    Records taken from ``session`` may be changed freely: a reader never writes.
    """

    def __init__(
        self, connection: Connection, created_at: datetime, *, autoflush: bool = False
    ) -> None:
        self.connection = connection
        head = recording.head(connection)
        self._number, self._fingerprint = head.number, head.fingerprint
        self._changed_at = head.at or created_at
        self.session = Session(connection, autoflush=autoflush, expire_on_commit=False)

    @property
    def change_number(self) -> int:
        """The number of the last entry of the trail; it grows with every change."""
        return self._number

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the last entry, which stands for everything before it."""
        return self._fingerprint

    @property
    def changed_at(self) -> datetime:
        """When the last change was made; the day the register was made, if none was."""
        return self._changed_at
