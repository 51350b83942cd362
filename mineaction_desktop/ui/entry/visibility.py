"""Showing, hiding and aligning parts of a form."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def application() -> QApplication:
    """The application that every widget lives in."""
    found = QApplication.instance()
    assert isinstance(found, QApplication)  # noqa: S101 - no widget could be made without it
    return found


def is_hidden(widget: QWidget) -> bool:
    """Whether somebody has hidden the widget itself; one that is not on screen yet is not."""
    said = widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
    return said and widget.isHidden()


def set_shown(widget: QWidget, *, shown: bool) -> None:
    """Show or hide a widget if that changes anything: Qt lays out anew each time it is asked."""
    if shown is is_hidden(widget):
        widget.setVisible(shown)


def leading(widget: QWidget) -> Qt.AlignmentFlag:
    """The side where lines begin in this window, also for a text in another script."""
    mirrored = widget.layoutDirection() == Qt.LayoutDirection.RightToLeft
    side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignAbsolute
