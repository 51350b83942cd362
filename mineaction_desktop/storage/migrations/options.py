"""How Alembic compares the tables with the records, and how it writes migrations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.types import TypeDecorator, TypeEngine

from mineaction_desktop.records import Base
from mineaction_desktop.storage import tables as _tables


def is_other_type(
    context: Any,  # noqa: ANN401 - Alembic does not say what it hands over here
    inspected_column: object,
    metadata_column: object,
    inspected_type: TypeEngine[Any],
    metadata_type: TypeEngine[Any],
) -> bool:
    """Whether a column is stored differently; SQLite forgets everything beyond that."""
    del inspected_column, metadata_column
    dialect = context.dialect
    return inspected_type.compile(dialect) != metadata_type.compile(dialect)


def written_type(kind: str, item: object, autogen_context: object) -> str | bool:
    """Return how a migration names a type: as the plain one below it, which never changes."""
    del autogen_context
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{type(item.impl_instance).__name__}()"
    return False


def is_ours(name: str | None, kind: str, parents: object) -> bool:
    """Whether something found in a register is for Alembic; the search index and its parts are not.

    SQLite keeps a full-text table in several others, whose names begin with the name of the first.
    """
    del parents
    return kind != "table" or not (name or "").startswith(_tables.search_text.name)


CONFIGURATION: Mapping[str, Any] = {
    "target_metadata": Base.metadata,
    "render_as_batch": True,
    "compare_type": is_other_type,
    "render_item": written_type,
    "include_name": is_ours,
}
"""What :func:`alembic.context.configure` is told besides the connection."""
