"""Plane geometry on perimeters: simple, exact enough for fields, and never quadratic for long.

A ring is a list of corners as latitude and longitude. Over the width of a hazardous area degrees
can be taken for a plane; only distances are worked out on the globe.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

Corner = tuple[float, float]
Ring = Sequence[Corner]
Bounds = tuple[float, float, float, float]
"""West, east, south and north."""

EARTH_RADIUS_M = 6_371_009


def distance_m(one: Corner, other: Corner) -> float:
    """Metres between two positions along the globe (haversine)."""
    south, north = math.radians(one[0]), math.radians(other[0])
    across = math.radians(other[1] - one[1])
    half = (
        math.sin((north - south) / 2) ** 2
        + math.cos(south) * math.cos(north) * math.sin(across / 2) ** 2
    )
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(half)))


def opened(ring: Ring) -> list[Corner]:
    """A ring without its last corner where that only repeats the first one to close it."""
    corners = list(ring)
    return corners[:-1] if len(corners) > 1 and corners[0] == corners[-1] else corners


def bounds(ring: Ring) -> Bounds:
    """The smallest box around a ring."""
    latitudes, longitudes = zip(*ring, strict=True)
    return min(longitudes), max(longitudes), min(latitudes), max(latitudes)


def area(ring: Ring) -> float:
    """The area inside a ring, in square degrees."""
    return abs(sum((b[1] - a[1]) * (a[0] + b[0]) / 2 for a, b in _sides(ring)))


def crosses_itself(ring: Ring) -> bool:
    """Whether two sides that are not neighbours meet."""
    sides = list(_sides(ring))
    boxes = [bounds(side) for side in sides]
    last = len(sides) - 1
    return any(
        abs(one - other) not in (1, last) and _meet(sides[one], sides[other])
        for one, other in overlapping(boxes)
    )


def shared_part(one: Ring, other: Ring) -> float:
    """How much of the smaller ring lies inside the other, from 0 to 1."""
    smaller = min(area(one), area(other))
    return _shared_area(one, other) / smaller if smaller else 0.0


def overlapping(boxes: Sequence[Bounds]) -> Iterator[tuple[int, int]]:
    """The pairs of boxes that meet, found in one sweep from west to east."""
    active: list[int] = []
    for here in sorted(range(len(boxes)), key=lambda index: boxes[index][0]):
        west, _, south, north = boxes[here]
        active = [index for index in active if boxes[index][1] >= west]
        for index in active:
            if boxes[index][2] <= north and boxes[index][3] >= south:
                yield min(index, here), max(index, here)
        active.append(here)


def _sides(ring: Ring) -> Iterator[tuple[Corner, Corner]]:
    return zip(ring, [*ring[1:], ring[0]], strict=True)


def _turn(a: Corner, b: Corner, c: Corner) -> int:
    """1 if the way from a over b to c turns left, -1 if right, 0 if it is straight."""
    cross = (b[1] - a[1]) * (c[0] - a[0]) - (b[0] - a[0]) * (c[1] - a[1])
    return (cross > 0) - (cross < 0)


def _meet(one: tuple[Corner, Corner], other: tuple[Corner, Corner]) -> bool:
    """Whether two sides whose boxes overlap have a point in common."""
    (a, b), (c, d) = one, other
    return _turn(a, b, c) * _turn(a, b, d) <= 0 and _turn(c, d, a) * _turn(c, d, b) <= 0


def _shared_area(one: Ring, other: Ring) -> float:
    """The area that two rings have in common, in square degrees.

    A ring is the sum of the strips under its sides down to a common base, each counted forwards or
    backwards as the side runs. So what two rings share is the sum over what two strips share.
    """
    base = min(corner[0] for corner in (*one, *other))
    lower = [_strip(a, b, base) for a, b in _sides(one) if a[1] != b[1]]
    upper = [_strip(a, b, base) for a, b in _sides(other) if a[1] != b[1]]
    shared = 0.0
    for west, east, sign, height in lower:
        for other_west, other_east, other_sign, other_height in upper:
            start, end = max(west, other_west), min(east, other_east)
            if start < end:
                shared += sign * other_sign * _under_both(height, other_height, start, end)
    return abs(shared)


Height = Callable[[float], float]


def _strip(a: Corner, b: Corner, base: float) -> tuple[float, float, int, Height]:
    """Where the strip under a side begins and ends, the way it runs, and its height at a place."""
    slope = (b[0] - a[0]) / (b[1] - a[1])
    sign = 1 if a[1] < b[1] else -1
    west, east = min(a[1], b[1]), max(a[1], b[1])
    return west, east, sign, lambda x: a[0] - base + slope * (x - a[1])


def _under_both(one: Height, other: Height, start: float, end: float) -> float:
    """The area under the lower of two straight lines between two places."""
    first, last = one(start) - other(start), one(end) - other(end)
    cuts = [start, end]
    if first * last < 0:
        cuts.insert(1, start + (end - start) * first / (first - last))
    lows = [min(one(x), other(x)) for x in cuts]
    return sum(
        (east - west) * (low + next_low) / 2
        for west, east, low, next_low in zip(cuts, cuts[1:], lows, lows[1:], strict=False)
    )
