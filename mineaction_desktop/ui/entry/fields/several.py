"""Fields that hold several texts or codes: each is a chip that the keyboard can take away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from mineaction_desktop.domain.problems import Problem
from mineaction_desktop.formdef.choices import Choice
from mineaction_desktop.formdef.form import Field
from mineaction_desktop.i18n import mark
from mineaction_desktop.ui.entry.context import FieldScene
from mineaction_desktop.ui.entry.fields.base import em
from mineaction_desktop.ui.entry.fields.cleaning import cleaned
from mineaction_desktop.ui.entry.fields.matching import EXACT, GOOD, ranked
from mineaction_desktop.ui.entry.fields.pick import PickEditor
from mineaction_desktop.ui.entry.fields.popup import PopupRow
from mineaction_desktop.ui.flow import FlowLayout
from mineaction_desktop.ui.icons import icon
from mineaction_desktop.ui.theme import space

_TAKE_AWAY = mark("Take away: {text}")
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_ENDS = {";", "\u061b", "|"}


class TextsEditor(PickEditor):
    """Several short texts. Enter or a semicolon ends one, Backspace in the empty line removes."""

    digits = 26
    sign = ""

    def __init__(self, field: Field, scene: FieldScene, parent: QWidget | None = None) -> None:
        self._codes: list[str] = []
        self._is_fixed = False
        super().__init__(field, scene, parent)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space(8))
        self.line.setMaximumWidth(em(self, self.digits or 0))
        self.chips = QWidget(self)
        self._flow = FlowLayout(self.chips, space(4))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.chips.setSizePolicy(policy)
        row.addWidget(self.line, 2, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.chips, 3)

    # the list

    def rows(self, text: str) -> tuple[Sequence[PopupRow], int | None]:
        del text
        return (), None

    def pick(self, row: PopupRow) -> None:
        code = str(row.value)
        kept = [one for one in self._codes if one != code]
        self._change(kept if len(kept) < len(self._codes) else [*self._codes, code])

    def said(self, code: str) -> str:
        """A text or code as people read it."""
        return code

    # the value

    def value(self) -> object:
        return list(self._codes) or None

    def set_value(self, value: object) -> None:
        self._codes = [str(one) for one in value] if isinstance(value, (list, tuple)) else []
        self._value = list(self._codes) or None
        self._settle_problem(None)
        self._put("")
        self._show()

    def read(self, text: str) -> object:
        return super().read(cleaned(text)[0])

    def keyed(self, value: object) -> str:
        del value
        return ""

    def _take(self, text: str) -> bool:
        """Add what the line holds; the rest of it stays only if it cannot be read."""
        read = self.read(text)
        if isinstance(read, Problem):
            self._settled, self._is_typed = text, False
            self._settle_problem(read)
            self.texted.emit(text)
            return False
        had_problem = self._problem is not None
        self._settle_problem(None)
        added = [str(one) for one in read] if isinstance(read, list) else []
        self._change(list(dict.fromkeys([*self._codes, *added])), is_news=had_problem)
        return True

    def _change(self, codes: Sequence[str], *, is_news: bool = False) -> None:
        kept = self.type.read(list(codes), self.field, self.scene.reading) if codes else None
        before, self._codes = self._codes, list(kept) if isinstance(kept, list) else []
        self._value = self.value()
        self._settle_problem(None)
        self._put("")
        self._show()
        if is_news or before != self._codes:
            self.committed.emit(self.value())

    # the keys

    def on_key(self, event: QKeyEvent) -> bool:
        if self.line.isReadOnly():
            return False
        if event.text() in _ENDS and self.line.text().strip():
            self.commit()
            return True
        if event.key() == Qt.Key.Key_Backspace and not self.line.text() and self._codes:
            self._change(self._codes[:-1])
            return True
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _ENTER and plain and self.line.text().strip():
            self.commit()
            return True
        return super().on_key(event)

    def set_read_only(self, *, on: bool) -> None:
        self._is_fixed = on
        super().set_read_only(on=on)
        self._show()

    def set_compact(self, *, on: bool) -> None:
        """The chips are the value; they stay."""

    def _show(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for code in self._codes:
            self._flow.addWidget(self._chip(code))
        self.chips.updateGeometry()

    def _chip(self, code: str) -> QToolButton:
        chip = QToolButton(self.chips)
        chip.setText(self.said(code))
        chip.setProperty("kind", "chip")
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if self._is_fixed:
            return chip
        chip.setIcon(icon("x"))
        chip.setAccessibleName(self.scene.desk.say(_TAKE_AWAY, text=self.said(code)))
        chip.setToolTip(chip.accessibleName())
        chip.clicked.connect(lambda: self._change([one for one in self._codes if one != code]))
        return chip


class ChoicesEditor(TextsEditor):
    """Several codes of a list, each found like a single one; picking one again takes it away."""

    sign = "chevron-down"

    def rows(self, text: str) -> tuple[Sequence[PopupRow], int | None]:
        found = ranked(self.scene.offered(self.field), text, self.scene.word)
        if text.strip():
            found = [one for one in found if one[1].code not in self._codes]
        best = found[0][0] if found else GOOD + 1
        is_open = self.field.choices is not None and self.field.choices.is_open
        marked = bool(text.strip()) and best <= (EXACT if is_open else GOOD)
        return [self._row(choice) for _, choice in found], 0 if marked else None

    def _row(self, choice: Choice) -> PopupRow:
        tick = "✓" if choice.code in self._codes else ""
        label = self.scene.word(choice.label)
        return PopupRow(choice.code, label, tick, self.scene.word(choice.definition))

    def said(self, code: str) -> str:
        choices = self.field.choices
        return choices.label(code, self.scene.desk.words) if choices else code

    def may_number(self) -> bool:
        return self.field.choices is None or not self.field.choices.is_open
