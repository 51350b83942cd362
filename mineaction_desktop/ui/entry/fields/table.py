"""Which widget a field has, by its type, its way of entry and the fields beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from mineaction_desktop.formdef.form import Field, Form, Section
from mineaction_desktop.ui.entry.context import FieldScene
from mineaction_desktop.ui.entry.fields.base import FieldEditor
from mineaction_desktop.ui.entry.fields.choice import ChoiceEditor
from mineaction_desktop.ui.entry.fields.counted import CountedEditor
from mineaction_desktop.ui.entry.fields.date import DateEditor, DayEditor
from mineaction_desktop.ui.entry.fields.links import LinkEditor, NamedLinkEditor
from mineaction_desktop.ui.entry.fields.money import MoneyEditor
from mineaction_desktop.ui.entry.fields.number import (
    AmountEditor,
    AreaEditor,
    CountEditor,
    DegreesEditor,
    NumberEditor,
)
from mineaction_desktop.ui.entry.fields.people_table import AMONG, COUNTED, NEEDED, PeopleEditor
from mineaction_desktop.ui.entry.fields.places import PlaceEditor
from mineaction_desktop.ui.entry.fields.radio import RadioEditor, YesNoEditor
from mineaction_desktop.ui.entry.fields.several import ChoicesEditor, TextsEditor
from mineaction_desktop.ui.entry.fields.text import (
    LinesEditor,
    SealedEditor,
    SealedLinesEditor,
    TextEditor,
)

BY_TYPE: Mapping[str, type[FieldEditor]] = {
    "text": TextEditor,
    "long_text": LinesEditor,
    "texts": TextsEditor,
    "choice": ChoiceEditor,
    "choices": ChoicesEditor,
    "link": LinkEditor,
    "integer": NumberEditor,
    "quantity": CountEditor,
    "area": AreaEditor,
    "number": NumberEditor,
    "latitude": DegreesEditor,
    "longitude": DegreesEditor,
    "money": AmountEditor,
    "yes_no": YesNoEditor,
    "day": DayEditor,
    "partial_date": DateEditor,
    "sealed": SealedEditor,
}
"""The widget of each type of field."""

BY_WIDGET: Mapping[tuple[str, str], type[FieldEditor]] = {
    ("choice", "radio"): RadioEditor,
    ("text", "lines"): LinesEditor,
    ("texts", "lines"): LinesEditor,
    ("sealed", "lines"): SealedLinesEditor,
}
"""The widget of a type where the form names another way of entry."""

Maker = Callable[[FieldScene, QWidget | None], FieldEditor]


@dataclass(frozen=True, slots=True)
class Together:
    """Fields of one section that are keyed in one widget; the first in form order holds it."""

    names: tuple[str, ...]
    make: Maker


def hosts(form: Form) -> Mapping[str, str]:
    """The fields that another field's widget edits along, with the name of that other field."""
    return {
        name: together.names[0]
        for section in form.sections
        for together in _together(section)
        for name in together.names[1:]
    }


def editor_for(
    field: Field, form: Form, scene: FieldScene, parent: QWidget | None = None
) -> FieldEditor:
    """The widget of a field in its form, together with the fields that belong to it."""
    section = next(one for one in form.sections if field.name in [part.name for part in one.fields])
    for together in _together(section):
        if together.names[0] == field.name:
            return together.make(scene, parent)
    return single_editor(field, scene, parent)


def single_editor(field: Field, scene: FieldScene, parent: QWidget | None = None) -> FieldEditor:
    """The widget of a field alone, as for a cell of a table."""
    usual = BY_TYPE[field.type]
    return BY_WIDGET.get((field.type, field.widget or ""), usual)(field, scene, parent)


def _together(section: Section) -> Iterator[Together]:
    """Every set of fields that is keyed in one widget; no field is in two of them."""
    taken: set[str] = set()
    fields = {field.name: field for field in section.fields}
    for find in (_places, _counted, _money, _named_links, _people):
        for together in find(fields):
            if taken.isdisjoint(together.names):
                taken.update(together.names)
                yield together


def _places(fields: Mapping[str, Field]) -> Iterator[Together]:
    for field in fields.values():
        stem = field.name.removesuffix("position_text")
        rest = [f"{stem}{name}" for name in ("position_format", "latitude", "longitude")]
        if field.widget == "place" and all(name in fields for name in rest):
            yield _set(PlaceEditor, [field, *(fields[name] for name in rest)], fields)


def _counted(fields: Mapping[str, Field]) -> Iterator[Together]:
    for field in fields.values():
        state = fields.get(f"{field.name}_state")
        if field.type in {"quantity", "integer"} and state is not None and state.choices:
            yield _set(CountedEditor, [state, field], fields)


def _money(fields: Mapping[str, Field]) -> Iterator[Together]:
    for field in fields.values():
        currency = fields.get(field.currency_field or "")
        if currency is not None:
            yield _set(MoneyEditor, [field, currency], fields)


def _named_links(fields: Mapping[str, Field]) -> Iterator[Together]:
    for field in fields.values():
        written = fields.get(field.written_in or "")
        if written is not None:
            yield _set(NamedLinkEditor, [field, written], fields)


def _people(fields: Mapping[str, Field]) -> Iterator[Together]:
    """Numbers of women, girls, men and boys with the same words before and after."""
    for first in fields.values():
        start, found, end = first.name.partition("women")
        parts = {
            group: fields[f"{start}{group}{end}"]
            for group in (*COUNTED, *AMONG)
            if f"{start}{group}{end}" in fields
        }
        if (
            found
            and parts.keys() >= NEEDED
            and all(one.type == "quantity" for one in parts.values())
        ):
            groups = {part.name: group for group, part in parts.items()}
            in_order = {groups[name]: fields[name] for name in fields if name in groups}
            names = tuple(field.name for field in in_order.values())
            yield Together(names, partial(PeopleEditor, fields[names[0]], in_order))


def _set(
    widget: Callable[[Field, Sequence[Field], FieldScene, QWidget | None], FieldEditor],
    parts: Sequence[Field],
    fields: Mapping[str, Field],
) -> Together:
    names = tuple(name for name in fields if name in {part.name for part in parts})
    return Together(names, partial(widget, fields[names[0]], parts))
