"""Annexes: areas by place, land released, and the reconciliation of each ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from mineaction_desktop.domain.ledger import Account
from mineaction_desktop.domain.states import State
from mineaction_desktop.domain.vocabulary import (
    RELEASED,
    AreaClass,
    AreaMovementKind,
    RetainedMovementKind,
    StockMovementKind,
)
from mineaction_desktop.i18n import mark
from mineaction_desktop.reports.books import Book
from mineaction_desktop.reports.document import Cell, RowRole
from mineaction_desktop.reports.figures import Figure, Unit, combine, total
from mineaction_desktop.reports.instruments.apmbc.common import (
    account_key,
    record_figure,
    records_figure,
    type_name,
    written_names,
)
from mineaction_desktop.reports.instruments.apmbc.land import open_accounts
from mineaction_desktop.reports.instruments.apmbc.retained import accounts as holdings
from mineaction_desktop.reports.source import Source
from mineaction_desktop.reports.tables import TableData, TableRow, totalled
from mineaction_desktop.storage.ledgers import LAND_TABLE, RETAINED_TABLE, STOCK_TABLE, LedgerTable

TOTAL = mark("TOTAL")
NO_PLACE = mark("Place not recorded")
HOLDING = mark("{institution}: {type}")

LAND_LINES: Mapping[str, Sequence[str]] = {
    "new": (AreaMovementKind.OPENING, AreaMovementKind.NEW),
    "converted": (AreaMovementKind.CONFIRMED, AreaMovementKind.CONVERTED),
    "cancelled": (AreaMovementKind.CANCELLED,),
    "reduced": (AreaMovementKind.REDUCED,),
    "cleared": (AreaMovementKind.CLEARED,),
    "remeasured": (AreaMovementKind.REMEASURED_PLUS, AreaMovementKind.REMEASURED_MINUS),
    "corrected": (
        AreaMovementKind.TRANSFERRED_IN,
        AreaMovementKind.TRANSFERRED_OUT,
        AreaMovementKind.CORRECTION_PLUS,
        AreaMovementKind.CORRECTION_MINUS,
    ),
}
"""The columns of a reconciliation and the movements that each adds up, with their signs."""

STOCK_LINES: Mapping[str, Sequence[str]] = {
    "added": (
        StockMovementKind.OPENING,
        StockMovementKind.FOUND,
        StockMovementKind.TRANSFERRED_IN,
        StockMovementKind.RETURNED_FROM_RETAINED,
    ),
    "destroyed": (StockMovementKind.DESTROYED,),
    "set_aside": (StockMovementKind.SET_ASIDE,),
    "transferred": (StockMovementKind.TRANSFERRED_OUT,),
    "corrected": (StockMovementKind.CORRECTION_PLUS, StockMovementKind.CORRECTION_MINUS),
}

RETAINED_LINES: Mapping[str, Sequence[str]] = {
    "added": (
        RetainedMovementKind.OPENING,
        RetainedMovementKind.SET_ASIDE_FROM_STOCK,
        RetainedMovementKind.RECEIVED_TRANSFER,
        RetainedMovementKind.LIFTED_FROM_MINEFIELD,
    ),
    "used": (RetainedMovementKind.CONSUMED_TRAINING, RetainedMovementKind.CONSUMED_RESEARCH),
    "destroyed": (RetainedMovementKind.DESTROYED_SURPLUS, RetainedMovementKind.RENDERED_INERT),
    "transferred": (
        RetainedMovementKind.TRANSFERRED_OUT_TRAINING,
        RetainedMovementKind.TRANSFERRED_OUT_DESTRUCTION,
        RetainedMovementKind.RETURNED_TO_STOCK,
    ),
    "corrected": (RetainedMovementKind.CORRECTION_PLUS, RetainedMovementKind.CORRECTION_MINUS),
}


def place_of(source: Source, account: Account) -> tuple[str, str]:
    """Province and district of an account of the land ledger."""
    area = source.by_id("hazardous_area").get(account[0] or "")
    places = source.places(area["admin_unit_id"] if area else account[1])
    unknown = source.say(NO_PLACE)
    return (
        places[0] if places else unknown,
        places[1] if len(places) > 1 else "",
    )


def _by_place(source: Source, accounts: Iterable[Account]) -> dict[tuple[str, str], list[Account]]:
    groups: dict[tuple[str, str], list[Account]] = defaultdict(list)
    for account in accounts:
        groups[place_of(source, account)].append(account)
    return dict(sorted(groups.items()))


def summary(source: Source) -> TableData:
    """Number and size of areas known and suspected at the end of the period, by place."""
    confirmed = open_accounts(source, AreaClass.CHA)
    known = set(confirmed)
    accounts = [*confirmed, *open_accounts(source, AreaClass.SHA)]
    rows = []
    for (province, district), members in _by_place(source, accounts).items():
        key = f"summary/{province}/{district}"
        cells: dict[str, Cell] = {"province": province, "district": district}
        for name, wanted in (("known", True), ("suspected", False)):
            chosen = [account for account in members if (account in known) is wanted]
            cells[f"{name}_areas"] = _areas(source, chosen, f"{key}/{name}_areas")
            sizes = [
                source.land.closing(a, f"{key}/{name}/{account_key(source, a)}") for a in chosen
            ]
            cells[f"{name}_m2"] = total(f"{key}/{name}_m2", sizes, Unit.AREA)
        for unit, ending in ((Unit.COUNT, "areas"), (Unit.AREA, "m2")):
            both = [cells[f"{name}_{ending}"] for name in ("known", "suspected")]
            figures = [figure for figure in both if isinstance(figure, Figure)]
            cells[f"total_{ending}"] = total(f"{key}/total_{ending}", figures, unit)
        rows.append(TableRow(f"{province}/{district}", cells))
    units = {
        f"{name}_{ending}": unit
        for name in ("known", "suspected", "total")
        for ending, unit in (("areas", Unit.COUNT), ("m2", Unit.AREA))
    }
    state, text = source.empty("mined_areas_known", known=bool(source.land.accounts))
    label = ("province", source.say(TOTAL))
    return TableData(totalled("summary", rows, units, label), state, text)


def _areas(source: Source, accounts: Sequence[Account], key: str) -> Figure:
    figures = [
        record_figure(
            f"{key}/{area['local_id']}", "hazardous_area", area, "number_of_areas", Unit.COUNT
        )
        for account in accounts
        if (area := source.by_id("hazardous_area").get(account[0] or ""))
    ]
    return total(key, figures, Unit.COUNT)


def released(source: Source) -> TableData:
    """Land released in the period by place and outcome."""
    book = source.land
    moved = [a for a in book.accounts if any(k in book.balance(a).flows for k in RELEASED)]
    rows = []
    for (province, district), members in _by_place(source, moved).items():
        key = f"released/{province}/{district}"
        figures = {
            str(kind): total(
                f"{key}/{kind}",
                [
                    book.flow(a, (kind,), f"{key}/{kind}/{account_key(source, a)}", -1)
                    for a in members
                ],
                Unit.AREA,
            )
            for kind in RELEASED
        }
        areas = sorted({a[0] for a in members if a[0]})
        cells: dict[str, Cell] = {"province": province, "district": district, **figures}
        once = [(area, 1) for area in areas]
        cells["areas"] = records_figure(f"{key}/areas", "hazardous_area", once, Unit.COUNT)
        cells["total"] = total(f"{key}/total", figures.values(), Unit.AREA)
        rows.append(TableRow(f"{province}/{district}", cells))
    units = {str(kind): Unit.AREA for kind in RELEASED} | {"total": Unit.AREA}
    state, text = source.empty("mined_areas_known", known=bool(book.accounts))
    label = ("province", source.say(TOTAL))
    return TableData(totalled("released", rows, units, label), state, text)


def reconciliation(
    table: str,
    book: Book,
    lines: Mapping[str, Sequence[str]],
    groups: Mapping[tuple[str, ...], Sequence[Account]],
    labels: Sequence[str],
    unit: Unit,
    total_label: str,
) -> tuple[TableRow, ...]:
    """Opening, flows and closing of a ledger; each row adds up, and so does each column."""
    rows = []
    for names, members in groups.items():
        key = f"{table}/{'/'.join(names)}"
        opening = total(
            f"{key}/opening",
            [book.opening(a, f"{key}/opening/{n}") for n, a in enumerate(members)],
            unit,
        )
        flows = {
            line: total(
                f"{key}/{line}",
                [book.flow(a, kinds, f"{key}/{line}/{n}") for n, a in enumerate(members)],
                unit,
            )
            for line, kinds in lines.items()
        }
        cells: dict[str, Cell] = dict(zip(labels, names, strict=True))
        cells |= {"opening": opening, **flows}
        parts = [(1, opening), *((1, flow) for flow in flows.values())]
        cells["closing"] = combine(f"{key}/closing", parts, unit)
        rows.append(TableRow("/".join(names), cells))
    units = dict.fromkeys(("opening", *lines, "closing"), unit)
    return totalled(table, rows, units, (labels[0], total_label))


def _moved(book: Book, accounts: Iterable[Account]) -> list[Account]:
    return [
        account
        for account in accounts
        if (balance := book.balance(account)).opening or balance.closing or balance.flows
    ]


def land_reconciliation(source: Source) -> TableData:
    """How the remaining area came about, by province and class."""
    groups: dict[tuple[str, ...], list[Account]] = defaultdict(list)
    for account in _moved(source.land, source.land.accounts):
        code = str(account[2])
        label = source.label("area_class", code) or code
        groups[place_of(source, account)[0], label].append(account)
    rows = reconciliation(
        "land_reconciliation",
        source.land,
        LAND_LINES,
        dict(sorted(groups.items())),
        ("place", "class"),
        Unit.AREA,
        source.say(TOTAL),
    )
    state, text = source.empty("mined_areas_known", known=bool(source.land.accounts))
    return TableData(rows, state, text)


def stock_reconciliation(source: Source) -> TableData:
    """How the stockpile changed, by type."""
    written = written_names(source, "stock_movement")
    order = source.order(STOCK_TABLE)
    groups: dict[tuple[str, ...], list[Account]] = defaultdict(list)
    for account in sorted(_moved(source.stock, source.stock.accounts), key=order):
        if source.is_anti_personnel(account[0]):
            groups[type_name(source, account[0], written),].append(account)
    rows = reconciliation(
        "stock_reconciliation",
        source.stock,
        STOCK_LINES,
        groups,
        ("type",),
        Unit.MINE,
        source.say(TOTAL),
    )
    state, text = source.empty("stock", known=bool(source.stock.accounts) or source.is_completed(4))
    return TableData(rows, state, text)


def retained_reconciliation(source: Source) -> TableData:
    """How each holding of retained mines changed, in the order in which it was entered."""
    written = written_names(source, "retained_movement")
    groups: dict[tuple[str, ...], list[Account]] = defaultdict(list)
    for account in holdings(source):
        name = source.organisation(account[0]) or str(account[0])
        lot = account[2] or source.presenter.state(State.UNKNOWN)
        groups[name, type_name(source, account[1], written), lot].append(account)
    rows = reconciliation(
        "retained_reconciliation",
        source.retained,
        RETAINED_LINES,
        groups,
        ("institution", "type", "lot"),
        Unit.MINE,
        source.say(TOTAL),
    )
    state, text = source.empty("retained", known=bool(source.retained.accounts))
    return TableData(rows, state, text)


def counts(source: Source) -> TableData:
    """Counts that do not agree with the books: what is missing a documented explanation."""
    naming: Sequence[tuple[LedgerTable, Unit, Callable[[Account], str]]] = (
        (LAND_TABLE, Unit.AREA, lambda a: _area_name(source, a)),
        (STOCK_TABLE, Unit.MINE, lambda a: type_name(source, a[0], {})),
        (RETAINED_TABLE, Unit.MINE, lambda a: _holding(source, a)),
    )
    rows = []
    for ledger, unit, name in naming:
        for difference in source.differences(ledger):
            key = f"counts/{difference.movement_id}"
            count = [(difference.movement_id, difference.counted)]
            seen = records_figure(f"{key}/counted", ledger.kind, count, unit)
            booked = records_figure(f"{key}/booked", ledger.kind, difference.parts, unit)
            cells: dict[str, Cell] = {
                "what": name(difference.account),
                "date": difference.on,
                "booked": booked,
                "counted": seen,
                "unexplained": combine(f"{key}/unexplained", ((1, seen), (-1, booked)), unit),
            }
            rows.append(TableRow(difference.movement_id, cells, RowRole.DATA))
    return TableData(tuple(rows), State.NONE)


def _area_name(source: Source, account: Account) -> str:
    area = source.by_id("hazardous_area").get(account[0] or "")
    if area is not None:
        return str(area["name"] or area["local_id"])
    return place_of(source, account)[0]


def _holding(source: Source, account: Account) -> str:
    return source.say(
        HOLDING,
        institution=source.organisation(account[0]),
        type=type_name(source, account[1], {}),
    )
