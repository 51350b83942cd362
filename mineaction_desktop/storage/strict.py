"""How the column types are written in SQLite: STRICT tables know only four.

Importing this module is enough. It stands here, not with the records, because other databases
keep the types as they are declared.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Connection,
    Date,
    DateTime,
    Double,
    Enum,
    Float,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    Text,
    event,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import TypeEngine

_WRITTEN: dict[str, tuple[type[TypeEngine[Any]], ...]] = {
    "TEXT": (String, Text, Enum, Date, DateTime, JSON),
    "INTEGER": (Integer, BigInteger, SmallInteger, Boolean),
    "REAL": (Float, Double),
    "BLOB": (LargeBinary,),
}


def _write_as(name: str, sql_type: type[TypeEngine[Any]]) -> None:
    def written(element: TypeEngine[Any], compiler: object, **options: object) -> str:
        del element, compiler, options
        return name

    compiles(sql_type, "sqlite")(written)


for _name, _types in _WRITTEN.items():
    for _type in _types:
        _write_as(_name, _type)


@event.listens_for(Table, "before_create")
def _make_strict(table: Table, connection: Connection, **_: object) -> None:
    if connection.dialect.name == "sqlite":
        table.dialect_options["sqlite"]["strict"] = True
