"""Fields of one line: what is typed is read by the type of the field when the cursor leaves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from mineaction_desktop.domain.problems import Problem
from mineaction_desktop.formdef.form import Field
from mineaction_desktop.ui.entry.context import FieldScene
from mineaction_desktop.ui.entry.fields.base import (
    FieldEditor,
    Preview,
    em,
    mark_problem,
    name_input,
)
from mineaction_desktop.ui.lines import settle_height

_LONGEST = 10_000_000
"""Pasted text is never cut off without a word."""

_FIRST = 1_000
"""The line takes what it may be wide; the words beside it take what is left."""

_PASSING = {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason}


class Line(QLineEdit):
    """A line that tells its field when the cursor comes and goes, and shows it the keys first."""

    def __init__(self, owner: LineEditor) -> None:
        super().__init__(owner)
        self._owner = owner
        self.setMaxLength(_LONGEST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def keep_left_to_right(self) -> None:
        """For numbers, dates and identifiers: they read the same way in a mirrored window."""
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)

    def event(self, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride and self._is_idle_undo(event):
            event.ignore()  # nothing typed here to take back: the form undoes
            return False
        if kind == QEvent.Type.KeyPress and _is_tab(event):
            self._owner.on_going()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._owner.on_key(event):
            event.accept()
        elif self._is_idle_undo(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() not in _PASSING:
            self._owner.on_came()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _PASSING:
            self._owner.on_gone()

    def settle_height(self, text: str) -> None:
        """Bring the text of a taller script down to the middle of the line."""
        settle_height(self, text)

    def _is_idle_undo(self, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent):
            return False
        undo = event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable()
        return undo or (event.matches(QKeySequence.StandardKey.Redo) and not self.isRedoAvailable())


def _is_tab(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}


class LineEditor(FieldEditor):
    """A field of one line: ``keyed`` text while the cursor is in it, ``shown`` text otherwise."""

    digits: float | None = None
    """How many digits wide the line is; ``None`` for as wide as there is room.

    Only beside a line of a certain width is there room for words.
    """

    left_to_right = False

    tells = False
    """Whether words beside the line say how it is understood."""

    def __init__(self, field: Field, scene: FieldScene, parent: QWidget | None = None) -> None:
        super().__init__(field, scene, parent)
        self._value: object = None
        self._problem: Problem | None = None
        self._settled = ""
        self._is_typed = False
        self._compact = False
        self.line = Line(self)
        self.preview: Preview | None = None
        self._lay_out()
        name_input(self.line, scene.word(field.label), scene.word(field.help))
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._on_edited)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line, _FIRST)
        if self.left_to_right:
            self.line.keep_left_to_right()
        if self.digits is None:
            return
        self.line.setMaximumWidth(em(self, self.digits))
        if self.tells:
            self.preview = Preview(self)
            row.addWidget(self.preview, 1)
        else:
            row.addStretch(1)

    # what a kind of line does in its own way

    def read(self, text: str) -> object:
        """The value of a text, ``None`` for nothing, or the problem."""
        return self.type.read(text, self.field, self.scene.reading_for(self.field))

    def keyed(self, value: object) -> str:
        """A value as the person edits it."""
        return self.type.write(value, self.field, self.scene.reading_for(self.field))

    def shown(self, value: object) -> str:
        """A value as it stands there while the cursor is elsewhere."""
        return self.keyed(value)

    def told(self, value: object) -> str:
        """The words beside the line for a value that was read."""
        del value
        return ""

    def on_key(self, event: QKeyEvent) -> bool:
        """Whether a key was used up here."""
        del event
        return False

    # what every line does

    def value(self) -> object:
        return None if self._problem is not None else self._value

    def set_value(self, value: object) -> None:
        if self._is_typed and self._problem is None and value == self._value:
            return  # nothing new: what is being typed stays
        self._value = value
        self._settle_problem(None)
        self._put(self.keyed(value) if self.line.hasFocus() else self.shown(value))
        self._tell(value)

    def text(self) -> str:
        return self.line.text()

    def set_text(self, text: str) -> None:
        read = self.read(text)
        self._value = None if isinstance(read, Problem) else read
        self._settle_problem(read if isinstance(read, Problem) else None)
        self._put(text)
        self._tell(read)

    def type_text(self, text: str) -> None:
        """Put text into the line as if it were typed."""
        self.line.setText(text)
        self._on_edited(text)

    def commit(self) -> bool:
        if not self._is_typed:
            return self._problem is None
        text = self.line.text()
        if text == self._settled:
            self._is_typed = False
            return self._problem is None
        return self._take(text)

    def _take(self, text: str) -> bool:
        read = self.read(text)
        self._settled, self._is_typed = text, False
        if isinstance(read, Problem):
            self._value = None
            self._settle_problem(read)
            self.texted.emit(text)
            return False
        is_news = read != self._value or self._problem is not None
        self._value = read
        self._settle_problem(None)
        self._tell(read)
        if is_news:
            self.committed.emit(read)
        return True

    def problem(self) -> Problem | None:
        return self._problem

    def set_read_only(self, *, on: bool) -> None:
        self.line.setReadOnly(on)

    def set_compact(self, *, on: bool) -> None:
        self._compact = on
        if self.preview is not None:
            self.preview.setVisible(not on)
        if on:
            self.line.setMaximumWidth(16_777_215)

    def refresh(self) -> None:
        if self._problem is None or self.line.hasFocus():
            return
        if self._take(self.line.text()):
            self._put(self.shown(self._value))

    def _tell(self, value: object) -> None:
        """Say beside the line how a value is understood that was read."""
        if self.preview is not None:
            self.preview.tell("" if isinstance(value, Problem) else self.told(value))

    def _settle_problem(self, problem: Problem | None) -> None:
        self._problem = problem
        mark_problem(self.line, problem, self.scene)

    def _put(self, text: str) -> None:
        self._settled, self._is_typed = text, False
        if self.line.text() != text:
            self.line.setText(text)
            self._settled = self.line.text()  # a line has no breaks
            self.line.setCursorPosition(0)
            self.line.settle_height(text)
            if self.line.hasFocus():
                self.line.selectAll()

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self._is_typed = True
        self.line.settle_height(text)
        if self.preview is not None:
            self._tell(self.read(text))
        self.typing.emit()

    def on_going(self) -> None:
        """Tab was pressed; the cursor is still here."""

    def on_came(self) -> None:
        """The cursor came: show what the person edits, all of it marked."""
        if self._problem is None and not self.line.isReadOnly():
            text = self.keyed(self._value)
            if text != self.line.text():
                self._put(text)
            self.line.selectAll()

    def on_gone(self) -> None:
        """The cursor went: read what was typed."""
        if self.commit() and not self.line.hasFocus():
            self._put(self.shown(self._value))
            self._tell(self._value)
