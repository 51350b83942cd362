"""The year's figures over a large register, against the bare SQL sums.

The floor asks SQLite alone for the same sums: every ledger before and within the year, by account
and kind. Ours is the whole document of the year with all its figures.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from measuring import Measurement, compare

from mineaction_desktop.services.registers import demo_register
from mineaction_desktop.services.reporting import ReportRequest, build_report
from mineaction_desktop.storage.ledgers import LAND_TABLE, RETAINED_TABLE, STOCK_TABLE
from mineaction_desktop.storage.store import Store

YEAR = 2025
GOAL_FROM = 1_000_000
"""Below so many records the goal means nothing: laying out the document takes the same time."""

LEDGERS = (LAND_TABLE, STOCK_TABLE, RETAINED_TABLE)


def floor(path: Path) -> int:
    """Sum every ledger with the driver alone; return how many sums there are."""
    found = 0
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        for ledger in LEDGERS:
            account = ", ".join(ledger.account)
            rows = connection.execute(
                f"SELECT {account}, kind,"
                f" sum(CASE WHEN date < '{YEAR}' THEN {ledger.quantity} ELSE 0 END),"
                f" sum(CASE WHEN date < '{YEAR}' THEN 0 ELSE {ledger.quantity} END)"
                f" FROM {ledger.kind} WHERE date < '{YEAR + 1}' AND is_hidden = 0"
                f" AND review_state IN ('entered', 'verified', 'accepted') GROUP BY {account}, kind"
            ).fetchall()
            found += len(rows)
    return found


def ours(path: Path) -> int:
    """Make the year's document; return how many figures it prints."""
    with Store.open(path) as store, store.read() as reader:
        report = build_report(store, reader, ReportRequest(YEAR), whole=False)
        return sum(1 for _ in report.figures())


def measure(scratch: Path, runs: int, records: int) -> Iterator[Measurement]:
    """Make a country of the wanted size and sum it up both ways."""
    path = scratch / "figures.mineaction"
    demo_register(path, records=records)
    yield compare(
        f"figures of a year, {records:,} records",
        lambda: floor(path),
        lambda: ours(path),
        runs=runs,
        goal=3 if records >= GOAL_FROM else None,
    )
    path.unlink()
