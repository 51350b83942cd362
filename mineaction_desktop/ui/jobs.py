"""Work in the background: one worker, progress, cancel, and results on the window's own thread.

The work is a plain function of a ``Progress``; it knows nothing of Qt. Signals reach any callable
on the thread of the window, so a slot may touch widgets.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from PySide6.QtCore import QObject, Qt, Signal, Slot

from mineaction_desktop.services.progress import Progress

Work = Callable[[Progress], object]


class Cancelled(Exception):  # noqa: N818 - it is no error
    """The person has stopped the work; raised inside it, so that it is taken back."""


class Job(QObject):
    """One piece of work. Connect to it first, then hand it to :meth:`Jobs.submit`."""

    progressed = Signal(int, int)
    """How much is done and how much there is to do."""

    succeeded = Signal(object)
    """What the work returned."""

    failed = Signal(object)
    """The exception that ended it."""

    cancelled = Signal()
    """It was stopped by the person."""

    finished = Signal()
    """It has ended, however it ended; comes last."""

    _told = Signal(int, int)
    _ended = Signal(object, object)

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._stop = threading.Event()
        queued = Qt.ConnectionType.QueuedConnection
        self._told.connect(self._on_told, queued)
        self._ended.connect(self._on_ended, queued)

    def cancel(self) -> None:
        """Ask the work to stop; it does at its next report."""
        self._stop.set()

    def report(self, done: int, total: int) -> None:
        """The ``Progress`` of the work; without a total it only asks whether to go on."""
        if self._stop.is_set():
            raise Cancelled
        if total:
            self._told.emit(done, total)

    def run(self) -> None:
        """Do the work on the thread this is called on; only signals leave it."""
        try:
            self.report(0, 0)
            self._ended.emit(self._work(self.report), None)
        except BaseException as error:  # noqa: BLE001 - told to the window, which decides
            self._ended.emit(None, error)

    @Slot(int, int)
    def _on_told(self, done: int, total: int) -> None:
        self.progressed.emit(done, total)

    @Slot(object, object)
    def _on_ended(self, result: object, error: BaseException | None) -> None:
        if error is None:
            self.succeeded.emit(result)
        elif isinstance(error, Cancelled):
            self.cancelled.emit()
        else:
            self.failed.emit(error)
        self.finished.emit()


class Jobs(QObject):
    """The one worker: jobs run in the order in which they came."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="job")
        self._running: dict[Job, Future[None]] = {}
        self._is_closed = False

    @property
    def running(self) -> tuple[Job, ...]:
        """Jobs that run or wait."""
        return tuple(self._running)

    def submit(self, job: Job) -> Job:
        """Run a job when those before it are done; it is kept alive until it has finished.

        After :meth:`close` nothing is run any more: a screen that is put away asks for nothing.
        """
        if self._is_closed:
            return job
        job.finished.connect(lambda: self._running.pop(job, None))
        self._running[job] = self._pool.submit(job.run)
        return job

    def do(
        self,
        work: Work,
        then: Callable[[object], object],
        otherwise: Callable[[object], object] | None = None,
    ) -> Job:
        """Run a function and hand its result on; a failure goes to ``otherwise``.

        A failure that nobody takes is a fault of the program, and is treated as one.
        """
        job = Job(work)
        job.succeeded.connect(then)
        job.failed.connect(otherwise or _fail)
        return self.submit(job)

    def close(self) -> None:
        """Stop every job and wait for the worker to end."""
        self._is_closed = True
        for job in self._running:
            job.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._running.clear()


def _fail(error: BaseException) -> None:
    raise error
