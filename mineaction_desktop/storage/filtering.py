"""Conditions and orders of lists as SQL, from what the form says about a field."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any, Protocol

import sqlalchemy as sa

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.formdef.choices import ChoiceList
from mineaction_desktop.formdef.folding import folded
from mineaction_desktop.formdef.form import Field, Form
from mineaction_desktop.formdef.sorting import sort_keys
from mineaction_desktop.i18n import Words, language_of
from mineaction_desktop.records import kinds
from mineaction_desktop.storage.queries import table_of

Column = sa.ColumnElement[Any]
Condition = sa.ColumnElement[bool]


class _Like(Protocol):
    def __call__(self, column: Column, text: str, *, begins: bool = False) -> Condition: ...


NAMING = ("name", "title", "short_name", "name_local", "code")
"""Columns that name a record, the one that orders a list of links first."""


_AFTER_ALL = "\U0010ffff"


class Operator(StrEnum):
    """What a condition asks of a field."""

    EQUALS = "equals"
    IS_NOT = "is_not"
    CONTAINS = "contains"
    BEGINS = "begins"
    LESS = "less"
    MORE = "more"
    BETWEEN = "between"
    ANY_OF = "any_of"
    NONE_OF = "none_of"
    EMPTY = "empty"
    FILLED = "filled"


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on one field; the value is as the field has it, a tuple where there are more.

    Dates that are compared take in all of their days: less than 2019 ends with 2018, and a record
    of March 2019 equals 2019.
    """

    field: str
    operator: Operator
    value: object = None


BOOKKEEPING: Mapping[str, str] = {
    "created_at": "moment",
    "created_by": "text",
    "updated_at": "moment",
    "updated_by": "text",
    "hidden_reason": "text",
}
"""Columns of every record that are in no form, and what they hold."""

DATES = frozenset({"day", "partial_date", "moment"})
NUMBERS = frozenset({"integer", "quantity", "area", "number", "money", "latitude", "longitude"})
TEXTS = frozenset({"text", "long_text", "texts"})

_EITHER = (Operator.EMPTY, Operator.FILLED)
_OF_TEXT = (
    Operator.CONTAINS,
    Operator.EQUALS,
    Operator.IS_NOT,
    Operator.BEGINS,
    *_EITHER,
)
_OF_AMOUNT = (Operator.EQUALS, Operator.LESS, Operator.MORE, Operator.BETWEEN, *_EITHER)
_OF_CHOICE = (Operator.ANY_OF, Operator.NONE_OF, *_EITHER)
_OF_LINK = (Operator.ANY_OF, Operator.CONTAINS, Operator.BEGINS, Operator.NONE_OF, *_EITHER)


def operators(kind_of_field: str) -> tuple[Operator, ...]:
    """The operators that a type of field knows, the usual one first."""
    if kind_of_field in TEXTS:
        return _OF_TEXT
    if kind_of_field in NUMBERS | DATES:
        return _OF_AMOUNT
    if kind_of_field in {"choice", "choices"}:
        return _OF_CHOICE
    if kind_of_field == "link":
        return _OF_LINK
    return (Operator.EQUALS, *_EITHER) if kind_of_field == "yes_no" else _EITHER


def field_of(form: Form, name: str) -> Field:
    """A field of a form, or a column of the bookkeeping as one."""
    known = form.fields.get(name)
    if known is not None:
        return known
    return Field(kind=form.kind, name=name, label=name, type=BOOKKEEPING[name])


def kept(table: sa.Table, field: Field) -> Column:
    """The stored value of a field, wherever it is kept, as the database compares it."""
    if field.extra:
        return sa.func.json_extract(table.c.extra, f'$."{field.name}"')
    column: Column = table.c[field.name]
    if field.type in DATES | {"texts", "choices"}:
        return sa.type_coerce(column, sa.String)
    return column


