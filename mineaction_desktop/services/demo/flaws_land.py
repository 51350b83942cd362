"""Flaws in the land programme."""

from __future__ import annotations

from mineaction_desktop.services.demo.book import Book, Row
from mineaction_desktop.services.demo.flaw import Flaw, added, day, flaw
from mineaction_desktop.services.demo.register import Generated


def flaws(found: Generated, book: Book) -> list[Flaw]:
    """Return the flaws on hazardous areas, on work in them and on what was found."""
    closed, grown, shrunk, abroad = found.untouched_areas()[:4]
    return [
        _release_twice(found, book),
        _closed_without_release(book, closed),
        _one_zero_too_many(found, book, grown),
        _release_without_work(book, shrunk),
        _north_for_south(book, abroad),
        _ends_before_it_begins(found, book),
        _very_many_found(found, book),
    ]


def _release_twice(found: Generated, book: Book) -> Flaw:
    left = found.remaining()
    first = [
        row
        for row in found.in_year("area_movement", 2025, kind="cleared")
        if left[str(row["hazardous_area_id"])] > 4 * int(str(row["area_m2"]))
    ][-1]
    again = {name: value for name, value in first.items() if name not in ("id", "local_id")}
    says = "A progress report on clearance was entered twice."
    return Flaw("V-C-13", says, (added(book, "area_movement", **again),), str(first["id"]))


def _closed_without_release(book: Book, area: Row) -> Flaw:
    closed = "closed_admin"
    step = added(
        book,
        "area_status_change",
        hazardous_area_id=area["id"],
        status=closed,
        date=day(10, 14),
        reason="other",
        comment="Not on the list of the district any more.",
    )
    says = "An area was closed in the files although nothing of it was released."
    now = ("hazardous_area", {"id": area["id"], "status": closed})
    return Flaw("V-C-10", says, (step,), str(step[1]["id"]), (now,))


def _one_zero_too_many(found: Generated, book: Book, area: Row) -> Flaw:
    rows = added(
        book,
        "area_movement",
        hazardous_area_id=area["id"],
        area_class=area["area_class"],
        kind="remeasured_plus",
        date=day(9, 3),
        area_m2=9 * found.remaining()[str(area["id"])],
        reason="Measured again.",
    )
    says = "A new measurement was typed with one zero too many: the area grew tenfold."
    return Flaw("V-C-03", says, (rows,), str(area["id"]))


def _release_without_work(book: Book, area: Row) -> Flaw:
    return flaw(
        "DS-04",
        "Land was reduced, and neither a survey nor a reason is recorded.",
        added(
            book,
            "area_movement",
            hazardous_area_id=area["id"],
            area_class=area["area_class"],
            kind="reduced",
            date=day(7, 8),
            area_m2=4200,
        ),
    )


def _north_for_south(book: Book, area: Row) -> Flaw:
    return flaw(
        "V-C-16",
        "A landmark was entered with a latitude north of the equator instead of south.",
        added(
            book,
            "area_point",
            hazardous_area_id=area["id"],
            position=90,
            point_kind="landmark",
            point_name="LM",
            latitude=50.2145,
            longitude=-128.3077,
            position_text="50.214500, -128.307700",
            position_format="dd",
            fixed_by="gps",
            description="Water tower",
        ),
    )


def _ends_before_it_begins(found: Generated, book: Book) -> Flaw:
    model = next(found.accepted("land_activity", kind="eod_spot_task"))
    return flaw(
        "DS-01",
        "A spot task ends before it begins: day and month changed places.",
        added(
            book,
            "land_activity",
            kind="eod_spot_task",
            organisation_id=model["organisation_id"],
            admin_unit_id=model["admin_unit_id"],
            team="EOD Team 1",
            start_date=day(8, 4),
            end_date=day(4, 8),
            status="completed",
            source="Call register",
        ),
    )


def _very_many_found(found: Generated, book: Book) -> Flaw:
    model = next(found.accepted("land_activity", kind="eod_spot_task"))
    task = added(
        book,
        "land_activity",
        kind="eod_spot_task",
        organisation_id=model["organisation_id"],
        admin_unit_id=model["admin_unit_id"],
        team="EOD Team 1",
        start_date=day(5, 20),
        end_date=day(5, 20),
        status="completed",
        source="Call register",
    )
    return flaw(
        "DS-11",
        "A find of 12 grenades was typed as 1,200.",
        task,
        added(
            book,
            "device_found",
            activity_id=task[1]["id"],
            admin_unit_id=model["admin_unit_id"],
            family="UXO_GRENADE",
            date=day(5, 20),
            quantity=1200,
            destroyed=1200,
            destroyed_on=day(5, 20),
            disposal_method="destroyed_in_situ",
            source="Call register",
        ),
    )
