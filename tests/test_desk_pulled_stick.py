"""The register goes away while somebody keys: nothing typed is lost, and the window says so."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from entry_keys import CTRL, NONE, Key
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from registers import unsound

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.i18n import Message
from mineaction_desktop.services import drafts
from mineaction_desktop.services.editing import blank
from mineaction_desktop.services.opening import Author, open_register
from mineaction_desktop.services.rescue import rescued
from mineaction_desktop.services.unfinished import unfinished
from mineaction_desktop.settings import SettingsFile
from mineaction_desktop.ui.crash import CrashDialog
from mineaction_desktop.ui.desk import Session
from mineaction_desktop.ui.entry.editor_screen import EditorScreen
from mineaction_desktop.ui.entry.sheet import Spot
from mineaction_desktop.ui.program import Program

Launch = Callable[..., Program]
SAFE = "safe in a file of this computer"


def _editor(program: Program, address: str = "editor:organisation") -> EditorScreen:
    program.window.activateWindow()
    program.go(address)
    QApplication.processEvents()
    screen = program.window.stage.screen_shown
    assert isinstance(screen, EditorScreen)
    return screen


def _press(key: Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifiers)
    QApplication.processEvents()


def _key(screen: EditorScreen, field: str, text: str) -> None:
    screen.go_to(Spot(field))
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, text)
    _press(Key.Key_Return)


def _texts(program: Program) -> str:
    return " ".join(program.window.banners.texts())


def _truth(program: Program) -> str:
    return program.window.status.truth.text()


def _drafts(path: Path) -> list[tuple[object, object]]:
    with open_register(path, write=False) as store, store.read() as reader:
        contents = [one.content.values for one in drafts.open_drafts(reader)]
    return [(values.get("name"), values.get("contact")) for values in contents]


def test_what_is_typed_while_the_file_is_away_is_in_it_when_it_is_back(
    launch: Launch, register: Path
) -> None:
    program = launch(register)
    screen = _editor(program)
    _key(screen, "name", "Before")
    assert _truth(program).startswith("All kept")
    away = register.with_name("elsewhere.mineaction")
    register.rename(away)
    _key(screen, "contact", "After")
    assert SAFE in _truth(program)
    assert "cannot be reached" in _texts(program)
    _press(Key.Key_S, CTRL)
    assert "is not where it was opened" in _texts(program)
    assert [one.draft.content.values["contact"] for one in rescued()] == ["After"]
    away.rename(register)
    program.registers.look_for_file()
    assert "1 draft that waited on this computer" in _texts(program)
    assert _drafts(register) == [("Before", "After")]
    _press(Key.Key_S, CTRL)
    assert _truth(program).startswith("All kept")
    assert SAFE not in _texts(program)
    assert _drafts(register) == []
    assert rescued() == []


def test_nothing_goes_into_a_file_that_was_put_in_the_place_of_the_register(
    launch: Launch, qtbot: QtBot, register: Path
) -> None:
    program = launch(register)
    screen = _editor(program)
    _key(screen, "name", "Before")
    copy = register.with_name("copy.mineaction")
    shutil.copy(register, copy)
    copy.replace(register)
    _key(screen, "contact", "After")
    _press(Key.Key_S, CTRL)
    assert SAFE in _truth(program)
    assert "Another file lies at the place" in _texts(program)
    program.open(register)  # what the button of the notice does
    qtbot.waitUntil(lambda: program.session is not None, timeout=20_000)
    qtbot.waitUntil(lambda: not program.jobs.running, timeout=20_000)
    assert "1 record was begun" in _texts(program)
    assert _drafts(register) == [("Before", "After")]
    assert program.session is not None
    assert unsound(program.session.store) == []


def test_a_register_that_was_deleted_takes_nothing_with_it(launch: Launch, register: Path) -> None:
    program = launch(register)
    screen = _editor(program)
    _key(screen, "name", "Before")
    register.unlink()
    _key(screen, "contact", "After")
    assert SAFE in _truth(program)
    program.window.close()
    assert [one.draft.content.values["contact"] for one in rescued()] == ["After"]


def test_an_editor_that_was_left_does_not_keep_its_draft_again(
    launch: Launch, qtbot: QtBot, register: Path
) -> None:
    program = launch(register)
    screen = _editor(program)
    _key(screen, "name", "First")
    away = register.with_name("elsewhere.mineaction")
    register.rename(away)
    _key(screen, "contact", "Old")
    draft = screen.work.keeper.draft_id
    program.go("register")
    away.rename(register)
    program.registers.look_for_file()
    again = _editor(program, f"editor:organisation::{draft}")
    assert again.work.draft.value(Spot("contact")) == "Old"
    again.work.draft.commit({Spot("contact"): "New"})
    qtbot.wait(1200)  # the first try after trouble comes after a second
    assert _drafts(register) == [("First", "New")]


def test_a_draft_in_a_file_goes_before_an_older_one_in_the_register(session: Session) -> None:
    store, catalogue = session.store, session.catalogue
    draft = drafts.new_draft(blank(catalogue, "organisation"), session.author)
    draft = replace(draft, texts={"name": "older"})
    at = drafts.keep_draft(store, draft)
    newer = replace(draft, kept_at=at + timedelta(seconds=1), texts={"name": "newer"})
    drafts.rescue(newer, register_id=store.info.id)
    assert [one.draft.texts for one in unfinished(store, catalogue, session.desk.words)] == [
        {"name": "newer"}
    ]
    screen = EditorScreen(session, "organisation", None, draft.id)
    assert screen.work.draft.cell(Spot("name")).text == "newer"
    screen.put_away()
    assert rescued() == []
    drafts.rescue(replace(draft, texts={"name": "oldest"}), register_id=store.info.id)
    assert drafts.take_all_rescued(store) == 0


def test_a_clock_that_was_set_back_makes_no_draft_older(session: Session) -> None:
    draft = drafts.new_draft(blank(session.catalogue, "organisation"), session.author)
    tomorrow = draft.kept_at + timedelta(days=1)
    kept = drafts.keep_draft(session.store, replace(draft, kept_at=tomorrow))
    assert kept > tomorrow


def test_drafts_of_this_window_are_not_told_as_those_of_an_end(
    launch: Launch, qtbot: QtBot, register: Path
) -> None:
    program = launch(register)
    _key(_editor(program), "name", "Being keyed")
    program.registers.look_over()
    qtbot.waitUntil(lambda: not program.jobs.running, timeout=20_000)
    assert "was begun and not saved" not in _texts(program)


def test_a_refusal_that_nobody_tells_is_a_notice_and_no_fault_of_the_program(
    launch: Launch, qtbot: QtBot
) -> None:
    program = launch()
    hook = sys.excepthook
    program._begin()  # noqa: SLF001 - it puts its hook there, which the fixture takes away
    refusal = UserError(Message("The stick is gone."))
    sys.excepthook(UserError, refusal, None)
    sys.excepthook = hook
    qtbot.addWidget(program.window)
    assert "The stick is gone." in _texts(program)
    assert not program.window.findChildren(CrashDialog)


@pytest.mark.parametrize("place", ["list:gone", "year:next"])
def test_a_place_that_is_no_more_opens_the_page_of_the_register(
    launch: Launch, register: Path, settings: SettingsFile, place: object
) -> None:
    settings.remember(f"place:{register}", place)
    program = launch(register)
    assert program.window.stage.visits.here == "register"


def test_a_lock_of_somebody_who_came_after_stays(register: Path, author: Author) -> None:
    lock = register.with_name(f"{register.name}.lock")
    with open_register(register, author, write=True):
        lock.unlink()
        lock.write_bytes(b"somebody else")
    assert lock.read_bytes() == b"somebody else"
