"""The stockpile: declared, destroyed before the deadline, and the depot that was forgotten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mineaction_desktop.domain.vocabulary import StockMovementKind, StockPool
from mineaction_desktop.services.demo.book import Book, on
from mineaction_desktop.services.demo.retained import SET_ASIDE
from mineaction_desktop.services.demo.state import (
    EXTENDED_TO,
    PROLONGED_TO,
    STOCK_DESTROYED,
)

OPENING_DAY = date(2006, 12, 31)
SET_ASIDE_DAY = date(2008, 6, 2)
FOUND_DAY = date(2024, 9, 18)

# Model, lot (none: not known), store, number (the seed moves it a little).
_DECLARED = (
    ("PMN", "14-83", "Store A", 6200),
    ("PMN", "3-78", "Store B", 3150),
    ("PMN-2", "22-86", "Store A", 2400),
    ("PMN-2", None, "Store C", 860),
    ("PMD-6", None, "Store B", 4100),
    ("POMZ-2M", "7-79", "Store C", 1980),
    ("OZM-72", "11-85", "Store A", 1240),
    ("TB-4", "TB4-031", "Store B", 5300),
)

# Day of each destruction, and how much of the stock is gone after it.
_DESTRUCTIONS = (
    (date(2007, 6, 14), 0.12),
    (date(2007, 9, 20), 0.30),
    (date(2007, 11, 28), 0.47),
    (date(2008, 3, 12), 0.66),
    (date(2008, 6, 18), 0.84),
    (STOCK_DESTROYED, 1.0),
)

_FOUND = (("PMN", "3-78", 212), ("POMZ-2M", None, 48), ("TB-4", "TB4-017", 130))
_FOUND_DESTROYED = ((date(2024, 11, 27), 0.55), (date(2025, 2, 26), 1.0))

SAFETY = "International ammunition technical guidelines, and TNMAS 2019 chapter 11"
ENVIRONMENT = "Air and soil limits of the Environment Act; ground sampled before and after"


@dataclass(frozen=True, slots=True)
class _Lot:
    """Mines of one type and lot that one holder keeps."""

    type_id: str
    lot: str | None
    holder_id: str
    store: str
    quantity: int


def add_stocks(book: Book, types: Mapping[str, str], orgs: Mapping[str, str]) -> None:
    """Write programmes, sites and every movement of the stockpile."""
    chance = book.chance("stock")
    set_aside = Counter[tuple[str, str | None]]()
    for account, quantity in SET_ASIDE.items():
        set_aside[account.model, account.lot] += quantity
    declared, found, mined = _add_programmes(book)
    declared_site = _add_site(book, declared, "Central demolition ground", "5 t a day")
    found_site = _add_site(book, found, "Central demolition ground (2024)", "1 t a day")
    _add_site(book, mined, "On the spot, in the mined area", None)
    for model, lot, store, number in _DECLARED:
        quantity = round(number * chance.uniform(0.92, 1.08))
        stock = _Lot(types[model], lot, orgs["defence"], store, quantity)
        _move(book, stock, StockMovementKind.OPENING, OPENING_DAY, quantity)
        kept = set_aside.pop((model, lot), 0)
        if kept:
            _move(
                book,
                stock,
                StockMovementKind.SET_ASIDE,
                SET_ASIDE_DAY,
                kept,
                reason="Retained under Article 3 by Ministerial Order 17/2008.",
            )
        _destroy(book, stock, quantity - kept, _DESTRUCTIONS, (declared, declared_site))
    for model, lot, number in _FOUND:
        quantity = round(number * chance.uniform(0.85, 1.15))
        stock = _Lot(types[model], lot, orgs["defence"], "Under guard", quantity)
        _move(
            book,
            stock,
            StockMovementKind.FOUND,
            FOUND_DAY,
            quantity,
            pool=StockPool.FOUND_LATE,
            found_place="A sealed cellar of a former barracks in Bernosh province",
            found_how="Uncovered when the building was prepared for use as a school.",
        )
        _destroy(book, stock, quantity, _FOUND_DESTROYED, (found, found_site))


def _add_programmes(book: Book) -> tuple[str, str, str]:
    """The programmes under Article 4, for the late find, and under Article 5."""
    declared = book.add(
        "destruction_programme",
        article="article_4",
        title="Destruction of the declared stockpile",
        status="completed",
        status_text="Completed on 25 September 2008, before the deadline of 1 April 2011.",
        started_on=on(date(2007, 5, 2)),
        planned_end=on(date(2010, 12, 31)),
        completed_on=on(STOCK_DESTROYED),
        methods=["open_detonation", "reverse_assembly"],
        safety_standard=SAFETY,
        environmental_standard=ENVIRONMENT,
    )
    found = book.add(
        "destruction_programme",
        article="article_4",
        title="Destruction of mines found in 2024",
        status="completed",
        status_text="Mines found on 18 September 2024 were destroyed by 26 February 2025.",
        started_on=on(date(2024, 10, 2)),
        planned_end=on(date(2025, 3, 18)),
        completed_on=on(_FOUND_DESTROYED[-1][0]),
        methods=["open_detonation"],
        safety_standard=SAFETY,
        environmental_standard=ENVIRONMENT,
    )
    book.until(
        2024,
        book.rows["destruction_programme"][-1],
        status="in_process",
        status_text="Begun in 2024; all mines found on 18 September 2024 go within six months.",
        completed_on=None,
    )
    mined = book.add(
        "destruction_programme",
        article="article_5",
        title="Destruction of mines in mined areas",
        status="in_process",
        status_text="Survey and clearance continue in all six provinces.",
        started_on=on(date(2007, 7, 1)),
        planned_end=on(PROLONGED_TO),
        methods=["open_detonation"],
        safety_standard="TNMAS 2019",
        environmental_standard="TNMAS 2019 chapter 14: soil, water and vegetation",
    )
    book.until(2024, book.rows["destruction_programme"][-1], planned_end=on(EXTENDED_TO))
    return declared, found, mined


def _add_site(book: Book, programme: str, name: str, capacity: str | None) -> str:
    return book.add(
        "destruction_site",
        programme_id=programme,
        name=name,
        methods=["open_detonation"],
        safety_standard=SAFETY,
        environmental_standard=ENVIRONMENT,
        capacity=capacity,
    )


def _destroy(
    book: Book,
    stock: _Lot,
    quantity: int,
    days: tuple[tuple[date, float], ...],
    where: tuple[str, str],
) -> None:
    """Destroy a quantity on several days, to the last mine."""
    gone = 0
    pool = StockPool.FOUND_LATE if days is _FOUND_DESTROYED else StockPool.DECLARED
    for number, (day, share) in enumerate(days, start=1):
        reached = quantity if share == 1.0 else int(quantity * share)
        _move(
            book,
            stock,
            StockMovementKind.DESTROYED,
            day,
            reached - gone,
            pool=pool,
            programme_id=where[0],
            site_id=where[1],
            method="open_detonation",
            certificate=f"DC-{day.year}-{number:02d}",
        )
        gone = reached


def _move(
    book: Book,
    stock: _Lot,
    kind: StockMovementKind,
    day: date,
    quantity: int,
    *,
    pool: StockPool = StockPool.DECLARED,
    **more: object,
) -> None:
    book.add(
        "stock_movement",
        date=on(day),
        kind=kind.value,
        pool=pool.value,
        ordnance_type_id=stock.type_id,
        lot=stock.lot,
        quantity=quantity,
        holder_id=stock.holder_id,
        storage_site=stock.store,
        fuzed="unfuzed",
        source="Inventory of the Ministry of Defence",
        **more,
    )
