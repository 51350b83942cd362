"""Devices destroyed, added up in the database with the records behind each sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from mineaction_desktop.domain.periods import Period
from mineaction_desktop.storage.queries import Counting, counting_rows, table_of

if TYPE_CHECKING:
    from mineaction_desktop.storage.store import Reader


@dataclass(frozen=True, slots=True)
class DestroyedDevices:
    """Devices of one type and family destroyed in activities of one kind, up to a day."""

    ordnance_type_id: str | None
    family: str
    activity_kind: str | None
    within: bool
    destroyed: int


def _destroyed(
    since: date, period: Period, counting: Counting, families: Sequence[str]
) -> tuple[sa.Table, list[sa.ColumnElement[Any]], sa.FromClause, list[sa.ColumnElement[bool]]]:
    devices, work = table_of("device_found"), table_of("land_activity")
    when = sa.func.coalesce(devices.c.destroyed_on, devices.c.date, type_=devices.c.date.type)
    group = [
        devices.c.ordnance_type_id,
        devices.c.family,
        work.c.kind,
        when >= period.first,
    ]
    joined = devices.outerjoin(work, devices.c.activity_id == work.c.id)
    wanted = [
        devices.c.family.in_(families),
        devices.c.destroyed > 0,
        when >= since,
        when < period.day_after,
        *counting_rows(devices, counting),
    ]
    return devices, group, joined, wanted


def destroyed_devices(
    reader: Reader, since: date, period: Period, counting: Counting, families: Sequence[str]
) -> list[DestroyedDevices]:
    """What was destroyed from a day to the end of a period, in one statement."""
    devices, group, joined, wanted = _destroyed(since, period, counting, families)
    query = (
        sa.select(*group, sa.func.sum(devices.c.destroyed))
        .select_from(joined)
        .where(*wanted)
        .group_by(*group)
    )
    return [
        DestroyedDevices(row[0], row[1], row[2], bool(row[3]), int(row[4]))
        for row in reader.connection.execute(query)
    ]


def destroyed_device_records(
    reader: Reader, since: date, period: Period, counting: Counting, families: Sequence[str]
) -> list[tuple[str, DestroyedDevices]]:
    """The id and quantity of each record behind :func:`destroyed_devices`."""
    devices, group, joined, wanted = _destroyed(since, period, counting, families)
    query = (
        sa.select(devices.c.id, *group, devices.c.destroyed)
        .select_from(joined)
        .where(*wanted)
        .order_by(devices.c.id)
    )
    return [
        (row[0], DestroyedDevices(row[1], row[2], row[3], bool(row[4]), int(row[5])))
        for row in reader.connection.execute(query)
    ]
