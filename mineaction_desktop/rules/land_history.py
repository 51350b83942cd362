"""Form C: how areas end, come back, divide and take new names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from mineaction_desktop.domain.ledger import COUNTED, Account, Balance
from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.domain.vocabulary import LAND, AreaMovementKind
from mineaction_desktop.i18n import mark
from mineaction_desktop.rules.common import (
    area_name,
    finding,
    frozen_rows,
    land,
    land_account,
    land_subject,
    open_areas,
    place_words,
)
from mineaction_desktop.rules.model import Case, Finding, Rule
from mineaction_desktop.rules.reading import all_rows
from mineaction_desktop.storage.ledgers import LAND_TABLE
from mineaction_desktop.storage.queries import Fact
from mineaction_desktop.storage.questions import Booked, booked
from mineaction_desktop.storage.view import View, once

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


@once
def _histories(view: View) -> Mapping[str, list[Fact]]:
    """The steps in the life of each area up to the end of the period, in order."""
    steps: dict[str, list[Fact]] = defaultdict(list)
    last = view.period.last
    rows = (row for row in all_rows(view, "area_status_change") if row["date"].last <= last)
    for row in sorted(rows, key=lambda row: (row["date"], row["local_id"])):
        steps[row["hazardous_area_id"]].append(row)
    return steps


@once
def _counted(view: View) -> tuple[date, set[str]] | None:
    """The areas of a full count in the period with its last day; counting a few is no full one."""
    counts = booked(view.reader, LAND_TABLE, (COUNTED,), view.period, view.counting)
    areas = {str(count.account[0]) for count in counts if count.account[0] is not None}
    if not areas or 2 * len(areas) < len(open_areas(view)):
        return None
    return max(count.date.last for count in counts), areas


@once
def _linked(view: View) -> set[str]:
    """Every area that a link names, as the earlier one or as the later one."""
    return {
        row[side]
        for row in view.all("area_link")
        for side in ("hazardous_area_id", "predecessor_id")
    }


@once
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


@once
def _came_in(view: View) -> Mapping[str, list[Booked]]:
    """What came into each area in the period."""
    came: dict[str, list[Booked]] = defaultdict(list)
    for row in booked(view.reader, LAND_TABLE, CAME_IN, view.period, view.counting):
        came[str(row.account[0])].append(row)
    return came


def _came_after(view: View, area_id: str, day: date) -> bool:
    """Whether something came into an area in the period after a day."""
    return any(row.date.last > day for row in _came_in(view).get(area_id, ()))


def _vanished(case: Case) -> Iterator[Finding]:
    """Areas of the last report that hold nothing any more, though nothing was taken from them."""
    view, previous = case.view, case.previous
    if previous is None:
        return
    explained, reduced = _linked(view), _reduced_since(view, previous.year)
    closings = {view.account_key(balance.account): balance for balance in land(view)}
    for table in ("areas_known", "areas_suspected"):
        for key, area in frozen_rows(previous, table, "area").items():
            balance = closings.get(key)
            if area <= 0 or key == "total" or (balance and balance.closing):
                continue
            area_id = balance.account[0] if balance else None
            if area_id in explained or (balance and balance.account in reduced):
                continue
            yield finding(
                VANISHED,
                key,
                [("hazardous_area", area_id)] if area_id else (),
                place=place_words(view, balance.account) if balance else key,
                area=area,
                year=previous.year,
            )


def _reduced_since(view: View, year: int) -> set[Account]:
    """What something was taken from after a year, up to the end of the period."""
    return {
        land_account(account)
        for moved_in, kind, account, amount in view.yearly(LAND_TABLE)
        if moved_in > year and amount and LAND.signs.get(kind, 0) < 0
    }


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


RULES = (
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
)
