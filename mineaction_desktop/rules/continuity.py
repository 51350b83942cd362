"""Earlier reports: their sums, what they closed with, and whether the register still says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mineaction_desktop.domain.ledger import Account, Balance
from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.domain.vocabulary import AreaClass, StockPool
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.rules.common import (
    finding,
    frozen_rows,
    land,
    land_record,
    place_words,
    retained,
    stock,
    type_name,
)
from mineaction_desktop.rules.model import Case, Finding, Rule
from mineaction_desktop.storage.ledgers import (
    LAND_TABLE,
    RETAINED_TABLE,
    STOCK_TABLE,
    LedgerTable,
)
from mineaction_desktop.storage.questions import CORRECTIONS, booked, late_corrections
from mineaction_desktop.storage.snapshots import Snapshot
from mineaction_desktop.storage.view import View

TABLES: Mapping[str, tuple[LedgerTable, str]] = {
    "areas_known": (LAND_TABLE, "area"),
    "areas_suspected": (LAND_TABLE, "area"),
    "stock": (STOCK_TABLE, "quantity"),
    "stock_found_late": (STOCK_TABLE, "quantity"),
    "retained": (RETAINED_TABLE, "quantity"),
}
"""The tables of a report that print balances, the ledger behind each and its column."""

FLOWS = ("stock_destroyed", "found_late_destroyed", "mines_destroyed")

AREA_TABLES = {"areas_known": AreaClass.CHA, "areas_suspected": AreaClass.SHA}
POOLS = {"stock": StockPool.DECLARED, "stock_found_late": StockPool.FOUND_LATE}

TOTAL_DIFFERS = mark(
    "In the report for {year}, the total of {table} is {total:,} and its rows add up to {sum:,}."
)
OPENING_DIFFERS = mark(
    "{what}: the report for {year} closed with {sent:,}, and this year opens with {opening:,}. "
    "The difference of {difference:+,} is not a correction with a reason."
)
NO_REASON = mark("The correction {number} of {quantity:,} has no reason.")
HISTORY_CHANGED = mark("{what} for {year}: {sent:,} were reported, the register now says {now:,}.")
TABLE_WORDS = {
    "areas_known": mark("areas known to contain mines"),
    "areas_suspected": mark("areas suspected to contain mines"),
    "stock": mark("stockpiled mines"),
    "stock_found_late": mark("stock found after the deadline"),
    "retained": mark("retained mines"),
    "stock_destroyed": mark("stockpiled mines destroyed"),
    "found_late_destroyed": mark("late-found stock destroyed"),
    "mines_destroyed": mark("mines destroyed in mined areas"),
}


def _totals(case: Case) -> Iterator[Finding]:
    for snapshot in (*case.sent, *case.earlier[:1]):
        columns = {table: column for table, (_, column) in TABLES.items()}
        for table, column in (columns | dict.fromkeys(FLOWS, "period")).items():
            rows = dict(frozen_rows(snapshot, table, column))
            total = rows.pop("total", None)
            if rows and total is not None and sum(rows.values()) != total:
                yield finding(
                    TOTAL_DIFFERS,
                    f"{snapshot.year}/{table}",
                    year=snapshot.year,
                    table=Message(TABLE_WORDS[table]),
                    total=total,
                    sum=sum(rows.values()),
                )


def _printed(view: View) -> dict[str, list[Balance]]:
    """The balances that each table prints."""
    areas = land(view)
    printed = {
        table: [balance for balance in areas if balance.account[2] == area_class]
        for table, area_class in AREA_TABLES.items()
    }
    printed |= {table: stock(view, pool) for table, pool in POOLS.items()}
    return printed | {"retained": retained(view)}


def _openings(case: Case) -> Iterator[Finding]:
    view, previous = case.view, case.previous
    if previous is not None and previous.year == view.period.first.year - 1:
        printed = _printed(view)
        for table, (ledger, column) in TABLES.items():
            yield from _opening_rows(view, previous, ledger, table, (column, printed[table]))
    for ledger in (LAND_TABLE, STOCK_TABLE, RETAINED_TABLE):
        for row in booked(view.reader, ledger, CORRECTIONS, view.period, view.counting):
            if not row.reason:
                place = [(ledger.kind, row.id)]
                values = {"number": row.local_id, "quantity": row.quantity}
                yield finding(NO_REASON, row.local_id, place, **values)


def _opening_rows(
    view: View,
    previous: Snapshot,
    ledger: LedgerTable,
    table: str,
    printed: tuple[str, list[Balance]],
) -> Iterator[Finding]:
    column, balances = printed
    sent = dict(frozen_rows(previous, table, column))
    sent.pop("total", None)
    if not sent:
        return
    corrected = late_corrections(
        view.reader, ledger, view.period.first, previous.submitted_at, view.counting
    )
    by_key = {view.account_key(balance.account): balance for balance in balances}
    for key in sorted(sent.keys() | by_key.keys()):
        balance = by_key.get(key)
        opening = balance.opening if balance else 0
        difference = opening - sent.get(key, 0)
        if difference and difference != _corrected(balance, ledger, corrected):
            yield finding(
                OPENING_DIFFERS,
                f"{table}/{key}",
                _records(ledger, balance),
                what=_what(view, ledger, balance, key),
                year=previous.year,
                sent=sent.get(key, 0),
                opening=opening,
                difference=difference,
            )


def _corrected(
    balance: Balance | None, ledger: LedgerTable, corrected: Mapping[tuple[str | None, ...], int]
) -> int:
    if balance is None:
        return 0
    if ledger is not LAND_TABLE:
        return corrected.get(balance.account, 0)
    area, unit, area_class = balance.account
    return sum(
        amount
        for account, amount in corrected.items()
        if (account[0], account[2]) == (area, area_class) and (area or account[1] == unit)
    )


def _records(ledger: LedgerTable, balance: Balance | None) -> list[tuple[str, str]]:
    if balance is None:
        return []
    if ledger is LAND_TABLE:
        return land_record(balance.account)
    place = ledger.account.index("ordnance_type_id")
    return [("ordnance_type", str(balance.account[place]))]


def _what(view: View, ledger: LedgerTable, balance: Balance | None, key: str) -> object:
    if balance is None:
        return key
    if ledger is LAND_TABLE:
        return place_words(view, balance.account)
    return type_name(view, balance.account[ledger.account.index("ordnance_type_id")])


def _history(case: Case) -> Iterator[Finding]:
    seen: set[int] = set()
    for snapshot in case.earlier:
        if snapshot.year in seen:
            continue
        seen.add(snapshot.year)
        for table, (_, column) in TABLES.items():
            figure = snapshot.figures.get(f"{table}/total/{column}")
            if figure is None or figure.value is None:
                continue
            now = _closing(case.view, table, snapshot.year)
            if figure.value != now:
                yield finding(
                    HISTORY_CHANGED,
                    f"{snapshot.year}/{table}",
                    what=Message(TABLE_WORDS[table]),
                    year=snapshot.year,
                    sent=figure.value,
                    now=now,
                )


def _closing(view: View, table: str, year: int) -> int:
    """What a table adds up to at the end of an earlier year, by what moved until then."""
    ledger, _ = TABLES[table]
    return sum(
        ledger.rules.signs.get(kind, 0) * amount
        for moved_in, kind, account, amount in view.yearly(ledger)
        if moved_in <= year and _is_printed(view, table, account)
    )


def _is_printed(view: View, table: str, account: Account) -> bool:
    """Whether a table prints an account."""
    if table in AREA_TABLES:
        return account[0] not in view.without_ap_mines and account[2] == AREA_TABLES[table]
    if table == "retained":
        return view.is_anti_personnel(account[1])
    return view.is_anti_personnel(account[0]) and account[1] == POOLS[table]


RULES = (
    Rule(
        "V-GEN-07",
        Severity.ERROR,
        "general",
        mark("Every total equals the sum of its rows."),
        _totals,
        mark("Correct the figures that were entered by hand."),
    ),
    Rule(
        "V-GEN-08",
        Severity.ERROR,
        "general",
        mark("The year opens with what the last report closed with; corrections have a reason."),
        _openings,
        mark("Enter what has changed as a correction dated in this period, with its reason."),
    ),
    Rule(
        "V-GEN-09",
        Severity.WARNING,
        "general",
        mark("Figures of submitted reports are as they were reported."),
        _history,
        mark("Take the change back, or explain the restatement."),
    ),
)
