"""One validator for screen, import and report: every problem of one record, in form order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from mineaction_desktop.domain.problems import Place, Problem
from mineaction_desktop.formdef.choices import Choice
from mineaction_desktop.formdef.conditions import OPTION
from mineaction_desktop.formdef.fieldproblems import problem
from mineaction_desktop.formdef.form import Field, Form, Section
from mineaction_desktop.formdef.operations import normal
from mineaction_desktop.formdef.types import TYPES
from mineaction_desktop.i18n import Message

Values = Mapping[str, object]


def validate(form: Form, values: Values, *, today: date | None = None) -> list[Problem]:
    """What is wrong with the values of one record; bad data is reported, never raised.

    Hidden fields are not checked, and to the rules they are empty. ``today`` is the day that
    conditions mean by it.
    """
    day = today or date.today()  # noqa: DTZ011 (the day on the wall where the person sits)
    return shown_problems(form, shown_values(form, values, today=day), today=day)


def shown_problems(form: Form, shown: Values, *, today: date) -> list[Problem]:
    """What is wrong with values of which the hidden ones have been left out already."""
    found: list[Problem] = []
    for name, value in shown.items():
        if value is not None or name in form.demanding:
            found += _field_problems(form.fields[name], value, shown, today)
    for rule in form.rules:
        if rule.check.truth(shown, today) is False:
            place = Place(kind=form.kind, field=rule.field)
            found.append(Problem(rule.code, Message(rule.message), place, rule.severity))
    return found


def shown_values(form: Form, values: Values, *, today: date) -> dict[str, object]:
    """The values of the fields that a person sees, in form order.

    Hiding a field empties it for the conditions of others, which may hide more of them.
    """
    hidden: set[str] = set()
    given = {name: value for name, value in values.items() if normal(value) is not None}
    while True:
        found = {name for section in form.conditional for name in _hidden_in(section, given, today)}
        hidden |= found
        emptied = found & given.keys()
        if not emptied:
            return {name: given.get(name) for name in form.fields if name not in hidden}
        for name in emptied:
            del given[name]


def is_shown(section: Section, values: Values, *, today: date) -> bool:
    """Whether a section is relevant for these values."""
    return section.relevant is None or section.relevant.truth(values, today) is True


def is_required(field: Field, values: Values, *, today: date) -> bool:
    """Whether the record or the form demands a value here."""
    if field.obligatory or isinstance(field.required, bool):
        return field.obligatory or bool(field.required)
    return field.required.truth(values, today) is True


def is_offered(
    field: Field, candidate: Mapping[str, object], values: Values, *, today: date
) -> bool:
    """Whether a choice or a record, given by its attributes, can be chosen in this record.

    What cannot be told yet, because the field that decides is empty, is offered.
    """
    if field.filter is None:
        return True
    asked = {**values, **{OPTION + name: value for name, value in candidate.items()}}
    return field.filter.truth(asked, today) is not False


def offered_choices(field: Field, values: Values, *, today: date) -> list[Choice]:
    """The choices that a person sees in a field, in the order of the list."""
    offered = field.choices.offered() if field.choices else []
    return [
        choice
        for choice in offered
        if is_offered(field, msgspec.structs.asdict(choice), values, today=today)
    ]


def _hidden_in(section: Section, values: Values, today: date) -> list[str]:
    if not is_shown(section, values, today=today):
        return [field.name for field in section.fields]
    return [
        field.name
        for field in section.fields
        if field.relevant is not None and field.relevant.truth(values, today) is not True
    ]


def _field_problems(field: Field, value: object, shown: Values, today: date) -> list[Problem]:
    if value is None:
        demanded = is_required(field, shown, today=today)
        return [problem("FIELD-001", field)] if demanded else []
    found = TYPES[field.type].problems(value, field)
    if field.currency_field and shown.get(field.currency_field) is None:
        found.append(problem("FIELD-050", field, value))
    constraint = field.constraint
    if not found and constraint is not None and constraint.truth(shown, today) is False:
        if field.constraint_message is None:
            return [problem("FIELD-080", field, value)]
        place = Place(kind=field.kind, field=field.name)
        message = Message(field.constraint_message)
        found = [Problem("FIELD-080", message, place, value=str(value))]
    return found
