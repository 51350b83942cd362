"""What stands in place of a table without rows."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from mineaction_desktop.i18n import mark
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.entry.grid_table import types

EMPTY = mark("No rows. Type to begin one; Enter goes on.")


class EmptyLine(QPushButton):
    """Says that there are no rows; Enter goes on to the next field, as everywhere."""

    typed = Signal(object)
    """A :class:`QKeyEvent` that writes something: a row begins with it."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        words = desk.say(EMPTY)
        super().__init__(words, parent)
        self.setProperty("kind", "link")
        self.setAccessibleName(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
        elif types(event) and event.text().strip():  # a blank presses the button, as everywhere
            self.typed.emit(event)
        else:
            super().keyPressEvent(event)
