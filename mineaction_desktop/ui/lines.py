"""Lines of text that stay whole: typed ones in taller scripts, and shown ones that are too long."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication, QResizeEvent, QTextLayout
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

_TELLING = 64
"""So many letters say which scripts there are."""

_LEAST = "MMM…"
"""What is never taken away from a line that gives way."""

_ROOM = 4

Index = QModelIndex | QPersistentModelIndex

_FIRST_STRONG, _END = "\u2068", "\u2069"


def settle_height(line: QLineEdit, text: str) -> None:
    """Bring the text of a taller script down to the middle of a line edit.

    A line edit places text by the ascent of its own font and draws it too high by as much as
    another font that steps in, such as the Arabic one, is taller.
    """
    down = 0 if text.isascii() else round(_ascent(text[:_TELLING], line.font()))
    down = max(0, down - line.fontMetrics().ascent())
    if line.textMargins().top() != down:
        line.setTextMargins(0, down, 0, -down)


def _ascent(text: str, font: QFont) -> float:
    layout = QTextLayout(text, font)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    return line.ascent()


def isolated(text: str) -> str:
    """A text whose lines each run in the direction of their first letter.

    Where that is not the direction of the window, numbers and dots would stand at the wrong end.
    """
    if QGuiApplication.layoutDirection() == Qt.LayoutDirection.LeftToRight:
        return text
    return "\n".join(
        line if line.startswith(_FIRST_STRONG) or not line else f"{_FIRST_STRONG}{line}{_END}"
        for line in text.split("\n")
    )


class IsolatedCells(QStyledItemDelegate):
    """Cells of a list or table whose texts may run against the window."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.text = isolated(option.text)


def wrapped_height(text: str, font: QFont, width: int) -> int:
    """How high a text is in lines of a width."""
    room = QRect(0, 0, max(width, 1), 1_000_000)
    flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)
    return QFontMetrics(font).boundingRect(room, flags, text).height()


class WrappedCells(IsolatedCells):
    """Cells as high as their lines; where a stylesheet gives them room, Qt counts too few."""

    def __init__(self, parent: QWidget, room: Callable[[Index], int], beside: int) -> None:
        super().__init__(parent)
        self._room, self._beside = room, beside

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._room(index)
        font = index.data(Qt.ItemDataRole.FontRole) or QFont(option.font)
        height = wrapped_height(str(index.data() or ""), font, width)
        return QSize(width, height + self._beside)


class TypedLine(QLineEdit):
    """A line edit that stands in the middle in every script."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.textChanged.connect(self._settle)
        self._settle()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._settle()

    def _settle(self) -> None:
        settle_height(self, self.text())  # Qt itself sets a placeholder right


class ShortenedLabel(QLabel):
    """A line that gives way: what its room does not hold is in the tooltip, and read out whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._whole) + _ROOM, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        least = self.fontMetrics().horizontalAdvance(_LEAST)
        return QSize(min(least, self.sizeHint().width()), super().minimumSizeHint().height())

    def setText(self, text: str) -> None:
        self._whole = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self._shorten()

    def text(self) -> str:
        return self._whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        shown = self.fontMetrics().elidedText(
            self._whole, Qt.TextElideMode.ElideRight, self.contentsRect().width()
        )
        is_short = shown != self._whole
        # The dots stay at the end of the text also where it runs against the window.
        super().setText(f"{_FIRST_STRONG}{shown}{_END}" if is_short else self._whole)
        self.setToolTip(self._whole if is_short else "")
