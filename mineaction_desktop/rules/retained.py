"""Form D: mines retained under Article 3, their use and their transfer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from mineaction_desktop.domain.ledger import COUNTED
from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.domain.vocabulary import RetainedMovementKind, StockMovementKind
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.rules.common import finding, lot_words, retained, type_name
from mineaction_desktop.rules.model import Case, Finding, Rule
from mineaction_desktop.storage.ledgers import RETAINED_TABLE
from mineaction_desktop.storage.queries import Fact
from mineaction_desktop.storage.view import View

YEARS_UNUSED = 3
CONSUMED = (RetainedMovementKind.CONSUMED_TRAINING, RetainedMovementKind.CONSUMED_RESEARCH)
ADDED = (
    RetainedMovementKind.SET_ASIDE_FROM_STOCK,
    RetainedMovementKind.RECEIVED_TRANSFER,
    RetainedMovementKind.LIFTED_FROM_MINEFIELD,
    RetainedMovementKind.CORRECTION_PLUS,
)
SENT = (
    RetainedMovementKind.TRANSFERRED_OUT_TRAINING,
    RetainedMovementKind.TRANSFERRED_OUT_DESTRUCTION,
)
NO_MINES_OF_WAR = ("fuzeless", "command_only", "inert")

COUNTED_OTHERWISE = mark(
    "{holder}, {type} ({lot}): the books give {booked:,} on {date}, while {counted:,} were "
    "counted. The difference of {difference:+,} is not explained."
)
OVERDRAWN = mark(
    "{holder}, {type} ({lot}): {excess:,} more mines were used or given away than were there."
)
NO_USE = mark(
    "{total:,} mines are retained, and neither a use in {year} nor a plan for later is recorded."
)
UNUSED = mark(
    "{holder} has held the same {quantity:,} mines for {years} years and more without using any."
)
INCREASED = mark(
    "{type}: {before:,} were retained when the period began and {now:,} when it ended."
)
NOT_AUTHORISED = mark(
    "{holder} holds {quantity:,} retained mines and is not entered as an authorised holder."
)
NO_ACT = mark(
    "{holder} holds {quantity:,} retained mines; no date or act of authorisation is given."
)
NO_PARTY = mark("{number}, a transfer of {quantity:,} × {type}, does not say {missing}.")
FROM_WHOM, TO_WHOM = mark("from whom"), mark("to whom")
WHAT_FOR = mark("what for")
NOT_LIVE = mark(
    "{total:,} retained mines are directional, without fuze, inert or fired by command only: "
    "{types}. They stand in one total with live mines."
)
NO_ACTIVITY = mark(
    "{holder} used {quantity:,} × {type} on {date}, and no activity is recorded for it."
)
ABOVE_CEILING = mark("{total:,} mines are retained; the national ceiling is {ceiling:,}.")
COUNTED_TWICE = mark(
    "{quantity:,} × {type} ({lot}), surplus of retained mines destroyed on {date}, seem to be "
    "counted again as destroyed stock in {number}."
)


def _holder(view: View, organisation_id: str | None) -> str:
    return view.organisation(organisation_id) or str(organisation_id)


def _held(view: View) -> dict[str, int]:
    """How many mines each institution holds when the period ends; those with none stay out."""
    held: dict[str, int] = defaultdict(int)
    for balance in retained(view):
        held[str(balance.account[0])] += balance.closing
    return {holder: quantity for holder, quantity in held.items() if quantity > 0}


def _equation(case: Case) -> Iterator[Finding]:
    view = case.view
    for difference in view.differences(RETAINED_TABLE):
        holder, type_id, lot, _ = difference.account
        if difference.unexplained and view.is_anti_personnel(type_id):
            yield finding(
                COUNTED_OTHERWISE,
                view.account_key(difference.account),
                [("retained_movement", difference.movement_id)],
                holder=_holder(view, holder),
                type=type_name(view, type_id),
                lot=lot_words(lot),
                booked=difference.booked,
                counted=difference.counted,
                difference=difference.unexplained,
                date=difference.on.isoformat(),
            )
    for balance in retained(view):
        if balance.closing < 0:
            holder, type_id, lot, _ = balance.account
            yield finding(
                OVERDRAWN,
                view.account_key(balance.account),
                [("organisation", str(holder)), ("ordnance_type", str(type_id))],
                holder=_holder(view, holder),
                type=type_name(view, type_id),
                lot=lot_words(lot),
                excess=-balance.closing,
            )


def _actual_uses(view: View) -> list[Fact]:
    """Uses that took place in the period or reach into it."""
    return [
        row
        for row in view.all("retained_use")
        if row["phase"] == "actual"
        and row["period"].first <= view.period.last
        and row["period"].last >= view.period.first
    ]


def _no_use(case: Case) -> Iterator[Finding]:
    view = case.view
    total = sum(_held(view).values())
    planned = any(
        row["phase"] == "planned" and row["period"].last > view.period.last
        for row in view.all("retained_use")
    )
    if total and not planned and not _actual_uses(view):
        yield finding(NO_USE, "use", total=total, year=view.period.last.year)


def _unused(case: Case) -> Iterator[Finding]:
    view = case.view
    begin = date(view.period.last.year - YEARS_UNUSED + 1, 1, 1)
    moved = {
        row["organisation_id"]
        for row in view.all("retained_movement")
        if row["kind"] != COUNTED and begin <= row["date"].last <= view.period.last
    }
    for holder, quantity in _held(view).items():
        if holder not in moved:
            name = _holder(view, holder)
            record = [("organisation", holder)]
            yield finding(UNUSED, name, record, holder=name, quantity=quantity, years=YEARS_UNUSED)


def _increased(case: Case) -> Iterator[Finding]:
    view = case.view
    before: dict[str, int] = defaultdict(int)
    now: dict[str, int] = defaultdict(int)
    for balance in retained(view):
        type_id = str(balance.account[1])
        before[type_id] += balance.opening + balance.flows.get(RetainedMovementKind.OPENING, 0)
        now[type_id] += balance.closing
    added = [row for row in view.within("retained_movement") if row["kind"] in ADDED]
    for type_id, quantity in now.items():
        if quantity > before[type_id]:
            came = [
                ("retained_movement", row["id"])
                for row in added
                if row["ordnance_type_id"] == type_id
            ]
            yield finding(
                INCREASED,
                type_name(view, type_id),
                [*came, ("ordnance_type", type_id)],
                type=type_name(view, type_id),
                before=before[type_id],
                now=quantity,
            )


def _authorised(case: Case) -> Iterator[Finding]:
    view = case.view
    for holder, quantity in _held(view).items():
        row = view.by_id("organisation").get(holder)
        if row is None or "holder" not in (row["roles"] or ()):
            name = _holder(view, holder)
            record = [("organisation", holder)]
            yield finding(NOT_AUTHORISED, name, record, holder=name, quantity=quantity)


def _act(case: Case) -> Iterator[Finding]:
    view = case.view
    for holder, quantity in _held(view).items():
        row = view.by_id("organisation").get(holder)
        if row and row["authorised_from"] is None and not row["authorisation_act"]:
            name = _holder(view, holder)
            record = [("organisation", holder)]
            yield finding(NO_ACT, name, record, holder=name, quantity=quantity)


def _lacking(row: Fact) -> str | None:
    """What a transfer does not say, if anything."""
    if row["kind"] == RetainedMovementKind.RECEIVED_TRANSFER and not row["from_party"]:
        return FROM_WHOM
    if row["kind"] in SENT and not row["to_party"]:
        return TO_WHOM
    is_sent_to_destruction = row["kind"] == RetainedMovementKind.TRANSFERRED_OUT_DESTRUCTION
    if not row["reason"] and row["use_id"] is None and not is_sent_to_destruction:
        return WHAT_FOR
    return None


def _transfers(case: Case) -> Iterator[Finding]:
    view = case.view
    for row in view.within("retained_movement"):
        is_transfer = row["kind"] in (*SENT, RetainedMovementKind.RECEIVED_TRANSFER)
        if is_transfer and (missing := _lacking(row)):
            yield finding(
                NO_PARTY,
                row["local_id"],
                [("retained_movement", row["id"])],
                number=row["local_id"],
                quantity=row["quantity"],
                type=type_name(view, row["ordnance_type_id"]),
                missing=Message(missing),
            )


def _not_live(case: Case) -> Iterator[Finding]:
    view = case.view
    special: dict[str, int] = defaultdict(int)
    for balance in retained(view):
        row = view.by_id("ordnance_type")[str(balance.account[1])]
        is_special = (
            balance.account[3] in NO_MINES_OF_WAR
            or row["mine_class"] == "directional"
            or row["command_only"]
        )
        if balance.closing > 0 and is_special:
            special[row["id"]] += balance.closing
    if special:
        names = ", ".join(sorted(type_name(view, type_id) for type_id in special))
        places = [("ordnance_type", type_id) for type_id in special]
        yield finding(NOT_LIVE, "condition", places, total=sum(special.values()), types=names)


def _no_activity(case: Case) -> Iterator[Finding]:
    view = case.view
    uses = _actual_uses(view)
    for row in view.within("retained_movement"):
        if row["kind"] not in CONSUMED or row["use_id"] is not None:
            continue
        told = any(
            use["organisation_id"] in (None, row["organisation_id"])
            and use["period"].first <= row["date"].last
            and use["period"].last >= row["date"].first
            for use in uses
        )
        if not told:
            yield finding(
                NO_ACTIVITY,
                row["local_id"],
                [("retained_movement", row["id"])],
                holder=_holder(view, row["organisation_id"]),
                quantity=row["quantity"],
                type=type_name(view, row["ordnance_type_id"]),
                date=str(row["date"]),
            )


def _ceiling(case: Case) -> Iterator[Finding]:
    total = sum(_held(case.view).values())
    ceiling = case.view.state["retained_ceiling"]
    if ceiling is not None and total > ceiling:
        yield finding(ABOVE_CEILING, "ceiling", total=total, ceiling=ceiling)


def _counted_twice(case: Case) -> Iterator[Finding]:
    view = case.view
    if view.state["training_use_as_destruction"]:
        return
    gone = {
        (row["ordnance_type_id"], row["lot"], row["quantity"], str(row["date"])): row
        for row in view.within("stock_movement")
        if row["kind"] == StockMovementKind.DESTROYED
    }
    for row in view.within("retained_movement"):
        if row["kind"] != RetainedMovementKind.DESTROYED_SURPLUS:
            continue
        key = (row["ordnance_type_id"], row["lot"], row["quantity"], str(row["date"]))
        if twin := gone.get(key):
            yield finding(
                COUNTED_TWICE,
                row["local_id"],
                [("retained_movement", row["id"]), ("stock_movement", twin["id"])],
                quantity=row["quantity"],
                type=type_name(view, row["ordnance_type_id"]),
                lot=lot_words(row["lot"]),
                date=str(row["date"]),
                number=twin["local_id"],
            )


RULES = (
    Rule(
        "V-D-01",
        Severity.ERROR,
        "D",
        mark(
            "For every institution and type, what was counted equals last year's holding with all "
            "that came and went, and no holding is below zero."
        ),
        _equation,
        mark("Record the missing movement, or a correction with its reason."),
    ),
    Rule(
        "V-D-02",
        Severity.WARNING,
        "D",
        mark("Where mines are retained, their use or a plan for it is reported."),
        _no_use,
        mark("Record what the mines were used for, or what they will be used for."),
    ),
    Rule(
        "V-D-03",
        Severity.WARNING,
        "D",
        mark("No institution keeps mines for three years without using any."),
        _unused,
        mark("Consider whether the mines are still needed; destroy them or explain the need."),
    ),
    Rule(
        "V-D-04",
        Severity.WARNING,
        "D",
        mark("The number of retained mines does not rise."),
        _increased,
        mark("Give the legal basis and the reason in writing."),
    ),
    Rule(
        "V-D-05",
        Severity.ERROR,
        "D",
        mark("Retained mines are held by institutions that the State has authorised."),
        _authorised,
        mark("Enter the institution as a holder of mines, or correct who holds them."),
    ),
    Rule(
        "V-D-06",
        Severity.WARNING,
        "D",
        mark("Every authorised institution has a date or an act of authorisation."),
        _act,
        mark("Add the date or the act to the organisation."),
    ),
    Rule(
        "V-D-07",
        Severity.ERROR,
        "D",
        mark("Every transfer says from whom or to whom, and what for."),
        _transfers,
        mark("Complete the transfer."),
    ),
    Rule(
        "V-D-08",
        Severity.WARNING,
        "D",
        mark("Directional, fuzeless, inert and command-fired items stand apart from live mines."),
        _not_live,
        mark("Enter their condition, and explain how many of the total they are."),
    ),
    Rule(
        "V-D-09",
        Severity.WARNING,
        "D",
        mark("Mines that were used up belong to a recorded activity."),
        _no_activity,
        mark("Record the activity and link the movement to it."),
    ),
    Rule(
        "V-D-10",
        Severity.WARNING,
        "D",
        mark("No more mines are retained than the national ceiling allows."),
        _ceiling,
        mark("Destroy the surplus, or explain why the ceiling is exceeded."),
    ),
    Rule(
        "V-D-11",
        Severity.ERROR,
        "D",
        mark("Surplus of retained mines is not counted again as destroyed stock."),
        _counted_twice,
        mark("Reject one of the two records."),
    ),
)
