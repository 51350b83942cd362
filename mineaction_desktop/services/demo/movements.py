"""Lines of the land ledger: single entries, and the long series of progress of one task.

A line is kept as it was planned and written out row by row only when the rows are wanted, so that
a register with a million entries never lies in memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random

from mineaction_desktop.domain.vocabulary import AreaClass, AreaMovementKind
from mineaction_desktop.services.demo.book import Book, Row, on
from mineaction_desktop.services.demo.workdays import WORKDAYS

UNEVEN = 0.3
"""How far one progress entry may run ahead of or behind an even pace, in entries."""


@dataclass(frozen=True, slots=True)
class Line:
    """An amount of land that enters or leaves an area, on one day or bit by bit.

    A series starts at the working day ``first`` and takes ``span`` working days.
    """

    area_id: str
    area_class: AreaClass
    kind: AreaMovementKind
    total_m2: int
    day: date | None = None
    activity_id: str | None = None
    first: int = 0
    span: int = 1
    entries: int = 1
    more: Row = field(default_factory=dict)

    def day_of(self, entry: int) -> date:
        """The day of an entry, counted from zero."""
        if self.day is not None:
            return self.day
        return WORKDAYS[self.first + max(0, (entry + 1) * self.span // self.entries - 1)]

    @property
    def last_day(self) -> date:
        """The day on which the whole amount has moved."""
        return self.day_of(self.entries - 1)

    def amounts(self, chance: Random) -> Iterator[int]:
        """Square metres of each entry; they add up to the total exactly."""
        done = 0
        for entry in range(1, self.entries):
            reached = self.total_m2 * (entry + chance.uniform(-UNEVEN, UNEVEN)) / self.entries
            yield int(reached) - done
            done = int(reached)
        yield self.total_m2 - done


def write(book: Book, lines: list[Line]) -> Iterator[Row]:
    """The rows of the land ledger, area by area and in order of time within a line."""
    chance = book.chance("pace of work")
    for line in lines:
        fixed: Row = {
            "hazardous_area_id": line.area_id,
            "activity_id": line.activity_id,
            "area_class": line.area_class.value,
            "kind": line.kind.value,
            **line.more,
        }
        for entry, amount in enumerate(line.amounts(chance)):
            day = on(line.day_of(entry))
            yield book.row(
                "area_movement", **fixed, date=day, date_of_information=day, area_m2=amount
            )
