"""What stands in place of a table without rows."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from mineaction_desktop.i18n import mark
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.entry.grid_table import types

EMPTY = mark("No rows. Type to begin one; Enter goes on.")
NOTHING = mark("No rows.")


class EmptyLine(QPushButton):
    """Says that there are no rows; Enter goes on to the next field, as everywhere."""

    typed = Signal(object)
    """A :class:`QKeyEvent` that writes something: a row begins with it."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setProperty("kind", "link")
        self.set_read_only(read_only=False)

    def set_read_only(self, *, read_only: bool) -> None:
        """Say nothing of keying where nothing can be keyed."""
        words = self._desk.say(NOTHING if read_only else EMPTY)
        self.setText(words)
        self.setAccessibleName(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
        elif types(event) and event.text().strip():  # a blank presses the button, as everywhere
            self.typed.emit(event)
        else:
            super().keyPressEvent(event)
