"""Which fields of a group stand in its table, and which in the pane below for one row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from mineaction_desktop.formdef.catalogue import Catalogue
from mineaction_desktop.formdef.form import Field, Form, Group

DIGITS: Mapping[str, int] = {
    "text": 18,
    "long_text": 26,
    "texts": 20,
    "choice": 22,
    "choices": 22,
    "link": 22,
    "integer": 10,
    "quantity": 10,
    "area": 14,
    "number": 12,
    "latitude": 14,
    "longitude": 14,
    "money": 14,
    "yes_no": 10,
    "day": 14,
    "partial_date": 14,
    "sealed": 18,
}
"""How wide a column is for each type, in digits of its font."""

ROW_NUMBER = 6
"""How wide the numbers of the rows are."""
LONGEST_HEADING = 22
GROWING = frozenset({"text", "long_text", "texts", "choice", "choices", "link"})
"""The types whose columns take the room that is left."""


@lru_cache(maxsize=8)
def _common(names: tuple[frozenset[str], ...]) -> frozenset[str]:
    return frozenset.intersection(*names) if names else frozenset()


def common_fields(catalogue: Catalogue) -> frozenset[str]:
    """The fields that every form has, such as source and notes: no table begins with them."""
    return _common(tuple(frozenset(form.fields) for form in catalogue.forms.values()))


def own_fields(group: Group, above: Form) -> list[Field]:
    """The fields of a row without the links that it shares with its record."""
    return [
        field
        for field in group.form.fields.values()
        if field.name != group.link_field and not group.shares(field, above)
    ]


def widths(fields: Sequence[Field], labels: Mapping[str, int], digit: int) -> dict[str, int]:
    """How wide the column of each field is, given the width of its label in the heading."""
    most = LONGEST_HEADING * digit
    return {
        field.name: max(DIGITS.get(field.type, 16) * digit, min(labels[field.name], most))
        for field in fields
    }


def grown(fields: Sequence[Field], width: Mapping[str, int], room: int) -> dict[str, int]:
    """The widths with what is left of the room given to the columns that can use it."""
    found = {field.name: width[field.name] for field in fields}
    left = room - sum(found.values())
    growing = [field.name for field in fields if field.type in GROWING] or list(found)
    if left > 0:
        for name in growing:
            found[name] += left // len(growing)
    return found


def choose_columns(
    group: Group, above: Form, catalogue: Catalogue, room: int, width: Mapping[str, int]
) -> tuple[Field, ...]:
    """The fields that fit: first those that must be filled or that lists show, then the others."""
    common = common_fields(catalogue)
    fields = [field for field in own_fields(group, above) if field.name not in common]
    listed = set(group.form.list_columns)
    stand_ins = {field.written_in for field in fields}
    rank = {field.name: _rank(field, listed, stand_ins) for field in fields}
    ranked = sorted(fields, key=lambda one: rank[one.name])
    chosen: set[str] = set()
    used = 0
    for field in ranked:
        used += width[field.name]
        if used > room and rank[field.name] > 0 and chosen:
            break
        chosen.add(field.name)
    return tuple(field for field in fields if field.name in chosen)


def _rank(field: Field, listed: set[str], stand_ins: set[str | None]) -> int:
    """How much a field wants a column; what is written only where a link is missing, least."""
    if field.obligatory or field.name in listed:
        return 0
    if field.name in stand_ins:
        return 3
    return 2 if field.type in {"long_text", "texts"} else 1
