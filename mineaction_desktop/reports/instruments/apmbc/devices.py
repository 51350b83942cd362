"""Form G part 2 and the technical characteristics of Form H."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from mineaction_desktop.domain.states import State
from mineaction_desktop.domain.vocabulary import AP_FAMILIES, StockPool
from mineaction_desktop.i18n import mark
from mineaction_desktop.reports.document import Cell
from mineaction_desktop.reports.figures import Contribution, Figure, Records, Unit, counted
from mineaction_desktop.reports.instruments.apmbc.common import (
    listed,
    sentence,
    type_name,
    written_names,
)
from mineaction_desktop.reports.source import Source
from mineaction_desktop.reports.tables import TableData, TableRow, totalled
from mineaction_desktop.storage.devices import DestroyedDevices
from mineaction_desktop.storage.queries import Fact

TOTAL = mark("TOTAL")
NOT_IDENTIFIED = mark("{family}, type not identified")
CONTEXT = mark("{context}: {n}")
SIZE = mark("{length} × {width} × {height} mm")
ROUND = mark("diameter {diameter} mm, height {height} mm")
DIAMETER = mark("diameter {diameter} mm")
MASS = mark("mass {mass} g")
FORCE = mark("Operating force: {force}")
MADE_IN = mark("Country of origin: {country}")
METAL = mark("{metal} metal content")
PHOTO_ATTACHED = mark("Yes")
NO_PHOTO = mark("No")
ALSO = mark("Also known as: {names}")

CONTEXTS = {
    "clearance": mark("Clearance"),
    "survey": mark("Technical survey"),
    "spot": mark("EOD spot tasks"),
    "other": mark("Other finds"),
}


def _context(kind: str | None) -> str:
    match kind:
        case "technical_survey":
            return "survey"
        case "eod_spot_task":
            return "spot"
        case str() if kind.startswith("clearance"):
            return "clearance"
        case _:
            return "other"


def mines_destroyed(source: Source) -> TableData:
    """Form G part 2: anti-personnel mines destroyed in mined areas, by type."""
    groups: dict[tuple[str | None, str], list[DestroyedDevices]] = defaultdict(list)
    for part in source.mines_destroyed:
        groups[part.ordnance_type_id, part.family].append(part)
    written = written_names(source, "device_found")
    rows = []
    for (type_id, family), parts in groups.items():
        known = source.by_id("ordnance_type").get(type_id or "")
        key = f"{known['local_id'] if known else 'unknown'}/{family}"
        label = source.label("ordnance_family", family)
        within = [part for part in parts if part.within]
        cells: dict[str, Cell] = {
            "type": type_name(source, type_id, written)
            if known
            else source.say(NOT_IDENTIFIED, family=label),
            "period": _sum(source, f"mines_destroyed/{key}/period", within),
            "since": _sum(source, f"mines_destroyed/{key}/since", parts),
            "supplementary": _contexts(source, within),
        }
        rows.append(TableRow(key, cells))
    rows.sort(key=lambda row: str(row.cells["type"]))
    state, text = source.empty("mines_destroyed", known=bool(source.land.accounts))
    units = {"period": Unit.MINE, "since": Unit.MINE}
    label_cell = ("type", source.say(TOTAL))
    return TableData(totalled("mines_destroyed", rows, units, label_cell), state, text)


def _sum(source: Source, key: str, parts: Sequence[DestroyedDevices]) -> Figure:
    """The sum of some groups; the records of the same groups are its evidence."""
    groups = {_group(part) for part in parts}

    def records() -> list[Contribution]:
        return [
            Contribution("device_found", record_id, part.destroyed)
            for record_id, part in source.mine_records_destroyed
            if _group(part) in groups
        ]

    return counted(key, sum(part.destroyed for part in parts), Unit.MINE, Records(records))


def _group(part: DestroyedDevices) -> tuple[str | None, str, str | None, bool]:
    return (part.ordnance_type_id, part.family, part.activity_kind, part.within)


def _contexts(source: Source, parts: Sequence[DestroyedDevices]) -> str:
    sums: dict[str, int] = defaultdict(int)
    for part in parts:
        sums[_context(part.activity_kind)] += part.destroyed
    return listed(
        *(
            source.say(CONTEXT, context=source.say(words), n=sums[name])
            for name, words in CONTEXTS.items()
            if sums[name]
        ),
        by="; ",
    )


def _held_types(source: Source) -> set[str]:
    """Types with a stock or a retained holding at the end of the period."""
    held = {
        account[0]
        for account in source.stock.accounts
        if account[1] in tuple(StockPool) and source.stock.balance(account).closing > 0
    }
    held |= {
        account[1]
        for account in source.retained.accounts
        if source.retained.balance(account).closing > 0
    }
    return {type_id for type_id in held if type_id and source.is_anti_personnel(type_id)}


def described_types(source: Source) -> list[Fact]:
    """The types that Form H describes, in either part."""
    held = _held_types(source)
    return [
        row
        for row in source.all("ordnance_type")
        if row["family"] in AP_FAMILIES and (row["produced_here"] or row["id"] in held)
    ]


def technical(source: Source, *, produced: bool) -> TableData:
    """Form H: types ever produced (part 1) or currently owned or possessed (part 2)."""
    held = _held_types(source)
    written = dict(written_names(source, "retained_movement"))
    rows = []
    for row in source.all("ordnance_type"):
        wanted = row["produced_here"] if produced else row["id"] in held
        if wanted and row["family"] in AP_FAMILIES:
            rows.append(TableRow(row["local_id"], _characteristics(source, row, written)))
    if produced and source.declared("produced_types") is None:
        never = source.state["ever_produced"] is False
        empty = State.NOT_APPLICABLE if never else State.NOT_COLLECTED
        return TableData(tuple(rows), empty)
    known = bool(source.retained.accounts or source.stock.accounts)
    state, text = source.empty("produced_types" if produced else "held_types", known=known)
    return TableData(tuple(rows), state, text)


def _characteristics(source: Source, row: Fact, written: dict[str, str]) -> dict[str, Cell]:
    name = written.get(row["id"], row["name"])
    metal = source.label("metal_class", row["metal_class"])
    country = source.label("country", row["origin_country"])
    return {
        "type": name,
        "dimensions": _dimensions(source, row) or State.UNKNOWN,
        "fusing": listed(
            row["fusing"] or listed(*source.labels("activation", row["activation"]), by="; "),
            sentence(source, FORCE, force=row["operating_force"]),
        )
        or State.UNKNOWN,
        "explosive_type": row["explosive_type"] or State.UNKNOWN,
        "explosive_g": _measure(source, row["explosive_g"]) or State.UNKNOWN,
        "metal": listed(sentence(source, METAL, metal=metal), row["metal_text"]) or State.UNKNOWN,
        "photo": source.say(PHOTO_ATTACHED if row["photo_id"] else NO_PHOTO),
        "supplementary": listed(
            sentence(source, ALSO, names=row["name"] if name != row["name"] else None),
            sentence(source, MADE_IN, country=country),
            row["identification"],
        ),
    }


def _measure(source: Source, value: float | None) -> str | None:
    """A measured number; published figures are round and print no decimals nobody measured."""
    if value is None:
        return None
    return source.presenter.number(int(value)) if value == int(value) else f"{value:g}"


def _dimensions(source: Source, row: Fact) -> str:
    sides = {name: _measure(source, row[f"{name}_mm"]) for name in ("length", "width", "height")}
    across = _measure(source, row["diameter_mm"])
    return listed(
        sentence(source, ROUND, diameter=across, height=sides["height"])
        or sentence(source, DIAMETER, diameter=across)
        or sentence(source, SIZE, **sides),
        sentence(source, MASS, mass=_measure(source, row["mass_g"])),
        by="; ",
    )
