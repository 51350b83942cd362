"""Rows from a spreadsheet before they become records: matched, checked, corrected in place."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.i18n import mark
from mineaction_desktop.services.editing import Changes
from mineaction_desktop.services.pasting import Pasted
from mineaction_desktop.services.progress import Progress
from mineaction_desktop.ui.desk import Session
from mineaction_desktop.ui.headings import Headings
from mineaction_desktop.ui.jobs import Jobs
from mineaction_desktop.ui.lists.paste_model import NOT_TAKEN, PasteModel
from mineaction_desktop.ui.parts import lead
from mineaction_desktop.ui.theme import em

TITLE = mark("Paste records: {title}")
READY = mark("{good} of {total} rows are ready. Nothing is stored before you add them.")
WRONG, WRONG_MANY = (
    mark("{n} cell needs attention; its row stays here."),
    mark("{n} cells need attention; their rows stay here."),
)
CLEAN = mark("Nothing is wrong.")
COLUMN = mark("This column holds")
NEXT = mark("Next problem (F8)")
AT = mark("Row {row}, {field}: {said}")
AT_ROW = mark("Row {row}: {said}")
ADD, ADD_MANY = mark("Add {n} record"), mark("Add {n} records")
ROWS = mark("Pasted rows; F2 changes a cell, F8 goes to the next problem.")


class PasteDialog(QDialog):
    """Shows pasted rows; the good ones are stored in one step when the person says so."""

    added = Signal(object)
    """``Changes``: rows became records."""

    read = Signal()
    """All rows have been read and checked."""

    def __init__(self, session: Session, pasted: Pasted, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self.pasted = session, pasted
        self._jobs = Jobs()
        self.model = PasteModel(session.desk, pasted, self._change, self)
        desk = session.desk
        title = desk.words.gettext(pasted.form.plural)
        self.setWindowTitle(desk.say(TITLE, title=title))
        self.resize(QSize(em(60), em(36)).boundedTo(self.screen().availableSize() * 0.92))
        self._build()
        self.destroyed.connect(self._jobs.close)
        self._read()

    def _build(self) -> None:
        desk = self._session.desk
        self.summary, self.said = QLabel(), QLabel()
        self.summary.setProperty("role", "heading")
        self.summary.setWordWrap(True)
        self.said.setWordWrap(True)
        lead(self.summary)
        lead(self.said)
        self.said.setMinimumHeight(em(2.4))
        self.view = QTableView()
        self.view.setModel(self.model)
        self.view.setAccessibleName(desk.say(ROWS))
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setWordWrap(False)
        self.view.verticalHeader().setDefaultSectionSize(round(em(1.55)))
        head = Headings(self.view)
        self.view.setHorizontalHeader(head)
        head.setDefaultSectionSize(em(9))
        head.setStretchLastSection(True)
        self.holds = QComboBox()
        self.holds.setAccessibleName(desk.say(COLUMN))
        self.holds.addItem(desk.say(NOT_TAKEN), None)
        for name, field in self.pasted.form.fields.items():
            if field.type != "sealed":
                self.holds.addItem(desk.words.gettext(field.label), name)
        self.next = QPushButton(desk.say(NEXT))
        self.next.setAutoDefault(False)
        self.bar = QProgressBar()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.add = buttons.addButton("", QDialogButtonBox.ButtonRole.ActionRole)
        self.add.setProperty("kind", "primary")
        line = QHBoxLayout()
        line.addWidget(QLabel(desk.say(COLUMN)))
        line.addWidget(self.holds)
        line.addStretch(1)
        line.addWidget(self.next)
        whole = QVBoxLayout(self)
        for part in (self.summary, self.bar, self.view, self.said):
            whole.addWidget(part)
        whole.addLayout(line)
        whole.addWidget(buttons)
        buttons.rejected.connect(self.reject)
        self.add.clicked.connect(self.accept_good)
        self.next.clicked.connect(self.go_to_problem)
        QShortcut(QKeySequence("F8"), self, self.go_to_problem)
        self.holds.activated.connect(self._match)
        self.view.selectionModel().currentChanged.connect(self._show_cell)
        self.model.modelReset.connect(self._show_cell)

    def _read(self) -> None:
        """Read all rows in the background; until then nothing can be added."""
        self.bar.show()
        self.add.setEnabled(False)
        self.view.setEnabled(False)
        store, pasted = self._session.store, self.pasted

        def work(report: Progress) -> None:
            pasted.read(store, report)

        job = self._jobs.do(work, lambda _: self._after_read(), self._fail)
        job.progressed.connect(self._tell_progress)

    def _tell_progress(self, done: int, total: int) -> None:
        self.bar.setMaximum(total)
        self.bar.setValue(done)

    def _after_read(self) -> None:
        self.bar.hide()
        self.view.setEnabled(True)
        self.model.reread()
        self._tell()
        if not self.go_to_problem():
            self._go_to(0, 0)
        self.view.setFocus()
        self.read.emit()

    def _fail(self, error: object) -> None:
        if not isinstance(error, UserError):
            raise TypeError(error)
        self.bar.hide()
        self.said.setText(error.render(self._session.desk.words))

    def _tell(self) -> None:
        desk, good = self._session.desk, self.pasted.good
        wrong = sum(1 for _ in self.pasted.bad_cells())
        total = desk.number(len(self.pasted.rows))
        ready = desk.say(READY, good=desk.number(good), total=total)
        said = desk.count(WRONG, WRONG_MANY, wrong) if wrong else desk.say(CLEAN)
        self.summary.setText(f"{ready} {said}")
        self.add.setText(desk.count(ADD, ADD_MANY, good))
        self.add.setEnabled(good > 0)
        self.next.setEnabled(wrong > 0)

    def _change(self, row: int, column: int, text: str) -> None:
        self.pasted.change(self._session.store, row, column, text)
        self._tell()
        self._show_cell()

    def _match(self) -> None:
        column, name = self.view.currentIndex().column(), self.holds.currentData()
        if column < 0:
            return
        columns = self.pasted.columns
        if name is not None and name in columns:
            columns[columns.index(name)] = None
        columns[column] = name
        self._read()

    def _show_cell(self, *_: object) -> None:
        index = self.view.currentIndex()
        if not index.isValid():
            self.said.setText("")
            return
        name = self.pasted.columns[index.column()]
        self.holds.setCurrentIndex(max(self.holds.findData(name), 0) if name else 0)
        problem = self.model.problem(index)
        self.said.setProperty("tone", "error" if problem else "")
        self.said.style().polish(self.said)
        self.said.setText(self._sentence(index.row(), name, index.column()) if problem else "")

    def _sentence(self, row: int, name: str | None, column: int) -> str:
        desk, held = self._session.desk, self.pasted.rows[row]
        problem = held.cells.get(column)
        number = desk.number(row + 1)
        if problem is None or name is None:
            said = " ".join(one.message.render(desk.words) for one in held.others)
            return desk.say(AT_ROW, row=number, said=said)
        label = desk.words.gettext(self.pasted.form.fields[name].label)
        return desk.say(AT, row=number, field=label, said=problem.message.render(desk.words))

    def go_to_problem(self) -> bool:
        """Put the keyboard into the next cell that needs attention; say whether there is one."""
        here = self.view.currentIndex()
        place = (here.row(), here.column()) if here.isValid() else (-1, -1)
        found = [(row, column or 0) for row, column, _ in self.pasted.bad_cells()]
        wanted = next((one for one in found if one > place), found[0] if found else None)
        if wanted is None:
            return False
        self._go_to(*wanted)
        return True

    def _go_to(self, row: int, column: int) -> None:
        index = self.model.index(row, column)
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.view.selectionModel().setCurrentIndex(index, flag)
        self.view.scrollTo(index)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def accept_good(self) -> None:
        """Store the rows that are ready; close if none is left."""
        try:
            changes: Changes = self.pasted.accept(self._session.store)
        except UserError as error:
            self.said.setText(error.render(self._session.desk.words))
            return
        self.added.emit(changes)
        if not self.pasted.rows:
            self.accept()
            return
        self.model.reread()
        self._tell()
        self.go_to_problem()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._jobs.close()
        super().closeEvent(event)
