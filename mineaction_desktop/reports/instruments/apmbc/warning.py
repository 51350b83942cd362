"""Form I: warning the population, by marking and by risk education."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from mineaction_desktop.i18n import mark
from mineaction_desktop.reports.document import Cell
from mineaction_desktop.reports.figures import Figure, Unit, total
from mineaction_desktop.reports.instruments.apmbc.common import listed, records_figure
from mineaction_desktop.reports.source import Source
from mineaction_desktop.reports.tables import TableData, TableRow, totalled
from mineaction_desktop.storage.queries import Fact

TOTAL = mark("TOTAL")
NO_PLACE = mark("Place not recorded")
MEDIA = mark("Estimated audience of media: {n}")

PERSONS = ("women", "girls", "men", "boys", "unknown")


def province(source: Source, row: Fact) -> str:
    """The largest administrative unit a record lies in."""
    unit = row["admin_unit_id"]
    if unit is None and (area := source.by_id("hazardous_area").get(row["hazardous_area_id"])):
        unit = area["admin_unit_id"]
    places = source.places(unit)
    return places[0] if places else source.say(NO_PLACE)


def persons(key: str, kind: str, rows: Iterable[Fact]) -> dict[str, Cell]:
    """Women, girls, men, boys and unknown, each as a figure, and their sum."""
    kept = list(rows)
    figures: dict[str, Figure] = {}
    for name in PERSONS:
        parts = [(row["id"], row[name]) for row in kept if row[name]]
        figures[name] = records_figure(f"{key}/{name}", kind, parts, Unit.PERSON)
    cells: dict[str, Cell] = dict(figures)
    cells["total"] = total(f"{key}/total", figures.values(), Unit.PERSON)
    return cells


def _grouped(source: Source, rows: Iterable[Fact]) -> dict[str, list[Fact]]:
    groups: dict[str, list[Fact]] = defaultdict(list)
    for row in rows:
        groups[province(source, row)].append(row)
    return dict(sorted(groups.items()))


def marking(source: Source) -> TableData:
    """Signs and fences set in the period, by province."""
    rows = []
    events = [row for row in source.within("marking_event") if row["kind"] != "removed"]
    for name, found in _grouped(source, events).items():
        key = f"marking/{name}"
        areas = {row["hazardous_area_id"]: row["id"] for row in found if row["hazardous_area_id"]}
        kinds = {row["kind"]: None for row in found}
        cells: dict[str, Cell] = {
            "place": name,
            "measures": listed(*source.labels("marking_event_kind", list(kinds)), by="; "),
            "areas": records_figure(
                f"{key}/areas",
                "marking_event",
                [(event, 1) for event in areas.values()],
                Unit.COUNT,
            ),
        }
        for column, unit in (("length_m", Unit.METRE), ("signs", Unit.ITEM)):
            parts = [(row["id"], row[column]) for row in found if row[column]]
            cells[column] = records_figure(f"{key}/{column}", "marking_event", parts, unit)
        rows.append(TableRow(name, cells))
    state, text = source.empty("warning", known=bool(source.all("marking_event", ())))
    units = {"areas": Unit.COUNT, "length_m": Unit.METRE, "signs": Unit.ITEM}
    return TableData(totalled("marking", rows, units, ("place", source.say(TOTAL))), state, text)


def education(source: Source) -> TableData:
    """Persons reached in person in the period, by province and approach; media stand apart."""
    sessions = source.within("eore_session")
    rows: list[TableRow] = []
    for name, found in _grouped(source, sessions).items():
        approaches: dict[str, list[Fact]] = defaultdict(list)
        for row in found:
            approaches[row["approach"]].append(row)
        for approach, group in sorted(approaches.items()):
            key = f"education/{name}/{approach}"
            audience = sum(row["estimated_audience"] or 0 for row in group)
            held = [(row["id"], row["sessions"] or 1) for row in group]
            cells: dict[str, Cell] = {
                "place": name,
                "activity": source.label("eore_approach", approach),
                "sessions": records_figure(f"{key}/sessions", "eore_session", held, Unit.COUNT),
                "supplementary": source.say(MEDIA, n=audience) if audience else None,
            }
            rows.append(TableRow(key, cells | persons(key, "eore_session", group)))
    state, text = source.empty("warning", known=bool(source.all("eore_session", ())))
    units = dict.fromkeys((*PERSONS, "total"), Unit.PERSON) | {"sessions": Unit.COUNT}
    return TableData(totalled("education", rows, units, ("place", source.say(TOTAL))), state, text)
