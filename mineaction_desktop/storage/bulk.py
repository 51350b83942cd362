"""Many rows into one table: the statement is made once, the values by the shortest way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Table, insert

Binder = Callable[[Any], object] | None


class Inserter:
    """Puts rows into a table; each row has a value for every column, in the table's order.

    SQLAlchemy writes the statement and knows the types, but is spared the work of asking them
    again for each row.
    """

    def __init__(self, connection: Connection, table: Table) -> None:
        dialect = connection.dialect
        self._connection = connection
        self._statement = str(insert(table).compile(dialect=dialect))
        self.binders: dict[str, Binder] = {
            column.key: column.type.dialect_impl(dialect).bind_processor(dialect)
            for column in table.columns
        }

    def bound(self, name: str, value: object) -> object:
        """Return a value as the database driver takes it."""
        bind = self.binders[name]
        return value if bind is None else bind(value)

    def insert(self, rows: list[tuple[object, ...]]) -> None:
        """Insert rows of values that are bound already."""
        if rows:
            self._connection.exec_driver_sql(self._statement, rows)
