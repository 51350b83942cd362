"""Tolmara: an island that does not exist, with provinces and districts, in an empty ocean.

It lies in the South Pacific near 50° S 128° W, where there is no land within two
thousand kilometres. Its shape is the same for every seed, so that a map of it can be learnt.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

from mineaction_desktop.services.demo.book import Book, rounded
from mineaction_desktop.services.demo.geometry import (
    XY,
    Degrees,
    cells,
    dense,
    distance_to_ring,
    inside,
    plane_area,
)

NAME = "Tolmara"
ISO3 = "XTL"
PCODE = "XT"
CENTRE: Degrees = (-50.0, -128.0)
KM_PER_DEGREE_NORTH = 111.2
KM_PER_DEGREE_EAST = KM_PER_DEGREE_NORTH * math.cos(math.radians(CENTRE[0]))
BORDER_STEP_KM = 4.0

# Name of the province, its middle in kilometres east and north of the centre, and its districts.
_PROVINCES: tuple[tuple[str, XY, tuple[tuple[str, XY], ...]], ...] = (
    (
        "Dalmeri",
        (-62, 52),
        (
            ("Asterlo", (-92, 40)),
            ("Halosk", (-70, 74)),
            ("Jalmeno", (-38, 58)),
            ("Orsumal", (-56, 30)),
        ),
    ),
    (
        "Hestara",
        (24, 62),
        (("Balinoor", (-2, 70)), ("Kurosel", (30, 86)), ("Lethano", (28, 44))),
    ),
    (
        "Kolmandar",
        (88, 30),
        (
            ("Dremasa", (70, 58)),
            ("Ferundi", (104, 46)),
            ("Ismorel", (112, 8)),
            ("Tirshana", (72, 18)),
        ),
    ),
    (
        "Bernosh",
        (-70, -32),
        (
            ("Marteshi", (-104, -10)),
            ("Nolbera", (-66, -14)),
            ("Sablone", (-92, -46)),
            ("Umderas", (-48, -42)),
            ("Zenkolo", (-66, -70)),
        ),
    ),
    (
        "Nerushan",
        (2, -14),
        (
            ("Elkorad", (-20, 4)),
            ("Rendoba", (18, 8)),
            ("Kemalid", (-8, -36)),
            ("Haldero", (26, -24)),
        ),
    ),
    (
        "Sulmane",
        (50, -64),
        (
            ("Ostembal", (20, -70)),
            ("Tarlisen", (52, -44)),
            ("Melkuro", (84, -40)),
            ("Sindrahal", (58, -84)),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A province or a district with its border, in kilometres from the centre of the country."""

    name: str
    code: str
    level: int
    border: tuple[XY, ...]
    middle: XY
    parent: str | None = None

    @property
    def area_km2(self) -> int:
        """Land inside the border."""
        return round(plane_area(self.border))

    def holds(self, point: XY, margin_km: float) -> bool:
        """Whether a point lies inside and at least so far from the border."""
        return inside(self.border, point) and distance_to_ring(self.border, point) > margin_km


def degrees(point: XY) -> Degrees:
    """Latitude and longitude of a point given in kilometres from the centre."""
    return (
        round(CENTRE[0] + point[1] / KM_PER_DEGREE_NORTH, 6),
        round(CENTRE[1] + point[0] / KM_PER_DEGREE_EAST, 6),
    )


def _coast() -> list[XY]:
    """The coast before it is bent: a wavy oval."""
    ring = []
    for i in range(90):
        turn = 2 * math.pi * i / 90
        reach = 1 + 0.07 * math.sin(3 * turn + 0.6) + 0.05 * math.sin(5 * turn + 2.1)
        reach += 0.02 * math.sin(11 * turn)
        ring.append((128 * reach * math.cos(turn), 104 * reach * math.sin(turn)))
    return ring


def _bent(ring: list[XY]) -> tuple[XY, ...]:
    """Bend straight borders into the kind that rivers and ridges make; neighbours stay in touch."""
    return tuple(
        (
            x + 3.0 * math.sin(y / 16 + 0.5) + 1.2 * math.sin(y / 6.5 + 2.0),
            y + 3.0 * math.sin(x / 18 + 1.0) + 1.2 * math.sin(x / 7.0),
        )
        for x, y in dense(ring, BORDER_STEP_KM)
    )


@cache
def provinces() -> tuple[Unit, ...]:
    """The six provinces."""
    rings = cells(_coast(), [middle for _, middle, _ in _PROVINCES])
    return tuple(
        Unit(name, f"{PCODE}{number:02d}", 1, _bent(ring), _bent([middle])[0])
        for number, ((name, middle, _), ring) in enumerate(
            zip(_PROVINCES, rings, strict=True), start=1
        )
    )


@cache
def districts() -> tuple[Unit, ...]:
    """The districts, province by province."""
    found: list[Unit] = []
    rings = cells(_coast(), [middle for _, middle, _ in _PROVINCES])
    for province, (_, _, parts), ring in zip(provinces(), _PROVINCES, rings, strict=True):
        part_rings = cells(ring, [middle for _, middle in parts])
        for number, ((name, middle), part) in enumerate(
            zip(parts, part_rings, strict=True), start=1
        ):
            code = f"{province.code}{number:02d}"
            found.append(Unit(name, code, 2, _bent(part), _bent([middle])[0], province.code))
    return tuple(found)


def feature_collection() -> dict[str, object]:
    """Provinces and districts as GeoJSON, for a sketch map."""
    return {
        "type": "FeatureCollection",
        "name": NAME,
        "features": [
            {
                "type": "Feature",
                "properties": {
                    "name": unit.name,
                    "code": unit.code,
                    "level": unit.level,
                    "parent": unit.parent,
                },
                "geometry": {
                    "type": "Polygon",
                    "coordinates": [
                        [
                            [longitude, latitude]
                            for latitude, longitude in map(degrees, (*unit.border, unit.border[0]))
                        ]
                    ],
                },
            }
            for unit in (*provinces(), *districts())
        ],
    }


def add_units(book: Book) -> dict[str, str]:
    """Write the provinces and districts; return their ids by code."""
    chance = book.chance("population")
    people = {
        unit.code: rounded(unit.area_km2 * chance.uniform(22, 68), 100) for unit in districts()
    }
    ids: dict[str, str] = {}
    for unit in (*provinces(), *districts()):
        latitude, longitude = degrees(unit.middle)
        parts = [other for other in districts() if other.parent == unit.code] or [unit]
        ids[unit.code] = book.add(
            "admin_unit",
            name=unit.name,
            code=unit.code,
            level=unit.level,
            parent_id=ids[unit.parent] if unit.parent else None,
            area_km2=sum(part.area_km2 for part in parts),
            population=sum(people[part.code] for part in parts),
            latitude=latitude,
            longitude=longitude,
            source="National gazetteer, edition of 2019",
        )
    return ids
