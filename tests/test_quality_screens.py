"""Unfinished records, second keying and the statistics in the window, by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from entry_samples import area, forms, put, record, reopened
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mineaction_desktop.services.content import Content
from mineaction_desktop.services.drafts import keep_draft, new_draft, open_drafts, rescue
from mineaction_desktop.services.opening import Author, Store, open_register
from mineaction_desktop.storage.queries import Counting, facts
from mineaction_desktop.ui.banner import Notice
from mineaction_desktop.ui.desk import Desk, Session
from mineaction_desktop.ui.entry.sheet import Spot
from mineaction_desktop.ui.paper_printing import print_blank_to, print_record_to
from mineaction_desktop.ui.quality.second_editor import SecondEditor
from mineaction_desktop.ui.quality.second_keying_screen import SecondKeyingScreen
from mineaction_desktop.ui.quality.statistics_screen import StatisticsScreen
from mineaction_desktop.ui.quality.unfinished_screen import UnfinishedScreen
from mineaction_desktop.ui.screen import Screen

Key = Qt.Key
Show = Callable[[Screen], None]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    def shown(screen: Screen) -> None:
        qtbot.addWidget(screen)
        screen.resize(1050, 640)
        with qtbot.waitExposed(screen):
            screen.show()
        screen.activateWindow()
        QApplication.processEvents()
        screen.place_focus()

    return shown


def notices(screen: Screen) -> list[Notice]:
    found: list[Notice] = []
    screen.noticed.connect(found.append)
    return found


def press(key: Key, times: int = 1) -> None:
    for _ in range(times):
        QTest.keyClick(focus(), key)


def typed(text: str) -> None:
    QTest.keyClicks(focus(), text)


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def tab_until(there: Callable[[], bool]) -> None:
    for _ in range(40):
        if there():
            return
        press(Key.Key_Tab)
    raise AssertionError(focus())


def draft_of(session: Session, *, parked: bool, **values: object) -> str:
    content = record("accident", **values)
    draft = replace(new_draft(content, session.author), is_parked=parked)
    keep_draft(session.store, draft, catalogue=session.catalogue)
    return draft.id


# unfinished records


def test_drafts_tell_what_they_hold_and_enter_goes_on_with_one(
    session: Session, show: Show, qtbot: QtBot
) -> None:
    draft_of(session, parked=True, place="Mill")
    left = draft_of(session, parked=False, place="Old bridge")
    screen = UnfinishedScreen(session)
    show(screen)
    rows = screen.table.texts()
    assert [(one[0], one[1], one[2]) for one in rows] == [
        ("Accident: Old bridge", "Interrupted", "tester"),
        ("Accident: Mill", "Laid aside", "tester"),
    ]
    assert int(rows[0][4]) >= 3
    texts = [one.text() for one in screen.findChildren(type(screen.none))]
    assert "Old bridge" in texts
    assert "Date must be filled in." in texts
    with qtbot.waitSignal(screen.go) as asked:
        press(Key.Key_Return)
    assert asked.args == [f"editor:accident::{left}"]


def test_a_draft_of_a_record_leads_to_the_record(
    session: Session, show: Show, qtbot: QtBot
) -> None:
    saved = put(session.store, area("North field"))
    draft = new_draft(saved, session.author)
    keep_draft(session.store, draft, catalogue=session.catalogue)
    screen = UnfinishedScreen(session)
    show(screen)
    with qtbot.waitSignal(screen.go) as asked:
        press(Key.Key_Return)
    assert asked.args == [f"editor:hazardous_area:{saved.id}:{draft.id}"]


def test_delete_drops_a_draft_and_the_notice_brings_it_back(session: Session, show: Show) -> None:
    draft_of(session, parked=True, place="Mill")
    screen = UnfinishedScreen(session)
    said = notices(screen)
    show(screen)
    press(Key.Key_Delete)
    assert screen.table.texts() == []
    assert screen.none.isVisible()
    assert session.store.path.exists()
    assert said[-1].action is not None
    said[-1].action[1]()
    assert len(screen.table.texts()) == 1
    with session.store.read() as reader:
        assert open_drafts(reader)[0].content.values["place"] == "Mill"


def test_a_draft_rescued_in_a_file_is_offered_and_taken(
    session: Session, show: Show, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("mineaction_desktop.paths.rescue_dir", lambda: tmp_path / "rescued")
    draft = new_draft(record("accident", place="Far away"), session.author)
    path = rescue(draft, register_id=session.store.info.id, register_name="x")
    screen = UnfinishedScreen(session)
    show(screen)
    assert screen.table.texts()[0][:2] == ["Accident: Far away", "Rescued in a file"]
    press(Key.Key_Return)
    assert not path.exists()
    with session.store.read() as reader:
        assert [one.id for one in open_drafts(reader)] == [draft.id]


# second keying


@pytest.fixture
def second(desk: Desk, register: Path) -> Iterator[Session]:
    """Three areas entered by one clerk; another one has the register open."""
    with Store.open(register, Author("first clerk", "office"), write=True) as store:
        for name in ("North field", "Mill", "Old school"):
            put(store, area(name, place="Erbil"))
    with open_register(register, Author("second clerk", "office")) as store:
        yield Session(desk, store, forms(), store_author(store), register)


def store_author(_: Store) -> Author:
    return Author("second clerk", "office")


def content_of(session: Session, name: str) -> Content:
    with session.store.read() as reader:
        found = facts(reader, "hazardous_area", ("name",), counting=Counting())
    wanted = next(one["id"] for one in found if one["name"] == name)
    return reopened(session.store, replace(area(), id=wanted))


def begin(screen: SecondKeyingScreen) -> None:
    """Choose the kind and the person, and begin the batch."""
    typed("Hazardous")
    press(Key.Key_Tab)
    press(Key.Key_Down)
    press(Key.Key_Tab, 2)
    assert screen.batch.begin_button.hasFocus()
    press(Key.Key_Space)


def key_area(screen: SecondKeyingScreen, name: str, place: str) -> None:
    """Key one area again, field by field."""
    editor = screen.editor
    assert isinstance(editor, SecondEditor)
    press(Key.Key_Down, 2)
    press(Key.Key_Tab)
    typed(name)
    tab_until(lambda: (editor.form.spot() or Spot("")).field == "place")
    typed(place)
    editor.handlers()["record.save"]()


def test_a_batch_is_keyed_compared_and_settled_by_keyboard(second: Session, show: Show) -> None:
    screen = SecondKeyingScreen(second)
    said = notices(screen)
    show(screen)
    begin(screen)
    assert screen.batch.who.currentData() == "first clerk"
    assert screen.editor is not None
    values = screen.editor.work.draft.sheet.values()
    assert values["name"] is None, "the first values are not in sight"
    assert "HA-" in screen.title()
    hidden = {"record.history", "record.previous_value", "record.next", "record.new"}
    assert not hidden & set(screen.handlers())
    key_area(screen, "North field", "Erbil")
    assert "fields agree" in said[-1].text
    assert content_of(second, "North field").values["review_state"] == "verified"
    key_area(screen, "Mill", "Arbil")
    page = screen.comparison
    assert page is not None
    assert not page.settle_button.isEnabled()
    press(Key.Key_Right)
    press(Key.Key_Space)
    assert page.settle_button.isEnabled()
    page.settle_button.setFocus()
    press(Key.Key_Space)
    mill = content_of(second, "Mill")
    assert mill.values["place"] == "Arbil"
    assert mill.values["review_state"] == "verified"
    assert screen.editor is not None, "the next record is in front"
    press(Key.Key_Escape)
    assert [row[3] for row in screen.batch.table.texts()] == ["To be keyed"]


def test_another_value_can_be_typed_and_is_read_first(second: Session, show: Show) -> None:
    screen = SecondKeyingScreen(second)
    show(screen)
    begin(screen)
    key_area(screen, "North field", "Arbil")
    page = screen.comparison
    assert page is not None
    tab_until(lambda: focus().inherits("QLineEdit"))
    typed("Hewler")
    tab_until(page.settle_button.hasFocus)
    press(Key.Key_Space)
    assert content_of(second, "North field").values["place"] == "Hewler"


def test_a_batch_is_there_again_after_the_window_was_closed(second: Session, show: Show) -> None:
    screen = SecondKeyingScreen(second)
    show(screen)
    begin(screen)
    key_area(screen, "North field", "Arbil")
    press(Key.Key_Escape)
    again = SecondKeyingScreen(second)
    show(again)
    states = [row[3] for row in again.batch.table.texts()]
    assert states == ["Keyed; to be compared", "To be keyed", "To be keyed"]
    assert again.batch.table.hasFocus()
    press(Key.Key_Return)
    assert again.comparison is not None
    press(Key.Key_Escape)
    press(Key.Key_Delete)
    assert len(again.batch.table.texts()) == 2


# statistics


def test_statistics_show_people_and_their_kinds(session: Session, show: Show, qtbot: QtBot) -> None:
    for name in ("North field", "Mill"):
        put(session.store, area(name))
    screen = StatisticsScreen(session)
    show(screen)
    qtbot.waitUntil(lambda: bool(screen.people.texts()), timeout=10_000)
    assert screen.people.texts()[0][:3] == ["tester", "test office", "2"]
    assert screen.kinds.texts() == [["Hazardous areas", "2", "0"]]
    assert screen.period.hasFocus()
    press(Key.Key_End)
    qtbot.waitUntil(lambda: "came by import" in screen.told.text(), timeout=20_000)
    screen.put_away()


# paper


def test_a_record_and_a_blank_form_are_printed_in_the_background(
    session: Session, show: Show, qtbot: QtBot, tmp_path: Path
) -> None:
    saved = put(session.store, area("North field"))
    screen = UnfinishedScreen(session)
    said = notices(screen)
    show(screen)
    print_record_to(screen, session, "hazardous_area", saved.id, tmp_path / "record.pdf")
    print_blank_to(screen, session, "accident", tmp_path / "blank.pdf")
    qtbot.waitUntil(lambda: sum("is written" in one.text for one in said) == 2, timeout=20_000)
    assert (tmp_path / "record.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "blank.pdf").read_bytes().startswith(b"%PDF")
    assert said[-1].action is not None
