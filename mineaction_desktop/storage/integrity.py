"""Whether the file itself is sound: its pages, tables and values, and the links between records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

import msgspec
from sqlalchemy import Column, ColumnClause, Table, column, select, table
from sqlalchemy.exc import DBAPIError

from mineaction_desktop.domain.problems import Place, Problem
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.records import Base, kinds
from mineaction_desktop.records.types import SealedText, UnreadableError
from mineaction_desktop.storage.reader import Reader
from mineaction_desktop.storage.tables import audit_entry

Check = Callable[[Reader], Iterable[Problem]]

_SHOWN = 100
_AT_A_TIME = 5000

DAMAGED = mark(
    "The file is damaged: {what}. Restore the last backup, and keep this file for those who "
    "maintain the program."
)
DANGLING = mark(
    "A record of the kind “{kind}” refers to a record of the kind “{target}” that does not exist."
)
NO_STATE = mark(
    "The register does not say whose it is: its making was interrupted, or its State was removed "
    "outside the program. Restore the last backup, or make the register anew."
)
MISSING = mark("“{name}” is missing from the register: it was removed outside the program.")
UNREADABLE = mark(
    "“{field}” was changed outside the program: it holds “{value}”, which has no meaning there."
)


def checked(check: Check, reader: Reader) -> list[Problem]:
    """Return what a check finds; what keeps it from going on is a problem too."""
    found: list[Problem] = []
    try:
        found.extend(check(reader))
    except UnreadableError:
        found.extend(islice(_unreadable(reader), _SHOWN))
    except DBAPIError as error:
        found.append(Problem("STORE-003", Message(DAMAGED, {"what": str(error.orig)})))
    return found


def damage(reader: Reader) -> Iterator[Problem]:
    """Yield what is wrong with the file; nothing when it is sound."""
    for what in reader.connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars():
        if what != "ok":
            yield Problem("STORE-003", Message(DAMAGED, {"what": what}))
    yield from _missing(reader)
    for kind, _, target, _ in reader.connection.exec_driver_sql("PRAGMA foreign_key_check"):
        message = Message(DANGLING, {"kind": kind, "target": target})
        yield Problem("STORE-004", message, Place(kind=kind))


def stateless(reader: Reader) -> Iterator[Problem]:
    """Yield a problem if the register names no State, without which nothing can be reported."""
    profile = kinds()["state_profile"]
    if reader.connection.execute(select(profile.id).limit(1)).first() is None:
        yield Problem("STORE-006", Message(NO_STATE), Place(kind="state_profile"))


def _missing(reader: Reader) -> Iterator[Problem]:
    """Name the tables and columns that a register has and this one lacks."""
    for wanted in Base.metadata.sorted_tables:
        rows = reader.connection.exec_driver_sql(f"PRAGMA table_info({wanted.name})")
        found = {row.name for row in rows}
        lost = [f"{wanted.name}.{name}" for name in {*wanted.c.keys()} - found]
        for name in sorted(lost) if found else [wanted.name]:
            message = Message(MISSING, {"name": name})
            yield Problem("STORE-007", message, Place(kind=wanted.name))


def _unreadable(reader: Reader) -> Iterator[Problem]:
    """Name the stored values that mean nothing; slow, so looked for only when there are some."""
    for kind in kinds().values():
        assert isinstance(kind.__table__, Table)  # noqa: S101 - a kind is always a plain table
        for stored in kind.__table__.columns:
            if not isinstance(stored.type, SealedText):
                yield from _unread(reader, kind.__table__, stored, "id")
    yield from _unread(reader, audit_entry, audit_entry.c.at, "number")


def _unread(reader: Reader, of: Table, stored: Column[Any], key: str) -> Iterator[Problem]:
    """Read one column as it is stored, and each value in it as what it should be."""
    dialect = reader.connection.dialect
    process = stored.type.dialect_impl(dialect).result_processor(dialect, None)
    if process is None:
        return
    columns: list[ColumnClause[Any]] = [column(key), column(stored.name)]
    plain = select(*columns).select_from(table(of.name))
    rows = reader.connection.execution_options(yield_per=_AT_A_TIME).execute(plain)
    for name, value in rows:
        try:
            process(value)
        except (ValueError, msgspec.MsgspecError):
            message = Message(UNREADABLE, {"field": stored.name, "value": value})
            place = Place(kind=of.name, record_id=str(name), field=stored.name)
            yield Problem("STORE-008", message, place, value=str(value))
