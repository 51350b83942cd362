"""Charts and the sketch map: what a reader would rather look at than read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from mineaction_desktop.domain.ledger import Account
from mineaction_desktop.domain.periods import Period
from mineaction_desktop.domain.vocabulary import RELEASED, AreaClass
from mineaction_desktop.i18n import mark
from mineaction_desktop.reports.document import (
    Block,
    Chart,
    ChartKind,
    MapMark,
    Picture,
    Series,
    SketchMap,
)
from mineaction_desktop.reports.instruments.apmbc.devices import described_types
from mineaction_desktop.reports.instruments.apmbc.land import open_accounts
from mineaction_desktop.reports.instruments.apmbc.victims import casualties
from mineaction_desktop.reports.source import Source
from mineaction_desktop.storage import contents
from mineaction_desktop.storage.ledgers import LAND_TABLE, RETAINED_TABLE, flows_by_year

PHOTO = mark("{name}: {title}")
YEARS = 5
RELEASED_TITLE = mark("Land released by year and method")
RELEASED_ALT = mark("Bars of land released in each year from {first} to {last}, by method.")
RETAINED_TITLE = mark("Mines retained at the end of each year")
RETAINED_ALT = mark("A line of mines retained at the end of each year from {first} to {last}.")
RETAINED_NAME = mark("Mines retained")
VICTIMS_TITLE = mark("Casualties by year and group")
VICTIMS_ALT = mark("Bars of casualties in each year from {first} to {last}, by sex and age.")
MAP_TITLE = mark("Areas by district")
MAP_CAPTION = mark(
    "Sketch only: each mark stands at the seat of a district and counts its areas. "
    "Positions and borders shown do not imply any opinion on the legal status of a territory."
)
MAP_ALT = mark("A sketch map with the number of mined areas in each of {n} districts.")
KNOWN, SUSPECTED = mark("Areas known"), mark("Areas suspected")
METHODS: Mapping[str, str] = {
    "cancelled": mark("Cancelled"),
    "reduced": mark("Reduced"),
    "cleared": mark("Cleared"),
}
GROUPS: Mapping[str, str] = {
    "women": mark("Women"),
    "girls": mark("Girls"),
    "men": mark("Men"),
    "boys": mark("Boys"),
    "unknown": mark("Not known"),
}


def drawings(source: Source) -> dict[str, tuple[Block, ...]]:
    """Every drawing that has something to show, by the name the form files use."""
    found = {
        "chart_released": _released(source),
        "chart_retained": _retained(source),
        "chart_victims": _victims(source),
        "map_areas": _map(source),
    }
    drawn: dict[str, tuple[Block, ...]] = {
        name: (block,) for name, block in found.items() if block is not None
    }
    return drawn | {"photographs": photographs(source)}


def photographs(source: Source) -> tuple[Picture, ...]:
    """The photographs of the types that Form H describes, in the order of its rows."""
    attachments = source.by_id("attachment")
    pictures = []
    for row in described_types(source):
        photo = attachments.get(row["photo_id"] or "")
        content = photo and photo["sha256"] and contents.get(source.reader, photo["sha256"])
        if photo and content:
            caption = source.say(PHOTO, name=row["name"], title=photo["title"])
            pictures.append(
                Picture(
                    key=f"photographs/{row['local_id']}",
                    content=content,
                    caption=caption,
                    alt=photo["description"] or caption,
                )
            )
    return tuple(pictures)


def _years(source: Source) -> list[int]:
    last = source.period.last.year
    return list(range(last - YEARS + 1, last + 1))


def _chart(
    source: Source,
    key: str,
    title: str,
    alt: str,
    kind: ChartKind,
    series: Sequence[Series],
    unit: str | None,
) -> Chart | None:
    years = _years(source)
    if not any(value for row in series for value in row.values):
        return None
    return Chart(
        key=key,
        title=source.say(title),
        kind=kind,
        categories=tuple(str(year) for year in years),
        series=tuple(row for row in series if any(row.values)),
        unit=unit,
        alt=source.say(alt, first=str(years[0]), last=str(years[-1])),
    )


def _released(source: Source) -> Chart | None:
    sums: dict[tuple[int, str], int] = defaultdict(int)
    flows = flows_by_year(source.reader, LAND_TABLE, source.period.last, source.counting)
    for year, kind, account, amount in flows:
        if account[0] not in source.without_ap_mines:
            sums[year, kind] += amount
    series = [
        Series(source.say(METHODS[kind]), tuple(sums[year, kind] for year in _years(source)))
        for kind in map(str, RELEASED)
    ]
    kind = ChartKind.STACKED
    return _chart(source, "chart_released", RELEASED_TITLE, RELEASED_ALT, kind, series, "m²")


def _retained(source: Source) -> Chart | None:
    sums: dict[int, int] = defaultdict(int)
    signs = RETAINED_TABLE.rules.signs
    flows = flows_by_year(source.reader, RETAINED_TABLE, source.period.last, source.counting)
    for year, kind, account, amount in flows:
        if source.is_anti_personnel(account[1]):
            sums[year] += signs.get(kind, 0) * amount
    closings = tuple(
        sum(amount for when, amount in sums.items() if when <= year) for year in _years(source)
    )
    series = [Series(source.say(RETAINED_NAME), closings)]
    kind = ChartKind.LINES
    return _chart(source, "chart_retained", RETAINED_TITLE, RETAINED_ALT, kind, series, None)


def _victims(source: Source) -> Chart | None:
    counts: dict[tuple[str, int], int] = defaultdict(int)
    for year in _years(source):
        for _, (_, _, _, group, _, number) in casualties(source, Period.of_year(year)):
            counts[group, year] += number
    series = [
        Series(source.say(words), tuple(counts[group, year] for year in _years(source)))
        for group, words in GROUPS.items()
    ]
    kind = ChartKind.STACKED
    return _chart(source, "chart_victims", VICTIMS_TITLE, VICTIMS_ALT, kind, series, None)


def _map(source: Source) -> SketchMap | None:
    """Areas counted at the seats of their districts: exact positions are nobody's business here."""
    marks = [
        found
        for role, area_class in (("known", AreaClass.CHA), ("suspected", AreaClass.SHA))
        for found in _marks(source, open_accounts(source, area_class), role)
    ]
    if not marks:
        return None
    districts = len({found.name for found in marks})
    return SketchMap(
        key="map_areas",
        title=source.say(MAP_TITLE),
        outlines=(),
        marks=tuple(marks),
        legend=(("known", source.say(KNOWN)), ("suspected", source.say(SUSPECTED))),
        caption=source.say(MAP_CAPTION),
        alt=source.say(MAP_ALT, n=districts),
    )


def _marks(source: Source, accounts: Sequence[Account], role: str) -> list[MapMark]:
    units = source.by_id("admin_unit")
    areas = source.by_id("hazardous_area")
    counts: dict[str, int] = defaultdict(int)
    for account in accounts:
        area = areas.get(account[0] or "")
        unit: str | None = area["admin_unit_id"] if area else account[1]
        if unit is not None and unit in units and units[unit]["latitude"] is not None:
            counts[unit] += (area["number_of_areas"] or 1) if area else 1
    return [
        MapMark(
            units[unit]["name"],
            units[unit]["longitude"],
            units[unit]["latitude"],
            number,
            role,
        )
        for unit, number in sorted(counts.items())
    ]
