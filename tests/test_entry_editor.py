"""A record keyed on its screen, by key events alone; every form of the program opens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from entry_keys import CTRL, SHIFT, Clerk, Key, editing, nth
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.formdef.catalogue import Catalogue, load_catalogue
from mineaction_desktop.i18n import Message
from mineaction_desktop.services import drafts
from mineaction_desktop.services.editing import open_record, save
from mineaction_desktop.services.opening import Store, open_register
from mineaction_desktop.ui.desk import Session
from mineaction_desktop.ui.entry import neighbours
from mineaction_desktop.ui.entry.child_grid import ChildGrid
from mineaction_desktop.ui.entry.conflict_pane import ConflictPane
from mineaction_desktop.ui.entry.editor_screen import EditorScreen
from mineaction_desktop.ui.entry.field_row import FieldRow
from mineaction_desktop.ui.entry.quick_create import QuickCreate
from mineaction_desktop.ui.entry.sheet import Spot
from mineaction_desktop.ui.entry.suggestions import Suggestion

KINDS = sorted(load_catalogue().forms)


def stored(session: Session, kind: str, record_id: str) -> dict[str, object]:
    with session.store.read() as reader:
        return dict(open_record(reader, session.catalogue, kind, record_id).values)


def open_drafts(session: Session) -> list[drafts.Draft]:
    with session.store.read() as reader:
        return drafts.open_drafts(reader)


@pytest.fixture
def area(qtbot: QtBot, session: Session) -> Iterator[Clerk]:
    with editing(qtbot, session, "hazardous_area") as clerk:
        yield clerk


@pytest.fixture
def mirrored(dressed: QApplication) -> Iterator[None]:
    dressed.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    dressed.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


# every form


def _walk(clerk: Clerk) -> list[FieldRow | ChildGrid]:
    """Where Tab comes by, from the first field to the button that saves."""
    seen: list[FieldRow | ChildGrid] = []
    for _ in range(400):
        stop = clerk.screen.form.current()
        if stop is None:
            return seen
        if not seen or seen[-1] is not stop:
            seen.append(stop)
        assert clerk.focus.isVisible()
        assert clerk.focus.isEnabled()
        clerk.key(Key.Key_Tab)
    raise AssertionError(clerk.screen.form.spot())


def _check_every_stop(clerk: Clerk) -> None:
    walked = _walk(clerk)
    form = clerk.screen.form
    assert walked == form.open_stops()
    content = form.widget()
    assert content is not None
    tops = [stop.mapTo(content, stop.rect().topLeft()).y() for stop in walked]
    assert tops == sorted(tops)
    shown = clerk.screen.work.draft.facts().shown
    lines = {spot.field for stop in walked if isinstance(stop, FieldRow) for spot in stop.spots()}
    assert lines >= shown.keys()
    for stop in form.lines():
        assert stop.is_shown is any(spot.field in shown for spot in stop.spots())


@pytest.mark.parametrize("kind", KINDS)
def test_every_form_opens_and_tabs_in_order(qtbot: QtBot, session: Session, kind: str) -> None:
    with editing(qtbot, session, kind) as clerk:
        _check_every_stop(clerk)
        for widget in clerk.screen.form.findChildren(FieldRow):
            assert widget.editor.accessibleName()
        for button in clerk.screen.findChildren(QToolButton):
            is_part_of_a_line = isinstance(button.parent(), QLineEdit)
            assert button.accessibleName() or is_part_of_a_line or not button.isVisible()
        required = clerk.screen.work.draft.facts().required
        marked = {
            spot.field
            for line in clerk.screen.form.lines()
            for spot in line.spots()
            if line.findChildren(QLabel)[0].text().endswith("*")
        }
        assert marked >= required & clerk.screen.work.draft.facts().shown.keys()
    assert open_drafts(session) == []


@pytest.mark.usefixtures("mirrored")
@pytest.mark.parametrize("kind", KINDS)
def test_every_form_tabs_in_order_in_a_mirrored_window(
    qtbot: QtBot, session: Session, kind: str
) -> None:
    with editing(qtbot, session, kind) as clerk:
        _check_every_stop(clerk)
        for line in clerk.screen.form.lines():
            if line.is_shown:
                label = line.findChildren(QLabel)[0]
                assert label.mapTo(line, label.rect().center()).x() > line.editor.geometry().left()


@pytest.mark.parametrize("kind", ["hazardous_area", "land_activity", "accident", "retained_use"])
def test_a_record_of_the_register_opens_as_it_is(qtbot: QtBot, session: Session, kind: str) -> None:
    record_id = nth(session, kind, 2)
    with editing(qtbot, session, kind, record_id) as clerk:
        assert _walk(clerk)
        assert clerk.screen.work.draft.sheet.values() == stored(session, kind, record_id)
        assert "Saved" in clerk.screen.head.state_text()
    assert open_drafts(session) == []


# keys


def test_enter_goes_on_and_shift_enter_back(area: Clerk) -> None:
    area.go("name")
    area.type("Sector 4")
    assert area.spot == Spot("status")
    area.key(Key.Key_Return, SHIFT)
    assert area.spot == Spot("name")
    assert area.value("name") == "Sector 4"


def test_enter_can_be_left_to_the_buttons(area: Clerk) -> None:
    area.screen.desk.settings.change(enter_moves=False)
    area.go("name")
    area.type("Sector 4")
    assert area.spot == Spot("name")


def test_f6_goes_to_a_field_by_part_of_its_label(area: Clerk) -> None:
    area.key(Key.Key_F6)
    area.type("laid b")
    area.back()
    assert area.spot == Spot("laid_by")


def test_f6_goes_to_a_table(area: Clerk) -> None:
    area.key(Key.Key_F6)
    area.type("evid")
    area.back()
    stop = area.screen.form.current()
    assert isinstance(stop, ChildGrid)
    assert stop.group.kind == "area_evidence"


def test_f7_takes_the_value_of_the_record_before(area: Clerk, session: Session) -> None:
    area.screen.work.draft.commit({Spot("area_class"): "SHA", Spot("laid_by"): "Border guard"})
    area.key(Key.Key_Return, CTRL)
    area.go("laid_by")
    area.key(Key.Key_F7)
    assert area.value("laid_by") == "Border guard"
    area.key(Key.Key_Z, CTRL)
    assert area.value("laid_by") is None
    del session


def test_shift_f7_fills_all_empty_fields_in_one_step(area: Clerk) -> None:
    area.screen.work.draft.commit(
        {Spot("area_class"): "SHA", Spot("laid_by"): "Guard", Spot("place"): "Mill"}
    )
    area.key(Key.Key_Return, CTRL)
    area.go("place")
    area.type("Ford")
    area.key(Key.Key_F7, SHIFT)
    assert (area.value("laid_by"), area.value("place"), area.value("area_class")) == (
        "Guard",
        "Ford",
        "SHA",
    )
    assert area.value("local_id") is None
    area.key(Key.Key_Z, CTRL)
    assert (area.value("laid_by"), area.value("place")) == (None, "Ford")


def test_f10_goes_to_what_is_missing_and_then_to_save(area: Clerk) -> None:
    area.go("place")
    area.key(Key.Key_F10)
    assert area.spot == Spot("area_class")
    area.screen.work.draft.commit({Spot("area_class"): "SHA"})
    area.key(Key.Key_F10)
    assert area.focus.accessibleName() == "Save"


def test_f8_goes_from_one_wrong_field_to_the_next_and_around(area: Clerk) -> None:
    area.go("survey_date")
    area.type("some day")
    area.go("emplaced")
    area.type("long ago")
    found = []
    for _ in range(3):
        area.key(Key.Key_F8)
        found.append(area.spot)
    assert found == [Spot("area_class"), Spot("survey_date"), Spot("emplaced")]
    area.key(Key.Key_F8, SHIFT)
    assert area.spot == Spot("survey_date")


def test_ctrl_z_takes_back_field_by_field_and_goes_there(area: Clerk) -> None:
    for field, text in (("name", "A"), ("place", "B")):
        area.go(field)
        area.type(text)
    area.go("laid_by")
    area.key(Key.Key_Z, CTRL)
    assert (area.value("place"), area.spot) == (None, Spot("place"))
    area.key(Key.Key_Z, CTRL)
    assert (area.value("name"), area.spot) == (None, Spot("name"))
    area.key(Key.Key_Y, CTRL)
    assert area.value("name") == "A"


def test_ctrl_m_writes_a_note_on_a_field(area: Clerk, session: Session) -> None:
    area.go("place")
    area.key(Key.Key_M, CTRL)
    area.type("unreadable on the paper")
    assert area.spot == Spot("place")
    assert area.screen.work.draft.sheet.notes() == {"place": "unreadable on the paper"}
    area.screen.work.draft.commit({Spot("area_class"): "SHA"})
    area.key(Key.Key_S, CTRL)
    record_id = area.screen.work.draft.sheet.id
    with session.store.read() as reader:
        content = open_record(reader, session.catalogue, "hazardous_area", record_id)
    assert content.notes == {"place": "unreadable on the paper"}


def test_page_keys_go_through_the_list(qtbot: QtBot, session: Session) -> None:
    ids = [nth(session, "accident", n) for n in range(3)]

    def step(record_id: str, way: int) -> str | None:
        to = ids.index(record_id) + way
        return ids[to] if 0 <= to < len(ids) else None

    neighbours.remember(session, "accident", step)
    with editing(qtbot, session, "accident", ids[0]) as clerk:
        clerk.key(Key.Key_PageDown, CTRL)
        clerk.key(Key.Key_PageDown, CTRL)
        assert clerk.screen.work.draft.sheet.id == ids[2]
        with qtbot.waitSignal(clerk.screen.noticed):
            clerk.key(Key.Key_PageDown, CTRL)
        clerk.key(Key.Key_PageUp, CTRL)
        assert clerk.screen.work.draft.sheet.id == ids[1]


def test_escape_goes_back_to_the_list(area: Clerk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(area.screen.closed):
        area.key(Key.Key_Escape)


# relevance and marks


def test_fields_appear_and_vanish_without_moving_the_cursor(qtbot: QtBot, session: Session) -> None:
    with editing(qtbot, session, "stock_movement") as clerk:
        shown = {line.spot.field: line for line in clerk.screen.form.lines()}
        assert not shown["found_place"].isVisible()
        clerk.go("kind")
        clerk.type("found")
        assert clerk.value("kind") == "found"
        assert shown["found_place"].isVisible()
        assert clerk.spot == Spot("pool")
        clerk.key(Key.Key_Z, CTRL)
        assert not shown["found_place"].isVisible()
        assert clerk.spot == Spot("kind")


def test_an_empty_field_is_told_of_once_the_cursor_has_left_it(
    qtbot: QtBot, session: Session
) -> None:
    with editing(qtbot, session, "organisation") as clerk:
        line = next(clerk.screen.form.lines())
        assert _told(line) == ""
        clerk.key(Key.Key_Return)
        assert "must be filled in" in _told(line)


def test_what_cannot_be_read_stands_beside_its_field(area: Clerk) -> None:
    area.go("survey_date")
    area.type("last spring")
    line = next(one for one in area.screen.form.lines() if one.spot == Spot("survey_date"))
    assert "last spring" in _told(line)
    assert line.editor.text() == "last spring"
    assert area.errors() == ["FIELD-001", "FIELD-020"]


def _told(line: FieldRow) -> str:
    return "" if line.problem is None else line.problem.text()


# nothing is lost


def test_every_committed_field_is_on_the_disk_at_once(area: Clerk, session: Session) -> None:
    area.go("name")
    area.type("Sector 4")
    (kept,) = open_drafts(session)
    assert kept.content.values["name"] == "Sector 4"
    area.go("survey_date")
    area.type("last spring")
    (kept,) = open_drafts(session)
    assert kept.texts == {"survey_date": "last spring"}
    assert "Draft kept" in area.screen.head.state_text()


def test_what_is_typed_back_leaves_no_draft(area: Clerk, session: Session) -> None:
    area.go("name")
    area.type("Sector 4")
    area.key(Key.Key_Z, CTRL)
    assert open_drafts(session) == []
    assert area.screen.head.state_text() == "New, nothing typed yet"


def test_leaving_keeps_what_is_still_in_the_field(qtbot: QtBot, session: Session) -> None:
    with editing(qtbot, session, "hazardous_area") as clerk:
        clerk.go("name")
        clerk.type("Half a na", then=None)
    (kept,) = open_drafts(session)
    assert kept.content.values["name"] == "Half a na"


def test_a_draft_is_taken_up_where_it_was_left(qtbot: QtBot, session: Session) -> None:
    with editing(qtbot, session, "hazardous_area") as clerk:
        clerk.go("survey_date")
        clerk.type("last spring")
    (kept,) = open_drafts(session)
    with editing(qtbot, session, "hazardous_area", draft_id=kept.id) as clerk:
        assert clerk.screen.work.draft.cell(Spot("survey_date")).text == "last spring"
        assert "Draft kept" in clerk.screen.head.state_text()
        clerk.go("survey_date")
        clerk.key(Key.Key_A, CTRL)
        clerk.type("2019-03")
        clerk.screen.work.draft.commit({Spot("area_class"): "SHA"})
        clerk.key(Key.Key_S, CTRL)
        assert "Saved" in clerk.screen.head.state_text()
    assert open_drafts(session) == []


def test_a_record_that_was_begun_to_be_changed_is_offered(qtbot: QtBot, session: Session) -> None:
    record_id = nth(session, "hazardous_area")
    before = stored(session, "hazardous_area", record_id)["place"]
    with editing(qtbot, session, "hazardous_area", record_id) as clerk:
        clerk.go("place")
        clerk.type("Elsewhere")
    screen = EditorScreen(session, "hazardous_area", record_id)
    qtbot.addWidget(screen)
    with qtbot.waitSignal(screen.noticed) as told:
        screen.place_focus()
    assert screen.work.draft.value(Spot("place")) == "Elsewhere"
    told.args[0].action[1]()
    assert screen.work.draft.value(Spot("place")) == before
    assert open_drafts(session) == []


def test_when_the_disk_fails_the_draft_is_rescued_and_tried_again(
    area: Clerk, session: Session, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    rescued = []
    fails = True

    real = drafts.keep_draft

    def keep(store: Store, draft: drafts.Draft, *, catalogue: Catalogue) -> datetime:
        if fails:
            raise UserError(Message("the stick is gone"))
        return real(store, draft, catalogue=catalogue)

    monkeypatch.setattr(drafts, "keep_draft", keep)
    monkeypatch.setattr(drafts, "rescue", lambda draft, **_: rescued.append(draft))
    area.go("name")
    with qtbot.waitSignal(session.trouble) as told:
        area.type("Sector 4")
    assert "the stick is gone" in told.args[0].render()
    assert rescued[-1].content.values["name"] == "Sector 4"
    assert area.screen.head.state_text() == "Not kept on the disk"
    assert area.value("name") == "Sector 4"
    fails = False
    with qtbot.waitSignal(area.screen.work.keeper.kept, timeout=3000):
        pass
    (kept,) = open_drafts(session)
    assert kept.content.values["name"] == "Sector 4"
    assert "Draft kept" in area.screen.head.state_text()


# saving


def test_saving_shows_what_is_missing_and_goes_there(area: Clerk, session: Session) -> None:
    area.go("name")
    area.type("Sector 4")
    area.key(Key.Key_S, CTRL)
    assert area.spot == Spot("area_class")
    assert area.screen.summary.lines() == ["Suspected or confirmed must be filled in."]
    assert area.screen.work.draft.sheet.is_new()
    assert len(open_drafts(session)) == 1
    area.key(Key.Key_Space)
    area.key(Key.Key_S, CTRL)
    record_id = area.screen.work.draft.sheet.id
    assert stored(session, "hazardous_area", record_id)["name"] == "Sector 4"
    assert area.value("local_id")
    assert open_drafts(session) == []
    assert "Saved" in area.screen.head.state_text()


def test_what_the_register_refuses_stands_at_its_field(area: Clerk, session: Session) -> None:
    taken = stored(session, "hazardous_area", nth(session, "hazardous_area"))["local_id"]
    area.screen.work.draft.commit({Spot("area_class"): "SHA", Spot("local_id"): taken})
    area.key(Key.Key_S, CTRL)
    assert area.spot == Spot("local_id")
    assert any(str(taken) in line for line in area.screen.summary.lines())


def test_save_and_next_carries_what_is_pinned(area: Clerk) -> None:
    draft = area.screen.work.draft
    draft.commit({Spot("area_class"): "SHA", Spot("source"): "Report 7", Spot("place"): "Mill"})
    area.go("place")
    area.key(Key.Key_F9)
    area.key(Key.Key_Return, CTRL)
    assert draft.sheet.is_new()
    assert (area.value("source"), area.value("place"), area.value("area_class")) == (
        "Report 7",
        "Mill",
        None,
    )
    assert not draft.is_touched
    assert area.screen.form.current() is next(area.screen.form.lines())


def test_laying_aside_keeps_an_unfinished_record(
    area: Clerk, session: Session, qtbot: QtBot
) -> None:
    area.go("name")
    area.type("Sector 4")
    with qtbot.waitSignal(area.screen.closed):
        area.key(Key.Key_S, CTRL | SHIFT)
    (kept,) = open_drafts(session)
    assert kept.is_parked


def test_ctrl_d_begins_the_same_again(qtbot: QtBot, session: Session) -> None:
    record_id = nth(session, "accident")
    with editing(qtbot, session, "accident", record_id) as clerk:
        rows = len(clerk.screen.work.draft.sheet.rows("casualty"))
        clerk.key(Key.Key_D, CTRL)
        sheet = clerk.screen.work.draft.sheet
        assert sheet.is_new()
        assert (sheet.id != record_id, len(sheet.rows("casualty"))) == (True, rows)
        assert clerk.value("date") == stored(session, "accident", record_id)["date"]
        clerk.key(Key.Key_S, CTRL)
        assert not sheet.is_new() or clerk.errors() or clerk.value("local_id")


def test_deleting_hides_and_can_be_taken_back(qtbot: QtBot, session: Session) -> None:
    with editing(qtbot, session, "accident", nth(session, "accident")) as clerk:
        with qtbot.waitSignal(clerk.screen.noticed) as told:
            clerk.key(Key.Key_Delete, CTRL)
        assert clerk.screen.head.state_text() == "Deleted"
        told.args[0].action[1]()
        assert "Saved" in clerk.screen.head.state_text()


def _changed_meanwhile(session: Session, kind: str, record_id: str, **values: object) -> None:
    with session.store.read() as reader:
        content = open_record(reader, session.catalogue, kind, record_id)
    both = {**content.values, **values}
    content = type(content)(kind, record_id, content.version, both, content.groups)
    save(session.store, session.catalogue, content)


def test_two_people_at_one_record_choose_field_by_field(qtbot: QtBot, session: Session) -> None:
    record_id = nth(session, "hazardous_area")
    with editing(qtbot, session, "hazardous_area", record_id) as clerk:
        for field, text in (("place", "Mine"), ("emplaced_text", "Mine too")):
            clerk.go(field)
            clerk.type(text)
        _changed_meanwhile(session, "hazardous_area", record_id, place="Theirs", laid_by="Theirs")
        clerk.key(Key.Key_S, CTRL)
        pane = clerk.screen.stack.currentWidget()
        assert isinstance(pane, ConflictPane)
        choices = pane.choices()
        assert (choices["place"], choices["laid_by"], choices["emplaced_text"]) == (
            "yours",
            "theirs",
            "yours",
        )
        pane.chosen.emit({**choices, "place": "theirs"})
        found = stored(session, "hazardous_area", record_id)
    assert (found["place"], found["laid_by"], found["emplaced_text"]) == (
        "Theirs",
        "Theirs",
        "Mine too",
    )


def test_escape_leaves_the_choice_without_saving(qtbot: QtBot, session: Session) -> None:
    record_id = nth(session, "hazardous_area")
    with editing(qtbot, session, "hazardous_area", record_id) as clerk:
        clerk.go("place")
        clerk.type("Mine")
        _changed_meanwhile(session, "hazardous_area", record_id, place="Theirs")
        clerk.key(Key.Key_S, CTRL)
        clerk.key(Key.Key_Escape)
        assert clerk.screen.stack.count() == 1
        assert clerk.value("place") == "Mine"
    assert stored(session, "hazardous_area", record_id)["place"] == "Theirs"


def test_history_tells_and_restores(qtbot: QtBot, session: Session) -> None:
    record_id = nth(session, "hazardous_area")
    before = stored(session, "hazardous_area", record_id)["place"]
    with editing(qtbot, session, "hazardous_area", record_id) as clerk:
        clerk.go("place")
        clerk.type("Elsewhere")
        clerk.key(Key.Key_S, CTRL)
        clerk.key(Key.Key_H, CTRL)
        history = clerk.screen.history
        assert any("tester" in line for line in history.lines())
        assert any("Elsewhere" in line and str(before) in line for line in history.lines())
        numbers = [version.number for version in history.versions]
        history.restore_wanted.emit(numbers[1], "place")
        assert clerk.value("place") == before
        clerk.key(Key.Key_Escape)
        assert not history.isVisible()
        assert clerk.screen.form.current() is not None


def test_a_register_open_for_reading_shows_and_changes_nothing(
    qtbot: QtBot, session: Session
) -> None:
    record_id = nth(session, "hazardous_area")
    with open_register(session.path, write=False) as store:
        reading = Session(session.desk, store, session.catalogue, session.author, session.path)
        with editing(qtbot, reading, "hazardous_area", record_id) as clerk:
            name = clerk.value("name")
            clerk.go("name")
            clerk.type("Changed")
            assert clerk.value("name") == name
            assert "reading" in clerk.screen.head.state_text()
            assert "record.save" not in clerk.screen.handlers()
            assert not clerk.screen.foot.isVisible()


# beside the form


def test_likenesses_stand_beside_the_form(area: Clerk, qtbot: QtBot) -> None:
    area.screen.suggest_with(
        lambda content: (
            [Suggestion("accident", "x", "ACC-1", "same day")] if content.values["name"] else []
        )
    )
    assert not area.screen.suggestions.isVisible()
    area.go("name")
    area.type("Mill")
    qtbot.waitUntil(area.screen.suggestions.isVisible, timeout=2000)
    assert [one.name for one in area.screen.suggestions.suggestions()] == ["ACC-1"]


def test_the_index_marks_sections_with_something_wrong(area: Clerk) -> None:
    area.go("survey_date")
    area.type("some day")
    texts = [
        area.screen.index.item(at).data(Qt.ItemDataRole.AccessibleTextRole)
        for at in range(area.screen.index.count())
    ]
    assert [text for text in texts if "correct" in text] == ["Survey: something to correct"]


def test_focus_is_scrolled_into_sight(area: Clerk) -> None:
    for _ in range(25):
        area.key(Key.Key_Tab)
        box = area.focus.rect()
        top = area.focus.mapTo(area.screen.form.viewport(), box.topLeft()).y()
        assert top >= 0
        assert top + min(box.height(), 40) <= area.screen.form.viewport().height()


# a linked record made on the way


def test_a_linked_record_is_made_with_what_it_needs(area: Clerk, session: Session) -> None:
    field = session.catalogue.form("land_activity").fields["organisation_id"]
    dialog = QuickCreate(session, field, "Northern Team", area.window)
    area.qtbot.addWidget(dialog)
    dialog.save()
    assert dialog.made
    assert dialog.made.name == "Northern Team"
    assert stored(session, "organisation", dialog.made.id)["name"] == "Northern Team"


def test_a_linked_record_that_lacks_something_is_not_saved(area: Clerk, session: Session) -> None:
    field = session.catalogue.form("land_activity").fields["organisation_id"]
    dialog = QuickCreate(session, field, "", area.window)
    area.qtbot.addWidget(dialog)
    dialog.save()
    assert dialog.made is None
    assert "must be filled in" in _told(dialog.rows[0])