def condition(table: sa.Table, field: Field, wanted: Filter) -> Condition:
    """What the database asks for one condition of a person."""
    column, value = kept(table, field), wanted.value
    match wanted.operator:
        case Operator.EMPTY:
            found = _is_empty(column, field)
        case Operator.FILLED:
            found = sa.not_(_is_empty(column, field))
        case Operator.ANY_OF:
            found = _any_of(column, field, value)
        case Operator.NONE_OF:
            found = sa.or_(column.is_(None), sa.not_(_any_of(column, field, value)))
        case Operator.CONTAINS | Operator.BEGINS:
            begins = wanted.operator is Operator.BEGINS
            call = like if not field.link else _names_like(field.link)
            found = call(column, str(value), begins=begins)
        case _:
            found = _compared(column, field, wanted)
    return found


def _compared(column: Column, field: Field, wanted: Filter) -> Condition:
    if field.type in DATES:
        return _of_dates(column, wanted)
    if field.type in TEXTS:
        same = _same_text(column, str(wanted.value))
        is_other = wanted.operator is Operator.IS_NOT
        return sa.or_(column.is_(None), sa.not_(same)) if is_other else same
    return _of_amounts(column, wanted)


def _is_empty(column: Column, field: Field) -> Condition:
    is_text = field.type in TEXTS and field.type != "texts"
    return sa.or_(column.is_(None), column == "") if is_text else column.is_(None)


def _of_amounts(column: Column, wanted: Filter) -> Condition:
    value = wanted.value
    match wanted.operator:
        case Operator.LESS:
            return column < value
        case Operator.MORE:
            return column > value
        case Operator.BETWEEN:
            low, high = _pair(value)
            return sa.and_(column >= low, column <= high)
        case Operator.IS_NOT:
            return sa.or_(column.is_(None), column != value)
    return column == value


def _of_dates(column: Column, wanted: Filter) -> Condition:
    """Texts of dates sort by their last day, so that days can be compared with them."""
    if wanted.operator is Operator.BETWEEN:
        low, high = _pair(wanted.value)
        return sa.and_(column >= _first(low), column < _day_after(high))
    match wanted.operator:
        case Operator.LESS:
            return column < _first(wanted.value)
        case Operator.MORE:
            return column >= _day_after(wanted.value)
    return sa.and_(column >= _first(wanted.value), column < _day_after(wanted.value))


def _first(value: object) -> str:
    day = value.first if isinstance(value, PartialDate) else value
    return day.isoformat() if isinstance(day, date) else str(day)


def _day_after(value: object) -> str:
    day = value.last if isinstance(value, PartialDate) else value
    if not isinstance(day, date):
        return str(day)
    return (day + timedelta(days=1)).isoformat() if day < date.max else "9999-12-32"


def _pair(value: object) -> tuple[Any, Any]:
    low, high = value if isinstance(value, (tuple, list)) else (value, value)
    return low, high


def _any_of(column: Column, field: Field, value: object) -> Condition:
    wanted = list(value) if isinstance(value, (tuple, list, frozenset, set)) else [value]
    if field.type != "choices":
        return column.in_(wanted)
    each = sa.func.json_each(column).table_valued("value")
    return sa.exists(sa.select(sa.literal(1)).where(each.c.value.in_(wanted)))


def like(column: Column, text: str, *, begins: bool = False) -> Condition:
    """Whether a text holds another one, however either is written.

    Texts of ASCII are compared by the database itself; only the others are worth the call.
    """
    wanted = folded(text)
    pattern = f"{'' if begins else '%'}{_escaped(wanted)}%"
    foreign = sa.and_(_is_foreign(column), sa.func.folded(column).like(pattern, escape="\\"))
    if not wanted.isascii():
        return foreign
    return sa.or_(column.like(pattern, escape="\\"), foreign)


def _same_text(column: Column, text: str) -> Condition:
    """Equal but for case and accents; the very same text is found through an index if there is."""
    return sa.or_(column == text, _folded(column) == folded(text))


def _folded(column: Column) -> Column:
    return sa.case((_is_foreign(column), sa.func.folded(column)), else_=sa.func.lower(column))


