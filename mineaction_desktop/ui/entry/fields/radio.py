"""Short lists with all answers in view: radio buttons that digits and first letters press."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QRadioButton, QWidget

from mineaction_desktop.domain.problems import Problem
from mineaction_desktop.formdef.form import Field
from mineaction_desktop.formdef.wording import key
from mineaction_desktop.i18n import mark
from mineaction_desktop.ui.entry.context import FieldScene
from mineaction_desktop.ui.entry.fields.base import FieldEditor, name_input
from mineaction_desktop.ui.flow import FlowLayout
from mineaction_desktop.ui.theme import space

_CLEARING = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}
_FORWARD = {Qt.Key.Key_Down, Qt.Key.Key_Right}
_BACKWARD = {Qt.Key.Key_Up, Qt.Key.Key_Left}
_SIDEWAYS = {Qt.Key.Key_Left, Qt.Key.Key_Right}


class RadioEditor(FieldEditor):
    """All choices side by side. Delete empties the field; arrows go through the choices."""

    def __init__(self, field: Field, scene: FieldScene, parent: QWidget | None = None) -> None:
        super().__init__(field, scene, parent)
        self._value: object = None
        self._unread = ""
        self._problem: Problem | None = None
        self._locked = False
        self.buttons: dict[object, QRadioButton] = {}
        self._row = FlowLayout(self, space(12))
        self._said = QLabel(self)
        self._said.setProperty("tone", "error")
        self._row.addWidget(self._said)
        self.refresh()

    def answers(self) -> Mapping[object, str]:
        """The values that can be chosen, with the words beside their buttons."""
        return {one.code: self.scene.word(one.label) for one in self.scene.offered(self.field)}

    def letters(self) -> Mapping[str, object]:
        """Which value a letter means; other letters go by the first letter of the words."""
        return {}

    def value(self) -> object:
        return self._value

    def set_value(self, value: object) -> None:
        self._value, self._unread, self._problem = value, "", None
        if value is not None and value not in self.buttons:
            self.refresh()
        self._show()

    def text(self) -> str:
        return self._unread or self.type.write(self._value, self.field, self.scene.reading)

    def set_text(self, text: str) -> None:
        read = self.type.read(text, self.field, self.scene.reading)
        self.set_value(None if isinstance(read, Problem) else read)
        if isinstance(read, Problem):
            self._unread, self._problem = text, read
            self._show()

    def commit(self) -> bool:
        return self._problem is None

    def problem(self) -> Problem | None:
        return self._problem

    def take_focus(self, reason: Qt.FocusReason = Qt.FocusReason.TabFocusReason) -> None:
        self._target().setFocus(reason)

    def set_read_only(self, *, on: bool) -> None:
        self._locked = on
        for button in self.buttons.values():
            button.setEnabled(not on or button.isChecked())

    def refresh(self) -> None:
        answers = dict(self.answers())
        if self._value is not None and self._value not in answers:
            choices = self.field.choices
            code = str(self._value)
            answers[self._value] = choices.label(code, self.scene.desk.words) if choices else code
        if {value: button.text() for value, button in self.buttons.items()} == answers:
            return
        for button in self.buttons.values():
            self._row.removeWidget(button)
            button.deleteLater()
        self.buttons = {value: self._button(words) for value, words in answers.items()}
        self._row.removeWidget(self._said)
        self._row.addWidget(self._said)
        self._show()
        self.set_read_only(on=self._locked)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return not self._locked and self._on_key(event)
        return super().eventFilter(watched, event)

    def _button(self, words: str) -> QRadioButton:
        button = QRadioButton(words, self)
        button.setAutoExclusive(False)
        name_input(button, f"{self.accessibleName()}: {words}", self.scene.word(self.field.help))
        button.installEventFilter(self)
        button.clicked.connect(self._on_clicked)
        self._row.addWidget(button)
        button.show()
        return button

    def _on_clicked(self) -> None:
        for value, button in self.buttons.items():
            if button is self.sender():
                self._choose(value)

    def _on_key(self, event: QKeyEvent) -> bool:
        if (
            event.modifiers()
            & ~Qt.KeyboardModifier.KeypadModifier
            & ~Qt.KeyboardModifier.ShiftModifier
        ):
            return False
        pressed = Qt.Key(event.key())
        if pressed in _CLEARING:
            self._choose(None)
        elif pressed in _FORWARD | _BACKWARD:
            self._step(pressed)
        elif pressed == Qt.Key.Key_Space:
            self._choose(self._focused())
        else:
            return self._by_text(event.text())
        return True

    def _step(self, pressed: Qt.Key) -> None:
        by = 1 if pressed in _FORWARD else -1
        if pressed in _SIDEWAYS and self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            by = -by
        values = list(self.buttons)
        if self._value not in self.buttons:
            self._choose(values[0 if by > 0 else -1])
        else:
            self._choose(values[(values.index(self._value) + by) % len(values)])

    def _by_text(self, text: str) -> bool:
        """Press the button that a digit or a letter means; a letter again goes to the next one."""
        if not text or not text.isprintable() or text.isspace():
            return False
        values = list(self.buttons)
        if text.isdigit() and 1 <= int(text) <= len(values):
            self._choose(values[int(text) - 1])
            return True
        letter = key(text)
        meant = [value for value in values if self._begins(value, letter)]
        if not meant and letter in self.letters():
            meant = [self.letters()[letter]]
        if meant:
            after = meant.index(self._value) + 1 if self._value in meant else 0
            self._choose(meant[after % len(meant)])
        return True

    def _begins(self, value: object, letter: str) -> bool:
        return key(self.buttons[value].text()).startswith(letter)

    def _choose(self, value: object) -> None:
        is_news = value != self._value or self._problem is not None
        self._value, self._unread, self._problem = value, "", None
        self._show()
        self._target().setFocus(Qt.FocusReason.OtherFocusReason)
        if is_news:
            self.typing.emit()
            self.committed.emit(value)

    def _focused(self) -> object:
        return next((value for value, one in self.buttons.items() if one.hasFocus()), None)

    def _target(self) -> QWidget:
        """The button that has the keyboard: the chosen one, or the first."""
        chosen = self.buttons.get(self._value)
        return chosen or next(iter(self.buttons.values()), self)

    def _show(self) -> None:
        """Press the button of the value; Tab stops at one button only."""
        for value, button in self.buttons.items():
            button.setChecked(value == self._value and type(value) is type(self._value))
            stops = button is self._target()
            policy = Qt.FocusPolicy.StrongFocus if stops else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)
        self._said.setText(f"⚠ “{self._unread}”" if self._unread else "")
        self._said.setVisible(bool(self._unread))
        self.setFocusProxy(self._target() if self.buttons else None)  # type: ignore[arg-type]  # Qt takes none


_YES, _NO = mark("Yes"), mark("No")
_LETTERS: Mapping[str, object] = {
    **dict.fromkeys(("y", "j", "o", "s", "д", "ن", "t"), True),
    **dict.fromkeys(("n", "н", "ل", "خ", "f"), False),
}


class YesNoEditor(RadioEditor):
    """Yes or no, by the first letter of either in our languages; empty if nobody said."""

    def answers(self) -> Mapping[object, str]:
        say: Callable[[str], str] = self.scene.word
        return {True: say(_YES), False: say(_NO)}

    def letters(self) -> Mapping[str, object]:
        return _LETTERS
