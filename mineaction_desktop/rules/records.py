"""Checks on single records and across them (data-standards reference 14 and 4.4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from mineaction_desktop.domain.ledger import Account
from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.i18n import mark
from mineaction_desktop.records import kinds
from mineaction_desktop.rules import (
    records_areas,
    records_codes,
    records_dates,
    records_evidence,
    records_people,
    records_shapes,
    records_status,
)
from mineaction_desktop.rules.common import finding, type_name
from mineaction_desktop.rules.common import records as named
from mineaction_desktop.rules.model import Case, Finding, Rule
from mineaction_desktop.rules.reading import kind_title, listed, rows, rows_of
from mineaction_desktop.rules.sweeping import Overdraft, overdrafts
from mineaction_desktop.storage.ledgers import RETAINED_TABLE, STOCK_TABLE, LedgerTable
from mineaction_desktop.storage.queries import Fact
from mineaction_desktop.storage.suspects import has_unusual_numbers

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
SAME_FIND = mark(
    "{numbers} record the same find: {quantity:,} items of {type} on {date} in one activity."
)
SAME_NUMBER = mark("{kind}: the numbers {numbers} differ only in blanks or in capital letters.")


def _overdrawn(case: Case) -> Iterator[Finding]:
    view = case.view
    for account, dip in overdrafts(view, STOCK_TABLE, _coarse):
        type_id = account[0]
        yield finding(
            STOCK_OVERDRAWN,
            view.account_key(account),
            [_overdrawing(STOCK_TABLE, dip, type_id)],
            type=type_name(view, type_id),
            date=dip.on.isoformat(),
            balance=dip.balance,
        )
    for account, dip in overdrafts(view, RETAINED_TABLE, _coarse):
        holder, type_id = account
        yield finding(
            RETAINED_OVERDRAWN,
            view.account_key(account),
            [_overdrawing(RETAINED_TABLE, dip, type_id)],
            type=type_name(view, type_id),
            holder=view.organisation(holder) or holder,
            date=dip.on.isoformat(),
            balance=dip.balance,
        )


def _coarse(account: Account) -> Account:
    """The type and pool of a stock, the holder and type of retained mines; lots stay together."""
    return account[:2]


def _overdrawing(ledger: LedgerTable, dip: Overdraft, type_id: str | None) -> tuple[str, str]:
    """The movement that overdrew an account; its type where that was in an earlier year."""
    return (ledger.kind, dip.movement.id) if dip.movement else ("ordnance_type", str(type_id))


def _same_find(case: Case) -> Iterator[Finding]:
    """Exactly the same find twice in one activity; genuine repeats differ in depth or position."""
    view = case.view
    same: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for row in rows_of(view, "device_found"):
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
    view = case.view
    for kind in kinds():
        if not has_unusual_numbers(view.reader, kind):
            continue
        spelled: dict[str, list[Fact]] = defaultdict(list)
        for row in rows(view, kind):
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
    *records_codes.RULES,
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
