"""Form B: stockpiled mines, and stock found after the deadline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from mineaction_desktop.domain.ledger import Account, Balance
from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.domain.vocabulary import (
    RetainedMovementKind,
    StockMovementKind,
    StockPool,
)
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.rules.common import (
    finding,
    frozen_rows,
    lot_words,
    retained,
    stock,
    type_name,
)
from mineaction_desktop.rules.destroyed import RULES as DESTRUCTION_RULES
from mineaction_desktop.rules.model import Case, Finding, Rule
from mineaction_desktop.storage.ledgers import RETAINED_TABLE, STOCK_TABLE
from mineaction_desktop.storage.queries import Fact
from mineaction_desktop.storage.view import View, once

MONTHS_TO_DESTROY = 6
INWARD = (
    StockMovementKind.FOUND,
    StockMovementKind.TRANSFERRED_IN,
    StockMovementKind.RETURNED_FROM_RETAINED,
    StockMovementKind.CORRECTION_PLUS,
)

COUNTED_OTHERWISE = mark(
    "{type} ({lot}): the books give {booked:,} on {date}, while {counted:,} were counted. The "
    "difference of {difference:+,} is not explained."
)
AFTER_DEADLINE = mark(
    "{total:,} anti-personnel mines were in stock on {last}, and the deadline of Article 4 was "
    "{deadline}."
)
AFTER_COMPLETION = mark(
    "{type} ({lot}): {quantity:,} are in the declared stock, although the destruction of stocks "
    "was declared complete on {date}."
)
COUNTED_AS_RETAINED = mark(
    "{type}, lot {lot}: {stocked:,} stand in Form B and {retained:,} in Form D, and the books of "
    "the stock do not say that they were set aside."
)
NOT_ANTI_PERSONNEL = mark(
    "{type} is not an anti-personnel mine, but the books of {place} hold movements of it."
)
STOCKS, RETAINED_MINES = mark("the stock"), mark("the retained mines")
NO_FIND = mark("{type} ({lot}): {quantity:,} were found late, and no record says when.")
STILL_THERE = mark(
    "{type} ({lot}): found on {found}; {left:,} are still there, more than six months later."
)
DESTROYED_LATE = mark(
    "{type} ({lot}): found on {found} and destroyed on {destroyed}, more than six months later."
)
OVERDRAWN = mark(
    "{type} ({lot}): {available:,} were there and {taken:,} were destroyed or taken away, which is "
    "{excess:,} too many."
)
FROM_NOWHERE = mark(
    "{type}: {quantity:,} are in stock; the last report ({year}) had none, and no record says "
    "where they came from."
)
OPENED_LATER = mark(
    "{type} ({lot}): an opening stock of {quantity:,} dated {date} appears although the books "
    "began earlier."
)
CONTAINERS = mark(
    "{type} is a container with several mines in it, and {quantity:,} containers are counted as "
    "mines."
)
LOT_TWICE = mark("{type}, lot {lot}: the same quantity of {quantity:,} stands twice in {form}.")
FORM_B, FORM_D = mark("Form B"), mark("Form D")


def _equation(case: Case) -> Iterator[Finding]:
    view = case.view
    for difference in view.differences(STOCK_TABLE):
        type_id, _, lot, _ = difference.account
        if difference.unexplained and view.is_anti_personnel(type_id):
            yield finding(
                COUNTED_OTHERWISE,
                view.account_key(difference.account),
                [("stock_movement", difference.movement_id)],
                type=type_name(view, type_id),
                lot=lot_words(lot),
                booked=difference.booked,
                counted=difference.counted,
                difference=difference.unexplained,
                date=difference.on.isoformat(),
            )


def _after_deadline(case: Case) -> Iterator[Finding]:
    view = case.view
    total = sum(balance.closing for balance in stock(view, StockPool.DECLARED))
    late = view.period.last > view.article4_deadline
    if total > 0 and late and not view.is_completed(4):
        days = {"last": view.period.last.isoformat(), "deadline": view.article4_deadline}
        yield finding(AFTER_DEADLINE, "deadline", total=total, **days)


def _after_completion(case: Case) -> Iterator[Finding]:
    view = case.view
    if not view.is_completed(4):
        return
    for balance in stock(view, StockPool.DECLARED):
        if balance.closing > 0:
            yield finding(
                AFTER_COMPLETION,
                view.account_key(balance.account),
                _movements(view, balance),
                type=type_name(view, balance.account[0]),
                lot=lot_words(balance.account[2]),
                quantity=balance.closing,
                date=view.state["article4_completed_on"].isoformat(),
            )


def _movements(view: View, balance: Balance) -> list[tuple[str, str]]:
    """The movements of an account up to the end of the period."""
    return [("stock_movement", row["id"]) for row in _rows(view, balance)]


def _rows(view: View, balance: Balance) -> list[Fact]:
    return _by_account(view).get(balance.account, [])


@once
def _by_account(view: View) -> Mapping[Account, list[Fact]]:
    """The movements of each account up to the end of the period."""
    moved: dict[Account, list[Fact]] = defaultdict(list)
    for row in view.all("stock_movement"):
        if row["date"].last <= view.period.last:
            moved[tuple(row[name] for name in STOCK_TABLE.account)].append(row)
    return moved


def _in_both_books(case: Case) -> Iterator[Finding]:
    view = case.view
    stocked = _by_lot(stock(view, StockPool.DECLARED), 0)
    given = _moved(view, "stock_movement", StockMovementKind.SET_ASIDE)
    taken = _moved(view, "retained_movement", RetainedMovementKind.SET_ASIDE_FROM_STOCK)
    opened = _moved(view, "retained_movement", RetainedMovementKind.OPENING)
    for (type_id, lot), kept in _by_lot(retained(view), 1).items():
        held = stocked.get((type_id, lot), 0)
        if held <= 0 or kept <= 0:
            continue
        here = (type_id, lot)
        if given.get(here, 0) >= taken.get(here, 0) + opened.get(here, 0):
            continue
        yield finding(
            COUNTED_AS_RETAINED,
            f"{type_name(view, type_id)}/{lot}",
            [("ordnance_type", type_id)],
            type=type_name(view, type_id),
            lot=lot,
            stocked=held,
            retained=kept,
        )


def _by_lot(balances: list[Balance], type_place: int) -> dict[tuple[str, str], int]:
    """What is held of each type and known lot; the lot is the third part of both ledgers."""
    held: dict[tuple[str, str], int] = defaultdict(int)
    for balance in balances:
        type_id, lot = balance.account[type_place], balance.account[2]
        if type_id and lot:
            held[type_id, lot] += balance.closing
    return held


def _moved(view: View, ledger: str, kind: str) -> Mapping[tuple[str, str], int]:
    """What movements of a kind add up to by type and lot, up to the end of the period."""
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for row in view.all(ledger):
        if row["kind"] == kind and row["date"].last <= view.period.last:
            sums[row["ordnance_type_id"], row["lot"]] += row["quantity"]
    return sums


def _not_anti_personnel(case: Case) -> Iterator[Finding]:
    view = case.view
    known = view.by_id("ordnance_type")
    for ledger, place in (("stock_movement", STOCKS), ("retained_movement", RETAINED_MINES)):
        wrong: dict[str, list[str]] = defaultdict(list)
        for row in view.all(ledger):
            type_id = row["ordnance_type_id"]
            has_come = row["date"].last <= view.period.last
            if has_come and type_id in known and not view.is_anti_personnel(type_id):
                wrong[type_id].append(row["id"])
        for type_id, movements in wrong.items():
            yield finding(
                NOT_ANTI_PERSONNEL,
                f"{ledger}/{known[type_id]['local_id']}",
                [("ordnance_type", type_id), *((ledger, record) for record in movements)],
                type=type_name(view, type_id),
                place=Message(place),
            )


def _find_unknown(case: Case) -> Iterator[Finding]:
    view = case.view
    for balance in stock(view, StockPool.FOUND_LATE):
        rows = _rows(view, balance)
        if rows and not any(row["kind"] == StockMovementKind.FOUND for row in rows):
            yield finding(
                NO_FIND,
                view.account_key(balance.account),
                [("stock_movement", row["id"]) for row in rows],
                type=type_name(view, balance.account[0]),
                lot=lot_words(balance.account[2]),
                quantity=balance.closing or rows[0]["quantity"],
            )


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the first of the next month where there is none."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    try:
        return date(year, month, day.day)
    except ValueError:
        return date(year + month // 12, month % 12 + 1, 1)


def _destroyed_late(case: Case) -> Iterator[Finding]:
    view = case.view
    for balance in stock(view, StockPool.FOUND_LATE):
        rows = sorted(_rows(view, balance), key=lambda row: row["date"])
        found = [row for row in rows if row["kind"] == StockMovementKind.FOUND]
        if not found:
            continue
        due = months_after(found[0]["date"].last, MONTHS_TO_DESTROY)
        values: dict[str, object] = {
            "type": type_name(view, balance.account[0]),
            "lot": lot_words(balance.account[2]),
            "found": str(found[0]["date"]),
        }
        subject = view.account_key(balance.account)
        late = [
            row
            for row in rows
            if row["kind"] == StockMovementKind.DESTROYED
            and row["date"].last > due
            and row["date"].last in view.period
        ]
        if balance.closing > 0 and view.period.last > due:
            record = [("stock_movement", found[0]["id"])]
            yield finding(STILL_THERE, subject, record, left=balance.closing, **values)
        elif late and len(found) == 1:
            record = [("stock_movement", row["id"]) for row in late]
            yield finding(
                DESTROYED_LATE, subject, record, destroyed=str(late[-1]["date"]), **values
            )


def _overdrawn(case: Case) -> Iterator[Finding]:
    view = case.view
    for balance in stock(view):
        if balance.closing >= 0:
            continue
        gained = sum(amount for amount in balance.flows.values() if amount > 0)
        taken = -sum(amount for amount in balance.flows.values() if amount < 0)
        yield finding(
            OVERDRAWN,
            view.account_key(balance.account),
            _movements(view, balance),
            type=type_name(view, balance.account[0]),
            lot=lot_words(balance.account[2]),
            available=balance.opening + gained,
            taken=taken,
            excess=-balance.closing,
        )


def _from_nowhere(case: Case) -> Iterator[Finding]:
    view, previous = case.view, case.previous
    if previous is not None:
        yield from _absent_before(case)
    rows = view.all("stock_movement")
    began_earlier = any(row["date"].last < view.period.first for row in rows)
    for row in view.within("stock_movement"):
        if began_earlier and row["kind"] == StockMovementKind.OPENING:
            yield finding(
                OPENED_LATER,
                row["local_id"],
                [("stock_movement", row["id"])],
                type=type_name(view, row["ordnance_type_id"]),
                lot=lot_words(row["lot"]),
                quantity=row["quantity"],
                date=str(row["date"]),
            )


def _absent_before(case: Case) -> Iterator[Finding]:
    """Types in stock that the last report did not have and that no movement brought since."""
    view, previous = case.view, case.previous
    if previous is None:
        return
    before = {
        key.split("/")[0]
        for table in ("stock", "stock_found_late")
        for key in frozen_rows(previous, table, "quantity")
    }
    brought = {
        row["ordnance_type_id"]
        for row in view.all("stock_movement")
        if row["kind"] in INWARD and previous.year < row["date"].last.year
    }
    held: dict[str, int] = defaultdict(int)
    for balance in stock(view):
        held[str(balance.account[0])] += balance.closing
    for type_id, quantity in held.items():
        number = view.by_id("ordnance_type")[type_id]["local_id"]
        if quantity > 0 and number not in before and type_id not in brought:
            yield finding(
                FROM_NOWHERE,
                number,
                [("ordnance_type", type_id)],
                type=type_name(view, type_id),
                quantity=quantity,
                year=previous.year,
            )


def _containers(case: Case) -> Iterator[Finding]:
    view = case.view
    held: dict[str, int] = defaultdict(int)
    for balances, place in ((stock(view), 0), (retained(view), 1)):
        for balance in balances:
            held[str(balance.account[place])] += balance.closing
    for type_id, quantity in held.items():
        row = view.by_id("ordnance_type")[type_id]
        if quantity > 0 and row["is_container"]:
            record = [("ordnance_type", type_id)]
            yield finding(CONTAINERS, row["local_id"], record, type=row["name"], quantity=quantity)


def _lots_twice(case: Case) -> Iterator[Finding]:
    view = case.view
    for ledger, balances, place, form in (
        (STOCK_TABLE, stock(view), 0, FORM_B),
        (RETAINED_TABLE, retained(view), 1, FORM_D),
    ):
        seen: dict[tuple[str | None, str, int], int] = defaultdict(int)
        for balance in balances:
            if balance.closing > 0 and balance.account[2]:
                seen[balance.account[place], balance.account[2], balance.closing] += 1
        for (type_id, lot, quantity), times in seen.items():
            if times > 1:
                yield finding(
                    LOT_TWICE,
                    f"{ledger.kind}/{type_name(view, type_id)}/{lot}",
                    [("ordnance_type", str(type_id))],
                    type=type_name(view, type_id),
                    lot=lot,
                    quantity=quantity,
                    form=Message(form),
                )


RULES = (
    Rule(
        "V-B-01",
        Severity.ERROR,
        "B",
        mark(
            "For every type and lot, what was counted equals last year's stock with all that came "
            "and went."
        ),
        _equation,
        mark("Record the missing movement, or a correction with its reason."),
    ),
    Rule(
        "V-B-02",
        Severity.WARNING,
        "B",
        mark("No stock is left after the deadline of Article 4."),
        _after_deadline,
        mark("Explain in writing why it remains and by when it will be destroyed."),
    ),
    Rule(
        "V-B-03",
        Severity.ERROR,
        "B",
        mark("No declared stock is left once Article 4 is declared complete."),
        _after_completion,
        mark("Enter mines that came to light later as found after the deadline (Form B part 2)."),
    ),
    Rule(
        "V-B-04",
        Severity.ERROR,
        "B",
        mark("No mine stands both in the stock and among the retained mines."),
        _in_both_books,
        mark("Set the retained mines aside in the books of the stock."),
    ),
    Rule(
        "V-B-05",
        Severity.ERROR,
        "B",
        mark("Only anti-personnel mines stand in Forms B, D, G and H."),
        _not_anti_personnel,
        mark("Correct the type, or reject the movements: the report leaves them out."),
    ),
    Rule(
        "V-B-06",
        Severity.ERROR,
        "B",
        mark("Stock found after the deadline has the date on which it was found."),
        _find_unknown,
        mark("Record the find with its date and place."),
    ),
    Rule(
        "V-B-07",
        Severity.WARNING,
        "B",
        mark("Stock found after the deadline is destroyed within six months."),
        _destroyed_late,
        mark("Record the destruction, or explain the delay."),
    ),
    Rule(
        "V-B-08",
        Severity.ERROR,
        "B",
        mark("No more mines are destroyed or taken away than there were."),
        _overdrawn,
        mark("Correct type, lot, holder or quantity, or record where the others came from."),
    ),
    Rule(
        "V-B-09",
        Severity.ERROR,
        "B",
        mark("A type that was not in the last report came from somewhere."),
        _from_nowhere,
        mark("Record the find or the transfer that brought it."),
    ),
    Rule(
        "V-B-10",
        Severity.WARNING,
        "B",
        mark("Mines are counted, not their containers."),
        _containers,
        mark("Enter the mines by their own type and number."),
    ),
    Rule(
        "V-B-11",
        Severity.WARNING,
        "B",
        mark("No lot stands twice with the same quantity in one form."),
        _lots_twice,
        mark("Check whether the lot was counted twice, or confirm that it was divided."),
    ),
    *DESTRUCTION_RULES,
)
