"""Records that may break a rule, found by the database: one statement for each question.

Each answer holds every record that breaks the rule and a few that do not, because the database
compares text and knows only the last day of a date. The rule looks at what it gets once more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.periods import Period
from mineaction_desktop.storage.queries import (
    Counting,
    Fact,
    counting_rows,
    day_of,
    facts,
    table_of,
)

if TYPE_CHECKING:
    from mineaction_desktop.storage.reader import Reader

PLAIN = "*[^A-Z0-9./_-]*"
"""What a readable number matches as soon as it has anything but capital letters and figures."""


def after_day(
    reader: Reader,
    kind: str,
    dates: Sequence[str],
    day: date,
    counting: Counting,
    also: Sequence[str] = (),
) -> list[Fact]:
    """Records of which one of some dates may lie after a day, with these and other columns."""
    table = table_of(kind)
    beyond = sa.or_(*(table.c[name] >= day + timedelta(days=1) for name in dates))
    return facts(reader, kind, (*dates, *also), counting=counting, where=(beyond,))


def in_wrong_order(
    reader: Reader,
    kind: str,
    pair: tuple[str, str],
    counting: Counting,
    also: Sequence[str] = (),
) -> list[Fact]:
    """Records whose second date may lie before the first."""
    table = table_of(kind)
    earlier, later = (day_of(table.c[name]) for name in pair)
    return facts(reader, kind, (*pair, *also), counting=counting, where=(later < earlier,))


@dataclass(frozen=True, slots=True)
class Death:
    """A casualty who may have died before the accident: both records and both dates."""

    casualty: str
    number: str
    died: PartialDate
    accident: str
    accident_number: str
    date: PartialDate


def deaths_before(reader: Reader, counting: Counting) -> list[Death]:
    """Casualties recorded to have died on a day before that of their accident."""
    people, accidents = table_of("casualty"), table_of("accident")
    query = (
        sa.select(
            people.c.id,
            people.c.local_id,
            people.c.outcome_date,
            accidents.c.id,
            accidents.c.local_id,
            accidents.c.date,
        )
        .join(accidents, people.c.accident_id == accidents.c.id)
        .where(
            day_of(people.c.outcome_date) < day_of(accidents.c.date),
            *counting_rows(people, counting),
            *counting_rows(accidents, counting),
        )
        .order_by(people.c.local_id)
    )
    return [Death(*row) for row in reader.connection.execute(query)]


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a column may hold: the codes that are fine (any, if none are named), none retired."""

    fine: tuple[str, ...] | None
    retired: tuple[str, ...]

    def holds(self, code: str) -> bool:
        """Whether a code may stand there."""
        return code not in self.retired and (self.fine is None or code in self.fine)

    def forbid(self, code: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
        """The same for the database: whether a code may not stand there."""
        return code.in_(self.retired) if self.fine is None else code.not_in(self.fine)


def outside_lists(
    reader: Reader,
    kind: str,
    allowed: Mapping[str, Allowed],
    counting: Counting,
    also: Sequence[str] = (),
) -> list[Fact]:
    """Records with a code that may not stand there."""
    table = table_of(kind)
    suspect: list[sa.ColumnElement[bool]] = []
    for name, codes in allowed.items():
        column = table.c[name]
        if isinstance(column.type, sa.Enum) and all(map(codes.holds, column.type.enums)):
            continue  # the database itself refuses any other code
        if codes.fine is None and not codes.retired:
            continue
        if isinstance(column.type, sa.JSON):
            each = sa.func.json_each(column).table_valued("value")
            suspect.append(sa.exists().select_from(each).where(codes.forbid(each.c.value)))
        else:
            suspect.append(codes.forbid(sa.type_coerce(column, sa.String)))
    if not suspect:
        return []
    return facts(reader, kind, (*allowed, *also), counting=counting, where=(sa.or_(*suspect),))


def has_unusual_numbers(reader: Reader, kind: str) -> bool:
    """Whether any readable number of a kind has more than capital letters, figures and signs."""
    number = table_of(kind).c.local_id
    query = sa.select(number).where(number.op("GLOB")(PLAIN)).limit(1)
    return reader.connection.execute(query).first() is not None


def entered_sizes(
    reader: Reader, kinds: Iterable[str], period: Period, counting: Counting
) -> list[tuple[str, str, int]]:
    """Area, kind and size of each movement of some kinds up to the end of a period."""
    table = table_of("area_movement")
    area = table.c.hazardous_area_id
    query = sa.select(area, table.c.kind, table.c.area_m2).where(
        area.is_not(None),
        table.c.kind.in_(tuple(kinds)),
        table.c.date < period.day_after,
        *counting_rows(table, counting),
    )
    rows = reader.connection.execute(query.order_by(table.c.local_id))
    return [(row[0], row[1], int(row[2])) for row in rows]


def areas_booked_after(reader: Reader, period: Period, counting: Counting) -> frozenset[str]:
    """Areas with a movement after a period."""
    table = table_of("area_movement")
    area = table.c.hazardous_area_id
    query = sa.select(area).where(
        area.is_not(None), table.c.date >= period.day_after, *counting_rows(table, counting)
    )
    return frozenset(reader.connection.execute(query.distinct()).scalars())


def areas_with_finds(reader: Reader, counting: Counting) -> frozenset[str]:
    """Areas in which anything was ever found, by the find itself or by its activity."""
    finds, work = table_of("device_found"), table_of("land_activity")
    here = sa.and_(finds.c.activity_id == work.c.id, *counting_rows(work, counting))
    area = sa.func.coalesce(finds.c.hazardous_area_id, work.c.hazardous_area_id)
    query = (
        sa.select(area)
        .select_from(finds.outerjoin(work, here))
        .where(area.is_not(None), finds.c.quantity > 0, *counting_rows(finds, counting))
    )
    return frozenset(reader.connection.execute(query.distinct()).scalars())
