"""Small parts that many screens and dialogs are made of."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QLabel, QPushButton, QVBoxLayout

from mineaction_desktop.i18n import mark
from mineaction_desktop.ui import theme
from mineaction_desktop.ui.desk import Desk

CANCEL = mark("Cancel")


def lead(label: QLabel) -> None:
    """Let text begin on the leading side of the window, in whatever script it is."""
    if QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft:
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
        label.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)


def large(text: str, factor: float) -> QLabel:
    """A heading, in a size relative to other text."""
    label = QLabel(text)
    font = label.font()
    font.setPointSizeF(theme.points(factor))
    font.setBold(True)
    label.setFont(font)
    label.setTextFormat(Qt.TextFormat.PlainText)
    lead(label)
    return label


def soft(text: str) -> QLabel:
    """A line of help, below or beside what it helps with."""
    label = QLabel(text)
    label.setProperty("role", "soft")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    lead(label)
    return label


def toned(tone: str) -> QLabel:
    """A line for what is wrong, empty at first."""
    label = QLabel()
    label.setProperty("tone", tone)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def card() -> tuple[QFrame, QVBoxLayout]:
    """A framed part of a page, and the column in it."""
    frame = QFrame()
    frame.setProperty("kind", "card")
    column = QVBoxLayout(frame)
    column.setContentsMargins(*[theme.space(12)] * 4)
    column.setSpacing(theme.space(4))
    return frame, column


def agree_or_cancel(desk: Desk, agree: str) -> tuple[QDialogButtonBox, QPushButton]:
    """The buttons at the end of a dialog: the one it is about, and cancel."""
    buttons = QDialogButtonBox()
    made = buttons.addButton(agree, QDialogButtonBox.ButtonRole.AcceptRole)
    made.setProperty("kind", "primary")
    made.setDefault(True)
    buttons.addButton(desk.say(CANCEL), QDialogButtonBox.ButtonRole.RejectRole)
    return buttons, made


def fit(dialog: QDialog) -> None:
    """Make a dialog as high as the lines of help in it need once they are broken."""
    layout = dialog.layout()
    if layout is not None:
        width = max(dialog.minimumWidth(), layout.sizeHint().width())
        dialog.resize(width, layout.totalHeightForWidth(width))
