"""Fields that are picked from a list: choices, several choices, links, radio buttons."""

from __future__ import annotations

from typing import cast

import pytest
from field_samples import (
    Around,
    Heard,
    composite,
    focused,
    leave,
    press,
    single,
    type_keys,
)
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QRadioButton
from pytestqt.qtbot import QtBot

from mineaction_desktop.services.editing import LinkOption
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.entry.fields.choice import ChoiceEditor
from mineaction_desktop.ui.entry.fields.links import LinkEditor, NamedLinkEditor
from mineaction_desktop.ui.entry.fields.radio import RadioEditor
from mineaction_desktop.ui.entry.fields.several import ChoicesEditor, TextsEditor

ENTER, DOWN, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Escape


@pytest.fixture
def around(desk: Desk) -> Around:
    return Around(desk)


@pytest.mark.parametrize(
    ("kind", "name", "typed", "code"),
    [
        ("hazardous_area", "terrain", "1", "plain"),
        ("contamination", "family", "APM", "APM"),
        ("contamination", "family", "anti-p", "APM"),
        ("contamination", "family", "mortar", "UXO_MORTAR"),
        ("land_activity", "currency", "usd", "USD"),
        ("land_activity", "currency", "euro", "EUR"),
        ("casualty", "nationality", "mozam", "MOZ"),
        ("survivor_service", "service_type", "physical", "physical_rehabilitation"),
        ("accident", "kind", "demin", "demining"),
    ],
)
def test_part_of_code_or_label_is_enough(
    qtbot: QtBot, around: Around, kind: str, name: str, typed: str, code: str
) -> None:
    editor = single(qtbot, around, kind, name)
    heard = Heard(editor)
    type_keys(qtbot, typed)
    leave(qtbot, editor)
    assert heard.values == [code]
    assert editor.problem() is None


def test_enter_takes_the_marked_line_and_is_left_to_the_form(qtbot: QtBot, around: Around) -> None:
    editor = cast(ChoiceEditor, single(qtbot, around, "contamination", "family"))
    heard = Heard(editor)
    type_keys(qtbot, "anti")
    assert editor.is_open()
    press(qtbot, DOWN)
    press(qtbot, ENTER)
    assert not editor.is_open()
    assert len(heard.values) == 1
    assert editor.line.hasFocus()


def test_the_list_opens_with_down_and_closes_with_escape(qtbot: QtBot, around: Around) -> None:
    editor = cast(ChoiceEditor, single(qtbot, around, "contamination", "family"))
    heard = Heard(editor)
    press(qtbot, DOWN)
    assert editor.is_open()
    press(qtbot, ESCAPE)
    assert not editor.is_open()
    leave(qtbot, editor)
    assert heard.values == []


def test_the_list_shows_what_other_fields_allow(qtbot: QtBot, around: Around) -> None:
    around.values["approach"] = "interpersonal"
    editor = cast(ChoiceEditor, single(qtbot, around, "eore_session", "activity"))
    offered = {row.value for row in editor.rows("")[0]}
    around.values["approach"] = "mass_media"
    assert offered.isdisjoint({row.value for row in editor.rows("")[0]} - offered)
    assert offered != {row.value for row in editor.rows("")[0]}


def test_a_choice_that_does_not_fit_is_not_taken(qtbot: QtBot, around: Around) -> None:
    editor = cast(ChoiceEditor, single(qtbot, around, "eore_session", "activity"))
    around.values["approach"] = "interpersonal"
    fitting = {row.value for row in editor.rows("")[0]}
    choices = editor.field.choices
    assert choices is not None
    other = next(choice.code for choice in choices if choice.code not in fitting)
    heard = Heard(editor)
    type_keys(qtbot, other)
    leave(qtbot, editor)
    assert heard.texts == [other]
    assert editor.problem() is not None


def test_what_fits_several_or_nothing_stays_as_text(qtbot: QtBot, around: Around) -> None:
    editor = single(qtbot, around, "contamination", "family")
    heard = Heard(editor)
    type_keys(qtbot, "qqq")
    leave(qtbot, editor)
    assert (heard.values, heard.texts, editor.text()) == ([], ["qqq"], "qqq")


def test_emptying_the_line_empties_the_field(qtbot: QtBot, around: Around) -> None:
    editor = single(qtbot, around, "contamination", "family")
    editor.set_value("APM")
    editor.take_focus()
    heard = Heard(editor)
    press(qtbot, Qt.Key.Key_Delete)
    leave(qtbot, editor)
    assert heard.values == [None]


@pytest.mark.parametrize(
    ("key", "value"),
    [("1", "female"), ("2", "male"), ("m", "male"), ("f", "female"), ("o", "other")],
)
def test_digits_and_letters_press_radio_buttons(
    qtbot: QtBot, around: Around, key: str, value: str
) -> None:
    editor = cast(RadioEditor, single(qtbot, around, "casualty", "sex"))
    heard = Heard(editor)
    type_keys(qtbot, key)
    assert heard.values == [value]
    assert isinstance(focused(), QRadioButton)
    assert editor.buttons[value].isChecked()


