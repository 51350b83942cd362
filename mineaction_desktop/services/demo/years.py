"""The register as it grew: every row in the year after which it was written down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.records import kinds
from mineaction_desktop.services.demo.book import FIRST_YEAR, LAST_YEAR, Row

Part = tuple[str, list[Row]]

_WHEN = (
    "date",
    "start_date",
    "registered_on",
    "period",
    "started_on",
    "adopted_on",
    "requested_on",
    "date_of_information",
)
"""What tells when a row was written; all else was known when the register began."""

Earlier = Mapping[str, Sequence[tuple[int, Row]]]
"""What rows said before, by their id and in order of time: each up to the end of a year."""


@dataclass(frozen=True, slots=True)
class Year:
    """What was written down after a year: new rows, and what changed of those that were there.

    A change is the kind of a record with its id and the values that are new.
    """

    added: list[Part] = field(default_factory=list)
    changed: list[tuple[str, Row]] = field(default_factory=list)


def by_year(parts: Iterable[Part], earlier: Earlier) -> Mapping[int, Year]:
    """Divide rows by reporting year, each year in the order of the parts and as it was known then.

    A row is never written before the rows it refers to, whatever its own date says.
    """
    years = {year: Year() for year in range(FIRST_YEAR, LAST_YEAR + 1)}
    written: dict[object, int] = {}
    for kind, rows in parts:
        sorted_rows: dict[int, list[Row]] = defaultdict(list)
        for row in rows:
            linked = (written.get(row.get(name), FIRST_YEAR) for name in _links(kind))
            year = max(_own_year(row), *linked, FIRST_YEAR)
            written[row["id"]] = year
            before = earlier.get(str(row["id"]), ())
            sorted_rows[year].append(_as_known(row, before, year))
            for later in range(year + 1, LAST_YEAR + 1):
                if news := _news(row, before, later):
                    years[later].changed.append((kind, news))
        for year, found in sorted_rows.items():
            years[year].added.append((kind, found))
    return years


def _as_known(row: Row, before: Sequence[tuple[int, Row]], year: int) -> Row:
    """A row as it was at the end of a year."""
    known = dict(row)
    for until, values in reversed(before):
        if until >= year:
            known |= values
    return known


def _news(row: Row, before: Sequence[tuple[int, Row]], year: int) -> Row:
    """The id and the new values of a row that changed in a year; nothing if it did not."""
    if not any(until == year - 1 for until, _ in before):
        return {}
    then, now = (_as_known(row, before, at) for at in (year - 1, year))
    changed = {name: value for name, value in now.items() if value != then.get(name)}
    return {"id": row["id"], **changed} if changed else {}


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
