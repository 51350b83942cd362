"""Which columns a list shows, and in which order."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from mineaction_desktop.i18n import mark
from mineaction_desktop.services.browsing import Column
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.parts import soft
from mineaction_desktop.ui.theme import em

TITLE = mark("Columns")
HELP = mark(
    "Space shows or hides a column. Alt+Up and Alt+Down move it, or drag it with the mouse."
)
USUAL = mark("The usual columns")
_NAME = Qt.ItemDataRole.UserRole


class ColumnsDialog(QDialog):
    """Asks for the columns; those that are shown come first, in their order."""

    def __init__(
        self,
        desk: Desk,
        columns: Sequence[Column],
        shown: Sequence[str],
        usual: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = {column.name: column for column in columns}
        self.setWindowTitle(desk.say(TITLE))
        self.resize(QSize(em(24), em(30)).boundedTo(self.screen().availableSize() * 0.92))
        said = soft(desk.say(HELP))
        self.list = QListWidget()
        self.list.setAccessibleName(desk.say(TITLE))
        self.list.setAccessibleDescription(said.text())
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.installEventFilter(self)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.button(QDialogButtonBox.StandardButton.Ok).setProperty("kind", "primary")
        again = buttons.addButton(desk.say(USUAL), QDialogButtonBox.ButtonRole.ResetRole)
        again.clicked.connect(lambda: self._fill(usual))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        for part in (said, self.list, buttons):
            whole.addWidget(part)
        self._fill(shown)
        self.list.setFocus()

    def shown(self) -> tuple[str, ...]:
        """The names of the columns to be shown, in order; the first one if none was left."""
        items = [self.list.item(row) for row in range(self.list.count())]
        chosen = [one.data(_NAME) for one in items if one.checkState() == Qt.CheckState.Checked]
        return tuple(chosen or [items[0].data(_NAME)])

    def _fill(self, shown: Sequence[str]) -> None:
        self.list.clear()
        first = [name for name in shown if name in self._columns]
        for name in (*first, *(name for name in self._columns if name not in first)):
            item = QListWidgetItem(self._columns[name].label)
            item.setData(_NAME, name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            state = Qt.CheckState.Checked if name in first else Qt.CheckState.Unchecked
            item.setCheckState(state)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            is_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            if is_alt and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
                self._move(-1 if event.key() == Qt.Key.Key_Up else 1)
                return True
        return super().eventFilter(watched, event)

    def _move(self, step: int) -> None:
        row = self.list.currentRow()
        if 0 <= row + step < self.list.count():
            item = self.list.takeItem(row)
            self.list.insertItem(row + step, item)
            self.list.setCurrentRow(row + step)
