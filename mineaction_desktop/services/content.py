"""A record as it is being keyed: its values, its rows, and what can come of saving it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from mineaction_desktop.domain.problems import Problem, UserError
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.storage.ids import new_id

Values = Mapping[str, object]

CHANGED = mark("{n} record changed")
CHANGED_MANY = mark("{n} records changed")

NOT_SAVED = mark("The record was not saved: one thing is missing or wrong. {first}")
NOT_SAVED_MANY = mark("The record was not saved: {n} things are missing or wrong. {first}")
MOVED = mark(
    "{author} changed this record at {time}, after you opened it. Nothing was saved yet: choose "
    "for each field which value stays."
)


@dataclass(frozen=True, slots=True)
class RowContent:
    """A row of a group. ``version`` is that of the register, none for a row that is new.

    ``hidden`` says that the person has deleted the row.
    """

    id: str
    values: Values = field(default_factory=dict)
    version: int | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """A record with its rows by child kind; ``values`` holds every field of its form.

    ``version`` is that of the register when it was opened, none for a record that is new.
    ``notes`` are remarks on single fields, by the path of the field.
    """

    kind: str
    id: str
    version: int | None = None
    values: Values = field(default_factory=dict)
    groups: Mapping[str, tuple[RowContent, ...]] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    is_hidden: bool = False

    @property
    def local_id(self) -> str | None:
        """The readable number, once it has one."""
        number = self.values.get("local_id")
        return None if number is None else str(number)

    def rows(self, kind: str) -> tuple[RowContent, ...]:
        """The rows of a child kind, deleted ones among them."""
        return self.groups.get(kind, ())


def new_row(values: Values | None = None) -> RowContent:
    """A row that is not in the register yet, with an identifier of its own."""
    return RowContent(new_id(), values or {})


def path_of(name: str, row_id: str | None = None) -> str:
    """How notes and unread texts name a field: ``field``, or ``row id/field``."""
    return name if row_id is None else f"{row_id}/{name}"


def split_path(path: str) -> tuple[str | None, str]:
    """The row, if any, and the field that a path names."""
    row_id, _, name = path.rpartition("/")
    return row_id or None, name


@dataclass(frozen=True, slots=True)
class Changes:
    """What one step did to the register: the records touched by kind, and a name for the step.

    ``batch`` takes the whole step back; it is empty if there was nothing to change.
    """

    batch: str
    touched: Mapping[str, frozenset[str]]
    at: datetime
    title: Message

    def __len__(self) -> int:
        """How many records were touched."""
        return sum(map(len, self.touched.values()))


def changes_of(batch: str, at: datetime, touched: Iterable[tuple[str, str]]) -> Changes:
    """The changes of a batch from the kinds and ids it touched."""
    found: dict[str, set[str]] = {}
    for kind, record_id in touched:
        found.setdefault(kind, set()).add(record_id)
    count = sum(map(len, found.values()))
    title = Message(CHANGED, {"n": count}, CHANGED_MANY)
    frozen = {kind: frozenset(ids) for kind, ids in found.items()}
    return Changes(batch if found else "", frozen, at, title)


@dataclass(frozen=True, slots=True)
class Saved:
    """A record as it stands in the register now, and what saving it changed."""

    content: Content
    changes: Changes
    at: datetime


Side = Literal["yours", "theirs"]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that you and somebody else have given different values.

    ``row_id`` is given for a field of a row. ``before`` is the value that you both started from,
    ``proposed`` the side that alone has changed it; nobody's if both have. The field
    ``is_hidden`` stands for a row or record that one side has deleted.
    """

    kind: str
    row_id: str | None
    field: str
    label: str
    before: object
    yours: object
    theirs: object
    proposed: Side | None

    @property
    def path(self) -> str:
        """The path of the field."""
        return path_of(self.field, self.row_id)


class InvalidError(UserError):
    """A record that cannot be saved as it is; ``problems`` says what is missing or wrong."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        values = {"n": len(problems), "first": problems[0].message}
        super().__init__(Message(NOT_SAVED, values, NOT_SAVED_MANY), problems)


class ConflictError(UserError):
    """Somebody has changed the record since it was opened.

    ``theirs`` is the record as it stands, ``fields`` where the two differ. ``editing.settle``
    makes of these and the choice of the person a content that can be saved.
    """

    def __init__(self, message: Message, theirs: Content, fields: tuple[Difference, ...]) -> None:
        super().__init__(message)
        self.theirs = theirs
        self.fields = fields
