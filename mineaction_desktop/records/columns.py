"""The kinds of column a record can have; each tells the form engine what it holds.

A column carries its meaning in ``info``: ``type`` is the field type of ``formdef``, ``list`` the
choice list, ``link`` the kind that is linked, ``unit`` the unit of a number. Screens, checks and
spreadsheet columns read it there, so that nothing about a field is written twice.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Double,
    Enum,
    ForeignKey,
    Integer,
    String,
)
from sqlalchemy.orm import MappedColumn, mapped_column
from sqlalchemy.types import TypeEngine

from mineaction_desktop.records.types import Day, PartialDateType, SealedText


def _column(
    sql_type: TypeEngine[Any] | type[TypeEngine[Any]],
    *constraints: CheckConstraint | ForeignKey,
    required: bool,
    index: bool = False,
    info: dict[str, object],
) -> MappedColumn[Any]:
    """A column; an optional one may be left out when a record is made."""
    if required:
        return mapped_column(sql_type, *constraints, nullable=False, index=index, info=info)
    return mapped_column(
        sql_type, *constraints, nullable=True, index=index, default=None, info=info
    )


def text(*, required: bool = False) -> MappedColumn[Any]:
    """One line of text."""
    return _column(String, required=required, info={"type": "text"})


def long_text(*, required: bool = False) -> MappedColumn[Any]:
    """Text of any number of lines."""
    return _column(String, required=required, info={"type": "long_text"})


def texts() -> MappedColumn[Any]:
    """Several short texts, such as the aliases of an ordnance type."""
    return _column(JSON(none_as_null=True), required=False, info={"type": "texts"})


def choice(list_name: str, *, required: bool = False) -> MappedColumn[Any]:
    """One code of a choice list."""
    return _column(String, required=required, info={"type": "choice", "list": list_name})


def choices(list_name: str) -> MappedColumn[Any]:
    """Any number of codes of a choice list."""
    return _column(
        JSON(none_as_null=True), required=False, info={"type": "choices", "list": list_name}
    )


def code(codes: type[StrEnum], list_name: str, *, required: bool = True) -> MappedColumn[Any]:
    """One code of a list that arithmetic depends on; the database refuses any other."""
    values = [str(member) for member in codes]
    sql_type = Enum(
        *values,
        native_enum=False,
        create_constraint=True,
        name=list_name,
        length=max(map(len, values)),
    )
    return _column(sql_type, required=required, info={"type": "choice", "list": list_name})


def link(
    kind: str,
    *,
    required: bool = False,
    parent: bool = False,
    written_in: str | None = None,
    index: bool = True,
) -> MappedColumn[Any]:
    """A link to another record.

    ``parent`` says that this record is a row of that one's form. ``written_in`` names the text
    column that keeps the linked thing's name as the source wrote it. ``index`` is switched off
    where an index of the table already starts with this column.
    """
    info: dict[str, object] = {"type": "link", "link": kind}
    if parent:
        info["parent"] = True
    if written_in:
        info["written_in"] = written_in
    target = ForeignKey(f"{kind}.id", ondelete="RESTRICT")
    return _column(String(36), target, required=required, index=index, info=info)


def integer(
    *, required: bool = False, minimum: int | None = 0, unit: str | None = None
) -> MappedColumn[Any]:
    """A whole number; by default not negative."""
    info: dict[str, object] = {"type": "integer"}
    if minimum is not None:
        info["minimum"] = minimum
    if unit:
        info["unit"] = unit
    return _column(BigInteger, required=required, info=info)


def quantity(*, required: bool = False) -> MappedColumn[Any]:
    """A number of whole things, never negative."""
    return _column(BigInteger, required=required, info={"type": "quantity", "minimum": 0})


def area(*, required: bool = False) -> MappedColumn[Any]:
    """An area in whole square metres, never negative."""
    return _column(BigInteger, required=required, info={"type": "area", "unit": "m²", "minimum": 0})


def number(
    *, unit: str | None = None, minimum: float | None = None, maximum: float | None = None
) -> MappedColumn[Any]:
    """A measured number with decimals; never used for anything that is added up exactly."""
    info: dict[str, object] = {"type": "number"}
    bounds = {"unit": unit, "minimum": minimum, "maximum": maximum}
    info.update({name: value for name, value in bounds.items() if value is not None})
    return _column(Double, required=False, info=info)


def latitude() -> MappedColumn[Any]:
    """Degrees north, WGS 84."""
    return _column(
        Double, required=False, info={"type": "latitude", "minimum": -90.0, "maximum": 90.0}
    )


def longitude() -> MappedColumn[Any]:
    """Degrees east, WGS 84."""
    return _column(
        Double, required=False, info={"type": "longitude", "minimum": -180.0, "maximum": 180.0}
    )


def money(currency_field: str = "currency") -> MappedColumn[Any]:
    """An amount in minor units of the currency that another field of the record names."""
    return _column(
        BigInteger, required=False, info={"type": "money", "currency_field": currency_field}
    )


def yes_no() -> MappedColumn[Any]:
    """Yes or no; empty means that nobody said."""
    return _column(Boolean, required=False, info={"type": "yes_no"})


def day(*, required: bool = False) -> MappedColumn[Any]:
    """A full date."""
    return _column(Day, required=required, info={"type": "day"})


def partial_date(*, required: bool = False) -> MappedColumn[Any]:
    """A date of day, month or year precision, or a range."""
    return _column(PartialDateType, required=required, info={"type": "partial_date"})


def sealed() -> MappedColumn[Any]:
    """Encrypted text."""
    return _column(SealedText, required=False, info={"type": "sealed"})


def sequence(*, required: bool = False) -> MappedColumn[Any]:
    """A small counting number from one, such as the order of points."""
    return _column(Integer, required=required, info={"type": "integer", "minimum": 1})
