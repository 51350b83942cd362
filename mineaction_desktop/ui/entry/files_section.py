"""The last section of every form: the photographs and papers of the record."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFrame,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from mineaction_desktop.i18n import mark
from mineaction_desktop.ui.entry.context import Attaching, FieldScene
from mineaction_desktop.ui.entry.fields.attachments import AttachmentsPanel
from mineaction_desktop.ui.entry.visibility import leading
from mineaction_desktop.ui.theme import em, space

TITLE = mark("Photographs and papers")
SAVE_FIRST = mark("Save the record first. Then photographs and papers can be attached here.")


class FilesSection(QWidget):
    """Reads the files of a record when it first comes into sight, and not before."""

    left = Signal(bool)
    """The cursor went on, or back."""

    def __init__(
        self,
        scene: FieldScene,
        files: Callable[[], Attaching | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._scene, self._files = scene, files
        self._read_only = False
        self._is_due = True
        self.panel: AttachmentsPanel | None = None
        title = QLabel(scene.desk.say(TITLE), self)
        title.setProperty("role", "heading")
        title.setAlignment(leading(self))
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.15)
        font.setBold(True)
        title.setFont(font)
        line = QFrame(self)
        line.setFrameShape(QFrame.Shape.HLine)
        line.setForegroundRole(line.foregroundRole().Mid)
        line.setFrameShadow(QFrame.Shadow.Plain)
        self.hint = QLabel(scene.desk.say(SAVE_FIRST), self)
        self.hint.setProperty("role", "soft")
        self.hint.setWordWrap(True)
        self.hint.setAlignment(leading(self))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, space(8), 0, space(12))
        self._column.setSpacing(space(8))
        for widget in (title, line, self.hint):
            self._column.addWidget(widget)
        self.setAccessibleName(title.text())
        self.hint.hide()

    def set_read_only(self, *, on: bool) -> None:
        """Let the person look at the files only."""
        self._read_only = on

    def start_anew(self) -> None:
        """Another record is open; its files are read when somebody looks."""
        self._is_due = True
        if self.panel is not None:
            self._column.removeWidget(self.panel)
            self.panel.hide()
            self.panel.deleteLater()
            self.panel = None
        self.hint.hide()
        self.update()

    def load(self) -> None:
        """Read the files of the record, once."""
        if not self._is_due:
            return
        self._is_due = False
        files = self._files()
        self.hint.setVisible(files is None)
        if files is not None:
            self.panel = AttachmentsPanel(self._scene, files, self)
            self.panel.set_read_only(on=self._read_only)
            self.panel.setMaximumWidth(em(46))
            self._column.addWidget(self.panel)

    def take_focus(self) -> bool:
        """Put the cursor at the first file or button; whether there is one."""
        self.load()
        return self._go(QApplication.focusWidget(), forward=True, inside=False)

    def sizeHint(self) -> QSize:
        """Before it was looked at, as high as it will be without files."""
        hint = super().sizeHint()
        return hint if not self._is_due else QSize(hint.width(), hint.height() + round(em(6)))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._is_due:
            QTimer.singleShot(0, self, self.load)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = QApplication.focusWidget()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and isinstance(
            focus, QPushButton | QCheckBox
        ):
            focus.click()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's own names
        if not self._go(QApplication.focusWidget(), forward=next, inside=True):
            self.left.emit(next)
        return True

    def _go(self, focus: QWidget | None, *, forward: bool, inside: bool) -> bool:
        """Go to the next part that takes the keyboard."""
        parts = self._parts()
        if inside and focus is not None:
            at = next(
                (n for n, one in enumerate(parts) if one is focus or one.isAncestorOf(focus)), -1
            )
            to = at + (1 if forward else -1)
        else:
            to = 0
        if not 0 <= to < len(parts):
            return False
        tab, back = Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason
        parts[to].setFocus(tab if forward else back)
        return True

    def _parts(self) -> list[QWidget]:
        panel = self.panel
        if panel is None:
            return []
        known = (panel.files, panel.add_button, panel.open_button, panel.remove_button, panel.keep)
        return [one for one in known if not one.isHidden() and one.isEnabled()]
