"""What can be done with the records of a list; each step can be taken back."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.formdef.types import FieldContext
from mineaction_desktop.i18n import mark
from mineaction_desktop.services import editing, list_files, pasting, reviewing, undoing
from mineaction_desktop.services.drafts import keep_draft, new_draft
from mineaction_desktop.services.editing import Changes
from mineaction_desktop.services.progress import Progress
from mineaction_desktop.ui.banner import Notice
from mineaction_desktop.ui.entry.neighbours import remember
from mineaction_desktop.ui.jobs import Jobs
from mineaction_desktop.ui.lists.bulk_dialog import BulkDialog
from mineaction_desktop.ui.lists.paste_dialog import PasteDialog
from mineaction_desktop.ui.lists.reason_dialog import ReasonDialog

if TYPE_CHECKING:
    from mineaction_desktop.ui.lists.list_screen import ListScreen

HIDE = mark("Delete")
HIDE_QUESTION, HIDE_QUESTION_MANY = (
    mark("Delete {n} record? It leaves all lists and figures, and can be brought back."),
    mark("Delete {n} records? They leave all lists and figures, and can be brought back."),
)
LINKED, LINKED_MANY = (
    mark("{n} other record links to what you delete."),
    mark("{n} other records link to what you delete."),
)
HIDDEN, HIDDEN_MANY = mark("Deleted {n} record."), mark("Deleted {n} records.")
SHOWN, SHOWN_MANY = mark("Brought back {n} record."), mark("Brought back {n} records.")
CHANGED, CHANGED_MANY = mark("Changed {n} record."), mark("Changed {n} records.")
ADDED, ADDED_MANY = mark("Added {n} record."), mark("Added {n} records.")
COPIED, COPIED_MANY = (
    mark("Copied {n} record; paste it into a spreadsheet."),
    mark("Copied {n} records; paste them into a spreadsheet."),
)
UNDONE = mark("The last step was taken back.")
UNHIDE = mark("Bring back deleted records")
UNHIDE_QUESTION = mark("The records appear in lists and figures again.")
NOTHING_TO_PASTE = mark(
    "The clipboard holds no table. Copy the rows in the spreadsheet first, with their headings."
)
NOTHING_TO_UNDO = mark("Nothing was changed in this list that could be taken back.")
VERIFY, ACCEPT = mark("Mark as verified"), mark("Accept")
UNDO, OPEN_FILE = mark("Undo"), mark("Export what is shown")
WRITTEN = mark("Written to “{file}”.")
WRITING = mark("“{file}” is being written…")
FILTERS = mark("Workbook (*.xlsx);;Table (*.csv);;Data (*.json)")
PRINT, PDF = mark("Print the list"), mark("PDF (*.pdf)")
MENU = (
    ("record.duplicate", mark("Duplicate")),
    ("list.copy", mark("Copy")),
    ("list.bulk_edit", mark("Change the selected records…")),
    ("list.verify", VERIFY),
    ("list.accept", ACCEPT),
    ("record.hide", mark("Delete…")),
    ("list.unhide", UNHIDE),
)
WORKING, WORKING_MANY = mark("{n} record is being changed…"), mark("{n} records are being changed…")
_AT_ONCE = 2_000
"""More records than this are changed in the background."""

_ASKED = 500
"""So many records are looked at for what links to them; asking for more would take long."""


class Actions(QObject):
    """The steps of one list screen."""

    def __init__(self, screen: ListScreen) -> None:
        super().__init__(screen)
        self._screen = screen
        self._session = screen.session
        self._desk = screen.desk
        self._kind = screen.form.kind
        self._last: Changes | None = None
        self.jobs = Jobs()
        screen.destroyed.connect(self.jobs.close)

    # one record

    def open(self, row: int) -> None:
        """Open the record of a row."""
        found = self._screen.model.record(row)
        if found is not None:
            self._open(f"editor:{self._kind}:{found.id}")

    def new(self) -> None:
        """Begin a new record."""
        self._open(f"editor:{self._kind}")

    def _open(self, address: str) -> None:
        """Open an editor; previous and next follow the order of this list from now on."""
        remember(self._session, self._kind, self._screen.model.neighbour)
        self._screen.go.emit(address)

    def duplicate(self) -> None:
        """Begin a record that says the same as the current one."""
        found = self._screen.model.record(self._screen.view.currentIndex().row())
        if found is None:
            return
        session = self._session

        def begin() -> None:
            with session.store.read() as reader:
                content = editing.open_record(reader, session.catalogue, self._kind, found.id)
            draft = new_draft(editing.copy_of(session.catalogue, content), session.author)
            keep_draft(session.store, draft, catalogue=session.catalogue)
            self._open(f"editor:{self._kind}::{draft.id}")

        self._try(begin)

    # many records

    def hide(self) -> None:
        """Delete the chosen records, for a reason; a notice offers to take it back."""
        ids = self._chosen_ids()
        if not ids:
            return
        question = self._desk.count(HIDE_QUESTION, HIDE_QUESTION_MANY, len(ids))
        dialog = ReasonDialog(
            self._desk, question, self._desk.say(HIDE), self._linked(ids), self._screen
        )
        if dialog.exec():
            self._do(
                lambda: editing.hide(
                    self._session.store,
                    self._kind,
                    ids,
                    dialog.text,
                    catalogue=self._session.catalogue,
                ),
                (HIDDEN, HIDDEN_MANY),
                len(ids),
            )

    def _linked(self, ids: list[str]) -> str:
        if len(ids) > _ASKED:
            return ""
        with self._session.store.read() as reader:
            found = editing.referring(reader, self._kind, ids, catalogue=self._session.catalogue)
        return self._desk.count(LINKED, LINKED_MANY, len(found)) if found else ""

    def unhide(self) -> None:
        """Bring deleted records back."""
        ids = self._chosen_ids()
        if not ids:
            return
        question, act = self._desk.say(UNHIDE_QUESTION), self._desk.say(UNHIDE)
        dialog = ReasonDialog(self._desk, question, act, "", self._screen)
        if dialog.exec():
            self._do(
                lambda: editing.unhide(
                    self._session.store,
                    self._kind,
                    ids,
                    dialog.text,
                    catalogue=self._session.catalogue,
                ),
                (SHOWN, SHOWN_MANY),
                len(ids),
            )

    def bulk_edit(self) -> None:
        """Give a field of all chosen records a value, in one step."""
        keys = self._chosen_keys()
        if not keys:
            return
        dialog = BulkDialog(self._session, self._screen.form, keys, self._screen)
        if dialog.exec():
            field, value, reason = dialog.field.name, dialog.value, dialog.reason
            ids = self._chosen_ids()
            self._do(
                lambda: reviewing.change_many(
                    self._session.store,
                    self._session.catalogue,
                    self._kind,
                    ids,
                    field,
                    value,
                    reason,
                ),
                (CHANGED, CHANGED_MANY),
                len(ids),
            )

    def verify(self) -> None:
        """Mark the chosen records as checked against their sources."""
        self._review("verified")

    def accept(self) -> None:
        """Mark the chosen records as accepted by the authority."""
        self._review("accepted")

    def _review(self, state: str) -> None:
        ids = self._chosen_ids()
        if ids:
            self._do(
                lambda: reviewing.review_many(
                    self._session.store,
                    self._kind,
                    ids,
                    state,
                    "",
                    catalogue=self._session.catalogue,
                ),
                (CHANGED, CHANGED_MANY),
                len(ids),
            )

    def undo(self) -> None:
        """Take the last step of this list back."""
        last = self._last
        if last is None or not last.batch:
            self._screen.notice(Notice(self._desk.say(NOTHING_TO_UNDO)))
            return

        def back() -> None:
            changes = undoing.take_back(
                self._session.store, last.batch, catalogue=self._session.catalogue
            )
            self._last = None
            self._session.tell(changes)
            self._screen.notice(Notice(self._desk.say(UNDONE), "done", key="list-step"))

        self._try(back)

    # out and in

    def copy(self) -> None:
        """Put the chosen rows on the clipboard, with headings, for a spreadsheet."""
        keys, screen = self._chosen_keys(), self._screen
        if not keys:
            return

        def take() -> None:
            text = list_files.clipboard_text(
                self._session.store, screen.model.names, screen.query, keys
            )
            QGuiApplication.clipboard().setText(text)
            said = self._desk.count(COPIED, COPIED_MANY, len(keys))
            screen.notice(Notice(said, "done", key="list-copy"))

        self._try(take)

    def paste(self) -> None:
        """Show what the clipboard holds as rows that can become records."""
        text = QGuiApplication.clipboard().text()
        if not pasting.table_of(text):
            self._screen.notice(Notice(self._desk.say(NOTHING_TO_PASTE), key="list-paste"))
            return
        words, point = self._desk.words, self._desk.locale.decimalPoint()
        context = FieldContext(decimal_mark="," if point == "," else ".", words=words)
        catalogue, shown = self._session.catalogue, self._screen.query.columns
        found = pasting.pasted(catalogue, self._kind, text, shown, context)
        dialog = PasteDialog(self._session, found, self._screen)
        dialog.added.connect(lambda changes: self._tell(changes, (ADDED, ADDED_MANY)))
        dialog.exec()

    def export(self) -> None:
        """Write what the list shows to a file of the person's choice."""
        suggested = str(Path.home() / f"{self._kind}.xlsx")
        name, _ = QFileDialog.getSaveFileName(
            self._screen, self._desk.say(OPEN_FILE), suggested, self._desk.say(FILTERS)
        )
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Write what the list shows to a file, in the background."""
        screen, keys = self._screen, self._all_keys()
        names, query = screen.model.names, screen.query
        self._write(
            path,
            lambda report: list_files.export_list(
                self._session.store, names, query, keys, path, report
            ),
        )

    def print_list(self) -> None:
        """Write what the list shows as a PDF that can be printed."""
        suggested = str(Path.home() / f"{self._kind}.pdf")
        name, _ = QFileDialog.getSaveFileName(
            self._screen, self._desk.say(PRINT), suggested, self._desk.say(PDF)
        )
        if name:
            self.print_to(Path(name))

    def print_to(self, path: Path) -> None:
        """Write the list as a PDF, in the background."""
        from mineaction_desktop.reports.present import Presenter  # noqa: PLC0415 - slow to import

        screen, keys = self._screen, self._all_keys()
        names, query = screen.model.names, screen.query
        language = self._desk.locale.name().partition("_")[0]
        presenter = Presenter(language, self._desk.words)
        self._write(
            path,
            lambda report: list_files.print_list(
                self._session.store, names, query, keys, path, presenter, report
            ),
        )

    def _write(self, path: Path, work: Callable[[Progress], object]) -> None:
        said = self._desk.say(WRITING, file=path.name)
        self._screen.notice(Notice(said, key="list-file"))
        done = self._desk.say(WRITTEN, file=path.name)
        self.jobs.do(
            work,
            lambda _: self._screen.notice(Notice(done, "done", key="list-file")),
            self._refuse,
        )

    # helpers

    def fill_menu(self, menu: QMenu) -> None:
        """Offer what can be done with the chosen records."""
        handlers = self._screen.handlers()
        for name, title in MENU:
            if name in handlers:
                menu.addAction(self._desk.say(title), handlers[name])

    def _chosen_keys(self) -> array[int]:
        return self._screen.model.keys(self._screen.view.ranges())

    def _chosen_ids(self) -> list[str]:
        return list(self._screen.model.record_ids(self._screen.view.ranges()))

    def _all_keys(self) -> array[int]:
        count = self._screen.model.rowCount()
        return self._screen.model.keys([(0, count - 1)])

    def _do(self, work: Callable[[], Changes], said: tuple[str, str], count: int) -> None:
        """Do one step; many records are changed in the background."""
        if count <= _AT_ONCE:
            self._try(lambda: self._tell(work(), said))
            return
        text = self._desk.count(WORKING, WORKING_MANY, count)
        self._screen.notice(Notice(text, key="list-step"))
        self.jobs.do(lambda _: work(), lambda changes: self._tell(changes, said), self._refuse)

    def _tell(self, changes: object, said: tuple[str, str]) -> None:
        """Tell the window what was done, and offer to take it back."""
        if not isinstance(changes, Changes):
            raise TypeError(changes)
        self._last = changes
        self._session.tell(changes)
        text = self._desk.count(*said, len(changes.touched.get(self._kind, ())))
        action = (self._desk.say(UNDO), self.undo) if changes.batch else None
        self._screen.notice(Notice(text, "done", key="list-step", action=action))

    def _try(self, work: Callable[[], object]) -> None:
        try:
            work()
        except UserError as error:
            self._refuse(error)

    def _refuse(self, error: object) -> None:
        if not isinstance(error, UserError):
            raise TypeError(error)
        text = error.render(self._desk.words)
        self._screen.notice(Notice(text, "error", key="list-error"))
