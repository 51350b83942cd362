"""The three ledgers as the register keeps them: one statement for each question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import sqlalchemy as sa

from mineaction_desktop.domain.ledger import COUNTED, Account, LedgerRules, Movement, Total
from mineaction_desktop.domain.periods import Period
from mineaction_desktop.domain.vocabulary import LAND, RETAINED, STOCK
from mineaction_desktop.storage.queries import Counting, counting_rows, table_of

if TYPE_CHECKING:
    from mineaction_desktop.storage.store import Reader


@dataclass(frozen=True, slots=True)
class LedgerTable:
    """Where a ledger is kept: the kind of record, its account columns and its quantity column."""

    kind: str
    rules: LedgerRules
    account: tuple[str, ...]
    quantity: str


LAND_TABLE = LedgerTable(
    "area_movement", LAND, ("hazardous_area_id", "admin_unit_id", "area_class"), "area_m2"
)
STOCK_TABLE = LedgerTable(
    "stock_movement", STOCK, ("ordnance_type_id", "pool", "lot", "holder_id"), "quantity"
)
RETAINED_TABLE = LedgerTable(
    "retained_movement",
    RETAINED,
    ("organisation_id", "ordnance_type_id", "lot", "condition"),
    "quantity",
)


def ledger_totals(
    reader: Reader, ledger: LedgerTable, period: Period, counting: Counting
) -> list[Total]:
    """What a ledger's movements add up to by account and kind, in one statement."""
    table = table_of(ledger.kind)
    amount, when = table.c[ledger.quantity], table.c.date
    is_before = when < period.first
    account = [table.c[name] for name in ledger.account]
    query = (
        sa.select(
            *account,
            table.c.kind,
            sa.func.sum(sa.case((is_before, amount), else_=0)),
            sa.func.sum(sa.case((is_before, 0), else_=amount)),
        )
        .where(when < period.day_after, *counting_rows(table, counting))
        .group_by(*account, table.c.kind)
    )
    width = len(account)
    return [
        Total(tuple(row[:width]), row[width], int(row[width + 1]), int(row[width + 2]))
        for row in reader.connection.execute(query)
    ]


LedgerKey = tuple[Account, str, bool]
"""Account, kind of movement, and whether the movement lies within the period."""


def ledger_movements(
    reader: Reader, ledger: LedgerTable, period: Period, counting: Counting
) -> dict[LedgerKey, list[tuple[str, int]]]:
    """The id and quantity of each movement behind :func:`ledger_totals`."""
    table = table_of(ledger.kind)
    when = table.c.date
    account = [table.c[name] for name in ledger.account]
    query = (
        sa.select(
            table.c.id, table.c[ledger.quantity], when >= period.first, table.c.kind, *account
        )
        .where(when < period.day_after, *counting_rows(table, counting))
        .order_by(table.c.id)
    )
    found: dict[LedgerKey, list[tuple[str, int]]] = {}
    for record_id, amount, within, kind, *parts in reader.connection.execute(query):
        found.setdefault((tuple(parts), kind, bool(within)), []).append((record_id, amount))
    return found


def counted_movements(
    reader: Reader, ledger: LedgerTable, last: date, counting: Counting
) -> list[Movement]:
    """All movements of those accounts that somebody counted up to a day."""
    table = table_of(ledger.kind)
    account = [table.c[name] for name in ledger.account]
    counts = (
        sa.select(*account)
        .where(table.c.kind == COUNTED, *counting_rows(table, counting))
        .distinct()
        .subquery()
    )
    same = [table.c[name].is_not_distinct_from(counts.c[name]) for name in ledger.account]
    query = (
        sa.select(table.c.id, table.c.date, table.c.kind, table.c[ledger.quantity], *account)
        .join(counts, sa.and_(*same))
        .where(table.c.date < Period(last, last).day_after, *counting_rows(table, counting))
    )
    return [
        Movement(record_id, when.last, tuple(parts), kind, amount)
        for record_id, when, kind, amount, *parts in reader.connection.execute(query)
    ]


def first_seen(reader: Reader, ledger: LedgerTable) -> Callable[[Account], str]:
    """A sort key for accounts: the readable number of their first movement, as entered."""
    table = table_of(ledger.kind)
    account = [table.c[name] for name in ledger.account]
    query = sa.select(sa.func.min(table.c.local_id), *account).group_by(*account)
    order = {tuple(parts): number for number, *parts in reader.connection.execute(query)}
    return lambda account: order.get(account, "")


YearlyFlow = tuple[int, str, Account, int]
"""Calendar year, kind of movement, account, and the sum of what moved."""


def flows_by_year(
    reader: Reader, ledger: LedgerTable, last: date, counting: Counting
) -> list[YearlyFlow]:
    """The movements of each calendar year up to a day, added up."""
    table = table_of(ledger.kind)
    year = sa.func.substr(table.c.date, 1, 4)
    account = [table.c[name] for name in ledger.account]
    query = (
        sa.select(year, table.c.kind, sa.func.sum(table.c[ledger.quantity]), *account)
        .where(table.c.date < Period(last, last).day_after, *counting_rows(table, counting))
        .group_by(*account, table.c.kind, year)  # as the index of the ledger is ordered
    )
    return [
        (int(row[0]), row[1], tuple(row[3:]), int(row[2]))
        for row in reader.connection.execute(query)
    ]
