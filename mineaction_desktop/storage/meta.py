"""What a register says about itself: a small table of names and values."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from mineaction_desktop.storage.tables import register_meta

REGISTER_ID = "register_id"
PURPOSE = "purpose"
CREATED_AT = "created_at"
PROGRAM = "program"
SEALING = "sealing"
TRAIL_END = "trail_end"


def get(connection: Connection, name: str) -> str | None:
    """Return the value kept under ``name``, if there is one."""
    wanted = select(register_meta.c.value).where(register_meta.c.name == name)
    return connection.execute(wanted).scalar_one_or_none()


def put(connection: Connection, name: str, value: str) -> None:
    """Keep a value under ``name`` in place of the one before."""
    connection.execute(delete(register_meta).where(register_meta.c.name == name))
    connection.execute(insert(register_meta).values(name=name, value=value))


def everything(connection: Connection) -> dict[str, str]:
    """Return all values by name."""
    rows = connection.execute(select(register_meta.c.name, register_meta.c.value))
    return {name: value for name, value in rows}  # noqa: C416 - rows are not plain pairs to mypy


def register_id(connection: Connection) -> str:
    """Return the identifier of the register, the same in every copy of it."""
    wanted = select(register_meta.c.value).where(register_meta.c.name == REGISTER_ID)
    return str(connection.execute(wanted).scalar_one())
