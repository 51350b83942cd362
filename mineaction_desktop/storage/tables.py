"""The tables of a register that are not record kinds: its passport, its counters, its trail."""

from __future__ import annotations

from typing import cast

from sqlalchemy import BigInteger, Column, MetaData, String, Table

from mineaction_desktop.records import Base, Record
from mineaction_desktop.records.types import UTCDateTime

register_meta = Table(
    "register_meta",
    Base.metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)
"""What the register says about itself, by name."""

numbering = Table(
    "numbering",
    Base.metadata,
    Column("kind", String, primary_key=True),
    Column("last", BigInteger, nullable=False),
)
"""The highest number in use among the readable numbers of each kind."""

audit_entry = Table(
    "audit_entry",
    Base.metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("at", UTCDateTime, nullable=False),
    Column("author", String, nullable=False),
    Column("office", String, nullable=False),
    Column("batch", String(36), nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("record_id", String(36), nullable=False, index=True),
    Column("action", String, nullable=False),
    # Text, not JSON: what was fingerprinted must be what is stored, to the letter.
    Column("changes", String, nullable=False),
    Column("reason", String, nullable=True),
    Column("previous", String(64), nullable=False),
    Column("fingerprint", String(64), nullable=False),
)
"""Every change ever made, in order, each entry sealed by the fingerprint of the one before."""

schema_version = Table(
    "alembic_version",
    MetaData(naming_convention={"pk": "%(table_name)s_pkc"}),
    Column("version_num", String(32), primary_key=True),
)
"""The table that Alembic keeps; made here so that a new register needs no Alembic."""


def table_of(kind: type[Record]) -> Table:
    """Return the table that holds a kind."""
    return cast("Table", kind.__table__)
