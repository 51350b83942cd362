"""The page of a register stands before the register is open, and never shows what is not so."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from mineaction_desktop.formdef.catalogue import load_catalogue
from mineaction_desktop.services.drafts import keep_draft, new_draft
from mineaction_desktop.services.editing import blank
from mineaction_desktop.services.glance import recall, remember, state_of
from mineaction_desktop.services.opening import Author, open_register
from mineaction_desktop.services.progress import Progress
from mineaction_desktop.settings import SettingsFile
from mineaction_desktop.ui import registers
from mineaction_desktop.ui.lists.list_screen import ListScreen
from mineaction_desktop.ui.overview_screen import OverviewScreen
from mineaction_desktop.ui.program import Program
from mineaction_desktop.ui.register_work import Opened, open_register_here
from mineaction_desktop.ui.start_screen import StartScreen
from mineaction_desktop.ui.waiting_screen import WaitingScreen

Launch = Callable[..., Program]
OTHER = Author("Other Person", "Other Office")
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def known(launch: Launch, register: Path) -> Path:
    """A register that was open before."""
    launch(register).close()
    return register


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Opening takes until this is set."""
    gate = Event()
    really = open_register_here

    def slowly(path: Path, name: str, office: str, progress: Progress) -> Opened:
        gate.wait(20)
        return really(path, name, office, progress)

    monkeypatch.setattr(registers, "open_register_here", slowly)
    yield gate
    gate.set()


def _active(program: Program, qtbot: QtBot) -> Program:
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    return program


def _memory(settings: SettingsFile) -> Path:
    return settings.path.with_name("registers")


def _labels(program: Program) -> list[str]:
    screen = program.window.stage.screen_shown
    assert screen is not None
    return [label.text() for label in screen.findChildren(QLabel)]


def _opened(program: Program, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: program.session is not None, timeout=20_000)
    qtbot.waitUntil(lambda: not program.jobs.running, timeout=20_000)


def test_the_page_stands_before_the_register_is_open(
    launch: Launch, qtbot: QtBot, register: Path
) -> None:
    first = launch(register)
    labels, spoken = _labels(first), first.window.navigation.spoken("list:hazardous_area")
    first.close()
    program = launch(register, wait=False)
    window = program.window
    assert program.session is None
    page = window.stage.screen_shown
    assert isinstance(page, OverviewScreen)
    assert _labels(program) == labels
    assert window.navigation.spoken("list:hazardous_area") == spoken
    assert "year:2025" in window.navigation.places()
    assert window.status.truth.text() == "Opening “country”…"
    assert "EXERCISE" in window.windowTitle()
    links = page.findChildren(QPushButton)
    links[3].setFocus()
    parts = page.findChildren(QLabel)
    _opened(program, qtbot)
    assert window.stage.screen_shown is page
    assert page.findChildren(QLabel) == parts
    assert page.focusWidget() is links[3]
    assert window.status.truth.text() == "Nothing changed since it was opened"
    assert not window.stage.visits.can_go_back


def test_the_page_speaks_the_language_of_the_window(
    launch: Launch, known: Path, settings: SettingsFile, dressed: QApplication
) -> None:
    settings.change(language="ar")
    program = launch(known, wait=False)
    assert dressed.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert "المناطق الخطرة" in program.window.navigation.places()["list:hazardous_area"]
    program.close()


def test_what_was_changed_meanwhile_is_not_shown(launch: Launch, qtbot: QtBot, known: Path) -> None:
    with open_register(known, OTHER, write=True) as store:
        keep_draft(store, new_draft(blank(load_catalogue(), "accident"), OTHER))
    program = launch(known, wait=False)
    assert isinstance(program.window.stage.screen_shown, WaitingScreen)
    assert program.window.navigation.places() == {}
    _opened(program, qtbot)
    assert "1 record" in program.window.navigation.spoken("unfinished")


