"""Long lists: the numbers of all rows first, what stands in them by page, totals in one statement.

A row is known by SQLite's own integer, so that a list of a million records takes eight megabytes;
its numbers are good for as long as the register is open.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from mineaction_desktop.formdef.form import Field, Form
from mineaction_desktop.i18n import Words, language_of
from mineaction_desktop.storage.filtering import (
    Filter,
    condition,
    field_of,
    in_order,
    teach,
)
from mineaction_desktop.storage.queries import Fact, table_of
from mineaction_desktop.storage.reader import Reader
from mineaction_desktop.storage.search import matching

ADDED_UP = frozenset({"area", "quantity", "money"})
"""Types of field whose values a list adds up."""

_FETCHED = 20_000
_INSTRUCTIONS = 50_000
"""How many steps the database takes between two looks at whether anybody still waits."""

_ASKED = 500
Stopped = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What a list shows: the columns, the order, the conditions, the words searched for.

    ``sort`` names fields, each with whether it descends.
    """

    kind: str
    columns: tuple[str, ...] = ()
    sort: tuple[tuple[str, bool], ...] = ()
    filters: tuple[Filter, ...] = ()
    text: str = ""
    show_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Totals:
    """How many records there are, and what their numbers add up to; money by currency."""

    count: int
    sums: Mapping[str, int] = field(default_factory=dict)
    money: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def first_rows(
    reader: Reader, form: Form, query: ListQuery, limit: int, words: Words | None = None
) -> array[int]:
    """The numbers of the first rows; an index gives them without looking at the rest."""
    return _fetched(reader, _asked(reader, form, query, words).limit(limit))


def all_rows(
    reader: Reader,
    form: Form,
    query: ListQuery,
    stopped: Stopped = lambda: False,
    words: Words | None = None,
) -> array[int] | None:
    """The numbers of all rows in the order of a language; nothing if nobody waits any more."""
    with _stoppable(reader, stopped):
        try:
            return _fetched(reader, _asked(reader, form, query, words), stopped)
        except OperationalError:
            if stopped():
                return None
            raise


def cells(
    reader: Reader, form: Form, columns: Sequence[str], rows: Sequence[int]
) -> dict[int, Fact]:
    """What stands in some rows, by row; ``id``, number, version and state always."""
    table = table_of(form.kind)
    always = ("id", "local_id", "version", "is_hidden", "review_state")
    plain = dict.fromkeys(chain(always, (c for c in columns if not _is_extra(form, c))))
    extra = [name for name in columns if _is_extra(form, name)]
    wanted = [table.c[name] for name in plain]
    if extra:
        wanted.append(table.c.extra)
    found: dict[int, Fact] = {}
    for start in range(0, len(rows), _ASKED):
        statement = sa.select(rowid(table), *wanted).where(
            rowid(table).in_(rows[start : start + _ASKED])
        )
        for row in reader.connection.execute(statement):
            fact: dict[str, Any] = dict(zip(plain, row[1:], strict=False))
            if extra:
                kept_extra = row[-1] or {}
                fact.update((name, kept_extra.get(name)) for name in extra)
            found[row[0]] = fact
    return found


def totals(
    reader: Reader, form: Form, query: ListQuery, stopped: Stopped = lambda: False
) -> Totals | None:
    """Count the records and add up the columns that can be, in one statement."""
    fields = [f for name in query.columns if (f := form.fields.get(name)) and not f.extra]
    plain = [f.name for f in fields if f.type in ADDED_UP - {"money"}]
    money = {f.name: f.currency_field or "currency" for f in fields if f.type == "money"}
    table = table_of(form.kind)
    currencies = list(dict.fromkeys(money.values()))
    sums = [sa.func.sum(table.c[name]) for name in (*plain, *money)]
    columns = [table.c[name] for name in currencies]
    wanted = sa.select(*columns, sa.func.count(), *sums).select_from(table)
    wanted = wanted.where(*_conditions(reader, form, query))
    if currencies:
        wanted = wanted.group_by(*columns)
    with _stoppable(reader, stopped):
        try:
            return _added_up(reader.connection.execute(wanted), currencies, plain, money)
        except OperationalError:
            if stopped():
                return None
            raise


