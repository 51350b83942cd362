"""The top of an editor: which record this is, how safe it is, and what is missing."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from mineaction_desktop.i18n import mark
from mineaction_desktop.ui import icons
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.entry.visibility import leading
from mineaction_desktop.ui.entry.work import State
from mineaction_desktop.ui.lines import ShortenedLabel
from mineaction_desktop.ui.parts import large
from mineaction_desktop.ui.theme import is_short, space

STATES = {
    State.NEW: ("file-plus-2", "text_soft", mark("New, nothing typed yet")),
    State.SAVED: ("circle-check", "done", mark("Saved")),
    State.KEPT: ("file-clock", "info", mark("Draft kept, not saved yet")),
    State.TROUBLE: ("circle-x", "error", mark("Not kept on the disk")),
    State.DELETED: ("trash-2", "warning", mark("Deleted")),
}
"""The icon, the colour and the words of each state."""

SAVED_AT = mark("Saved {time}")
KEPT_AT = mark("Draft kept {time}, not saved yet")
READ_ONLY = mark("The register is open for reading: nothing can be changed here.")
ELSEWHERE = mark("Changed by someone else meanwhile; saving will show both.")
GO = mark("Go to the next one (F8)")


class EditorHead(QWidget):
    """Title, number and state at the start of the line; what is missing at its end."""

    next_wanted = Signal()
    """The person wants to see what is missing or wrong."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._icon, self._tone = "file-plus-2", "text_soft"
        self._kind = ShortenedLabel(self)
        self._kind.setAlignment(leading(self) | Qt.AlignmentFlag.AlignVCenter)
        self._name = ShortenedLabel(self)
        self._name.setProperty("role", "soft")
        self._name.setAlignment(leading(self) | Qt.AlignmentFlag.AlignVCenter)
        self._sign, self._state = QLabel(self), ShortenedLabel(self)
        self._missing = QPushButton(self)
        self._missing.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._missing.setToolTip(desk.say(GO))
        self._missing.clicked.connect(self.next_wanted)
        self._lay_out()

    def _lay_out(self) -> None:
        self._standing = QWidget()
        standing = QHBoxLayout(self._standing)
        standing.setContentsMargins(0, 0, 0, 0)
        standing.setSpacing(space(4))
        standing.addWidget(self._sign)
        standing.addWidget(self._state, 1)
        self._at: tuple[int, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setVerticalSpacing(space(2))
        self._grid.setHorizontalSpacing(space(12))
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self._kind, 0, 0)
        self._grid.addWidget(self._name, 0, 1)
        self._grid.addWidget(self._missing, 0, 3)
        self._give_way()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_way()

    def _give_way(self) -> None:
        """One line where the window is low, two where there is room."""
        short = is_short(self)
        self._kind.setFont(large("", 1.1 if short else 1.3).font())
        at = (0, 2, 1, 1) if short else (1, 0, 1, 4)
        if at != self._at:
            self._at = at
            self._grid.addWidget(self._standing, *at)
        above, below = (2, 2) if short else (12, 8)
        self._grid.setContentsMargins(space(24), space(above), space(24), space(below))

    def show_record(self, title: str, name: str) -> None:
        """Say which record this is."""
        self._kind.setText(title)
        self._name.setText(name)

    def show_state(
        self, state: State, at: datetime | None, *, writable: bool, elsewhere: bool
    ) -> None:
        """Say how safe the record is, and since when."""
        self._icon, self._tone, words = STATES[state]
        text = self._desk.say(words)
        if at is not None and state in {State.SAVED, State.KEPT}:
            time = self._desk.clock(at, seconds=True)
            text = self._desk.say(SAVED_AT if state is State.SAVED else KEPT_AT, time=time)
        if not writable:
            self._icon, self._tone, text = "lock", "text_soft", self._desk.say(READ_ONLY)
        elif elsewhere:
            self._icon, self._tone = "triangle-alert", "warning"
            text = self._desk.say(ELSEWHERE)
        self._state.setText(text)
        self._state.setAccessibleName(text)
        self._draw()

    def state_text(self) -> str:
        """How safe the record is, in words."""
        return self._state.text()

    def show_missing(self, words: str, *, tone: str) -> None:
        """Say how much is missing or wrong."""
        self._missing.setText(words)
        self._missing.setAccessibleName(words)
        self._missing.setIcon(
            icons.icon(
                {"error": "circle-x", "warning": "triangle-alert"}[tone]
                if tone
                else "circle-check",
                tone or "done",
            )
        )
        self._missing.setProperty("kind", "link")

    def missing_text(self) -> str:
        """What is missing, in words."""
        return self._missing.text()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_sign"):
            self._draw()

    def _draw(self) -> None:
        size = self.fontMetrics().height()
        self._sign.setPixmap(icons.icon(self._icon, self._tone).pixmap(size, size))
