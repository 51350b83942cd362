"""Flaws in the books of stockpiled and of retained mines."""

from __future__ import annotations

from mineaction_desktop.services.demo.book import Book, Row
from mineaction_desktop.services.demo.flaw import Flaw, added, day, flaw
from mineaction_desktop.services.demo.register import Generated

PASSED_ON, USED = 6, 2

NOT_DESTROYED = dict.fromkeys(("programme_id", "site_id", "method", "certificate"))
"""What is not said of mines that have only been found."""


def flaws(found: Generated, book: Book) -> list[Flaw]:
    """Return the flaws in Forms B and D."""
    school = _new_holder(found, book)
    holder = school.rows[0][1]["id"]
    return [
        _find_not_recorded(found, book),
        _destroyed_before_found(found, book),
        school,
        _used_without_activity(found, book, holder),
    ]


def _last_destruction(found: Generated, model: str) -> Row:
    """The last destruction of a type that was found late."""
    type_id = found.id_of("ordnance_type", model)
    wanted = {"pool": "found_late", "kind": "destroyed", "ordnance_type_id": type_id}
    return list(found.in_year("stock_movement", 2025, **wanted))[-1]


def _copy(row: Row, **changed: object) -> Row:
    return {name: value for name, value in row.items() if name not in ("id", "local_id")} | changed


def _find_not_recorded(found: Generated, book: Book) -> Flaw:
    model = _last_destruction(found, "POMZ-2M")
    mines = {"lot": "5-81", "quantity": 24}
    corrected = added(
        book,
        "stock_movement",
        **_copy(
            model,
            **NOT_DESTROYED,
            **mines,
            kind="correction_plus",
            date=day(1, 30),
            reason="In the inventory of the cellar, not in the first list.",
        ),
    )
    says = "Mines that came to light late were destroyed, and no record says when they were found."
    rows = (corrected, added(book, "stock_movement", **_copy(model, **mines)))
    return Flaw("V-B-06", says, rows, str(corrected[1]["id"]))


def _destroyed_before_found(found: Generated, book: Book) -> Flaw:
    model = _last_destruction(found, "PMN")
    mines = {"lot": "9-80", "quantity": 17}
    found_late = next(found.in_year("stock_movement", 2024, kind="found"))
    destroyed = added(book, "stock_movement", **_copy(model, **mines))
    place = {name: found_late[name] for name in ("found_place", "found_how")}
    find = _copy(model, **NOT_DESTROYED, **mines, **place, kind="found", date=day(3, 20))
    says = "Mines were destroyed three weeks before they were found: the month is wrong."
    rows = (added(book, "stock_movement", **find), destroyed)
    return Flaw("DS-10", says, rows, str(destroyed[1]["id"]))


def _new_holder(found: Generated, book: Book) -> Flaw:
    """The institution is named by the check, not the mines it received."""
    giver = found.id_of("organisation", "Mine Detection Dog Training Centre")
    mines = {
        "ordnance_type_id": found.id_of("ordnance_type", "PMN"),
        "lot": "3-78",
        "condition": "live",
        "quantity": PASSED_ON,
        "date": day(4, 29),
        "from_party": "Mine Detection Dog Training Centre",
        "to_party": "Rescue Service Academy",
        "reason": "Courses for rescue teams in mined districts.",
    }
    school = added(
        book,
        "organisation",
        name="Rescue Service Academy",
        short_name="RSA",
        roles=["holder"],
    )
    received = {"kind": "received_transfer", "organisation_id": school[1]["id"]}
    given = {"kind": "transferred_out_training", "organisation_id": giver}
    return Flaw(
        "V-D-06",
        "An institution holds retained mines without a date or an act of authorisation.",
        (
            school,
            added(book, "retained_movement", **mines, **given),
            added(book, "retained_movement", **mines, **received),
        ),
        str(school[1]["id"]),
    )


def _used_without_activity(found: Generated, book: Book, holder: object) -> Flaw:
    return flaw(
        "V-D-09",
        "Retained mines were used up, and no activity is recorded for it.",
        added(
            book,
            "retained_movement",
            organisation_id=holder,
            ordnance_type_id=found.id_of("ordnance_type", "PMN"),
            lot="3-78",
            condition="live",
            kind="consumed_training",
            date=day(10, 7),
            quantity=USED,
        ),
    )
