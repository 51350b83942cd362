"""Form C: what is written about each area: class, contents, age and position."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.domain.vocabulary import POSSIBLY_AP
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.rules.common import area_name, finding, land, open_areas
from mineaction_desktop.rules.model import Case, Finding, Rule
from mineaction_desktop.rules.reading import all_rows, is_of_period, span_columns
from mineaction_desktop.storage.queries import Fact
from mineaction_desktop.storage.questions import Box, outside
from mineaction_desktop.storage.view import View

NAMED = 5
"""How many areas a sentence names before it counts the rest."""

YEARS = re.compile(r"(?:c(?:a|irca)?\.? ?)?\d{4}s?(?: ?[-–—/] ?\d{4}s?)?\Z", re.IGNORECASE)
NOT_KNOWN = ("unknown", "not known", "inconnu", "desconocido", "неизвестно", "未知", "غير معروف")

OTHER_CLASS = mark(
    "{place} is recorded as {recorded}, while the ledger holds all of it as {held}: its class is "
    "not clear."
)
NOTHING_SAID = mark("Nothing says what lies in {areas}.")
MIXED = mark(
    "Anti-personnel mines and other ordnance lie together in {areas}, and nothing says how much of "
    "the land holds which."
)
AND_MORE = mark("{names} and {n:,} more")
TOO_LATE = mark("{place}: the mines were laid in {when}, after the end of the period.")
UNREADABLE = mark(
    "{place}: “{text}” as date of emplacement is neither a year nor a range nor “unknown”."
)
SWAPPED = mark(
    "{number}: the position {latitude}, {longitude} lies outside the country; with latitude and "
    "longitude exchanged it lies inside."
)
ABROAD = mark("{number}: the position {latitude}, {longitude} lies outside the country.")


def _named(view: View, areas: Sequence[str]) -> object:
    names = ", ".join(area_name(view, area) for area in areas[:NAMED])
    if len(areas) <= NAMED:
        return names
    return Message(AND_MORE, {"names": names, "n": len(areas) - NAMED})


def _class(case: Case) -> Iterator[Finding]:
    view = case.view
    held: dict[str, set[str]] = defaultdict(set)
    for balance in land(view):
        if balance.account[0] is not None and balance.closing:
            held[balance.account[0]].add(str(balance.account[2]))
    recorded = _classes(view)
    for area_id, area in open_areas(view).items():
        if recorded[area_id] is not None and recorded[area_id] not in held[area_id]:
            yield finding(
                OTHER_CLASS,
                area["local_id"],
                [("hazardous_area", area_id)],
                place=area_name(view, area_id),
                recorded=recorded[area_id],
                held=", ".join(sorted(held[area_id])),
            )


def _classes(view: View) -> dict[str, str | None]:
    """The class of each area when the period ends; none where it changed later on."""
    classes: dict[str, str | None] = {
        area_id: area["area_class"] for area_id, area in view.by_id("hazardous_area").items()
    }
    steps = sorted(
        all_rows(view, "area_class_change"), key=lambda row: (row["date"], row["local_id"])
    )
    past = [row for row in steps if row["date"].last <= view.period.last]
    classes |= dict.fromkeys((row["hazardous_area_id"] for row in steps), None)
    classes |= {row["hazardous_area_id"]: row["area_class"] for row in past}
    return classes


def _contamination(case: Case) -> Iterator[Finding]:
    view = case.view
    lying: dict[str, list[Fact]] = defaultdict(list)
    for row in all_rows(view, "contamination"):
        lying[row["hazardous_area_id"]].append(row)
    silent, mixed = [], []
    for area_id in open_areas(view):
        rows = lying[area_id]
        if not rows:
            silent.append(area_id)
        elif len({row["family"] in POSSIBLY_AP for row in rows}) > 1 and any(
            row["share_m2"] is None for row in rows
        ):
            mixed.append(area_id)
    for template, subject, areas in (
        (NOTHING_SAID, "contamination missing", silent),
        (MIXED, "contamination mixed", mixed),
    ):
        if areas:
            places = [("hazardous_area", area) for area in areas]
            yield finding(template, subject, places, areas=_named(view, areas))


def _emplaced(case: Case) -> Iterator[Finding]:
    view = case.view
    for area_id, area in open_areas(view).items():
        record = [("hazardous_area", area_id)]
        name, text = area_name(view, area_id), (area["emplaced_text"] or "").strip()
        laid = area["emplaced"]
        if laid is not None and laid.first > view.period.last:
            yield finding(TOO_LATE, area["local_id"], record, place=name, when=str(laid))
        if text and not YEARS.match(text) and text.casefold() not in NOT_KNOWN:
            yield finding(UNREADABLE, area["local_id"], record, place=name, text=text)


def _positions(case: Case) -> Iterator[Finding]:
    view = case.view
    corners = [view.state[side] for side in ("south", "north", "west", "east")]
    if any(corner is None for corner in corners):
        return
    box = Box(*corners)
    for kind in ("hazardous_area", "area_point"):
        for row in outside(view.reader, kind, box, view.counting, span_columns(kind)):
            if not is_of_period(view, kind, row):
                continue
            latitude, longitude = row["latitude"], row["longitude"]
            yield finding(
                SWAPPED if box.holds(longitude, latitude) else ABROAD,
                row["local_id"],
                [(kind, row["id"])],
                number=row["local_id"],
                latitude=f"{latitude:.5f}",
                longitude=f"{longitude:.5f}",
            )


RULES = (
    Rule(
        "V-C-09",
        Severity.WARNING,
        "C",
        mark("Every open area is either suspected or confirmed, and its records agree on it."),
        _class,
        mark("Correct the class of the area, or record the movement from one class to the other."),
    ),
    Rule(
        "V-C-14",
        Severity.WARNING,
        "C",
        mark(
            "Every open area says what lies in it, and where anti-personnel mines lie together "
            "with other ordnance, how much of the land holds which."
        ),
        _contamination,
        mark(
            "Add to the contents of the area what is suspected or known, with shares where mixed."
        ),
    ),
    Rule(
        "V-C-15",
        Severity.WARNING,
        "C",
        mark("The date of emplacement is a year, a range or “unknown”, and not in the future."),
        _emplaced,
        mark("Write a year, a range of years such as 1992–1995, or “unknown”."),
    ),
    Rule(
        "V-C-16",
        Severity.WARNING,
        "C",
        mark("Positions lie in the country."),
        _positions,
        mark("Compare with the paper and correct the position."),
    ),
)
