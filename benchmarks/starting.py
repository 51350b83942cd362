"""How long a person waits before the program does anything."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from measuring import Measurement, command, compare, in_children

from mineaction_desktop.services.registers import demo_register
from mineaction_desktop.storage.store import Store

_TIMES = 10


def measure(scratch: Path, runs: int) -> Iterator[Measurement]:
    """Asking for help, and opening a register."""
    yield _help(scratch, runs)
    yield _opening(scratch, runs)


def _help(scratch: Path, runs: int) -> Measurement:
    """The command against a Python that does nothing; bytecode is kept, as it is once installed."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(scratch / "bytecode")
    program = Path(sys.executable).with_name("mineaction")
    floor = command([sys.executable, "-c", "pass"], environment)
    ours = command([str(program), "--help"], environment)
    return compare(
        "mineaction --help",
        lambda: [floor() for _ in range(_TIMES)],
        lambda: [ours() for _ in range(_TIMES)],
        runs=runs,
        goal=5,
        units=_TIMES,
        clock=in_children,
    )


def _opening(scratch: Path, runs: int) -> Measurement:
    """Opening for reading and one question, against the driver alone; all modules are loaded."""
    path = scratch / "open.mineaction"
    demo_register(path)
    question = "SELECT count(*) FROM register_meta"

    def floor() -> None:
        for _ in range(_TIMES):
            with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
                connection.execute(question).fetchone()

    def ours() -> None:
        for _ in range(_TIMES):
            with Store.open(path) as store, store.read() as reader:
                reader.connection.exec_driver_sql(question).fetchone()

    return compare("opening a register", floor, ours, runs=runs, goal=None, units=_TIMES)
