"""Bringing records to where they are keyed: from the register, or blank with what they start with.

And what is wrong with them there, before anything is saved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from mineaction_desktop.domain.problems import Place, Problem, Severity, UserError
from mineaction_desktop.formdef.catalogue import Catalogue
from mineaction_desktop.formdef.checking import validate
from mineaction_desktop.formdef.form import Form, Group
from mineaction_desktop.formdef.values import defaults, values_of
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.records import Record
from mineaction_desktop.services.content import Content, RowContent, Values, path_of
from mineaction_desktop.services.notes import notes_of
from mineaction_desktop.storage.ids import new_id
from mineaction_desktop.storage.reader import Reader
from mineaction_desktop.storage.related import children, stored

GONE = mark("This record is not in the register. Perhaps the register is an older copy.")

_LOCKED_FIELD = "FIELD-070"

OWN = ("local_id", "external_id", "review_state")
"""What a copy of a record does not take over."""


def blank(
    catalogue: Catalogue,
    kind: str,
    *,
    carried: Values | None = None,
    today: date | None = None,
) -> Content:
    """A new record with what its form starts with; ``carried`` are values kept from the last."""
    form = catalogue.form(kind)
    return Content(kind, new_id(), None, _started(form, carried or {}, today))


def blank_row(
    catalogue: Catalogue,
    content: Content,
    kind: str,
    *,
    carried: Values | None = None,
    today: date | None = None,
) -> RowContent:
    """A new row of a record: what the form starts with, and the links it shares with the record."""
    group = group_of(catalogue.form(content.kind), kind)
    values = _started(group.form, carried or {}, today)
    shared = {name: content.values.get(name) for name in _shared(catalogue, content.kind, group)}
    known = {name: value for name, value in shared.items() if values[name] is None}
    return RowContent(new_id(), values | known | {group.link_field: content.id})


def pinned(form: Form, values: Values) -> dict[str, object]:
    """The values that the next new record starts with, because their fields are pinned."""
    return {
        name: values[name]
        for name, field in form.fields.items()
        if field.pinned and values.get(name) is not None
    }


def copy_of(catalogue: Catalogue, content: Content) -> Content:
    """A new record that says the same, its rows too, but has no number of its own yet."""
    form = catalogue.form(content.kind)
    made = replace(
        content,
        id=new_id(),
        version=None,
        values=_without_own(form, content.values),
        notes={},
        is_hidden=False,
    )
    groups = {
        group.kind: tuple(
            RowContent(new_id(), _without_own(group.form, row.values) | {group.link_field: made.id})
            for row in content.rows(group.kind)
            if not row.hidden
        )
        for group in form.groups
    }
    return replace(made, groups=groups)


def open_record(reader: Reader, catalogue: Catalogue, kind: str, record_id: str) -> Content:
    """A record with its rows in sight; ``UserError`` if the register does not have it."""
    form = catalogue.form(kind)
    record = stored(reader, kind, record_id)
    if record is None:
        raise UserError(Message(GONE))
    notes = dict(notes_of(record))
    groups: dict[str, tuple[RowContent, ...]] = {}
    for group in form.groups:
        found = children(reader, group.kind, group.link_field, [record_id])
        rows = [row for row in found if not row.is_hidden]
        groups[group.kind] = tuple(row_of(group.form, row) for row in rows)
        for row in rows:
            notes |= {path_of(name, row.id): text for name, text in notes_of(row).items()}
    values = values_of(form, record)
    return Content(kind, record_id, record.version, values, groups, notes, record.is_hidden)


def row_of(form: Form, record: Record) -> RowContent:
    """A stored record as a row of another."""
    return RowContent(record.id, values_of(form, record), record.version, record.is_hidden)


def problems_of(catalogue: Catalogue, content: Content, today: date | None = None) -> list[Problem]:
    """What is wrong with a record and its rows; each problem names record or row, and field."""
    form = catalogue.form(content.kind)
    found = _problems(form, content.id, content.values, today)
    for group in form.groups:
        for row in content.rows(group.kind):
            if not row.hidden:
                values = row_values(catalogue, content, group, row)
                found += _problems(group.form, row.id, values, today)
    return found


def _problems(form: Form, record_id: str, values: Values, today: date | None) -> list[Problem]:
    """The problems of one record; that a field is locked is none, for it stays as it is."""
    return [
        replace(one, place=Place(kind=form.kind, record_id=record_id, field=one.place.field))
        for one in validate(form, values, today=today)
        if one.code != _LOCKED_FIELD
    ]


def errors_among(problems: list[Problem]) -> tuple[Problem, ...]:
    """The problems that keep a record from being saved."""
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)


def row_values(
    catalogue: Catalogue, content: Content, group: Group, row: RowContent
) -> dict[str, object]:
    """The values of a row, with what it takes from its record.

    A link that the row must have and nobody has filled in is that of the record: the ordnance
    found in an activity lies in the area of the activity.
    """
    values = {**row.values, group.link_field: content.id}
    for name in _shared(catalogue, content.kind, group):
        if values.get(name) is None and group.form.fields[name].obligatory:
            values[name] = content.values.get(name)
    return values


def group_of(form: Form, kind: str) -> Group:
    """The group of a form that holds a child kind."""
    return next(group for group in form.groups if group.kind == kind)


def _shared(catalogue: Catalogue, kind: str, group: Group) -> Iterator[str]:
    """The links that a row and its record both have."""
    above: Mapping[str, object] = catalogue.form(kind).fields
    for name, field in group.form.fields.items():
        if field.link and name != group.link_field and name in above:
            yield name


def _started(form: Form, carried: Values, today: date | None) -> dict[str, object]:
    known = {name: value for name, value in carried.items() if name in form.fields}
    day = today or date.today()  # noqa: DTZ011 (the day on the wall where the person sits)
    return {**dict.fromkeys(form.fields), **defaults(form, day), **known}


def _without_own(form: Form, values: Values) -> dict[str, object]:
    kept = {name: value for name, value in values.items() if name not in OWN}
    return {name: kept.get(name, form.fields[name].default) for name in form.fields}
