"""The register as the rest of the program sees it: open, read, write, close."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Literal, Self, cast

from sqlalchemy import Connection, Engine, RootTransaction, select
from sqlalchemy.exc import IntegrityError

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.records.types import current_sealer
from mineaction_desktop.storage import files, lock, medium, meta, opening, schema, tables
from mineaction_desktop.storage.engine import Access, open_engine
from mineaction_desktop.storage.faults import PROTECTED, in_plain_words
from mineaction_desktop.storage.ids import new_id
from mineaction_desktop.storage.links import broken_links
from mineaction_desktop.storage.lock import Holder
from mineaction_desktop.storage.reader import Reader
from mineaction_desktop.storage.recording import Author, Stamp
from mineaction_desktop.storage.schema import CURRENT, Schema
from mineaction_desktop.storage.writer import Writer

__all__ = ["Author", "BusyError", "Holder", "Purpose", "Reader", "RegisterInfo", "Store", "Writer"]

Purpose = Literal["live", "exercise"]

NO_PASSPORT = mark("it does not say which register it is and since when")
BUSY = mark(
    "A longer job is writing to “{file}” now. Wait until it is done, or stop it; then try again."
)
NOT_IN_PLACE = mark(
    "“{file}” is not where it was opened: it was moved, deleted or replaced, or the stick was "
    "pulled out. Nothing was saved by this last step; everything saved before is kept in it. Put "
    "it back, or open the register again."
)
READ_ONLY = mark("“{file}” is open for reading only. Open it for writing to change it.")


class BusyError(UserError):
    """Another transaction of this program is writing, and takes longer than one could wait."""


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
        self,
        path: Path,
        schema: Schema,
        author: Author | None = None,
        *,
        named: Path | None = None,
    ) -> None:
        """Open for writing as ``author``, or for reading; people are told the name ``named``."""
        self.path = named or path
        self._file = path
        self._author = author
        self._turn = threading.Lock()
        self._tidy = ExitStack()
        self._writing: Engine | None = None
        try:
            with in_plain_words(self.path):
                self._identity = medium.identity(path)
                if author is None:
                    self._reading = opening.for_reading(path, schema, self._tidy)
                else:
                    self._reading, self._writing = self._for_writing(path, author, schema)
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
        with cls.making(path, author, purpose=purpose, schema=schema, beginning=beginning):
            pass
        return cls.open(path, author, write=True, schema=schema)

    @classmethod
    @contextmanager
    def making(
        cls,
        path: Path,
        author: Author,
        *,
        purpose: Purpose = "live",
        schema: Schema = CURRENT,
        beginning: Beginning | None = None,
    ) -> Iterator[Self]:
        """Give an empty register to fill; it appears under its name once that is done."""
        path = path.absolute()
        with files.unfinished(path) as hidden:
            files.fill(hidden, path, lambda made: _begin(made, purpose, schema, beginning))
            with cls(hidden, schema, author, named=path) as store:
                yield store

    @classmethod
    def open(
        cls,
        path: Path,
        author: Author | None = None,
        *,
        write: bool = False,
        schema: Schema = CURRENT,
    ) -> Self:
        """Open a register; raise ``UserError`` if it is not one or somebody else is writing.

        A register of an older version is brought up to date when it is opened for writing, after
        it was copied to ``NAME before VERSION`` beside it. Reading leaves it as it is.
        """
        path = path.absolute()
        files.look(path)
        if not write:
            return cls(path, schema)
        if author is None:
            raise ValueError("who writes must be known")
        if not medium.is_writable(path):
            raise files.about(PROTECTED, path)
        return cls(path, schema, author)

    @property
    def is_writable(self) -> bool:
        """Whether records can be changed through this store."""
        return self._writing is not None

    @property
    def holder(self) -> Holder | None:
        """Who else may write to the register just now; nobody if we do or none does."""
        return None if self.is_writable else lock.holder(self.path)

    @property
    def presence(self) -> medium.Presence:
        """Whether the file still lies where it was opened; what is written elsewhere is lost."""
        return medium.presence(self._file, self._identity)

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """Give one consistent view of the register."""
        with self._in_plain_words(), self._reading.connect() as connection:
            reader = Reader(connection, self.info.created_at)
            try:
                yield reader
            finally:
                reader.session.close()

    @contextmanager
    def write(
        self,
        reason: str | None = None,
        *,
        beginning: Beginning | None = None,
        patience: float = -1,
    ) -> Iterator[Writer]:
        """Give a transaction, committed at the end and taken back on any exception.

        ``reason`` goes into the trail with every change. ``beginning`` gives the clock of a
        register that is being made. One transaction runs at a time: :class:`BusyError` is raised
        for those whose ``patience`` in seconds ends before another one does.
        """
        if self._writing is None or self._author is None:
            raise files.about(READ_ONLY, self.path)
        with (
            self._my_turn(patience),
            self._in_plain_words(),
            self._writing.connect() as connection,
        ):
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
                self._look()
                _commit(connection, transaction)
            finally:
                writer.session.close()

    @contextmanager
    def aside(self, *, patience: float = -1) -> Iterator[Connection]:
        """Give a transaction for what is no record and leaves no trail: drafts, search index.

        ``patience`` is that of :meth:`write`.
        """
        if self._writing is None:
            raise files.about(READ_ONLY, self.path)
        with (
            self._my_turn(patience),
            self._in_plain_words(),
            self._writing.begin() as connection,
        ):
            yield connection

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
        self._tidy.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _for_writing(self, path: Path, author: Author, schema: Schema) -> tuple[Engine, Engine]:
        """Take the right to write and make sure that the file is sound and up to date."""
        self._tidy.callback(opening.take_lock(path, author).release)
        writing = open_engine(path, Access.WRITE, self._look)
        reading = open_engine(path, Access.READ, self._look)
        self._tidy.callback(writing.dispose)
        self._tidy.callback(reading.dispose)
        is_current = files.identify(reading, path, schema)
        if files.wants_check(path):
            files.check(reading, path)
        reading.dispose()
        with writing.connect():  # sets the journal mode, which takes the file to itself
            pass
        if not is_current:
            from mineaction_desktop.storage import upgrade  # noqa: PLC0415 - Alembic, when needed

            upgrade.upgrade(writing, path, schema)
        return reading, writing

    @contextmanager
    def _in_plain_words(self) -> Iterator[None]:
        """What the database says of a file that is out of reach, such as damage, means only that.

        A file that was opened once and lies there no more is not to be thrown away for it.
        """
        try:
            with in_plain_words(self.path):
                yield
        except UserError as error:
            if error.__cause__ is None or self.presence == "here":
                raise
            raise files.about(NOT_IN_PLACE, self.path) from error.__cause__

    def _look(self) -> None:
        """Raise unless the file lies where it was opened.

        The system goes on writing to a file that was moved, deleted or replaced, and SQLite would
        put the log of one file beside another.
        """
        if self.presence != "here":
            raise files.about(NOT_IN_PLACE, self.path)

    @contextmanager
    def _my_turn(self, patience: float) -> Iterator[None]:
        if not self._turn.acquire(timeout=patience):
            raise BusyError(Message(BUSY, {"file": self.path.name}))
        try:
            self._look()
            yield
        finally:
            self._turn.release()

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
        try:
            return RegisterInfo(
                id=known[meta.REGISTER_ID],
                purpose=cast("Purpose", known[meta.PURPOSE]),
                created_at=datetime.fromisoformat(known[meta.CREATED_AT]),
                schema=str(revision),
                program=known[meta.PROGRAM],
            )
        except (KeyError, ValueError) as error:
            raise files.about(files.DAMAGED, self.path, detail=Message(NO_PASSPORT)) from error


def _begin(
    connection: Connection, purpose: Purpose, wanted: Schema, beginning: Beginning | None
) -> None:
    schema.create(connection, wanted)
    created_at = beginning.at if beginning else datetime.now(UTC)
    meta.put(connection, meta.REGISTER_ID, beginning.register_id if beginning else new_id())
    meta.put(connection, meta.PURPOSE, purpose)
    meta.put(connection, meta.CREATED_AT, created_at.isoformat())
    meta.put(connection, meta.PROGRAM, version("mineaction-desktop"))


def _commit(connection: Connection, transaction: RootTransaction) -> None:
    driver = cast("sqlite3.Connection", connection.connection.driver_connection)
    try:
        transaction.commit()
    except IntegrityError as error:  # links are checked last, so that their order does not matter
        raise broken_links(driver) from error
    finally:
        driver.rollback()  # a commit that fails leaves SQLite within the transaction
