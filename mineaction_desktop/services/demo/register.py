"""What was generated, by kind: where corrections and flaws find the records they are about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import cast

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.vocabulary import LAND, ReviewState
from mineaction_desktop.services.demo.book import Row


class Generated:
    """The rows of the made-up register, with the few questions that are asked of them."""

    def __init__(self, parts: Iterable[tuple[str, list[Row]]]) -> None:
        self._rows: dict[str, list[Row]] = defaultdict(list)
        for kind, rows in parts:
            self._rows[kind] += rows

    def accepted(self, kind: str, /, **values: object) -> Iterator[Row]:
        """Rows of a kind that count for certain and hold these values."""
        for row in self._rows[kind]:
            if row["review_state"] == ReviewState.ACCEPTED.value and all(
                row.get(name) == value for name, value in values.items()
            ):
                yield row

    def in_year(self, kind: str, year: int, /, **values: object) -> Iterator[Row]:
        """The same, dated in a year or for a year."""
        for row in self.accepted(kind, **values):
            when = row.get("date") or row.get("period")
            if isinstance(when, PartialDate) and when.first.year == when.last.year == year:
                yield row

    def id_of(self, kind: str, name: str) -> str:
        """The id of the row with a name."""
        return str(next(self.accepted(kind, name=name))["id"])

    def untouched_areas(self) -> list[Row]:
        """Confirmed areas surveyed before the first year in which nobody works, smallest first.

        They hold anti-personnel mines and nothing else.
        """
        busy = {row.get("hazardous_area_id") for row in self._rows["land_activity"]}
        busy |= {row["hazardous_area_id"] for row in self._rows["area_link"]}
        busy |= {row["predecessor_id"] for row in self._rows["area_link"]}
        busy |= {
            row["hazardous_area_id"]
            for row in self._rows["contamination"]
            if row["family"] != "APM"
        }
        left = self.remaining()
        areas = [
            row
            for row in self.accepted("hazardous_area", status="open", area_class="CHA")
            if row["id"] not in busy and left[str(row["id"])]
        ]
        return sorted(areas, key=lambda row: left[str(row["id"])])

    def remaining(self) -> Counter[str]:
        """How many square metres are left of each area at the end, both classes together."""
        left: Counter[str] = Counter()
        for row in self._rows["area_movement"]:
            if row["review_state"] != ReviewState.REJECTED.value:
                sign = LAND.signs.get(str(row["kind"]), 0)
                left[str(row["hazardous_area_id"])] += sign * cast("int", row["area_m2"])
        return left
