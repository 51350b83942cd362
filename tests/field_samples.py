"""A record around a field, for tests of its widget: what it would find, make and open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mineaction_desktop.formdef.catalogue import load_catalogue
from mineaction_desktop.formdef.checking import offered_choices
from mineaction_desktop.formdef.form import Field, Form
from mineaction_desktop.formdef.types import FieldContext
from mineaction_desktop.services.editing import LinkOption
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.entry.context import FieldScene
from mineaction_desktop.ui.entry.fields import editor_for, single_editor
from mineaction_desktop.ui.entry.fields.base import FieldEditor

TODAY = date(2026, 6, 15)

TYPES_OF_MINES = (
    LinkOption("id-pmn", "ORD-0001", "PMN", "APM · blast"),
    LinkOption("id-pmn2", "ORD-0002", "PMN-2", "APM · blast"),
    LinkOption("id-tm57", "ORD-0003", "TM-57", "AVM · blast"),
)


@dataclass
class Around:
    """What the widget asked of the record, and the values of the record."""

    desk: Desk
    values: dict[str, object] = field(default_factory=dict)
    links: Sequence[LinkOption] = TYPES_OF_MINES
    made: list[str] = field(default_factory=list)
    opened: list[tuple[str, str]] = field(default_factory=list)
    windows: list[QWidget] = field(default_factory=list)
    left: list[int] = field(default_factory=list)

    def scene(self) -> FieldScene:
        return FieldScene(
            desk=self.desk,
            reading=FieldContext(words=self.desk.words),
            find_links=self.find,
            link_name=self.name,
            create_linked=self.make,
            open_linked=lambda kind, record: self.opened.append((kind, record)),
            values=lambda: self.values,
            offered=lambda one: offered_choices(one, self.values, today=TODAY),
            today=TODAY,
        )

    def find(self, one: Field, text: str) -> list[LinkOption]:
        del one
        wanted = text.casefold()
        return [link for link in self.links if wanted in f"{link.local_id} {link.name}".casefold()]

    def name(self, kind: str, record: str) -> str:
        del kind
        return next((link.name for link in self.links if link.id == record), record)

    def make(self, one: Field, text: str) -> LinkOption | None:
        del one
        self.made.append(text)
        return LinkOption("id-new", "ORD-0009", text) if text else None


class Room(QWidget):
    """A form around the widget: it hears the keys that the widget leaves alone."""

    def __init__(self, left: list[int]) -> None:
        super().__init__()
        self._left = left

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        self._left.append(event.key())


class Heard:
    """What a widget said."""

    def __init__(self, editor: FieldEditor) -> None:
        self.values: list[object] = []
        self.texts: list[str] = []
        self.notes: list[str] = []
        editor.committed.connect(self.values.append)
        editor.texted.connect(self.texts.append)
        editor.noted.connect(self.notes.append)


def form_of(kind: str) -> Form:
    return load_catalogue().form(kind)


def field_of(kind: str, name: str) -> Field:
    return form_of(kind).fields[name]


def shown(qtbot: QtBot, around: Around, editor: FieldEditor) -> FieldEditor:
    """The widget on screen with the keyboard in it, and something behind it to go to."""
    window = Room(around.left)
    room = QVBoxLayout(window)
    room.addWidget(editor)
    after = QWidget(window)
    after.setObjectName("after")
    after.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    room.addWidget(after)
    window.resize(900, 300)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    editor.take_focus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    around.windows.append(window)
    return editor


def single(qtbot: QtBot, around: Around, kind: str, name: str) -> FieldEditor:
    return shown(qtbot, around, single_editor(field_of(kind, name), around.scene()))


def composite(qtbot: QtBot, around: Around, kind: str, name: str) -> FieldEditor:
    form = form_of(kind)
    return shown(qtbot, around, editor_for(form.fields[name], form, around.scene()))


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def type_keys(qtbot: QtBot, text: str) -> None:
    """Press the keys of a text in the widget that has the keyboard."""
    for letter in text:
        if letter.isascii():
            qtbot.keyClick(focused(), letter)
        else:  # the keys of other scripts have no code of their own
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(focused(), event)


def press(
    qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    qtbot.keyClick(focused(), key, modifier)


def leave(qtbot: QtBot, editor: FieldEditor) -> None:
    """Go on with Tab until the widget is left."""
    for _ in range(20):
        if not editor.isAncestorOf(focused()):
            return
        press(qtbot, Qt.Key.Key_Tab)
    raise AssertionError("Tab never leaves the field.")
