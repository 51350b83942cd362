"""Records that are like one being keyed, found through the indexes of their links."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from mineaction_desktop.storage.queries import Fact, table_of
from mineaction_desktop.storage.reader import Reader

_MOST = 200
_VILLAGES = 3
"""From this level on, the units beside one are its neighbours and not other provinces."""


@dataclass(frozen=True, slots=True)
class Around:
    """What has to lie within limits: the day of a date, or the degrees of a position."""

    day: tuple[str, date, date] | None = None
    box: tuple[tuple[float, float], tuple[float, float]] | None = None


def alike(
    reader: Reader,
    kind: str,
    columns: Sequence[str],
    same: Mapping[str, object],
    around: Around | None = None,
) -> list[Fact]:
    """Records in sight with these values, the newest first, and some columns of them.

    A set of values means any of them.
    """
    table = table_of(kind)
    where = [
        table.c[name].in_(value) if isinstance(value, frozenset) else table.c[name] == value
        for name, value in same.items()
    ]
    if around and around.day:
        name, first, last = around.day
        where += [table.c[name] >= first, table.c[name] < last + timedelta(days=1)]
    if around and around.box:
        for name, (low, high) in zip(("latitude", "longitude"), around.box, strict=True):
            where += [table.c[name] >= low, table.c[name] <= high]
    names = dict.fromkeys(("id", "local_id", *columns))
    wanted = sa.select(*(table.c[name] for name in names)).where(
        *where, table.c.is_hidden.is_(False)
    )
    newest = (table.c.id + "").desc()  # not by the index of ids, which would read them all
    rows = reader.connection.execute(wanted.order_by(newest).limit(_MOST))
    return [dict(row) for row in rows.mappings()]


def facts_of(reader: Reader, kind: str, ids: Collection[str], columns: Sequence[str]) -> list[Fact]:
    """Some columns of records that are known by id."""
    return alike(reader, kind, columns, {"id": frozenset(ids)}) if ids else []


def is_small(reader: Reader, kind: str, most: int) -> bool:
    """Whether all records of a kind can be looked through while somebody types."""
    table = table_of(kind)
    last: Any = reader.connection.scalar(
        sa.select(sa.func.max(sa.column("rowid"))).select_from(table)
    )
    return last is None or int(last) <= most


def units_around(reader: Reader, unit_id: str) -> frozenset[str]:
    """An administrative unit, the one above it, those in it, and villages of the same district."""
    table = table_of("admin_unit")
    unit = sa.select(table.c.parent_id, table.c.level).where(table.c.id == unit_id)
    found = reader.connection.execute(unit).first()
    above = None if found is None else found.parent_id
    parents = {unit_id}
    if found is not None and above and (found.level or 0) >= _VILLAGES:
        parents.add(above)
    inside = sa.select(table.c.id).where(table.c.parent_id.in_(parents)).limit(_MOST)
    units = {unit_id, *reader.connection.scalars(inside)}
    return frozenset(units | {above} if above else units)
