"""What checks ask of many records at once: one statement for each question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.ledger import Account
from mineaction_desktop.domain.periods import Period
from mineaction_desktop.domain.vocabulary import AP_FAMILIES, RELEASED
from mineaction_desktop.storage.ledgers import LedgerTable
from mineaction_desktop.storage.queries import (
    Counting,
    Fact,
    counting_rows,
    facts,
    is_vague,
    table_of,
)

if TYPE_CHECKING:
    from mineaction_desktop.storage.reader import Reader

CORRECTIONS = ("correction_plus", "correction_minus")


@dataclass(frozen=True, slots=True)
class Booked:
    """One movement of a ledger with what a check says about it."""

    id: str
    local_id: str
    account: Account
    kind: str
    date: PartialDate
    quantity: int
    reason: str | None


def booked(
    reader: Reader,
    ledger: LedgerTable,
    kinds: Sequence[str],
    period: Period,
    counting: Counting,
) -> list[Booked]:
    """The movements of some kinds within a period, as entered."""
    table = table_of(ledger.kind)
    account = [table.c[name] for name in ledger.account]
    columns = (table.c.id, table.c.local_id, table.c.kind, table.c.date)
    query = (
        sa.select(*columns, table.c[ledger.quantity], table.c.reason, *account)
        .where(
            table.c.kind.in_(kinds),
            table.c.date >= period.first,
            table.c.date < period.day_after,
            *counting_rows(table, counting),
        )
        .order_by(table.c.local_id)
    )
    return [
        Booked(row[0], row[1], tuple(row[6:]), row[2], row[3], int(row[4]), row[5])
        for row in reader.connection.execute(query)
    ]


def late_corrections(
    reader: Reader, ledger: LedgerTable, before: date, since: datetime, counting: Counting
) -> dict[Account, int]:
    """Corrections with a reason that were entered since a moment for days before another."""
    table = table_of(ledger.kind)
    account = [table.c[name] for name in ledger.account]
    amount = table.c[ledger.quantity]
    signed = sa.case((table.c.kind == CORRECTIONS[0], amount), else_=-amount)
    query = (
        sa.select(sa.func.sum(signed), *account)
        .where(
            table.c.kind.in_(CORRECTIONS),
            table.c.date < before,
            table.c.created_at > since,
            table.c.reason.is_not(None),
            *counting_rows(table, counting),
        )
        .group_by(*account)
    )
    return {tuple(row[1:]): int(row[0]) for row in reader.connection.execute(query)}


def begun_earlier(
    reader: Reader, kind: str, period: Period, counting: Counting, leave_out: Sequence[str] = ()
) -> list[tuple[str, str, PartialDate]]:
    """Events that end in a period, with dates so vague that they may have begun before it."""
    table = table_of(kind)
    wanted = [
        table.c.date >= period.first,
        table.c.date < period.day_after,
        is_vague(table.c.date),
        *counting_rows(table, counting),
    ]
    if leave_out:
        wanted.append(table.c.kind.not_in(leave_out))
    query = sa.select(table.c.id, table.c.local_id, table.c.date).where(*wanted)
    return [
        (row[0], row[1], row[2])
        for row in reader.connection.execute(query.order_by(table.c.local_id))
        if row[2].first < period.first
    ]


@dataclass(frozen=True, slots=True)
class Repeated:
    """A release that stands in the ledger several times, with its first and its last record."""

    area_id: str
    kind: str
    date: PartialDate
    area_m2: int
    times: int
    records: tuple[str, str]


def repeated_releases(reader: Reader, period: Period, counting: Counting) -> list[Repeated]:
    """Releases of the same size, on the same day, in the same area and by the same method."""
    table = table_of("area_movement")
    same = (
        table.c.hazardous_area_id,
        table.c.area_class,
        table.c.kind,
        table.c.date,
        table.c.area_m2,
    )
    query = (
        sa.select(*same, sa.func.count(), sa.func.min(table.c.id), sa.func.max(table.c.id))
        .where(
            table.c.kind.in_(RELEASED),
            table.c.area_m2 > 0,
            table.c.hazardous_area_id.is_not(None),
            table.c.date >= period.first,
            table.c.date < period.day_after,
            *counting_rows(table, counting),
        )
        .group_by(*same)
        .having(sa.func.count() > 1)
        .order_by(sa.func.min(table.c.local_id))
    )
    return [
        Repeated(row[0], row[2], row[3], row[4], row[5], (row[6], row[7]))
        for row in reader.connection.execute(query)
    ]


def sums_by_area(
    reader: Reader, kinds: Sequence[str], period: Period, counting: Counting
) -> dict[str, int]:
    """What movements of some kinds add up to in each area, from the beginning to a period's end."""
    table = table_of("area_movement")
    area = table.c.hazardous_area_id
    query = (
        sa.select(area, sa.func.sum(table.c.area_m2))
        .where(
            area.is_not(None),
            table.c.kind.in_(kinds),
            table.c.date < period.day_after,
            *counting_rows(table, counting),
        )
        .group_by(area)
    )
    return {row[0]: int(row[1]) for row in reader.connection.execute(query)}


@dataclass(frozen=True, slots=True)
class Box:
    """The corners of a country; ``west`` beyond ``east`` crosses the date line."""

    south: float
    north: float
    west: float
    east: float

    def holds(self, latitude: float, longitude: float) -> bool:
        """Whether a position lies inside."""
        if not self.south <= latitude <= self.north:
            return False
        if self.west <= self.east:
            return self.west <= longitude <= self.east
        return longitude >= self.west or longitude <= self.east


def outside(
    reader: Reader, kind: str, box: Box, counting: Counting, also: Sequence[str] = ()
) -> list[Fact]:
    """The position of each record that lies outside a box, with other columns."""
    table = table_of(kind)
    latitude, longitude = table.c.latitude, table.c.longitude
    beside = sa.or_ if box.west <= box.east else sa.and_
    beyond = sa.or_(
        latitude < box.south,
        latitude > box.north,
        beside(longitude < box.west, longitude > box.east),
    )
    placed = (latitude.is_not(None), longitude.is_not(None), beyond)
    columns = ("latitude", "longitude", *also)
    return facts(reader, kind, columns, counting=counting, where=placed)


def mines_in_clearance_by_year(reader: Reader, last: date, counting: Counting) -> dict[int, int]:
    """Anti-personnel mines destroyed in clearance in each calendar year up to a day."""
    devices, work = table_of("device_found"), table_of("land_activity")
    when = sa.func.coalesce(devices.c.destroyed_on, devices.c.date, type_=devices.c.date.type)
    year = sa.func.substr(when, 1, 4)
    query = (
        sa.select(year, sa.func.sum(devices.c.destroyed))
        .select_from(devices.join(work, devices.c.activity_id == work.c.id))
        .where(
            devices.c.family.in_(AP_FAMILIES),
            work.c.kind.startswith("clearance"),
            when < Period(last, last).day_after,
            *counting_rows(devices, counting),
        )
        .group_by(year)
    )
    return {int(row[0]): int(row[1]) for row in reader.connection.execute(query)}
