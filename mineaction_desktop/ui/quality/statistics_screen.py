"""How the work of keying goes: by person, with pace, corrections and kinds of record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.i18n import mark
from mineaction_desktop.services.progress import Progress
from mineaction_desktop.services.second_keying import Outcome, outcomes
from mineaction_desktop.services.statistics import Operator, Statistics, operator_statistics
from mineaction_desktop.ui.banner import Notice
from mineaction_desktop.ui.desk import Session
from mineaction_desktop.ui.jobs import Jobs
from mineaction_desktop.ui.parts import large, soft
from mineaction_desktop.ui.quality.moments import duration, share
from mineaction_desktop.ui.quality.table import Line, Table
from mineaction_desktop.ui.screen import Handlers, Screen
from mineaction_desktop.ui.theme import em, space

TITLE = mark("Operators")
HELP = mark(
    "What each person keyed by hand. The pace counts the time while they were keying: pauses of "
    "more than 20 minutes are left out."
)
PERIOD = mark("Period")
TODAY, WEEK, MONTH, YEAR, ALL = (
    mark("Today"),
    mark("The last 7 days"),
    mark("This month"),
    mark("This year"),
    mark("Since the register began"),
)
PERSON, OFFICE, ENTERED, CHANGED, HIDDEN = (
    mark("Person"),
    mark("Office"),
    mark("Entered"),
    mark("Changed"),
    mark("Deleted"),
)
PACE, TIME, CORRECTED, AGREED = (
    mark("Records an hour"),
    mark("Time keying"),
    mark("Corrected later"),
    mark("Agreed in second keying"),
)
PEOPLE = mark("People and what they keyed")
KIND, KINDS = mark("Kind of record"), mark("By kind of record: {name}")
IN_BULK = mark("{n} record came by import or was changed in bulk; it is not counted here.")
IN_BULK_MANY = mark(
    "{n} records came by import or were changed in bulk; they are not counted here."
)
NONE = mark("Nobody keyed anything in this period.")
READING = mark("Reading the trail…")


@dataclass(frozen=True, slots=True)
class _Read:
    statistics: Statistics
    outcomes: tuple[Outcome, ...]


class StatisticsScreen(Screen):
    """A table of people and, below it, the kinds of record of the chosen one."""

    key = "statistics"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._desk = session, session.desk
        self._jobs = Jobs(self)
        self._operators: dict[str, Operator] = {}
        say = self._desk.say
        self.period = QComboBox()
        self.period.setAccessibleName(say(PERIOD))
        for title in (TODAY, WEEK, MONTH, YEAR, ALL):
            self.period.addItem(say(title))
        self.period.setCurrentIndex(1)
        titles = (PERSON, OFFICE, ENTERED, CHANGED, HIDDEN, PACE, TIME, CORRECTED, AGREED)
        self.people = Table(say(PEOPLE), [say(one) for one in titles], numbers=range(2, 9))
        self.kinds = Table(say(KIND), [say(KIND), say(ENTERED), say(CHANGED)], numbers=(1, 2))
        self.kinds_title = large("", 1.05)
        self.told = QLabel()
        self.told.setProperty("role", "soft")
        self.told.setWordWrap(True)
        self._lay_out()
        self.people.chosen.connect(self._show_kinds)
        self.period.currentIndexChanged.connect(self.read)
        session.changed.connect(self.read)
        self.read()

    def title(self) -> str:
        return self._desk.say(TITLE)

    def handlers(self) -> Handlers:
        return {"year.check": self.read}

    def place_focus(self) -> None:
        self.period.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_away(self) -> None:
        self._jobs.close()

    def save_state(self) -> object:
        return self.period.currentIndex()

    def restore_state(self, state: object) -> None:
        if isinstance(state, int) and 0 <= state < self.period.count():
            self.period.setCurrentIndex(state)

    def _lay_out(self) -> None:
        label = QLabel(self._desk.say(PERIOD))
        label.setBuddy(self.period)
        row = QHBoxLayout()
        row.addWidget(large(self.title(), 1.35), 1)
        row.addWidget(label)
        row.addWidget(self.period)
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, space(8), 0, 0)
        column.addWidget(self.kinds_title)
        column.addWidget(self.kinds, 1)
        self.parts = parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.people)
        parts.addWidget(below)
        parts.setSizes([em(16), em(12)])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(*[space(16)] * 4)
        whole.setSpacing(space(8))
        whole.addLayout(row)
        whole.addWidget(helped := soft(self._desk.say(HELP)))
        helped.setToolTip(helped.text())
        whole.addWidget(parts, 1)
        whole.addWidget(self.told)
        whole.addStretch(0)

    def read(self, *_: object) -> None:
        """Read the trail of the period, in the background."""
        self.told.setText(self._desk.say(READING))
        first = self._first(self._desk.today())
        store, catalogue = self._session.store, self._session.catalogue
        words = self._desk.words

        def work(progress: Progress) -> _Read:
            progress(0, 0)
            with store.read() as reader:
                found = operator_statistics(reader, catalogue, first)
                return _Read(found, tuple(outcomes(reader, words)))

        self._jobs.do(work, self._show, self._refuse)

    def _first(self, today: date) -> date | None:
        firsts = (
            today,
            today - timedelta(days=6),
            today.replace(day=1),
            today.replace(month=1, day=1),
            None,
        )
        return firsts[self.period.currentIndex()]

    def _show(self, found: object) -> None:
        assert isinstance(found, _Read)  # noqa: S101 - what the work returns
        agreed = {one.author: one.rate for one in found.outcomes}
        operators = found.statistics.operators
        self._operators = {f"{one.author}\n{one.office}": one for one in operators}
        self.people.show_lines(
            [self._line(key, one, agreed.get(one.author)) for key, one in self._operators.items()]
        )
        count = found.statistics.in_bulk
        self.parts.setVisible(bool(operators))
        said = [] if operators else [self._desk.say(NONE)]
        said += [self._desk.count(IN_BULK, IN_BULK_MANY, count)] if count else []
        self.told.setText(" ".join(said))

    def _line(self, key: str, one: Operator, agreed: float | None) -> Line:
        number, desk = self._desk.number, self._desk
        pace = "" if one.per_hour is None else number(round(one.per_hour))
        part = one.corrected_share
        corrected = (
            number(one.corrected)
            if part is None
            else f"{number(one.corrected)} · {share(desk, part)}"
        )
        cells = (
            one.author,
            one.office,
            number(one.entered),
            number(one.changed),
            number(one.hidden),
            pace,
            duration(desk, one.keying) if one.keying else "",
            corrected if one.entered else "",
            "" if agreed is None else share(desk, agreed),
        )
        return Line(key, cells, "user")

    def _show_kinds(self, key: str) -> None:
        one = self._operators.get(key)
        name = one.author if one else ""
        title = self._desk.say(KINDS, name=name)
        self.kinds_title.setText(title if one else "")
        self.kinds.setAccessibleName(title if one else self._desk.say(KIND))
        forms, number = self._session.catalogue.forms, self._desk.number
        lines = [
            Line(
                each.kind,
                (
                    self._desk.words.gettext(forms[each.kind].plural)
                    if each.kind in forms
                    else each.kind,
                    number(each.entered),
                    number(each.changed),
                ),
            )
            for each in (one.kinds if one else ())
        ]
        self.kinds.show_lines(lines)

    def _refuse(self, error: object) -> None:
        if not isinstance(error, UserError):
            raise TypeError(error)
        self.notice(Notice(error.render(self._desk.words), "error", "statistics"))
