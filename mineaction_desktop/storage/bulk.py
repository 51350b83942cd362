"""Many rows into one table: the statement is made once, the values by the shortest way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Dialect, Insert, String, Table, insert, literal_column

Binder = Callable[[Any], object] | None

_MANY = 100
"""So many rows go in together, and are worth a look for what they have in common."""

_LONGEST = 100
"""Longer texts are not written into statements."""


class Inserter:
    """Puts rows into a table.

    SQLAlchemy writes the statement and knows the types, but is spared the work of asking them
    again for each row. Handing values to the database is half the work of a row: a value that many
    rows share is written into the statement, columns without any value are left out, and one
    statement takes many rows.
    """

    def __init__(self, connection: Connection, table: Table) -> None:
        self._connection = connection
        self._dialect = connection.dialect
        self._table = table
        self._statements: dict[tuple[object, ...], str] = {}
        self.binders: dict[str, Binder] = {
            column.key: column.type.dialect_impl(self._dialect).bind_processor(self._dialect)
            for column in table.columns
        }

    def bound(self, name: str, value: object) -> object:
        """Return a value as the database driver takes it."""
        bind = self.binders[name]
        return value if bind is None else bind(value)

    def insert(self, columns: Mapping[str, Sequence[object]]) -> None:
        """Insert rows of values that are bound already, given by column."""
        count = len(next(iter(columns.values()), ()))
        if not count:
            return
        in_order = [name for name in self.binders if name in columns]
        shared = {name: columns[name][0] for name in in_order if _is_shared(columns[name])}
        if len(shared) == len(in_order):  # a statement needs some value to take
            shared.popitem()
        bound = [name for name in in_order if name not in shared]
        statement = self._statement(bound, shared)
        rows = list(zip(*(columns[name] for name in bound), strict=True))
        whole = count - count % _MANY
        if whole:
            parts = (rows[start : start + _MANY] for start in range(0, whole, _MANY))
            start, _, row = statement.partition(" VALUES ")
            together = f"{start} VALUES {', '.join([row] * _MANY)}"
            values = [tuple(chain.from_iterable(part)) for part in parts]
            self._connection.exec_driver_sql(together, values)
        if whole < count:
            self._connection.exec_driver_sql(statement, rows[whole:])

    def _statement(self, bound: Sequence[str], shared: Mapping[str, object]) -> str:
        wanted = (*bound, *shared.items())
        if wanted not in self._statements:
            if shared:
                texts = {name: self._written(value) for name, value in shared.items()}
                statement = insert(self._table).values(
                    {name: literal_column(text) for name, text in texts.items()}
                )
                self._statements[wanted] = _compiled(statement, self._dialect, bound)
            else:
                self._statements[wanted] = _plain(self._table, self._dialect, tuple(bound))
        return self._statements[wanted]

    def _written(self, value: object) -> str:
        """A shared value as it stands in a statement."""
        write = String().literal_processor(self._dialect)  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped
        return str(value) if isinstance(value, int) or write is None else str(write(value))


@lru_cache(maxsize=64)  # every saving writes to the trail
def _plain(table: Table, dialect: Dialect, bound: tuple[str, ...]) -> str:
    return _compiled(insert(table), dialect, bound)


def _compiled(statement: Insert, dialect: Dialect, bound: Sequence[str]) -> str:
    return str(statement.compile(dialect=dialect, column_keys=list(bound)))


def _is_shared(values: Sequence[object]) -> bool:
    """Whether many rows have one value, and a statement can hold it."""
    first = values[0]
    if len(values) < _MANY or first != values[-1] or type(first) not in {int, str}:
        return False
    is_short = not isinstance(first, str) or (len(first) <= _LONGEST and "\0" not in first)
    return is_short and values.count(first) == len(values)
