"""Headings of a table: they break into two lines rather than lose letters."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QHeaderView, QStyle, QStyleOptionHeader, QTableView

from mineaction_desktop.ui.theme import current, space

LINES = 2
"""How many lines a heading has at most."""

_BESIDE, _ABOVE = 8, 4
"""The room around the text, as the stylesheet has it."""

_TRAILING = Qt.AlignmentFlag.AlignRight


class Headings(QHeaderView):
    """The row above the columns; as high as the longest heading needs at the widths of just now."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self.setHighlightSections(False)
        self.sectionResized.connect(self._on_resized)
        self._height = 0

    def least(self, section: int) -> int:
        """The width at which a heading can be read whole."""
        arrow = self._arrow() if self.isSortIndicatorShown() else 0
        return heading_width(self._text(section), self.font()) + arrow

    def is_whole(self, section: int) -> bool:
        """Whether every letter of a heading is in sight."""
        room = self.sectionSize(section) - self._beside()
        return not any(line.endswith("…") for line in self._lines(section, room))

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._wanted_height())

    def sectionSizeFromContents(self, section: int) -> QSize:
        return QSize(self.least(section), self._wanted_height())

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, section: int) -> None:
        super().initStyleOptionForIndex(option, section)
        option.text = ""  # written below, in lines

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        super().paintSection(painter, rect, section)
        painter.restore()
        if not rect.isValid():
            return
        room = rect.adjusted(space(_BESIDE), 0, -space(_BESIDE), 0)
        if self._is_sorted(section):
            mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            arrow = self._arrow()
            room.adjust(arrow if mirrored else 0, 0, 0 if mirrored else -arrow, 0)
        side = self._side(section)
        painter.save()
        painter.setFont(self._font())
        painter.setPen(current().colour("text_soft"))
        lines = self._lines(section, room.width())
        step = QFontMetrics(self._font()).height()
        top = rect.center().y() - step * len(lines) // 2
        for at, line in enumerate(lines):
            box = QRect(room.left(), top + at * step, room.width(), step)
            painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), line)
        painter.restore()

    def _wanted_height(self) -> int:
        lines = 1
        if self.model() is not None:
            for section in range(self.count()):
                if not self.isSectionHidden(section):
                    room = self.sectionSize(section) - self._beside()
                    lines = max(lines, len(self._lines(section, room)))
        return lines * QFontMetrics(self._font()).height() + 2 * space(_ABOVE)

    def _on_resized(self) -> None:
        """The table asks again how high its headings are."""
        height = self._wanted_height()
        if height != self._height:
            self._height = height
            self.geometriesChanged.emit()

    def _lines(self, section: int, room: int) -> list[str]:
        return broken(self._text(section), self._font(), room)

    def _text(self, section: int) -> str:
        text = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        return _with_star(text)

    def _side(self, section: int) -> Qt.AlignmentFlag:
        role = Qt.ItemDataRole.TextAlignmentRole
        wished = self.model().headerData(section, Qt.Orientation.Horizontal, role)
        is_trailing = wished is not None and bool(int(wished) & _TRAILING.value)
        side = _TRAILING if is_trailing else Qt.AlignmentFlag.AlignLeft
        return QStyle.visualAlignment(self.layoutDirection(), side)

    def _font(self) -> QFont:
        return _bold(self.font())

    def _is_sorted(self, section: int) -> bool:
        return self.isSortIndicatorShown() and self.sortIndicatorSection() == section

    def _arrow(self) -> int:
        return space(12)

    def _beside(self) -> int:
        """What is not text: the room at both sides, and that of the arrow in a list with one."""
        return 2 * space(_BESIDE) + (self._arrow() if self.isSortIndicatorShown() else 0)


def heading_width(text: str, font: QFont) -> int:
    """The width at which a heading in two lines can be read whole, with the room at its sides."""
    measure = QFontMetrics(_bold(font)).horizontalAdvance
    return width_in_lines(_with_star(text), measure) + 2 * space(_BESIDE)


def _bold(font: QFont) -> QFont:
    made = QFont(font)
    made.setBold(True)
    return made


def _with_star(text: str) -> str:
    """The star of what must be filled in stays with its word."""
    return text.replace(" *", "\u00a0*")


def broken(text: str, font: QFont, width: int) -> list[str]:
    """A text in lines of a width; the last one ends in dots if they do not hold it all."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    starts: list[int] = []
    layout.beginLayout()
    for _ in range(LINES):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(width, 1))
        starts.append(line.textStart())
    layout.endLayout()
    metrics = QFontMetrics(font)
    ends = [*starts[1:], len(text)]
    parts = [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]
    dots = Qt.TextElideMode.ElideRight
    return [metrics.elidedText(part, dots, max(width, 0)) for part in parts] or [""]


def width_in_lines(text: str, measure: Callable[[str], int]) -> int:
    """The least width of a text that stands in two lines, broken between words alone."""
    words = text.split(" ")
    ways = [
        max(measure(" ".join(words[:at])), measure(" ".join(words[at:])))
        for at in range(1, len(words))
    ]
    return min([measure(text), *ways]) + 1
