"""Records that are being keyed, and the index of the full-text search."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

SEARCH_TEXT = """\
CREATE VIRTUAL TABLE search_text USING fts5(
    kind UNINDEXED, record_id UNINDEXED, body,
    tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
)"""


def upgrade() -> None:
    """Bring the tables to this shape."""
    op.create_table(
        "draft",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("record_id", sa.String(length=36), nullable=True),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("is_parked", sa.Boolean(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.Column("based_on", sa.BigInteger(), nullable=True),
        sa.Column("content", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
    )
    op.create_table(
        "search_state",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_search_state")),
    )
    if op.get_context().dialect.name == "sqlite":
        op.execute(SEARCH_TEXT)
