"""Records that may be the same one, beside the form while it is keyed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from mineaction_desktop.i18n import mark
from mineaction_desktop.services.editing import Content
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.parts import card, soft
from mineaction_desktop.ui.theme import em, space

TITLE = mark("Perhaps this is recorded already")
HELP = mark("Open one to compare. What you typed is kept.")
OPEN = mark("Open {name}")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A record that may be meant: how it is called, and why it is suggested."""

    kind: str
    id: str
    name: str
    reason: str


Source = Callable[[Content], Sequence[Suggestion]]
"""Finds the records that the one being keyed may be."""


class SuggestionsPanel(QWidget):
    """One card for each record; gone while there are none."""

    wanted = Signal(object)
    """The person wants to see this :class:`Suggestion`."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: tuple[Suggestion, ...] = ()
        self._cards: list[QWidget] = []
        self.setMinimumWidth(em(14))
        self.hide()

    def _lay_out(self) -> None:
        """Make the head; most records are like no other."""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(space(12), space(12), space(12), space(12))
        self._column.setSpacing(space(8))
        title = QLabel(self._desk.say(TITLE), self)
        title.setProperty("role", "heading")
        title.setWordWrap(True)
        self._column.addWidget(title)
        self._column.addWidget(soft(self._desk.say(HELP)))
        self._column.addStretch()

    def suggestions(self) -> tuple[Suggestion, ...]:
        """What it shows."""
        return self._shown

    def show_suggestions(self, found: Sequence[Suggestion]) -> None:
        """Show other records than before."""
        if tuple(found) == self._shown:
            return
        self._shown = tuple(found)
        if self.layout() is None:
            self._lay_out()
        for old in self._cards:
            self._column.removeWidget(old)
            old.deleteLater()
        self._cards = [self._card(one) for one in found]
        for at, made in enumerate(self._cards):
            self._column.insertWidget(2 + at, made)
        self.setVisible(bool(found))

    def _card(self, one: Suggestion) -> QWidget:
        frame, column = card()
        button = QPushButton(one.name)
        button.setProperty("kind", "link")
        button.setAccessibleName(self._desk.say(OPEN, name=one.name))
        button.clicked.connect(lambda: self.wanted.emit(one))
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(soft(one.reason))
        return frame
