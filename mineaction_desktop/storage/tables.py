"""The tables of a register that are not record kinds: its passport, its counters, its trail."""

from __future__ import annotations

from typing import cast

from sqlalchemy import (
    DDL,
    BigInteger,
    Boolean,
    Column,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    event,
)

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

report_snapshot = Table(
    "report_snapshot",
    Base.metadata,
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("id", String(36), nullable=False, unique=True),
    Column("instrument", String, nullable=False),
    Column("layout", String, nullable=False),
    Column("edition", String, nullable=False),
    Column("language", String, nullable=False),
    Column("year", BigInteger, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("origin", String, nullable=False),
    Column("submitted_at", UTCDateTime, nullable=False),
    Column("submitted_by", String, nullable=False),
    Column("office", String, nullable=False),
    Column("note", String, nullable=True),
    Column("change_number", BigInteger, nullable=False),
    # Bytes, not JSON: what was fingerprinted must be what is stored, to the letter.
    Column("document", LargeBinary, nullable=False),
    Column("figures", LargeBinary, nullable=False),
    Column("forms", String, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    UniqueConstraint("instrument", "year", "number"),
)
"""Submitted reports in order, each sealed by the fingerprint of the one before."""

attachment_content = Table(
    "attachment_content",
    Base.metadata,
    Column("sha256", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
"""The bytes of attachments by their own fingerprint, each kept once."""

draft = Table(
    "draft",
    Base.metadata,
    Column("id", String(36), primary_key=True),
    Column("kind", String, nullable=False),
    # No foreign key: a draft is kept whatever becomes of the record.
    Column("record_id", String(36), nullable=True),
    Column("purpose", String, nullable=False),
    Column("is_parked", Boolean, nullable=False),
    Column("author", String, nullable=False),
    Column("office", String, nullable=False),
    Column("started_at", UTCDateTime, nullable=False),
    Column("kept_at", UTCDateTime, nullable=False),
    Column("based_on", BigInteger, nullable=True),
    # Text, not JSON: it is read with care, and by programs that know its fields no more.
    Column("content", String, nullable=False),
)
"""Records that are being keyed; they come and go without an entry in the trail."""

search_state = Table(
    "search_state",
    Base.metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)
"""How far the search index has followed the trail, and by which rules it was made."""

search_text = Table(
    "search_text",
    MetaData(),
    Column("rowid", BigInteger, primary_key=True),
    Column("kind", String),
    Column("record_id", String(36)),
    Column("body", String),
)
"""The words of every record, for full-text search; everything in it can be made again.

A virtual table of SQLite, so it stands outside the metadata that migrations are compared with.
"""

SEARCH_TEXT = """\
CREATE VIRTUAL TABLE search_text USING fts5(
    kind UNINDEXED, record_id UNINDEXED, body,
    tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
)"""
"""Signs of vowels (Mn, Mc) are part of words: Khmer and Burmese fall to pieces without them."""


WRITTEN_ONCE = (report_snapshot, attachment_content)
"""Tables that take new rows only."""


def _refusal(table: Table, action: str) -> DDL:
    """What makes the database itself refuse to change rows, whatever program tries."""
    lines = (
        f"CREATE TRIGGER {table.name}_no_{action}",
        f"BEFORE {action.upper()} ON {table.name}",
        f"BEGIN SELECT RAISE(ABORT, '{table.name} takes new rows only'); END",
    )
    return DDL("\n".join(lines))  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped


for _table in WRITTEN_ONCE:  # after all tables and indexes, which is where a copy puts them too
    for _action in ("update", "delete"):
        _ddl = _refusal(_table, _action).execute_if(dialect="sqlite")
        event.listen(Base.metadata, "after_create", _ddl)

_search = DDL(SEARCH_TEXT).execute_if(dialect="sqlite")  # type: ignore[no-untyped-call]  # as above
event.listen(Base.metadata, "after_create", _search)

schema_version = Table(
    "alembic_version",
    MetaData(naming_convention={"pk": "%(table_name)s_pkc"}),
    Column("version_num", String(32), primary_key=True),
)
"""The table that Alembic keeps; made here so that a new register needs no Alembic."""


def table_of(kind: type[Record]) -> Table:
    """Return the table that holds a kind."""
    return cast("Table", kind.__table__)
