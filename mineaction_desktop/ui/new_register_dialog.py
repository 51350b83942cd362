"""Making an empty register: for which State, since when, and where it is to lie."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import cast

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.i18n import mark
from mineaction_desktop.ui import theme
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.jobs import Jobs
from mineaction_desktop.ui.lines import TypedLine
from mineaction_desktop.ui.parts import agree_or_cancel, fit, soft, toned
from mineaction_desktop.ui.register_work import NewState, make_register, states

TITLE = mark("New register")
STATE = mark("State")
STATE_HELP = mark("Type part of the name, or the three letters of its code.")
NAME = mark("Name in reports")
NAME_HELP = mark("The official name, as the cover page shall have it.")
IN_FORCE = mark("Entry into force")
IN_FORCE_HELP = mark(
    "When the Convention entered into force for the State: the first day of the sixth month after "
    "it joined. Deadlines are counted from this day."
)
FILE = mark("File")
CHOOSE = mark("Choose…")
WHERE = mark("Where the register is to lie")
REGISTERS = mark("Registers (*.mineaction)")
MAKE = mark("Make the register")
NO_DAY = mark("Write the entry into force as year-month-day, such as 1999-03-01.")
NO_STATE = mark("Choose the State from the list.")
SUFFIX = ".mineaction"


class NewRegisterDialog(QDialog):
    """Asks for what a register cannot do without, makes it, and says where it lies."""

    made = Signal(object)
    """The path of the new register."""

    def __init__(self, desk: Desk, jobs: Jobs, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._jobs, self._folder = desk, jobs, folder
        self._is_named = False
        self.setWindowTitle(desk.say(TITLE))
        self.state = QComboBox()
        self.name = TypedLine()
        self.in_force = TypedLine()
        self.file = TypedLine()
        self.problem = toned("error")
        self._prepare()
        self._lay_out()
        jobs.do(lambda _: states(), self._on_states)

    def accept(self) -> None:
        """Make the register; the dialog stays open if that cannot be."""
        code = self.state.currentData()
        if not code:
            self.problem.setText(self._desk.say(NO_STATE))
            self.state.setFocus()
            return
        day = _read_day(self.in_force.text())
        if day is None:
            self.problem.setText(self._desk.say(NO_DAY))
            self.in_force.setFocus()
            return
        path = Path(self.file.text().strip()).expanduser()
        new = NewState(path, self.name.text(), code, day)
        wishes = self._desk.settings.value
        self._make.setEnabled(False)
        name, office = wishes.author, wishes.office
        self._jobs.do(lambda _: make_register(new, name, office), self._on_made, self._on_failed)

    def _prepare(self) -> None:
        self.state.setEditable(True)
        self.state.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.state.setCurrentIndex(-1)
        search = QCompleter(self.state.model(), self.state)
        search.setFilterMode(Qt.MatchFlag.MatchContains)
        search.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        search.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.state.setCompleter(search)
        self.state.currentIndexChanged.connect(self._on_state)
        self.name.textEdited.connect(self._on_named)
        self.in_force.setPlaceholderText("1999-03-01")
        self.in_force.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.file.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.file.setText(str(self._folder / f"register{SUFFIX}"))

    def _lay_out(self) -> None:
        say = self._desk.say
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setVerticalSpacing(theme.space(4))
        place = QHBoxLayout()
        place.setSpacing(theme.space(8))
        choose = QPushButton(say(CHOOSE))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        place.addWidget(self.file, 1)
        place.addWidget(choose)
        for title, field, help_text in (
            (STATE, self.state, STATE_HELP),
            (NAME, self.name, NAME_HELP),
            (IN_FORCE, self.in_force, IN_FORCE_HELP),
        ):
            form.addRow(say(title), field)
            form.addRow(soft(say(help_text)))
            field.setAccessibleName(say(title))
            field.setAccessibleDescription(say(help_text))
        form.addRow(say(FILE), place)
        self.file.setAccessibleName(say(FILE))
        buttons, self._make = agree_or_cancel(self._desk, say(MAKE))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(theme.space(12))
        column.addLayout(form)
        column.addWidget(self.problem)
        column.addStretch(1)
        column.addWidget(buttons)
        self.setMinimumWidth(theme.em(30))
        fit(self)

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self._desk.say(WHERE), self.file.text(), self._desk.say(REGISTERS)
        )
        if chosen:
            path = Path(chosen)
            self.file.setText(str(path if path.suffix else path.with_suffix(SUFFIX)))

    def _on_states(self, found: object) -> None:
        say = self._desk.say
        states = [(say(label), code) for code, label in cast("list[tuple[str, str]]", found)]
        named = sorted(states, key=lambda one: self._desk.order(one[0]))
        with QSignalBlocker(self.state):
            for label, code in named:
                self.state.addItem(f"{label} ({code})", code)
            self.state.setCurrentIndex(-1)
        self.state.setFocus()

    def _on_state(self, index: int) -> None:
        if index < 0 or self._is_named:
            return
        name = self.state.itemText(index).rpartition(" (")[0]
        self.name.setText(name)
        self.file.setText(str(self._folder / f"{name}{SUFFIX}"))

    def _on_named(self, text: str) -> None:
        self._is_named = bool(text.strip())

    def _on_made(self, path: object) -> None:
        self.made.emit(path)
        super().accept()

    def _on_failed(self, error: object) -> None:
        self._make.setEnabled(True)
        if not isinstance(error, UserError):
            raise cast("BaseException", error)
        self.problem.setText(error.render(self._desk.words))


def _read_day(text: str) -> date | None:
    """A day written as year-month-day, with the digits of any script."""
    try:
        year, month, day = (int(part) for part in text.strip().split("-"))
        return date(year, month, day)
    except ValueError:
        return None
