"""Column types of our own: partial dates, times in UTC, sealed text."""

from __future__ import annotations

from contextvars import ContextVar
from datetime import UTC, date, datetime
from typing import Protocol

from sqlalchemy import DateTime, Dialect, LargeBinary, String
from sqlalchemy.types import TypeDecorator

from mineaction_desktop.domain.dates import PartialDate


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
        return None if value is None else PartialDate.parse(value.rpartition(" ")[2])


class UTCDateTime(TypeDecorator[datetime]):
    """A moment in UTC; the database keeps it without a zone, the program never does."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        return None if value is None else value.replace(tzinfo=UTC)


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
