"""What does not add up in a year, worst first: records to open, explanations to write."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.formdef.catalogue import Catalogue
from mineaction_desktop.i18n import mark
from mineaction_desktop.services.checking import CheckedProblem
from mineaction_desktop.services.year_view import YearReading
from mineaction_desktop.ui import icons, theme
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.lines import Index, WrappedCells
from mineaction_desktop.ui.year.parts import column_of, said

LIST = mark("Problems, worst first")
NONE = mark("Nothing stands in the way: every check of this year is content.")
ERROR, WARNING, INFO = mark("Error"), mark("Warning"), mark("Good to know")
EXPLAINED = mark("Warning, explained")
LINE = mark("{word} {code}: {text}")
RECORDS = mark("Records it is about")
OPEN_RECORD = mark("Open {name}")
EXPLAIN = mark("Explanation, printed in the notes of the report")
EXPLAIN_HELP = mark(
    "Correct the records, or say in whole sentences why this is right as it stands."
)
CORRECT = mark("An error has to be corrected: open the record, mend it, and save.")
KEEP = mark("Keep this explanation")
KEEP_LAST = mark("Keep last year's explanation")
OFFERED = mark("Written for an earlier year. Read whether it still holds, then keep or change it:")
MOST = 40
MORE = mark("… and {n} more records")

SIGNS = {
    Severity.ERROR: ("circle-x", "error", ERROR),
    Severity.WARNING: ("triangle-alert", "warning", WARNING),
    Severity.INFO: ("info", "info", INFO),
}


class ProblemsPage(QWidget):
    """The problems of a year and, beside them, what can be done about the chosen one."""

    go = Signal(str)
    """The address of a record that is to be opened."""

    explained = Signal(object, str)
    """A :class:`CheckedProblem`, and the text that explains it."""

    def __init__(self, desk: Desk, catalogue: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._catalogue = catalogue
        self._reading: YearReading | None = None
        self.text = QPlainTextEdit()
        self.keep = QPushButton()
        self.list = QListWidget()
        self.list.setAccessibleName(desk.say(LIST))
        self.list.setItemDelegate(WrappedCells(self.list, self._width_of, theme.space(8)))
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setStyleSheet("QListView::item { padding: 0; }")
        side = theme.em(1)
        self.list.setIconSize(QSize(side, side))
        self.list.currentRowChanged.connect(self._on_chosen)
        self._beside = QScrollArea()
        self._beside.setWidgetResizable(True)
        self._beside.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.parts = QSplitter(Qt.Orientation.Horizontal)
        self.parts.setChildrenCollapsible(False)
        self.parts.addWidget(self.list)
        self.parts.addWidget(self._beside)
        self.parts.setSizes([theme.em(36), theme.em(36)])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.parts)

    def show_reading(self, reading: YearReading) -> None:
        """Show the problems of a year; the one that was in front stays there."""
        row = max(0, self.list.currentRow())
        self._reading = reading
        self.list.blockSignals(True)  # noqa: FBT003 - Qt's own word for it
        self.list.clear()
        for found in reading.checked.problems:
            self.list.addItem(self._item(found))
        self.list.blockSignals(False)  # noqa: FBT003 - as above
        self.list.setVisible(self.list.count() > 0)
        self.list.setCurrentRow(min(row, self.list.count() - 1))
        self._on_chosen(self.list.currentRow())

    def place_focus(self) -> None:
        """Put the keyboard on the list."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _width_of(self, _: Index) -> int:
        """The room for text beside the sign."""
        return self.list.viewport().width() - self.list.iconSize().width() - theme.space(16)

    def _item(self, found: CheckedProblem) -> QListWidgetItem:
        name, tone, word = SIGNS[found.problem.severity]
        if found.explanation is not None and found.problem.severity is Severity.WARNING:
            name, tone, word = "circle-check", "done", EXPLAINED
        text = found.finding.message.render(self._desk.words)
        line = self._desk.say(LINE, word=self._desk.say(word), code=found.rule.code, text=text)
        return QListWidgetItem(icons.icon(name, tone), line)

    def _on_chosen(self, row: int) -> None:
        problems = self._reading.checked.problems if self._reading else ()
        if not 0 <= row < len(problems):
            page = QWidget()
            column = column_of(page, margin=24)
            column.addWidget(said(self._desk.say(NONE)))
            column.addStretch(1)
            self._beside.setWidget(page)
            return
        self._beside.setWidget(self._details(problems[row]))

    def _details(self, found: CheckedProblem) -> QWidget:
        page = QWidget()
        column = column_of(page, margin=16)
        column.addWidget(said(found.problem.message.render(self._desk.words), size=1.1))
        column.addWidget(said(self._desk.words.gettext(found.rule.summary), "soft"))
        self._add_records(column, found)
        if found.problem.severity is Severity.ERROR:
            column.addWidget(said(self._desk.say(CORRECT), "soft"))
        elif found.problem.severity is Severity.WARNING:
            self._add_explanation(column, found)
        column.addStretch(1)
        return page

    def _add_records(self, column: QVBoxLayout, found: CheckedProblem) -> None:
        if self._reading is None or not found.finding.records:
            return
        column.addWidget(said(self._desk.say(RECORDS), bold=True))
        for kind, record_id in found.finding.records[:MOST]:
            name = self._reading.name_of(self._catalogue, kind, record_id, self._desk.words)
            button = QPushButton(name)
            button.setProperty("kind", "link")
            button.setAccessibleName(self._desk.say(OPEN_RECORD, name=name))
            button.clicked.connect(
                lambda _=False, to=f"editor:{kind}:{record_id}": self.go.emit(to)
            )
            column.addWidget(button)
        more = len(found.finding.records) - MOST
        if more > 0:
            column.addWidget(said(self._desk.say(MORE, n=self._desk.number(more)), "soft"))

    def _add_explanation(self, column: QVBoxLayout, found: CheckedProblem) -> None:
        column.addWidget(said(self._desk.say(EXPLAIN), bold=True))
        column.addWidget(said(self._desk.say(EXPLAIN_HELP), "soft"))
        if found.offered and not found.explanation:
            column.addWidget(said(self._desk.say(OFFERED), "soft"))
        self.text = QPlainTextEdit(found.explanation or found.offered or "")
        self.text.setAccessibleName(self._desk.say(EXPLAIN))
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(theme.em(6))
        column.addWidget(self.text)
        is_offer = bool(found.offered and not found.explanation)
        self.keep = keep = QPushButton(self._desk.say(KEEP_LAST if is_offer else KEEP))
        keep.setProperty("kind", "primary")
        can_write = bool(self._reading and self._reading.can_write)
        keep.setEnabled(can_write)
        self.text.setReadOnly(not can_write)
        keep.clicked.connect(lambda: self.explained.emit(found, self.text.toPlainText()))
        row = QHBoxLayout()
        row.addWidget(keep)
        row.addStretch(1)
        column.addLayout(row)
