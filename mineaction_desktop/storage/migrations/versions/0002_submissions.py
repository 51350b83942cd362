"""Submitted reports, explanations, boxes of the cover page, and the bytes of attachments."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

WRITTEN_ONCE = ("report_snapshot", "attachment_content")
REFUSAL = """\
CREATE TRIGGER {table}_no_{action}
BEFORE {upper} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} takes new rows only'); END"""


def upgrade() -> None:
    """Bring the tables to this shape."""
    op.create_table(
        "attachment_content",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_attachment_content")),
    )
    op.create_table(
        "cover_override",
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("choice", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("local_id", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("date_of_information", sa.String(), nullable=True),
        sa.Column("classification", sa.String(), nullable=True),
        sa.Column("notes", sa.String(), nullable=True),
        sa.Column("extra", sa.JSON(none_as_null=True), nullable=True),
        sa.Column(
            "review_state",
            sa.Enum(
                "entered",
                "verified",
                "accepted",
                "rejected",
                name="review_state",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("is_hidden", sa.Boolean(), nullable=False),
        sa.Column("hidden_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_office", sa.String(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("updated_by", sa.String(), nullable=False),
        sa.Column("updated_office", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cover_override")),
        sa.UniqueConstraint("local_id", name=op.f("uq_cover_override_local_id")),
    )
    op.create_table(
        "explanation",
        sa.Column("rule_code", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("local_id", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("date_of_information", sa.String(), nullable=True),
        sa.Column("classification", sa.String(), nullable=True),
        sa.Column("notes", sa.String(), nullable=True),
        sa.Column("extra", sa.JSON(none_as_null=True), nullable=True),
        sa.Column(
            "review_state",
            sa.Enum(
                "entered",
                "verified",
                "accepted",
                "rejected",
                name="review_state",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("is_hidden", sa.Boolean(), nullable=False),
        sa.Column("hidden_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_office", sa.String(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("updated_by", sa.String(), nullable=False),
        sa.Column("updated_office", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_explanation")),
        sa.UniqueConstraint("local_id", name=op.f("uq_explanation_local_id")),
    )
    op.create_table(
        "report_snapshot",
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("instrument", sa.String(), nullable=False),
        sa.Column("layout", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(), nullable=False),
        sa.Column("submitted_by", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("change_number", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("figures", sa.LargeBinary(), nullable=False),
        sa.Column("forms", sa.String(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_report_snapshot")),
        sa.UniqueConstraint("id", name=op.f("uq_report_snapshot_id")),
        sa.UniqueConstraint(
            "instrument", "year", "number", name=op.f("uq_report_snapshot_instrument_year_number")
        ),
    )
    if op.get_context().dialect.name == "sqlite":
        for table in WRITTEN_ONCE:
            for action in ("update", "delete"):
                op.execute(REFUSAL.format(table=table, action=action, upper=action.upper()))
