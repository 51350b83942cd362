"""How many records there are: one statement for all kinds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import sqlalchemy as sa

from mineaction_desktop.storage.queries import table_of

if TYPE_CHECKING:
    from mineaction_desktop.storage.reader import Reader


def record_counts(reader: Reader, kinds: Iterable[str]) -> dict[str, int]:
    """The number of records of each kind that are not hidden."""
    tables = {kind: table_of(kind) for kind in kinds}
    counts = [
        sa.select(sa.func.count())
        .select_from(table)
        .where(table.c.is_hidden.is_(False))
        .scalar_subquery()
        for table in tables.values()
    ]
    found = reader.connection.execute(sa.select(*counts)).one() if counts else ()
    return dict(zip(tables, found, strict=True))
