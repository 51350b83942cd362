"""Which shape of the tables this program works with, and how a register tells its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, insert

from mineaction_desktop.records import Base
from mineaction_desktop.storage import tables
from mineaction_desktop.storage.engine import APPLICATION_ID

HEAD = "0003"
"""The last migration. A test keeps it equal to what the migrations say, so that a new register
needs no Alembic."""

VERSIONS = Path(__file__).parent / "migrations" / "versions"


@dataclass(frozen=True, slots=True)
class Schema:
    """A shape of the tables: the migration that leads to it, and where migrations are found."""

    head: str = HEAD
    folders: tuple[Path, ...] = (VERSIONS,)

    @property
    def number(self) -> int:
        """The shape as a number; a later one is higher."""
        return number_of(self.head)


CURRENT = Schema()


def number_of(revision: str) -> int:
    """Return the number that a migration's name begins with."""
    return int(revision)


def create(connection: Connection, schema: Schema) -> None:
    """Make all tables of a new register and note their shape."""
    Base.metadata.create_all(connection, checkfirst=False)
    tables.schema_version.create(connection)
    connection.execute(insert(tables.schema_version).values(version_num=schema.head))
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    note(connection, schema.head)


def note(connection: Connection, revision: str) -> None:
    """Write the shape where it can be read without knowing any table."""
    connection.exec_driver_sql(f"PRAGMA user_version={number_of(revision)}")
