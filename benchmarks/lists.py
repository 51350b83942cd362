"""Lists of many records: first rows, jumps, memory, filters and searches, against raw SQL.

The floor of memory is a lazy model over the same rows that keeps nothing but eight bytes a row.
"""

from __future__ import annotations

import random
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from measuring import Amount, Comparison, Measurement, compare

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.formdef.catalogue import load_catalogue
from mineaction_desktop.services import browsing, searching
from mineaction_desktop.services.browsing import Filter, ListQuery, Names, Operator
from mineaction_desktop.storage.store import Author, Store

KIND = "area_movement"
JUMPS = 60
_AUTHOR = Author("benchmark", "benchmark")
_COLUMNS = ("local_id", "date", "kind", "area_class", "area_m2", "hazardous_area_id", "activity_id")
_SEED = 7

MATCH = f"""
SELECT record_id FROM search_text WHERE search_text MATCH '"\ue000{KIND.replace("_", "")}" AND {{}}'
"""


def fill(path: Path, count: int) -> None:
    """Make a register with many movements of a few areas, and index its words."""
    with Store.create(path, _AUTHOR) as store:
        with store.write("benchmark") as writer:
            area = {"area_class": "CHA", "status": "open"}
            named = [area | {"name": f"Area {n}"} for n in range(2_000)]
            areas = writer.add_rows("hazardous_area", named)
        for start in range(0, count, 50_000):
            with store.write("benchmark") as writer:
                numbers = range(start, min(start + 50_000, count))
                writer.add_rows(KIND, [_movement(n, areas) for n in numbers])
        searching.catch_up(store)


def _movement(number: int, areas: list[str]) -> dict[str, object]:
    return {
        "date": PartialDate.parse(
            f"{2001 + number % 24}-{number % 12 + 1:02}-{number % 28 + 1:02}"
        ),
        "kind": ("cleared", "reduced", "cancelled")[number % 3],
        "area_class": "CHA" if number % 5 else "SHA",
        "area_m2": number % 997,
        "hazardous_area_id": areas[number % len(areas)],
        "notes": f"grid {number % 5003} sheet {number % 89}",
    }


def measure(scratch: Path, runs: int, count: int) -> Iterator[Measurement]:
    """Measure a list of so many records."""
    path = scratch / "list.mineaction"
    fill(path, count)
    with Store.open(path) as store:
        yield from _rows(store, count)
        yield from _answers(store, path, runs)
    ours, floor = _memory(path, "model"), _memory(path, "floor")
    yield Amount(f"memory of a list of {count:,}", ours, "MB", 60, floor)


def _rows(store: Store, count: int) -> Iterator[Amount]:
    catalogue = load_catalogue()
    names = Names(catalogue)
    query = ListQuery(KIND, _COLUMNS, (("local_id", True),))
    browsing.first_rows(store, catalogue, ListQuery("organisation"))  # the first question of all
    start = time.perf_counter()
    first = browsing.first_rows(store, catalogue, query)
    browsing.page(store, names, query, first)
    yield Amount(f"first rows of {count:,}", (time.perf_counter() - start) * 1e3, "ms", 100)
    rows = browsing.all_rows(store, catalogue, query)
    assert rows is not None  # noqa: S101 - nobody stops it here
    chance = random.Random(_SEED)  # noqa: S311 - places to jump to
    taken = []
    for _ in range(JUMPS):
        place = chance.randrange(len(rows))
        start = time.perf_counter()
        browsing.page(store, names, query, rows[place : place + browsing.PAGE])
        taken.append((time.perf_counter() - start) * 1e3)
    yield Amount("a jump anywhere, median", statistics.median(taken), "ms", 20)
    yield Amount("a jump anywhere, longest", max(taken), "ms", 60)


def _answers(store: Store, path: Path, runs: int) -> Iterator[Comparison]:
    catalogue = load_catalogue()
    visible = f"FROM {KIND} WHERE is_hidden = 0"
    by_number = (("local_id", False),)
    asked = {
        "filter by a year": (
            ListQuery(
                KIND,
                _COLUMNS,
                by_number,
                (Filter("date", Operator.EQUALS, PartialDate.parse("2014")),),
            ),
            f"SELECT rowid {visible} AND date >= '2014-01-01' AND date < '2015-01-01' "
            "ORDER BY local_id",
        ),
        "filter by text": (
            ListQuery(KIND, _COLUMNS, by_number, (Filter("notes", Operator.CONTAINS, "grid 77 "),)),
            f"SELECT rowid {visible} AND notes LIKE '%grid 77 %' ORDER BY local_id",
        ),
        "sort by area": (
            ListQuery(KIND, _COLUMNS, (("area_m2", True),)),
            f"SELECT rowid {visible} ORDER BY area_m2 DESC",
        ),
        "sort by text": (
            ListQuery(KIND, _COLUMNS, (("notes", False),)),
            f"SELECT rowid {visible} ORDER BY notes",
        ),
        "sort by link": (
            ListQuery(KIND, _COLUMNS, (("hazardous_area_id", False),)),
            f"SELECT {KIND}.rowid FROM {KIND} LEFT JOIN hazardous_area AS a "
            f"ON a.id = hazardous_area_id WHERE {KIND}.is_hidden = 0 ORDER BY a.name",
        ),
        "full-text search": (
            ListQuery(KIND, _COLUMNS, by_number, text="grid 4711"),
            f"SELECT rowid {visible} AND id IN ({MATCH.format('grid* AND 4711*')}) "
            "ORDER BY local_id",
        ),
    }
    with closing(sqlite3.connect(path)) as connection:
        for name, (query, statement) in asked.items():
            yield compare(
                name,
                partial(_fetched, connection, statement),
                partial(browsing.all_rows, store, catalogue, query),
                runs=runs,
                goal=3.0,
            )
        query = ListQuery(KIND, _COLUMNS)
        yield compare(
            "count and sum",
            lambda: connection.execute(f"SELECT count(*), sum(area_m2) {visible}").fetchall(),
            lambda: browsing.totals(store, catalogue, query),
            runs=runs,
            goal=3.0,
        )


def _fetched(connection: sqlite3.Connection, statement: str) -> list[object]:
    return connection.execute(statement).fetchall()


def _memory(path: Path, way: str) -> float:
    """Megabytes above an empty window, in a process of its own."""
    words = [sys.executable, str(Path(__file__).with_name("list_memory.py")), str(path), way]
    found = subprocess.run(words, check=True, capture_output=True, text=True)  # noqa: S603 - ours
    return float(found.stdout.split()[-1])
