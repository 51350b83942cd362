"""The rows of the made-up register while it is being written: ids, numbers, and chance by topic."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, date, datetime
from functools import lru_cache
from random import Random

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.vocabulary import ReviewState
from mineaction_desktop.records import kinds

Row = dict[str, object]

LAST_DAY = date(2025, 12, 31)
"""Nothing in the register has happened after this day."""

FIRST_YEAR, LAST_YEAR = 2021, 2025
YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
"""The reporting years."""

WRITTEN_FROM = int(datetime(2026, 1, 12, 8, tzinfo=UTC).timestamp() * 1000)
"""When the first record was made, in milliseconds; each further one is a millisecond younger."""


@lru_cache(maxsize=8192)
def on(day: date) -> PartialDate:
    """The partial date that is exactly this day."""
    return PartialDate.of(day)


def in_year(year: int) -> PartialDate:
    """The partial date that is this year."""
    return PartialDate.parse(str(year))


def rounded(value: float, to: int) -> int:
    """A whole number that is a multiple of ``to``, as estimates are."""
    return round(value / to) * to


class Book:
    """Makes rows with ids that sort by creation, and keeps those that are not handed on at once.

    ``earlier`` has what rows said before, by their id: each time up to the end of a year.
    """

    def __init__(self, seed: int, written_from: int = WRITTEN_FROM) -> None:
        self.rows: dict[str, list[Row]] = defaultdict(list)
        self.earlier: dict[str, list[tuple[int, Row]]] = defaultdict(list)
        self._seed = seed
        self._bits = Random(f"ids {seed}")  # noqa: S311 - made-up data, not a secret
        self._written_from = written_from
        self._made = 0
        self._numbers: Counter[str] = Counter()
        self._prefixes = {kind: record.prefix for kind, record in kinds().items()}

    def chance(self, topic: str) -> Random:
        """A source of chance of its own, so that one topic never disturbs another."""
        return Random(f"{topic} {self._seed}")  # noqa: S311 - made-up data, not a secret

    def row(self, kind: str, /, **values: object) -> Row:
        """A row of a kind, with its id and readable number, that is not kept."""
        self._numbers[kind] += 1
        row: Row = {
            "id": self._next_id(),
            "local_id": f"{self._prefixes[kind]}-{self._numbers[kind]:06d}",
            "review_state": ReviewState.ACCEPTED.value,
        }
        row.update(values)
        return row

    def add(self, kind: str, /, **values: object) -> str:
        """Keep a new row and return its id."""
        row = self.row(kind, **values)
        self.rows[kind].append(row)
        return str(row["id"])

    def until(self, year: int, row: Row, **values: object) -> None:
        """Remember that a row said something else up to the end of a year.

        Rows hold what is known at the end; whoever tells their history goes through this in the
        order in which things happened.
        """
        self.earlier[str(row["id"])].append((year, values))

    def _next_id(self) -> str:
        """A UUID of version 7 whose time is a count, so that equal seeds give equal ids."""
        moment = self._written_from + self._made
        self._made += 1
        bits = self._bits.getrandbits(74)
        high = f"{moment:012x}"
        middle = 0x7000 | bits >> 62
        variant = 0x8000 | (bits >> 48) & 0x3FFF
        return f"{high[:8]}-{high[8:]}-{middle:04x}-{variant:04x}-{bits & 0xFFFFFFFFFFFF:012x}"
