"""What every record has, and the register of record kinds.

A kind is a class below :class:`Record`; its table, its name in files and on the command line are
the class's ``__tablename__``. Declaring the class is all it takes to exist everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any, ClassVar

from sqlalchemy import JSON, Boolean, Integer, MetaData, String
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    MappedAsDataclass,
    Mapper,
    declared_attr,
    mapped_column,
)

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.vocabulary import ReviewState
from mineaction_desktop.records.columns import choice, code, long_text, partial_date, text
from mineaction_desktop.records.types import UTCDateTime

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """The metadata that all tables of a register share."""

    metadata = MetaData(naming_convention=NAMES)


class Record(Base, kw_only=True):
    """One fact with its provenance; ``prefix`` starts the readable numbers of its kind.

    ``id``, ``local_id`` and the columns from ``version`` on are filled by the store.
    """

    __abstract__ = True
    prefix: ClassVar[str]

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=None)
    local_id: Mapped[str] = mapped_column(
        String, unique=True, nullable=False, default=None, info={"type": "text"}
    )
    external_id: Mapped[str | None] = text()
    source: Mapped[str | None] = text()
    date_of_information: Mapped[PartialDate | None] = partial_date()
    classification: Mapped[str | None] = choice("classification")
    notes: Mapped[str | None] = long_text()
    extra: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True), nullable=True, default=None
    )
    review_state: Mapped[str] = mapped_column(
        code(ReviewState, "review_state").column.type,
        nullable=False,
        default=ReviewState.ENTERED.value,
        info={"type": "choice", "list": "review_state"},
    )
    is_hidden: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)
    hidden_reason: Mapped[str | None] = mapped_column(String, nullable=True, default=None)
    version: Mapped[int] = mapped_column(Integer, nullable=False, default=None)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, nullable=False, default=None)
    created_by: Mapped[str] = mapped_column(String, nullable=False, default=None)
    created_office: Mapped[str] = mapped_column(String, nullable=False, default=None)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime, nullable=False, default=None)
    updated_by: Mapped[str] = mapped_column(String, nullable=False, default=None)
    updated_office: Mapped[str] = mapped_column(String, nullable=False, default=None)

    @declared_attr.directive
    @classmethod
    def __tablename__(cls) -> str:
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", cls.__name__).lower()

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.__table__.c.version} if hasattr(cls, "__table__") else {}


PROVENANCE = (
    "local_id",
    "external_id",
    "source",
    "date_of_information",
    "classification",
    "notes",
    "review_state",
)
"""Columns that every kind has and a person may fill; forms show them in a section of their own."""

BOOKKEEPING = (
    "id",
    "extra",
    "is_hidden",
    "hidden_reason",
    "version",
    "created_at",
    "created_by",
    "created_office",
    "updated_at",
    "updated_by",
    "updated_office",
)
"""Columns that the store fills; they appear in no form."""


def kinds() -> Mapping[str, type[Record]]:
    """Every record kind by name, in the order of their names."""
    return _by_name(Base.registry.mappers)


@lru_cache(maxsize=4)  # asked for all the time; a kind that is declared later makes another set
def _by_name(mappers: frozenset[Mapper[Any]]) -> Mapping[str, type[Record]]:
    classes = (mapper.class_ for mapper in mappers)
    found = {cls.__tablename__: cls for cls in classes if issubclass(cls, Record)}
    return MappingProxyType(dict(sorted(found.items())))
