"""Measure what people wait for, each against a floor timed in the same run.

    python benchmarks/run.py [--quick] [--only NAME ...]

Times are seconds of CPU, which other work on the computer changes little; the ratio of two times
from one run holds on any computer. Nothing here is a test: a goal that is missed is printed so.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import desk
import documents
import figures
import lists
import rows
import starting
import window
from measuring import Measurement


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: pairs of runs, movements summed up, rows imported."""

    runs: int
    movements: int
    rows: int


FULL = Size(runs=5, movements=1_000_000, rows=100_000)
QUICK = Size(runs=3, movements=50_000, rows=20_000)

MEASURES: Mapping[str, Callable[[Path, Size], Iterator[Measurement]]] = {
    "starting": lambda scratch, size: starting.measure(scratch, size.runs),
    "window": lambda scratch, size: window.measure(scratch, size.runs),
    "desk": lambda scratch, size: desk.measure(scratch, size.runs),
    "figures": lambda scratch, size: figures.measure(scratch, size.runs, size.movements),
    "documents": lambda scratch, size: documents.measure(scratch, size.runs),
    "rows": lambda scratch, size: rows.measure(scratch, size.runs, size.rows),
    "lists": lambda scratch, size: lists.measure(scratch, size.runs, size.movements),
    "country": lambda scratch, size: rows.measure_country(scratch, size.runs, size.rows),
}


def main() -> None:
    """Measure everything, or what is named, and print it as it is found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--quick", action="store_true", help="smaller, for a look in between")
    parser.add_argument("--only", nargs="+", choices=MEASURES, default=list(MEASURES))
    arguments = parser.parse_args()
    for name in arguments.only:
        with tempfile.TemporaryDirectory() as scratch:
            for found in MEASURES[name](Path(scratch), QUICK if arguments.quick else FULL):
                sys.stdout.write(f"{found}\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main()
