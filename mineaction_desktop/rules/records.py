"""Checks on single records and across them (data-standards reference 14 and 4.4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.domain.vocabulary import RETAINED, STOCK
from mineaction_desktop.formdef.catalogue import load_catalogue
from mineaction_desktop.formdef.choices import ChoiceList
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.records import kinds
from mineaction_desktop.rules import (
    records_areas,
    records_dates,
    records_evidence,
    records_people,
    records_shapes,
    records_status,
)
from mineaction_desktop.rules.common import finding, type_name
from mineaction_desktop.rules.common import records as named
from mineaction_desktop.rules.model import Case, Finding, Rule
from mineaction_desktop.rules.reading import (
    columns,
    field_label,
    kind_title,
    listed,
    rows,
    rows_until,
)
from mineaction_desktop.rules.sweeping import first_overdraft
from mineaction_desktop.storage.queries import Fact

SAME_FIND_IN = (
    "activity_id",
    "ordnance_type_id",
    "quantity",
    "date",
    "latitude",
    "longitude",
    "depth_cm",
    "condition",
)
"""What two records of one find have in common."""

STOCK_OVERDRAWN = mark(
    "{type} in stock: on {date} the books hold {balance:,}, because more was destroyed or taken "
    "away than there was on that day."
)
RETAINED_OVERDRAWN = mark(
    "{type} retained by {holder}: on {date} the books hold {balance:,}, because more was used or "
    "taken away than there was on that day."
)
NOT_LISTED = mark(
    "“{code}” is no code of the list “{list}”. It stands under “{field}” of {kind} {numbers}."
)
RETIRED = mark(
    "The code “{code}” of the list “{list}” is no longer used. It stands under “{field}” of "
    "{kind} {numbers}."
)
SAME_FIND = mark(
    "{numbers} record the same find: {quantity:,} items of {type} on {date} in one activity."
)
SAME_NUMBER = mark("{kind}: the numbers {numbers} differ only in blanks or in capital letters.")


def _overdrawn(case: Case) -> Iterator[Finding]:
    view = case.view
    stock: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for row in rows_until(view, "stock_movement"):
        stock[row["ordnance_type_id"], row["pool"]].append(row)
    for (type_id, pool), entries in stock.items():
        if dip := first_overdraft(STOCK, entries, "quantity"):
            yield finding(
                STOCK_OVERDRAWN,
                view.account_key((type_id, pool)),
                named("stock_movement", [dip.row]),
                type=type_name(view, type_id),
                date=dip.on.isoformat(),
                balance=dip.balance,
            )
    retained: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for row in rows_until(view, "retained_movement"):
        retained[row["organisation_id"], row["ordnance_type_id"]].append(row)
    for (holder, type_id), entries in retained.items():
        if dip := first_overdraft(RETAINED, entries, "quantity"):
            yield finding(
                RETAINED_OVERDRAWN,
                view.account_key((holder, type_id)),
                named("retained_movement", [dip.row]),
                type=type_name(view, type_id),
                holder=view.organisation(holder) or holder,
                date=dip.on.isoformat(),
                balance=dip.balance,
            )


def _vocabulary(case: Case) -> Iterator[Finding]:
    lists = load_catalogue().lists
    for kind in kinds():
        for column in columns(kind):
            choices = lists.get(str(column.info.get("list")))
            if choices is None:
                continue
            for code, found in _strange(rows(case.view, kind), column.name, choices).items():
                if choices.name == "country" and code == case.view.state["iso3"]:
                    continue  # the State is what it says it is, a made-up one for training too
                yield finding(
                    RETIRED if code in choices else NOT_LISTED,
                    f"{kind}/{column.name}/{code}",
                    named(kind, found),
                    code=code,
                    list=Message(choices.title),
                    field=field_label(kind, column.name),
                    kind=kind_title(kind),
                    numbers=listed([row["local_id"] for row in found]),
                )


def _strange(found: list[Fact], column: str, choices: ChoiceList) -> dict[str, list[Fact]]:
    """The records by each code that a list does not offer; an open list takes any."""
    fine = {None, *(choice.code for choice in choices.offered())}
    strange: dict[str, list[Fact]] = {}
    for row in found:
        value = row[column]
        for code in value if isinstance(value, list) else (value,):
            if code not in fine and (code in choices or not choices.is_open):
                strange.setdefault(str(code), []).append(row)
    return strange


def _same_find(case: Case) -> Iterator[Finding]:
    """Exactly the same find twice in one activity; genuine repeats differ in depth or position."""
    view = case.view
    same: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for row in rows(view, "device_found"):
        if row["activity_id"] is not None and row["ordnance_type_id"] is not None:
            same[tuple(row[name] for name in SAME_FIND_IN)].append(row)
    for found in same.values():
        if len(found) > 1:
            first = found[0]
            yield finding(
                SAME_FIND,
                first["local_id"],
                named("device_found", found),
                numbers=listed([row["local_id"] for row in found]),
                quantity=first["quantity"],
                type=type_name(view, first["ordnance_type_id"]),
                date=str(first["date"]),
            )


def _same_number(case: Case) -> Iterator[Finding]:
    """The database refuses equal numbers; blanks and capitals slip through from other programs."""
    for kind in kinds():
        spelled: dict[str, list[Fact]] = defaultdict(list)
        for row in rows(case.view, kind):
            spelled["".join(row["local_id"].split()).casefold()].append(row)
        for number, found in spelled.items():
            if len(found) > 1:
                yield finding(
                    SAME_NUMBER,
                    f"{kind}/{number}",
                    named(kind, found),
                    kind=kind_title(kind),
                    numbers=listed([f"“{row['local_id']}”" for row in found]),
                )


RULES = (
    *records_dates.RULES,
    *records_areas.RULES,
    *records_evidence.RULES,
    *records_shapes.RULES,
    *records_people.RULES,
    Rule(
        "DS-10",
        Severity.ERROR,
        "records",
        mark("Stock and retained mines are never fewer than none, on no day."),
        _overdrawn,
        mark("Correct the number or the date, or record what came in before."),
    ),
    Rule(
        "DS-13",
        Severity.ERROR,
        "records",
        mark("Every code belongs to its list and is still in use."),
        _vocabulary,
        mark("Choose a code of the list, or add this one to the lists of the office."),
    ),
    Rule(
        "DS-G5",
        Severity.WARNING,
        "records",
        mark("No activity records the same find twice."),
        _same_find,
        mark("Reject the second record, or say where the items differ."),
    ),
    Rule(
        "DS-G7",
        Severity.ERROR,
        "records",
        mark("Record numbers differ in more than blanks and capital letters."),
        _same_number,
        mark("Compare the records: reject the one that was entered twice, or change its number."),
    ),
    *records_status.RULES,
)
