"""What happens to one hazardous area between its first entry and the end of the last year."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from mineaction_desktop.domain.vocabulary import LAND, AreaClass, AreaMovementKind
from mineaction_desktop.services.demo.book import LAST_DAY, Book, Row, on
from mineaction_desktop.services.demo.movements import Line
from mineaction_desktop.services.demo.sites import Site

OPENING_DAY = date(2020, 12, 31)

_ENTRIES = (
    AreaMovementKind.OPENING,
    AreaMovementKind.NEW,
    AreaMovementKind.CONFIRMED,
    AreaMovementKind.TRANSFERRED_IN,
)


@dataclass(slots=True)
class Life:
    """The lines of an area's ledger and the steps of its history, in order of time."""

    book: Book
    site: Site
    lines: list[Line] = field(default_factory=list)
    held: dict[AreaClass, int] = field(default_factory=dict)

    def move(self, kind: AreaMovementKind, amount: int, day: date, **more: object) -> None:
        """Book one entry on one day in the class the area has now."""
        self.book_line(
            Line(self.site.id, self.site.area_class, kind, amount, day=day, more=dict(more))
        )

    def book_line(self, line: Line) -> None:
        """Book a line; taking away more than there is would be a mistake of this package."""
        held = self.held.get(line.area_class, 0) + LAND.signs[line.kind] * line.total_m2
        if held < 0 or line.total_m2 <= 0:
            raise ValueError(f"{line.kind} {line.total_m2} leaves {held}")
        self.held[line.area_class] = held
        self.lines.append(line)

    @property
    def remaining(self) -> int:
        """What is left of the area in its present class."""
        return self.held.get(self.site.area_class, 0)

    @property
    def entered_m2(self) -> int:
        """All that was ever entered of the area in its present class."""
        return sum(
            line.total_m2
            for line in self.lines
            if line.area_class is self.site.area_class and line.kind in _ENTRIES
        )

    def status(self, status: str, day: date, reason: str | None = None, comment: str = "") -> None:
        """Take the next step in the life of the area."""
        if day > LAST_DAY:
            return
        row = self.site.row
        if "status" in row:
            self.book.until(day.year - 1, row, status=row["status"])
        row["status"] = status
        self.book.add(
            "area_status_change",
            hazardous_area_id=self.site.id,
            status=status,
            date=on(day),
            reason=reason,
            comment=comment or None,
        )

    def becomes(self, area_class: AreaClass, day: date, evidence: Row, reason: str) -> None:
        """Turn suspicion into confirmation, with the evidence for it."""
        evidence_id = self.book.add(
            "area_evidence", hazardous_area_id=self.site.id, date=on(day), **evidence
        )
        self.book.add(
            "area_class_change",
            hazardous_area_id=self.site.id,
            area_class=area_class.value,
            date=on(day),
            evidence_id=evidence_id,
            reason=reason,
        )
        self.book.until(day.year - 1, self.site.row, area_class=self.site.area_class.value)
        self.site.area_class = area_class
        self.site.confirmed_on = day
        self.site.row["area_class"] = area_class.value
