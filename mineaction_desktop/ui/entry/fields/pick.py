"""Fields whose content is picked from a list that hangs below the line while one types."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from mineaction_desktop.formdef.form import Field
from mineaction_desktop.i18n import mark
from mineaction_desktop.ui.entry.context import FieldScene
from mineaction_desktop.ui.entry.fields.line import LineEditor
from mineaction_desktop.ui.entry.fields.popup import OptionPopup, PopupRow
from mineaction_desktop.ui.icons import icon

_SHOW = mark("Show the list (Down)")
_SHORT = 9
_PAGE = 9
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _PAGE,
    Qt.Key.Key_PageUp: -_PAGE,
}


class PickEditor(LineEditor):
    """A line with a list below it. What is marked in the list is taken by Enter, Tab and saving.

    A list opens by typing or by Down. Enter takes the line and is then left to the form, which
    moves on. Esc closes the list and leaves what was typed.
    """

    def __init__(self, field: Field, scene: FieldScene, parent: QWidget | None = None) -> None:
        super().__init__(field, scene, parent)
        self._popup: OptionPopup | None = None
        if self.sign:
            place = QLineEdit.ActionPosition.TrailingPosition
            show = self.line.addAction(icon(self.sign), place)
            show.setToolTip(scene.desk.say(_SHOW))
            show.triggered.connect(self._on_shown)

    sign = "chevron-down"
    """The icon at the end of the line: that there is a list; empty where there is none."""

    # what a kind of list does in its own way

    def rows(self, text: str) -> tuple[Sequence[PopupRow], int | None]:
        """What fits a text, and which line of it is marked."""
        raise NotImplementedError

    def pick(self, row: PopupRow) -> None:
        """Take over a line of the list."""
        raise NotImplementedError

    def may_number(self) -> bool:
        """Whether digits pick by place where the list is short."""
        return False

    # what every list does

    @property
    def popup(self) -> OptionPopup:
        """The list below the line; most fields of a form never need theirs."""
        if self._popup is None:
            self._popup = OptionPopup(self.line)
            self._popup.picked.connect(self._on_clicked)
        return self._popup

    def is_open(self) -> bool:
        """Whether the list is in view."""
        return self._popup is not None and self._popup.isVisible()

    def close_list(self) -> None:
        """Take the list away."""
        if self._popup is not None:
            self._popup.hide()

    def open(self, text: str = "") -> None:
        """Show the list, with the present value marked."""
        rows, current = self.rows(text)
        self.popup.show_rows(rows, current, numbered=self._is_numbered(rows))

    def on_key(self, event: QKeyEvent) -> bool:
        if self.line.isReadOnly():
            return False
        key = Qt.Key(event.key())
        if key in _STEPS and not self._is_with_control(event):
            return self._step(key)
        if not self.is_open():
            return self._pick_by_number(event)
        if key == Qt.Key.Key_Escape:
            self.close_list()
            return True
        if key in _ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.commit()
        return False

    def commit(self) -> bool:
        row = self.popup.current() if self.is_open() else None
        if row is None:
            self.close_list()
            return super().commit()
        self.close_list()
        self.pick(row)
        return self._problem is None

    def take_value(self, value: object) -> None:
        """Take a value that was picked, as if it had been typed."""
        is_news = value != self._value or self._problem is not None
        self._value = value
        self._settle_problem(None)
        self._put(self.keyed(value) if self.line.hasFocus() else self.shown(value))
        if self.line.hasFocus():
            self.line.selectAll()
        if is_news:
            self.committed.emit(value)

    def _step(self, key: Qt.Key) -> bool:
        if self.is_open():
            self.popup.step(_STEPS[key])
            return True
        if key != Qt.Key.Key_Down:
            return False
        self.open(self.line.text() if self._is_typed else "")
        if self.popup.current() is None:
            self.popup.step(1)
        return True

    def _pick_by_number(self, event: QKeyEvent) -> bool:
        text = event.text()
        is_fresh = not self.line.text() or self.line.selectedText() == self.line.text()
        if not (is_fresh and self.may_number() and text in set("123456789")):
            return False
        rows, _ = self.rows("")
        if not self._is_numbered(rows) or int(text) > len(rows):
            return False
        self.pick(rows[int(text) - 1])
        return True

    def _is_numbered(self, rows: Sequence[PopupRow]) -> bool:
        return self.may_number() and len(rows) <= _SHORT

    def on_going(self) -> None:
        self.commit()

    def on_gone(self) -> None:
        super().on_gone()
        self.close_list()

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self._is_typed = True
        self.line.settle_height(text)
        if text.strip():
            rows, current = self.rows(text)
            self.popup.show_rows(rows, current)
        else:
            self.close_list()
        self.typing.emit()

    @Slot()
    def _on_shown(self) -> None:
        """The sign at the end of the line was clicked."""
        if self.is_open() or self.line.isReadOnly():
            self.close_list()
            return
        self.line.setFocus(Qt.FocusReason.MouseFocusReason)
        self.open()

    def _on_clicked(self, row: PopupRow) -> None:
        self.close_list()
        self.pick(row)

    @staticmethod
    def _is_with_control(event: QKeyEvent) -> bool:
        return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
