"""Connections to a register file, with the settings that keep it sound."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
from sqlalchemy import Connection, Delete, Engine, QueuePool, Update, create_engine, event

from mineaction_desktop.records.types import UnreadableError
from mineaction_desktop.storage import medium
from mineaction_desktop.storage import strict as _strict  # noqa: F401 - teaches SQLite our types
from mineaction_desktop.storage.tables import WRITTEN_ONCE

APPLICATION_ID = 0x4D41_4452
"""Marks a SQLite file as a register: the letters MADR."""

PATIENCE_MS = 5000
"""How long to wait for another program that has locked the file."""


class Access(Enum):
    """What a connection may do, and with it how the file is opened."""

    WRITE = "write"
    READ = "read"
    READ_ONLY_FILE = "read-only file"
    READ_ONLY_MEDIUM = "read-only medium"


_OPENED = {
    Access.WRITE: "mode=rw",
    # For writing too, so that the last one out can tidy the write-ahead log away.
    Access.READ: "mode=rw",
    Access.READ_ONLY_FILE: "mode=ro",
    Access.READ_ONLY_MEDIUM: "mode=ro&immutable=1",
}


def open_engine(path: Path, access: Access, look: Callable[[], None] | None = None) -> Engine:
    """Return an engine on an existing file; nothing is opened before the first connection.

    ``look`` is called before each, and raises if the file at ``path`` is not the one meant.
    """
    journal = "DELETE" if medium.is_network(path) else "WAL"
    uri = _uri(path, access)

    def connect() -> sqlite3.Connection:
        if look is not None:
            look()
        return sqlite3.connect(
            uri, uri=True, isolation_level=None, check_same_thread=False, cached_statements=512
        )

    engine = create_engine(
        "sqlite://",
        creator=connect,
        poolclass=QueuePool,
        json_serializer=_to_json,
        json_deserializer=_from_json,
    )
    begin = "BEGIN IMMEDIATE" if access is Access.WRITE else "BEGIN"

    @event.listens_for(engine, "connect")
    def _connect(connection: sqlite3.Connection, _: object) -> None:
        for setting in _settings(access, journal):
            connection.execute(f"PRAGMA {setting}").close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)
        if access is Access.WRITE:  # within a transaction, records may come before what they name
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")

    event.listen(engine, "before_execute", _refuse_rewriting)
    return engine


def _refuse_rewriting(_: Connection, statement: object, *__: object) -> None:
    """What was written once stays, also in databases without our triggers."""
    if isinstance(statement, (Update, Delete)) and statement.table in WRITTEN_ONCE:
        raise RuntimeError(f"{statement.table} takes new rows only")


def _settings(access: Access, journal: str) -> list[str]:
    common = [
        f"busy_timeout={PATIENCE_MS}",
        "foreign_keys=ON",
        "trusted_schema=OFF",
        "synchronous=FULL",
    ]
    if access is Access.WRITE:
        return [*common, f"journal_mode={journal}"]
    return [*common, "query_only=ON"]


def _uri(path: Path, access: Access) -> str:
    posix = path.absolute().as_posix()
    lead = "" if posix.startswith("/") else "/"
    return f"file://{lead}{quote(os.fsencode(posix))}?{_OPENED[access]}"


def _from_json(text: str) -> object:
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError as error:
        raise UnreadableError(text) from error


def _to_json(value: Any) -> str:  # noqa: ANN401 - a JSON column takes whatever JSON can hold
    return msgspec.json.encode(value).decode()
