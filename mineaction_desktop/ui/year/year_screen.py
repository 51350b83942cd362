"""A year: its figures by form, its problems, what changed since it was sent, and the report."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QInputDialog,
    QProgressBar,
    QPushButton,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from mineaction_desktop.domain.problems import Severity, UserError
from mineaction_desktop.i18n import mark
from mineaction_desktop.services.checking import CheckedProblem
from mineaction_desktop.services.explaining import explain
from mineaction_desktop.services.reporting import ReportRequest
from mineaction_desktop.services.submitting import submit
from mineaction_desktop.services.year_view import YearReading, read_year
from mineaction_desktop.ui import icons, theme
from mineaction_desktop.ui.banner import Notice
from mineaction_desktop.ui.desk import Session
from mineaction_desktop.ui.jobs import Jobs
from mineaction_desktop.ui.lines import ShortenedLabel
from mineaction_desktop.ui.screen import Handlers, Screen
from mineaction_desktop.ui.year.changes_page import ChangesPage
from mineaction_desktop.ui.year.export_dialog import ExportDialog
from mineaction_desktop.ui.year.figures_page import FiguresPage
from mineaction_desktop.ui.year.parts import said
from mineaction_desktop.ui.year.problems_page import ProblemsPage

TITLE = mark("Report for {year}")
BEFORE, AFTER = mark("The year before"), mark("The year after")
WRITE, SUBMIT = mark("Write the report…"), mark("Submit…")
DUE = mark("Due on {date}")
SENT = mark("Submitted on {date}")
OVERDUE = mark("Was due on {date}; not submitted from this register")
READING = mark("Adding up {year}…")
FIGURES, PROBLEMS, CHANGES = mark("Figures"), mark("Problems"), mark("Changes since submitted")
WITH_NUMBER = mark("{title} ({n})")
ERROR, ERRORS = mark("{n} error to correct"), mark("{n} errors to correct")
WARNING, WARNINGS = mark("{n} warning open"), mark("{n} warnings open")
EXPLAINED, EXPLAINED_MANY = mark("{n} explained"), mark("{n} explained")
CLEAN = mark("Every check is content")
CHECKED = mark("Checked at {time}.")
KEPT = mark("The explanation is kept; it stands in the notes of the report.")
SUBMIT_TITLE = mark("Submit the report for {year}")
SUBMIT_ASK = mark(
    "The report is frozen as it stands and can be printed again at any time. Later corrections "
    "show as changes. A note to remember, such as how it was sent:"
)
SUBMITTED = mark("The report for {year} is frozen as number {n}.")
SETTLED = 600
"""Milliseconds without a change before the year is added up again."""


class YearScreen(Screen):
    """Reads a year in the background and shows it; a change of the register reads it again."""

    key = "year"

    def __init__(self, session: Session, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._desk = session, session.desk
        self.year = year
        self._jobs = Jobs(self)
        self.reading: YearReading | None = None
        self._wants_telling = False
        self._settle = QTimer(self, singleShot=True, interval=SETTLED)
        self._settle.timeout.connect(self.read)
        self.figures = FiguresPage(self._desk, session.catalogue)
        self.problems = ProblemsPage(self._desk, session.catalogue)
        self.changes = ChangesPage(self._desk)
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        self.pages.tabBar().setDrawBase(False)
        for page, title in self._titled():
            self.pages.addTab(page, self._desk.say(title))
            page.go.connect(self.go)
        self.problems.explained.connect(self._explain)
        self.facts = ShortenedLabel()
        self.standing = ShortenedLabel()
        self.busy = QProgressBar()
        self.refusal = said("")
        self._lay_out()
        session.changed.connect(lambda _: self._settle.start())
        self.read()

    def title(self) -> str:
        return self._desk.say(TITLE, year=self.year)

    def handlers(self) -> Handlers:
        found: dict[str, object] = {"year.check": self._check}
        if self.reading is not None and self.reading.report is not None:
            found["year.export"] = self._export
        return cast("Handlers", found)

    def place_focus(self) -> None:
        page = self.pages.currentWidget()
        if isinstance(page, FiguresPage | ProblemsPage | ChangesPage):
            page.place_focus()

    def put_away(self) -> None:
        """Stop what runs and let go of the register."""
        self._settle.stop()
        self._jobs.close()
        if self.reading is not None:
            self.reading.close()
            self.reading = None

    def save_state(self) -> object:
        return {
            "page": self.pages.currentIndex(),
            "figures": self.figures.parts.sizes(),
            "problems": self.problems.parts.sizes(),
        }

    def restore_state(self, state: object) -> None:
        if not isinstance(state, dict):
            return
        page = state.get("page")
        if isinstance(page, int) and 0 <= page < self.pages.count():
            self.pages.setCurrentIndex(page)
        for name, parts in (("figures", self.figures.parts), ("problems", self.problems.parts)):
            sizes = state.get(name)
            if isinstance(sizes, list) and len(sizes) == parts.count():
                parts.setSizes([size for size in sizes if isinstance(size, int)])

    def read(self) -> None:
        """Read the year again, in the background; what is shown stays until then."""
        self._settle.stop()
        self.busy.show()
        request = ReportRequest(self.year, edition="internal", nil=True)
        store = self._session.store
        self._jobs.do(
            lambda progress: read_year(store, request, progress), self._on_read, self._on_unreadable
        )

    def _titled(self) -> tuple[tuple[FiguresPage | ProblemsPage | ChangesPage, str], ...]:
        return ((self.figures, FIGURES), (self.problems, PROBLEMS), (self.changes, CHANGES))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.space(8))
        for step, name, words in ((-1, "chevron-left", BEFORE), (1, "chevron-right", AFTER)):
            button = QToolButton()
            button.setIcon(icons.icon(name))
            button.setToolTip(self._desk.say(words))
            button.setAccessibleName(self._desk.say(words))
            button.clicked.connect(partial(self.go.emit, f"year:{self.year + step}"))
            head.addWidget(button)
        self._title = ShortenedLabel()
        self._title.setText(self.title())
        head.addWidget(self._title)
        self._texts = QVBoxLayout()
        self._texts.setSpacing(0)
        self.facts.setProperty("role", "soft")
        self._texts.addWidget(self.facts)
        head.addSpacing(theme.space(12))
        head.addLayout(self._texts, 1)
        self.submit = QPushButton(self._desk.say(SUBMIT))
        self.submit.clicked.connect(self._submit)
        self.write = QPushButton(self._desk.say(WRITE))
        self.write.setProperty("kind", "primary")
        self.write.clicked.connect(self._export)
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setFixedHeight(theme.space(4))
        self.busy.setAccessibleName(self._desk.say(READING, year=self.year))
        self.refusal.setContentsMargins(*[theme.space(24)] * 4)
        self.refusal.setText(self._desk.say(READING, year=self.year))
        self.pages.hide()
        self.submit.setEnabled(False)
        self.write.setEnabled(False)
        column = QVBoxLayout(self)
        self._column = column
        head.setContentsMargins(theme.space(16), 0, theme.space(16), 0)
        column.addLayout(head)
        head.addWidget(self.submit)
        head.addWidget(self.write)
        column.addWidget(self.busy)
        column.addWidget(self.refusal)
        column.addWidget(self.pages, 1)
        column.addStretch(0)
        self._give_way()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_way()

    def _give_way(self) -> None:
        """Where the window is low, what stands beside the title has one line."""
        self._title.setFont(said("", size=1.15 if theme.is_short(self) else 1.5, bold=True).font())
        short = theme.is_short(self)
        self.standing.setContentsMargins(0, 0, theme.space(16 if short else 0), 0)
        if short:
            self.pages.setCornerWidget(self.standing)
            self.standing.show()
        elif self._texts.indexOf(self.standing) < 0:
            self._texts.addWidget(self.standing)
        self._column.setContentsMargins(0, theme.space(4 if short else 12), 0, 0)
        self._column.setSpacing(theme.space(2 if short else 8))

    def _on_read(self, result: object) -> None:
        reading = cast("YearReading", result)
        old, self.reading = self.reading, reading
        if old is not None:
            old.close()
        self.busy.hide()
        self.pages.setVisible(reading.report is not None)
        self.refusal.setVisible(reading.report is None)
        if reading.refusal is not None:
            self.refusal.setText(reading.refusal.render(self._desk.words))
        for page, _ in self._titled():
            page.show_reading(reading)
        self._show_head(reading)
        if old is None:
            self.place_focus()
        self.handlers_changed.emit()
        if self._wants_telling:
            self._wants_telling = False
            now = self._desk.clock(datetime.now().astimezone(), seconds=True)
            self.notice(Notice(self._desk.say(CHECKED, time=now), "done", "year.checked"))

    def _on_unreadable(self, error: object) -> None:
        self.busy.hide()
        if not isinstance(error, UserError):
            raise cast("BaseException", error)
        self.pages.hide()
        self.refusal.show()
        self.refusal.setText(error.render(self._desk.words))

    def _show_head(self, reading: YearReading) -> None:
        self.write.setEnabled(reading.report is not None)
        self.submit.setEnabled(reading.can_write and reading.report is not None)
        self.facts.setText(self._dates(reading))
        self.standing.setText(self._standing(reading))
        numbers = (None, len(reading.checked.problems), self._changed(reading))
        for index, ((_, title), n) in enumerate(zip(self._titled(), numbers, strict=True)):
            text = self._desk.say(title)
            if n:
                text = self._desk.say(WITH_NUMBER, title=text, n=self._desk.number(n))
            self.pages.setTabText(index, text)

    def _dates(self, reading: YearReading) -> str:
        if reading.sent:
            day = reading.sent[0].submitted_at.astimezone().date()
            return self._desk.say(SENT, date=self._desk.day(day))
        template = OVERDUE if reading.due < self._desk.today() else DUE
        return self._desk.say(template, date=self._desk.day(reading.due))

    def _standing(self, reading: YearReading) -> str:
        checked = reading.checked
        errors = len(checked.of(Severity.ERROR))
        warnings = checked.of(Severity.WARNING)
        still = sum(not found.is_settled for found in warnings)
        parts = [self._desk.count(ERROR, ERRORS, errors)] if errors else []
        parts += [self._desk.count(WARNING, WARNINGS, still)] if still else []
        if len(warnings) > still:
            parts.append(self._desk.count(EXPLAINED, EXPLAINED_MANY, len(warnings) - still))
        return " · ".join(parts) or self._desk.say(CLEAN)

    @staticmethod
    def _changed(reading: YearReading) -> int:
        return len(reading.comparison.differences) if reading.comparison else 0

    def _check(self) -> None:
        self.pages.setCurrentWidget(self.problems)
        self._wants_telling = True
        self.read()

    def _explain(self, found: object, text: str) -> None:
        problem = cast("CheckedProblem", found)
        try:
            explain(
                self._session.store,
                self.year,
                problem.rule.code,
                subject=problem.finding.subject,
                text=text,
            )
        except UserError as error:
            self.notice(Notice(error.render(self._desk.words), "error", "year.explain"))
            return
        self.notice(Notice(self._desk.say(KEPT), "done", "year.explain"))
        self.read()

    def _export(self) -> None:
        if self.reading is None or self.reading.report is None:
            return
        dialog = ExportDialog(
            self._session,
            ReportRequest(self.year, nil=True),
            may_be_final=not self.reading.checked.blocks_final,
            parent=self,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _submit(self) -> None:
        note, wanted = QInputDialog.getMultiLineText(
            self,
            self._desk.say(SUBMIT_TITLE, year=self.year),
            self._desk.say(SUBMIT_ASK),
        )
        if not wanted:
            return
        store, request = self._session.store, ReportRequest(self.year)
        self.busy.show()
        self._jobs.do(
            lambda _: submit(store, request, note=note.strip() or None).number,
            self._on_submitted,
            self._on_not_submitted,
        )

    def _on_submitted(self, number: object) -> None:
        text = self._desk.say(SUBMITTED, year=self.year, n=number)
        self.notice(Notice(text, "done", "year.submit"))
        self.read()

    def _on_not_submitted(self, error: object) -> None:
        self.busy.hide()
        if not isinstance(error, UserError):
            raise cast("BaseException", error)
        self.pages.setCurrentWidget(self.problems)
        self.notice(Notice(error.render(self._desk.words), "error", "year.submit"))
