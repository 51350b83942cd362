"""What several rules share: names that people know, and the ledgers as the report counts them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.ledger import COUNTED, Account, Balance, regroup
from mineaction_desktop.domain.periods import Period
from mineaction_desktop.domain.vocabulary import StockPool
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.rules.model import Finding
from mineaction_desktop.storage.ledgers import LAND_TABLE, RETAINED_TABLE, STOCK_TABLE
from mineaction_desktop.storage.queries import Fact
from mineaction_desktop.storage.questions import booked
from mineaction_desktop.storage.snapshots import Snapshot
from mineaction_desktop.storage.suspects import areas_booked_after
from mineaction_desktop.storage.view import View, once

WHOLE_COUNTRY = mark("The whole country")
NO_LOT = mark("lot not known")
M2_PER_KM2 = 1_000_000


def finding(
    template: str, subject: str, records: Iterable[tuple[str, str]] = (), /, **values: object
) -> Finding:
    """A finding from its sentence and the values named in it."""
    return Finding(Message(template, values), subject, tuple(records))


def records(kind: str, rows: Iterable[Fact]) -> list[tuple[str, str]]:
    """The kind and id of each row."""
    return [(kind, row["id"]) for row in rows]


def is_within(when: PartialDate | date | None, period: Period) -> bool:
    """Whether something happened in a period; a partial date counts on its last day."""
    day = when.last if isinstance(when, PartialDate) else when
    return day is not None and day in period


def km2(square_metres: int) -> str:
    """Square kilometres, as many decimals as it takes to say them exactly enough."""
    return f"{square_metres / M2_PER_KM2:,.2f}"


def type_name(view: View, type_id: str | None) -> str:
    """The name of an ordnance type; its id if the record does not count."""
    row = view.by_id("ordnance_type").get(type_id or "")
    return str(row["name"] if row else type_id)


def lot_words(lot: str | None) -> object:
    """A lot, or that it is not known."""
    return lot or Message(NO_LOT)


def area_name(view: View, area_id: str | None) -> str:
    """The name of an area, else its readable number."""
    row = view.by_id("hazardous_area").get(area_id or "")
    return str(row["name"] or row["local_id"]) if row else str(area_id)


def place_words(view: View, account: Account) -> object:
    """Which area, district or country an account of the land ledger is for."""
    if account[0] is not None:
        return area_name(view, account[0])
    return ", ".join(reversed(view.places(account[1]))) or Message(WHOLE_COUNTRY)


def land_subject(view: View, account: Account) -> str:
    """What stays the same about an account of the land ledger from year to year."""
    return view.account_key(land_account(account))


def land_account(account: Account) -> Account:
    """An account of the land ledger as the report groups it: an area has its own place."""
    area, unit, area_class = account
    return (area, None if area else unit, area_class)


def land_record(account: Account) -> list[tuple[str, str]]:
    """The area of an account, where it has one."""
    return [("hazardous_area", account[0])] if account[0] else []


@once
def land(view: View) -> list[Balance]:
    """Mined areas of the Convention by area and class."""
    kept = (
        balance
        for balance in view.balances(LAND_TABLE)
        if balance.account[0] not in view.without_ap_mines
    )
    return regroup(kept, land_account)


@once
def open_areas(view: View) -> dict[str, Fact]:
    """Areas that still hold something at the end of the period, by id."""
    known = view.by_id("hazardous_area")
    held = {balance.account[0]: None for balance in land(view) if balance.closing}
    return {area: known[area] for area in held if area is not None and area in known}


@once
def areas_of_period(view: View) -> frozenset[str]:
    """Areas that held, gained or lost something in the period, or were counted in it.

    An area that no book has ever named is there all the time.
    """
    balances = view.balances(LAND_TABLE)
    counts = booked(view.reader, LAND_TABLE, (COUNTED,), view.period, view.counting)
    named = {balance.account[0] for balance in balances}
    later = areas_booked_after(view.reader, view.period, view.counting)
    of_period = {
        balance.account[0]
        for balance in balances
        if balance.opening or balance.closing or balance.flows
    }
    of_period |= {count.account[0] for count in counts}
    return frozenset(
        area
        for area in view.by_id("hazardous_area")
        if area in of_period or (area not in named and area not in later)
    )


def stock(view: View, pool: StockPool | None = None) -> list[Balance]:
    """Stockpiled anti-personnel mines, of one pool or of both."""
    return [
        balance
        for balance in view.balances(STOCK_TABLE)
        if view.is_anti_personnel(balance.account[0])
        and (pool is None or balance.account[1] == pool)
    ]


def retained(view: View) -> list[Balance]:
    """Retained anti-personnel mines."""
    return [
        balance
        for balance in view.balances(RETAINED_TABLE)
        if view.is_anti_personnel(balance.account[1])
    ]


def held_types(view: View) -> dict[str, int]:
    """How many of each type are in stock or retained when the period ends, by type id."""
    held: dict[str, int] = {}
    for balances, place in ((stock(view), 0), (retained(view), 1)):
        for balance in balances:
            type_id = balance.account[place]
            if type_id and balance.closing > 0:
                held[type_id] = held.get(type_id, 0) + balance.closing
    return held


def frozen_rows(snapshot: Snapshot, table: str, column: str) -> Mapping[str, int]:
    """The numbers that a submitted table had in a column, by the key of the row."""
    start, end = f"{table}/", f"/{column}"
    return {
        key[len(start) : -len(end)]: figure.value
        for key, figure in snapshot.figures.items()
        if key.startswith(start) and key.endswith(end) and figure.value is not None
    }
