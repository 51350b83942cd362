"""Checks on what is known about hazardous areas: evidence, perimeter, contents and finds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.domain.vocabulary import LAND, AreaClass, AreaMovementKind
from mineaction_desktop.formdef.catalogue import load_catalogue
from mineaction_desktop.i18n import mark
from mineaction_desktop.rules.common import (
    area_name,
    areas_of_period,
    finding,
    is_within,
    open_areas,
    records,
)
from mineaction_desktop.rules.model import Case, Finding, Rule
from mineaction_desktop.rules.reading import (
    all_rows,
    choice_label,
    grouped,
    joined,
    listed,
    rows,
    rows_of,
    rows_within,
)
from mineaction_desktop.storage.ledgers import LAND_TABLE
from mineaction_desktop.storage.queries import Fact
from mineaction_desktop.storage.suspects import areas_with_finds, entered_sizes
from mineaction_desktop.storage.view import View, once

ENTRIES = (
    AreaMovementKind.OPENING,
    AreaMovementKind.NEW,
    AreaMovementKind.CONFIRMED,
    AreaMovementKind.TRANSFERRED_IN,
)

REDRAWN = (
    AreaMovementKind.REMEASURED_PLUS,
    AreaMovementKind.REMEASURED_MINUS,
    AreaMovementKind.CORRECTION_PLUS,
    AreaMovementKind.CORRECTION_MINUS,
)

FINISHED = ("released", "handed_over", "closed_admin")

MOST_APART, FEW_M2 = 0.05, 500
"""A measured and a reported area agree within this share, or within these square metres."""

MANY_DEVICES = 1000

MINES = ("APM", "APM_IMP", "AVM", "AVM_IMP")

COVERED = {"MINE_UNK": {*MINES, "MINE_UNK"}}
"""What else may be found where only the wider family was recorded."""

INDIRECT_ONLY = mark("{place} is a confirmed area, and all its evidence is indirect: {evidence}.")

NO_EVIDENCE = mark("No evidence is recorded for these confirmed areas: {places}.")

CONFIRMED_WITHOUT = mark(
    "{place} became a confirmed area on {date} without direct evidence and without a reason."
)

NO_DEPTH = mark(
    "{place}: {area:,} m² were cleared in {year} without the depth or the standard of clearance: "
    "{numbers}."
)

LEFT_OVER = mark("{place} is recorded as {status}, while {area:,} m² of it are still in the books.")

MEASURED_OTHERWISE = mark(
    "{place}: the perimeter encloses {computed:,} m², while the books say {reported:,} m² "
    "({share} % apart)."
)

NOTHING_FOUND = mark(
    "{place}: {area:,} m² were cleared in {year}, and no ordnance was ever found there."
)

VERY_MANY = mark("{number}: {quantity:,} items ({family}) in one find on {date}.")

NOT_EXPECTED = mark(
    "{place}: {quantity:,} items of the family “{family}” were found, which is not among its "
    "contents ({expected})."
)


def direct_evidence() -> frozenset[str]:
    """The kinds of evidence that confirm an area."""
    choices = load_catalogue().choices("evidence_kind")
    return frozenset(choice.code for choice in choices if choice.parent == "direct")


def _unproven(case: Case) -> Iterator[Finding]:
    view = case.view
    direct = direct_evidence()
    evidence = grouped(all_rows(view, "area_evidence"), "hazardous_area_id")
    silent: list[Fact] = []
    for area_id, area in open_areas(view).items():
        if area["area_class"] != AreaClass.CHA or (area["number_of_areas"] or 1) > 1:
            continue
        kinds = {row["kind"] for row in evidence.get(area_id, ())}
        if not kinds:
            silent.append(area)
        elif not kinds & direct:
            labels = [choice_label("evidence_kind", kind) for kind in sorted(kinds)]
            yield finding(
                INDIRECT_ONLY,
                area["local_id"],
                [("hazardous_area", area_id)],
                place=area_name(view, area_id),
                evidence=joined(labels),
            )
    if silent:
        places = listed([area_name(view, area["id"]) for area in silent])
        yield finding(
            NO_EVIDENCE, "evidence missing", records("hazardous_area", silent), places=places
        )


def _confirmed_without(case: Case) -> Iterator[Finding]:
    view = case.view
    direct = direct_evidence()
    kinds = {row["id"]: row["kind"] for row in all_rows(view, "area_evidence")}
    for row in rows(view, "area_class_change"):
        if row["area_class"] != AreaClass.CHA or not is_within(row["date"], view.period):
            continue
        if kinds.get(row["evidence_id"]) in direct or (row["reason"] or "").strip():
            continue
        yield finding(
            CONFIRMED_WITHOUT,
            row["local_id"],
            [("area_class_change", row["id"]), ("hazardous_area", row["hazardous_area_id"])],
            place=area_name(view, row["hazardous_area_id"]),
            date=str(row["date"]),
        )


@once
def _cleared(view: View) -> dict[str, list[Fact]]:
    """Clearance of the period by area."""
    moved = rows_within(view, "area_movement")
    cleared = (row for row in moved if row["kind"] == AreaMovementKind.CLEARED)
    return grouped(cleared, "hazardous_area_id")


def _no_depth(case: Case) -> Iterator[Finding]:
    view = case.view
    work: dict[str | None, Fact] = {row["id"]: row for row in all_rows(view, "land_activity")}
    for area_id, releases in _cleared(view).items():
        incomplete = [row for row in releases if not _is_documented(row, work)]
        if incomplete:
            yield finding(
                NO_DEPTH,
                area_name(view, area_id),
                records("area_movement", incomplete),
                place=area_name(view, area_id),
                area=sum(row["area_m2"] for row in incomplete),
                year=view.period.last.year,
                numbers=listed([row["local_id"] for row in incomplete]),
            )


def _is_documented(release: Fact, work: Mapping[str | None, Fact]) -> bool:
    activity = work.get(release["activity_id"])
    depth = release["depth_cm"] or (activity and activity["clearance_depth_cm"])
    return bool(depth and activity and activity["standard_applied"])


def _left_over(case: Case) -> Iterator[Finding]:
    """Only areas without mines of the Convention: Form C speaks of the others."""
    view = case.view
    areas = view.by_id("hazardous_area")
    for balance in view.balances(LAND_TABLE):
        area = areas.get(balance.account[0] or "")
        if area is None or area["id"] not in view.without_ap_mines or balance.closing <= 0:
            continue
        if area["status"] in FINISHED:
            yield finding(
                LEFT_OVER,
                area["local_id"],
                [("hazardous_area", area["id"])],
                place=area_name(view, area["id"]),
                status=choice_label("area_status", area["status"]),
                area=balance.closing,
            )


def _open_questions(case: Case) -> Iterator[Finding]:
    for check in (_unproven, _confirmed_without, _no_depth, _left_over):
        yield from check(case)


def _measured_otherwise(case: Case) -> Iterator[Finding]:
    view = case.view
    of_period, known = areas_of_period(view), _sizes(view)
    for area_id, area in view.by_id("hazardous_area").items():
        computed = area["area_computed_m2"]
        sizes = [size for size in known.get(area_id, ()) if size > 0]
        if not computed or not sizes or (area["number_of_areas"] or 1) > 1:
            continue
        if area_id not in of_period:
            continue
        reported = min(sizes, key=lambda size: abs(size - computed))
        apart = abs(reported - computed)
        if apart > MOST_APART * reported and apart > FEW_M2:
            yield finding(
                MEASURED_OTHERWISE,
                area["local_id"],
                [("hazardous_area", area_id)],
                place=area_name(view, area_id),
                computed=computed,
                reported=reported,
                share=f"{100 * apart / reported:,.0f}",
            )


def _sizes(view: View) -> dict[str, list[int]]:
    """By area, what a perimeter may show: as entered, as measured again, and as it is now."""
    single: dict[str, list[int]] = defaultdict(list)
    redrawn: dict[str, int] = defaultdict(int)
    left: dict[str, int] = defaultdict(int)
    kinds = (*ENTRIES, *REDRAWN)
    for area, kind, size in entered_sizes(view.reader, kinds, view.period, view.counting):
        if kind in ENTRIES:
            single[area].append(size)
        else:
            redrawn[area] += LAND.signs[kind] * size
    for balance in view.balances(LAND_TABLE):
        left[str(balance.account[0])] += balance.closing
    return {
        area: [sum(single[area]), sum(single[area]) + redrawn[area], left[area], *single[area]]
        for area in left
    }


def _finds_by_area(view: View) -> dict[str, list[Fact]]:
    """Finds of the period by the area they lie in, their own or that of the activity."""
    place = {row["id"]: row["hazardous_area_id"] for row in all_rows(view, "land_activity")}
    found: dict[str, list[Fact]] = defaultdict(list)
    for row in rows_of(view, "device_found"):
        area = row["hazardous_area_id"] or place.get(row["activity_id"])
        if area is not None:
            found[area].append(row)
    return found


def _odd_numbers_of_devices(case: Case) -> Iterator[Finding]:
    view = case.view
    with_finds = areas_with_finds(view.reader, view.counting)
    for area_id, releases in _cleared(view).items():
        if area_id not in with_finds:
            yield finding(
                NOTHING_FOUND,
                area_name(view, area_id),
                [("hazardous_area", area_id), *records("area_movement", releases)],
                place=area_name(view, area_id),
                area=sum(row["area_m2"] for row in releases),
                year=view.period.last.year,
            )
    for row in rows_of(view, "device_found"):
        if row["quantity"] > MANY_DEVICES and is_within(row["date"], view.period):
            yield finding(
                VERY_MANY,
                row["local_id"],
                [("device_found", row["id"])],
                number=row["local_id"],
                quantity=row["quantity"],
                family=choice_label("ordnance_family", row["family"]),
                date=str(row["date"]),
            )


def _not_expected(case: Case) -> Iterator[Finding]:
    view = case.view
    contents = grouped(rows(view, "contamination"), "hazardous_area_id")
    for area_id, finds in _finds_by_area(view).items():
        families = {row["family"] for row in contents.get(area_id, ())}
        covered = families.union(*(COVERED.get(family, ()) for family in families))
        if not families or "UNK" in families:
            continue
        recent = [row for row in finds if is_within(row["date"], view.period)]
        for family, strange in grouped(recent, "family").items():
            if family in (*covered, "UNK"):
                continue
            labels = [choice_label("ordnance_family", name) for name in sorted(families)]
            yield finding(
                NOT_EXPECTED,
                f"{area_name(view, area_id)}/{family}",
                [("hazardous_area", area_id), *records("device_found", strange)],
                place=area_name(view, area_id),
                quantity=sum(row["quantity"] for row in strange),
                family=choice_label("ordnance_family", family),
                expected=joined(labels),
            )


RULES = (
    Rule(
        "DS-05",
        Severity.WARNING,
        "records",
        mark(
            "Confirmed areas have direct evidence, clearance has its depth and standard, and "
            "nothing is left of areas that are finished."
        ),
        _open_questions,
        mark("Complete the records, or explain why they cannot be completed."),
    ),
    Rule(
        "DS-07",
        Severity.WARNING,
        "records",
        mark("The area inside the perimeter agrees with the books within 5 %."),
        _measured_otherwise,
        mark("Check the points and the size, or record a new measurement."),
    ),
    Rule(
        "DS-11",
        Severity.WARNING,
        "records",
        mark("Ordnance was found where land was cleared, and at most 1,000 items in one find."),
        _odd_numbers_of_devices,
        mark("Enter what is missing or correct the number; if it is right, explain it."),
    ),
    Rule(
        "DS-16",
        Severity.WARNING,
        "records",
        mark("What is found in an area belongs to what it is recorded to hold."),
        _not_expected,
        mark("Add the family to the contents of the area, or correct the find."),
    ),
)
