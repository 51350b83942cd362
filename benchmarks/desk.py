"""The editor: opening the longest forms, committing a field, and saving, against their goals."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from measuring import Amount, Measurement

from mineaction_desktop.formdef.catalogue import load_catalogue
from mineaction_desktop.services.opening import Author, open_register
from mineaction_desktop.services.registers import demo_register

HEAVIEST = ("hazardous_area", "land_activity")
"""The kinds whose editors take longest to open."""
GROUPED = "land_activity"
_AUTHOR = Author("benchmark", "benchmark")
_ROWS = 10_000


def measure(scratch: Path, runs: int) -> Iterator[Measurement]:
    """Open, key and save records of the made-up country without a screen."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - the platform comes first

    from mineaction_desktop.settings import SettingsFile  # noqa: PLC0415 - as above
    from mineaction_desktop.ui import looks  # noqa: PLC0415 - as above
    from mineaction_desktop.ui.desk import Session, open_desk  # noqa: PLC0415 - as above

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)  # noqa: S101 - nothing else was made here
    looks.register_fonts()
    path = scratch / "desk.mineaction"
    demo_register(path)
    looks.dress(app, "light", 100)  # a stylesheet makes every widget dearer
    desk = open_desk(SettingsFile(scratch / "settings.json"))
    with open_register(path, _AUTHOR, write=True) as store:
        session = Session(desk, store, load_catalogue(), _AUTHOR, path)
        yield from _opening(session, runs)
        yield from _keying(session, runs)
        yield _large(session)
    del app


def _opening(session: object, runs: int) -> Iterator[Measurement]:
    """Until the cursor stands in the first field, and until the whole form stands below it."""
    from PySide6.QtCore import QCoreApplication, QEvent  # noqa: PLC0415 - see ``measure``
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - as above

    from mineaction_desktop.ui.entry.editor_screen import EditorScreen  # noqa: PLC0415 - as above

    for kind in HEAVIEST:
        record_id = _first(session, kind)
        first: list[float] = []
        whole: list[float] = []
        for _ in range(runs * 3 + 1):
            began = time.process_time()
            screen = EditorScreen(session, kind, record_id)  # type: ignore[arg-type]  # a Session
            screen.resize(1280, 720)
            screen.show()
            screen.place_focus()
            QCoreApplication.sendPostedEvents()
            screen.repaint()
            first.append((time.process_time() - began) * 1000)
            while not all(section.is_built for section in screen.form.sections):
                QApplication.processEvents()
            QApplication.processEvents()
            whole.append((time.process_time() - began) * 1000)
            screen.close()
            screen.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        yield Amount(f"opening an editor: {kind}", statistics.median(first[1:]), "ms", 150)
        yield Amount("    until all of it stands", statistics.median(whole[1:]), "ms", 150)


def _keying(session: object, runs: int) -> Iterator[Measurement]:
    from mineaction_desktop.ui.entry.editor_screen import EditorScreen  # noqa: PLC0415 - see above
    from mineaction_desktop.ui.entry.sheet import Spot  # noqa: PLC0415 - as above

    screen = EditorScreen(session, GROUPED, _first(session, GROUPED))  # type: ignore[arg-type]  # a Session
    screen.form.build_all()
    numbers = iter(range(1_000_000))
    spot = Spot("team")

    def commit() -> None:
        screen.work.draft.commit({spot: f"Team {next(numbers)}"})

    def save() -> None:
        if screen.work.save():
            message = "the record of the made-up country could not be saved"
            raise RuntimeError(message)

    commit()
    save()
    yield Amount("committing a field, draft on disk", _cpu(commit, runs * 10), "ms", 16)
    times = []
    for _ in range(runs * 5):
        commit()
        times.append(_cpu(save, 1))
    yield Amount("saving a record", statistics.median(times), "ms", 20)
    screen.deleteLater()


def _large(session: object) -> Measurement:
    """Committing a field while the record holds very many rows: what a key waits for."""
    from mineaction_desktop.ui.entry.editor_screen import EditorScreen  # noqa: PLC0415 - see above
    from mineaction_desktop.ui.entry.sheet import Cell, Spot  # noqa: PLC0415 - as above

    screen = EditorScreen(session, GROUPED)  # type: ignore[arg-type]  # a Session
    draft = screen.work.draft
    group = next(one.group for one in draft.sheet.form.sections if one.group is not None)
    draft.paste(group.kind, 0, [{"notes": Cell(f"row {n}")} for n in range(_ROWS)])
    numbers = iter(range(1_000_000))
    spent = _cpu(lambda: draft.commit({Spot("team"): f"Team {next(numbers)}"}), 9)
    screen.work.keeper.drop()
    screen.deleteLater()
    return Amount(f"committing beside {_ROWS:,} rows", spent, "ms", 100)


def _first(session: object, kind: str) -> str:
    from mineaction_desktop.services.browsing import (  # noqa: PLC0415 - see ``measure``
        ListQuery,
        first_rows,
        record_ids,
    )

    rows = first_rows(session.store, session.catalogue, ListQuery(kind))  # type: ignore[attr-defined]  # a Session
    return next(iter(record_ids(session.store, kind, rows[:1])))  # type: ignore[attr-defined]  # as above


def _cpu(work: Callable[[], object], times: int) -> float:
    """The median of the CPU time of some runs, in milliseconds."""
    found = []
    for _ in range(times):
        began = time.process_time()
        work()
        found.append((time.process_time() - began) * 1000)
    return statistics.median(found)
