"""The files ``forms/entry/*.toml`` and ``forms/choices/*.toml``, as they are written.

An unknown key is refused, so a slip of the pen cannot pass for a setting.
"""

from __future__ import annotations

from typing import Literal

import msgspec

FORMAT = 1

FieldTypeName = Literal[
    "text",
    "long_text",
    "texts",
    "choice",
    "choices",
    "link",
    "integer",
    "quantity",
    "area",
    "number",
    "latitude",
    "longitude",
    "money",
    "yes_no",
    "day",
    "partial_date",
]
Subject = Literal["land", "stockpile", "retained", "victims", "education", "measures", "reference"]
Widget = Literal["lines", "radio", "place", "sketch"]


class FieldDef(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A field as a form file lays it out; from ``extra`` on only a national field has them."""

    name: str
    label: str
    help: str = ""
    unit: str | None = None
    widget: Widget | None = None
    required: Literal[True] | str | None = None
    relevant: str | None = None
    constraint: str | None = None
    constraint_message: str | None = None
    default: bool | int | float | str | None = None
    filter: str | None = None
    taken: str | None = None
    aliases: tuple[str, ...] = ()
    pinned: bool = False
    extra: bool = False
    type: FieldTypeName | None = None
    list: str | None = None
    link: str | None = None
    minimum: float | int | None = None
    maximum: float | int | None = None
    currency_field: str | None = None


class SectionDef(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A section of fields, or with ``group`` the rows of a child kind."""

    id: str
    title: str
    help: str = ""
    relevant: str | None = None
    fields: tuple[FieldDef, ...] = ()
    group: str | None = None


class RuleDef(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A check over several fields of one record."""

    code: str
    check: str
    message: str
    field: str | None = None
    severity: Literal["error", "warning"] = "error"


class FormFile(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """The form of one record kind."""

    format: int
    kind: str
    title: str
    plural: str
    subject: Subject
    help: str
    label: str
    list_columns: tuple[str, ...]
    code: str
    sections: tuple[SectionDef, ...]
    rules: tuple[RuleDef, ...] = ()


class AdditionFile(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """National fields and rules that an office adds to a form that exists."""

    format: int
    extends: str
    sections: tuple[SectionDef, ...] = ()
    rules: tuple[RuleDef, ...] = ()


class CommonFile(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """The sections that every form ends with."""

    format: int
    sections: tuple[SectionDef, ...]


class ChoiceDef(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """One code of a list."""

    code: str
    label: str
    definition: str = ""
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    base_term: str | None = None
    external: str | None = None
    active: bool = True


class ChoiceListDef(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A list of codes; in an open one offices may type codes of their own."""

    title: str
    choices: tuple[ChoiceDef, ...]
    open: bool = False
