"""What the records tell the form engine: the columns of each kind and what they hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mineaction_desktop.records import BOOKKEEPING, PROVENANCE, Record, kinds


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a form lays out; ``codes`` are those that arithmetic depends on."""

    name: str
    info: Mapping[str, Any]
    obligatory: bool
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordKind:
    """The prefix of a kind's numbers, and its columns in the order of their declaration."""

    prefix: str
    columns: Mapping[str, Column]

    def link_to(self, parent: str) -> str | None:
        """The column that makes a record a row of a record of the parent kind."""
        for column in self.columns.values():
            if column.info.get("parent") and column.info.get("link") == parent:
                return column.name
        return None


def record_kinds() -> dict[str, RecordKind]:
    """Every record kind that is declared by now."""
    return {name: RecordKind(record.prefix, _columns(record)) for name, record in kinds().items()}


def fixed_codes(known: Mapping[str, RecordKind]) -> dict[str, frozenset[str]]:
    """The choice lists that the program itself relies on, with the codes they must hold."""
    return {
        column.info["list"]: frozenset(column.codes)
        for kind in known.values()
        for column in kind.columns.values()
        if column.codes
    }


def _columns(record: type[Record]) -> dict[str, Column]:
    found: dict[str, Column] = {}
    for column in record.__table__.columns:
        if column.name not in BOOKKEEPING:
            # the store itself fills the columns of provenance that may not be empty
            obligatory = not column.nullable and column.name not in PROVENANCE
            codes = tuple(getattr(column.type, "enums", ()))
            found[column.name] = Column(column.name, column.info, obligatory, codes)
    return found
