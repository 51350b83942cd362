"""What was found to be wrong in reports that had been submitted already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from mineaction_desktop.services.demo.book import Book, Row, on
from mineaction_desktop.services.demo.register import Generated


@dataclass(frozen=True, slots=True)
class Correction:
    """A change to what was reported for a year: new values of a record, or a record added.

    ``row`` is the whole record if it is new; else its id and the values that change.
    """

    year: int
    kind: str
    row: Row
    reason: str
    is_new: bool = False

    @property
    def record_id(self) -> str:
        """The record that is changed or added."""
        return str(self.row["id"])


def corrections(found: Generated, book: Book) -> list[Correction]:
    """Return the corrections of 2022 to 2024 in the order in which they were made."""
    return [
        _pupils_counted_twice(found),
        _late_instalment(found),
        _women_left_out(found),
        _measured_again(found, book),
    ]


def _number(row: Row, name: str) -> int:
    return cast("int", row[name])


def _pupils_counted_twice(found: Generated) -> Correction:
    sessions = found.in_year("eore_session", 2022, approach="training")
    row = max(sessions, key=lambda row: _number(row, "girls"))
    return Correction(
        2022,
        "eore_session",
        {"id": row["id"], "girls": _number(row, "girls") - 9},
        "Nine girls stood on the list of participants twice.",
    )


def _late_instalment(found: Generated) -> Correction:
    row = next(found.in_year("funding", 2023, direction="received", currency="USD"))
    return Correction(
        2023,
        "funding",
        {"id": row["id"], "amount": _number(row, "amount") + 4_500_000},
        "The last instalment of 45,000 came on 29 December and was booked in January.",
    )


def _women_left_out(found: Generated) -> Correction:
    row = next(found.in_year("survivor_service", 2024, mode="aggregate"))
    return Correction(
        2024,
        "survivor_service",
        {"id": row["id"], "women": _number(row, "women") + 6},
        "The provider sent its return again, with six women who had been left out.",
    )


def _measured_again(found: Generated, book: Book) -> Correction:
    area = found.untouched_areas()[-1]
    reason = "One corner had been drawn from the wrong reference point; the map was redrawn."
    row = book.row(
        "area_movement",
        local_id=None,
        hazardous_area_id=area["id"],
        area_class=area["area_class"],
        kind="correction_minus",
        date=on(date(2024, 11, 20)),
        area_m2=1850,
        reason=reason,
        approved_by="Head of operations of the authority",
    )
    return Correction(2024, "area_movement", row, reason, is_new=True)
