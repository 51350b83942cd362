"""Opening and closing registers in the background, and what can go wrong with it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QTimer, Signal

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.ui.desk import Desk, Session
from mineaction_desktop.ui.jobs import Job, Jobs
from mineaction_desktop.ui.register_work import (
    Opened,
    check_over,
    index_words,
    look_over,
    open_register_here,
)

if TYPE_CHECKING:
    from mineaction_desktop.services.opening import Presence

SETTLED = 800
"""Milliseconds without a change before the register is looked over again."""

WATCHED = 4_000
"""Milliseconds between two looks at whether the file is still there."""


class Registers(QObject):
    """The register that is open, one at a time."""

    opening = Signal(object)
    """A register is being opened, by its path."""

    opened = Signal(object, object)
    """The :class:`Session`, and the :class:`Opened` it came from."""

    refused = Signal(object, object)
    """A path, and the error that says why it cannot be opened."""

    closed = Signal()
    """No register is open any longer."""

    checked = Signal(object)
    """``services.overview.YearStanding``: what is open in the year that is due."""

    reachable = Signal(bool)
    """Whether the file can be reached; told when that changes."""

    replaced = Signal()
    """Another file lies at its place, such as the same one of a stick that was put in again."""

    def __init__(self, desk: Desk, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._jobs = jobs
        self._indexing = Jobs(self)  # of its own: a large register must not hold up a report
        self.session: Session | None = None
        self._presence: Presence = "here"
        self._settle = QTimer(self, singleShot=True, interval=SETTLED)
        self._settle.timeout.connect(self.look_over)
        self._watch = QTimer(self, interval=WATCHED)
        self._watch.timeout.connect(self.look_for_file)

    def open(self, path: Path) -> Job:
        """Open a register in the background; whatever was open is closed before."""
        self.close()
        self.opening.emit(path)
        wishes = self._desk.settings.value

        def work(_: object) -> Opened:
            return open_register_here(path, wishes.author, wishes.office)

        return self._jobs.do(work, self._on_opened, lambda error: self._on_refused(path, error))

    def close(self) -> None:
        """Close the register that is open."""
        if self.session is None:
            return
        self._watch.stop()
        self._settle.stop()
        session, self.session = self.session, None
        self.closed.emit()
        self._indexing.close()
        self._indexing = Jobs(self)
        session.store.close()
        session.deleteLater()

    def look_over(self) -> None:
        """Count records and open problems again, in the background."""
        session = self.session
        if session is None:
            return
        store, catalogue = session.store, session.catalogue
        self._jobs.do(lambda _: look_over(store, catalogue), self._on_looked_over, self._on_no_look)

    def look_for_file(self) -> None:
        """Tell when the file disappears or comes back, as with a stick that is pulled out."""
        if self.session is None:
            return
        found = self.session.store.presence
        if found == self._presence:
            return
        self._presence = found
        if found == "other":
            self.replaced.emit()
        else:
            self.reachable.emit(found == "here")

    def _on_opened(self, result: object) -> None:
        opened = cast("Opened", result)
        self.session = Session(
            self._desk, opened.store, opened.catalogue, opened.author, opened.path, self
        )
        self.session.changed.connect(lambda _: self._settle.start())
        self._presence = "here"
        self._watch.start()
        self.opened.emit(self.session, opened)
        self.look_over()

    def _on_refused(self, path: Path, error: object) -> None:
        if not isinstance(error, UserError):
            raise cast("BaseException", error)
        self.refused.emit(path, error)

    def _on_looked_over(self, found: object) -> None:
        from mineaction_desktop.services.overview import Overview  # noqa: PLC0415 - loaded by now

        session = self.session
        if session is None or not isinstance(found, Overview):
            return
        session.see(found)
        year = found.year_due(self._desk.today())
        if year is not None and found.state is not None:
            store = session.store
            self._jobs.do(lambda _: check_over(store, year), self._on_checked, self._on_no_look)
        if session.store.is_writable and not self._indexing.running:
            self._indexing.do(partial(index_words, session.store), _done, self._on_no_look)

    def _on_checked(self, found: object) -> None:
        if self.session is not None:
            self.checked.emit(found)

    def _on_no_look(self, error: object) -> None:
        """A look that fails because the file has gone is told by the watch, not by this."""
        self.look_for_file()
        is_ours = not isinstance(error, UserError) and self._presence == "here"
        if is_ours and self.session is not None:
            raise cast("BaseException", error)


def _done(_: object) -> None:
    """The index of the search has caught up; nothing shows it."""
