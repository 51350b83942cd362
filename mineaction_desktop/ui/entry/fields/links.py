"""A link to another record: found by any part of its number or name, or made on the way."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mineaction_desktop.domain.problems import Place, Problem
from mineaction_desktop.formdef.form import Field
from mineaction_desktop.formdef.wording import key
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.ui.entry.context import FieldScene
from mineaction_desktop.ui.entry.fields.composite import CompositeEditor
from mineaction_desktop.ui.entry.fields.pick import PickEditor
from mineaction_desktop.ui.entry.fields.popup import PopupRow
from mineaction_desktop.ui.entry.fields.text import TextEditor
from mineaction_desktop.ui.theme import space

UNREAD = "LINK-001"
SEVERAL = "LINK-002"

_UNREAD = mark(
    "“{value}” is the number or name of no record. Choose one from the list, or make a new one "
    "with Ctrl+Enter."
)
_SEVERAL = mark("“{value}” can be {one} or {other}. Choose one from the list.")
_NEW = mark("New: “{text}” …")
_NEW_EMPTY = mark("New …")
_AS_WRITTEN = mark("Keep “{text}” as written, without a link")
_WRITTEN = mark("As written")
_OPENS = mark("F2 opens it.")
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_CREATE, _WRITE = object(), object()


class LinkEditor(PickEditor):
    """A line for one record, with its number, name and place in the list below.

    F2 opens the linked record. Ctrl+Enter makes a new one while the list is open.
    """

    digits = 56
    sign = "search"
    keeps_text = False
    """Whether text can stand beside the link, so that the list offers to keep it."""

    def rows(self, text: str) -> tuple[Sequence[PopupRow], int | None]:
        found = self.scene.find_links(self.field, text.strip())
        rows = [PopupRow(one.id, one.name, one.local_id, one.detail) for one in found]
        current = 0 if rows and text.strip() else None
        typed = text.strip()
        if self.keeps_text and typed:
            rows.append(PopupRow(_WRITE, self.scene.desk.say(_AS_WRITTEN, text=typed)))
        new = self.scene.desk.say(_NEW, text=typed) if typed else self.scene.desk.say(_NEW_EMPTY)
        return [*rows, PopupRow(_CREATE, new)], current

    def pick(self, row: PopupRow) -> None:
        if row.value is _CREATE:
            self.make_linked()
        elif row.value is _WRITE:
            self.write_only(self.line.text().strip())
        else:
            self.take_value(row.value)

    def make_linked(self) -> None:
        """Let the person make the record; without one the text stays as it is."""
        made = self.scene.create_linked(self.field, self.line.text().strip())
        if made is not None:
            self.take_value(made.id)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def write_only(self, text: str) -> None:
        """Keep the text beside the link; a field without such a text never offers it."""

    def on_key(self, event: QKeyEvent) -> bool:
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_F2 and isinstance(self._value, str) and self.field.link:
            self.scene.open_linked(self.field.link, self._value)
            return True
        if control and event.key() in _ENTER and self.is_open():
            self.close_list()
            self.make_linked()
            return True
        return super().on_key(event)

    def read(self, text: str) -> object:
        typed = text.strip()
        if not typed:
            return None
        if self._value is not None and typed == self.keyed(self._value):
            return self._value
        found = self.scene.find_links(self.field, typed)
        exact = [one for one in found if key(typed) in {key(one.local_id), key(one.name)}]
        meant = exact or found
        if len(meant) == 1:
            return meant[0].id
        place = Place(kind=self.field.kind, field=self.field.name)
        if not meant:
            return Problem(UNREAD, Message(_UNREAD, {"value": typed}), place, value=typed)
        one, other = (f"{option.local_id} {option.name}".strip() for option in meant[:2])
        values = {"value": typed, "one": one, "other": other}
        return Problem(SEVERAL, Message(_SEVERAL, values), place, value=typed)

    def keyed(self, value: object) -> str:
        if not isinstance(value, str) or self.field.link is None:
            return ""
        return self.scene.link_name(self.field.link, value)

    def set_value(self, value: object) -> None:
        super().set_value(value)
        self.line.setToolTip(self.scene.desk.say(_OPENS) if value else "")


class _NamedLink(LinkEditor):
    keeps_text = True
    owner: NamedLinkEditor

    def write_only(self, text: str) -> None:
        self.owner.write_only(text)


class NamedLinkEditor(CompositeEditor):
    """A link, and below it the name as the source wrote it."""

    def __init__(
        self,
        host: Field,
        fields: Sequence[Field],
        scene: FieldScene,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(host, fields, scene, parent)
        link, written = fields
        self.link = _NamedLink(link, self._inner, self)
        self.link.owner = self
        self.written = TextEditor(written, self._inner, self)
        self._label = QLabel(scene.desk.say(_WRITTEN), self)
        self._label.setProperty("role", "soft")
        self._label.setBuddy(self.written.line)
        below = QHBoxLayout()
        below.setSpacing(space(8))
        below.addWidget(self._label)
        below.addWidget(self.written, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(4))
        column.addWidget(self.link)
        column.addLayout(below)
        self.add_part(link.name, self.link)
        self.add_part(written.name, self.written)

    def write_only(self, text: str) -> None:
        """Keep the name as it is written and leave the link empty."""
        self.link.set_value(None)
        self.written.set_value(text)
        self.committed.emit({self.link.field.name: None, self.written.field.name: text})

    def is_settled(self) -> bool:
        """What is in no list is kept as written from the list itself."""
        return self.part_with_focus() is self.link

    def set_shown(self, names: frozenset[str]) -> None:
        super().set_shown(names)
        self._label.setVisible(self.written.field.name in names)
