"""Form C: the books of mined areas, from year to year and against what was counted."""

from __future__ import annotations

from collections.abc import Iterator

from mineaction_desktop.domain.ledger import Difference
from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.domain.vocabulary import AreaClass, AreaMovementKind
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.rules.common import (
    M2_PER_KM2,
    area_name,
    finding,
    frozen_rows,
    is_within,
    km2,
    land,
    land_record,
    land_subject,
    open_areas,
    place_words,
)
from mineaction_desktop.rules.land_areas import RULES as AREA_RULES
from mineaction_desktop.rules.land_history import RULES as HISTORY_RULES
from mineaction_desktop.rules.land_progress import RULES as PROGRESS_RULES
from mineaction_desktop.rules.model import Case, Finding, Rule
from mineaction_desktop.rules.reading import rows_of
from mineaction_desktop.storage.ledgers import LAND_TABLE
from mineaction_desktop.storage.questions import (
    repeated_releases,
    sums_by_area,
)
from mineaction_desktop.storage.view import View

JUMP = 5
"""From this factor on a change of size needs a survey to explain it."""

MOST_OF_A_COUNTRY = 10
"""Mined areas of more than one part in ten of a country are far beyond any known case."""

LIKELY_KM2, TYPICAL_M2 = 1000, 10_000
"""An area below the first, among areas above the second, was probably typed in km²."""

SURVEYS = ("non_technical_survey", "technical_survey")
ENTRIES = (AreaMovementKind.OPENING, AreaMovementKind.NEW, AreaMovementKind.CONFIRMED)
REDRAWN = (
    AreaMovementKind.REMEASURED_PLUS,
    AreaMovementKind.REMEASURED_MINUS,
    AreaMovementKind.CORRECTION_PLUS,
    AreaMovementKind.CORRECTION_MINUS,
)

COUNTED_OTHERWISE = mark(
    "{place}: the books give {booked:,} m² on {date}, while {counted:,} m² were counted. "
    "The difference of {difference:+,} m² ({km2} km²) is not explained."
)
OVERDRAWN = mark(
    "{place} ({area_class}): {available:,} m² were there in {year}, and {taken:,} m² were released "
    "or taken away, which is {excess:,} m² too many."
)
TEN_TIMES = mark(
    "{place}: {before:,} m² before, {now:,} m² now, {factor} times as much, and no survey record "
    "explains it."
)
A_TENTH = mark(
    "{place}: {before:,} m² before, {now:,} m² now, {factor} times less, and no survey record "
    "explains it."
)
TOO_MUCH_LAND = mark(
    "Mined areas add up to {area:,} m² ({km2} km²), more than a tenth of the {country:,} km² of "
    "the country."
)
BEYOND_UNIT = mark(
    "{place}: {area:,} m² is larger than {unit}, where the area lies and which has {size:,} km²."
)
LIKE_KM2 = mark(
    "{place} entered the books with {area:,} m², while half of the other areas have at least "
    "{typical:,} m². It looks like square kilometres or hectares in a field for square metres."
)
KIND_WORDS = {
    str(AreaMovementKind.CANCELLED): mark("cancelled"),
    str(AreaMovementKind.REDUCED): mark("reduced"),
    str(AreaMovementKind.CLEARED): mark("cleared"),
}
REPEATED = mark("{place}: {times} records give the same release ({kind}, {area:,} m², {date}).")


def _differences(view: View) -> list[Difference]:
    return [
        difference
        for difference in view.differences(LAND_TABLE)
        if difference.account[0] not in view.without_ap_mines
    ]


def _equation(case: Case) -> Iterator[Finding]:
    view = case.view
    for difference in _differences(view):
        if difference.unexplained:
            yield finding(
                COUNTED_OTHERWISE,
                land_subject(view, difference.account),
                [("area_movement", difference.movement_id), *land_record(difference.account)],
                place=place_words(view, difference.account),
                booked=difference.booked,
                counted=difference.counted,
                difference=difference.unexplained,
                km2=km2(difference.unexplained),
                date=difference.on.isoformat(),
            )


def _overdrawn(case: Case) -> Iterator[Finding]:
    view = case.view
    for balance in land(view):
        if balance.closing >= 0:
            continue
        gained = sum(amount for amount in balance.flows.values() if amount > 0)
        taken = -sum(amount for amount in balance.flows.values() if amount < 0)
        yield finding(
            OVERDRAWN,
            land_subject(view, balance.account),
            land_record(balance.account),
            place=place_words(view, balance.account),
            area_class=balance.account[2],
            available=balance.opening + gained,
            taken=taken,
            excess=-balance.closing,
            year=view.period.last.year,
        )


def _surveyed(view: View) -> set[str]:
    """Areas with a survey record in the period."""
    found = {
        row["hazardous_area_id"]
        for row in rows_of(view, "land_activity")
        if row["kind"] in SURVEYS and is_within(row["end_date"] or row["start_date"], view.period)
    }
    return found | {
        row["id"]
        for row in view.all("hazardous_area")
        if is_within(row["survey_date"], view.period)
    }


