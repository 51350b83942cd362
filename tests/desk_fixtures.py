"""What tests of the window start from: the desk of a person, and an open register."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mineaction_desktop.formdef.catalogue import load_catalogue
from mineaction_desktop.services.opening import Author, open_register
from mineaction_desktop.settings import SettingsFile
from mineaction_desktop.ui import looks
from mineaction_desktop.ui.desk import Desk, Session, open_desk
from mineaction_desktop.ui.program import Program


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    """The application with our fonts and colours."""
    looks.register_fonts()
    looks.dress(qapp, "light", 100)
    yield qapp
    qapp.clipboard().clear()  # what a test put there must not outlive the interpreter


@pytest.fixture
def settings(tmp_path: Path) -> SettingsFile:
    made = SettingsFile(tmp_path / "settings" / "settings.json")
    made.change(language="en", theme="light", author="tester", office="test office")
    return made


@pytest.fixture
def desk(dressed: QApplication, settings: SettingsFile) -> Desk:
    """The desk of somebody who starts the program for the first time, in English."""
    del dressed
    return open_desk(settings)


@pytest.fixture
def register(demo_path: Path, tmp_path: Path) -> Path:
    """A copy of the made-up country that a test may change."""
    return Path(shutil.copy(demo_path, tmp_path / "country.mineaction"))


@pytest.fixture
def session(desk: Desk, register: Path, author: Author) -> Iterator[Session]:
    """The made-up country, open for writing."""
    with open_register(register, author, write=True) as store:
        yield Session(desk, store, load_catalogue(), author, register)


@pytest.fixture
def launch(
    dressed: QApplication, qtbot: QtBot, settings: SettingsFile, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Program]]:
    """Start the program as ``mineaction-desktop`` does, and wait until the register is shown."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # the program puts its own there
    started: list[Program] = []

    def start(path: Path | None = None, *, wait: bool = True) -> Program:
        hook = sys.excepthook
        program = Program(dressed, settings)
        sys.excepthook = hook  # failures are for the test to see
        started.append(program)
        program.start(path)
        if path is not None and wait:
            qtbot.waitUntil(lambda: program.session is not None, timeout=20_000)
            qtbot.waitUntil(lambda: not program.jobs.running, timeout=20_000)
        return program

    yield start
    for program in started:
        program.close()
        program.window.close()
        program.window.deleteLater()
        program.deleteLater()
    dressed.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
