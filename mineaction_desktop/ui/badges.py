"""Numbers at the end of a row: how many records, and how many open problems of each weight."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from mineaction_desktop.ui import icons, theme
from mineaction_desktop.ui.desk import Desk

COUNT = int(Qt.ItemDataRole.UserRole) + 1
ERRORS = int(Qt.ItemDataRole.UserRole) + 2
WARNINGS = int(Qt.ItemDataRole.UserRole) + 3

_SIGNS = ((ERRORS, "circle-x", "error"), (WARNINGS, "triangle-alert", "warning"))

Index = QModelIndex | QPersistentModelIndex


class BadgeDelegate(QStyledItemDelegate):
    """Paints a row of the navigation with its numbers on the trailing side.

    Nothing here names the class of Qt's styles, which takes as long to load as a third of the
    window takes to be drawn.
    """

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width(), max(size.height(), theme.em(1.55)))

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.text = ""  # it is painted between the icon and the numbers
        if not index.parent().isValid():
            option.font.setBold(True)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        self.initStyleOption(option, index)
        text = str(index.data() or "")
        painter.save()
        room = QRect(option.rect)
        trailing = self._numbers(painter, option, index)
        leading = theme.space(4)
        if not option.icon.isNull():
            leading += option.decorationSize.width() + theme.space(8)
        if option.direction == Qt.LayoutDirection.RightToLeft:
            room.adjust(trailing, 0, -leading, 0)
        else:
            room.adjust(leading, 0, -trailing, 0)
        painter.setFont(option.font)
        enabled = bool(index.flags() & Qt.ItemFlag.ItemIsEnabled)
        group = QPalette.ColorGroup.Active if enabled else QPalette.ColorGroup.Disabled
        painter.setPen(option.palette.color(group, QPalette.ColorRole.Text))
        fitted = QFontMetrics(option.font).elidedText(
            text, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, int(_leading(option)), fitted)
        painter.restore()

    def _numbers(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> int:
        """Paint the numbers from the trailing edge inwards; return the room they took."""
        font = QFont(option.font)
        font.setBold(False)
        font.setPointSizeF(font.pointSizeF() * 0.9)
        painter.setFont(font)
        metrics = QFontMetrics(font)
        taken = theme.space(8)
        count = index.data(COUNT)
        if count is not None:
            painter.setPen(theme.current().colour("text_soft"))
            column = metrics.horizontalAdvance(self._desk.number(8_888)) + taken + theme.space(4)
            taken = max(self._number(painter, option, metrics, taken, count), column)
        for role, name, colour in _SIGNS:
            number = index.data(role)
            if number:
                painter.setPen(theme.current().colour(colour))
                taken = self._number(painter, option, metrics, taken, number)
                side = metrics.height() - 2
                taken += side + 2
                place = _placed(option, QRect(0, 0, side, side), taken)
                place.moveTop(option.rect.center().y() - side // 2)
                icons.icon(name, colour).paint(painter, place)
        return taken + theme.space(4)

    def _number(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        metrics: QFontMetrics,
        taken: int,
        number: int,
    ) -> int:
        text = self._desk.number(number)
        width = metrics.horizontalAdvance(text)
        taken += width + theme.space(4)
        place = _placed(option, QRect(0, 0, width, option.rect.height()), taken)
        place.moveTop(option.rect.top())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), text)
        return taken


def _placed(option: QStyleOptionViewItem, box: QRect, from_end: int) -> QRect:
    """Move a box to a distance from the trailing edge of the row."""
    if option.direction == Qt.LayoutDirection.RightToLeft:
        box.moveLeft(option.rect.left() + from_end - box.width())
    else:
        box.moveLeft(option.rect.right() - from_end)
    return box


def _leading(option: QStyleOptionViewItem) -> Qt.AlignmentFlag:
    side = (
        Qt.AlignmentFlag.AlignRight
        if option.direction == Qt.LayoutDirection.RightToLeft
        else Qt.AlignmentFlag.AlignLeft
    )
    return side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
