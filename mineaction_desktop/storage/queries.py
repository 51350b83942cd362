"""Reading facts: columns of the records that count, never whole objects.

A record counts unless it is hidden or rejected; an office that reviews can demand acceptance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from mineaction_desktop.domain.vocabulary import ReviewState
from mineaction_desktop.records import kinds

if TYPE_CHECKING:
    from mineaction_desktop.storage.store import Reader

DAY_LENGTH = len("2019-08-06")

Fact = Mapping[str, Any]
"""The columns of one record by name."""


@dataclass(frozen=True, slots=True)
class Counting:
    """Which review states count in figures."""

    states: tuple[str, ...] = (
        ReviewState.ENTERED,
        ReviewState.VERIFIED,
        ReviewState.ACCEPTED,
    )

    @classmethod
    def accepted_only(cls) -> Counting:
        """Only what the authority has accepted."""
        return cls((ReviewState.ACCEPTED,))


def table_of(kind: str) -> sa.Table:
    """The table of a record kind."""
    table = kinds()[kind].__table__
    assert isinstance(table, sa.Table)  # noqa: S101 - a kind is always a plain table
    return table


def counting_rows(table: sa.Table, counting: Counting) -> list[sa.ColumnElement[bool]]:
    """The conditions under which a record counts."""
    return [table.c.is_hidden.is_(False), table.c.review_state.in_(counting.states)]


def facts(
    reader: Reader,
    kind: str,
    columns: Sequence[str] | None = None,
    *,
    counting: Counting,
    where: Sequence[sa.ColumnElement[bool]] = (),
) -> list[Fact]:
    """The records of a kind that count, in order of their readable numbers.

    ``where`` are further conditions on the table of the kind.
    """
    table = table_of(kind)
    chosen = [table.c[name] for name in ("id", "local_id", *(columns or ()))]
    query = sa.select(*(chosen if columns is not None else table.c)).where(
        *counting_rows(table, counting), *where
    )
    # few are left under a condition: sorting them here lets the database use another index for it
    found = reader.connection.execute(query if where else query.order_by(table.c.local_id))
    names = tuple(found.keys())
    rows: list[Fact] = [dict(zip(names, row, strict=True)) for row in found.all()]
    return sorted(rows, key=itemgetter("local_id")) if where else rows


def day_of(column: sa.ColumnElement[Any]) -> sa.ColumnElement[str]:
    """The last day of a stored date as text, to be held against another one."""
    return sa.func.substr(sa.type_coerce(column, sa.String), 1, DAY_LENGTH, type_=sa.String)


def is_vague(column: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Whether a stored partial date is more than one day."""
    return sa.func.length(sa.type_coerce(column, sa.String)) > DAY_LENGTH


def written_type_names(reader: Reader, kind: str, counting: Counting) -> dict[str, str]:
    """How the source of the first record of each ordnance type wrote its name."""
    table = table_of(kind)
    type_id, written = table.c.ordnance_type_id, table.c.ordnance_type_written
    query = (
        sa.select(type_id, written, sa.func.min(table.c.local_id))
        .where(type_id.is_not(None), written.is_not(None), *counting_rows(table, counting))
        .group_by(type_id, written)
        .order_by(sa.func.min(table.c.local_id).desc())
    )
    return {name: text for name, text, _ in reader.connection.execute(query)}


DATED = {
    "accident": "date",
    "area_movement": "date",
    "device_found": "date",
    "eore_session": "date",
    "funding": "period",
    "marking_event": "date",
    "retained_movement": "date",
    "retained_use": "period",
    "stock_movement": "date",
    "survivor_service": "date",
}
"""Kinds whose records make a year worth reporting, and where each keeps its date."""


def years_with_records(reader: Reader) -> list[int]:
    """The calendar years in which something is dated, in order.

    Each step jumps over a whole year through an index, so a large register answers as fast.
    """
    years: set[int] = set()
    for kind, column in DATED.items():
        table = table_of(kind)
        when = table.c[column]
        start = date.min
        query = sa.select(sa.func.min(when)).where(when >= sa.bindparam("start", type_=when.type))
        while True:
            found = reader.connection.execute(query, {"start": start}).scalar()
            if found is None:
                break
            years.add(found.last.year)
            if found.last.year == date.max.year:
                break
            start = date(found.last.year + 1, 1, 1)
    return sorted(years)


def find_record(reader: Reader, name: str) -> str | None:
    """The id of the record with an id or a readable number; the kinds share no numbers."""
    found = locate_record(reader, name)
    return found[1] if found else None


def locate_record(reader: Reader, name: str) -> tuple[str, str] | None:
    """The kind and the id of the record with an id or a readable number."""
    if any("\ud800" <= letter <= "\udfff" for letter in name):
        return None  # half letters, which no text in a register holds
    for kind, record in kinds().items():
        table = record.__table__
        query = sa.select(table.c.id).where(sa.or_(table.c.id == name, table.c.local_id == name))
        if found := reader.connection.execute(query).scalar():
            return kind, str(found)
    return None
