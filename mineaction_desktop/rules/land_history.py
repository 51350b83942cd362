"""Form C: how areas end, come back, divide and take new names; deadlines, plans and mines found."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from mineaction_desktop.domain.deadlines import years_after
from mineaction_desktop.domain.ledger import COUNTED, Balance
from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.domain.vocabulary import AP_FAMILIES, RELEASED, AreaClass, AreaMovementKind
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.rules.common import (
    area_name,
    finding,
    frozen_rows,
    is_within,
    km2,
    land,
    land_account,
    land_subject,
    open_areas,
    place_words,
)
from mineaction_desktop.rules.model import Case, Finding, Rule
from mineaction_desktop.storage.ledgers import LAND_TABLE, flows_by_year
from mineaction_desktop.storage.queries import Fact
from mineaction_desktop.storage.questions import Booked, booked, mines_in_clearance_by_year
from mineaction_desktop.storage.view import View

ENDED = ("released", "handed_over", "closed_admin")
BACK = ("found_after_release", "accident_after_release", "data_error")
CAME_IN = (
    AreaMovementKind.NEW,
    AreaMovementKind.CONFIRMED,
    AreaMovementKind.TRANSFERRED_IN,
    AreaMovementKind.REMEASURED_PLUS,
    AreaMovementKind.CORRECTION_PLUS,
)
TRANSFERS = (AreaMovementKind.TRANSFERRED_IN, AreaMovementKind.TRANSFERRED_OUT)
MOST_WORDS_SHARED = 1 / 3
"""Two names that share this part of their words may name the same area."""

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
NOT_COUNTED = mark(
    "{place} has {area:,} m² in the books; it was not among the {n:,} areas counted on {date}, and "
    "no release or closing of it is recorded."
)
ENDED_FULL = mark(
    "{place} is recorded as finished on {date}, while {area:,} m² of it are still in the books."
)
VANISHED = mark(
    "{place} had {area:,} m² in the report for {year} and has nothing now, and no cancellation, "
    "reduction or clearance is recorded."
)
OPEN_AGAIN = mark(
    "{place} was finished on {date} and holds {area:,} m² again, and no record says that it was "
    "opened again or that something was found after its release."
)
MAYBE_RENAMED = mark(
    "“{new}” was counted for the first time, and “{old}” was not counted any more. Their names are "
    "alike, and no link says whether the one came from the other."
)
UNLINKED = mark(
    "{place}: {area:,} m² were moved between areas in {year}, and no link says which area it came "
    "from or went to."
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


def _mines(view: View) -> tuple[int, int]:
    """Anti-personnel mines found in the period, and those destroyed in clearance."""
    columns = ("family", "date", "quantity")
    found = sum(
        row["quantity"]
        for row in view.all("device_found", columns)
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
    rows = flows_by_year(view.reader, LAND_TABLE, view.period.last, view.counting)
    for year, kind, account, area in rows:
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


def _histories(view: View) -> Mapping[str, list[Fact]]:
    """The steps in the life of each area up to the end of the period, in order."""
    steps: dict[str, list[Fact]] = defaultdict(list)
    rows = (row for row in view.all("area_status_change") if row["date"].last <= view.period.last)
    for row in sorted(rows, key=lambda row: (row["date"], row["local_id"])):
        steps[row["hazardous_area_id"]].append(row)
    return steps


def _counted(view: View) -> tuple[date, set[str]] | None:
    """The areas of a full count in the period with its last day; counting a few is no full one."""
    counts = booked(view.reader, LAND_TABLE, (COUNTED,), view.period, view.counting)
    areas = {str(count.account[0]) for count in counts if count.account[0] is not None}
    if not areas or 2 * len(areas) < len(open_areas(view)):
        return None
    return max(count.date.last for count in counts), areas


def _linked(view: View) -> set[str]:
    """Every area that a link names, as the earlier one or as the later one."""
    return {
        row[side]
        for row in view.all("area_link")
        for side in ("hazardous_area_id", "predecessor_id")
    }


def _renames(view: View) -> list[tuple[str, str]]:
    """Pairs of an area that is counted no more and a new one whose name is like its own."""
    full = _counted(view)
    if full is None:
        return []
    counted, linked = full[1], _linked(view)
    opened = set(open_areas(view))
    gone = opened - counted - linked
    new = counted - opened - linked
    return [
        (old, fresh)
        for old in sorted(gone)
        for fresh in sorted(new)
        if _alike(area_name(view, old), area_name(view, fresh))
    ]


def _alike(one: str, other: str) -> bool:
    words, others = (set(re.findall(r"\w{3,}", name.casefold())) for name in (one, other))
    return len(words & others) >= MOST_WORDS_SHARED * len(words | others) > 0


def _ended_without_release(case: Case) -> Iterator[Finding]:
    yield from _left_out_of_the_count(case.view)
    yield from _ended_with_land_left(case.view)
    yield from _vanished(case)


def _left_out_of_the_count(view: View) -> Iterator[Finding]:
    full = _counted(view)
    if full is None:
        return
    day, counted = full
    histories = _histories(view)
    explained = counted | _linked(view) | {old for old, _ in _renames(view)}
    for balance in land(view):
        area_id = balance.account[0]
        if area_id is None or balance.closing <= 0 or area_id in explained:
            continue
        if (steps := histories.get(area_id)) and steps[-1]["status"] in ENDED:
            continue
        yield finding(
            NOT_COUNTED,
            land_subject(view, balance.account),
            [("hazardous_area", area_id)],
            place=area_name(view, area_id),
            area=balance.closing,
            n=len(counted),
            date=day.isoformat(),
        )


def _ended_with_land_left(view: View) -> Iterator[Finding]:
    held = _held(land(view))
    for area_id, steps in _histories(view).items():
        if (
            steps[-1]["status"] in ENDED
            and held.get(area_id, 0) > 0
            and not _came_after(view, area_id, steps[-1]["date"].last)
        ):
            yield finding(
                ENDED_FULL,
                area_name(view, area_id),
                [("area_status_change", steps[-1]["id"]), ("hazardous_area", area_id)],
                place=area_name(view, area_id),
                date=str(steps[-1]["date"]),
                area=held[area_id],
            )


def _held(balances: list[Balance]) -> dict[str, int]:
    held: dict[str, int] = defaultdict(int)
    for balance in balances:
        if balance.account[0] is not None:
            held[balance.account[0]] += balance.closing
    return held


def _came_after(view: View, area_id: str, day: date) -> list[Booked]:
    """What came into an area in the period after a day."""
    rows = booked(view.reader, LAND_TABLE, CAME_IN, view.period, view.counting)
    return [row for row in rows if row.account[0] == area_id and row.date.last > day]


def _vanished(case: Case) -> Iterator[Finding]:
    """Areas of the last report that hold nothing any more, though nothing was taken from them."""
    view, previous = case.view, case.previous
    if previous is None:
        return
    explained = _linked(view)
    closings = {view.account_key(balance.account): balance for balance in land(view)}
    for table in ("areas_known", "areas_suspected"):
        for key, area in frozen_rows(previous, table, "area").items():
            balance = closings.get(key)
            if area <= 0 or key == "total" or (balance and balance.closing):
                continue
            taken = balance and any(amount < 0 for amount in balance.flows.values())
            area_id = balance.account[0] if balance else None
            if taken or area_id in explained:
                continue
            yield finding(
                VANISHED,
                key,
                [("hazardous_area", area_id)] if area_id else (),
                place=place_words(view, balance.account) if balance else key,
                area=area,
                year=previous.year,
            )


def _open_again(case: Case) -> Iterator[Finding]:
    view = case.view
    held = _held(land(view))
    for area_id, steps in _histories(view).items():
        ends = [place for place, step in enumerate(steps) if step["status"] in ENDED]
        if held.get(area_id, 0) <= 0 or not ends:
            continue
        last_end = steps[ends[-1]]
        later = steps[ends[-1] + 1 :]
        is_back = any(step["status"] not in ENDED and step["reason"] in BACK for step in later)
        if is_back or not (later or _came_after(view, area_id, last_end["date"].last)):
            continue
        yield finding(
            OPEN_AGAIN,
            area_name(view, area_id),
            [("hazardous_area", area_id), ("area_status_change", last_end["id"])],
            place=area_name(view, area_id),
            date=str(last_end["date"]),
            area=held[area_id],
        )


def _without_link(case: Case) -> Iterator[Finding]:
    view = case.view
    for old, new in _renames(view):
        yield finding(
            MAYBE_RENAMED,
            area_name(view, new),
            [("hazardous_area", new), ("hazardous_area", old)],
            new=area_name(view, new),
            old=area_name(view, old),
        )
    linked = _linked(view)
    for balance in land(view):
        moved = sum(abs(balance.flows.get(kind, 0)) for kind in TRANSFERS)
        area_id = balance.account[0]
        if moved and area_id is not None and area_id not in linked:
            yield finding(
                UNLINKED,
                land_subject(view, land_account(balance.account)),
                [("hazardous_area", area_id)],
                place=area_name(view, area_id),
                area=moved,
                year=view.period.last.year,
            )


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
        "V-C-10",
        Severity.ERROR,
        "C",
        mark("No area disappears without a cancellation, a reduction or a clearance."),
        _ended_without_release,
        mark("Record the release, or the step that closed the area with its reason."),
    ),
    Rule(
        "V-C-11",
        Severity.WARNING,
        "C",
        mark("A finished area that is open again says why it was opened."),
        _open_again,
        mark(
            "Record a step in the history of the area with the reason, such as a find after its "
            "release."
        ),
    ),
    Rule(
        "V-C-12",
        Severity.WARNING,
        "C",
        mark("Areas that were divided, joined or renamed name the areas they came from."),
        _without_link,
        mark("Link the area to the one it came from, or explain that they are different areas."),
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