def _is_foreign(column: Column) -> Condition:
    """Whether a text holds more than ASCII in one line; three times as fast as a pattern for it."""
    size = sa.func.length(sa.cast(column, sa.LargeBinary))
    breaks = (sa.func.instr(column, mark) > 0 for mark in ("\n", "\t", "\r"))
    return sa.or_(sa.func.length(column) != size, *breaks)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _names_like(kind: str) -> _Like:
    """Whether a linked record of a kind is called like a text."""

    def named(column: Column, text: str, *, begins: bool = False) -> Condition:
        linked = table_of(kind).alias()
        names = [linked.c[name] for name in (*NAMING, "local_id") if name in linked.c]
        found = sa.or_(*(like(name, text, begins=begins) for name in names))
        return column.in_(sa.select(linked.c.id).where(found))

    return named


def in_order(
    form: Form, table: sa.Table, order: Sequence[tuple[str, bool]], words: Words | None = None
) -> tuple[sa.FromClause, list[Column]]:
    """The rows of a list and their order, for a person who reads ``words``.

    Equal rows stand as they were entered. Empty values come last, so that they are never what a
    person sees first.
    """
    source: sa.FromClause = table
    terms: list[Column] = []
    for name, descends in order:
        field = field_of(form, name)
        term = kept(table, field)
        if field.type in {"text", "long_text"} and field.name != "local_id":
            terms.append(_by_text(term, words, descends=descends))
            continue
        if field.link:
            places = _places_of_linked(field.link, words)
            source = source.outerjoin(places, places.c.id == term)
            term = places.c.place
        elif field.choices is not None and field.type == "choice":
            term = _place_of_choice(term, field.choices, words)
        ordered = term.desc() if descends else term.asc()
        can_be_empty = field.extra or field.link is not None or table.c[name].nullable
        terms.append(ordered.nulls_last() if can_be_empty else ordered)
    last = order[-1][1] if order else False
    row = sa.literal_column(f"{table.name}.rowid", sa.Integer)
    return source, [*terms, row.desc() if last else row.asc()]


def _by_text(column: Column, words: Words | None, *, descends: bool) -> Column:
    """The order of texts; NULLS LAST would forbid the database its quick way to compare them."""
    key = getattr(sa.func, _key_name(words))
    term = sa.case((column != "", key(column)), else_=None if descends else _AFTER_ALL)
    return term.desc() if descends else term.asc()


def _place_of_choice(column: Column, choices: ChoiceList, words: Words | None) -> Column:
    """Where the label of a code stands among the others, as people read them."""
    key = sort_keys(language_of(words))
    codes = sorted(choices.choices, key=lambda code: key(choices.label(code, words)))
    places = {code: place for place, code in enumerate(codes)}
    unlisted = sa.case((column.is_(None), None), else_=len(places))
    return sa.case(places, value=column, else_=unlisted)


def _places_of_linked(kind: str, words: Words | None) -> sa.Subquery:
    """Where each record of a kind stands among the others by its name; sorted once for a list."""
    linked = table_of(kind).alias()
    names = [linked.c[name] for name in NAMING if name in linked.c]
    key = getattr(sa.func, _key_name(words))
    called = key(sa.func.coalesce(*names[:1], linked.c.local_id))
    place = sa.func.dense_rank().over(order_by=called).label("place")
    return sa.select(linked.c.id, place).subquery()


def _key_name(words: Words | None) -> str:
    return f"sort_key_{language_of(words)}"


def can_sort(form: Form, name: str) -> bool:
    """Whether a list can be ordered by a column; sealed and repeated values have no order."""
    if name not in form.fields:
        return name in BOOKKEEPING
    return form.fields[name].type not in {"sealed", "choices", "texts"}


def indexed(kind: str) -> frozenset[str]:
    """The columns of a kind with an index that orders them: these sort at once."""
    table = kinds()[kind].__table__
    assert isinstance(table, sa.Table)  # noqa: S101 - a kind is always a plain table
    found = {next(iter(index.columns)).name for index in table.indexes}
    return frozenset(found | {"local_id"})


def teach(connection: sqlite3.Connection, words: Words | None = None) -> None:
    """Teach a connection to fold text as the search does, and to sort it as a person does."""
    connection.create_function("folded", 1, _folded_value, deterministic=True)
    name, key = _key_name(words), sort_keys(language_of(words))
    connection.create_function(name, 1, key, deterministic=True)


@lru_cache(maxsize=8192)
def _folded_value(text: object) -> str | None:
    return None if text is None else folded(str(text))
