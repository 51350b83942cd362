"""The list below a field: it shows what can be picked and never takes the keyboard."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QHideEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from mineaction_desktop.ui.entry.fields.base import em
from mineaction_desktop.ui.theme import space

_ROWS = 10
_CODE_DIGITS = 28
_Index = QModelIndex | QPersistentModelIndex
_ROW = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class PopupRow:
    """One line of the list; ``value`` is handed back when it is picked."""

    value: object
    title: str
    code: str = ""
    detail: str = ""

    @property
    def said(self) -> str:
        """The line as a screen reader says it."""
        return ", ".join(filter(None, (self.title, self.code, self.detail)))


class _Rows(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: Sequence[PopupRow] = ()

    def put(self, rows: Sequence[PopupRow]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        del parent
        return len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.said
            case Qt.ItemDataRole.ToolTipRole:
                return row.detail or None
        return row if role == _ROW else None


class _RowPainter(QStyledItemDelegate):
    """Paints number, code, title and detail in columns."""

    numbered = False
    code_width = 0

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        del index
        return QSize(1, option.fontMetrics.height() + space(8))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        self.initStyleOption(option, index)
        row: PopupRow = index.data(_ROW)
        option.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        painter.save()
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._paint_columns(painter, option, row, index.row())
        painter.restore()

    def _paint_columns(
        self, painter: QPainter, option: QStyleOptionViewItem, row: PopupRow, number: int
    ) -> None:
        palette: QPalette = option.palette
        whole: QRect = option.rect.adjusted(space(8), 0, -space(8), 0)
        metrics = option.fontMetrics
        soft = palette.color(QPalette.ColorRole.PlaceholderText)
        plain = palette.color(QPalette.ColorRole.Text)
        title_width = metrics.horizontalAdvance(row.title) + space(16)
        columns = [
            (
                str(number + 1) if self.numbered and number < 9 else "",
                self._number_width(metrics),
                soft,
            ),
            (row.code, self.code_width, soft),
            (row.title, title_width, plain),
            (row.detail, whole.width(), soft),
        ]
        start = 0
        for text, width, colour in columns:
            room = min(width, whole.width() - start)
            if text and room > 0:
                box = QRect(whole.left() + start, whole.top(), room, whole.height())
                box = QStyle.visualRect(option.direction, whole, box)
                painter.setPen(colour)
                shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
                painter.drawText(box, _flags(option.direction, text), shown)
            start += width

    def _number_width(self, metrics: QFontMetrics) -> int:
        return metrics.horizontalAdvance("99") if self.numbered else 0


def _flags(direction: Qt.LayoutDirection, text: str) -> int:
    """Where text stands in its column, and that it runs in the direction of its own letters."""
    side = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft)
    strong = (unicodedata.bidirectional(letter) for letter in text)
    first = next((kind for kind in strong if kind in {"L", "R", "AL"}), "L")
    turned = Qt.TextFlag.TextForceLeftToRight if first == "L" else Qt.TextFlag.TextForceRightToLeft
    return (side | Qt.AlignmentFlag.AlignVCenter).value | turned.value


class OptionPopup(QFrame):
    """A list that hangs below a field. The field keeps the keyboard and steers it."""

    picked = Signal(object)
    """The :class:`PopupRow` that was clicked."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field, Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self._field = field
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._model = _Rows(self)
        self._painter = _RowPainter(self)
        self._list = QListView(self)
        self._list.setModel(self._model)
        self._list.setItemDelegate(self._painter)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setUniformItemSizes(True)
        self._list.setMinimumSize(1, 1)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.clicked.connect(self._on_clicked)
        room = QVBoxLayout(self)
        room.setContentsMargins(1, 1, 1, 1)
        room.addWidget(self._list)

    def show_rows(
        self, rows: Sequence[PopupRow], current: int | None = None, *, numbered: bool = False
    ) -> None:
        """Show these lines with one of them marked, or hide if there are none."""
        if not rows:
            self.hide()
            return
        self._painter.numbered = numbered
        widest = max(self.fontMetrics().horizontalAdvance(row.code) for row in rows)
        most = em(self, _CODE_DIGITS)
        self._painter.code_width = min(widest, most) + space(16) if widest else 0
        self._model.put(rows)
        self._list.setAccessibleName(self._field.accessibleName())
        self.mark(current)
        self._place(len(rows))
        if not self.isVisible():
            self._field.window().installEventFilter(self)
            self.show()

    def mark(self, row: int | None) -> None:
        """Mark a line, or none."""
        if row is None or not self._model.rows:
            self._list.setCurrentIndex(QModelIndex())
            return
        index = self._model.index(max(0, min(row, len(self._model.rows) - 1)))
        self._list.setCurrentIndex(index)
        self._list.scrollTo(index)
        self._field.setAccessibleDescription(self._model.rows[index.row()].said)

    def step(self, by: int) -> None:
        """Mark the line so many further down, or the first."""
        index = self._list.currentIndex()
        last = len(self._model.rows) - 1
        self.mark((0 if by > 0 else last) if not index.isValid() else index.row() + by)

    def current(self) -> PopupRow | None:
        """The line that is marked in a list that is open."""
        index = self._list.currentIndex()
        return self._model.rows[index.row()] if self.isVisible() and index.isValid() else None

    def row(self, number: int) -> PopupRow | None:
        """A line by its place."""
        return self._model.rows[number] if number < len(self._model.rows) else None

    def hideEvent(self, event: QHideEvent) -> None:
        self._field.window().removeEventFilter(self)
        self._field.setAccessibleDescription(self._field.property("description") or "")
        super().hideEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {
            QEvent.Type.Move,
            QEvent.Type.Resize,
            QEvent.Type.WindowDeactivate,
            QEvent.Type.Close,
        }:
            self.hide()
        return super().eventFilter(watched, event)

    def _on_clicked(self, index: QModelIndex) -> None:
        self.picked.emit(self._model.rows[index.row()])

    def _place(self, count: int) -> None:
        """Below the field, or above it where the screen ends."""
        height = min(count, _ROWS) * (self.fontMetrics().height() + space(8)) + space(8)
        width = max(self._field.width(), em(self, 64))
        corner = self._field.mapToGlobal(QPoint(0, self._field.height()))
        screen = self._field.screen()
        area = screen.availableGeometry()
        width = min(width, area.width())
        left = corner.x()
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            left += self._field.width() - width
        left = max(area.left(), min(left, area.right() - width))
        top = corner.y()
        if top + height > area.bottom():
            top = max(area.top(), top - self._field.height() - height)
        self.setGeometry(left, top, width, height)
