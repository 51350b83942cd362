"""Not everything is accepted: the last weeks await review, and a few records were rejected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.vocabulary import AreaMovementKind, ReviewState
from mineaction_desktop.services.demo.book import Book, Row, on
from mineaction_desktop.services.demo.movements import Line

NOT_YET_REVIEWED_FROM = date(2025, 12, 8)

_LATE = ("device_found", "eore_session", "survivor_service", "referral")


def mark_unreviewed(book: Book) -> None:
    """Leave what was reported in the last weeks as it was entered."""
    for kind in _LATE:
        for row in book.rows[kind]:
            if is_recent(row["date"]):
                row["review_state"] = ReviewState.ENTERED.value


def is_recent(when: object) -> bool:
    """Whether something happened on a day that review has not reached."""
    return isinstance(when, PartialDate) and when.is_exact and when.last >= NOT_YET_REVIEWED_FROM


def reviewed(movements: Iterator[Row]) -> Iterator[Row]:
    """The rows of the ledger, the most recent ones as they were entered."""
    for row in movements:
        if is_recent(row["date"]):
            row["review_state"] = ReviewState.ENTERED.value
        yield row


def rejected_movements(book: Book, lines: Sequence[Line]) -> Iterator[Row]:
    """Two progress entries that an operator sent twice; they must never count."""
    cleared = [line for line in lines if line.kind is AreaMovementKind.CLEARED]
    for line in cleared[:2]:
        day = on(line.day_of(0))
        yield book.row(
            "area_movement",
            hazardous_area_id=line.area_id,
            activity_id=line.activity_id,
            area_class=line.area_class.value,
            kind=line.kind.value,
            date=day,
            date_of_information=day,
            area_m2=line.total_m2 // line.entries,
            review_state=ReviewState.REJECTED.value,
            notes="Sent twice by the operator: the first entry counts, this one was rejected.",
        )


def add_rejected_accident(book: Book) -> None:
    """A report of an accident that turned out to be another one, told a second time."""
    first = book.rows["accident"][0]
    book.add(
        "accident",
        date=first["date"],
        admin_unit_id=first["admin_unit_id"],
        place=first["place"],
        kind=first["kind"],
        device=first["device"],
        killed=first["killed"],
        injured=first["injured"],
        outcome_unknown=0,
        review_state=ReviewState.REJECTED.value,
        notes="Second report of an accident that is recorded already.",
    )
