"""How checks on single records read them: every kind once, without its long texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.formdef.catalogue import load_catalogue
from mineaction_desktop.formdef.recordfields import Column, record_kinds
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.storage.queries import Fact
from mineaction_desktop.storage.view import View

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
def _event_column(kind: str) -> str | None:
    names = {column.name for column in columns(kind)}
    return next((name for name in EVENT_COLUMNS if name in names), None)


def rows(view: View, kind: str) -> list[Fact]:
    """The same without what begins after the period: it is no matter of this report."""
    name, last = _event_column(kind), view.period.last
    if name is None:
        return all_rows(view, kind)
    return [
        row for row in all_rows(view, kind) if row[name] is None or first_day(row[name]) <= last
    ]


def rows_until(view: View, kind: str) -> list[Fact]:
    """Those whose date lies at or before the end of the period."""
    return [row for row in rows(view, kind) if row["date"].last <= view.period.last]


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
