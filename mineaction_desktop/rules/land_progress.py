"""Form C: mines found where land is cleared, and the plans and deadlines for what remains."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from mineaction_desktop.domain.deadlines import years_after
from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.domain.vocabulary import AP_FAMILIES, RELEASED, AreaClass, AreaMovementKind
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.rules.common import finding, is_within, km2, land
from mineaction_desktop.rules.model import Case, Finding, Rule
from mineaction_desktop.rules.reading import rows_of
from mineaction_desktop.storage.ledgers import LAND_TABLE
from mineaction_desktop.storage.questions import mines_in_clearance_by_year
from mineaction_desktop.storage.view import View, once

UNUSUAL = 3
"""Mines per hectare this many times beyond the years before are worth a look."""
USUAL_YEARS = 3
M2_PER_HA = 10_000

NO_MINES = mark("{area:,} m² were cleared in {year}, and no anti-personnel mine found is recorded.")
NO_LAND = mark(
    "{mines:,} anti-personnel mines were destroyed in clearance in {year}, and no cleared land is "
    "recorded."
)
DENSITY = mark(
    "{now} anti-personnel mines were destroyed for each hectare cleared in {year}; in earlier "
    "years it was {least} to {most}."
)
ALL_SUSPECTED = mark(
    "{mines:,} anti-personnel mines were found in clearance in {year}, and no confirmed area is "
    "recorded: what holds mines is no longer only suspected."
)
NO_MILESTONE = mark("No milestone is recorded for {year}, while areas remain.")
NOT_ACHIEVED = mark(
    "The milestone {number} for {year} ({planned:,} m² planned) has no achieved figure: nothing "
    "was released in the year, and no text says why."
)
PASSED = mark("The deadline for mined areas was {date}, and {area:,} m² ({km2} km²) remain.")
NEAR = mark(
    "The deadline for mined areas is {date}, less than two years after the end of the period, and "
    "{area:,} m² ({km2} km²) remain."
)
NOT_COMPLETE = mark(
    "Article 5 was declared complete on {date}, while {n:,} areas with {area:,} m² remain in the "
    "books."
)


def _cleared(view: View) -> int:
    return -sum(balance.flows.get(AreaMovementKind.CLEARED, 0) for balance in land(view))


@once
def _mines(view: View) -> tuple[int, int]:
    """Anti-personnel mines found in the period, and those destroyed in clearance."""
    found = sum(
        row["quantity"]
        for row in rows_of(view, "device_found")
        if row["family"] in AP_FAMILIES and is_within(row["date"], view.period)
    )
    destroyed = sum(
        part.destroyed
        for part in view.mines_destroyed
        if part.within and (part.activity_kind or "").startswith("clearance")
    )
    return found, destroyed


def _mines_and_land(case: Case) -> Iterator[Finding]:
    cleared = _cleared(case.view)
    found, destroyed = _mines(case.view)
    year = case.view.period.last.year
    if cleared and not found:
        yield finding(NO_MINES, "clearance", area=cleared, year=year)
    if destroyed and not cleared:
        yield finding(NO_LAND, "clearance", mines=destroyed, year=year)


def _density(case: Case) -> Iterator[Finding]:
    view = case.view
    mines = mines_in_clearance_by_year(view.reader, view.period.last, view.counting)
    land_by_year: dict[int, int] = defaultdict(int)
    for year, kind, account, area in view.yearly(LAND_TABLE):
        if kind == AreaMovementKind.CLEARED and account[0] not in view.without_ap_mines:
            land_by_year[year] += area
    rates = {
        year: mines.get(year, 0) * M2_PER_HA / area for year, area in land_by_year.items() if area
    }
    year = view.period.last.year
    now = rates.pop(year, None)
    if now is None or len(rates) < USUAL_YEARS:
        return
    least, most = min(rates.values()), max(rates.values())
    if now * UNUSUAL < least or now > most * UNUSUAL:
        shown = {"now": f"{now:.3g}", "least": f"{least:.3g}", "most": f"{most:.3g}"}
        yield finding(DENSITY, "density", year=year, **shown)


def _all_suspected(case: Case) -> Iterator[Finding]:
    view = case.view
    _, destroyed = _mines(view)
    confirmed = any(
        balance.opening or balance.closing or balance.flows
        for balance in land(view)
        if balance.account[2] == AreaClass.CHA
    )
    if destroyed and not confirmed:
        year = view.period.last.year
        yield finding(ALL_SUSPECTED, "class", mines=destroyed, year=year)


def _milestones(case: Case) -> Iterator[Finding]:
    view = case.view
    year = view.period.last.year
    remains = any(balance.opening or balance.closing for balance in land(view))
    plans = [row for row in view.all("milestone") if row["year"] == year]
    if remains and not plans and not view.is_completed(5):
        yield finding(NO_MILESTONE, "milestones", year=year)
    released = any(kind in balance.flows for balance in land(view) for kind in RELEASED)
    for plan in plans:
        wanted = plan["subject"] == "apm_area" and plan["planned_area_m2"]
        if wanted and not released and not plan["achieved_text"]:
            yield finding(
                NOT_ACHIEVED,
                plan["local_id"],
                [("milestone", plan["id"])],
                number=plan["local_id"],
                year=year,
                planned=plan["planned_area_m2"],
            )


def _deadline(case: Case) -> Iterator[Finding]:
    view = case.view
    remaining = sum(balance.closing for balance in land(view))
    last, deadline = view.period.last, view.article5_deadline
    if remaining <= 0 or view.is_completed(5):
        return
    values = {"date": deadline.isoformat(), "area": remaining, "km2": km2(remaining)}
    if deadline <= last:
        yield finding(PASSED, "deadline", **values)
    elif deadline < years_after(last, 2):
        yield finding(NEAR, "deadline", **values)


def _not_complete(case: Case) -> Iterator[Finding]:
    view = case.view
    left = [balance for balance in land(view) if balance.closing > 0]
    if left and view.is_completed(5):
        areas = [("hazardous_area", b.account[0]) for b in left if b.account[0] is not None]
        yield Finding(
            Message(
                NOT_COMPLETE,
                {
                    "date": view.state["article5_completed_on"].isoformat(),
                    "n": len(left),
                    "area": sum(balance.closing for balance in left),
                },
            ),
            "completion",
            tuple(areas),
        )


RULES = (
    Rule(
        "V-C-06",
        Severity.WARNING,
        "C",
        mark(
            "Land is cleared where mines are found, and mines are destroyed where land is cleared."
        ),
        _mines_and_land,
        mark("Record what is missing, or explain why there is none."),
    ),
    Rule(
        "V-C-07",
        Severity.INFO,
        "C",
        mark("The number of mines for each hectare cleared is like that of earlier years."),
        _density,
        mark("Check the areas cleared and the mines destroyed of the year."),
    ),
    Rule(
        "V-C-08",
        Severity.WARNING,
        "C",
        mark("Where mines were found in clearance, some area is confirmed."),
        _all_suspected,
        mark("Change the class of the areas in which mines were found to confirmed."),
    ),
    Rule(
        "V-C-17",
        Severity.WARNING,
        "C",
        mark("The work plan has a milestone for the year, with what was achieved."),
        _milestones,
        mark("Record the milestone, or write what was achieved."),
    ),
    Rule(
        "V-C-18",
        Severity.INFO,
        "C",
        mark("The deadline for mined areas is not close while areas remain."),
        _deadline,
        mark(
            "A request for an extension is handed in about a year before the meeting that decides "
            "on it; see that it is under way."
        ),
    ),
    Rule(
        "V-C-19",
        Severity.ERROR,
        "C",
        mark("No area remains once Article 5 is declared complete."),
        _not_complete,
        mark("Release the areas, or take the date of completion back."),
    ),
)
