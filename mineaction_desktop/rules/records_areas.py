"""Checks on the movements of areas: sizes, days below zero, and where releases come from."""

from __future__ import annotations

from collections.abc import Iterator

from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.domain.vocabulary import RELEASED, AreaMovementKind
from mineaction_desktop.i18n import mark
from mineaction_desktop.rules.common import (
    M2_PER_KM2,
    area_name,
    finding,
    land,
    land_account,
    land_record,
    land_subject,
    place_words,
)
from mineaction_desktop.rules.model import Case, Finding, Rule
from mineaction_desktop.rules.reading import choice_label, rows, rows_within
from mineaction_desktop.rules.sweeping import overdrafts
from mineaction_desktop.storage.ledgers import LAND_TABLE
from mineaction_desktop.storage.queries import Fact
from mineaction_desktop.storage.view import View

SIZE_MAY_BE_ZERO = (AreaMovementKind.OPENING, AreaMovementKind.COUNTED)


SMALL_M2, LARGE_M2 = 10, 50 * M2_PER_KM2


NO_SIZE = mark("{number} says that {kind} changed {place} by {area:,} m².")
OVERDRAWN = mark(
    "{place}: on {date} the books hold {balance:,} m², because more was released or taken away "
    "than there was on that day."
)
WITHOUT_WORK = mark(
    "{number}: {area:,} m² of {place} were released ({kind}, {date}), and neither an activity nor "
    "a reason says how."
)
OTHER_AREA = mark(
    "{number}: the release of {area:,} m² of {place} names the activity {activity}, which was in "
    "{other}."
)
TOO_SMALL = mark("{number}: {area:,} m² in {place} ({kind}, {date}) is unusually small.")
TOO_LARGE = mark("{number}: {area:,} m² in {place} ({kind}, {date}) is unusually large.")


def _place(view: View, row: Fact) -> object:
    return place_words(view, (row["hazardous_area_id"], row["admin_unit_id"], row["area_class"]))


def _kind(row: Fact) -> object:
    return choice_label("area_movement_kind", row["kind"])


def _no_size(case: Case) -> Iterator[Finding]:
    view = case.view
    for row in rows_within(view, "area_movement"):
        if row["area_m2"] <= 0 and row["kind"] not in SIZE_MAY_BE_ZERO:
            yield finding(
                NO_SIZE,
                row["local_id"],
                [("area_movement", row["id"])],
                number=row["local_id"],
                kind=_kind(row),
                place=_place(view, row),
                area=row["area_m2"],
            )


def _overdrawn(case: Case) -> Iterator[Finding]:
    view = case.view
    said_on_form_c = {balance.account for balance in land(view) if balance.closing < 0}
    for account, dip in overdrafts(view, LAND_TABLE, land_account):
        if account in said_on_form_c:
            continue
        yield finding(
            OVERDRAWN,
            land_subject(view, account),
            [("area_movement", dip.movement.id)] if dip.movement else land_record(account),
            place=place_words(view, account),
            date=dip.on.isoformat(),
            balance=dip.balance,
        )


def _release_without_work(case: Case) -> Iterator[Finding]:
    view = case.view
    work = {row["id"]: row for row in rows(view, "land_activity")}
    for row in rows_within(view, "area_movement"):
        area = row["hazardous_area_id"]
        if row["kind"] not in RELEASED or area is None:
            continue
        said = {
            "number": row["local_id"],
            "area": row["area_m2"],
            "place": area_name(view, area),
        }
        here = [("area_movement", row["id"])]
        activity = work.get(row["activity_id"])
        if activity is None and not (row["reason"] or "").strip():
            more = {"kind": _kind(row), "date": str(row["date"])}
            yield finding(WITHOUT_WORK, row["local_id"], here, **said, **more)
        elif activity is not None and activity["hazardous_area_id"] not in (None, area):
            there = [*here, ("land_activity", activity["id"])]
            other = area_name(view, activity["hazardous_area_id"])
            number = activity["local_id"]
            yield finding(OTHER_AREA, row["local_id"], there, **said, activity=number, other=other)


def _odd_sizes(case: Case) -> Iterator[Finding]:
    view = case.view
    several = {
        area["id"]
        for area in view.by_id("hazardous_area").values()
        if (area["number_of_areas"] or 1) > 1
    }
    for row in rows_within(view, "area_movement"):
        area, size = row["hazardous_area_id"], row["area_m2"]
        if area is None or area in several or (row["number_of_areas"] or 1) > 1:
            continue
        if 0 < size < SMALL_M2 or size > LARGE_M2:
            yield finding(
                TOO_SMALL if size < SMALL_M2 else TOO_LARGE,
                row["local_id"],
                [("area_movement", row["id"])],
                number=row["local_id"],
                area=size,
                place=area_name(view, area),
                kind=_kind(row),
                date=str(row["date"]),
            )


RULES = (
    Rule(
        "DS-02",
        Severity.ERROR,
        "records",
        mark("Every change of an area has a size above 0 m²."),
        _no_size,
        mark("Enter the size that changed, or reject the record."),
    ),
    Rule(
        "DS-03",
        Severity.ERROR,
        "records",
        mark("No area is ever smaller than nothing, on no day."),
        _overdrawn,
        mark("Correct the date or the size, or record the new measurement before the release."),
    ),
    Rule(
        "DS-04",
        Severity.ERROR,
        "records",
        mark("Every release of land comes from an activity in that area, or says why not."),
        _release_without_work,
        mark("Link the survey or clearance that released the land, or write the reason."),
    ),
    Rule(
        "DS-15",
        Severity.WARNING,
        "records",
        mark("Sizes of areas lie between 10 m² and 50 km²."),
        _odd_sizes,
        mark("Check whether hectares or square kilometres were taken for square metres."),
    ),
)
