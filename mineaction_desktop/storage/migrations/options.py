"""How Alembic compares the tables with the records, and how it writes migrations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.types import TypeDecorator, TypeEngine

from mineaction_desktop.records import Base
from mineaction_desktop.storage import tables as _tables  # noqa: F401 - completes the metadata


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


CONFIGURATION: Mapping[str, Any] = {
    "target_metadata": Base.metadata,
    "render_as_batch": True,
    "compare_type": is_other_type,
    "render_item": written_type,
}
"""What :func:`alembic.context.configure` is told besides the connection."""
