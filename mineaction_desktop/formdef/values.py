"""The values of a record as a form sees them: its columns and its national fields side by side."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mineaction_desktop.formdef.form import Form
from mineaction_desktop.formdef.types import TYPES
from mineaction_desktop.records import Record


def defaults(form: Form, today: date) -> dict[str, object]:
    """The values that a new record starts with."""
    return {
        name: TYPES[field.type].of_day(today) if field.default_today else field.default
        for name, field in form.fields.items()
        if field.default_today or field.default is not None
    }


def values_of(form: Form, record: Record) -> dict[str, object]:
    """Every value of a record by field name, national fields among them."""
    kept = record.extra or {}
    return {
        name: TYPES[field.type].from_plain(kept.get(name)) if field.extra else getattr(record, name)
        for name, field in form.fields.items()
    }


def set_values(form: Form, record: Record, values: Mapping[str, object]) -> None:
    """Put values into a record; national fields that no form declares any more are kept."""
    extra = dict(record.extra or {})
    for name, value in values.items():
        field = form.fields[name]
        if not field.extra:
            setattr(record, name, value)
        elif value is None:
            extra.pop(name, None)
        else:
            extra[name] = TYPES[field.type].to_plain(value)
    if (extra or None) != record.extra:
        record.extra = extra or None
