"""Deliberate flaws in the last year, for trainees to find: each is caught by one check."""

from __future__ import annotations

from mineaction_desktop.services.demo import (
    flaws_land,
    flaws_mines,
    flaws_others,
    flaws_reported,
)
from mineaction_desktop.services.demo.book import Book
from mineaction_desktop.services.demo.flaw import Flaw
from mineaction_desktop.services.demo.register import Generated


def flaws(found: Generated, book: Book) -> list[Flaw]:
    """Return every flaw with the rows that bring it into the register."""
    return [
        *flaws_land.flaws(found, book),
        *flaws_mines.flaws(found, book),
        *flaws_others.flaws(found, book),
        *flaws_reported.flaws(found),
    ]
