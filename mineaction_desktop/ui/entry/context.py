"""What the widget of a field needs besides the field: the record around it, and the desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from mineaction_desktop.formdef.choices import Choice
from mineaction_desktop.formdef.fieldtype import FieldContext
from mineaction_desktop.formdef.form import Field

if TYPE_CHECKING:  # a scene is handed these; it never makes one
    from mineaction_desktop.services.editing import LinkOption
    from mineaction_desktop.ui.desk import Desk


@dataclass(frozen=True, slots=True)
class Bounds:
    """The box of degrees that a country lies in; a position outside it is asked about."""

    south: float
    north: float
    west: float
    east: float

    def holds(self, latitude: float, longitude: float) -> bool:
        """Whether a position lies in the box."""
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that belongs to the record."""

    id: str
    title: str
    file_name: str
    size: int
    thumbnail: bytes | None = None


class Attaching(Protocol):
    """What can be done with the files of the record; what is refused raises ``UserError``."""

    @property
    def largest(self) -> int:
        """How many bytes a file may have."""

    def attached(self) -> Sequence[Attached]:
        """The files of the record, oldest first."""

    def tells_position(self, content: bytes, name: str) -> bool:
        """Whether a photograph says where it was taken."""

    def add(self, name: str, content: bytes, *, keep_position: bool) -> object:
        """Add a file, with or without the position that it holds."""

    def remove(self, attached: Attached) -> None:
        """Take a file off the record."""

    def path(self, attached: Attached) -> Path:
        """Where the file can be opened from."""


@dataclass(slots=True)
class FieldScene:
    """The record around a field, as far as its widget may know it.

    ``values`` are the values of the same record or row, ``offered`` the choices that fit them.
    ``create_linked`` lets the person make a record from what was typed and returns it, or nothing.
    """

    desk: Desk
    reading: FieldContext
    find_links: Callable[[Field, str], Sequence[LinkOption]]
    link_name: Callable[[str, str], str]
    create_linked: Callable[[Field, str], LinkOption | None]
    open_linked: Callable[[str, str], None]
    values: Callable[[], Mapping[str, object]]
    offered: Callable[[Field], Sequence[Choice]]
    today: date
    attach: Attaching | None = None
    bounds: Bounds | None = None

    def reading_for(self, field: Field) -> FieldContext:
        """The context for reading a field, with the currency that the record names."""
        if field.currency_field is None:
            return self.reading
        currency = self.values().get(field.currency_field)
        return replace(self.reading, currency=currency if isinstance(currency, str) else None)

    def word(self, text: str) -> str:
        """A label, help or choice of a form file in the language of the window."""
        return self.desk.words.gettext(text) if text else ""
