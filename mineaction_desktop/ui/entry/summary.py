"""What is missing or wrong in a record, as a list in which each line leads to its field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from mineaction_desktop.domain.problems import Problem, Severity
from mineaction_desktop.i18n import mark
from mineaction_desktop.ui import icons
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.entry.draft import Draft
from mineaction_desktop.ui.entry.problem_line import SIGNS
from mineaction_desktop.ui.entry.sheet import MISSING, Spot
from mineaction_desktop.ui.entry.visibility import set_shown
from mineaction_desktop.ui.theme import space

Found = tuple[Spot, Problem]

TITLE = mark("Before it can be saved")
HINTS = mark("Worth a look")
EMPTY, EMPTY_MANY = mark("{n} field to fill in"), mark("{n} fields to fill in")
WRONG, WRONG_MANY = mark("{n} to correct"), mark("{n} to correct")
DOUBTFUL, DOUBTFUL_MANY = mark("{n} to check"), mark("{n} to check")
NOTHING = mark("Nothing is missing")
LINE = mark("{label}: {text}")
ROW_LINE = mark("{rows}, row {n}: {text}")
MORE, MORE_MANY = mark("and {n} more"), mark("and {n} more")

MOST = 30
"""How many lines are shown."""


def counted(found: Sequence[Found], desk: Desk) -> str:
    """How much is missing, wrong and doubtful, in a few words."""
    kinds = Counter(
        "empty" if one.code == MISSING else "wrong" if one.severity is Severity.ERROR else "check"
        for _, one in found
    )
    said = {  # each pair by itself, so that it is found for the catalogues
        "empty": desk.count(EMPTY, EMPTY_MANY, kinds["empty"]),
        "wrong": desk.count(WRONG, WRONG_MANY, kinds["wrong"]),
        "check": desk.count(DOUBTFUL, DOUBTFUL_MANY, kinds["check"]),
    }
    return " · ".join(text for name, text in said.items() if kinds[name]) or desk.say(NOTHING)


def line(draft: Draft, spot: Spot, problem: Problem, desk: Desk) -> str:
    """One problem with the name of its field, and of its row."""
    text = problem.message.render(desk.words)
    form = draft.sheet.form_of(spot.row)
    label = desk.words.gettext(form.fields[spot.field].label) if spot.field else ""
    if label in text:
        label = ""
    if not spot.row:
        return desk.say(LINE, label=label, text=text) if label else text
    number = draft.sheet.rows(draft.sheet.kind_of(spot.row)).index(spot.row) + 1
    rows = desk.words.gettext(form.plural)
    said = desk.say(LINE, label=label, text=text) if label else text
    return desk.say(ROW_LINE, rows=rows, n=desk.number(number), text=said)


class Summary(QFrame):
    """Stands at the end of a form; gone while nothing is wrong."""

    wanted = Signal(object)
    """The person wants to go to this :class:`Spot`."""

    def __init__(self, draft: Draft, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft, self._desk = draft, desk
        self.setProperty("kind", "card")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(space(12), space(8), space(12), space(8))
        self._column.setSpacing(0)
        self._shown: list[Found] = []
        self.hide()

    def show_problems(self, found: Sequence[Found]) -> None:
        """Show what is wrong now."""
        if list(found) == self._shown:
            return
        self._shown = list(found)
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        errors = [one for one in found if one[1].severity is Severity.ERROR]
        hints = [one for one in found if one[1].severity is not Severity.ERROR]
        for title, part in ((TITLE, errors), (HINTS, hints)):
            if part:
                self._add_part(self._desk.say(title), part)
        set_shown(self, shown=bool(found))

    def lines(self) -> list[str]:
        """What it says."""
        return [button.text() for button in self.findChildren(_Line) if not button.isHidden()]

    def _add_part(self, title: str, found: Sequence[Found]) -> None:
        heading = QLabel(title)
        heading.setProperty("role", "heading")
        self._column.addWidget(heading)
        for spot, problem in found[:MOST]:
            words = line(self._draft, spot, problem, self._desk)
            self._column.addWidget(_Line(words, spot, problem, self), 0, Qt.AlignmentFlag.AlignLeft)
        if len(found) > MOST:
            rest = QLabel(self._desk.count(MORE, MORE_MANY, len(found) - MOST))
            rest.setProperty("role", "soft")
            self._column.addWidget(rest)


class _Line(QPushButton):
    def __init__(self, words: str, spot: Spot, problem: Problem, summary: Summary) -> None:
        super().__init__(words, summary)
        name, tone, _ = SIGNS[problem.severity]
        self.setProperty("kind", "link")
        self.setIcon(icons.icon(name, tone))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(words)
        self.clicked.connect(lambda: summary.wanted.emit(spot))
