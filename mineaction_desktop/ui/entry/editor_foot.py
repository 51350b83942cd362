"""The buttons below a form: what can be done with the record as a whole."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from mineaction_desktop.i18n import mark
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.entry.visibility import set_shown
from mineaction_desktop.ui.parts import soft
from mineaction_desktop.ui.theme import is_short, space

SAVE, SAVE_KEYS = mark("Save"), "Ctrl+S"
NEXT, NEXT_KEYS = mark("Save, then a new one"), "Ctrl+Enter"
PARTIAL = mark("Lay aside unfinished")
HINT = mark("* must be filled in")


class EditorFoot(QWidget):
    """Stays in sight while the form scrolls."""

    save_wanted = Signal()
    next_wanted = Signal()
    partial_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint: QLabel = soft(desk.say(HINT))
        self._save = self._button(desk.say(SAVE), SAVE_KEYS, self.save_wanted)
        self._save.setProperty("kind", "primary")
        self._next = self._button(desk.say(NEXT), NEXT_KEYS, self.next_wanted)
        self._partial = self._button(desk.say(PARTIAL), "Ctrl+Shift+S", self.partial_wanted)
        self._others: tuple[QPushButton, ...] = (self._next, self._partial)
        self._row = row = QHBoxLayout(self)
        row.setSpacing(space(8))
        row.addWidget(self._hint, 1)
        row.addStretch()
        for button in (self._partial, self._next, self._save):
            row.addWidget(button)
        self._give_way()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_way()

    def _give_way(self) -> None:
        """One button where the window is low: it stands beside the head, which says the rest."""
        short = is_short(self)
        for widget in (self._hint, *self._others):
            set_shown(widget, shown=not short)
        edge = space(2 if short else 8)
        side = space(16 if short else 24)
        self._row.setContentsMargins(side, edge, side, edge)

    def _button(self, words: str, keys: str, signal: SignalInstance) -> QPushButton:
        button = QPushButton(words, self)
        button.setToolTip(f"{words} ({keys})")
        button.setAccessibleName(words)
        button.setAutoDefault(True)
        button.clicked.connect(signal)
        return button

    def show_state(self, *, writable: bool) -> None:
        """A register that is open for reading saves nothing."""
        set_shown(self, shown=writable)

    def offer_only(self, words: str) -> None:
        """Leave one button, with other words: there is one way to finish here."""
        self._save.setText(words)
        self._save.setAccessibleName(words)
        for button in self._others:
            button.hide()
        self._others = ()

    def take_focus(self) -> None:
        """Put the cursor on the button that saves: the form is at its end."""
        self._save.setFocus(Qt.FocusReason.TabFocusReason)
