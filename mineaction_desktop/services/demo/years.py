"""The register as it grew: every row in the year after which it was written down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.records import kinds
from mineaction_desktop.services.demo.book import FIRST_YEAR, LAST_YEAR, Row

Part = tuple[str, list[Row]]

_WHEN = ("date", "start_date", "registered_on", "period")
"""What tells when a row was written; all else was known when the register began."""


def by_year(parts: Iterable[Part]) -> Mapping[int, list[Part]]:
    """Divide rows by reporting year, each year in the order of the parts.

    A row is never written before the rows it refers to, whatever its own date says.
    """
    years: dict[int, list[Part]] = {year: [] for year in range(FIRST_YEAR, LAST_YEAR + 1)}
    written: dict[object, int] = {}
    for kind, rows in parts:
        sorted_rows: dict[int, list[Row]] = defaultdict(list)
        for row in rows:
            linked = (written.get(row.get(name), FIRST_YEAR) for name in _links(kind))
            year = max(_own_year(row), *linked, FIRST_YEAR)
            written[row["id"]] = year
            sorted_rows[year].append(row)
        for year, found in sorted_rows.items():
            years[year].append((kind, found))
    return years


@cache
def _links(kind: str) -> tuple[str, ...]:
    """The columns of a kind that refer to other records."""
    columns = kinds()[kind].__table__.columns
    return tuple(column.name for column in columns if column.info.get("type") == "link")


def _own_year(row: Row) -> int:
    """The year of a row, as far as years are reported; plans and needs come a year before."""
    when = next((row[name] for name in _WHEN if row.get(name) is not None), None)
    if isinstance(when, PartialDate):
        when = when.last
    if not isinstance(when, date):
        return FIRST_YEAR
    ahead = row.get("phase") == "planned" or row.get("direction") == "needed"
    return min(when.year - ahead, LAST_YEAR)
