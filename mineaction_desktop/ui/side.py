"""The leading side of the window: which register this is, and the navigation below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from mineaction_desktop.ui import theme
from mineaction_desktop.ui.lines import ShortenedLabel
from mineaction_desktop.ui.navigation import Navigation
from mineaction_desktop.ui.parts import large, lead

if TYPE_CHECKING:
    from mineaction_desktop.services.overview import Overview
    from mineaction_desktop.ui.desk import Desk, Session

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

    def show_session(self, session: Session | None) -> None:
        """Name the register: by its State as soon as that is known, by its file until then."""
        path = session.path if session else None
        self.state.setText(path.stem if path else "")
        self.file.setText(path.name if path else "")
        self._head.setToolTip(str(path) if path else "")
        self.file.hide()
        if session is None:
            self.navigation.show_nothing()
            return
        session.looked_over.connect(self._on_looked_over)
        if session.overview is not None:
            self._on_looked_over(session.overview)

    def _on_looked_over(self, overview: Overview) -> None:
        if overview.state:
            self.state.setText(overview.state)
            self.file.show()
