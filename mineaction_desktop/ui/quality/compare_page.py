"""Two keyings of one record side by side: which value each field keeps, or another one."""

from __future__ import annotations

from collections.abc import Callable, Mapping

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

from mineaction_desktop.domain.problems import Problem
from mineaction_desktop.formdef.catalogue import Catalogue
from mineaction_desktop.formdef.types import TYPES
from mineaction_desktop.i18n import mark
from mineaction_desktop.services.second_keying import Choice, Comparison, Mismatch
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.entry.context import FieldScene
from mineaction_desktop.ui.entry.showing import shown
from mineaction_desktop.ui.lines import TypedLine
from mineaction_desktop.ui.parts import large, lead, soft, toned
from mineaction_desktop.ui.theme import space

DIFFER = mark("{number}: {n} field differs; {agreed} of {compared} agree.")
DIFFER_MANY = mark("{number}: {n} fields differ; {agreed} of {compared} agree.")
HELP = mark("Look at the paper and choose for each field, or type what is right.")
FIELD, FIRST, SECOND, OTHER = (
    mark("Field"),
    mark("First keying"),
    mark("Second keying"),
    mark("Something else"),
)
IN_ROW = mark("{kind} {n}: {field}")
WHOLE_ROW = mark("{kind} {n}")
IS_THERE, NOT_THERE = mark("there is such a row"), mark("there is none")
EMPTY = mark("(empty)")
KEEP = mark("{field}: {side}: {value}")
SETTLE, LATER = mark("Settle"), mark("Later")


