"""Two keyings of one record held against each other, and made one again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mineaction_desktop.formdef.catalogue import Catalogue
from mineaction_desktop.formdef.form import Form
from mineaction_desktop.records.types import LOCKED
from mineaction_desktop.services.content import Content, RowContent, path_of

_OWN = frozenset({"local_id", "review_state"})
"""Fields that the program fills, so nobody keys them twice."""
_ROW = "there is such a row"


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A field that two people have keyed differently.

    ``row`` counts the rows of a group from one. ``field`` is empty if one of the two has a row
    that the other has not; the values are then whether there is one.
    """

    kind: str
    row: int | None
    field: str
    label: str
    first: object
    second: object
    path: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many fields were compared, and those that differ."""

    compared: int
    mismatches: tuple[Mismatch, ...]

    @property
    def agreed(self) -> int:
        """How many fields are the same."""
        return self.compared - len(self.mismatches)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a field keeps: the first value, the second one, or another that was typed."""

    value: object


def compare(catalogue: Catalogue, first: Content, second: Content) -> Comparison:
    """Hold the second keying against the record, field by field; rows by their place."""
    compared, found = _fields(catalogue.form(first.kind), first.values, second.values, None)
    for group in catalogue.form(first.kind).groups:
        rows = [row for row in first.rows(group.kind) if not row.hidden]
        others = [row for row in second.rows(group.kind) if not row.hidden]
        skipped = {group.link_field}
        for at in range(max(len(rows), len(others))):
            one, other = _at(rows, at), _at(others, at)
            if one is None or other is None:
                compared += 1
                found.append(_missing_row(group.form, at, one, other))
                continue
            more = _fields(group.form, one.values, other.values, (at, one.id), skipped)
            compared += more[0]
            found += more[1]
    return Comparison(compared, tuple(found))


def _fields(
    form: Form,
    first: Mapping[str, object],
    second: Mapping[str, object],
    row: tuple[int, str] | None,
    skipped: Iterable[str] = (),
) -> tuple[int, list[Mismatch]]:
    """How many fields of a record or row were compared, and those that differ."""
    compared, found = 0, []
    left_out = {*_OWN, *skipped}
    for name, field in form.fields.items():
        one, other = first.get(name), second.get(name)
        nothing = _is_empty(one) and _is_empty(other)
        if name in left_out or nothing or LOCKED in (one, other):
            continue
        compared += 1
        if one != other and not nothing:
            number, row_id = (row[0] + 1, row[1]) if row else (None, None)
            path = path_of(name, row_id)
            found.append(Mismatch(form.kind, number, name, field.label, one, other, path))
    return compared, found


def _is_empty(value: object) -> bool:
    return value is None or value in ("", [])


def _at(rows: Sequence[RowContent], at: int) -> RowContent | None:
    return rows[at] if at < len(rows) else None


def _missing_row(form: Form, at: int, one: RowContent | None, other: RowContent | None) -> Mismatch:
    row = one or other
    path = path_of(_ROW, row.id if row else None)
    return Mismatch(form.kind, at + 1, "", form.title, one is not None, other is not None, path)


def settled(
    first: Content, second: Content, found: Comparison, choices: Mapping[str, Choice]
) -> Content:
    """The record with the values that were chosen."""
    values, groups = dict(first.values), dict(first.groups)
    for one in found.mismatches:
        choice = choices.get(one.path)
        if choice is None or choice.value == one.first:
            continue
        if one.row is None:
            values[one.field] = choice.value
        elif one.field:
            groups[one.kind] = tuple(_rows_with(groups[one.kind], one, choice.value))
        else:
            groups[one.kind] = tuple(_rows_as(groups.get(one.kind, ()), second, one))
    return replace(first, values=values, groups=groups)


def _rows_with(rows: Iterable[RowContent], one: Mismatch, value: object) -> Iterator[RowContent]:
    for row in rows:
        hit = path_of(one.field, row.id) == one.path
        yield replace(row, values={**row.values, one.field: value}) if hit else row


def _rows_as(rows: Iterable[RowContent], second: Content, one: Mismatch) -> Iterator[RowContent]:
    """The rows as the second person has them: one more, or one deleted."""
    for row in rows:
        yield replace(row, hidden=True) if path_of(_ROW, row.id) == one.path else row
    yield from (row for row in second.rows(one.kind) if path_of(_ROW, row.id) == one.path)
