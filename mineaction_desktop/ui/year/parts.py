"""Labels and cards that the pages of a year are made of."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from mineaction_desktop.ui import theme
from mineaction_desktop.ui.parts import lead


def said(text: str, role: str = "", *, size: float = 1.0, bold: bool = False) -> QLabel:
    """A text that wraps and can be copied."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if role:
        label.setProperty("role", role)
    font = label.font()
    font.setPointSizeF(theme.points(size))
    font.setBold(bold)
    label.setFont(font)
    lead(label)
    return label


def card() -> tuple[QFrame, QVBoxLayout]:
    """A framed part, and the column in it."""
    frame = QFrame()
    frame.setProperty("kind", "card")
    column = QVBoxLayout(frame)
    column.setContentsMargins(*[theme.space(12)] * 4)
    column.setSpacing(theme.space(8))
    return frame, column


def column_of(widget: QWidget, margin: int = 0, spacing: int = 8) -> QVBoxLayout:
    """The only column of a widget."""
    column = QVBoxLayout(widget)
    column.setContentsMargins(*[theme.space(margin)] * 4)
    column.setSpacing(theme.space(spacing))
    return column
