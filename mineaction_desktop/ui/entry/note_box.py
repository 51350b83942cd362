"""A person's note on a field: read below it, and written there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from mineaction_desktop.i18n import mark
from mineaction_desktop.ui import icons
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.theme import space

NOTE = mark("Note on this field")
HINT = mark("Note on this field, such as “unreadable on the paper” · Enter keeps it")


class NoteBox(QWidget):
    """One line: the note as text, or a field to write it in."""

    done = Signal(str)
    """The person has finished writing; what the note is now."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign, self._words = QLabel(), QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._line = _NoteLine()
        self._line.setPlaceholderText(desk.say(HINT))
        self._line.setAccessibleName(desk.say(NOTE))
        self._line.done.connect(self._finish)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space(4))
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        row.addWidget(self._line, 1)
        self._note = ""
        self._draw()
        self.show_note("")

    def show_note(self, text: str) -> None:
        """Show a note, or nothing if there is none; one that is being written stays."""
        self._note = text
        if self._line.hasFocus():
            return
        self._line.hide()
        self._words.setText(text)
        self._words.show()
        self.setVisible(bool(text))

    def start(self, text: str) -> None:
        """Let the person write."""
        self._line.setText(text)
        self._words.hide()
        self._line.show()
        self.show()
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _finish(self, keep: bool) -> None:  # noqa: FBT001 - sent by a signal
        text = self._line.text().strip() if keep else self._note
        self._line.hide()
        self.show_note(text)
        self.done.emit(text)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_sign"):
            self._draw()

    def _draw(self) -> None:
        size = self.fontMetrics().height()
        self._sign.setPixmap(icons.icon("sticky-note", "accent").pixmap(size, size))


class _NoteLine(QLineEdit):
    done = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}:
            event.accept()
            self.done.emit(event.key() != Qt.Key.Key_Escape)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason and self.isVisible():
            self.done.emit(True)  # noqa: FBT003 - signals carry no names
