"""Two people have changed one record: field by field, yours and theirs, and which one stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from os.path import commonprefix
from textwrap import fill

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from mineaction_desktop.i18n import mark
from mineaction_desktop.services.editing import ConflictError, Difference, Side
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.theme import is_short, space

TITLE = mark("Changed by someone else while you were keying")
FIELD, BEFORE = mark("Field"), mark("Before")
YOURS, THEIRS = mark("Yours"), mark("In the register now")
KEEP = mark("Keep {side}: {value}")
EMPTY = mark("(empty)")
SAVE = mark("Save these")
BACK = mark("Back to the form")
BOTH = mark("Both of you have changed this")

_LONG, _LEAD, _WIDE = 600, 100, 44
"""How much of a text is shown, how much of it before the difference, and how wide its lines are."""

Tell = Callable[[Difference, object], str]
"""How a value of a difference is written."""


class ConflictPane(QWidget):
    """Lets the person choose, and hands the choices back."""

    chosen = Signal(object)
    """The side that each field keeps, by path."""

    left = Signal()
    """The person goes back to the form; nothing is saved."""

    def __init__(
        self, conflict: ConflictError, desk: Desk, tell: Tell, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._tell = desk, tell
        self._groups: dict[str, QButtonGroup] = {}
        column = QVBoxLayout(self)
        edge = space(4 if is_short(self) else 16)
        column.setContentsMargins(space(24), edge, space(24), edge)
        column.setSpacing(edge)
        title = QLabel(desk.say(TITLE))
        title.setProperty("role", "heading")
        words = QLabel(conflict.message.render(desk.words))
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        column.addWidget(title)
        column.addWidget(words)
        column.addWidget(self._table(conflict), 1)
        column.addLayout(self._buttons())

    def _table(self, conflict: ConflictError) -> QScrollArea:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setHorizontalSpacing(space(16))
        grid.setVerticalSpacing(space(8))
        for at, words in enumerate((FIELD, BEFORE, YOURS, THEIRS)):
            head = QLabel(self._desk.say(words))
            head.setProperty("role", "heading")
            grid.addWidget(head, 0, at)
            grid.setColumnStretch(at, 1)
        for row, one in enumerate(conflict.fields, start=1):
            self._add(grid, row, one)
        grid.setRowStretch(len(conflict.fields) + 1, 1)
        area.setWidget(inner)
        return area

    def _add(self, grid: QGridLayout, row: int, one: Difference) -> None:
        label = QLabel(self._desk.words.gettext(one.label))
        label.setWordWrap(True)
        if one.proposed is None:
            label.setToolTip(self._desk.say(BOTH))
        before = QLabel(_cut(self._value(one, one.before), 0))
        before.setTextFormat(Qt.TextFormat.PlainText)
        before.setProperty("role", "soft")
        before.setWordWrap(True)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(label, row, 0, top)
        grid.addWidget(before, row, 1, top)
        group = QButtonGroup(self)
        sides: tuple[tuple[Side, str, object], ...] = (
            ("yours", YOURS, one.yours),
            ("theirs", THEIRS, one.theirs),
        )
        told = [self._value(one, value) for _, _, value in sides]
        start = len(commonprefix(told))
        for at, (side, words, _) in enumerate(sides):
            shown = _cut(told[at], start)
            button = QRadioButton(fill(shown, _WIDE).replace("&", "&&"))
            button.setProperty("side", side)
            button.setChecked(side == (one.proposed or "yours"))
            said = self._desk.say(KEEP, side=self._desk.say(words), value=shown)
            button.setAccessibleName(f"{label.text()}: {said}")
            group.addButton(button)
            grid.addWidget(button, row, 2 + at, top)
        self._groups[one.path] = group

    def _value(self, one: Difference, value: object) -> str:
        return self._tell(one, value) or self._desk.say(EMPTY)

    def _buttons(self) -> QHBoxLayout:
        save = QPushButton(self._desk.say(SAVE))
        save.setProperty("kind", "primary")
        save.clicked.connect(lambda: self.chosen.emit(self.choices()))
        back = QPushButton(self._desk.say(BACK))
        back.clicked.connect(self.left)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(back)
        row.addWidget(save)
        self._save = save
        return row

    def choices(self) -> Mapping[str, Side]:
        """The side that each field keeps, by path."""
        checked = ((path, group.checkedButton()) for path, group in self._groups.items())
        return {path: button.property("side") for path, button in checked if button is not None}

    def take_focus(self) -> None:
        """Put the cursor at the first choice."""
        first = next(iter(self._groups.values()), None)
        button = first.checkedButton() if first is not None else None
        (button or self._save).setFocus(Qt.FocusReason.OtherFocusReason)


def _cut(text: str, start: int) -> str:
    """What of a long text is shown: the part in which it differs, from ``start`` on."""
    begin = start - _LEAD if len(text) > _LONG and start > _LEAD else 0
    part = text[begin : begin + _LONG]
    return f"{'…' if begin else ''}{part}{'…' if begin + _LONG < len(text) else ''}"
