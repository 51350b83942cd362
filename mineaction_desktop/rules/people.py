"""Forms I and J: warning the population, casualties, survivors, services and cooperation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.i18n import mark
from mineaction_desktop.records import kinds
from mineaction_desktop.rules.common import finding, is_within, open_areas, records
from mineaction_desktop.rules.model import Case, Finding, Rule
from mineaction_desktop.rules.people_casualties import RULES as CASUALTY_RULES
from mineaction_desktop.rules.people_texts import RULES as TEXT_RULES
from mineaction_desktop.rules.reading import (
    choice_label,
    columns,
    field_label,
    kind_title,
    listed,
    rows,
    rows_of,
)
from mineaction_desktop.rules.records_people import GROUPS, larger_parts
from mineaction_desktop.storage.queries import Fact

IN_PERSON = ("interpersonal", "training", "community_liaison")

LONGEST_YEAR = timedelta(days=366)

NO_WARNING = mark(
    "{n:,} mined areas remain, and nothing is recorded for {year} on marking, fencing or risk "
    "education, nor is there a statement on warnings."
)
NOBODY = mark("Session {number} ({approach}) does not say how many people took part.")
TWICE = mark(
    "Survivor {survivor} is counted {times:,} times as a person in {year} for one service "
    "({service}): {numbers}."
)
NO_CURRENCY = mark("{kind} {number}: “{field}” is {amount} without a currency.")
NO_YEAR = mark(
    "Funding {number}: the period {period} covers more than one year, so its amount belongs to "
    "none."
)


def _warning(case: Case) -> Iterator[Finding]:
    view = case.view
    remaining = open_areas(view)
    warned = any(
        is_within(row["date"], view.period)
        for kind in ("marking_event", "eore_session")
        for row in rows_of(view, kind)
        if row.get("kind") != "removed"
    )
    if remaining and not warned and not (view.state["warning_statement"] or "").strip():
        yield finding(NO_WARNING, "warning", n=len(remaining), year=view.period.last.year)


def _education(case: Case) -> Iterator[Finding]:
    view = case.view
    yield from larger_parts(view, "eore_session", ("with_disability", "first_time"))
    for row in rows_of(view, "eore_session"):
        silent = all(row[name] is None for name in GROUPS)
        if silent and row["approach"] in IN_PERSON and is_within(row["date"], view.period):
            yield finding(
                NOBODY,
                row["local_id"],
                [("eore_session", row["id"])],
                number=row["local_id"],
                approach=choice_label("eore_approach", row["approach"]),
            )


def _served_twice(case: Case) -> Iterator[Finding]:
    view = case.view
    given: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for row in rows_of(view, "survivor_service"):
        if (
            row["survivor_id"] is not None
            and row["mode"] == "person"
            and row["count_kind"] == "persons"
            and is_within(row["date"], view.period)
        ):
            given[row["survivor_id"], row["service_type"]].append(row)
    numbers = {row["id"]: row["local_id"] for row in rows(view, "survivor")}
    for (survivor, service), found in given.items():
        if len(found) > 1:
            number = numbers.get(survivor, survivor)
            yield finding(
                TWICE,
                f"{number}/{service}",
                records("survivor_service", found),
                survivor=number,
                times=len(found),
                year=view.period.last.year,
                service=choice_label("service_type", service),
                numbers=listed([row["local_id"] for row in found]),
            )


def _money(case: Case) -> Iterator[Finding]:
    for kind in kinds():
        amounts = [column for column in columns(kind) if column.info.get("type") == "money"]
        for row in rows_of(case.view, kind) if amounts else ():
            for column in amounts:
                currency = row[str(column.info["currency_field"])]
                if row[column.name] is not None and currency is None:
                    yield finding(
                        NO_CURRENCY,
                        f"{row['local_id']}/{column.name}",
                        [(kind, row["id"])],
                        kind=kind_title(kind),
                        number=row["local_id"],
                        field=field_label(kind, column.name),
                        amount=f"{row[column.name] / 100:,.2f}",
                    )
    for row in rows_of(case.view, "funding"):
        period: PartialDate = row["period"]
        if row["amount"] is not None and period.last - period.first > LONGEST_YEAR:
            yield finding(
                NO_YEAR,
                f"{row['local_id']}/period",
                [("funding", row["id"])],
                number=row["local_id"],
                period=str(period),
            )


RULES = (
    Rule(
        "V-I-01",
        Severity.WARNING,
        "I",
        mark("Where mined areas remain, the population is warned."),
        _warning,
        mark(
            "Record the marking, fencing and risk education of the year, or the statement on "
            "warnings."
        ),
    ),
    Rule(
        "V-I-02",
        Severity.ERROR,
        "I",
        mark("Every session of risk education in person says how many people it reached."),
        _education,
        mark(
            "Enter women, girls, men, boys and unknown; a part cannot be larger than all of them."
        ),
    ),
    Rule(
        "V-VA-06",
        Severity.WARNING,
        "J",
        mark("No survivor is counted twice for one service in a year."),
        _served_twice,
        mark("Reject the repeated record, or count it as a contact instead of a person."),
    ),
    *CASUALTY_RULES,
    *TEXT_RULES,
    Rule(
        "V-H8-01",
        Severity.ERROR,
        "J",
        mark("Every amount of money has its currency and its year."),
        _money,
        mark("Enter the currency; divide an amount for several years into one record for each."),
    ),
)
