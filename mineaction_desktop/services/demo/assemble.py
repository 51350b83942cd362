"""The whole register in an order in which every record comes after those it refers to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from mineaction_desktop.services.demo import (
    care,
    cooperation,
    country,
    education,
    findings,
    movements,
    people,
    review,
    state,
    stocks,
)
from mineaction_desktop.services.demo.book import Book, Row
from mineaction_desktop.services.demo.ordnance import add_types
from mineaction_desktop.services.demo.organisations import add_organisations
from mineaction_desktop.services.demo.plan import (
    LandWork,
    add_land,
    areas_of_ordinary_size,
    tasks_among,
)
from mineaction_desktop.services.demo.retained import add_retained
from mineaction_desktop.services.demo.sites import Ground
from mineaction_desktop.services.demo.steps import Scale

ROWS_AT_ONCE = 10_000

LEAST_ENTRIES = 40
"""Fewer progress entries for a task than this are no larger than the ordinary register."""

MOST_AREAS = 2_000
MOVEMENTS_AN_AREA = 500
"""An area is added for each so many records asked for, up to the most."""

OTHER_ROWS = 2_700
ROWS_AN_AREA = 27
"""About how many rows a register has besides progress entries: once, and for each area."""

ORDER = (
    "state_profile",
    "contact_point",
    "declaration",
    "extension",
    "admin_unit",
    "attachment",
    "ordnance_type",
    "organisation",
    "hazardous_area",
    "contamination",
    "area_evidence",
    "area_status_change",
    "area_class_change",
    "area_link",
    "area_point",
    "area_beneficiary",
    "land_activity",
    "area_movement",
    "device_found",
    "quality_visit",
    "nonconformity",
    "marking_event",
    "destruction_programme",
    "destruction_site",
    "production_facility",
    "stock_movement",
    "retained_use",
    "retained_movement",
    "accident",
    "casualty",
    "survivor",
    "service_provider",
    "survivor_service",
    "referral",
    "eore_session",
    "eore_material",
    "legal_measure",
    "funding",
    "milestone",
    "commitment",
)
"""Kinds of record; whatever a kind refers to stands before it."""


def generate(seed: int = 1, records: int | None = None) -> Iterator[tuple[str, list[Row]]]:
    """Yield the made-up register as kinds with rows; equal seeds give equal rows.

    ``records`` asks for a register of about so many rows: the land ledger grows, all else stays as
    large as it is.
    """
    yield from rows(*written(seed, records))


def written(seed: int = 1, records: int | None = None) -> tuple[Book, LandWork]:
    """Write everything but the rows of the land ledger, which are written while they are read."""
    book = Book(seed)
    return book, _write(book, _scale(records))


def rows(book: Book, land: LandWork) -> Iterator[tuple[str, list[Row]]]:
    """Hand the rows on, kind by kind, and forget them."""
    for kind in ORDER:
        ledger = kind == "area_movement"
        found = _ledger(book, land) if ledger else iter(book.rows.pop(kind, []))
        yield from _in_parts(kind, found)


def _ledger(book: Book, land: LandWork) -> Iterator[Row]:
    """The land ledger, written row by row while it is read."""
    lines = land.lines()
    yield from review.reviewed(movements.write(book, lines))
    yield from review.rejected_movements(book, lines)


def _in_parts(kind: str, rows: Iterable[Row]) -> Iterator[tuple[str, list[Row]]]:
    source = iter(rows)
    while part := list(islice(source, ROWS_AT_ONCE)):
        yield kind, part


def _scale(records: int | None) -> Scale:
    """How long the histories of tasks must be for a register of about so many records."""
    areas = min(MOST_AREAS, (records or 0) // MOVEMENTS_AN_AREA)
    areas = max(areas, areas_of_ordinary_size())
    progress = (records or 0) - OTHER_ROWS - ROWS_AN_AREA * areas
    entries = progress // tasks_among(areas)
    return Scale() if entries < LEAST_ENTRIES else Scale(areas, entries)


def _write(book: Book, scale: Scale) -> LandWork:
    """Write one subject after the other, each after those it refers to."""
    state.add_state(book)
    units = country.add_units(book)
    types = add_types(book)
    organisations = add_organisations(book)
    land = add_land(book, Ground(book, units, types), organisations, scale)
    findings.add_finds(book, land.foreman, types)
    findings.add_spot_tasks(book, units, types, organisations["engineers"])
    findings.add_visits(book, land.foreman, organisations["authority"])
    findings.add_marking(book, land.lives, organisations)
    findings.add_beneficiaries(book, land.lives)
    state.add_measures(book)
    state.add_facility(book)
    stocks.add_stocks(book, types, organisations)
    add_retained(book, types, organisations, stocks.SET_ASIDE_DAY)
    injured = people.add_accidents(book, units, land.lives)
    care.add_care(book, units, organisations, injured)
    education.add_education(book, units, organisations, land.lives)
    cooperation.add_funding(book, organisations)
    cooperation.add_milestones(book, land.lines())
    cooperation.add_commitments(book)
    review.add_rejected_accident(book)
    review.mark_unreviewed(book)
    return land
