"""Work in the background: results on the thread of the window, cancel, and no thread left."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from mineaction_desktop.services.progress import Progress
from mineaction_desktop.ui.jobs import Job, Jobs


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    del qtbot
    made = Jobs()
    yield made
    made.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("job")]


def test_the_result_comes_to_the_thread_of_the_window(qtbot: QtBot, jobs: Jobs) -> None:
    worked: list[str] = []
    heard: list[tuple[object, str]] = []

    def work(_: Progress) -> str:
        worked.append(threading.current_thread().name)
        return "done"

    job = Job(work)
    job.succeeded.connect(lambda result: heard.append((result, threading.current_thread().name)))
    with qtbot.waitSignal(job.finished):
        jobs.submit(job)
    assert heard == [("done", "MainThread")]
    assert worked[0] != "MainThread"
    assert jobs.running == ()


def test_progress_is_told_in_order(qtbot: QtBot, jobs: Jobs) -> None:
    told: list[tuple[int, int]] = []

    def work(progress: Progress) -> None:
        for n in range(1, 6):
            progress(n, 5)

    job = Job(work)
    job.progressed.connect(lambda done, total: told.append((done, total)))
    with qtbot.waitSignal(job.finished):
        jobs.submit(job)
    assert told == [(n, 5) for n in range(1, 6)]


def test_cancel_stops_the_work_at_its_next_report(qtbot: QtBot, jobs: Jobs) -> None:
    begun, go_on = threading.Event(), threading.Event()
    reached: list[str] = []

    def work(progress: Progress) -> None:
        begun.set()
        go_on.wait(5)
        progress(1, 2)
        reached.append("the end")

    job = Job(work)
    with qtbot.waitSignals([job.cancelled, job.finished]):
        jobs.submit(job)
        assert begun.wait(5)
        job.cancel()
        go_on.set()
    assert reached == []


def test_a_failure_is_handed_on(qtbot: QtBot, jobs: Jobs) -> None:
    caught: list[object] = []

    def work(_: Progress) -> None:
        raise LookupError("gone")

    job = jobs.do(work, lambda _: None, caught.append)
    qtbot.waitUntil(lambda: bool(caught))
    assert isinstance(caught[0], LookupError)
    assert job not in jobs.running


def test_a_failure_that_nobody_takes_is_no_secret(qtbot: QtBot, jobs: Jobs) -> None:
    def work(_: Progress) -> None:
        raise LookupError("gone")

    with qtbot.captureExceptions() as caught:
        job = Job(work)
        with qtbot.waitSignal(job.finished):
            jobs.do(work, lambda _: None)
            jobs.submit(job)
    assert [kind for kind, _, _ in caught] == [LookupError]


def test_closing_stops_what_waits(jobs: Jobs) -> None:
    started: list[int] = []
    go_on = threading.Event()

    def work(progress: Progress) -> None:
        go_on.wait(5)
        progress(0, 0)
        started.append(1)

    for _ in range(3):
        jobs.do(work, lambda _: None)
    threading.Timer(0.05, go_on.set).start()
    jobs.close()
    assert started == []


def test_work_asked_for_after_the_end_is_not_begun(qtbot: QtBot) -> None:
    del qtbot
    jobs = Jobs()
    ran: list[object] = []
    jobs.close()
    jobs.do(lambda _: ran.append(1), ran.append)
    assert not jobs.running
    assert not ran
