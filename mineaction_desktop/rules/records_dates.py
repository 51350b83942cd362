"""Dates that cannot be: in the future, or in the wrong order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.i18n import mark
from mineaction_desktop.records import kinds
from mineaction_desktop.rules.common import finding
from mineaction_desktop.rules.model import Case, Finding, Rule
from mineaction_desktop.rules.reading import (
    DAYS,
    all_rows,
    columns,
    field_label,
    first_day,
    kind_title,
    last_day,
    rows,
)
from mineaction_desktop.storage.queries import Fact

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


def _is_planned(kind: str, column: str, row: Fact) -> bool:
    if kind == "area_beneficiary":
        return bool(row["phase"] == "expected")
    return (
        kind == "land_activity"
        and column in ("start_date", "end_date")
        and (row["status"] in NOT_YET)
    )


def _in_future(case: Case) -> Iterator[Finding]:
    today = _today()
    for kind in kinds():
        past = _past_columns(kind)
        for row in all_rows(case.view, kind) if past and kind != "person_identity" else ():
            for column in past:
                when = row[column]
                if when is None or first_day(when) <= today or _is_planned(kind, column, row):
                    continue
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
    for kind, earlier, later in IN_ORDER:
        for row in rows(case.view, kind):
            start, end = row[earlier], row[later]
            if start is None or end is None or last_day(end) >= first_day(start):
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


def _died_before(case: Case) -> Iterator[Finding]:
    accidents = {row["id"]: row for row in rows(case.view, "accident")}
    for row in rows(case.view, "casualty"):
        accident, died = accidents.get(row["accident_id"]), row["outcome_date"]
        if accident and died and died.last < accident["date"].first:
            yield finding(
                DIED_BEFORE,
                row["local_id"],
                [("casualty", row["id"]), ("accident", accident["id"])],
                number=row["local_id"],
                date=str(died),
                accident=accident["local_id"],
                other_date=str(accident["date"]),
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