def _added_up(
    rows: Iterable[Sequence[Any]],
    currencies: Sequence[str],
    plain: Sequence[str],
    money: Mapping[str, str],
) -> Totals:
    count, added = 0, dict.fromkeys(plain, 0)
    amounts: dict[str, dict[str, int]] = {name: {} for name in money}
    for row in rows:
        named = dict(zip(currencies, row, strict=False))
        number, *sums = row[len(currencies) :]
        count += number
        for name, total in zip((*plain, *money), sums, strict=True):
            if total is None:
                continue
            if name in money:
                currency = named[money[name]] or ""
                amounts[name][currency] = amounts[name].get(currency, 0) + total
            else:
                added[name] += total
    return Totals(count, added, amounts)


def record_ids(reader: Reader, kind: str, rows: Iterable[int]) -> Iterator[str]:
    """The ids of the records in some rows, in the order of the rows."""
    table = table_of(kind)
    remaining = iter(rows)
    while chunk := list(_taken(remaining, _ASKED)):
        wanted = sa.select(rowid(table), table.c.id).where(rowid(table).in_(chunk))
        found = {row[0]: str(row[1]) for row in reader.connection.execute(wanted)}
        yield from (found[row] for row in chunk if row in found)


def rows_of(reader: Reader, kind: str, ids: Iterable[str]) -> dict[str, int]:
    """The rows of some records, by id."""
    table = table_of(kind)
    found: dict[str, int] = {}
    remaining = iter(ids)
    while chunk := list(_taken(remaining, _ASKED)):
        wanted = sa.select(table.c.id, rowid(table)).where(table.c.id.in_(chunk))
        found.update((name, row) for name, row in reader.connection.execute(wanted))
    return found


def values_by_id(
    reader: Reader, kind: str, ids: Iterable[str], columns: Sequence[str]
) -> dict[str, Fact]:
    """Some columns of some records, by id."""
    table = table_of(kind)
    wanted = [table.c[name] for name in columns]
    found: dict[str, Fact] = {}
    remaining = iter(ids)
    while chunk := list(_taken(remaining, _ASKED)):
        statement = sa.select(table.c.id, *wanted).where(table.c.id.in_(chunk))
        for row in reader.connection.execute(statement):
            found[row[0]] = dict(zip(columns, row[1:], strict=True))
    return found


def rowid(table: sa.Table) -> sa.ColumnElement[int]:
    """SQLite's own number of a row."""
    return sa.literal_column(f"{table.name}.rowid", sa.Integer)


def _taken(rows: Iterator[Any], count: int) -> Iterator[Any]:
    for _, row in zip(range(count), rows, strict=False):
        yield row


def _is_extra(form: Form, name: str) -> bool:
    known: Field | None = form.fields.get(name)
    return known is not None and known.extra


def _asked(reader: Reader, form: Form, query: ListQuery, words: Words | None) -> sa.Select[Any]:
    _teach(reader, words)
    table = table_of(form.kind)
    source, order = in_order(form, table, query.sort, words)
    rows = sa.select(rowid(table)).select_from(source)
    return rows.where(*_conditions(reader, form, query)).order_by(*order)


def _conditions(reader: Reader, form: Form, query: ListQuery) -> list[sa.ColumnElement[bool]]:
    _teach(reader)
    table = table_of(form.kind)
    found: list[sa.ColumnElement[bool]] = []
    if not query.show_hidden:
        found.append(table.c.is_hidden.is_(sa.false()))
    found += [condition(table, field_of(form, one.field), one) for one in query.filters]
    if query.text.strip():
        found.append(matching(reader, form, query.text))
    return found


def _fetched(
    reader: Reader, wanted: sa.Select[Any], stopped: Stopped = lambda: False
) -> array[int]:
    """Numbers straight from the driver: no row object is made for any of them."""
    cursor = reader.connection.execute(wanted).cursor
    found = array("q")
    while not stopped() and (rows := cursor.fetchmany(_FETCHED)):
        found.extend(chain.from_iterable(rows))
    cursor.close()
    return found


def _teach(reader: Reader, words: Words | None = None) -> None:
    """Teach each connection once what our conditions need, and the order of each language."""
    taught = reader.connection.info.setdefault("taught", set())
    if (language := language_of(words)) not in taught:
        teach(_driver(reader), words)
        taught.add(language)


def _driver(reader: Reader) -> sqlite3.Connection:
    return cast("sqlite3.Connection", reader.connection.connection.driver_connection)


@contextmanager
def _stoppable(reader: Reader, stopped: Stopped) -> Iterator[None]:
    """Have the database look up from long work now and then."""
    driver = _driver(reader)
    driver.set_progress_handler(stopped, _INSTRUCTIONS)
    try:
        yield
    finally:
        driver.set_progress_handler(None, 0)
