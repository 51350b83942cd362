"""The outline of a hazardous area, and how a survey team would have recorded it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random

from mineaction_desktop.services.demo.book import Book
from mineaction_desktop.services.demo.geometry import (
    XY,
    Degrees,
    LocalPlane,
    bearing_and_distance,
    ground_area,
    plane_area,
)

_LANDMARKS = (
    "Junction of the district road and the farm track",
    "Concrete culvert under the road",
    "Stone bridge, northern end",
    "Water tower, south-west leg",
    "School gate",
    "Power pylon with number plate",
    "Wayside shrine",
    "Corner of the sheep pen",
    "Chimney of the old brickworks",
)


@dataclass(frozen=True, slots=True)
class Outline:
    """The corners of an area with the reference point and benchmark that lead to it."""

    reference: Degrees
    benchmark: Degrees
    ring: tuple[Degrees, ...]

    @property
    def computed_m2(self) -> int:
        """The area inside the corners, on the ground."""
        return round(ground_area(self.ring))


def draw(chance: Random, centre: Degrees, area_m2: int) -> Outline:
    """Invent an outline around a place whose area is the reported one, give or take a little."""
    plane = LocalPlane(*centre)
    corners = chance.randint(5, 9)
    stretch, turn = chance.uniform(1.0, 1.8), chance.uniform(0, math.pi)
    ring: list[XY] = []
    for i in range(corners):
        angle = -2 * math.pi * (i + chance.uniform(-0.25, 0.25)) / corners
        reach = chance.uniform(0.8, 1.2)
        along, across = reach * stretch * math.cos(angle), reach * math.sin(angle) / stretch
        ring.append(
            (
                along * math.cos(turn) - across * math.sin(turn),
                along * math.sin(turn) + across * math.cos(turn),
            )
        )
    scale = math.sqrt(area_m2 * chance.uniform(0.988, 1.012) / plane_area(ring))
    ring = [(x * scale, y * scale) for x, y in ring]
    start = ring[0]
    length = math.hypot(*start)
    away = (start[0] / length, start[1] / length)
    near = chance.uniform(6, 25)
    far = near + chance.uniform(40, 260)
    side = chance.uniform(-30, 30)
    benchmark = (start[0] + away[0] * near, start[1] + away[1] * near)
    reference = (
        start[0] + away[0] * far - away[1] * side,
        start[1] + away[1] * far + away[0] * side,
    )
    return Outline(
        plane.degrees(reference),
        plane.degrees(benchmark),
        tuple(plane.degrees(point) for point in ring),
    )


def add_points(book: Book, chance: Random, area_id: str, outline: Outline) -> None:
    """Write reference point, benchmark and turning points in drawing order."""
    named = [
        ("reference_point", "RP", None, outline.reference, chance.choice(_LANDMARKS)),
        ("benchmark", "BM", None, outline.benchmark, "Red concrete post, 0.5 m"),
        ("start_point", "TP1", 1, outline.ring[0], "Start point, buried metal tag"),
    ]
    named += [
        ("turning_point", f"TP{number}", 1, place, "Painted stake with buried metal tag")
        for number, place in enumerate(outline.ring[1:], start=2)
    ]
    plane = LocalPlane(*outline.benchmark)
    before: tuple[str, Degrees] | None = None
    for position, (kind, name, ring, place, text) in enumerate(named, start=1):
        leg = (
            None
            if before is None
            else bearing_and_distance(plane.metres(before[1]), plane.metres(place))
        )
        book.add(
            "area_point",
            hazardous_area_id=area_id,
            ring=ring,
            position=position,
            point_kind=kind,
            point_name=name,
            latitude=place[0],
            longitude=place[1],
            position_text=f"{place[0]:.6f}, {place[1]:.6f}",
            position_format="dd",
            bearing_degrees=leg[0] if leg else None,
            north_reference="true" if leg else None,
            distance_m=leg[1] if leg else None,
            from_point=before[0] if before else None,
            fixed_by="gps" if kind == "reference_point" else "dgps",
            accuracy_m=3.0 if kind == "reference_point" else 0.1,
            description=text,
        )
        before = (name, place)
