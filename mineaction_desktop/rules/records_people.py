"""Checks on accidents, the people in them, survivors, and numbers of people."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import timedelta

from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.i18n import mark
from mineaction_desktop.rules.casualties import accidents_within, persons_by_accident
from mineaction_desktop.rules.common import finding, records
from mineaction_desktop.rules.model import Case, Finding, Rule
from mineaction_desktop.rules.reading import (
    choice_label,
    field_label,
    grouped,
    kind_title,
    listed,
    rows,
    rows_of,
)
from mineaction_desktop.rules.records_shapes import overlapping_areas
from mineaction_desktop.storage.queries import Fact
from mineaction_desktop.storage.view import View

OUTCOMES = ("killed", "injured", "outcome_unknown")
GROUPS = ("women", "girls", "men", "boys", "unknown")
CLOSE = timedelta(days=3)
COMPARED_LEVEL = 3
"""The level of administrative unit in which accidents are held against each other."""

PARTS_OF = {
    "area_beneficiary": ("with_disability",),
    "survivor_service": ("with_disability", "survivors"),
}
"""Numbers that are a part of all people counted in a record."""

NOT_ALL = mark(
    "Accident {number}: {counted:,} people were killed, injured or of unknown outcome, while "
    "{persons:,} persons are entered and said to be all."
)
PART_LARGER = mark("{kind} {number}: {part} is {n:,}, more than all people counted ({total:,}).")
NO_CONSENT = mark(
    "The identity of survivor {number} is kept, while the consent is recorded as: {consent}."
)
TWO_ACCIDENTS = mark(
    "The accidents {one} ({date}) and {other} ({other_date}) happened in {place} with the same "
    "device ({device}) within 3 days; they may be one."
)
ONE_CASUALTY = mark("The survivors {numbers} are all linked to casualty {casualty}.")


def _persons_complete(case: Case) -> Iterator[Finding]:
    view = case.view
    persons = persons_by_accident(view)
    for accident in accidents_within(view, view.period):
        numbers = [accident[name] for name in OUTCOMES]
        if not accident["persons_complete"] or all(number is None for number in numbers):
            continue
        entered = persons.get(accident["id"], [])
        counted = sum(number or 0 for number in numbers)
        if counted != len(entered):
            yield finding(
                NOT_ALL,
                accident["local_id"],
                [("accident", accident["id"]), *records("casualty", entered)],
                number=accident["local_id"],
                counted=counted,
                persons=len(entered),
            )


def larger_parts(view: View, kind: str, parts: tuple[str, ...]) -> Iterator[Finding]:
    """Records in which a part of the people is larger than all of them."""
    for row in rows_of(view, kind):
        groups = [row[name] for name in GROUPS if row[name] is not None]
        for part in parts:
            if groups and row[part] is not None and row[part] > sum(groups):
                yield finding(
                    PART_LARGER,
                    row["local_id"],
                    [(kind, row["id"])],
                    kind=kind_title(kind),
                    number=row["local_id"],
                    part=field_label(kind, part),
                    n=row[part],
                    total=sum(groups),
                )


def _sums(case: Case) -> Iterator[Finding]:
    for kind, parts in PARTS_OF.items():
        yield from larger_parts(case.view, kind, parts)


def _consent(case: Case) -> Iterator[Finding]:
    """Asks only whether an identity is there; what it says is never read."""
    view = case.view
    kept = {row["survivor_id"]: row for row in view.all("person_identity", ("survivor_id",))}
    for survivor in rows(view, "survivor"):
        if survivor["id"] in kept and survivor["consent"] != "given":
            yield finding(
                NO_CONSENT,
                survivor["local_id"],
                [("survivor", survivor["id"])],
                number=survivor["local_id"],
                consent=choice_label("consent", survivor["consent"]),
            )


def _compared_unit(view: View, unit_id: str | None) -> Fact | None:
    """The unit of the compared level that a unit lies in; a larger one stands for itself."""
    units = view.by_id("admin_unit")
    unit = units.get(unit_id or "")
    steps = len(units)
    while unit and steps and (unit["level"] or 0) > COMPARED_LEVEL and unit["parent_id"] in units:
        unit, steps = units[unit["parent_id"]], steps - 1
    return unit


def _same_accident(view: View) -> Iterator[Finding]:
    groups: dict[tuple[str, str], list[Fact]] = {}
    for row in rows(view, "accident"):
        unit = _compared_unit(view, row["admin_unit_id"])
        if unit is not None and (unit["level"] or 0) > 1 and row["date"].is_exact:
            groups.setdefault((unit["id"], row["device"]), []).append(row)
    for (unit_id, device), accidents in groups.items():
        accidents.sort(key=lambda row: (row["date"].last, row["local_id"]))
        for one, other in itertools.pairwise(accidents):
            last = other["date"].last
            if last - one["date"].last > CLOSE or last not in view.period:
                continue
            yield finding(
                TWO_ACCIDENTS,
                f"{one['local_id']}/{other['local_id']}",
                records("accident", (one, other)),
                one=one["local_id"],
                other=other["local_id"],
                date=str(one["date"]),
                other_date=str(other["date"]),
                place=", ".join(reversed(view.places(unit_id))),
                device=choice_label("casualty_device", device),
            )


def _same_person(view: View) -> Iterator[Finding]:
    direct = (row for row in rows_of(view, "survivor") if row["victim_type"] == "direct")
    numbers = {row["id"]: row["local_id"] for row in rows(view, "casualty")}
    for casualty, survivors in grouped(direct, "casualty_id").items():
        if len(survivors) > 1:
            yield finding(
                ONE_CASUALTY,
                numbers.get(casualty, casualty),
                records("survivor", survivors),
                numbers=listed([row["local_id"] for row in survivors]),
                casualty=numbers.get(casualty, casualty),
            )


def _twice(case: Case) -> Iterator[Finding]:
    yield from _same_accident(case.view)
    yield from _same_person(case.view)
    yield from overlapping_areas(case)


RULES = (
    Rule(
        "DS-08",
        Severity.ERROR,
        "records",
        mark("An accident with all its persons entered counts as many people as there are."),
        _persons_complete,
        mark("Enter the missing persons, correct the numbers, or say that not all are entered."),
    ),
    Rule(
        "DS-09",
        Severity.ERROR,
        "records",
        mark("No part of the people counted is larger than all of them."),
        _sums,
        mark("Correct the numbers."),
    ),
    Rule(
        "DS-12",
        Severity.WARNING,
        "records",
        mark("No accident, survivor or area seems to be recorded twice."),
        _twice,
        mark("Compare the records; reject one of them, or explain that both are right."),
    ),
    Rule(
        "DS-14",
        Severity.ERROR,
        "records",
        mark("Identities are kept only of people who have consented."),
        _consent,
        mark("Record the consent, or remove the identity."),
    ),
)
