"""Form D: mines retained or transferred under Article 3."""

from __future__ import annotations

from mineaction_desktop.domain.ledger import Account
from mineaction_desktop.domain.states import State
from mineaction_desktop.domain.vocabulary import RetainedMovementKind
from mineaction_desktop.i18n import mark
from mineaction_desktop.reports.document import Cell
from mineaction_desktop.reports.figures import Unit
from mineaction_desktop.reports.instruments.apmbc.common import (
    account_key,
    listed,
    record_figure,
    sentence,
    type_name,
    written_names,
)
from mineaction_desktop.reports.source import Source
from mineaction_desktop.reports.tables import TableData, TableRow, totalled
from mineaction_desktop.storage.ledgers import RETAINED_TABLE
from mineaction_desktop.storage.queries import Fact

TOTAL = mark("TOTAL")
CONDITION = mark("Condition: {condition}")
FROM = mark("Transferred from: {party}")
TO = mark("Transferred to: {party}")
AUTHORISED = mark("Authorised by: {act}")
PURPOSE = mark("Purpose: {purpose}")
NUMBERS = mark("Mines: {quantity} of type {type}")
NUMBERS_ONLY = mark("Mines: {quantity}")
TRAINED = mark("Persons trained: {participants}")
RESULTS = mark("Results: {results}")
PERIOD = mark("{phase}: {period}")

MOVED = {
    RetainedMovementKind.CONSUMED_TRAINING: mark("Used in training in the period: {n}"),
    RetainedMovementKind.CONSUMED_RESEARCH: mark("Used in research in the period: {n}"),
    RetainedMovementKind.DESTROYED_SURPLUS: mark("Destroyed as surplus in the period: {n}"),
    RetainedMovementKind.TRANSFERRED_OUT_TRAINING: mark("Transferred out for training: {n}"),
    RetainedMovementKind.TRANSFERRED_OUT_DESTRUCTION: mark("Transferred out to be destroyed: {n}"),
    RetainedMovementKind.RENDERED_INERT: mark("Made free from explosive in the period: {n}"),
    RetainedMovementKind.RETURNED_TO_STOCK: mark("Returned to the stockpile in the period: {n}"),
    RetainedMovementKind.SET_ASIDE_FROM_STOCK: mark("Set aside from the stockpile: {n}"),
    RetainedMovementKind.RECEIVED_TRANSFER: mark("Received by transfer in the period: {n}"),
    RetainedMovementKind.LIFTED_FROM_MINEFIELD: mark("Lifted from mined areas: {n}"),
}
"""Movements are named in the supplementary information, which the 1999 form gives no column."""


def accounts(source: Source) -> list[Account]:
    """Every holding that had mines at the start or saw a movement, by institution as entered."""
    order = source.order(RETAINED_TABLE)
    first: dict[str | None, str] = {}
    for account in sorted(source.retained.accounts, key=order):
        first.setdefault(account[0], order(account))
    found = []
    for account in source.retained.accounts:
        balance = source.retained.balance(account)
        moved = balance.opening or balance.closing or balance.flows
        if moved and source.is_anti_personnel(account[1]):
            found.append(account)
    return sorted(found, key=lambda account: (first[account[0]], order(account)))


def retained(source: Source) -> TableData:
    """Part 1a: what is held at the end of the period; an emptied holding prints its zero."""
    written = written_names(source, "retained_movement")
    rows = []
    for account in accounts(source):
        key = account_key(source, account)
        institution = source.organisation(account[0])
        rows.append(
            TableRow(
                key,
                {
                    "institution": institution or State.UNKNOWN,
                    "type": type_name(source, account[1], written),
                    "quantity": source.retained.closing(account, f"retained/{key}/quantity"),
                    "lot": account[2] or State.UNKNOWN,
                    "supplementary": _supplementary(source, account),
                },
            )
        )
    state, text = source.empty("retained", known=bool(source.retained.accounts))
    label = ("institution", source.say(TOTAL))
    return TableData(totalled("retained", rows, {"quantity": Unit.MINE}, label), state, text)


def _supplementary(source: Source, account: Account) -> str:
    flows = source.retained.balance(account).flows
    holder = source.by_id("organisation").get(account[0] or "")
    condition = account[3] if account[3] != "live" else None
    return listed(
        sentence(source, CONDITION, condition=source.label("retained_condition", condition)),
        sentence(source, AUTHORISED, act=holder["authorisation_act"] if holder else None),
        *(
            source.say(template, n=abs(flows[kind]))
            for kind, template in MOVED.items()
            if flows.get(kind)
        ),
    )


def uses(source: Source) -> TableData:
    """Part 1b: what the mines were used for in the period, and what is planned."""
    rows = []
    for row in source.all("retained_use"):
        period = row["period"]
        actual = row["phase"] == "actual" and (
            period.first <= source.period.last and period.last >= source.period.first
        )
        planned = row["phase"] == "planned" and period.last > source.period.last
        if actual or planned:
            cells: dict[str, Cell] = {
                "objectives": row["objectives"] or source.label("retained_purpose", row["purpose"]),
                "activity": row["activity"] or State.UNKNOWN,
                "supplementary": _use(source, row),
                "quantity": record_figure(
                    f"uses/{row['local_id']}/quantity", "retained_use", row, "quantity", Unit.MINE
                ),
            }
            rows.append(TableRow(row["local_id"], cells))
    return TableData(tuple(rows), State.NOT_COLLECTED)


def _use(source: Source, row: Fact) -> str:
    type_row = source.by_id("ordnance_type").get(row["ordnance_type_id"] or "")
    numbers = (
        sentence(source, NUMBERS, quantity=row["quantity"], type=type_row["name"])
        if type_row
        else sentence(source, NUMBERS_ONLY, quantity=row["quantity"])
    )
    return listed(
        source.say(
            PERIOD,
            phase=source.label("use_phase", row["phase"]),
            period=source.presenter.partial_date(row["period"]),
        ),
        source.organisation(row["organisation_id"]),
        sentence(source, PURPOSE, purpose=source.label("retained_purpose", row["purpose"])),
        numbers,
        row["description"],
        sentence(source, TRAINED, participants=row["participants"]),
        sentence(source, RESULTS, results=row["results"]),
    )


def transfers(source: Source, kind: RetainedMovementKind, subject: str, table: str) -> TableData:
    """Parts 2 and 3: what was transferred within the period; flows, not holdings."""
    written = written_names(source, "retained_movement")
    rows = []
    for row in source.within("retained_movement"):
        if row["kind"] != kind or not source.is_anti_personnel(row["ordnance_type_id"]):
            continue
        key = row["local_id"]
        cells: dict[str, Cell] = {
            "institution": source.organisation(row["organisation_id"]) or State.UNKNOWN,
            "type": type_name(source, row["ordnance_type_id"], written),
            "quantity": record_figure(
                f"{table}/{key}/quantity", "retained_movement", row, "quantity", Unit.MINE
            ),
            "lot": row["lot"] or State.UNKNOWN,
            "supplementary": listed(
                sentence(source, FROM, party=row["from_party"]),
                sentence(source, TO, party=row["to_party"]),
                row["reason"],
            ),
        }
        rows.append(TableRow(key, cells))
    state, text = source.empty(subject, known=bool(source.retained.accounts))
    label = ("institution", source.say(TOTAL))
    return TableData(totalled(table, rows, {"quantity": Unit.MINE}, label), state, text)
