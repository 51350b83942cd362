"""Forms B and G parts 1 and 3: stockpiled mines and their destruction."""

from __future__ import annotations

from mineaction_desktop.domain.ledger import Account
from mineaction_desktop.domain.states import State
from mineaction_desktop.domain.vocabulary import RetainedMovementKind, StockMovementKind, StockPool
from mineaction_desktop.i18n import mark
from mineaction_desktop.reports.books import Book
from mineaction_desktop.reports.document import Cell, RowRole
from mineaction_desktop.reports.figures import Unit
from mineaction_desktop.reports.instruments.apmbc.common import (
    account_key,
    listed,
    sentence,
    type_name,
    written_names,
)
from mineaction_desktop.reports.source import Source
from mineaction_desktop.reports.tables import TableData, TableRow, totalled
from mineaction_desktop.storage.ledgers import STOCK_TABLE
from mineaction_desktop.storage.queries import Fact

TOTAL = mark("TOTAL")
HELD_BY = mark("Held by: {holder}")
MADE_IN = mark("Country of manufacture: {country}")
FOUND = mark("Found: {date}, {place}")
DESTROYED = mark("Destroyed: {dates}")
METHOD = mark("Method: {methods}")
USED_IN_TRAINING = mark("Retained mines used in training or research (see Form D)")

DESTRUCTION = (StockMovementKind.DESTROYED,)
TRAINING_USE = (RetainedMovementKind.CONSUMED_TRAINING, RetainedMovementKind.CONSUMED_RESEARCH)


def _of_pool(source: Source, book: Book, pool: StockPool) -> list[Account]:
    accounts = [a for a in book.accounts if a[1] == pool and source.is_anti_personnel(a[0])]
    return sorted(accounts, key=source.order(STOCK_TABLE))


def _lot(lot: str | None) -> Cell:
    return lot or State.UNKNOWN


def _history(source: Source, pool: StockPool) -> bool:
    """Whether the register can vouch for an empty stock."""
    return bool(_of_pool(source, source.stock, pool)) or source.is_completed(4)


def stock(source: Source, pool: StockPool, subject: str, table: str) -> TableData:
    """Form B: what is held at the end of the period by type and lot, and what was emptied in it."""
    written = written_names(source, "stock_movement")
    found = _found(source) if pool is StockPool.FOUND_LATE else {}
    rows = []
    for account in _of_pool(source, source.stock, pool):
        balance = source.stock.balance(account)
        if not balance.closing and not balance.opening and not balance.flows:
            continue
        key = account_key(source, account)
        rows.append(
            TableRow(
                key,
                {
                    "type": type_name(source, account[0], written),
                    "quantity": source.stock.closing(account, f"{table}/{key}/quantity"),
                    "lot": _lot(account[2]),
                    "supplementary": _supplementary(source, account, found),
                },
            )
        )
    state, text = source.empty(subject, known=_history(source, pool))
    label = ("type", source.say(TOTAL))
    return TableData(totalled(table, rows, {"quantity": Unit.MINE}, label), state, text)


def _supplementary(source: Source, account: Account, found: dict[Account, str]) -> str:
    type_row = source.by_id("ordnance_type").get(account[0] or "")
    country = source.label("country", type_row["origin_country"]) if type_row else None
    return listed(
        sentence(source, HELD_BY, holder=source.organisation(account[3])),
        sentence(source, MADE_IN, country=country),
        found.get(account),
    )


def _account(row: Fact) -> Account:
    return tuple(row[name] for name in STOCK_TABLE.account)


def _found(source: Source) -> dict[Account, str]:
    """Where and when stock was found after the deadline, by account."""
    said: dict[Account, str] = {}
    for row in source.all("stock_movement"):
        if row["pool"] != StockPool.FOUND_LATE or row["kind"] != StockMovementKind.FOUND:
            continue
        if row["date"].last > source.period.last:
            continue
        place = row["found_place"] if source.shows(row) else State.WITHHELD
        text = sentence(
            source,
            FOUND,
            date=source.presenter.partial_date(row["date"]),
            place=source.presenter.cell(place or State.UNKNOWN),
        )
        said[_account(row)] = listed(said.get(_account(row)), text, row["found_how"])
    return said


def destroyed(source: Source, pool: StockPool, subject: str, table: str) -> TableData:
    """Form G: stock destroyed in the period and since entry into force, by type and lot."""
    written = written_names(source, "stock_movement")
    events = _destructions(source, pool)
    found = _found(source) if pool is StockPool.FOUND_LATE else {}
    since = source.stock_since_entry
    rows = []
    for account in _of_pool(source, since, pool):
        key = account_key(source, account)
        ever = since.flow(account, DESTRUCTION, f"{table}/{key}/since", -1)
        if not ever.value:
            continue
        period = source.stock.flow(account, DESTRUCTION, f"{table}/{key}/period", -1)
        rows.append(
            TableRow(
                key,
                {
                    "type": type_name(source, account[0], written),
                    "period": period,
                    "since": ever,
                    "lot": _lot(account[2]),
                    "supplementary": listed(found.get(account), events.get(account)),
                },
            )
        )
    if source.state["training_use_as_destruction"] and pool is StockPool.DECLARED:
        rows += _training(source, table)
    state, text = source.empty(subject, known=_history(source, pool))
    units = {"period": Unit.MINE, "since": Unit.MINE}
    return TableData(totalled(table, rows, units, ("type", source.say(TOTAL))), state, text)


def _training(source: Source, table: str) -> list[TableRow]:
    """Retained mines used up, where the State chooses to count them as destroyed."""
    written = written_names(source, "retained_movement")
    rows = []
    for account in source.retained.accounts:
        key = account_key(source, account)
        ever = source.retained.ever(account, TRAINING_USE, f"{table}/used/{key}/since", -1)
        if ever.value and source.is_anti_personnel(account[1]):
            cells: dict[str, Cell] = {
                "type": type_name(source, account[1], written),
                "period": source.retained.flow(
                    account, TRAINING_USE, f"{table}/used/{key}/period", -1
                ),
                "since": ever,
                "lot": _lot(account[2]),
                "supplementary": source.say(USED_IN_TRAINING),
            }
            rows.append(TableRow(f"used/{key}", cells, RowRole.DATA))
    return rows


def _destructions(source: Source, pool: StockPool) -> dict[Account, str]:
    """When and by what methods an account was destroyed within the period."""
    dates: dict[Account, dict[str, None]] = {}
    methods: dict[Account, dict[str, None]] = {}
    for row in source.within("stock_movement"):
        if row["pool"] == pool and row["kind"] == StockMovementKind.DESTROYED:
            account = _account(row)
            dates.setdefault(account, {})[source.presenter.partial_date(row["date"])] = None
            if label := source.label("destruction_method", row["method"]):
                methods.setdefault(account, {})[label] = None
    return {
        account: listed(
            sentence(source, DESTROYED, dates=listed(*days, by="; ")),
            sentence(source, METHOD, methods=listed(*methods.get(account, ()), by="; ")),
        )
        for account, days in dates.items()
    }
