"""A line of the command palette: its words, and a detail in grey at the trailing end."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from mineaction_desktop.ui import theme

DETAIL = int(Qt.ItemDataRole.UserRole) + 3
Index = QModelIndex | QPersistentModelIndex


class PaletteDelegate(QStyledItemDelegate):
    """Paints the detail beside what Qt paints."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width(), max(size.height(), theme.em(1.7)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        detail = index.data(DETAIL)
        if not detail:
            return
        painter.save()
        painter.setPen(theme.current().colour("text_soft"))
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignLeft if mirrored else Qt.AlignmentFlag.AlignRight
        room = QRect(option.rect).adjusted(theme.space(8), 0, -theme.space(8), 0)
        painter.drawText(room, int(side | Qt.AlignmentFlag.AlignVCenter), detail)
        painter.restore()
