"""Checks on perimeters and positions, and on records that stand in the register twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.i18n import mark
from mineaction_desktop.rules import geometry
from mineaction_desktop.rules.common import area_name, finding, open_areas
from mineaction_desktop.rules.model import Case, Finding, Rule
from mineaction_desktop.rules.reading import (
    grouped,
    is_of_period,
    kind_title,
    rows,
    rows_of,
    span_columns,
)
from mineaction_desktop.storage.queries import Fact
from mineaction_desktop.storage.questions import Box, outside
from mineaction_desktop.storage.view import View, once

CORNERS = ("start_point", "turning_point", "intermediate_point", "end_point")
FARTHEST_M = 5000
MOST_SHARED_PARTS, MOST_SHARED_AREAS = 0.009, 0.5
OTHER_PLACES = (
    "accident",
    "admin_unit",
    "area_evidence",
    "destruction_site",
    "device_found",
    "eore_session",
    "land_activity",
)
"""Kinds with a position of their own; Form C speaks of areas and their points."""

TOO_FEW = mark("{place}, part {part}: the perimeter has fewer than 3 different corners ({n:,}).")
CROSSED = mark("{place}, part {part}: the perimeter crosses itself.")
SAME_POINT = mark("{place}: the points {one} and {other} have the same position ({position}).")
SAME_NAME = mark("{place}: two points are called “{name}” ({one} and {other}).")
SAME_RING = mark("{place}: the same perimeter stands there twice (parts {one} and {other}).")
SAME_ELSEWHERE = mark("{place} has exactly the perimeter of {other}.")
FAR = mark("{place}: the points {one} and {other} follow each other and are {distance:,} m apart.")
PARTS_OVERLAP = mark(
    "{place}: the parts {one} and {other} of the perimeter overlap by {share:.1f} % of the smaller."
)
AREAS_OVERLAP = mark("{place} and {other} overlap by {share:.0f} % of the smaller.")
ABROAD = mark("{kind} {number}: the position {latitude}, {longitude} lies outside the country.")
SWAPPED = mark(
    "{kind} {number}: the position {latitude}, {longitude} lies outside the country; with latitude "
    "and longitude exchanged it lies inside."
)


@dataclass(frozen=True)
class Perimeter:
    """One ring of an area, with the points it was drawn from, in order."""

    area_id: str
    number: int
    points: tuple[Fact, ...]
    ring: tuple[geometry.Corner, ...]
    distinct: tuple[geometry.Corner, ...]

    @property
    def is_closed(self) -> bool:
        """Whether the last point only repeats the first to close the ring."""
        return len(self.points) > len(self.ring)

    @cached_property
    def is_crossed(self) -> bool:
        """Whether the ring crosses itself."""
        return len(self.distinct) >= 3 and geometry.crosses_itself(self.distinct)

    @property
    def is_whole(self) -> bool:
        """Whether the ring encloses something."""
        return len(self.distinct) >= 3 and not self.is_crossed


@once
def _points(view: View) -> list[Fact]:
    return rows_of(view, "area_point")


@once
def perimeters(view: View) -> list[Perimeter]:
    """The rings of the areas of the period; a ring that only waits for positions is left out."""
    drawn: dict[tuple[str, int], list[Fact]] = defaultdict(list)
    for row in _points(view):
        if (
            row["point_kind"] in CORNERS
            and row["latitude"] is not None
            and (row["longitude"] is not None)
        ):
            drawn[row["hazardous_area_id"], row["ring"] or 1].append(row)
    found = []
    for (area_id, number), points in drawn.items():
        points.sort(key=lambda row: (row["position"], row["local_id"]))
        corners = geometry.opened([(row["latitude"], row["longitude"]) for row in points])
        distinct = tuple(dict.fromkeys(corners))
        found.append(Perimeter(area_id, number, tuple(points), tuple(corners), distinct))
    return found


def _subject(view: View, area_id: str) -> str:
    area = view.by_id("hazardous_area").get(area_id)
    return str(area["local_id"]) if area else area_id


def _named(point: Fact) -> str:
    return str(point["point_name"] or point["local_id"])


def _broken(case: Case) -> Iterator[Finding]:
    view = case.view
    for shape in perimeters(view):
        few = len(shape.distinct)
        if shape.is_whole:
            continue
        yield finding(
            TOO_FEW if few < 3 else CROSSED,
            f"{_subject(view, shape.area_id)}/{shape.number}",
            [("hazardous_area", shape.area_id)],
            place=area_name(view, shape.area_id),
            part=shape.number,
            n=few,
        )


def _same_point(case: Case) -> Iterator[Finding]:
    view = case.view
    points = [row for row in _points(view) if row["point_kind"] != "device_position"]
    closing = {shape.points[-1]["id"] for shape in perimeters(view) if shape.is_closed}
    for area_id, drawn in grouped(points, "hazardous_area_id").items():
        places: dict[object, Fact] = {}
        names: dict[object, Fact] = {}
        for row in sorted(drawn, key=lambda row: row["position"]):
            is_corner, ring = row["point_kind"] in CORNERS, row["ring"]
            here = (is_corner, ring, row["latitude"], row["longitude"])
            name = (row["point_name"] or "").strip().casefold()
            said = {"place": area_name(view, area_id), "other": row["local_id"]}
            known = row["latitude"] is not None and row["id"] not in closing
            if known and (first := places.setdefault(here, row)) is not row:
                position = f"{row['latitude']:.6f}, {row['longitude'] or 0:.6f}"
                more = {"one": first["local_id"], "position": position}
                yield _about_points(SAME_POINT, view, (first, row), said | more)
            elif name and (first := names.setdefault((ring, name), row)) is not row:
                if row["id"] not in closing:
                    more = {"one": first["local_id"], "name": row["point_name"].strip()}
                    yield _about_points(SAME_NAME, view, (first, row), said | more)


def _about_points(
    template: str, view: View, pair: tuple[Fact, Fact], said: dict[str, object]
) -> Finding:
    points = [("area_point", row["id"]) for row in pair]
    subject = f"{_subject(view, pair[0]['hazardous_area_id'])}/{pair[1]['local_id']}"
    return finding(template, subject, points, **said)


def _same_ring(case: Case) -> Iterator[Finding]:
    view = case.view
    seen: dict[frozenset[geometry.Corner], Perimeter] = {}
    for shape in perimeters(view):
        first = seen.setdefault(frozenset(shape.distinct), shape)
        if first is shape or len(shape.distinct) < 3:
            continue
        is_one_area = first.area_id == shape.area_id
        areas = dict.fromkeys((first.area_id, shape.area_id))
        yield finding(
            SAME_RING if is_one_area else SAME_ELSEWHERE,
            f"{_subject(view, shape.area_id)}/{shape.number}",
            [("hazardous_area", area) for area in areas],
            place=area_name(view, shape.area_id),
            one=first.number,
            other=shape.number if is_one_area else area_name(view, first.area_id),
        )


def _far(case: Case) -> Iterator[Finding]:
    view = case.view
    for shape in perimeters(view):
        following = [*shape.points[1:], *shape.points[:1]]
        for one, other in zip(shape.points, following, strict=True):
            ends = [(row["latitude"], row["longitude"]) for row in (one, other)]
            distance = geometry.distance_m(*ends)
            if distance > FARTHEST_M:
                said: dict[str, object] = {
                    "place": area_name(view, shape.area_id),
                    "one": _named(one),
                    "other": _named(other),
                    "distance": round(distance),
                }
                yield _about_points(FAR, view, (one, other), said)


def _parts_overlap(case: Case) -> Iterator[Finding]:
    view = case.view
    by_area: dict[str, list[Perimeter]] = defaultdict(list)
    for shape in perimeters(view):
        if len(shape.distinct) >= 3:
            by_area[shape.area_id].append(shape)
    for area_id, parts in by_area.items():
        for one, other, share in _overlaps(parts, MOST_SHARED_PARTS):
            yield finding(
                PARTS_OVERLAP,
                f"{_subject(view, area_id)}/{one.number}/{other.number}",
                [("hazardous_area", area_id)],
                place=area_name(view, area_id),
                one=one.number,
                other=other.number,
                share=100 * share,
            )


def _overlaps(shapes: list[Perimeter], most: float) -> Iterator[tuple[Perimeter, Perimeter, float]]:
    """Pairs of whole rings that share more than a part of the smaller one, but are not equal."""
    boxes = [geometry.bounds(shape.distinct) for shape in shapes]
    for first, second in geometry.overlapping(boxes):
        one, other = shapes[first], shapes[second]
        if set(one.distinct) == set(other.distinct):
            continue
        share = geometry.shared_part(one.distinct, other.distinct)
        if share > most and one.is_whole and other.is_whole:
            yield one, other, share


def overlapping_areas(case: Case) -> Iterator[Finding]:
    """Two open areas of which one lies largely in the other may be one area recorded twice."""
    view = case.view
    still_open = open_areas(view)
    linked = {
        frozenset((row["hazardous_area_id"], row["predecessor_id"]))
        for row in rows(view, "area_link")
    }
    shapes = [
        shape
        for shape in perimeters(view)
        if shape.area_id in still_open and len(shape.distinct) >= 3
    ]
    for one, other, share in _overlaps(shapes, MOST_SHARED_AREAS):
        pair = frozenset((one.area_id, other.area_id))
        if len(pair) < 2 or pair in linked:
            continue
        yield finding(
            AREAS_OVERLAP,
            "/".join(sorted(_subject(view, area) for area in pair)),
            [("hazardous_area", area) for area in sorted(pair)],
            place=area_name(view, one.area_id),
            other=area_name(view, other.area_id),
            share=100 * share,
        )


def _abroad(case: Case) -> Iterator[Finding]:
    view = case.view
    corners = [view.state[side] for side in ("south", "north", "west", "east")]
    if any(corner is None for corner in corners):
        return
    box = Box(*corners)
    for kind in OTHER_PLACES:
        for row in outside(view.reader, kind, box, view.counting, span_columns(kind)):
            if not is_of_period(view, kind, row):
                continue
            latitude, longitude = row["latitude"], row["longitude"]
            yield finding(
                SWAPPED if box.holds(longitude, latitude) else ABROAD,
                row["local_id"],
                [(kind, row["id"])],
                kind=kind_title(kind),
                number=row["local_id"],
                latitude=f"{latitude:.5f}",
                longitude=f"{longitude:.5f}",
            )


RULES = (
    Rule(
        "DS-06",
        Severity.ERROR,
        "records",
        mark("Every perimeter has at least three different corners and does not cross itself."),
        _broken,
        mark("Compare the points and their order with the survey report and correct them."),
    ),
    Rule(
        "DS-G1",
        Severity.ERROR,
        "records",
        mark("No point of an area stands there twice, by position or by name."),
        _same_point,
        mark("Reject the second point, or correct its position or its name."),
    ),
    Rule(
        "DS-G2",
        Severity.ERROR,
        "records",
        mark("No perimeter stands in the register twice."),
        _same_ring,
        mark("Reject the points of the perimeter that was entered twice."),
    ),
    Rule(
        "DS-G3",
        Severity.WARNING,
        "records",
        mark("Neighbouring corners of a perimeter are at most 5,000 m apart."),
        _far,
        mark("Check both positions; usually a digit was mistyped."),
    ),
    Rule(
        "DS-G4",
        Severity.WARNING,
        "records",
        mark("The parts of a perimeter do not overlap."),
        _parts_overlap,
        mark("Draw the parts so that they share a side at most."),
    ),
    Rule(
        "DS-G6",
        Severity.WARNING,
        "records",
        mark("Accidents, finds, activities and sites lie in the country."),
        _abroad,
        mark("Compare with the paper and correct the position."),
    ),
)
