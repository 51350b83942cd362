"""Every type of field by name: how it is read, written and checked."""

from __future__ import annotations

from collections.abc import Mapping

from mineaction_desktop.formdef.fieldtype import PLAIN, PORTABLE, FieldContext, FieldType
from mineaction_desktop.formdef.types_choices import ManyChoices, OneChoice, YesNo
from mineaction_desktop.formdef.types_dates import Day, PartialDay
from mineaction_desktop.formdef.types_numbers import Money, Number, Whole
from mineaction_desktop.formdef.types_places import Coordinate
from mineaction_desktop.formdef.types_text import Link, LongText, Sealed, Text, Texts

__all__ = ["PLAIN", "PORTABLE", "TYPES", "FieldContext", "FieldType"]

_WHOLE = Whole()

TYPES: Mapping[str, FieldType] = {
    "text": Text(),
    "long_text": LongText(),
    "texts": Texts(),
    "choice": OneChoice(),
    "choices": ManyChoices(),
    "link": Link(),
    "integer": _WHOLE,
    "quantity": _WHOLE,
    "area": _WHOLE,
    "number": Number(),
    "latitude": Coordinate("latitude"),
    "longitude": Coordinate("longitude"),
    "money": Money(),
    "yes_no": YesNo(),
    "day": Day(),
    "partial_date": PartialDay(),
    "sealed": Sealed(),
}
"""The field types; a widget, a column and a report cell all ask the same one."""
