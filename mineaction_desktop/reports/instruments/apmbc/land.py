"""Form C: where mines are known or suspected to be, at the end of the period."""

from __future__ import annotations

from collections import defaultdict

from mineaction_desktop.domain.ledger import Account
from mineaction_desktop.domain.states import State
from mineaction_desktop.domain.vocabulary import POSSIBLY_AP, AreaClass
from mineaction_desktop.i18n import mark
from mineaction_desktop.reports.document import Cell
from mineaction_desktop.reports.figures import (
    Contribution,
    Figure,
    Records,
    Unit,
    counted,
    without_number,
)
from mineaction_desktop.reports.instruments.apmbc.common import (
    account_key,
    listed,
    record_figure,
    sentence,
)
from mineaction_desktop.reports.source import Source
from mineaction_desktop.reports.tables import TableData, TableRow, totalled
from mineaction_desktop.storage.queries import Fact

TOTAL = mark("TOTAL")
AREA = mark("Area: {area} m²")
AREAS = mark("Number of areas: {n}")
NUMBER = mark("Number: {number}")
MARKED = mark("Marked: {answer}")
FENCED = mark("Fenced: {answer}")
LAID_BY = mark("Origin: {laid_by}")
WHOLE_COUNTRY = mark("Whole country, published as one row")
COUNTED_STATES = ("counted", "estimated")


def open_accounts(source: Source, area_class: AreaClass) -> list[Account]:
    """Areas of a class that still hold something at the end, by place and number."""
    found = [
        account
        for account in source.land.accounts
        if account[2] == area_class and source.land.balance(account).closing
    ]
    return sorted(found, key=lambda account: _order(source, account))


def _order(source: Source, account: Account) -> tuple[tuple[str, ...], str]:
    area = source.by_id("hazardous_area").get(account[0] or "")
    unit = area["admin_unit_id"] if area else account[1]
    return tuple(source.places(unit)), area["local_id"] if area else ""


def areas(source: Source, area_class: AreaClass, subject: str, table: str) -> TableData:
    """One part of Form C: known (confirmed) or suspected areas."""
    lying = contamination(source)
    rows = []
    for account in open_accounts(source, area_class):
        key = account_key(source, account)
        area = source.by_id("hazardous_area").get(account[0] or "")
        size = source.land.closing(account, f"{table}/{key}/area")
        number = _number_of_areas(area, f"{table}/{key}/areas")
        cells: dict[str, Cell] = {
            "location": _location(source, area, account),
            "area": size,
            "areas": number,
            "supplementary": _supplementary(source, area, size, number),
        }
        cells |= contents(source, area, lying, f"{table}/{key}/quantity")
        rows.append(TableRow(key, cells))
    state, text = source.empty(subject, known=bool(source.land.accounts))
    units = {"area": Unit.AREA, "areas": Unit.COUNT}
    return TableData(totalled(table, rows, units, ("location", source.say(TOTAL))), state, text)


def _location(source: Source, area: Fact | None, account: Account) -> Cell:
    if area is None:
        places = source.places(account[1])
        return ", ".join(reversed(places)) if places else source.say(WHOLE_COUNTRY)
    if not source.shows(area):
        return State.WITHHELD
    places = list(reversed(source.places(area["admin_unit_id"])))
    where = ", ".join(part for part in (area["place"], *places) if part)
    return listed(
        area["name"] or where or area["local_id"],
        where if area["name"] and where != area["name"] else None,
        sentence(source, NUMBER, number=area["local_id"]),
    )


def _number_of_areas(area: Fact | None, key: str) -> Figure:
    if area is None:
        return without_number(key, State.UNKNOWN, Unit.COUNT)
    return record_figure(key, "hazardous_area", area, "number_of_areas", Unit.COUNT)


def contamination(source: Source) -> dict[str, list[Fact]]:
    """What may be anti-personnel mines, by area."""
    lying: dict[str, list[Fact]] = defaultdict(list)
    for row in source.all("contamination"):
        if row["family"] in POSSIBLY_AP:
            lying[row["hazardous_area_id"]].append(row)
    return lying


def contents(
    source: Source, area: Fact | None, lying: dict[str, list[Fact]], key: str
) -> dict[str, Cell]:
    """Type, quantity and date of emplacement; what nobody knows says so."""
    rows = lying.get(area["id"], []) if area else []
    names = {
        row["ordnance_type_written"]
        or (known["name"] if known else source.label("ordnance_family", row["family"])): None
        for row in rows
        for known in [source.by_id("ordnance_type").get(row["ordnance_type_id"] or "")]
    }
    emplaced: Cell = (area["emplaced"] or area["emplaced_text"]) if area else None
    return {
        "type": listed(*names, by="; ") or State.UNKNOWN,
        "quantity": _quantity(rows, key),
        "emplaced": emplaced or State.UNKNOWN,
    }


def _quantity(rows: list[Fact], key: str) -> Figure:
    known = [
        Contribution("contamination", row["id"], row["quantity"])
        for row in rows
        if row["quantity"] is not None and row["quantity_state"] in (None, *COUNTED_STATES)
    ]
    if not known:
        return without_number(key, State.UNKNOWN, Unit.MINE)
    figure = counted(key, sum(part.amount for part in known), Unit.MINE, Records(lambda: known))
    if len(known) == len(rows):
        return figure
    return Figure(key, figure.value, figure.state, Unit.MINE, figure.evidence, partial=True)


def _supplementary(source: Source, area: Fact | None, size: Figure, number: Figure) -> str:
    in_text = source.state["area_placement"] == "text"
    if area is None:
        return listed(sentence(source, AREA, area=size.value) if in_text else None)
    return listed(
        sentence(source, AREA, area=size.value) if in_text else None,
        sentence(source, AREAS, n=number.value) if in_text else None,
        sentence(source, MARKED, answer=source.label("yes_no_unknown", area["marked"])),
        sentence(source, FENCED, answer=source.label("yes_no_unknown", area["fenced"])),
        sentence(source, LAID_BY, laid_by=area["laid_by"]),
        area["directions"] if source.edition == "internal" else None,
    )
