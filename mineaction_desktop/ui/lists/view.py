"""The table of a list: every step by keyboard, and a selection that costs nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from mineaction_desktop.ui.headings import Headings
from mineaction_desktop.ui.lines import IsolatedCells
from mineaction_desktop.ui.theme import current, em, space

LOOKED_AT = 40
"""So many rows from the first on say how wide the columns are."""

_BESIDE = 0.35
"""The room at each side of a cell, in heights of a line."""

_Index = QModelIndex | QPersistentModelIndex


class RecordView(QTableView):
    """Rows are chosen as a whole; one cell of them is where the keyboard is."""

    opened = Signal(int)
    """The record of this row is wanted."""

    typed = Signal(str)
    """Letters that begin a search."""

    hide_wanted = Signal()
    sort_wanted = Signal(int, bool)
    """A column, and whether it is to descend."""

    move_wanted = Signal(int, int)
    """A column, and how far it is to move."""

    pulled = Signal(int, int)
    """A person has given a column a width."""

    room_changed = Signal()
    """There is more or less room for the columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setItemDelegate(_Cells(self))
        # the frame is as wide with the focus as without, or the rows would cover part of it
        padding = f"QTableView::item {{ padding: 0 {round(em(_BESIDE))}px; }}"
        self.setStyleSheet(f"QTableView {{ border-width: 2px; }} {padding}")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)
        rows.setDefaultSectionSize(round(em(1.55)))
        self.headings = head = Headings(self)
        self._is_sharing = False
        self.setHorizontalHeader(head)
        head.setSectionsMovable(True)
        head.setSortIndicatorShown(True)
        head.setSectionsClickable(True)
        head.setStretchLastSection(True)
        head.setMinimumSectionSize(em(3))
        head.sectionResized.connect(self._on_resized)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    def ranges(self) -> list[tuple[int, int]]:
        """The chosen rows from first to last, in order; never a list of rows."""
        chosen = self.selectionModel().selection()
        found = sorted((chosen.at(n).top(), chosen.at(n).bottom()) for n in range(chosen.count()))
        merged: list[tuple[int, int]] = []
        for top, bottom in found:
            if merged and top <= merged[-1][1] + 1:
                merged[-1] = merged[-1][0], max(merged[-1][1], bottom)
            else:
                merged.append((top, bottom))
        return merged

    def chosen(self) -> int:
        """How many rows are chosen."""
        return sum(bottom - top + 1 for top, bottom in self.ranges())

    def go_to(self, row: int, column: int = 0) -> None:
        """Put the keyboard into a row and choose it alone."""
        index = self.model().index(row, column)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)

    def widest(self, column: int) -> int:
        """The width of the longest cell among the first rows."""
        model, metrics = self.model(), self.fontMetrics()
        rows = range(min(model.rowCount(), LOOKED_AT))
        texts = (str(model.index(row, column).data() or "") for row in rows)
        beside = 2 * (round(em(_BESIDE)) + space(4))
        return max(map(metrics.horizontalAdvance, texts), default=0) + beside

    def room(self) -> int:
        """The width that there is for all columns."""
        bar = self.verticalScrollBar().sizeHint().width()
        return self.width() - 2 * self.frameWidth() - bar

    def share(self, widths: Sequence[int]) -> None:
        """Give each column its width; that is not a wish of the person."""
        self._is_sharing = True
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
        self._is_sharing = False

    def _on_resized(self, column: int, _: int, width: int) -> None:
        is_last = column == self.model().columnCount() - 1  # it takes what is left
        if not self._is_sharing and not is_last and width:
            self.pulled.emit(column, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.room_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_ours(event):
            event.accept()
            return
        super().keyPressEvent(event)

    def _is_ours(self, event: QKeyEvent) -> bool:
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        held, column = Qt.KeyboardModifier, self.currentIndex().column()
        if not modifiers and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.currentIndex().isValid():
                self.opened.emit(self.currentIndex().row())
        elif not modifiers and key == Qt.Key.Key_Delete:
            self.hide_wanted.emit()
        elif modifiers == held.AltModifier and key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.sort_wanted.emit(max(column, 0), key == Qt.Key.Key_Down)
        elif modifiers == held.AltModifier | held.ShiftModifier and key in _SIDES:
            self.move_wanted.emit(max(column, 0), self._step(key))
        elif self._begins_search(event):
            self.typed.emit(event.text())
        else:
            return False
        return True

    def _step(self, key: int) -> int:
        forward = Qt.Key.Key_Left if self.isRightToLeft() else Qt.Key.Key_Right
        return 1 if key == forward else -1

    def _begins_search(self, event: QKeyEvent) -> bool:
        held = Qt.KeyboardModifier
        with_command = event.modifiers() & (held.ControlModifier | held.AltModifier)
        text = event.text()
        return bool(text) and text.isprintable() and text != " " and not with_command


_SIDES = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right})


class _Cells(IsolatedCells):
    """Cells with a frame around the one that the keyboard is in."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        super().paint(painter, option, index)
        view = self.parent()
        if not isinstance(view, RecordView) or not view.hasFocus():
            return
        if index.row() == view.currentIndex().row():
            painter.save()
            painter.setPen(QPen(current().colour("accent"), 2))
            rect = option.rect.adjusted(0, 1, 0, -1)
            if index.column() == view.currentIndex().column():
                painter.drawRect(rect.adjusted(1, 0, -1, 0))
            else:
                painter.drawLine(rect.topLeft(), rect.topRight())
                painter.drawLine(rect.bottomLeft(), rect.bottomRight())
            painter.restore()
