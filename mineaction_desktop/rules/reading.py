"""How checks on single records read them: every kind once, without its long texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.formdef.catalogue import load_catalogue
from mineaction_desktop.formdef.recordfields import Column, record_kinds
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.rules.common import areas_of_period
from mineaction_desktop.storage.queries import Fact
from mineaction_desktop.storage.spans import Span
from mineaction_desktop.storage.view import View, once

NAMED = 5
"""How many records a sentence names before it counts the rest."""

AND_MORE = mark("{names} and {n:,} more")

SKIPPED = ("text", "long_text", "texts", "sealed", "number")
WANTED = {
    ("area_class_change", "reason"),
    ("area_movement", "reason"),
    ("area_point", "point_name"),
    ("land_activity", "standard_applied"),
}
"""Texts of which a check asks whether they are there."""

EVENT_COLUMNS = ("date", "start_date", "period", "registered_on")
"""When something happened, by the first of these columns that a kind has."""

ENDS = {
    "device_found": "destroyed_on",
    "land_activity": "end_date",
    "referral": "completed_on",
    "survivor": "deceased_on",
}
"""When it was over, where that may be later."""

GO_ON = ("land_activity", "survivor")
"""What lasts, as far as anybody knows, as long as it has no end."""

PART_OF = {
    "area_evidence": ("hazardous_area_id", "hazardous_area"),
    "area_point": ("hazardous_area_id", "hazardous_area"),
    "casualty": ("accident_id", "accident"),
    "contamination": ("hazardous_area_id", "hazardous_area"),
}
"""What is of the same years as the record it is a part of: the column that links it, its kind."""

DAYS = ("day", "partial_date")
TEXTS = ("text", "long_text")


@cache  # the columns of a kind stay as they are while the program runs
def columns(kind: str) -> tuple[Column, ...]:
    """The columns of a kind that people fill."""
    return tuple(record_kinds()[kind].columns.values())


@cache
def _checked(kind: str) -> tuple[str, ...]:
    return tuple(
        column.name
        for column in columns(kind)
        if column.info.get("type") not in SKIPPED or (kind, column.name) in WANTED
    )


def all_rows(view: View, kind: str) -> list[Fact]:
    """The records of a kind that count, of all years; read once for all checks that ask here."""
    return view.all(kind, _checked(kind))


@cache
def span(kind: str) -> Span | None:
    """When records of a kind happened, if they are something that happens."""
    names = {column.name for column in columns(kind)}
    begin = next((name for name in EVENT_COLUMNS if name in names), None)
    return None if begin is None else Span(begin, ENDS.get(kind), kind in GO_ON)


def rows(view: View, kind: str) -> list[Fact]:
    """The same without what begins after the period: it is no matter of this report."""
    dates = span(kind)
    return all_rows(view, kind) if dates is None else view.begun(kind, _checked(kind), dates)


@cache
def span_columns(kind: str) -> tuple[str, ...]:
    """The columns that say which years a record is of."""
    if kind in PART_OF:
        return PART_OF[kind][:1]
    dates = span(kind)
    return () if dates is None else dates.columns


def is_of_period(view: View, kind: str, row: Fact) -> bool:
    """Whether a record is of the period: it happened then, or is a state that lasts into it."""
    if kind in PART_OF:
        column, whole = PART_OF[kind]
        return row[column] in _of_period(view, whole)
    if kind == "hazardous_area":
        return row["id"] in areas_of_period(view)
    dates = span(kind)
    return dates is None or dates.touches(row, view.period)


def _of_period(view: View, whole: str) -> frozenset[str]:
    return areas_of_period(view) if whole == "hazardous_area" else _accidents_of_period(view)


@once
def _accidents_of_period(view: View) -> frozenset[str]:
    return frozenset(row["id"] for row in rows_of(view, "accident"))


def rows_of(view: View, kind: str) -> list[Fact]:
    """The records of the period."""
    dates = span(kind)
    if dates is None or kind in PART_OF:
        return [row for row in rows(view, kind) if is_of_period(view, kind, row)]
    return view.of_period(kind, _checked(kind), dates)


def rows_within(view: View, kind: str) -> list[Fact]:
    """Those that count in the period: a partial date counts on its last day."""
    return [row for row in rows_of(view, kind) if row["date"].last <= view.period.last]


def grouped(found: Iterable[Fact], column: str) -> dict[str, list[Fact]]:
    """Records by what a column holds; those where it is empty are left out."""
    groups: dict[str, list[Fact]] = {}
    for row in found:
        if row[column] is not None:
            groups.setdefault(row[column], []).append(row)
    return groups


def first_day(when: PartialDate | date) -> date:
    """The earliest day that a date can mean."""
    return when.first if isinstance(when, PartialDate) else when


def last_day(when: PartialDate | date) -> date:
    """The latest day that a date can mean."""
    return when.last if isinstance(when, PartialDate) else when


def field_label(kind: str, column: str) -> object:
    """What the form calls a field."""
    form = load_catalogue().forms.get(kind)
    field = form.fields.get(column) if form else None
    return Message(field.label) if field else column


def kind_title(kind: str) -> object:
    """What people call records of a kind."""
    form = load_catalogue().forms.get(kind)
    return Message(form.title) if form else kind


def choice_label(list_name: str, code: str | None) -> object:
    """What people read for a code; an unlisted one stands for itself."""
    choices = load_catalogue().lists.get(list_name)
    return Message(choices.label(code)) if choices and code else str(code)


def joined(parts: Sequence[object]) -> Message:
    """Words with commas between them, each still to be translated."""
    names = [f"part{number}" for number in range(len(parts))]
    template = ", ".join(f"{{{name}}}" for name in names)
    return Message(template, dict(zip(names, parts, strict=True)))


def listed(names: Sequence[str]) -> object:
    """The first of many names, and how many more there are."""
    shown = ", ".join(names[:NAMED])
    if len(names) <= NAMED:
        return shown
    return Message(AND_MORE, {"names": shown, "n": len(names) - NAMED})
