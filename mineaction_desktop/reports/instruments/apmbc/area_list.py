"""The full list of areas that an annex prints: one row for each that is not yet released."""

from __future__ import annotations

from mineaction_desktop.domain.states import State
from mineaction_desktop.domain.vocabulary import AreaClass
from mineaction_desktop.i18n import mark
from mineaction_desktop.reports.document import Cell
from mineaction_desktop.reports.figures import Unit
from mineaction_desktop.reports.instruments.apmbc.common import account_key, listed
from mineaction_desktop.reports.instruments.apmbc.land import (
    contamination,
    contents,
    open_accounts,
)
from mineaction_desktop.reports.source import Source
from mineaction_desktop.reports.tables import TableData, TableRow, totalled

TOTAL = mark("TOTAL")


def area_list(source: Source) -> TableData:
    """Every area with a balance at the end of the period, confirmed and suspected."""
    lying = contamination(source)
    rows = []
    accounts = [
        account
        for area_class in (AreaClass.CHA, AreaClass.SHA)
        for account in open_accounts(source, area_class)
    ]
    for account in accounts:
        area = source.by_id("hazardous_area").get(account[0] or "")
        shown = area is not None and source.shows(area)
        places = source.places(area["admin_unit_id"] if area else account[1])
        key = f"area_list/{account_key(source, account)}"
        cells: dict[str, Cell] = {
            "number": area["local_id"] if area else None,
            "province": places[0] if places else State.UNKNOWN,
            "district": places[1] if len(places) > 1 else None,
            "place": _place(area["name"], area["place"]) if area and shown else State.WITHHELD,
            "class": source.label("area_class", account[2]),
            "area": source.land.closing(account, f"{key}/area"),
            "marked": _said(source, "yes_no_unknown", area["marked"] if area else None),
            "priority": _said(source, "priority", area["priority"] if area else None),
            "status": _said(source, "area_status", area["status"] if area else None),
        }
        cells |= contents(source, area, lying, f"{key}/quantity")
        rows.append(TableRow(key, cells))
    state, text = source.empty("mined_areas_known", known=bool(source.land.accounts))
    label = ("number", source.say(TOTAL))
    return TableData(totalled("area_list", rows, {"area": Unit.AREA}, label), state, text)


def _place(name: str | None, place: str | None) -> Cell:
    return listed(name, place) or State.UNKNOWN


def _said(source: Source, list_name: str, code: str | None) -> Cell:
    return source.label(list_name, code) or State.UNKNOWN
