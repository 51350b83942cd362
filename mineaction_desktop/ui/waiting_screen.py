"""What stands in the window while a register is being opened."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from mineaction_desktop.ui import theme
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.screen import Screen
from mineaction_desktop.ui.status import OPENING


class WaitingScreen(Screen):
    """The name of the register, and a bar that moves."""

    is_waiting = True

    def __init__(self, desk: Desk, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = QLabel(desk.say(OPENING, name=path.stem))
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setFixedWidth(theme.em(18))
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self._said.text())
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(self._said)
        column.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def title(self) -> str:
        return self._said.text()
