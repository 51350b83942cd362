"""Many records at once: imports, the way of the store for many rows, and the made-up country.

The floor of a row is the driver's ``executemany`` of the very rows and trail entries that the
program has just written, into a copy of the same empty register, with the same indexes.
"""

from __future__ import annotations

import csv
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from measuring import Duration, Measurement, compare, in_this_process

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.services.checking import check_year
from mineaction_desktop.services.importing import import_table
from mineaction_desktop.services.registers import demo_register
from mineaction_desktop.storage.store import Author, Store

YEAR = 2025
EARLIEST = date(1900, 1, 1)
KIND = "hazardous_area"
HEADINGS = (
    *("name", "area_class", "status", "place", "latitude", "longitude"),
    *("polygon_missing_reason", "survey_date"),
)
_AUTHOR = Author("benchmark", "benchmark")
_TABLES = (KIND, "audit_entry")

Rows = list[dict[str, object]]


@dataclass(frozen=True, slots=True)
class Given:
    """The same records as a file and as values, and an empty register to put them in."""

    empty: Path
    table: Path
    rows: Rows


def given(scratch: Path, count: int) -> Given:
    """Make as many hazardous areas, and write them as a table too."""
    found = Given(scratch / "empty.mineaction", scratch / "areas.csv", [])
    Store.create(found.empty, _AUTHOR).close()
    with found.table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for number in range(count):
            values = _values(number)
            writer.writerow(values)
            record = dict(zip(HEADINGS, values, strict=True))
            found.rows.append(record | {"survey_date": PartialDate.parse(values[-1])})
    return found


def _values(number: int) -> tuple[str, str, str, str, float, float, str, str]:
    return (
        f"Area {number}",
        "CHA" if number % 3 else "SHA",
        "open",
        f"{number % 1013} km north of the bridge",
        round(12 + number % 1000 / 500, 6),
        round(104 + number % 777 / 400, 6),
        "not walked yet",
        f"{2001 + number % 24}-{number % 12 + 1:02}-{number % 28 + 1:02}",
    )


_CODES = {"CHA": "CHA", "SHA": "SHA"}
_STATES = {"open": "open", "active": "active", "closed": "closed"}


def _checked(line: list[str], today: date) -> tuple[object, ...]:
    """Read and check a row with plain functions, as a script for this one table would."""
    name, area_class, status, place, latitude, longitude, reason, surveyed = map(str.strip, line)
    north = float(latitude) if latitude else None
    east = float(longitude) if longitude else None
    if not _is_place(north, east):
        raise ValueError(line)
    day = date.fromisoformat(surveyed) if surveyed else None
    if day is not None and not EARLIEST <= day <= today:
        raise ValueError(line)
    if area_class == "CHA" and not reason:
        raise ValueError(line)
    return (
        *(name or None, _CODES[area_class], _STATES[status] if status else None, place or None),
        *(north, east, reason or None, None if day is None else day.isoformat()),
    )


def _is_place(north: float | None, east: float | None) -> bool:
    if north is None or east is None:
        return north is east
    return -90 <= north <= 90 and -180 <= east <= 180 and (north, east) != (0, 0)


def read_and_check(table: Path) -> list[tuple[object, ...]]:
    """Read and check the table with the standard library alone."""
    today = date.today()  # noqa: DTZ011 - as the program asks
    with table.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        next(lines)
        return [_checked(line, today) for line in lines]


class _Floor:
    """Writes again, with the driver alone, what the program has written to a register."""

    def __init__(self, written: Path, empty: Path) -> None:
        self._empty = empty
        self._rows: dict[str, list[tuple[object, ...]]] = {}
        with closing(sqlite3.connect(written)) as connection:
            for name in _TABLES:
                order = "rowid" if name == KIND else "number"
                self._rows[name] = connection.execute(
                    f"SELECT * FROM {name} ORDER BY {order}"
                ).fetchall()

    def __call__(self) -> None:
        path = _copy(self._empty, "floor")
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL"):
                connection.execute(f"PRAGMA {pragma}")
            connection.execute("BEGIN IMMEDIATE")
            for name, rows in self._rows.items():
                places = ", ".join("?" * len(rows[0]))
                connection.executemany(f"INSERT INTO {name} VALUES ({places})", rows)
            connection.execute("COMMIT")


def _copy(empty: Path, name: str) -> Path:
    path = empty.with_name(f"{name}.mineaction")
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    shutil.copyfile(empty, path)
    return path


def measure(scratch: Path, runs: int, count: int) -> Iterator[Measurement]:
    """Import a table, and write the same rows through the store without reading or checking."""
    found = given(scratch, count)
    ours = scratch / "ours.mineaction"

    def imported() -> None:
        with Store.open(_copy(found.empty, "ours"), _AUTHOR, write=True) as store:
            import_table(store, found.table, kind=KIND)

    def added() -> None:
        path = _copy(found.empty, "ours")
        with Store.open(path, _AUTHOR, write=True) as store, store.write("benchmark") as writer:
            writer.add_rows(KIND, found.rows)

    imported()
    floor = _Floor(ours, found.empty)

    def checked() -> None:
        read_and_check(found.table)
        floor()

    name = f"{count:,} CSV rows"
    yield compare(f"import of {name}", floor, imported, runs=runs, goal=1.5, units=count)
    yield compare(
        "the same to a checked floor", checked, imported, runs=runs, goal=1.5, units=count
    )
    yield compare("Writer.add_rows", floor, added, runs=runs, goal=1.5, units=count)


def measure_country(scratch: Path, runs: int, count: int) -> Iterator[Measurement]:
    """Make the made-up country, and check all of it."""
    path = scratch / "country.mineaction"

    def made() -> None:
        path.unlink(missing_ok=True)
        demo_register(path, records=count)

    def checked() -> None:
        with Store.open(path) as store, store.read() as reader:
            check_year(store, reader, YEAR)

    for work, name, goal in (
        (made, f"made-up country of {count:,}", None),
        (checked, f"checks over {count:,} records", 5.0 * count / 100_000),
    ):
        work()
        yield Duration(name, [in_this_process(work) for _ in range(runs)], goal, count)
