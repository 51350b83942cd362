"""Writing the report of a year: which edition, where to, and how far it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QWidget,
)

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.i18n import mark
from mineaction_desktop.services.reporting import ReportRequest
from mineaction_desktop.ui import theme
from mineaction_desktop.ui.jobs import Job, Jobs
from mineaction_desktop.ui.lines import TypedLine
from mineaction_desktop.ui.year.parts import column_of, said

if TYPE_CHECKING:
    from mineaction_desktop.services.progress import Progress
    from mineaction_desktop.ui.desk import Session

TITLE = mark("Write the report for {year}")
LEAD = mark("Three files with the same figures: Excel, PDF and JSON.")
EDITION, FOLDER, CHOOSE = mark("Edition"), mark("Folder"), mark("Choose…")
EDITIONS = {
    "public": mark("Public: as it is published"),
    "partner": mark("Partners: with what partners may see"),
    "internal": mark("Internal: with everything"),
}
FINAL = mark("Without the word “draft”")
FINAL_HELP = mark("Errors must be corrected and warnings explained before a report is final.")
OPEN_AFTER = mark("Open the PDF when it is done")
WRITE, CANCEL, CLOSE = mark("Write the report"), mark("Cancel"), mark("Close")
WORKING = mark("Writing… This can be cancelled; the folder stays as it was until all is done.")
DONE = mark("Written: {files}")
STOPPED = mark("Cancelled. Nothing was written.")
MEMORY = "report:folder", "report:edition"


def write_files(
    session: Session, request: ReportRequest, folder: Path
) -> Callable[[Progress], list[Path]]:
    """The work of writing a report, for the background."""

    def work(progress: Progress) -> list[Path]:
        from mineaction_desktop.reports.present import Presenter  # noqa: PLC0415 - loaded by now
        from mineaction_desktop.services.report_files import (  # noqa: PLC0415 - costs start-up
            write_report,
        )
        from mineaction_desktop.services.reporting import build_report  # noqa: PLC0415 - as above

        with session.store.read() as reader:
            report = build_report(session.store, reader, request)
            progress(0, 3)
            return write_report(report, Presenter(request.language), folder, progress)

    return work


class ExportDialog(QDialog):
    """Asks what is to be written and where, then writes it while it shows how far it is."""

    def __init__(
        self,
        session: Session,
        request: ReportRequest,
        *,
        may_be_final: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._request = session, request
        self._desk = session.desk
        self._jobs = Jobs(self)
        self._job: Job | None = None
        self.files: list[Path] = []
        say = self._desk.say
        self.setWindowTitle(say(TITLE, year=request.year))
        self.setMinimumWidth(theme.em(34))
        self.folder = TypedLine(self._remembered_folder())
        self.folder.setAccessibleName(say(FOLDER))
        self.edition = QComboBox()
        for code, title in EDITIONS.items():
            self.edition.addItem(say(title), code)
        chosen = self.edition.findData(self._desk.settings.recall(MEMORY[1], request.edition))
        self.edition.setCurrentIndex(max(0, chosen))
        self.final = QCheckBox(say(FINAL))
        self.final.setToolTip(say(FINAL_HELP))
        self.final.setEnabled(may_be_final)
        self.open_after = QCheckBox(say(OPEN_AFTER))
        self.open_after.setChecked(True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 3)
        self.bar.hide()
        self.state = said(say(LEAD), "soft")
        self._lay_out(may_be_final=may_be_final)

    def _lay_out(self, *, may_be_final: bool) -> None:
        say = self._desk.say
        column = column_of(self, margin=16, spacing=12)
        lines = QFormLayout()
        lines.addRow(say(EDITION), self.edition)
        choose = QPushButton(say(CHOOSE))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.addWidget(self.folder, 1)
        row.addWidget(choose)
        lines.addRow(say(FOLDER), row)
        column.addLayout(lines)
        column.addWidget(self.final)
        if not may_be_final:
            column.addWidget(said(say(FINAL_HELP), "soft", size=0.9))
        column.addWidget(self.open_after)
        column.addWidget(self.bar)
        column.addWidget(self.state)
        buttons = QDialogButtonBox()
        self.write = buttons.addButton(say(WRITE), QDialogButtonBox.ButtonRole.ActionRole)
        self.write.setProperty("kind", "primary")
        self.write.setDefault(True)
        self.leave = buttons.addButton(say(CLOSE), QDialogButtonBox.ButtonRole.RejectRole)
        self.write.clicked.connect(self._start)
        self.leave.clicked.connect(self.reject)
        column.addWidget(buttons)

    def reject(self) -> None:
        """Cancel the writing; without any, close."""
        if self._job is not None:
            self._job.cancel()
            return
        self._jobs.close()
        super().reject()

    def _remembered_folder(self) -> str:
        kept = self._desk.settings.recall(MEMORY[0])
        return kept if isinstance(kept, str) else str(self._session.path.parent / "reports")

    def _choose(self) -> None:
        found = QFileDialog.getExistingDirectory(self, self._desk.say(FOLDER), self.folder.text())
        if found:
            self.folder.setText(found)

    def _start(self) -> None:
        settings = self._desk.settings
        settings.remember(MEMORY[0], self.folder.text())
        settings.remember(MEMORY[1], self.edition.currentData())
        request = replace(
            self._request, edition=self.edition.currentData(), final=self.final.isChecked()
        )
        self._job = job = Job(write_files(self._session, request, Path(self.folder.text())))
        job.progressed.connect(self._on_progress)
        job.succeeded.connect(self._on_written)
        job.failed.connect(self._on_failed)
        job.cancelled.connect(lambda: self.state.setText(self._desk.say(STOPPED)))
        job.finished.connect(self._on_finished)
        self.bar.setRange(0, 0)
        self.bar.show()
        self.state.setText(self._desk.say(WORKING))
        self.write.setEnabled(False)
        self.leave.setText(self._desk.say(CANCEL))
        self._jobs.submit(job)

    def _on_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _on_written(self, result: object) -> None:
        self.files = [path for path in result if isinstance(path, Path)]  # type: ignore[attr-defined]  # the job's own result
        names = ", ".join(path.name for path in self.files)
        self.state.setText(self._desk.say(DONE, files=names))
        paper = next((path for path in self.files if path.suffix == ".pdf"), None)
        if paper is not None and self.open_after.isChecked():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(paper)))

    def _on_failed(self, error: object) -> None:
        if not isinstance(error, UserError):
            raise error if isinstance(error, BaseException) else RuntimeError(error)
        self.state.setText(error.render(self._desk.words))

    def _on_finished(self) -> None:
        self._job = None
        self.bar.hide()
        self.write.setEnabled(True)
        self.leave.setText(self._desk.say(CLOSE))
