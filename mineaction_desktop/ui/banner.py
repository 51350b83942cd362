"""Notices at the top of the window: what happened, and one thing that can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from mineaction_desktop.i18n import mark
from mineaction_desktop.ui import icons
from mineaction_desktop.ui.desk import Desk

Tone = Literal["error", "warning", "info", "done"]

TONES: dict[Tone, tuple[str, str]] = {
    "error": ("circle-x", mark("Error")),
    "warning": ("triangle-alert", mark("Warning")),
    "info": ("info", mark("Note")),
    "done": ("circle-check", mark("Done")),
}
"""The icon and the word of each tone: colour alone says nothing."""

CLOSE = mark("Close this notice")
TRANSIENT = 8_000


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence for the person, already in the language of the window.

    A later notice of the same ``key`` takes the place of an earlier one. Those that are ``done``
    go by themselves; ``action`` is the words of a button and what it does.
    """

    text: str
    tone: Tone = "info"
    key: str = ""
    action: tuple[str, Callable[[], object]] | None = None
    can_close: bool = True


class Banners(QWidget):
    """The place of the notices; it is gone when there are none."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows: dict[int, tuple[Notice, _Row]] = {}
        self._next = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
        self.hide()

    def show_notice(self, notice: Notice) -> None:
        """Show a notice below those that stand there."""
        self.take_away(notice.key or notice.text)
        number, self._next = self._next, self._next + 1
        row = _Row(self._desk, notice, lambda: self._remove(number), self)
        self._rows[number] = notice, row
        self._column.addWidget(row)
        self.show()
        if notice.tone == "done":
            QTimer.singleShot(TRANSIENT, row, lambda: self._remove(number))

    def take_away(self, key: str) -> None:
        """Take away the notices of a key, because what they say has passed."""
        for number, (notice, _) in list(self._rows.items()):
            if key in {notice.key, notice.text}:
                self._remove(number)

    def clear(self) -> None:
        """Take all notices away."""
        for number in list(self._rows):
            self._remove(number)

    def texts(self) -> list[str]:
        """What the notices say, from the top."""
        return [notice.text for notice, _ in self._rows.values()]

    def _remove(self, number: int) -> None:
        found = self._rows.pop(number, None)
        if found is None:
            return
        self._column.removeWidget(found[1])
        found[1].deleteLater()
        self.setVisible(bool(self._rows))


class _Row(QFrame):
    def __init__(
        self, desk: Desk, notice: Notice, close: Callable[[], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setProperty("tone", notice.tone)
        self.setObjectName("banner")
        name, word = TONES[notice.tone]
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        self._sign = QLabel()
        self._icon = icons.icon(name, notice.tone)
        row.addWidget(self._sign)
        said = QLabel(f"{desk.say(word)}: {notice.text}")
        said.setTextFormat(Qt.TextFormat.PlainText)
        said.setWordWrap(True)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        said.setAccessibleName(said.text())
        row.addWidget(said, 1)
        if notice.action:
            button = QPushButton(notice.action[0])
            button.clicked.connect(lambda: _act(notice, close))
            row.addWidget(button)
        if notice.can_close:
            cross = QToolButton()
            cross.setIcon(icons.icon("x"))
            cross.setAutoRaise(True)
            cross.setToolTip(desk.say(CLOSE))
            cross.setAccessibleName(desk.say(CLOSE))
            cross.clicked.connect(close)
            row.addWidget(cross)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_icon"):
            self._draw()

    def _draw(self) -> None:
        size = self.fontMetrics().height()
        self._sign.setPixmap(self._icon.pixmap(size, size))


def _act(notice: Notice, close: Callable[[], None]) -> None:
    """Do what the button of a notice says; then it has been dealt with."""
    close()
    if notice.action:
        notice.action[1]()
