"""Where hazardous areas lie and what the ground there is like."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from random import Random

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.services.demo import country
from mineaction_desktop.services.demo.book import Row
from mineaction_desktop.services.demo.geometry import XY, bearing_and_distance

SQUARE_KM = 4
CLEAR_OF_BORDER_KM = 0.5
NEAR_KM = 1.5

# What the place is, the land use before, what it blocks, and how many people it concerns.
_FEATURES: tuple[tuple[str, str, tuple[str, ...], int], ...] = (
    ("ridge line", "pasture", ("pasture",), 60),
    ("river meadow", "crops", ("agriculture", "water"), 180),
    ("quarry track", "commercial", ("infrastructure", "roads"), 90),
    ("ferry landing", "infrastructure", ("roads", "infrastructure"), 350),
    ("pylon row", "infrastructure", ("infrastructure",), 400),
    ("hill post", "military", ("pasture",), 40),
    ("north field", "crops", ("agriculture",), 140),
    ("forest edge", "forest", ("non_agricultural_land",), 75),
    ("reservoir bank", "water", ("water",), 520),
    ("school hill", "community", ("community_facilities",), 310),
    ("old barracks", "military", ("housing",), 120),
    ("bridge approach", "road", ("roads",), 640),
    ("orchard terrace", "crops", ("agriculture",), 110),
    ("pass road", "road", ("roads",), 230),
    ("airstrip fence", "infrastructure", ("infrastructure",), 150),
    ("salt pan", "unused", ("non_agricultural_land",), 55),
    ("sheepfold", "pasture", ("pasture",), 45),
    ("south trench", "crops", ("agriculture",), 85),
    ("mill stream", "water", ("water", "agriculture"), 160),
    ("lookout", "unused", ("non_agricultural_land",), 35),
)

_MODELS = ("PMN", "PMN", "PMN-2", "PMN-2", "PMD-6", "POMZ-2M", "TB-4")

_DIRECTIONS = (
    "north",
    "north-east",
    "east",
    "south-east",
    "south",
    "south-west",
    "west",
    "north-west",
)


@dataclass(frozen=True, slots=True)
class Setting:
    """A stretch of ground with its mines; the parts of a divided area share one."""

    unit: country.Unit
    middle: XY
    name: str
    people: int
    mines_per_ha: float
    families: tuple[str, ...]
    model: str
    looks: Row


def drawn(chance: Random, unit: country.Unit, middle: XY) -> Setting:
    """Invent the ground around a point of a district."""
    feature, land_use, blockage, people = chance.choice(_FEATURES)
    laid = chance.randint(1987, 1996)
    return Setting(
        unit,
        middle,
        name=f"{unit.name} {feature}",
        people=people,
        mines_per_ha=min(70.0, max(2.0, chance.lognormvariate(math.log(14), 0.7))),
        families=_families(chance),
        model=chance.choice(_MODELS),
        looks={
            "emplaced": PartialDate.parse(f"{laid}/{min(1998, laid + chance.randint(1, 4))}"),
            "laid_by": "Parties to the conflict of 1987 to 1998",
            "priority": chance.choices(("high", "medium", "low"), (3, 5, 3))[0],
            "land_use_before": land_use,
            "blockage": list(blockage),
            "landowner": chance.choice(("private", "community", "state")),
            "terrain": chance.choice(("plain", "hills", "mountains", "river_valley")),
            "slope": chance.choice(("flat", "gentle", "gentle", "steep")),
            "vegetation": chance.choice(("none", "light", "medium", "dense")),
            "metal_level": chance.choice(("low", "medium", "high")),
        },
    )


def _families(chance: Random) -> tuple[str, ...]:
    """Families of ordnance in an area: almost always factory-made anti-personnel mines."""
    draw_ = chance.random()
    if draw_ < 0.04:
        return ("APM_IMP",)
    if draw_ < 0.12:
        return ("APM", "AVM")
    return ("APM", "UXO_OTHER") if draw_ < 0.2 else ("APM",)


def from_the_seat(unit: country.Unit, point: XY) -> str:
    """Where a point lies, as people there would say it; the seat is in the middle of a district."""
    bearing, distance = bearing_and_distance(unit.middle, point)
    direction = _DIRECTIONS[round(bearing / 45) % 8]
    return f"{max(1, round(distance))} km {direction} of the district seat of {unit.name}"


class Room:
    """Finds room for areas inside their district, clear of borders and of each other."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._taken: dict[tuple[int, int], list[tuple[XY, float]]] = defaultdict(list)

    def find(self, unit: country.Unit, area_m2: int, near: XY | None = None) -> XY:
        """A point, in kilometres, around which an area of this size fits."""
        reach = 1.7 * math.sqrt(area_m2) / 1000
        xs, ys = [x for x, _ in unit.border], [y for _, y in unit.border]
        around = NEAR_KM
        while True:
            if near is None:
                point = (
                    self._chance.uniform(min(xs), max(xs)),
                    self._chance.uniform(min(ys), max(ys)),
                )
            else:
                point = (
                    near[0] + self._chance.uniform(-around, around),
                    near[1] + self._chance.uniform(-around, around),
                )
                around += 0.02
            if unit.holds(point, reach + CLEAR_OF_BORDER_KM) and not self._is_taken(point, reach):
                self._taken[_square(point)].append((point, reach))
                return point

    def _is_taken(self, point: XY, reach: float) -> bool:
        column, row = _square(point)
        return any(
            math.dist(point, other) < reach + other_reach
            for x in (column - 1, column, column + 1)
            for y in (row - 1, row, row + 1)
            for other, other_reach in self._taken.get((x, y), ())
        )


def _square(point: XY) -> tuple[int, int]:
    return int(point[0] // SQUARE_KM), int(point[1] // SQUARE_KM)