def test_another_file_under_the_same_name_is_not_taken_for_it(
    launch: Launch, known: Path, settings: SettingsFile, tmp_path: Path
) -> None:
    assert recall(_memory(settings), known) is not None
    other = Path(shutil.copy(known, tmp_path / "other"))
    other.replace(known)
    assert recall(_memory(settings), known) is None
    program = launch(known, wait=False)
    assert isinstance(program.window.stage.screen_shown, WaitingScreen)
    program.close()


@pytest.mark.parametrize("text", ["", "{", "[]", "[" * 100_000, '{"format": 1}', "\x00"])
def test_a_memory_that_cannot_be_read_is_none(
    launch: Launch, qtbot: QtBot, known: Path, settings: SettingsFile, text: str
) -> None:
    for file in _memory(settings).iterdir():
        file.write_text(text, "utf-8")
    program = launch(known, wait=False)
    assert isinstance(program.window.stage.screen_shown, WaitingScreen)
    _opened(program, qtbot)
    assert isinstance(program.window.stage.screen_shown, OverviewScreen)


def test_a_memory_of_the_right_file_with_wrong_content_is_none(
    known: Path, settings: SettingsFile
) -> None:
    (file,) = _memory(settings).iterdir()
    whole = file.read_text("utf-8")
    assert recall(_memory(settings), known) is not None
    for name in ("overview", "kinds", "is_exercise", "counts", "years", "plural"):
        file.write_text(whole.replace(f'"{name}"', '"else"'), "utf-8")
        assert recall(_memory(settings), known) is None


def test_what_was_changed_after_the_last_look_is_not_remembered(
    launch: Launch, register: Path, settings: SettingsFile, author: Author
) -> None:
    program = launch(register)
    assert program.session is not None
    keep_draft(program.session.store, new_draft(blank(load_catalogue(), "accident"), author))
    program.close()
    assert recall(_memory(settings), register) is None


def test_what_another_person_changes_while_we_read_is_not_remembered_as_ours(
    launch: Launch, register: Path, settings: SettingsFile
) -> None:
    with open_register(register, OTHER, write=True) as store:
        program = launch(register)
        keep_draft(store, new_draft(blank(load_catalogue(), "accident"), OTHER))
        program.close()
    assert recall(_memory(settings), register) is None


def test_only_so_many_registers_are_remembered(
    known: Path, settings: SettingsFile, tmp_path: Path
) -> None:
    folder = _memory(settings)
    glance = recall(folder, known)
    assert glance is not None
    for n in range(20):
        remember(folder, tmp_path / f"{n}.mineaction", glance, [n])
    assert len(list(folder.iterdir())) == 12


def test_a_key_pressed_meanwhile_is_carried_out_when_the_register_is_open(
    launch: Launch, qtbot: QtBot, known: Path, held: Event
) -> None:
    program = _active(launch(known, wait=False), qtbot)
    window = program.window
    qtbot.keyClick(window, Qt.Key.Key_2, CTRL)
    qtbot.keyClick(window, Qt.Key.Key_1, CTRL)
    assert window.stage.visits.here == "list:hazardous_area"
    assert isinstance(window.stage.screen_shown, WaitingScreen)
    assert program.session is None
    held.set()
    _opened(program, qtbot)
    assert isinstance(window.stage.screen_shown, ListScreen)
    qtbot.keyClick(window, Qt.Key.Key_Left, ALT)
    assert isinstance(window.stage.screen_shown, ListScreen)
    assert window.stage.visits.here == "list:stock_movement"
    qtbot.keyClick(window, Qt.Key.Key_Left, ALT)
    assert isinstance(window.stage.screen_shown, OverviewScreen)


def test_what_is_asked_for_and_is_not_there_leads_back_to_the_page(
    launch: Launch, qtbot: QtBot, known: Path
) -> None:
    program = launch(known, wait=False)
    program.go("editor:accident:no-such-record")
    assert isinstance(program.window.stage.screen_shown, WaitingScreen)
    _opened(program, qtbot)
    assert isinstance(program.window.stage.screen_shown, OverviewScreen)
    assert program.window.banners.texts()


