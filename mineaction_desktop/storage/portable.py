"""Values as the trail writes them: plain JSON that needs no knowledge of the program to read."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Boolean, Column, Float, Integer

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.records import Record
from mineaction_desktop.records.types import LOCKED, Day, PartialDateType, SealedText
from mineaction_desktop.storage.tables import table_of

DERIVED = (
    "id",
    "version",
    "created_at",
    "created_by",
    "created_office",
    "updated_at",
    "updated_by",
    "updated_office",
)
"""Columns that the trail does not repeat, because its entries say the same by themselves."""

Converter = Callable[[Any], object]


@lru_cache(maxsize=256)
def tracked(kind: type[Record]) -> Mapping[str, Converter | None]:
    """Return the fields of a kind that the trail follows, with what makes a value portable.

    No converter means that the value is portable as it is.
    """
    return {
        column.key: _converter(column)
        for column in table_of(kind).columns
        if column.key not in DERIVED
    }


def portable(convert: Converter | None, value: object) -> object:
    """Return a value as the trail writes it; nothing stays nothing."""
    return value if value is None or convert is None else convert(value)


def _converter(column: Column[Any]) -> Converter | None:
    for sql_type, convert in _CONVERTERS:
        if isinstance(column.type, sql_type):
            return convert
    return None


def _partial(value: PartialDate | date) -> str:
    return value.text if isinstance(value, PartialDate) else value.isoformat()


def _sealed(_: object) -> str:
    return LOCKED


_CONVERTERS: tuple[tuple[type, Converter], ...] = (
    (PartialDateType, _partial),
    (SealedText, _sealed),
    (Day, date.isoformat),
    (Boolean, bool),
    # Whole numbers must be whole numbers: a text that only looks like one is a bug, found here.
    (Integer, operator.index),
    (Float, float),
)
