"""Opening and closing registers in the background, and what can go wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QTimer, Signal

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.services.glance import Glance, YearStanding, recall, remember, state_of
from mineaction_desktop.ui.desk import Desk, Session
from mineaction_desktop.ui.jobs import Job, Jobs
from mineaction_desktop.ui.register_work import (
    Opened,
    check_over,
    index_words,
    is_current,
    look_over,
    open_register_here,
)

if TYPE_CHECKING:
    from mineaction_desktop.services.opening import Presence
    from mineaction_desktop.services.progress import Progress

SETTLED = 800
"""Milliseconds without a change before the register is looked over again."""

WATCHED = 4_000
"""Milliseconds between two looks at whether the file is still there."""


@dataclass(eq=False, slots=True)
class _Expected:
    """A register that is being opened, and the job that does it once it has begun."""

    path: Path
    job: Job | None = None


class Registers(QObject):
    """The register that is open, one at a time."""

    opening = Signal(object)
    """A register is being opened, by its path."""

    opened = Signal(object, object)
    """The :class:`Session`, and the :class:`Opened` it came from."""

    refused = Signal(object, object)
    """A path, and the error that says why it cannot be opened."""

    failed = Signal()
    """A register could not be opened through a fault of the program, which is told by itself."""

    closed = Signal()
    """No register is open any longer, and none is being opened."""

    seen = Signal(object)
    """``services.glance.Glance``: what stands in the register now."""

    checked = Signal(object)
    """``services.glance.YearStanding``: what is open in the year that is due."""

    reachable = Signal(bool)
    """Whether the file can be reached; told when that changes."""

    replaced = Signal()
    """Another file lies at its place, such as the same one of a stick that was put in again."""

    def __init__(self, desk: Desk, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._jobs = jobs
        self._indexing = Jobs(self)  # of its own: a large register must not hold up a report
        self._memory = desk.settings.path.with_name("registers")
        self._expected: _Expected | None = None
        self.session: Session | None = None
        self.glance: Glance | None = None
        self._presence: Presence = "here"
        self._settle = QTimer(self, singleShot=True, interval=SETTLED)
        self._settle.timeout.connect(self.look_over)
        self._watch = QTimer(self, interval=WATCHED)
        self._watch.timeout.connect(self.look_for_file)

    @property
    def path(self) -> Path | None:
        """The register that is open or is being opened."""
        if self.session is not None:
            return self.session.path
        return self._expected.path if self._expected is not None else None

    def open(self, path: Path) -> None:
        """Open a register in the background; whatever was open is closed before."""
        self.expect(path)
        self.begin()

    def expect(self, path: Path) -> None:
        """Show what is remembered of a register; :meth:`begin` opens it."""
        self.close()
        self._expected = _Expected(path)
        self.glance = recall(self._memory, path)
        self.opening.emit(path)

    def begin(self) -> None:
        """Open the register that is expected, unless that has begun."""
        expected = self._expected
        if expected is None or expected.job is not None:
            return
        path, wishes = expected.path, self._desk.settings.value

        def work(progress: Progress) -> Opened:
            return open_register_here(path, wishes.author, wishes.office, progress)

        expected.job = self._jobs.do(
            work, partial(self._on_opened, expected), partial(self._on_refused, expected)
        )

    def close(self) -> None:
        """Close the register that is open, or stop opening it."""
        expected, session, glance = self._expected, self.session, self.glance
        self._expected = self.session = self.glance = None
        if expected is not None and expected.job is not None:
            expected.job.cancel()
        if session is None and expected is None:
            return
        self._watch.stop()
        self._settle.stop()
        self.closed.emit()
        if session is not None:
            self._indexing.close()
            self._indexing = Jobs(self)
            self._put_away(session, glance)

    def _put_away(self, session: Session, glance: Glance | None) -> None:
        """Close a register, and remember what was seen of it if that still holds.

        Only we could write to what is open for writing, so its file is as we leave it; what is
        open for reading may be changed by others from here on.
        """
        store, path = session.store, session.path
        state = state_of(path)
        try:
            holds = glance is not None and is_current(store, session.catalogue, glance)
        finally:
            store.close()
            session.deleteLater()
        if glance is not None and holds:
            remember(self._memory, path, glance, state_of(path) if glance.is_writable else state)

    def look_over(self) -> None:
        """Count records and open problems again, in the background."""
        session = self.session
        if session is None:
            return
        store, catalogue = session.store, session.catalogue
        self._jobs.do(
            lambda _: look_over(store, catalogue),
            partial(self._on_looked_over, session),
            partial(self._on_no_look, session),
        )

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

    def _on_opened(self, expected: _Expected, result: object) -> None:
        opened = cast("Opened", result)
        if expected is not self._expected:  # the person has changed their mind meanwhile
            opened.store.close()
            return
        self._expected = None
        self.session = Session(
            self._desk, opened.store, opened.catalogue, opened.author, opened.path, self
        )
        self.session.changed.connect(lambda _: self._settle.start())
        self._presence = "here"
        self._watch.start()
        self.opened.emit(self.session, opened)
        self.look_over()

    def _on_refused(self, expected: _Expected, error: object) -> None:
        if expected is not self._expected:
            return
        self._expected = self.glance = None
        if not isinstance(error, UserError):
            self.failed.emit()
            raise cast("BaseException", error)
        self.refused.emit(expected.path, error)

    def _on_looked_over(self, session: Session, found: object) -> None:
        if session is not self.session or not isinstance(found, Glance):
            return
        self.glance = found
        self.seen.emit(found)
        session.looked_over.emit(found.overview)
        year = found.overview.year_due(self._desk.today())
        if year is not None and found.overview.state is not None:
            store = session.store
            self._jobs.do(
                lambda _: check_over(store, year),
                partial(self._on_checked, session),
                partial(self._on_no_look, session),
            )
        if session.store.is_writable and not self._indexing.running:
            work = partial(index_words, session.store)
            self._indexing.do(work, _done, partial(self._on_no_look, session))

    def _on_checked(self, session: Session, found: object) -> None:
        if session is not self.session or not isinstance(found, YearStanding):
            return
        if self.glance is not None:
            self.glance = replace(self.glance, standing=found)
        self.checked.emit(found)

    def _on_no_look(self, session: Session, error: object) -> None:
        """A look that fails because the file has gone is told by the watch, not by this."""
        if session is not self.session:
            return
        self.look_for_file()
        if not isinstance(error, UserError) and self._presence == "here":
            raise cast("BaseException", error)


def _done(_: object) -> None:
    """The index of the search has caught up; nothing shows it."""
