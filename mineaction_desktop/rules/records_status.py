"""The life of a hazardous area: which status may follow which (data-standards reference 3.4)."""

from __future__ import annotations

from collections.abc import Iterator

from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.i18n import mark
from mineaction_desktop.rules.common import area_name, areas_of_period, finding
from mineaction_desktop.rules.model import Case, Finding, Rule
from mineaction_desktop.rules.reading import all_rows, choice_label, grouped
from mineaction_desktop.storage.queries import Fact
from mineaction_desktop.storage.view import View

FOLLOWS = {
    "reported": ("open", "closed_admin"),
    "open": ("worked_on", "suspended", "released", "closed_admin"),
    "worked_on": ("open", "suspended", "released"),
    "suspended": ("open", "worked_on"),
    "released": ("handed_over", "worked_on"),
    "handed_over": ("open",),
    "closed_admin": (),
}
REOPENED = ("handed_over", "open")

NOT_ALLOWED = mark(
    "{place} went from “{before}” to “{after}” on {date}, which is no step of its life."
)
NO_REASON = mark("{place} was suspended on {date}, and no reason is recorded.")
REOPENED_WITHOUT = mark(
    "{place} was opened again on {date} after it had been handed over, and no reason is recorded."
)
DIFFERS = mark(
    "{place} is recorded as “{status}”, while the last step of its life, on {date}, is “{last}”."
)


def _order(row: Fact) -> tuple[object, ...]:
    """By day; steps of one day in the order in which they were entered."""
    return row["date"].last, row["date"].first, row["local_id"]


def _about(template: str, view: View, step: Fact, **said: object) -> Finding:
    area_id = step["hazardous_area_id"]
    here = [("area_status_change", step["id"]), ("hazardous_area", area_id)]
    place = area_name(view, area_id)
    return finding(template, step["local_id"], here, place=place, date=str(step["date"]), **said)


def _status(code: str) -> object:
    return choice_label("area_status", code)


def _life(case: Case) -> Iterator[Finding]:
    view = case.view
    areas = view.by_id("hazardous_area")
    of_period = areas_of_period(view)
    for area_id, life in grouped(all_rows(view, "area_status_change"), "hazardous_area_id").items():
        steps = sorted((row for row in life if row["date"].first <= view.period.last), key=_order)
        if area_id not in of_period or not steps:
            continue
        yield from _steps(view, steps)
        area, last = areas.get(area_id), steps[-1]
        is_latest = len(steps) == len(life)
        if is_latest and area and area["status"] and area["status"] != last["status"]:
            said = {"status": _status(area["status"]), "last": _status(last["status"])}
            yield _about(DIFFERS, view, last, **said)


def _steps(view: View, steps: list[Fact]) -> Iterator[Finding]:
    before: str | None = None
    for step in steps:
        after = step["status"]
        if before not in (None, after) and after not in FOLLOWS.get(str(before), (after,)):
            yield _about(NOT_ALLOWED, view, step, before=_status(str(before)), after=_status(after))
        if after == "suspended" and not step["reason"]:
            yield _about(NO_REASON, view, step)
        if (before, after) == REOPENED and not step["reason"]:
            yield _about(REOPENED_WITHOUT, view, step)
        before = after


RULES = (
    Rule(
        "DS-S1",
        Severity.WARNING,
        "records",
        mark("The steps in the life of an area follow each other as they can, with their reasons."),
        _life,
        mark("Add the step that is missing, or correct its status, its date or its reason."),
    ),
)
