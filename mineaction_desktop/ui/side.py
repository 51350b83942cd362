"""The leading side of the window: which register this is, and the navigation below."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from mineaction_desktop.ui import theme
from mineaction_desktop.ui.lines import ShortenedLabel
from mineaction_desktop.ui.navigation import Navigation
from mineaction_desktop.ui.parts import large, lead

if TYPE_CHECKING:
    from mineaction_desktop.services.glance import Glance
    from mineaction_desktop.ui.desk import Desk

LEAST = 11
"""How wide it is at least, in heights of a line."""

USUAL = 17.5
"""How wide it is until a person pulls it: the longest kinds with their numbers fit."""


class Side(QWidget):
    """The State and its file, above the subjects and kinds of record."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.navigation = Navigation(desk)
        self.state, self.file = ShortenedLabel(), ShortenedLabel()
        self.state.setFont(large("", 1.15).font())
        self.file.setProperty("role", "soft")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.space(4), theme.space(8), theme.space(4), theme.space(4))
        column.setSpacing(0)
        column.addWidget(self._made_head())
        column.addWidget(self.navigation, 1)
        self.setMinimumWidth(theme.em(LEAST))
        self.hide()

    def _made_head(self) -> QWidget:
        self._head = QWidget()
        column = QVBoxLayout(self._head)
        column.setContentsMargins(theme.space(8), 0, theme.space(8), theme.space(4))
        column.setSpacing(0)
        for label in (self.state, self.file):
            lead(label)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            column.addWidget(label)
        return self._head

    def show_register(self, path: Path) -> None:
        """Name the register by its file, until it is known whose it is."""
        self.state.setText(path.stem)
        self.file.setText(path.name)
        self._head.setToolTip(str(path))
        self.file.hide()

    def show_no_register(self) -> None:
        """Show that no register is open."""
        for label in (self.state, self.file):
            label.setText("")
        self._head.setToolTip("")
        self.navigation.show_nothing()

    def show_glance(self, found: Glance) -> None:
        """Name the State, and show what stands in its register."""
        if found.overview.state:
            self.state.setText(found.overview.state)
            self.file.show()
        self.navigation.show_glance(found)
