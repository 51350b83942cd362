"""The register as the rest of the program sees it: open, read, write, close."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Literal, Self, cast

from sqlalchemy import Connection, Engine, RootTransaction, select
from sqlalchemy.exc import IntegrityError

from mineaction_desktop.i18n import mark
from mineaction_desktop.records.types import current_sealer
from mineaction_desktop.storage import files, lock, medium, meta, schema, tables
from mineaction_desktop.storage.engine import Access, open_engine
from mineaction_desktop.storage.faults import in_plain_words
from mineaction_desktop.storage.ids import new_id
from mineaction_desktop.storage.links import broken_links
from mineaction_desktop.storage.lock import HeldError, Holder, WriteLock
from mineaction_desktop.storage.reader import Reader
from mineaction_desktop.storage.recording import Author, Stamp
from mineaction_desktop.storage.schema import CURRENT, Schema
from mineaction_desktop.storage.writer import Writer

__all__ = ["Author", "Holder", "Purpose", "Reader", "RegisterInfo", "Store", "Writer"]

Purpose = Literal["live", "exercise"]

HELD = mark(
    "“{file}” is open for writing by {name} ({office}) on the computer “{host}” since {since}. "
    "Ask them to close it, or open it for reading only."
)
HELD_BY_SOMEBODY = mark(
    "“{file}” is open for writing somewhere else. Close it there, or open it for reading only."
)
READ_ONLY = mark("“{file}” is open for reading only. Open it for writing to change it.")


@dataclass(frozen=True, slots=True)
class RegisterInfo:
    """What a register says about itself."""

    id: str
    purpose: Purpose
    created_at: datetime
    schema: str
    program: str


@dataclass(frozen=True, slots=True)
class Beginning:
    """The identity and the clock of a register that must come out the same each time it is made.

    Real registers take both from the machine; the made-up country is the same to the byte.
    """

    register_id: str
    at: datetime
    batch: str


class Store:
    """An open register. Use it as a context manager, or close it."""

    def __init__(
        self, path: Path, access: Access, schema: Schema, author: Author | None = None
    ) -> None:
        self.path = path
        self._author = author
        self._lock: WriteLock | None = None
        self._turn = threading.Lock()
        self._writing: Engine | None = None
        if author is not None and access is Access.WRITE:
            self._lock = _take_lock(path, author)
            self._writing = open_engine(path, Access.WRITE)
        self._reading = open_engine(path, Access.READ if self._writing else access)
        try:
            with in_plain_words(path):
                self._prepare(schema)
                self.info = self._read_info()
        except BaseException:
            self.close()
            raise

    @classmethod
    def create(
        cls,
        path: Path,
        author: Author,
        *,
        purpose: Purpose = "live",
        schema: Schema = CURRENT,
        beginning: Beginning | None = None,
    ) -> Self:
        """Make an empty register where no file is yet, and open it for writing."""
        files.make(path, lambda connection: _fill(connection, purpose, schema, beginning))
        return cls.open(path, author, write=True, schema=schema)

    @classmethod
    def open(
        cls,
        path: Path,
        author: Author | None = None,
        *,
        write: bool = False,
        schema: Schema = CURRENT,
    ) -> Self:
        """Open a register; raise ``UserError`` if it is not one or somebody else is writing."""
        path = path.absolute()
        files.look(path)
        if not write:
            return cls(path, files.reading_access(path), schema)
        if author is None:
            raise ValueError("who writes must be known")
        if not medium.is_writable(path):
            raise files.about(files.PROTECTED, path)
        return cls(path, Access.WRITE, schema, author)

    @property
    def is_writable(self) -> bool:
        """Whether records can be changed through this store."""
        return self._writing is not None

    @property
    def holder(self) -> Holder | None:
        """Who else may write to the register just now; nobody if we do or none does."""
        return None if self.is_writable else lock.holder(self.path)

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """Give one consistent view of the register."""
        with in_plain_words(self.path), self._reading.connect() as connection:
            reader = Reader(connection, self.info.created_at)
            try:
                yield reader
            finally:
                reader.session.close()

    @contextmanager
    def write(
        self, reason: str | None = None, *, beginning: Beginning | None = None
    ) -> Iterator[Writer]:
        """Give a transaction, committed at the end and taken back on any exception.

        ``reason`` goes into the trail with every change. One transaction runs at a time.
        ``beginning`` gives the clock of a register that is being made.
        """
        if self._writing is None or self._author is None:
            raise files.about(READ_ONLY, self.path)
        with self._turn, in_plain_words(self.path), self._writing.connect() as connection:
            transaction = connection.begin()
            stamp = Stamp(
                beginning.at if beginning else datetime.now(UTC),
                self._author.name,
                self._author.office,
                beginning.batch if beginning else new_id(),
            )
            writer = Writer(connection, self.info.created_at, stamp, reason)
            try:
                yield writer
                writer.finish()
                _commit(connection, transaction)
            finally:
                writer.session.close()

    @property
    def has_passphrase(self) -> bool:
        """Whether a passphrase for identities has been set."""
        return self._get(meta.SEALING) is not None

    @contextmanager
    def unlock(self, passphrase: str) -> Iterator[None]:
        """Make sealed fields readable and writable meanwhile; the first use sets the passphrase."""
        from mineaction_desktop.storage import sealing  # noqa: PLC0415 - few sessions need it

        wrapped = self._get(meta.SEALING)
        if wrapped is None:
            sealer = sealing.new_sealer()
            self._put(meta.SEALING, sealer.wrapped(passphrase))
        else:
            sealer = sealing.unwrap(wrapped, passphrase)
        token = current_sealer.set(sealer)
        try:
            yield
        finally:
            current_sealer.reset(token)

    def change_passphrase(self, old: str, new: str) -> None:
        """Have identities open with another passphrase from now on; no field is sealed anew."""
        from mineaction_desktop.storage import sealing  # noqa: PLC0415 - few sessions need it

        wrapped = self._get(meta.SEALING)
        sealer = sealing.new_sealer() if wrapped is None else sealing.unwrap(wrapped, old)
        self._put(meta.SEALING, sealer.wrapped(new))

    def close(self) -> None:
        """Close every connection and give the right to write back; the files beside it go."""
        self._reading.dispose()
        if self._writing is not None:
            self._writing.dispose()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _prepare(self, schema: Schema) -> None:
        """Make sure that the file is sound and has the shape this program works with."""
        is_current = files.identify(self._reading, self.path, schema)
        if self._writing is None:
            if not is_current:
                raise files.about(files.OLDER, self.path)
            return
        if files.wants_check(self.path):
            files.check(self._reading, self.path)
        self._reading.dispose()
        with self._writing.connect():  # sets the journal mode, which takes the file to itself
            pass
        if not is_current:
            from mineaction_desktop.storage import upgrade  # noqa: PLC0415 - Alembic, when needed

            upgrade.upgrade(self._writing, self.path, schema)

    def _get(self, name: str) -> str | None:
        with in_plain_words(self.path), self._reading.connect() as connection:
            return meta.get(connection, name)

    def _put(self, name: str, value: str) -> None:
        with self.write() as writer:
            meta.put(writer.connection, name, value)

    def _read_info(self) -> RegisterInfo:
        with self._reading.connect() as connection:
            known = meta.everything(connection)
            revision = connection.scalar(select(tables.schema_version.c.version_num))
        return RegisterInfo(
            id=known[meta.REGISTER_ID],
            purpose=cast("Purpose", known[meta.PURPOSE]),
            created_at=datetime.fromisoformat(known[meta.CREATED_AT]),
            schema=str(revision),
            program=known[meta.PROGRAM],
        )


def _fill(
    connection: Connection, purpose: Purpose, wanted: Schema, beginning: Beginning | None
) -> None:
    schema.create(connection, wanted)
    created_at = beginning.at if beginning else datetime.now(UTC)
    meta.put(connection, meta.REGISTER_ID, beginning.register_id if beginning else new_id())
    meta.put(connection, meta.PURPOSE, purpose)
    meta.put(connection, meta.CREATED_AT, created_at.isoformat())
    meta.put(connection, meta.PROGRAM, version("mineaction-desktop"))


def _take_lock(path: Path, author: Author) -> WriteLock:
    try:
        return WriteLock.acquire(path, author.name, author.office)
    except OSError as error:
        raise files.about(files.PROTECTED, path) from error
    except HeldError as error:
        if error.holder is None:
            raise files.about(HELD_BY_SOMEBODY, path) from error
        holder = error.holder
        since = f"{holder.since:%Y-%m-%d %H:%M} UTC"
        raise files.about(
            HELD, path, name=holder.name, office=holder.office, host=holder.host, since=since
        ) from error


def _commit(connection: Connection, transaction: RootTransaction) -> None:
    driver = cast("sqlite3.Connection", connection.connection.driver_connection)
    try:
        transaction.commit()
    except IntegrityError as error:  # links are checked last, so that their order does not matter
        raise broken_links(driver) from error
    finally:
        driver.rollback()  # a commit that fails leaves SQLite within the transaction
