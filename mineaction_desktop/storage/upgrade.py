"""Bringing a register of an older version up to date: copied first, then migrated step by step.

This module loads Alembic; import it only when there is something to migrate.
"""

from __future__ import annotations

import contextlib
import filecmp
import itertools
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, select

from mineaction_desktop.storage import files, schema, tables
from mineaction_desktop.storage.engine import Access, open_engine
from mineaction_desktop.storage.schema import Schema

_SCRIPTS = Path(__file__).parent / "migrations"


def upgrade(engine: Engine, path: Path, wanted: Schema) -> Path:
    """Bring the register to the wanted shape; return the copy of how it was.

    If any step fails, the register is put back as it was and the copy is taken away.
    """
    copy, is_new = copy_before(engine, path, wanted)
    done = 0
    try:
        with engine.connect() as connection:
            for revision in steps(connection, wanted):
                step(connection, wanted, revision)
                done += 1
    except BaseException:
        if done:
            restore(engine, copy)
        if is_new:
            copy.unlink(missing_ok=True)
        raise
    return copy


def copy_up_to_date(engine: Engine, copy: Path, wanted: Schema) -> None:
    """Write what the register holds, in the wanted shape, to a file of another name."""
    with engine.connect() as connection, contextlib.closing(sqlite3.connect(copy)) as target:
        _driver(connection).backup(target)
    writing = open_engine(copy, Access.WRITE)
    try:
        with writing.connect() as connection:
            for revision in steps(connection, wanted):
                step(connection, wanted, revision)
    finally:
        writing.dispose()


def copy_before(engine: Engine, path: Path, wanted: Schema) -> tuple[Path, bool]:
    """Copy the register beside itself, under a name that says what it has not been through.

    Say also whether the copy is new: the same one is never kept twice.
    """
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with engine.connect() as connection:
            _driver(connection).execute("VACUUM INTO ?", (str(unfinished),))
        for copy in _names(path, f"{path.stem} before {wanted.head}"):
            if not copy.exists():
                files.place(unfinished, copy)
                return copy, True
            if filecmp.cmp(unfinished, copy, shallow=False):
                return copy, False
    finally:
        unfinished.unlink(missing_ok=True)
    raise LookupError(path)  # the names never end


def restore(engine: Engine, copy: Path) -> None:
    """Put the register back to what the copy holds, in place and in one transaction."""
    with (
        contextlib.closing(sqlite3.connect(copy)) as source,
        engine.connect() as connection,
    ):
        source.backup(_driver(connection))


def steps(connection: Connection, wanted: Schema) -> list[str]:
    """Return the migrations that the register has not been through, first one first."""
    scripts = ScriptDirectory.from_config(config(connection, wanted))
    below = scripts.iterate_revisions(wanted.head, current(connection) or "base")
    return [script.revision for script in below][::-1]


def current(connection: Connection) -> str | None:
    """Return the last migration the register has been through."""
    with connection.begin():
        if not inspect(connection).has_table(tables.schema_version.name):
            return None
        return connection.scalar(select(tables.schema_version.c.version_num))


def step(connection: Connection, wanted: Schema, revision: str) -> None:
    """Carry out one migration in a transaction of its own."""
    driver = _driver(connection)
    # Rebuilding a table drops it, and with foreign keys on that would empty what refers to it.
    # SQLite ignores the switch within a transaction, so it comes before.
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.begin():
            command.upgrade(config(connection, wanted), revision)
            schema.note(connection, revision)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise RuntimeError(f"migration {revision} leaves links that lead nowhere")
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def config(connection: Connection, wanted: Schema) -> Config:
    """Return Alembic's settings for a connection; no file of settings is involved."""
    made = Config(attributes={"connection": connection})
    made.set_main_option("path_separator", "newline")
    made.set_main_option("script_location", _escaped(_SCRIPTS))
    made.set_main_option("version_locations", "\n".join(map(_escaped, wanted.folders)))
    made.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return made


def _escaped(path: Path) -> str:
    return str(path).replace("%", "%%")


def _driver(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        raise TypeError(driver)
    return driver


def _names(path: Path, stem: str) -> Iterator[Path]:
    """Yield names beside ``path``, without end."""
    for name in itertools.chain([stem], (f"{stem} ({number})" for number in itertools.count(2))):
        yield path.with_name(name + path.suffix)
