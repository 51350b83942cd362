"""What tests of the window start from: the desk of a person, and an open register."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from mineaction_desktop.formdef.catalogue import load_catalogue
from mineaction_desktop.services.opening import Author, open_register
from mineaction_desktop.settings import SettingsFile
from mineaction_desktop.ui import looks
from mineaction_desktop.ui.desk import Desk, Session, open_desk


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """The application with our fonts and colours."""
    looks.register_fonts()
    looks.dress(qapp, "light", 100)
    return qapp


@pytest.fixture
def desk(dressed: QApplication, tmp_path: Path) -> Desk:
    """The desk of somebody who starts the program for the first time, in English."""
    del dressed
    settings = SettingsFile(tmp_path / "settings" / "settings.json")
    settings.change(language="en", theme="light", author="tester", office="test office")
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
