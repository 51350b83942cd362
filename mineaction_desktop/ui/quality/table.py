"""A table of a few hundred lines at most: Enter opens one, Delete drops it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from mineaction_desktop.ui import icons
from mineaction_desktop.ui.theme import em

_KEY = Qt.ItemDataRole.UserRole
_AT_THE_END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_HIGH = 1.6


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: its key, what stands in its cells, and an icon with its tone."""

    key: str
    cells: tuple[str, ...]
    icon: str = ""
    tone: str = "text_soft"


class Table(QTreeWidget):
    """Lines with headings above them."""

    opened = Signal(str)
    """The key of a line: Enter or a double click."""

    dropped = Signal(str)
    """The key of a line: Delete."""

    chosen = Signal(str)
    """The key of the line that has the keyboard now; empty if there is none."""

    def __init__(
        self,
        name: str,
        titles: Sequence[str],
        numbers: Sequence[int] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._numbers = frozenset(numbers)
        self.setHeaderLabels(list(titles))
        self.setAccessibleName(name)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(True)
        self.setAllColumnsShowFocus(True)
        self.setTabKeyNavigation(False)
        head = self.header()
        head.setStretchLastSection(False)
        for column in range(len(titles)):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
            if column in self._numbers:
                self.headerItem().setTextAlignment(column, _AT_THE_END)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setMinimumSectionSize(em(3))
        self.itemDoubleClicked.connect(lambda item: self.opened.emit(_key(item)))
        self.currentItemChanged.connect(lambda item, _: self.chosen.emit(_key(item)))

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines; the one that had the keyboard keeps it, or the one in its place."""
        key, here = self.key(), self.currentItem()
        row = 0 if here is None else self.indexOfTopLevelItem(here)
        self.blockSignals(True)  # noqa: FBT003 - Qt's own word for it
        self.clear()
        self.addTopLevelItems([self._item(line) for line in lines])
        self.blockSignals(False)  # noqa: FBT003 - as above
        keys = [line.key for line in lines]
        place = keys.index(key) if key in keys else min(row, len(lines) - 1)
        if (item := self.topLevelItem(place)) is not None:
            self.setCurrentItem(item)
        self.chosen.emit(self.key())

    def key(self) -> str:
        """The key of the line that has the keyboard."""
        return _key(self.currentItem())

    def texts(self) -> list[list[str]]:
        """What stands in the table."""
        items = [self.topLevelItem(row) for row in range(self.topLevelItemCount())]
        return [[one.text(at) for at in range(self.columnCount())] for one in items if one]

    def _item(self, line: Line) -> QTreeWidgetItem:
        item = QTreeWidgetItem(list(line.cells))
        item.setData(0, _KEY, line.key)
        item.setSizeHint(0, QSize(0, em(_HIGH)))
        if line.icon:
            item.setIcon(0, icons.icon(line.icon, line.tone))
        for column, text in enumerate(line.cells):
            item.setToolTip(column, text)
            if column in self._numbers:
                item.setTextAlignment(column, _AT_THE_END)
        return item

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = self.key()
        if key and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(key)
        elif key and event.key() == Qt.Key.Key_Delete:
            self.dropped.emit(key)
        else:
            super().keyPressEvent(event)


def _key(item: QTreeWidgetItem | None) -> str:
    return "" if item is None else str(item.data(0, _KEY))
