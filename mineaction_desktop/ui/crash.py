"""When the program itself fails: drafts are safe, and one dialog with details to copy."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.i18n import mark
from mineaction_desktop.ui import theme
from mineaction_desktop.ui.desk import Desk

TITLE = mark("The program has made a mistake")
SORRY = mark(
    "This is a fault of the program, not of your data. What you keyed is in drafts on the disk; "
    "what was saved stays saved. You can go on working; if the window does not answer any more, "
    "close it and start again: the drafts will be offered to you."
)
SAVED = mark("A report was saved as {file}. Please send it to those who maintain the program.")
UNSAVED = mark("The report could not be saved; please copy it and send it on.")
COPY = mark("Copy the details")
GO_ON = mark("Go on")
DETAILS = mark("Details of the fault")


class CrashDialog(QDialog):
    """Says that the program failed, what is safe, and what to send to whom."""

    def __init__(self, desk: Desk, text: str, file: str | None, parent: QWidget | None) -> None:
        super().__init__(parent)
        say = desk.say
        self.setWindowTitle(say(TITLE))
        self._text = text
        column = QVBoxLayout(self)
        column.setSpacing(theme.space(12))
        for sentence in (say(SORRY), say(SAVED, file=file) if file else say(UNSAVED)):
            label = QLabel(sentence)
            label.setWordWrap(True)
            column.addWidget(label)
        details = QPlainTextEdit(text)
        details.setReadOnly(True)
        details.setAccessibleName(say(DETAILS))
        details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        column.addWidget(details, 1)
        buttons = QDialogButtonBox()
        go_on = buttons.addButton(say(GO_ON), QDialogButtonBox.ButtonRole.AcceptRole)
        copy = buttons.addButton(say(COPY), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self.copy)
        buttons.accepted.connect(self.accept)
        column.addWidget(buttons)
        go_on.setDefault(True)
        self.resize(theme.em(40), theme.em(24))

    def copy(self) -> None:
        """Put the details onto the clipboard."""
        QApplication.clipboard().setText(self._text)


class _Catcher:
    """What Python calls with an error that nobody has caught."""

    def __init__(self, desk: Desk, window: QWidget, tell: Callable[[UserError], object]) -> None:
        self._desk = desk
        self._window = window
        self._tell = tell
        self._dialog: CrashDialog | None = None

    def __call__(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if not issubclass(kind, Exception):
            sys.__excepthook__(kind, error, trace)
            return
        if isinstance(error, UserError):  # the disk or the input, and in words for people already
            self._tell(error)
            return
        from mineaction_desktop.services.crash_reports import (  # noqa: PLC0415 - only on trouble
            crash_report,
            save_crash_report,
        )

        text = crash_report(error)
        path = save_crash_report(text)
        traceback.print_exception(kind, error, trace)
        if self._dialog is None:  # one dialog, however often it fails
            self._dialog = CrashDialog(self._desk, text, str(path) if path else None, self._window)
            self._dialog.finished.connect(self._on_finished)
            self._dialog.open()

    def _on_finished(self) -> None:
        self._dialog = None


def catch_crashes(desk: Desk, window: QWidget, tell: Callable[[UserError], object]) -> None:
    """Show faults of the program in a dialog from now on; ``tell`` what is none of its own."""
    sys.excepthook = _Catcher(desk, window, tell)
