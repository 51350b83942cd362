"""What a deliberate flaw is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.services.demo.book import Book, Row, on


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong with the last year, and the code of the check that says so.

    ``rows`` bring it into the register, each after those it refers to; ``changed`` gives records
    that are there new values, by their id; a flaw without either is something that nobody has
    written. ``about`` is the record that the check names first, or its subject if it names none.
    """

    code: str
    says: str
    rows: tuple[tuple[str, Row], ...]
    about: str
    changed: tuple[tuple[str, Row], ...] = ()


def added(book: Book, kind: str, /, **values: object) -> tuple[str, Row]:
    """A new row of a kind; the register gives it its readable number."""
    return kind, book.row(kind, local_id=None, **values)


def flaw(code: str, says: str, *rows: tuple[str, Row]) -> Flaw:
    """A flaw that the check finds on the last of its rows."""
    return Flaw(code, says, rows, str(rows[-1][1]["id"]))


def day(month: int, of_month: int) -> PartialDate:
    """A day in the year of the flaws."""
    return on(date(2025, month, of_month))