def test_delete_empties_radio_buttons_and_tab_stops_once(qtbot: QtBot, around: Around) -> None:
    editor = cast(RadioEditor, single(qtbot, around, "casualty", "sex"))
    editor.set_value("male")
    editor.take_focus()
    heard = Heard(editor)
    press(qtbot, Qt.Key.Key_Right)
    press(qtbot, Qt.Key.Key_Delete)
    assert heard.values == ["other", None]
    press(qtbot, Qt.Key.Key_Tab)
    assert focused().objectName() == "after"


@pytest.mark.parametrize(
    ("key", "value"),
    [("y", True), ("n", False), ("j", True), ("o", True), ("д", True), ("н", False), ("ن", True)],
)
def test_yes_and_no_by_letter(qtbot: QtBot, around: Around, key: str, value: bool) -> None:
    editor = single(qtbot, around, "hazardous_area", "geo_safe")
    heard = Heard(editor)
    type_keys(qtbot, key)
    assert heard.values == [value]


def test_several_choices_are_collected_and_taken_away(qtbot: QtBot, around: Around) -> None:
    editor = cast(ChoicesEditor, single(qtbot, around, "destruction_site", "methods"))
    heard = Heard(editor)
    codes = [str(row.value) for row in editor.rows("")[0]]
    type_keys(qtbot, codes[1])
    press(qtbot, ENTER)
    type_keys(qtbot, codes[0])
    press(qtbot, Qt.Key.Key_Tab)
    assert heard.values == [[codes[1]], [codes[0], codes[1]]]
    editor.take_focus()
    press(qtbot, Qt.Key.Key_Backspace)
    assert editor.value() == [codes[0]]


def test_texts_part_at_semicolons_and_enter_on_an_empty_line_goes_on(
    qtbot: QtBot, around: Around
) -> None:
    editor = TextsEditor(single(qtbot, around, "ordnance_type", "aliases").field, around.scene())
    qtbot.addWidget(editor)
    editor.show()
    editor.take_focus()
    heard = Heard(editor)
    qtbot.keyClicks(editor.line, "PMN; Black Widow")
    qtbot.keyClick(editor.line, ENTER)
    assert heard.values == [["PMN"], ["PMN", "Black Widow"]]
    qtbot.keyClicks(editor.line, "PMN")
    assert editor.commit()
    assert editor.value() == ["PMN", "Black Widow"]


def test_a_link_is_found_by_any_part_of_its_name(qtbot: QtBot, around: Around) -> None:
    editor = cast(LinkEditor, single(qtbot, around, "contamination", "ordnance_type_id"))
    heard = Heard(editor)
    type_keys(qtbot, "tm")
    press(qtbot, ENTER)
    assert heard.values == ["id-tm57"]
    assert editor.text() == "TM-57"
    press(qtbot, Qt.Key.Key_F2)
    assert around.opened == [("ordnance_type", "id-tm57")]


def test_a_link_that_can_be_two_records_is_asked_about(qtbot: QtBot, around: Around) -> None:
    editor = cast(LinkEditor, single(qtbot, around, "contamination", "ordnance_type_id"))
    heard = Heard(editor)
    type_keys(qtbot, "ORD")
    press(qtbot, ESCAPE)
    leave(qtbot, editor)
    problem = editor.problem()
    assert heard.texts == ["ORD"]
    assert problem is not None
    assert problem.code == "LINK-002"


def test_a_new_record_is_made_from_what_was_typed(qtbot: QtBot, around: Around) -> None:
    editor = cast(LinkEditor, single(qtbot, around, "contamination", "ordnance_type_id"))
    heard = Heard(editor)
    type_keys(qtbot, "YM-1")
    around.links = (*around.links, LinkOption("id-new", "ORD-0009", "YM-1"))
    press(qtbot, ENTER, Qt.KeyboardModifier.ControlModifier)
    assert around.made == ["YM-1"]
    assert heard.values == ["id-new"]
    assert editor.text() == "YM-1"


def test_a_name_without_a_record_is_kept_as_written(qtbot: QtBot, around: Around) -> None:
    editor = cast(NamedLinkEditor, composite(qtbot, around, "contamination", "ordnance_type_id"))
    heard = Heard(editor)
    type_keys(qtbot, "old box mine")
    press(qtbot, DOWN)
    press(qtbot, ENTER)
    assert heard.values == [{"ordnance_type_id": None, "ordnance_type_written": "old box mine"}]
    assert editor.written.text() == "old box mine"


def test_the_list_opens_with_the_mouse_as_well(qtbot: QtBot, around: Around) -> None:
    editor = cast(ChoiceEditor, single(qtbot, around, "contamination", "family"))
    heard = Heard(editor)
    (sign,) = editor.line.actions()
    sign.trigger()
    assert editor.is_open()
    sign.trigger()
    assert not editor.is_open()
    assert heard.values == []
