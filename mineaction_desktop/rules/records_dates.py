"""Dates that cannot be: in the future, or in the wrong order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.i18n import mark
from mineaction_desktop.records import kinds
from mineaction_desktop.rules.common import finding
from mineaction_desktop.rules.model import Case, Finding, Rule
from mineaction_desktop.rules.reading import (
    DAYS,
    columns,
    field_label,
    first_day,
    is_of_period,
    kind_title,
    last_day,
    span,
    span_columns,
)
from mineaction_desktop.storage.queries import Fact
from mineaction_desktop.storage.suspects import after_day, deaths_before, in_wrong_order
from mineaction_desktop.storage.view import View

MAY_LIE_AHEAD = {
    ("commitment", "target_date"),
    ("destruction_programme", "planned_end"),
    ("extension", "requested_until"),
    ("extension", "granted_until"),
    ("funding", "period"),
    ("legal_measure", "in_force_on"),
    ("legal_measure", "repealed_on"),
    ("nonconformity", "due_on"),
    ("organisation", "accredited_until"),
    ("retained_use", "period"),
    ("state_profile", "withdrawal_effective"),
    ("survivor", "review_on"),
}
"""Dates of plans and promises."""

NOT_YET = ("planned", "ongoing", "suspended")
"""Activities of which start or end may still be planned."""

IN_ORDER = (
    ("accident", "date", "date_of_information"),
    ("destruction_programme", "started_on", "planned_end"),
    ("destruction_programme", "started_on", "completed_on"),
    ("device_found", "date", "destroyed_on"),
    ("extension", "requested_on", "decided_on"),
    ("extension", "decided_on", "granted_until"),
    ("hazardous_area", "emplaced", "survey_date"),
    ("land_activity", "start_date", "end_date"),
    ("land_activity", "start_date", "handed_over_on"),
    ("legal_measure", "adopted_on", "in_force_on"),
    ("legal_measure", "adopted_on", "repealed_on"),
    ("legal_measure", "in_force_on", "repealed_on"),
    ("referral", "date", "completed_on"),
    ("state_profile", "deposited_on", "entry_into_force"),
    ("survivor", "registered_on", "consent_date"),
)
"""Two dates of one record, the earlier first."""

PLANNED_BY = {"area_beneficiary": ("phase",), "land_activity": ("status",)}
"""Columns that say whether something is only planned."""

IN_FUTURE = mark("{kind} {number}: “{field}” is {date}, which lies in the future.")
WRONG_ORDER = mark("{kind} {number}: “{later}” ({date}) is before “{earlier}” ({other_date}).")
DIED_BEFORE = mark(
    "Casualty {number} is recorded to have died on {date}, before the accident {accident} "
    "({other_date})."
)


def _today() -> date:
    return date.today()  # noqa: DTZ011 (the day on the wall where the person sits)


@cache
def _past_columns(kind: str) -> tuple[str, ...]:
    return tuple(
        column.name
        for column in columns(kind)
        if column.info.get("type") in DAYS and (kind, column.name) not in MAY_LIE_AHEAD
    )


@cache
def _beside(kind: str, shown: tuple[str, ...]) -> tuple[str, ...]:
    """The columns that decide about a finding, beside those with its dates."""
    wanted = (*span_columns(kind), *PLANNED_BY.get(kind, ()), "created_at")
    return tuple(name for name in wanted if name not in shown)


def _is_planned(kind: str, column: str, row: Fact) -> bool:
    if kind == "area_beneficiary":
        return bool(row["phase"] == "expected")
    return (
        kind == "land_activity"
        and column in ("start_date", "end_date")
        and (row["status"] in NOT_YET)
    )


def _may_be_of_period(view: View, kind: str, row: Fact, today: date) -> bool:
    """Whether a record with a date in the future may be one of the period.

    The year of what is dated in the future is not known; it had begun when somebody entered it.
    """
    dates = span(kind)
    begin = None if dates is None else row[dates.begin]
    if begin is not None and first_day(begin) > today:
        entered: datetime = row["created_at"]
        return entered.date() >= view.period.first
    return is_of_period(view, kind, row)


def _in_future(case: Case) -> Iterator[Finding]:
    view, today = case.view, _today()
    for kind in kinds():
        past = _past_columns(kind)
        if not past or kind == "person_identity":
            continue
        also = _beside(kind, past)
        for row in after_day(view.reader, kind, past, today, view.counting, also):
            for column in past:
                when = row[column]
                if when is None or first_day(when) <= today or _is_planned(kind, column, row):
                    continue
                if _may_be_of_period(view, kind, row, today):
                    yield finding(
                        IN_FUTURE,
                        row["local_id"],
                        [(kind, row["id"])],
                        kind=kind_title(kind),
                        number=row["local_id"],
                        field=field_label(kind, column),
                        date=str(when),
                    )


def _wrong_order(case: Case) -> Iterator[Finding]:
    view = case.view
    for kind, earlier, later in IN_ORDER:
        pair = (earlier, later)
        also = _beside(kind, pair)
        for row in in_wrong_order(view.reader, kind, pair, view.counting, also):
            start, end = row[earlier], row[later]
            is_later = min(first_day(start), first_day(end)) > view.period.last
            if last_day(end) >= first_day(start) or is_later:
                continue
            if not (_touches(view, start, end) or is_of_period(view, kind, row)):
                continue
            yield finding(
                WRONG_ORDER,
                row["local_id"],
                [(kind, row["id"])],
                kind=kind_title(kind),
                number=row["local_id"],
                earlier=field_label(kind, earlier),
                later=field_label(kind, later),
                date=str(end),
                other_date=str(start),
            )


def _touches(view: View, *dates: PartialDate | date) -> bool:
    """Whether one of some dates may lie in the period."""
    period = view.period
    return any(first_day(when) <= period.last and last_day(when) >= period.first for when in dates)


def _died_before(case: Case) -> Iterator[Finding]:
    view = case.view
    for death in deaths_before(view.reader, view.counting):
        if death.died.last < death.date.first and _touches(view, death.died, death.date):
            yield finding(
                DIED_BEFORE,
                death.number,
                [("casualty", death.casualty), ("accident", death.accident)],
                number=death.number,
                date=str(death.died),
                accident=death.accident_number,
                other_date=str(death.date),
            )


def _dates(case: Case) -> Iterator[Finding]:
    for check in (_in_future, _wrong_order, _died_before):
        yield from check(case)


RULES = (
    Rule(
        "DS-01",
        Severity.ERROR,
        "records",
        mark("Nothing ends before it begins, and nothing that has happened lies in the future."),
        _dates,
        mark("Compare with the source and correct the date."),
    ),
)
