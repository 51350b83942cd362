"""The first screen of an open register: how it stands, and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from mineaction_desktop.i18n import mark
from mineaction_desktop.services.glance import Glance, Listed, Overview
from mineaction_desktop.ui import icons, theme
from mineaction_desktop.ui.commands import SUBJECT_ICONS, SUBJECTS
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.flow import FlowLayout
from mineaction_desktop.ui.navigation import SUBMITTED, order
from mineaction_desktop.ui.parts import card, large, soft
from mineaction_desktop.ui.screen import Screen

TITLE = mark("Overview")
NO_STATE = mark("The State is not recorded yet")
STEPS = mark("What to do first")
STEPS_LEAD = mark("Nothing is recorded yet. Work goes quickest in this order:")
FIRST_STEPS = (
    ("list:state_profile", mark("Look through the record of the State")),
    ("list:admin_unit", mark("Record the provinces and districts, or paste them from Excel")),
    ("list:organisation", mark("Record the organisations that survey, clear and provide care")),
    ("editor:hazardous_area", mark("Record the first hazardous area")),
)
YEARS = mark("Years")
RECORDS_HINT = mark("A click opens the list; Ctrl+N there begins a new record.")
LARGE = 6
MOST_COLUMNS = 4
_STEP = 8


class OverviewScreen(Screen):
    """The State, its subjects with what is recorded in each, and its years.

    It shows what was seen of a register, so it can stand before the register is open.
    """

    key = "register"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole.addWidget(self._area)
        self._first: QWidget | None = None
        self._cards: list[QWidget] = []
        self._uprights: list[QVBoxLayout] = []
        self._across, self._columns = QHBoxLayout(), 0
        self._shown: Glance | None = None

    def title(self) -> str:
        return self._desk.say(TITLE)

    def place_focus(self) -> None:
        if self._first is not None:
            self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_glance(self, found: Glance) -> None:
        """Show how the register stands; the keyboard stays where it was."""
        found = replace(found, end="", standing=None)  # neither is shown here
        if found == self._shown:
            return
        self._shown = found
        focused = self.focusWidget()
        name = focused.text() if isinstance(focused, QPushButton) else ""
        is_free = self.window().focusWidget() in {None, self}  # nobody has the keyboard elsewhere
        had_focus = self.isVisible() and (is_free if focused is None else focused.hasFocus())
        self._area.setWidget(self._page(found))
        if had_focus:
            same = [one for one in self.findChildren(QPushButton) if one.text() == name]
            target = same[0] if same else self._first
            if target is not None:
                target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _page(self, glance: Glance) -> QWidget:
        found = glance.overview
        page = QWidget()
        column = QVBoxLayout(page)
        edge = theme.space(12 if theme.is_short(self) else 24)
        column.setContentsMargins(theme.space(24), edge, theme.space(24), edge)
        column.setSpacing(theme.space(12))
        column.addWidget(large(found.state or self._desk.say(NO_STATE), 1.7))
        self._first = None
        if found.is_empty and glance.is_writable:
            column.addWidget(self._steps())
        if found.years:
            column.addWidget(self._years(found))
        column.addLayout(self._subjects(glance))
        column.addWidget(soft(self._desk.say(RECORDS_HINT)))
        column.addStretch(1)
        return page

    def _steps(self) -> QWidget:
        frame, column = card()
        column.addWidget(large(self._desk.say(STEPS), 1.15))
        column.addWidget(soft(self._desk.say(STEPS_LEAD)))
        for n, (address, text) in enumerate(FIRST_STEPS, start=1):
            said = f"{self._desk.number(n)}. {self._desk.say(text)}"
            link = self._link(said, lambda _=False, to=address: self.go.emit(to))
            column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        return frame

    def _years(self, found: Overview) -> QWidget:
        line = QWidget()
        flow = FlowLayout(line, theme.space(8))
        title = large(self._desk.say(YEARS), 1.0)
        title.setMinimumHeight(QPushButton("0").sizeHint().height())  # in the middle of the line
        flow.addWidget(title)
        for year in found.years[:LARGE]:
            button = QPushButton(self._desk.year(year))
            if year in found.submitted:
                button.setIcon(icons.icon("badge-check", "done"))
                button.setToolTip(self._desk.say(SUBMITTED, year=year))
                button.setAccessibleName(button.toolTip())
            button.clicked.connect(lambda _=False, y=year: self.go.emit(f"year:{y}"))
            flow.addWidget(button)
        return line

    def _subjects(self, glance: Glance) -> QHBoxLayout:
        self._across, self._columns = QHBoxLayout(), 0
        self._across.setSpacing(theme.space(12))
        self._uprights = [QVBoxLayout() for _ in range(MOST_COLUMNS)]
        for upright in self._uprights:
            upright.setSpacing(theme.space(12))
            upright.addStretch(1)
            self._across.addLayout(upright)
        listed = sorted(glance.kinds, key=partial(order, self._desk))
        kinds = [one for one in listed if not one.is_row]
        self._cards = [
            self._subject(subject, self._desk.say(title), own, glance.overview.counts)
            for subject, title in SUBJECTS.items()
            if (own := [one for one in kinds if one.subject == subject])
        ]
        self._place_cards()
        return self._across

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_cards()

    def _place_cards(self) -> None:
        """As many columns of cards as there is room for, all about as high as the others."""
        columns = max(1, min(MOST_COLUMNS, self.width() // theme.em(17)))
        if columns == self._columns:
            return
        self._columns = columns
        cards = iter(self._cards)
        counts = balanced([one.sizeHint().height() for one in self._cards], columns)
        for n, upright in enumerate(self._uprights):
            for at in range(counts[n] if n < columns else 0):
                upright.insertWidget(at, next(cards))
            self._across.setStretch(n, 1 if n < columns else 0)

    def _subject(
        self, subject: str, title: str, kinds: list[Listed], counts: Mapping[str, int]
    ) -> QWidget:
        frame, column = card()
        head = QHBoxLayout()
        sign, side = QLabel(), theme.em(1.2)
        sign.setPixmap(icons.icon(SUBJECT_ICONS[subject], "accent").pixmap(QSize(side, side)))
        head.addWidget(sign)
        head.addWidget(large(title, 1.05), 1)
        column.addLayout(head)
        for one in kinds[:LARGE]:
            row = QHBoxLayout()
            link = self._link(
                self._desk.say(one.plural),
                lambda _=False, kind=one.kind: self.go.emit(f"list:{kind}"),
            )
            number = QLabel(self._desk.number(counts.get(one.kind, 0)))
            link.setAccessibleDescription(number.text())
            row.addWidget(link)
            row.addStretch(1)
            row.addWidget(number)
            column.addLayout(row)
        return frame

    def _link(self, text: str, act: Callable[..., object]) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("kind", "link")
        button.clicked.connect(act)
        self._first = self._first or button
        return button


def balanced(heights: Sequence[int], columns: int) -> list[int]:
    """How many of these stand in each column, in their order, so that the highest is low."""
    cap, counts = max(heights, default=0), []
    while True:
        counts = _under(heights, cap)
        if len(counts) <= columns:
            return [*counts, *[0] * (columns - len(counts))]
        cap += _STEP


def _under(heights: Sequence[int], cap: int) -> list[int]:
    counts, used = [0], 0
    for height in heights:
        if counts[-1] and used + height > cap:
            counts.append(0)
            used = 0
        counts[-1] += 1
        used += height
    return counts
