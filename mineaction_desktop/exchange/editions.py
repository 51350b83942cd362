"""What may leave the house: who reads an export decides which records and columns it holds."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Literal

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.formdef.form import Field, Form

Edition = Literal["public", "partner", "internal"]
EDITIONS: tuple[Edition, ...] = ("public", "partner", "internal")

IDENTITY = "person_identity"
"""Leaves the house only where a person names it and has unlocked it."""

_CLOSED_KINDS: Mapping[Edition, frozenset[str]] = {
    "public": frozenset({IDENTITY, "survivor", "referral", "area_point"}),
    "partner": frozenset({IDENTITY}),
    "internal": frozenset({IDENTITY}),
}
_CLOSED_CLASSES: Mapping[Edition, frozenset[str]] = {
    "public": frozenset({"partner", "internal"}),
    "partner": frozenset({"internal"}),
    "internal": frozenset(),
}
_POSITIONS = frozenset(
    {"latitude", "longitude", "position_text", "position_format", "storage_site", "from_point"}
)
_OF_PERSONS: Mapping[str, frozenset[str]] = {
    "accident": frozenset({"place"}),
    "casualty": frozenset({"age"}),
    "organisation": frozenset({"contact"}),
    "service_provider": frozenset({"contact"}),
}
_COARSE_DATES = frozenset({"accident", "casualty"})
_SUBJECTS = frozenset({"hazardous_area", "land_activity", "accident", "casualty", "survivor"})
"""What other records are about: these stay in with what they are about."""


def has_kind(edition: Edition, kind: str) -> bool:
    """Whether records of a kind can be in an edition at all."""
    return kind not in _CLOSED_KINDS[edition]


def has_record(edition: Edition, classification: object) -> bool:
    """Whether a record with this classification can be in an edition."""
    return classification not in _CLOSED_CLASSES[edition]


def fields_in(edition: Edition, form: Form) -> list[Field]:
    """The fields of a form that an edition shows."""
    shown = form.fields.values()
    return [field for field in shown if edition != "public" or _is_public(field)]


def _is_public(field: Field) -> bool:
    is_text_of_office = field.type == "long_text" or field.extra
    is_closed = field.name in _POSITIONS or field.name in _OF_PERSONS.get(field.kind, ())
    return not (is_text_of_office or is_closed)


def shown_value(edition: Edition, field: Field, value: object) -> object:
    """The value as an edition shows it: in public, accidents have a month and no day."""
    if edition == "public" and field.kind in _COARSE_DATES and isinstance(value, PartialDate):
        return _to_month(value)
    return value


def _to_month(value: PartialDate) -> PartialDate:
    first, last = _month(value.first), _month(value.last)
    if first == last:
        return PartialDate.parse(first)
    is_year = (value.first.month, value.last.month) == (1, 12)
    if is_year and value.first.year == value.last.year:
        return PartialDate.parse(str(value.first.year))
    return PartialDate.parse(f"{first}/{last}")


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


def goes_with(field: Field, target: str | None, left_out: Collection[str]) -> bool:
    """Whether a record must be left out because what it is about is left out."""
    return target in left_out and (field.obligatory or field.link in _SUBJECTS)