def _sizes(case: Case) -> Iterator[tuple[str, str, int, int]]:
    """Area, class, the size to expect and the size there is, from the three places that tell."""
    view = case.view
    for difference in _differences(view):
        if difference.account[0] is not None:
            area, _, area_class = difference.account
            yield str(area), str(area_class), difference.booked, difference.counted
    previous = case.previous
    if previous is not None and previous.year != view.period.first.year - 1:
        previous = None  # what happened in a year without a report is a matter of that year
    tables = {AreaClass.CHA: "areas_known", AreaClass.SHA: "areas_suspected"}
    sent = {
        area_class: frozen_rows(previous, table, "area") if previous else {}
        for area_class, table in tables.items()
    }
    for balance in land(view):
        area, _, area_class = balance.account
        if area is None or area_class is None:
            continue
        redrawn = sum(balance.flows.get(kind, 0) for kind in REDRAWN)
        documented = sum(balance.flows.values()) - redrawn
        before = sent[AreaClass(area_class)].get(view.account_key(balance.account), balance.opening)
        yield area, area_class, before + documented, balance.closing


def _jumps(case: Case) -> Iterator[Finding]:
    view = case.view
    surveyed = _surveyed(view)
    seen: set[tuple[str, str]] = set()
    for area, area_class, before, now in _sizes(case):
        if min(before, now) <= 0 or area in surveyed or (area, area_class) in seen:
            continue
        larger, smaller = max(before, now), min(before, now)
        if larger < JUMP * smaller:
            continue
        seen.add((area, area_class))
        yield finding(
            TEN_TIMES if now > before else A_TENTH,
            land_subject(view, (area, None, area_class)),
            [("hazardous_area", area)],
            place=area_name(view, area),
            before=before,
            now=now,
            factor=f"{larger / smaller:,.3g}",
        )


def _beyond_the_country(case: Case) -> Iterator[Finding]:
    view = case.view
    balances = land(view)
    total = sum(balance.closing for balance in balances)
    country = view.state["land_area_km2"]
    if country and total * MOST_OF_A_COUNTRY > country * M2_PER_KM2:
        yield finding(TOO_MUCH_LAND, "total", area=total, km2=km2(total), country=country)
    for balance in balances:
        area = view.by_id("hazardous_area").get(balance.account[0] or "")
        unit_id = area["admin_unit_id"] if area else balance.account[1]
        unit = view.by_id("admin_unit").get(unit_id or "")
        if unit and unit["area_km2"] and balance.closing > unit["area_km2"] * M2_PER_KM2:
            yield finding(
                BEYOND_UNIT,
                land_subject(view, balance.account),
                [*land_record(balance.account), ("admin_unit", unit["id"])],
                place=place_words(view, balance.account),
                area=balance.closing,
                unit=unit["name"],
                size=unit["area_km2"],
            )


def _like_square_kilometres(case: Case) -> Iterator[Finding]:
    view = case.view
    entered = sums_by_area(view.reader, ENTRIES, view.period, view.counting)
    sizes = sorted(entered.values())
    if len(sizes) < 3 or (typical := sizes[len(sizes) // 2]) < TYPICAL_M2:
        return
    for area_id, area in open_areas(view).items():
        if 0 < entered.get(area_id, 0) < LIKELY_KM2:
            yield finding(
                LIKE_KM2,
                area["local_id"],
                [("hazardous_area", area_id)],
                place=area_name(view, area_id),
                area=entered[area_id],
                typical=typical,
            )


def _repeated(case: Case) -> Iterator[Finding]:
    view = case.view
    for release in repeated_releases(view.reader, view.period, view.counting):
        if release.area_id in view.without_ap_mines:
            continue
        yield finding(
            REPEATED,
            land_subject(view, (release.area_id, None, str(release.date))),
            [("area_movement", record) for record in release.records],
            place=area_name(view, release.area_id),
            times=release.times,
            kind=Message(KIND_WORDS[release.kind]),
            area=release.area_m2,
            date=str(release.date),
        )


RULES = (
    Rule(
        "V-C-01",
        Severity.ERROR,
        "C",
        mark(
            "For every area and class, what was counted equals last year's size with all that was "
            "added and taken away."
        ),
        _equation,
        mark("Record what changed the size: a release, a new measurement or a correction."),
    ),
    Rule(
        "V-C-02",
        Severity.ERROR,
        "C",
        mark("No more land is released than there was."),
        _overdrawn,
        mark("Correct the release, or record the new area or the new measurement before it."),
    ),
    Rule(
        "V-C-03",
        Severity.WARNING,
        "C",
        mark("The size of an area changes five times or more only where a survey explains it."),
        _jumps,
        mark("Check the unit and the decimal point, or record the survey that redrew the area."),
    ),
    Rule(
        "V-C-04",
        Severity.ERROR,
        "C",
        mark(
            "All mined areas together cover at most a tenth of the country, and no area is larger "
            "than the district it lies in."
        ),
        _beyond_the_country,
        mark("Check whether square kilometres or hectares were taken for square metres."),
    ),
    Rule(
        "V-C-05",
        Severity.WARNING,
        "C",
        mark("An area has no size that looks like square kilometres in a field for m²."),
        _like_square_kilometres,
        mark("Compare with the survey report and correct the size, or confirm it in writing."),
    ),
    Rule(
        "V-C-13",
        Severity.WARNING,
        "C",
        mark("No release is recorded twice (same area, method, date and size)."),
        _repeated,
        mark("Reject the records that were sent twice."),
    ),
    *HISTORY_RULES,
    *PROGRESS_RULES,
    *AREA_RULES,
)
