"""Fields of text: a line, many lines, and sealed text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from mineaction_desktop.domain.problems import Problem
from mineaction_desktop.formdef.form import Field
from mineaction_desktop.i18n import mark
from mineaction_desktop.ui.entry.context import FieldScene
from mineaction_desktop.ui.entry.fields.base import FieldEditor, mark_problem, name_input
from mineaction_desktop.ui.entry.fields.cleaning import cleaned
from mineaction_desktop.ui.entry.fields.line import LineEditor
from mineaction_desktop.ui.theme import space

_REMOVED_ONE = mark("{n} invisible character was removed from the text.")
_REMOVED_MANY = mark("{n} invisible characters were removed from the text.")
_LOCKED = mark("Locked. Unlock the identities of persons to read it.")

FEWEST_LINES, MOST_LINES = 2, 14


class TextEditor(LineEditor):
    """One line of text in any script; it runs in the direction of its first letter."""

    def read(self, text: str) -> object:
        return super().read(cleaned(text)[0])

    def _take(self, text: str) -> bool:
        bare, removed = cleaned(text)
        if removed:
            self.line.setText(bare)
            self.noted.emit(self.scene.desk.count(_REMOVED_ONE, _REMOVED_MANY, removed))
        return super()._take(bare)


class SealedEditor(TextEditor):
    """Text that is encrypted in the register; while it is locked the field says so in words."""

    _is_locked = False

    def set_value(self, value: object) -> None:
        is_locked = any(one.code == "FIELD-070" for one in self.type.problems(value, self.field))
        super().set_value(None if is_locked else value)
        self._value = value
        self._is_locked = is_locked
        self.set_read_only(on=is_locked)
        self.line.setPlaceholderText(self.scene.desk.say(_LOCKED) if is_locked else "")

    def set_read_only(self, *, on: bool) -> None:
        super().set_read_only(on=on or self._is_locked)

    def keyed(self, value: object) -> str:
        return "" if self.line.placeholderText() else super().keyed(value)


class _Lines(QPlainTextEdit):
    """Many lines, of which as many are in view as there are, between two and fourteen."""

    def __init__(self, owner: LinesEditor) -> None:
        super().__init__(owner)
        self._owner = owner
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and self._is_idle_undo(event):
            event.ignore()  # nothing typed here to take back: the form undoes
            return False
        return super().event(event)

    def _is_idle_undo(self, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent):
            return False
        standard, document = QKeySequence.StandardKey, self.document()
        undo = event.matches(standard.Undo) and not document.isUndoAvailable()
        return undo or (event.matches(standard.Redo) and not document.isRedoAvailable())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_idle_undo(event):
            event.ignore()
        elif event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
        elif self._breaks_line(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier):
            self.insertPlainText("\n")
            self.ensureCursorVisible()
        else:
            event.ignore()

    def _breaks_line(self, modifiers: Qt.KeyboardModifier) -> bool:
        if modifiers == Qt.KeyboardModifier.ShiftModifier:
            return True
        moves_on = self._owner.scene.desk.settings.value.enter_moves
        return modifiers == Qt.KeyboardModifier.NoModifier and not moves_on

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._owner.commit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._grow()

    def _grow(self) -> None:
        """Take the height of the lines that are in view; scripts differ in how tall they are."""
        line = self.fontMetrics().lineSpacing()
        text, most = 0.0, line * MOST_LINES
        block = self.document().firstBlock()
        while block.isValid() and text < most:
            text += self.blockBoundingRect(block).height()
            block = block.next()
        margin = round(2 * self.document().documentMargin()) + 2 * self.frameWidth() + space(6)
        height = max(line * FEWEST_LINES, min(round(text), most)) + margin
        if height != self.maximumHeight():
            self.setFixedHeight(height)


class LinesEditor(FieldEditor):
    """Text of many lines; Enter moves on and Shift+Enter breaks the line."""

    def __init__(self, field: Field, scene: FieldScene, parent: QWidget | None = None) -> None:
        super().__init__(field, scene, parent)
        self._value: object = None
        self._problem: Problem | None = None
        self._settled = ""
        self.lines = _Lines(self)
        name_input(self.lines, scene.word(field.label), scene.word(field.help))
        room = QVBoxLayout(self)
        room.setContentsMargins(0, 0, 0, 0)
        room.addWidget(self.lines, 0, Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setFocusProxy(self.lines)
        self.lines.textChanged.connect(self.typing)

    def value(self) -> object:
        return None if self._problem is not None else self._value

    def set_value(self, value: object) -> None:
        is_typed = self.lines.toPlainText() != self._settled
        if is_typed and self._problem is None and value == self._value:
            return  # nothing new: what is being typed stays
        self._value = value
        self._settle(None)
        self._put(self.written(value))

    def written(self, value: object) -> str:
        """A value as lines."""
        if isinstance(value, list):
            return "\n".join(map(str, value))
        return self.type.write(value, self.field, self.scene.reading)

    def text(self) -> str:
        return self.lines.toPlainText()

    def set_text(self, text: str) -> None:
        self._put(text)
        self._read(text)

    def commit(self) -> bool:
        text = self.lines.toPlainText()
        if text == self._settled:
            return self._problem is None
        bare, removed = cleaned(text)
        if removed:
            self._put(bare)
            self.noted.emit(self.scene.desk.count(_REMOVED_ONE, _REMOVED_MANY, removed))
        before, had_problem = self._value, self._problem is not None
        self._settled = bare
        if not self._read(bare):
            self.texted.emit(bare)
            return False
        if self._value != before or had_problem:
            self.committed.emit(self._value)
        return True

    def problem(self) -> Problem | None:
        return self._problem

    def set_read_only(self, *, on: bool) -> None:
        self.lines.setReadOnly(on)

    def _read(self, text: str) -> bool:
        read = self.type.read(text, self.field, self.scene.reading)
        found = read if isinstance(read, Problem) else None
        self._value = None if found else read
        self._settle(found)
        return found is None

    def _settle(self, problem: Problem | None) -> None:
        self._problem = problem
        mark_problem(self.lines, problem, self.scene)

    def _put(self, text: str) -> None:
        self._settled = text
        if text != self.lines.toPlainText():
            with QSignalBlocker(self.lines):
                self.lines.setPlainText(text)
                self.lines.moveCursor(QTextCursor.MoveOperation.Start)
            self._settled = self.lines.toPlainText()


class SealedLinesEditor(LinesEditor):
    """Encrypted text of many lines; while it is locked the field says so in words."""

    _is_locked = False

    def set_read_only(self, *, on: bool) -> None:
        super().set_read_only(on=on or self._is_locked)

    def set_value(self, value: object) -> None:
        is_locked = any(one.code == "FIELD-070" for one in self.type.problems(value, self.field))
        super().set_value(None if is_locked else value)
        self._value = value
        self._is_locked = is_locked
        self.set_read_only(on=is_locked)
        self.lines.setPlaceholderText(self.scene.desk.say(_LOCKED) if is_locked else "")
