"""Plane and ellipsoid: just enough to invent a country and to measure minefields in it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

XY = tuple[float, float]
Degrees = tuple[float, float]
"""Latitude and longitude."""

WGS84_A = 6_378_137.0
WGS84_E2 = 0.00669437999014


@dataclass(frozen=True, slots=True)
class LocalPlane:
    """Metres east and north of a place; exact to a few parts in a million within a kilometre."""

    latitude: float
    longitude: float

    def _metres_per_degree(self) -> tuple[float, float]:
        sine = math.sin(math.radians(self.latitude))
        root = math.sqrt(1 - WGS84_E2 * sine * sine)
        meridian = WGS84_A * (1 - WGS84_E2) / root**3
        prime = WGS84_A / root
        cosine = math.cos(math.radians(self.latitude))
        return math.radians(meridian), math.radians(prime * cosine)

    def degrees(self, point: XY) -> Degrees:
        """Latitude and longitude of a point, to the six decimals that a report gives."""
        north, east = self._metres_per_degree()
        return (
            round(self.latitude + point[1] / north, 6),
            round(self.longitude + point[0] / east, 6),
        )

    def metres(self, place: Degrees) -> XY:
        """The point of the plane at a latitude and longitude."""
        north, east = self._metres_per_degree()
        return (place[1] - self.longitude) * east, (place[0] - self.latitude) * north


def plane_area(ring: Sequence[XY]) -> float:
    """Area inside a ring of points, in the square of their unit."""
    return abs(
        sum(
            ax * by - bx * ay for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True)
        )
        / 2
    )


def ground_area(ring: Sequence[Degrees]) -> float:
    """Square metres inside a small ring of latitudes and longitudes."""
    middle = (
        sum(place[0] for place in ring) / len(ring),
        sum(place[1] for place in ring) / len(ring),
    )
    plane = LocalPlane(*middle)
    return plane_area([plane.metres(place) for place in ring])


def bearing_and_distance(start: XY, end: XY) -> tuple[float, float]:
    """Degrees from true north and metres from one point of a local plane to another."""
    east, north = end[0] - start[0], end[1] - start[1]
    return round(math.degrees(math.atan2(east, north)) % 360, 1), round(math.hypot(east, north), 1)


def nearer(ring: Sequence[XY], here: XY, other: XY) -> list[XY]:
    """The part of a ring that lies nearer to ``here`` than to ``other`` (one step of a Voronoi)."""
    half_x, half_y = (here[0] + other[0]) / 2, (here[1] + other[1]) / 2
    away_x, away_y = other[0] - here[0], other[1] - here[1]

    def beyond(point: XY) -> float:
        return (point[0] - half_x) * away_x + (point[1] - half_y) * away_y

    kept: list[XY] = []
    for point, following in zip(ring, [*ring[1:], ring[0]], strict=True):
        now, then = beyond(point), beyond(following)
        if now <= 0:
            kept.append(point)
        if (now <= 0) != (then <= 0):
            share = now / (now - then)
            kept.append(
                (
                    point[0] + share * (following[0] - point[0]),
                    point[1] + share * (following[1] - point[1]),
                )
            )
    return kept


def cells(ring: Sequence[XY], sites: Sequence[XY]) -> list[list[XY]]:
    """Cut a ring into one cell for each site: every point belongs to the site nearest to it."""
    found = []
    for site in sites:
        cell = list(ring)
        for other in sites:
            if other != site:
                cell = nearer(cell, site, other)
        found.append(cell)
    return found


def dense(ring: Sequence[XY], step: float) -> list[XY]:
    """The same ring with points at most ``step`` apart, so that bending it stays smooth."""
    found: list[XY] = []
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        parts = max(1, math.ceil(math.hypot(bx - ax, by - ay) / step))
        found += [(ax + (bx - ax) * i / parts, ay + (by - ay) * i / parts) for i in range(parts)]
    return found


def inside(ring: Sequence[XY], point: XY) -> bool:
    """Whether a point lies inside a ring."""
    x, y = point
    within = False
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            within = not within
    return within


def distance_to_ring(ring: Sequence[XY], point: XY) -> float:
    """How far a point is from the nearest corner or side of a ring."""
    x, y = point
    best = math.inf
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        dx, dy = bx - ax, by - ay
        length = dx * dx + dy * dy
        along = 0.0 if length == 0 else max(0.0, min(1.0, ((x - ax) * dx + (y - ay) * dy) / length))
        best = min(best, math.hypot(x - ax - along * dx, y - ay - along * dy))
    return best
