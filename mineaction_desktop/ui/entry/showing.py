"""A value as a person reads it where it is not being keyed: in a cell, a total, a comparison."""

from __future__ import annotations

from dataclasses import replace

from mineaction_desktop.formdef.form import Field
from mineaction_desktop.formdef.types import TYPES
from mineaction_desktop.i18n import LEFT_TO_RIGHT
from mineaction_desktop.ui.entry.context import FieldScene

COUNTED = frozenset({"integer", "quantity", "area"})
"""The types whose values are whole numbers, grouped when they are shown."""


def shown(field: Field, value: object, scene: FieldScene) -> str:
    """The value in the words and digits of the window; nothing for an empty field."""
    if value is None:
        return ""
    if field.link is not None and isinstance(value, str):
        return scene.link_name(field.link, value)
    if field.choices is not None:
        codes = value if isinstance(value, list) else [value]
        return ", ".join(field.choices.label(str(code), scene.desk.words) for code in codes)
    if field.type in COUNTED and isinstance(value, int):
        is_year = "year" in field.name
        return str(value) if is_year else scene.desk.number(value)
    return portable(field, value, scene)


def portable(field: Field, value: object, scene: FieldScene) -> str:
    """The value as text that can be typed or pasted back, here or in a spreadsheet."""
    if field.link is not None and isinstance(value, str):
        return scene.link_name(field.link, value).replace(LEFT_TO_RIGHT, "")
    if field.choices is not None and isinstance(value, str):
        return field.choices.label(value, scene.desk.words)
    context = replace(scene.reading_for(field), words=scene.desk.words)
    return TYPES[field.type].write(value, field, context)