@pytest.mark.parametrize(
    ("key", "place"),
    [
        (None, "list:accident"),
        (Qt.Key.Key_1, "list:hazardous_area"),
        (Qt.Key.Key_Home, "register"),
    ],
)
def test_the_screen_that_was_left_is_gone_to_unless_another_is_asked_for(
    launch: Launch, qtbot: QtBot, register: Path, held: Event, key: Qt.Key | None, place: str
) -> None:
    held.set()
    program = launch(register)
    program.go("list:accident")
    program.window.close()
    program.close()
    held.clear()
    program = _active(launch(register, wait=False), qtbot)
    assert isinstance(program.window.stage.screen_shown, OverviewScreen)
    if key is not None:
        qtbot.keyClick(program.window, key, ALT if key == Qt.Key.Key_Home else CTRL)
    held.set()
    _opened(program, qtbot)
    assert program.window.stage.visits.here == place


def test_a_refusal_takes_the_place_of_the_page(launch: Launch, qtbot: QtBot, known: Path) -> None:
    before = known.stat()
    known.write_bytes(b"no register any more".ljust(before.st_size))
    os.utime(known, ns=(before.st_atime_ns, before.st_mtime_ns))
    program = launch(known, wait=False)
    window = program.window
    assert isinstance(window.stage.screen_shown, OverviewScreen)
    qtbot.waitUntil(lambda: bool(window.banners.texts()), timeout=20_000)
    assert "country.mineaction" in " ".join(window.banners.texts())
    assert isinstance(window.stage.screen_shown, StartScreen)
    assert window.navigation.places() == {}
    assert window.status.truth.text() == "No register is open"
    assert window.windowTitle() == "Mine Action Desktop"
    assert not window.actions_.action("register.close").isEnabled()


def test_a_register_that_is_gone_once_the_page_stands_is_told(
    launch: Launch, qtbot: QtBot, known: Path
) -> None:
    program = launch(known, wait=False)
    known.unlink()
    qtbot.waitUntil(lambda: bool(program.window.banners.texts()), timeout=20_000)
    assert isinstance(program.window.stage.screen_shown, StartScreen)


def test_another_register_can_be_opened_meanwhile(
    launch: Launch, qtbot: QtBot, known: Path, demo_path: Path, tmp_path: Path, held: Event
) -> None:
    second = Path(shutil.copy(demo_path, tmp_path / "second.mineaction"))
    program = launch(known, wait=False)
    qtbot.waitUntil(lambda: bool(program.jobs.running), timeout=20_000)
    program.open(second)
    held.set()
    _opened(program, qtbot)
    assert program.session is not None
    assert program.session.path == second
    with open_register(known, OTHER, write=True) as store:
        assert store.is_writable


def test_opening_can_be_given_up(launch: Launch, qtbot: QtBot, known: Path, held: Event) -> None:
    program = launch(known, wait=False)
    qtbot.waitUntil(lambda: bool(program.jobs.running), timeout=20_000)
    program.window.actions_.use("register.close")
    assert isinstance(program.window.stage.screen_shown, StartScreen)
    held.set()
    qtbot.waitUntil(lambda: not program.jobs.running, timeout=20_000)
    assert program.session is None
    with open_register(known, OTHER, write=True) as store:
        assert store.is_writable


_DRAWN = """
import os, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from mineaction_desktop.settings import SettingsFile
from mineaction_desktop.ui.program import Program
def done():
    print(program.window.stage.screen_shown.__class__.__name__)
    late = {"sqlalchemy", "msgspec", "mineaction_desktop.formdef.catalogue"}
    print(sorted(late & sys.modules.keys()))
    sys.stdout.flush()
    os._exit(0)
program = Program(QApplication([]), SettingsFile(Path(sys.argv[1])))
program.window.drawn.connect(done)
program.start(Path(sys.argv[2]))
program.window.drawn.disconnect(program.registers.begin)
QApplication.exec()
"""


def test_the_page_needs_neither_database_nor_forms(known: Path, settings: SettingsFile) -> None:
    assert state_of(known) is not None
    ran = subprocess.run(
        [sys.executable, "-c", _DRAWN, str(settings.path), str(known)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.splitlines() == ["OverviewScreen", "[]"]
