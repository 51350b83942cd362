"""The year's figures over a large register, as a ratio to the bare SQL sums in the same run.

    python benchmarks/figures.py [REGISTER] [--records N] [--runs N]

The floor asks SQLite alone for the same sums: every ledger before and within the year, by account
and kind. Ours is the whole document of the year with all its figures. Without a register, the
made-up country is made at the size wanted. Times are CPU seconds; a ratio holds on any machine.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from mineaction_desktop.services.registers import demo_register
from mineaction_desktop.services.reporting import ReportRequest, build_report
from mineaction_desktop.storage.ledgers import LAND_TABLE, RETAINED_TABLE, STOCK_TABLE
from mineaction_desktop.storage.store import Store

YEAR = 2025
LEDGERS = (LAND_TABLE, STOCK_TABLE, RETAINED_TABLE)


def floor(path: Path) -> int:
    """Sum every ledger with the driver alone; return how many sums there are."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    found = 0
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
    connection.close()
    return found


def ours(path: Path) -> int:
    """Make the year's document; return how many figures it prints."""
    with Store.open(path) as store, store.read() as reader:
        report = build_report(store, reader, ReportRequest(YEAR), whole=False)
        return sum(1 for _ in report.figures())


def measured(work: Callable[[Path], int], path: Path) -> tuple[float, int]:
    """CPU seconds of one run, and what it returned."""
    start = time.process_time()
    result = work(path)
    return time.process_time() - start, result


def main() -> None:
    """Measure both ways in turn and print median, range and ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("register", nargs="?", type=Path)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        path: Path = arguments.register or Path(scratch) / "large.mineaction"
        if arguments.register is None:
            demo_register(path, records=arguments.records)
        ours(path)  # imports and caches warm, for both
        pairs = [(measured(floor, path), measured(ours, path)) for _ in range(arguments.runs)]
    for name, index in (("raw SQL sums", 0), ("figures of the year", 1)):
        seconds = [pair[index][0] for pair in pairs]
        print(
            f"{name:20} median {statistics.median(seconds):.3f} s"
            f"  ({min(seconds):.3f} to {max(seconds):.3f}), {pairs[0][index][1]:,} numbers"
        )
    ratio = statistics.median(b[0] / a[0] for a, b in pairs)
    print(f"{'ratio':20} {ratio:.2f} (goal 3)")


if __name__ == "__main__":
    main()
