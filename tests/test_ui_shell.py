"""The window around the screens: opening registers, going about by keys, and telling the truth."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.formdef.catalogue import load_catalogue
from mineaction_desktop.i18n import Message
from mineaction_desktop.services.drafts import keep_draft, new_draft
from mineaction_desktop.services.editing import blank
from mineaction_desktop.services.opening import Author, open_register
from mineaction_desktop.settings import Settings, SettingsFile
from mineaction_desktop.ui.command_palette import CommandPalette
from mineaction_desktop.ui.country_dialog import CountryDialog
from mineaction_desktop.ui.crash import CrashDialog
from mineaction_desktop.ui.keys_page import keys_html
from mineaction_desktop.ui.new_register_dialog import NewRegisterDialog
from mineaction_desktop.ui.preferences_dialog import PreferencesDialog
from mineaction_desktop.ui.program import Program
from mineaction_desktop.ui.recent import recent_registers, remember_register
from mineaction_desktop.ui.start_screen import StartScreen

OTHER = Author("Other Person", "Other Office")


def _dialog(program: Program, kind: type[QDialog]) -> QDialog:
    found = [one for one in program.window.findChildren(kind) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def _texts(program: Program) -> str:
    return " ".join(program.window.banners.texts())


def test_the_first_start_says_what_to_do(launch: Callable[..., Program]) -> None:
    program = launch()
    screen = program.window.stage.screen_shown
    assert isinstance(screen, StartScreen)
    labels = [label.text() for label in screen.findChildren(QLabel)]
    assert any("No register has been opened" in text for text in labels)
    assert program.window.status.truth.text() == "No register is open"
    assert not program.window.actions_.action("register.close").isEnabled()


def test_a_register_opens_with_everything_about_it(
    launch: Callable[..., Program], register: Path, settings: SettingsFile
) -> None:
    program = launch(register)
    window = program.window
    assert program.session is not None
    assert program.session.store.is_writable
    assert window.stage.visits.here == "register"
    assert "list:hazardous_area" in window.navigation.places()
    assert window.status.truth.text() == "Nothing changed since it was opened"
    assert window.status.author.text() == "tester · test office"
    assert [one.path for one in recent_registers(settings)] == [register]
    assert recent_registers(settings)[0].state
    spoken = window.navigation.spoken("list:hazardous_area")
    assert "100 records" in spoken
    assert "warning" in spoken
    assert "EXERCISE" in window.windowTitle()
    assert "EXERCISE" in window.status.register.text()
    strips = [
        label
        for label in window.findChildren(QLabel)
        if label.property("role") == "exercise" and label.isVisible()
    ]
    assert any("nothing in this register is real" in strip.text() for strip in strips)


def test_a_register_that_somebody_works_in_opens_for_reading(
    launch: Callable[..., Program], register: Path
) -> None:
    with open_register(register, OTHER, write=True):
        program = launch(register)
        assert program.session is not None
        assert not program.session.store.is_writable
        assert "Other Person" in program.window.status.truth.text()
        assert "Other Person" in _texts(program)
        program.registers.close()


@pytest.mark.parametrize(
    ("content", "word"),
    [(b"", "empty"), (b"no register at all, only words" * 50, "")],
)
def test_a_file_that_is_no_register_is_refused_in_words(
    launch: Callable[..., Program], qtbot: QtBot, tmp_path: Path, content: bytes, word: str
) -> None:
    path = tmp_path / "broken.mineaction"
    path.write_bytes(content)
    program = launch(path, wait=False)
    qtbot.waitUntil(lambda: bool(program.window.banners.texts()), timeout=20_000)
    assert "broken.mineaction" in _texts(program)
    assert word in _texts(program)
    assert program.window.stage.visits.here == "start"
    assert path.read_bytes() == content


def test_an_older_register_is_brought_up_to_date_and_says_where_the_copy_is(
    launch: Callable[..., Program], old_register: Path
) -> None:
    program = launch(old_register)
    assert "before" in _texts(program)
    assert program.session is not None


def test_a_register_that_disappears_is_told_and_comes_back(
    launch: Callable[..., Program], register: Path
) -> None:
    program = launch(register)
    away = register.with_suffix(".away")
    register.rename(away)
    program.registers.look_for_file()
    assert "cannot be reached" in _texts(program)
    away.rename(register)
    program.registers.look_for_file()
    assert "can be reached again" in _texts(program)
    assert "cannot be reached" not in _texts(program)


def test_the_last_register_opens_by_itself(
    launch: Callable[..., Program], qtbot: QtBot, register: Path, settings: SettingsFile
) -> None:
    remember_register(settings, register)
    program = launch()
    qtbot.waitUntil(lambda: program.session is not None, timeout=20_000)
    assert program.session is not None
    assert program.session.path == register
    qtbot.waitUntil(lambda: not program.jobs.running, timeout=20_000)


def test_a_missing_register_is_marked_and_can_be_taken_off(
    launch: Callable[..., Program], settings: SettingsFile, tmp_path: Path
) -> None:
    remember_register(settings, tmp_path / "gone.mineaction", state="Somewhere")
    program = launch()
    screen = program.window.stage.screen_shown
    assert isinstance(screen, StartScreen)
    labels = [label.text() for label in screen.findChildren(QLabel)]
    assert any("Not found just now" in text for text in labels)
    cross = next(one for one in screen.findChildren(QPushButton) if one.text() == "gone.mineaction")
    assert not cross.isEnabled()
    screen.remove(recent_registers(settings)[0])
    assert recent_registers(settings) == []


def test_a_register_can_be_dropped_onto_the_window(
    launch: Callable[..., Program], qtbot: QtBot, register: Path
) -> None:
    program = launch()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(register))])
    event = QDropEvent(
        QPoint(10, 10),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    program.window.dropEvent(event)
    qtbot.waitUntil(lambda: program.session is not None, timeout=20_000)
    qtbot.waitUntil(lambda: not program.jobs.running, timeout=20_000)


def test_the_palette_finds_what_is_typed_and_keys_go_back_and_forward(
    launch: Callable[..., Program], qtbot: QtBot, register: Path
) -> None:
    program = launch(register)
    qtbot.keyClick(program.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = _dialog(program, CommandPalette)
    assert isinstance(palette, CommandPalette)
    qtbot.keyClicks(palette.field, "prefer")
    assert palette.titles()[0] == "Preferences"
    palette.field.clear()
    qtbot.keyClicks(palette.field, "hazard")
    assert "Hazardous areas" in palette.titles()
    palette.field.clear()
    qtbot.keyClicks(palette.field, "HA-000001")
    qtbot.waitUntil(lambda: any("HA-000001" in title for title in palette.titles()), timeout=10_000)
    qtbot.waitUntil(lambda: not program.jobs.running, timeout=20_000)
    palette.field.clear()
    qtbot.keyClicks(palette.field, "list of keys")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    window = program.window
    assert window.stage.visits.here == "keys"
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.stage.visits.here == "register"
    qtbot.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert window.stage.visits.here == "keys"


def test_the_list_of_keys_names_every_key(desk_program: Program) -> None:
    html = keys_html(desk_program.desk)
    for keys in ("Ctrl+S", "F3", "F4", "F6", "F7", "F10", "Ctrl+PgDown", "Ctrl+K"):
        assert keys in html


@pytest.fixture
def desk_program(launch: Callable[..., Program]) -> Program:
    return launch()


def test_preferences_are_kept_and_followed(
    launch: Callable[..., Program], settings: SettingsFile, dressed: QApplication
) -> None:
    program = launch()
    program.window.actions_.use("window.preferences")
    dialog = _dialog(program, PreferencesDialog)
    assert isinstance(dialog, PreferencesDialog)
    assert set(dialog.fields) == set(Settings.__dataclass_fields__)
    theme = dialog.fields["theme"]
    theme.setCurrentIndex(theme.findData("dark"))  # type: ignore[attr-defined]  # a combo box
    dialog.accept()
    assert settings.value.theme == "dark"
    assert dressed.palette().window().color().lightness() < 128


def test_another_language_mirrors_the_window_and_keeps_the_register(
    launch: Callable[..., Program], qtbot: QtBot, register: Path, dressed: QApplication
) -> None:
    program = launch(register)
    program.settings.change(language="ar")
    hook = sys.excepthook
    program.take_up(frozenset({"language"}))
    sys.excepthook = hook
    qtbot.waitUntil(lambda: program.session is not None, timeout=20_000)
    qtbot.waitUntil(lambda: not program.jobs.running, timeout=20_000)
    assert dressed.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert program.session is not None
    assert program.session.path == register
    assert program.desk.number(1234).startswith("١")


def test_a_new_register_is_made_and_opened(
    launch: Callable[..., Program], qtbot: QtBot, tmp_path: Path
) -> None:
    program = launch()
    program.window.actions_.use("register.new")
    dialog = _dialog(program, NewRegisterDialog)
    assert isinstance(dialog, NewRegisterDialog)
    qtbot.waitUntil(lambda: dialog.state.count() > 100, timeout=20_000)
    dialog.accept()
    assert "Choose the State" in dialog.problem.text()
    dialog.state.setCurrentIndex(dialog.state.findData("KHM"))
    assert dialog.name.text() == "Cambodia"
    dialog.in_force.setText("tomorrow")
    dialog.accept()
    assert "year-month-day" in dialog.problem.text()
    dialog.in_force.setText("٢٠٠٠-٠١-٠١")
    dialog.file.setText(str(tmp_path / "khm.mineaction"))
    dialog.accept()
    qtbot.waitUntil(lambda: program.session is not None, timeout=20_000)
    qtbot.waitUntil(lambda: not program.jobs.running, timeout=20_000)
    assert "EXERCISE" not in program.window.windowTitle()
    screen = program.window.stage.screen_shown
    assert screen is not None
    assert any("What to do first" in one.text() for one in screen.findChildren(QLabel))


def test_a_name_that_is_taken_is_told_in_the_dialog(
    launch: Callable[..., Program], qtbot: QtBot, register: Path
) -> None:
    program = launch()
    program.window.actions_.use("register.new")
    dialog = _dialog(program, NewRegisterDialog)
    assert isinstance(dialog, NewRegisterDialog)
    qtbot.waitUntil(lambda: dialog.state.count() > 100, timeout=20_000)
    dialog.state.setCurrentIndex(dialog.state.findData("KHM"))
    dialog.in_force.setText("2000-01-01")
    dialog.file.setText(str(register))
    dialog.accept()
    qtbot.waitUntil(lambda: "exists already" in dialog.problem.text(), timeout=10_000)
    assert dialog.isVisible()


def test_making_the_country_can_be_stopped(
    launch: Callable[..., Program], qtbot: QtBot, tmp_path: Path
) -> None:
    program = launch()
    program.window.actions_.use("register.demo")
    dialog = _dialog(program, CountryDialog)
    assert isinstance(dialog, CountryDialog)
    target = tmp_path / "made" / "country.mineaction"
    target.parent.mkdir()
    dialog.file.setText(str(target))
    dialog.accept()
    dialog.reject()
    qtbot.waitUntil(lambda: "Stopped" in dialog.problem.text(), timeout=30_000)
    assert list(target.parent.iterdir()) == []
    dialog.reject()
    assert not dialog.isVisible()


def test_the_status_tells_what_is_kept_and_what_is_not(
    launch: Callable[..., Program], register: Path
) -> None:
    program = launch(register)
    assert program.session is not None
    program.session.kept.emit(datetime(2026, 5, 4, 14, 3, 7, tzinfo=UTC))
    assert ":03:07" in program.window.status.truth.text()
    program.session.trouble.emit(UserError(Message("The stick is gone.")))
    assert program.window.status.truth.text() == "Not kept: The stick is gone."
    assert "The stick is gone." in _texts(program)


def test_the_window_remembers_where_it_was(
    launch: Callable[..., Program], register: Path, settings: SettingsFile
) -> None:
    program = launch(register)
    program.window.resize(1111, 777)
    program.window.close()
    again = SettingsFile(settings.path)
    assert again.recall(f"place:{register}") == "register"
    assert again.recall("window:geometry")


def test_a_fault_of_the_program_is_told_once_without_a_traceback_to_read(
    launch: Callable[..., Program], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from mineaction_desktop.ui.crash import catch_crashes  # noqa: PLC0415 - beside its use

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    program = launch()
    catch_crashes(program.desk, program.window, lambda _: None)
    for _ in range(2):
        error = ValueError("a figure of 42")
        sys.excepthook(ValueError, error, None)
    dialog = _dialog(program, CrashDialog)
    assert isinstance(dialog, CrashDialog)
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "not of your data" in said
    dialog.copy()
    assert "ValueError: a figure of 42" in QApplication.clipboard().text()
    dialog.reject()


@pytest.fixture
def old_register(tmp_path: Path) -> Path:
    """A register as the first version of the program left it."""
    import gzip  # noqa: PLC0415 - for this alone

    found = sorted(Path(__file__).parent.glob("stores/*.mineaction.gz"))
    path = tmp_path / "old.mineaction"
    with gzip.open(found[0]) as packed, path.open("wb") as whole:
        shutil.copyfileobj(packed, whole)
    return path


def test_drafts_of_a_program_that_ended_early_are_offered(
    launch: Callable[..., Program], register: Path, author: Author
) -> None:
    catalogue = load_catalogue()
    with open_register(register, author, write=True) as store:
        keep_draft(store, new_draft(blank(catalogue, "accident"), author))
    program = launch(register)
    assert "1 record was begun" in _texts(program)
    assert "1 record" in program.window.navigation.spoken("unfinished")
