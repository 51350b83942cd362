"""What a register says about itself: a small table of names and values."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, delete, insert, select

from mineaction_desktop.storage.tables import register_meta

REGISTER_ID = "register_id"
PURPOSE = "purpose"
CREATED_AT = "created_at"
PROGRAM = "program"
SEALING = "sealing"
TRAIL_END = "trail_end"

_NAMED = register_meta.c.name == bindparam("named")
_GET = select(register_meta.c.value).where(_NAMED)
_DROP = delete(register_meta).where(_NAMED)
_PUT = insert(register_meta)


def get(connection: Connection, name: str) -> str | None:
    """Return the value kept under ``name``, if there is one."""
    return connection.execute(_GET, {"named": name}).scalar_one_or_none()


def put(connection: Connection, name: str, value: str) -> None:
    """Keep a value under ``name`` in place of the one before."""
    connection.execute(_DROP, {"named": name})
    connection.execute(_PUT, {"name": name, "value": value})


def everything(connection: Connection) -> dict[str, str]:
    """Return all values by name."""
    rows = connection.execute(select(register_meta.c.name, register_meta.c.value))
    return {name: value for name, value in rows}  # noqa: C416 - rows are not plain pairs to mypy


def register_id(connection: Connection) -> str:
    """Return the identifier of the register, the same in every copy of it."""
    return str(connection.execute(_GET, {"named": REGISTER_ID}).scalar_one())
