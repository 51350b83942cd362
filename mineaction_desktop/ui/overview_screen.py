"""The first screen of an open register: how it stands, and what to do next."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from mineaction_desktop.i18n import mark
from mineaction_desktop.ui import icons, theme
from mineaction_desktop.ui.commands import SUBJECT_ICONS, SUBJECTS
from mineaction_desktop.ui.desk import Session
from mineaction_desktop.ui.flow import FlowLayout
from mineaction_desktop.ui.navigation import FIRST, SUBMITTED, rows_of_others
from mineaction_desktop.ui.parts import card, large, soft
from mineaction_desktop.ui.screen import Screen

if TYPE_CHECKING:
    from mineaction_desktop.formdef.form import Form
    from mineaction_desktop.services.overview import Overview

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


class OverviewScreen(Screen):
    """The State, its subjects with what is recorded in each, and its years."""

    key = "register"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._desk = session.desk
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole.addWidget(self._area)
        self._first: QWidget | None = None
        self._cards: list[QWidget] = []
        self._grid = QGridLayout()
        self._shown: Overview | None = None
        session.looked_over.connect(self._on_looked_over)
        if session.overview is not None:
            self._on_looked_over(session.overview)

    def title(self) -> str:
        return self._desk.say(TITLE)

    def place_focus(self) -> None:
        if self._first is not None:
            self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_looked_over(self, found: Overview) -> None:
        """Show how the register stands; the keyboard stays where it was."""
        if found == self._shown:
            return
        self._shown = found
        focused = self.focusWidget()
        name = focused.text() if isinstance(focused, QPushButton) else ""
        had_focus = self.isVisible() and (focused is None or focused.hasFocus())
        self._area.setWidget(self._page(found))
        same = [one for one in self.findChildren(QPushButton) if one.text() == name]
        if had_focus:
            target = same[0] if same else self._first
            if target is not None:
                target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _page(self, found: Overview) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(*[theme.space(24)] * 4)
        column.setSpacing(theme.space(12))
        column.addWidget(large(found.state or self._desk.say(NO_STATE), 1.7))
        self._first = None
        if found.is_empty and self._session.store.is_writable:
            column.addWidget(self._steps())
        if found.years:
            column.addWidget(self._years(found))
        column.addLayout(self._subjects(found))
        column.addWidget(soft(self._desk.say(RECORDS_HINT)))
        column.addStretch(1)
        return page

    def _steps(self) -> QWidget:
        frame, column = card()
        column.addWidget(large(self._desk.say(STEPS), 1.15))
        column.addWidget(soft(self._desk.say(STEPS_LEAD)))
        for n, (address, text) in enumerate(FIRST_STEPS, start=1):
            said = f"{self._desk.number(n)}. {self._desk.say(text)}"
            column.addWidget(self._link(said, lambda _=False, to=address: self.go.emit(to)))
        return frame

    def _years(self, found: Overview) -> QWidget:
        line = QWidget()
        flow = FlowLayout(line, theme.space(8))
        flow.addWidget(large(self._desk.say(YEARS), 1.0))
        for year in found.years[:LARGE]:
            button = QPushButton(str(year))
            if year in found.submitted:
                button.setIcon(icons.icon("badge-check", "done"))
                button.setToolTip(self._desk.say(SUBMITTED, year=year))
                button.setAccessibleName(button.toolTip())
            button.clicked.connect(lambda _=False, y=year: self.go.emit(f"year:{y}"))
            flow.addWidget(button)
        return line

    def _subjects(self, found: Overview) -> QGridLayout:
        self._grid = grid = QGridLayout()
        grid.setSpacing(theme.space(12))
        rows = rows_of_others(self._session.catalogue)
        forms = [one for one in self._session.catalogue.forms.values() if one.kind not in rows]
        self._cards = [
            self._subject(subject, self._desk.say(title), own, found)
            for subject, title in SUBJECTS.items()
            if (own := [form for form in forms if form.subject == subject])
        ]
        self._place_cards()
        return grid

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_cards()

    def _place_cards(self) -> None:
        """As many cards side by side as there is room for."""
        columns = max(1, min(MOST_COLUMNS, self.width() // theme.em(17)))
        for n, one in enumerate(self._cards):
            self._grid.addWidget(one, n // columns, n % columns)
        for column in range(MOST_COLUMNS):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _order(self, form: Form) -> tuple[int, str]:
        place = FIRST.index(form.kind) if form.kind in FIRST else len(FIRST)
        return place, self._desk.order(self._desk.say(form.plural))

    def _subject(self, subject: str, title: str, forms: list[Form], found: Overview) -> QWidget:
        frame, column = card()
        head = QHBoxLayout()
        sign, side = QLabel(), theme.em(1.2)
        sign.setPixmap(icons.icon(SUBJECT_ICONS[subject], "accent").pixmap(QSize(side, side)))
        head.addWidget(sign)
        head.addWidget(large(title, 1.05), 1)
        column.addLayout(head)
        for form in sorted(forms, key=self._order)[:LARGE]:
            row = QHBoxLayout()
            link = self._link(
                self._desk.say(form.plural),
                lambda _=False, kind=form.kind: self.go.emit(f"list:{kind}"),
            )
            number = QLabel(self._desk.number(found.counts.get(form.kind, 0)))
            link.setAccessibleDescription(number.text())
            row.addWidget(link)
            row.addStretch(1)
            row.addWidget(number)
            column.addLayout(row)
        column.addStretch(1)
        return frame

    def _link(self, text: str, act: Callable[..., object]) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("kind", "link")
        button.clicked.connect(act)
        self._first = self._first or button
        return button
