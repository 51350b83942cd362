"""One line of a form: the label, the field, help below it, and beside it what is wrong."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from mineaction_desktop.domain.problems import Problem
from mineaction_desktop.i18n import mark
from mineaction_desktop.ui import icons
from mineaction_desktop.ui.entry.draft import Draft
from mineaction_desktop.ui.entry.fields.base import FieldEditor
from mineaction_desktop.ui.entry.note_box import NoteBox
from mineaction_desktop.ui.entry.problem_line import ProblemLine
from mineaction_desktop.ui.entry.sheet import MISSING, Cell, Spot
from mineaction_desktop.ui.entry.visibility import leading, set_shown
from mineaction_desktop.ui.theme import space

REQUIRED = mark("must be filled in")
PINNED = mark("Pinned: the next record starts with this value")
PIN = mark("Pin: start the next record with this value")
NOTE = mark("Note: {text}")

LABEL_DIGITS, FIELD_DIGITS, SIDE_DIGITS = 22, 64, 24
"""How wide the three columns of a form are, in digits of its font."""
WIDEST_FIELD = 96
"""How wide a long text may become where there is room beside it for what is wrong."""
NARROWEST = 28
"""How narrow the fields may become before the form scrolls sideways."""
WIDEST = 1_000

DATES = frozenset({"day", "partial_date"})
"""The types of field that differ from paper to paper even where the last one is carried on."""


class FieldRow(QWidget):
    """Shows the fields that one widget edits, and brings what the person does to the draft."""

    pin_wanted = Signal(object)

    def __init__(
        self,
        draft: Draft,
        make: Callable[[QWidget], FieldEditor],
        row: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._label = QLabel(self)
        self.editor = editor = make(self)  # in its place from the start: moving it costs as much
        self._draft, self._desk = draft, editor.scene.desk
        self.row = row
        self.is_visited = False
        self.is_shown = True
        self._is_pinned = self._is_current = False
        self._room = WIDEST
        self._is_telling = False
        self._shown: tuple[str, dict[str, Cell]] | None = None
        self.problem: ProblemLine | None = None
        self._pin: QToolButton | None = None
        self._note: NoteBox | None = None
        self._told: QLabel | None = None
        self._lay_out()
        editor.committed.connect(self._on_committed)
        editor.texted.connect(self._on_texted)
        editor.noted.connect(self._on_told)
        self.show_values()
        self.refresh()

    # what it stands for

    @property
    def spot(self) -> Spot:
        """The field that gives the line its name."""
        return Spot(self.editor.field.name, self.row)

    def spots(self) -> tuple[Spot, ...]:
        """Every field that the line edits."""
        return tuple(Spot(name, self.row) for name in self.editor.stores())

    @property
    def is_given(self) -> bool:
        """Whether the program has filled it in, and nobody needs to look: a date is looked at."""
        if self.editor.field.type in DATES:
            return False
        facts = self._draft.facts(self.row)
        cells = [self._draft.cell(spot) for spot in self.spots()]
        filled = [cell for cell in cells if cell.value is not None or cell.text is not None]
        is_wrong = any(facts.of_field(name) for name in self.editor.stores())
        return bool(filled) and all(cell.given for cell in filled) and not is_wrong

    def show_row(self, row: str) -> None:
        """Stand for the same field of another row."""
        self.row, self.is_visited = row, False
        self.show_values()
        self.refresh()

    def start_anew(self) -> None:
        """Stand for the same field of another record, or of this one as it was saved."""
        self.is_visited = False
        if self._shown == (self._draft.sheet.id, self._cells()):
            self.editor.refresh()
        else:
            self.show_values()
        self.refresh()

    # looks

    def _lay_out(self) -> None:
        field = self.editor.field
        self._label.setText(self._desk.words.gettext(field.label))
        self._label.setWordWrap(True)
        self._label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._label.setAlignment(leading(self) | Qt.AlignmentFlag.AlignTop)
        self._label.setBuddy(self.editor)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, space(3), 0, space(3))
        self._grid.setHorizontalSpacing(space(8))
        self._grid.setVerticalSpacing(space(2))
        self._marks = marks = QHBoxLayout()
        marks.setContentsMargins(0, 0, 0, 0)
        marks.setSpacing(space(4))
        self._label.setContentsMargins(0, space(4), 0, 0)
        marks.addWidget(self._label, 1)
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.addLayout(marks)
        left.addStretch()
        self._grid.addLayout(left, 0, 0, 4, 1)
        self._grid.addWidget(self.editor, 0, 1)
        self._grid.setColumnStretch(2, 1)
        if field.help:
            help_ = QLabel(self._desk.words.gettext(field.help.strip()), self)
            help_.setProperty("role", "soft")
            help_.setWordWrap(True)
            help_.setAlignment(leading(self))
            self._grid.addWidget(help_, 1, 1)
        self._scale()

    def _scale(self) -> None:
        """Give the columns their widths in the font that the window has now."""
        digit = self.fontMetrics().horizontalAdvance("0")
        self._grid.setColumnMinimumWidth(0, digit * LABEL_DIGITS)
        if self._pin is not None:
            self._size_pin(self._pin)
        self._widen()

    def fit(self, room: int) -> None:
        """Make the best of the width of the form: what is wrong stands beside, or below."""
        if room != self._room:
            self._room = room
            self._widen()

    def _widen(self) -> None:
        digit, room = self.fontMetrics().horizontalAdvance("0"), self._room
        field = room - digit * LABEL_DIGITS - space(8)
        beside = field - digit * SIDE_DIGITS - space(8)
        most = max(digit * FIELD_DIGITS, min(beside, digit * WIDEST_FIELD))
        field = max(digit * NARROWEST, min(most, field))
        self._grid.setColumnMinimumWidth(1, field)
        self.editor.setMaximumWidth(field)
        self._place_side()

    def _place_side(self) -> None:
        """Put what is wrong beside the field, or below it where there is no room."""
        if self.problem is None:
            return
        digit = self.fontMetrics().horizontalAdvance("0")
        has_room = self._room >= digit * (LABEL_DIGITS + FIELD_DIGITS + SIDE_DIGITS)
        place = (0, 2, 2, 1) if has_room else (3, 1, 1, 2)
        found = self._grid.getItemPosition(self._grid.indexOf(self.problem))
        if found != place:
            self._grid.removeWidget(self.problem)
            self._grid.addWidget(self.problem, *place, Qt.AlignmentFlag.AlignTop)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange}:
            self._scale()

    # from the draft to the eye

    def show_values(self) -> None:
        """Show what the draft holds; what the person is typing here stays."""
        if self._is_telling:
            return
        cells = self._cells()
        self._shown = self._draft.sheet.id, cells
        values = {name: cell.value for name, cell in cells.items()}
        alone = values[self.editor.field.name]
        self.editor.set_value(values if self.editor.is_composite else alone)
        texts = {name: cell.text for name, cell in cells.items() if cell.text is not None}
        if texts:
            self.editor.set_texts(texts)

    def _cells(self) -> dict[str, Cell]:
        return {spot.field: self._draft.cell(spot) for spot in self.spots()}

    def refresh(self, *, told_all: bool = False) -> None:
        """Take over whether it is shown and demanded, and what is wrong with it."""
        facts = self._draft.facts(self.row)
        names = frozenset(self.editor.stores()) & facts.shown.keys()
        if self.is_shown is not bool(names):  # asked of Qt only when it changes: it is slow
            self.is_shown = bool(names)
            self.setVisible(self.is_shown)
        if not names:
            return
        self.editor.set_shown(names)
        self._mark_required(any(name in facts.required for name in names))
        wrong = [one for name in self.editor.stores() for one in facts.of_field(name)]
        if not (self.is_visited or told_all):
            wrong = [one for one in wrong if one.code != MISSING]
        self._tell(wrong)
        self._show_note()

    def _mark_required(self, required: bool) -> None:  # noqa: FBT001 - a state, not a switch
        words = self._desk.words.gettext(self.editor.field.label)
        text = f"{words}\u00a0*" if required else words
        if text != self._label.text():
            self._label.setText(text)
            name = f"{words}, {self._desk.say(REQUIRED)}" if required else words
            self.editor.setAccessibleName(name)

    def _tell(self, wrong: list[Problem]) -> None:
        if self.problem is None:
            if not wrong:
                return
            self.problem = ProblemLine(self._desk, self)
            self._grid.addWidget(self.problem, 3, 1, 1, 2)
            self._place_side()
        self.problem.tell(wrong)

    def show_pin(self, *, pinned: bool) -> None:
        """Show whether the next record starts with this value."""
        self._is_pinned = pinned
        if self._pin is not None:
            self._draw_pin(self._pin)
        self._place_pin()

    def set_current(self, *, current: bool) -> None:
        """The cursor is here, or it has gone: what can be done with the field is offered."""
        self._is_current = current
        self.is_visited = self.is_visited or not current
        self._place_pin()

    def _place_pin(self) -> None:
        shown = self._is_pinned or self._is_current
        if self._pin is not None:
            set_shown(self._pin, shown=shown)
        elif shown:
            self._pin = self._made_pin()

    def _made_pin(self) -> QToolButton:
        """The pin; most lines of a form never show theirs."""
        pin = QToolButton(self)
        pin.setAutoRaise(True)
        pin.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        pin.clicked.connect(lambda: self.pin_wanted.emit(self.spot))
        self._draw_pin(pin)
        self._size_pin(pin)
        self._marks.addWidget(pin)
        pin.show()
        return pin

    def _draw_pin(self, pin: QToolButton) -> None:
        words = self._desk.say(PINNED if self._is_pinned else PIN)
        pin.setToolTip(words)
        pin.setAccessibleName(words)
        icon = ("pin", "accent") if self._is_pinned else ("pin-off", "text_faint")
        pin.setIcon(icons.icon(*icon))

    def _size_pin(self, pin: QToolButton) -> None:
        side = self.fontMetrics().height() + space(8)
        pin.setFixedSize(side, side)

    # notes

    def edit_note(self) -> None:
        """Let the person write a note on the field."""
        self._note_box().start(self._draft.cell(self.spot).note)

    def _note_box(self) -> NoteBox:
        if self._note is None:
            self._note = NoteBox(self._desk, self)
            self._note.done.connect(self._on_noted)
            self._grid.addWidget(self._note, 2, 1)
        return self._note

    def _show_note(self) -> None:
        note = self._draft.cell(self.spot).note
        if note or self._note is not None:
            self._note_box().show_note(note)

    def _on_noted(self, text: str) -> None:
        self._draft.note(self.spot, text)
        self.editor.take_focus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _on_told(self, text: str) -> None:
        """Say below the field what it did to the text, until the person has gone on."""
        if self._told is None:
            self._told = QLabel(self)
            self._told.setProperty("role", "soft")
            self._told.setWordWrap(True)
            self._told.setTextFormat(Qt.TextFormat.PlainText)
            self._told.setAlignment(leading(self))
            self._grid.addWidget(self._told, 4, 1)
        self._told.setText(text)
        self._told.show()

    # from the person to the draft

    @Slot(object)  # declared: Qt finds such a method three times as fast
    def _on_committed(self, value: object) -> None:
        given = value if self.editor.is_composite else {self.editor.field.name: value}
        assert isinstance(given, dict)  # noqa: S101 - what an editor of several fields promises
        texts = self.editor.texts()
        cells = {
            Spot(name, self.row): self._cell(name, one, texts.get(name))
            for name, one in given.items()
        }
        self._bring(cells)

    @Slot(str)
    def _on_texted(self, _: str) -> None:
        self._bring(
            {
                Spot(name, self.row): self._cell(name, None, text)
                for name, text in self.editor.texts().items()
            }
        )

    def _cell(self, name: str, value: object, text: str | None) -> Cell:
        return Cell(value, text, self._draft.cell(Spot(name, self.row)).note)

    def _bring(self, cells: dict[Spot, Cell]) -> None:
        self._is_telling, self._shown = True, None
        try:
            self._draft.put(cells)
        finally:
            self._is_telling = False

    # keys

    def take_focus(self, reason: Qt.FocusReason = Qt.FocusReason.TabFocusReason) -> None:
        """Put the cursor into the field."""
        if reason == Qt.FocusReason.BacktabFocusReason:
            self.editor.last_focus()
        else:
            self.editor.take_focus(reason)
