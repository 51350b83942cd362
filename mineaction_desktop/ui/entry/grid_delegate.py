"""How a cell of a grid is drawn: its text, a sign where something is wrong, grey if not asked."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from mineaction_desktop.domain.problems import Problem
from mineaction_desktop.ui import icons
from mineaction_desktop.ui.entry.grid_model import PROBLEMS, RELEVANT, Index
from mineaction_desktop.ui.entry.problem_line import SIGNS
from mineaction_desktop.ui.theme import current, space


class GridDelegate(QStyledItemDelegate):
    """Draws cells; typing in them is the table's business."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width(), max(size.height(), option.fontMetrics.height() + space(12)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = current()
        painter.save()
        if not index.data(RELEVANT):
            painter.fillRect(option.rect, theme.colour("sunken"))
        problems = index.data(PROBLEMS) or []
        if problems:
            _, tone, _ = SIGNS[min((p.severity for p in problems), key=list(SIGNS).index)]
            painter.fillRect(option.rect, theme.colour(f"{tone}_soft"))
        elif option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.colour("accent_soft"))
        self._draw_text(painter, option, index, signed=bool(problems))
        if problems:
            self._draw_sign(painter, option, problems)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -1, -1))
        painter.restore()

    def _draw_text(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, *, signed: bool
    ) -> None:
        side = space(8)
        sign = option.fontMetrics.height() + space(4) if signed else 0
        box = option.rect.adjusted(side, 0, -side, 0)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        box = box.adjusted(sign, 0, 0, 0) if mirrored else box.adjusted(0, 0, -sign, 0)
        text = str(index.data() or "").replace("\n", " ")
        elided = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.setPen(current().colour("text"))
        alignment = QStyle.visualAlignment(
            option.direction, Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole))
        )
        painter.drawText(box, alignment, elided)

    @staticmethod
    def _draw_sign(
        painter: QPainter, option: QStyleOptionViewItem, problems: list[Problem]
    ) -> None:
        worst = min((p.severity for p in problems), key=list(SIGNS).index)
        name, tone, _ = SIGNS[worst]
        size = option.fontMetrics.height()
        rect = option.rect
        x = rect.right() - size - space(4)
        if option.direction == Qt.LayoutDirection.RightToLeft:
            x = rect.left() + space(4)
        place = QRect(x, rect.top() + (rect.height() - size) // 2, size, size)
        icons.icon(name, tone).paint(painter, place)
