"""Column types of our own: partial dates, times in UTC, sealed text."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, date, datetime
from typing import Any, Protocol

from sqlalchemy import Date, DateTime, Dialect, LargeBinary, String
from sqlalchemy.types import TypeDecorator

from mineaction_desktop.domain.dates import PartialDate

Processor = Callable[[Any], Any]
"""Turns a stored value into ours; SQLAlchemy's own name for it is not public."""


class UnreadableError(ValueError):
    """The database holds something that no program of ours has written there."""

    def __init__(self, value: object) -> None:
        super().__init__(value)
        self.value = value


class PartialDateType(TypeDecorator[PartialDate]):
    """A partial date as text that sorts by its last day: ``2019-08-06`` or ``2019-12-31 2019``.

    Compare with a plain ``date`` by ``<`` and ``>=`` only: ``column < day_after_the_period``.
    """

    impl = String
    cache_ok = True

    def process_bind_param(self, value: PartialDate | date | None, dialect: Dialect) -> str | None:
        del dialect
        if isinstance(value, PartialDate):
            last = value.last.isoformat()
            return last if value.text == last else f"{last} {value.text}"
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> PartialDate | None:
        del dialect
        if value is None:
            return None
        try:
            return PartialDate.parse(value.rpartition(" ")[2])
        except ValueError as error:
            raise UnreadableError(value) from error


class UTCDateTime(TypeDecorator[datetime]):
    """A moment in UTC; the database keeps it without a zone, the program never does."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor | None:
        """Return what reads a stored moment, or says that it is none."""
        return _careful(super().result_processor(dialect, coltype))

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        return None if value is None else value.replace(tzinfo=UTC)


class Day(TypeDecorator[date]):
    """A day of the calendar."""

    impl = Date
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor | None:
        """Return what reads a stored day, or says that it is none."""
        return _careful(super().result_processor(dialect, coltype))


def _careful(process: Processor | None) -> Processor | None:
    """Make a reader of stored values say which one it cannot read."""
    if process is None:
        return None

    def read(value: object) -> object:
        try:
            return process(value)
        except (ValueError, TypeError) as error:
            raise UnreadableError(value) from error

    return read


class Sealer(Protocol):
    """What turns text into bytes that nobody reads without the key, and back."""

    def seal(self, text: str, /) -> bytes: ...
    def open(self, sealed: bytes, /) -> str: ...


class SealedError(Exception):
    """Sealed text was touched while no key was given."""


current_sealer: ContextVar[Sealer | None] = ContextVar("current_sealer", default=None)
"""The key in force; the storage layer sets it for as long as a person has unlocked identities."""

LOCKED = "•••"
"""What a sealed field reads as while it is locked."""


class SealedText(TypeDecorator[str]):
    """Text that is encrypted field by field, for the identity of survivors."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        del dialect
        if value is None:
            return None
        sealer = current_sealer.get()
        if sealer is None:
            raise SealedError
        return sealer.seal(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        del dialect
        if value is None:
            return None
        sealer = current_sealer.get()
        return LOCKED if sealer is None else sealer.open(value)
