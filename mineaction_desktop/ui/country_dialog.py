"""Making the made-up country in the background, with progress and cancel."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.i18n import mark
from mineaction_desktop.ui import theme
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.jobs import Job, Jobs
from mineaction_desktop.ui.lines import TypedLine
from mineaction_desktop.ui.parts import agree_or_cancel, soft, toned
from mineaction_desktop.ui.register_work import make_country

TITLE = mark("Made-up country")
LEAD = mark(
    "A register for training: twenty years of a country that does not exist, with reports that "
    "were submitted and a few mistakes to find. Every page and every file of it says EXERCISE."
)
FILE = mark("File")
CHOOSE = mark("Choose…")
WHERE = mark("Where the register is to lie")
REGISTERS = mark("Registers (*.mineaction)")
MAKE = mark("Make the country")
STOPPED = mark("Stopped; nothing was left behind.")
NAME = "made-up country"
SUFFIX = ".mineaction"


class CountryDialog(QDialog):
    """Asks where, then makes the country; closing the dialog stops the work."""

    made = Signal(object)
    """The path of the register that was made."""

    def __init__(self, desk: Desk, jobs: Jobs, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._jobs = desk, jobs
        self._job: Job | None = None
        say = desk.say
        self.setWindowTitle(say(TITLE))
        self.file = TypedLine(str(_free_name(folder)))
        self.file.setAccessibleName(say(FILE))
        self.file.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._choose = QPushButton(say(CHOOSE))
        self._choose.setAutoDefault(False)
        self._choose.clicked.connect(self._on_choose)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(say(TITLE))
        self.bar.hide()
        self.problem = toned("error")
        buttons, self._make = agree_or_cancel(desk, say(MAKE))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(theme.space(12))
        column.addWidget(soft(say(LEAD)))
        row = QHBoxLayout()
        row.addWidget(self.file, 1)
        row.addWidget(self._choose)
        column.addLayout(row)
        column.addWidget(self.bar)
        column.addWidget(self.problem)
        column.addStretch(1)
        column.addWidget(buttons)
        self.setMinimumWidth(theme.em(30))

    def accept(self) -> None:
        """Begin to make the country."""
        path = Path(self.file.text().strip()).expanduser()
        self._busy(is_busy=True)
        job = Job(lambda progress: make_country(path, progress))
        job.progressed.connect(self._on_progressed)
        job.succeeded.connect(self._on_made)
        job.failed.connect(self._on_failed)
        job.cancelled.connect(self._on_cancelled)
        self._job = self._jobs.submit(job)

    def reject(self) -> None:
        """Stop the work; without work, close."""
        if self._job is not None:
            self._job.cancel()
        else:
            super().reject()

    def _busy(self, *, is_busy: bool) -> None:
        self.problem.clear()
        self.bar.setVisible(is_busy)
        self.bar.setRange(0, 0)
        for one in (self.file, self._choose, self._make):
            one.setEnabled(not is_busy)

    def _on_choose(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self._desk.say(WHERE), self.file.text(), self._desk.say(REGISTERS)
        )
        if chosen:
            path = Path(chosen)
            self.file.setText(str(path if path.suffix else path.with_suffix(SUFFIX)))

    def _on_progressed(self, done: int, total: int) -> None:
        self.bar.setRange(0, total if total > done else 0)
        self.bar.setValue(done)
        self.problem.setProperty("tone", "info")
        self.problem.setText(self._desk.count("{n} record made", "{n} records made", done))

    def _on_made(self, path: object) -> None:
        self._job = None
        self.made.emit(path)
        super().accept()

    def _on_failed(self, error: object) -> None:
        self._job = None
        self._busy(is_busy=False)
        if not isinstance(error, UserError):
            raise cast("BaseException", error)
        self.problem.setText(error.render(self._desk.words))

    def _on_cancelled(self) -> None:
        self._job = None
        self._busy(is_busy=False)
        self.problem.setText(self._desk.say(STOPPED))


def _free_name(folder: Path) -> Path:
    """A name for the register that no file has yet."""
    path, n = folder / f"{NAME}{SUFFIX}", 1
    while path.exists():
        n += 1
        path = folder / f"{NAME} {n}{SUFFIX}"
    return path
