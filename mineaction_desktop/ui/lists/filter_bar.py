"""What narrows a list: words that are typed, conditions as chips, and both kept under a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QInputDialog,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from mineaction_desktop.i18n import mark
from mineaction_desktop.ui import icons
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.flow import FlowLayout
from mineaction_desktop.ui.lines import TypedLine
from mineaction_desktop.ui.theme import em, space

FIND = mark("Find in this list")
FIND_HELP = mark("Words in any field, also in the names of linked records. Enter goes to the list.")
ADD = mark("Add filter")
ADD_HELP = mark("Show only records for which a field fulfils a condition (Ctrl+Shift+L).")
SAVED = mark("Saved filters")
KEEP = mark("Keep these filters…")
KEEP_NAME = mark("Name of these filters")
REMOVE_ALL = mark("Remove all filters")
FORGET = mark("Forget “{name}”")
REMOVE = mark("Remove the filter: {filter}")
CHANGE = mark("Filter: {filter}. Press Enter to change it, Delete to remove it.")
SHOW_HIDDEN = mark("Show deleted")
_NARROW = 42
"""Below so many heights of a line the buttons show their icons alone."""

_WAIT = 180
"""Milliseconds after the last key before the list is asked."""


class Chip(QFrame):
    """One condition, to be changed or removed with mouse or keyboard."""

    wanted = Signal()
    removed = Signal()

    def __init__(self, desk: Desk, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chip")
        self.setProperty("kind", "card")
        self.text = text
        row = QHBoxLayout(self)
        row.setContentsMargins(space(4), 0, 0, 0)
        row.setSpacing(0)
        self.button = QPushButton(text)
        self.button.setProperty("kind", "link")
        self.button.setAccessibleName(desk.say(CHANGE, filter=text))
        self.button.clicked.connect(self.wanted)
        self.button.installEventFilter(self)
        cross = QToolButton()
        cross.setIcon(icons.icon("x"))
        cross.setAccessibleName(desk.say(REMOVE, filter=text))
        cross.setToolTip(cross.accessibleName())
        cross.clicked.connect(self.removed)
        row.addWidget(self.button)
        row.addWidget(cross)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
                self.removed.emit()
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.wanted.emit()
                return True
        return super().eventFilter(watched, event)


class FilterBar(QWidget):
    """The line above a list; it tells what is wanted and keeps nothing but names."""

    searched = Signal(str)
    """These words are looked for."""

    add_wanted = Signal()
    change_wanted = Signal(int)
    removed = Signal(int)
    cleared = Signal()
    hidden_wanted = Signal(bool)

    left = Signal()
    """The person goes on in the list."""

    recalled = Signal(object)
    """A kept set of conditions, as it was given to :meth:`keep`."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.saved: dict[str, Mapping[str, Any]] = {}
        self._now: Mapping[str, Any] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT)
        self._timer.timeout.connect(self._search)
        self._build()

    def _build(self) -> None:
        desk = self._desk
        self.line = TypedLine()
        self.line.setPlaceholderText(desk.say(FIND))
        self.line.setAccessibleName(desk.say(FIND))
        self.line.setAccessibleDescription(desk.say(FIND_HELP))
        self.line.setToolTip(desk.say(FIND_HELP))
        self.line.setClearButtonEnabled(True)
        self.line.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.line.setMinimumWidth(em(10))
        self.line.setMaximumWidth(em(28))
        self.line.textChanged.connect(lambda _: self._timer.start())
        self.line.installEventFilter(self)
        self.add = self._button(ADD, "filter", ADD_HELP)
        self.add.clicked.connect(self.add_wanted)
        self.hidden = self._button(SHOW_HIDDEN, "eye-off")
        self.hidden.setCheckable(True)
        self.hidden.clicked.connect(self.hidden_wanted)
        self.names = self._button(SAVED, "pin")
        self.names.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self.names)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.names.setMenu(self._menu)
        row = QHBoxLayout()
        row.setSpacing(space(8))
        row.addWidget(self.line, 1)
        for button in (self.add, self.names, self.hidden):
            row.addWidget(button)
        row.addStretch(1)
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips, space(4))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(space(4))
        whole.addLayout(row)
        whole.addWidget(self._chips)
        self._chips.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        style = Qt.ToolButtonStyle
        narrow = event.size().width() < em(_NARROW)
        for button in (self.add, self.names, self.hidden):
            button.setToolButtonStyle(
                style.ToolButtonIconOnly if narrow else style.ToolButtonTextBesideIcon
            )

    def _button(self, text: str, icon: str, help_text: str = "") -> QToolButton:
        button = QToolButton()
        button.setText(self._desk.say(text))
        button.setIcon(icons.icon(icon))
        button.setIconSize(QSize(em(0.9), em(0.9)))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setAccessibleName(button.text())
        button.setToolTip(self._desk.say(help_text) if help_text else button.text())
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def show_state(
        self,
        text: str,
        chips: Sequence[str],
        *,
        hidden: bool,
        now: Mapping[str, Any],
    ) -> None:
        """Show what the list is narrowed by; ``now`` is that as it would be kept."""
        self._now = now
        if text != self.line.text().strip():
            self.line.blockSignals(True)  # noqa: FBT003 - Qt's own
            self.line.setText(text)
            self.line.blockSignals(False)  # noqa: FBT003 - Qt's own
        self.hidden.setChecked(hidden)
        while item := self._flow.takeAt(0):
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for place, said in enumerate(chips):
            chip = Chip(self._desk, said)
            chip.wanted.connect(lambda n=place: self.change_wanted.emit(n))
            chip.removed.connect(lambda n=place: self.removed.emit(n))
            self._flow.addWidget(chip)
        self._chips.setVisible(bool(chips))

    def chips(self) -> list[Chip]:
        """The conditions as they stand on the line."""
        found = (self._flow.itemAt(n) for n in range(self._flow.count()))
        return [one for item in found if item and isinstance(one := item.widget(), Chip)]

    def take_focus(self, typed: str = "") -> None:
        """Go on typing words to look for; ``typed`` is what was typed elsewhere."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if typed:
            self.line.setText(self.line.text() + typed)
        else:
            self.line.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down}:
                self._search()
                self.left.emit()
                return True
            if event.key() == Qt.Key.Key_Escape:
                if self.line.text():
                    self.line.clear()
                    self._search()
                else:
                    self.left.emit()
                return True
        return super().eventFilter(watched, event)

    def _search(self) -> None:
        self._timer.stop()
        self.searched.emit(self.line.text().strip())

    def _fill_menu(self) -> None:
        self._menu.clear()
        for name, kept in self.saved.items():
            self._menu.addAction(name, partial(self.recalled.emit, kept))
        if self.saved:
            self._menu.addSeparator()
        self._menu.addAction(self._desk.say(KEEP), self.keep)
        self._menu.addAction(self._desk.say(REMOVE_ALL), self.cleared.emit)
        for name in self.saved:
            said = self._desk.say(FORGET, name=name)
            self._menu.addAction(said, partial(self.saved.pop, name, None))

    def keep(self) -> None:
        """Ask for a name and keep what narrows the list now."""
        desk = self._desk
        name, given = QInputDialog.getText(self, desk.say(SAVED), desk.say(KEEP_NAME))
        if given and name.strip():
            self.saved[name.strip()] = self._now
