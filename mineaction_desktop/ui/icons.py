"""Icons from SVG files: in the colours of the theme, sharp at any size, mirrored where they point.

An icon is drawn when it is shown, so it follows a change of colours or of direction by itself.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from mineaction_desktop.paths import resources_dir
from mineaction_desktop.ui.theme import current

DIRECTIONAL = frozenset(
    {
        "arrow-left",
        "arrow-right",
        "chevron-left",
        "chevron-right",
        "corner-down-left",
        "external-link",
        "file-search",
        "list-checks",
        "list-filter",
        "log-out",
        "panel-left",
        "redo-2",
        "undo-2",
    }
)
"""Icons that point along the line: in a window from right to left they point the other way."""


def icon(name: str, colour: str = "text_soft") -> QIcon:
    """The icon of a file in ``resources/icons``; ``colour`` names a colour of the theme."""
    return QIcon(_Engine(name, colour))


class _Engine(QIconEngine):
    def __init__(self, name: str, colour: str) -> None:
        super().__init__()
        self._name = name
        self._colour = colour

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._colour)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        colours = current().colours()
        disabled = mode == QIcon.Mode.Disabled
        colour = colours["text_faint" if disabled else self._colour]
        mirrored = self._name in DIRECTIONAL and (
            QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
        )
        painter.save()
        if mirrored:
            painter.translate(rect.left() + rect.right() + 1, 0)
            painter.scale(-1, 1)
        _renderer(self._name, colour).render(painter, QRectF(rect))
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, _scale: float
    ) -> QPixmap:
        pixmap = QPixmap(size)
        if size.isEmpty():  # a line that has not been laid out yet asks so
            return pixmap
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap


@cache
def _folder() -> Path:
    return resources_dir() / "icons"


@lru_cache(maxsize=512)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    text = (_folder() / f"{name}.svg").read_text("utf-8")
    return QSvgRenderer(QByteArray(text.replace("currentColor", colour).encode()))
