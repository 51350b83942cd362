"""Flaws in the records of accidents, funding, laws and risk education."""

from __future__ import annotations

from datetime import date, timedelta
from typing import cast

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.services.demo.book import Book, in_year, on
from mineaction_desktop.services.demo.flaw import Flaw, added, day, flaw
from mineaction_desktop.services.demo.register import Generated

SOURCE = "District health office and liaison officer"


def flaws(found: Generated, book: Book) -> list[Flaw]:
    """Return the flaws outside the three ledgers."""
    return [
        _accident_twice(found, book),
        _person_not_counted(found, book),
        _no_currency(found, book),
        _law_not_in_force(book),
        _session_across_the_year(found, book),
    ]


def _accident(book: Book, **values: object) -> tuple[str, dict[str, object]]:
    common = {
        "kind": "civilian",
        "killed": 0,
        "outcome_unknown": 0,
        "persons_complete": True,
        "source": SOURCE,
    }
    return added(book, "accident", **common, **values)


def _injured(book: Book, accident_id: object) -> tuple[str, dict[str, object]]:
    return added(
        book,
        "casualty",
        accident_id=accident_id,
        sex="male",
        age=34,
        age_band="a25_59",
        outcome="injured",
        civilian_status="civilian",
        activity="travelling",
    )


def _accident_twice(found: Generated, book: Book) -> Flaw:
    first = next(found.in_year("accident", 2025))
    when = cast("PartialDate", first["date"]).last + timedelta(days=1)
    again = _accident(
        book,
        date=on(when),
        admin_unit_id=first["admin_unit_id"],
        place=first["place"],
        device=first["device"],
        injured=1,
    )
    says = "The police and the hospital each reported the same accident, a day apart."
    rows = (again, _injured(book, again[1]["id"]))
    return Flaw("DS-12", says, rows, str(first["id"]))


def _person_not_counted(found: Generated, book: Book) -> Flaw:
    place = next(found.in_year("accident", 2025))
    accident = _accident(
        book,
        date=day(11, 12),
        admin_unit_id=place["admin_unit_id"],
        place=place["place"],
        device="anti_personnel_mine",
        injured=None,
    )
    says = "An accident says that all its persons are entered and counts none; there is one."
    rows = (accident, _injured(book, accident[1]["id"]))
    return Flaw("DS-08", says, rows, str(accident[1]["id"]))


def _no_currency(found: Generated, book: Book) -> Flaw:
    model = next(found.in_year("funding", 2025, direction="received"))
    return flaw(
        "V-H8-01",
        "A donation was entered without its currency.",
        added(
            book,
            "funding",
            direction="received",
            period=in_year(2025),
            donor_id=model["donor_id"],
            recipient_id=model["recipient_id"],
            pillar="clearance",
            support_kind="financial",
            amount=12_500_000,
            status="disbursed",
            source="Letter of the donor",
        ),
    )


def _law_not_in_force(book: Book) -> Flaw:
    return flaw(
        "V-A-03",
        "A regulation is listed that comes into force after the end of the year.",
        added(
            book,
            "legal_measure",
            title="Regulation on the quality of mine action",
            kind="regulation",
            reference_no="Regulation 9/2025",
            adopted_on=day(11, 25),
            in_force_on=on(date(2026, 3, 1)),
            penal_sanctions="no",
            source="Official Gazette of Tolmara",
        ),
    )


def _session_across_the_year(found: Generated, book: Book) -> Flaw:
    model = next(found.in_year("eore_session", 2025, approach="training"))
    return flaw(
        "V-GEN-06",
        "A course that may have been held in 2024 counts in 2025, because its date is too vague.",
        added(
            book,
            "eore_session",
            date=PartialDate.parse("2024-12/2025-01"),
            admin_unit_id=model["admin_unit_id"],
            place=model["place"],
            place_kind=model["place_kind"],
            organisation_id=model["organisation_id"],
            approach="training",
            activity=model["activity"],
            method=model["method"],
            sessions=1,
            women=4,
            girls=11,
            men=3,
            boys=12,
            unknown=0,
            source="Session report",
        ),
    )