class ComparePage(QWidget):
    """One line for each field that differs; it is settled when each has a choice."""

    settled = Signal(object)
    """The :class:`~mineaction_desktop.services.second_keying.Choice` of each field, by path."""

    left = Signal()
    """The person decides another time."""

    def __init__(
        self,
        desk: Desk,
        catalogue: Catalogue,
        scene: FieldScene,
        number: str,
        comparison: Comparison,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._catalogue, self._scene = desk, catalogue, scene
        self._lines: list[_Choosing] = []
        n = len(comparison.mismatches)
        values = {
            "number": number,
            "agreed": desk.number(comparison.agreed),
            "compared": desk.number(comparison.compared),
        }
        whole = QVBoxLayout(self)
        whole.setContentsMargins(*[space(16)] * 4)
        whole.setSpacing(space(8))
        whole.addWidget(large(desk.count(DIFFER, DIFFER_MANY, n, **values), 1.2))
        whole.addWidget(soft(desk.say(HELP)))
        whole.addWidget(self._table(comparison), 1)
        whole.addLayout(self._buttons())
        self._on_chosen()

    def take_focus(self) -> None:
        """Put the keyboard on the first choice."""
        self._lines[0].first.setFocus(Qt.FocusReason.OtherFocusReason)

    def choices(self) -> Mapping[str, Choice] | None:
        """What each field keeps; nothing as long as one cannot be read."""
        found = {line.path: line.choice() for line in self._lines}
        chosen = {path: choice for path, choice in found.items() if choice is not None}
        return chosen if len(chosen) == len(self._lines) else None

    def _table(self, comparison: Comparison) -> QScrollArea:
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setHorizontalSpacing(space(16))
        grid.setVerticalSpacing(space(8))
        for at, words in enumerate((FIELD, FIRST, SECOND, OTHER)):
            head = QLabel(self._desk.say(words))
            head.setProperty("role", "heading")
            lead(head)
            grid.addWidget(head, 0, at)
            grid.setColumnStretch(at, 1)
        for row, one in enumerate(comparison.mismatches, start=1):
            line = _Choosing(self, one)
            line.add_to(grid, row)
            line.changed = self._on_chosen
            self._lines.append(line)
        grid.setRowStretch(len(comparison.mismatches) + 1, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        return area

    def _buttons(self) -> QHBoxLayout:
        self.settle_button = QPushButton(self._desk.say(SETTLE))
        self.settle_button.setProperty("kind", "primary")
        self.settle_button.setAutoDefault(True)
        self.settle_button.clicked.connect(self._settle)
        later = QPushButton(self._desk.say(LATER))
        later.setAutoDefault(True)
        later.clicked.connect(self.left)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(later)
        row.addWidget(self.settle_button)
        return row

    def _on_chosen(self) -> None:
        self.settle_button.setEnabled(all(line.is_chosen for line in self._lines))

    def _settle(self) -> None:
        choices = self.choices()
        if choices is not None:
            self.settled.emit(choices)

    def name_of(self, one: Mismatch) -> str:
        """What a line is called: the field, with its row if it stands in one."""
        say = self._desk.say
        if one.row is None:
            return say(one.label)
        kind = say(self._catalogue.form(one.kind).title)
        template = IN_ROW if one.field else WHOLE_ROW
        return say(template, kind=kind, n=self._desk.number(one.row), field=say(one.label))

    def text_of(self, one: Mismatch, value: object) -> str:
        """A value in the words of the window."""
        if not one.field:
            return self._desk.say(IS_THERE if value else NOT_THERE)
        field = self._catalogue.form(one.kind).fields[one.field]
        return shown(field, value, self._scene) or self._desk.say(EMPTY)

    def read(self, one: Mismatch, text: str) -> object:
        """What was typed as a value, or the problem with it."""
        field = self._catalogue.form(one.kind).fields[one.field]
        return TYPES[field.type].read(text, field, self._scene.reading)

    def say(self, template: str, **values: object) -> str:
        """A sentence in the language of the window."""
        return self._desk.say(template, **values)


class _Choosing:
    """The choices of one field."""

    def __init__(self, page: ComparePage, one: Mismatch) -> None:
        self._page, self._one = page, one
        self.path = one.path
        self.changed: Callable[[], None] = lambda: None
        self._group = QButtonGroup(page)
        self.first = self._radio(FIRST, one.first)
        self.second = self._radio(SECOND, one.second)
        self.other = QRadioButton()
        self.other.setAccessibleName(self._spoken(OTHER, ""))
        self._group.addButton(self.other)
        self.typed = TypedLine()
        self.typed.setAccessibleName(self._spoken(OTHER, ""))
        self.wrong = toned("error")
        self.wrong.hide()
        self._group.buttonToggled.connect(lambda *_: self.changed())
        self.typed.textEdited.connect(self._on_typed)

    @property
    def is_chosen(self) -> bool:
        """Whether one of the three is chosen."""
        return self._group.checkedButton() is not None

    def choice(self) -> Choice | None:
        """The value that the field keeps; nothing if what is typed cannot be read."""
        if self.first.isChecked():
            return Choice(self._one.first)
        if self.second.isChecked():
            return Choice(self._one.second)
        read = self._page.read(self._one, self.typed.text())
        is_wrong = isinstance(read, Problem)
        self.wrong.setVisible(is_wrong)
        if isinstance(read, Problem):
            self.wrong.setText(self._page.say("{message}", message=read.message))
            self.typed.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        return Choice(read)

    def add_to(self, grid: QGridLayout, row: int) -> None:
        """Put the choices into a line of the table."""
        name = QLabel(self._page.name_of(self._one))
        name.setWordWrap(True)
        lead(name)
        top = Qt.AlignmentFlag.AlignTop
        for at, widget in enumerate((name, self.first, self.second)):
            grid.addWidget(widget, row, at, top)
        if not self._one.field:
            return  # a row is there, or it is not
        last, across = QVBoxLayout(), QHBoxLayout()
        across.addWidget(self.other)
        across.addWidget(self.typed, 1)
        last.addLayout(across)
        last.addWidget(self.wrong)
        grid.addLayout(last, row, 3, top)

    def _radio(self, side: str, value: object) -> QRadioButton:
        text = self._page.text_of(self._one, value)
        button = QRadioButton(text)
        button.setToolTip(text)
        button.setAccessibleName(self._spoken(side, text))
        self._group.addButton(button)
        return button

    def _spoken(self, side: str, value: str) -> str:
        name = self._page.name_of(self._one)
        return self._page.say(KEEP, field=name, side=self._page.say(side), value=value)

    def _on_typed(self, _: str) -> None:
        self.other.setChecked(True)
        self.wrong.hide()
        self.changed()
