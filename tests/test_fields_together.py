"""Fields that are keyed together: quantity and state, money, positions, people, written names."""

from __future__ import annotations

from typing import cast

import pytest
from field_samples import Around, Heard, composite, focused, form_of, leave, press, type_keys
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mineaction_desktop.formdef.catalogue import load_catalogue
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.entry.context import Bounds
from mineaction_desktop.ui.entry.fields import editor_for, hosts
from mineaction_desktop.ui.entry.fields.counted import CountedEditor
from mineaction_desktop.ui.entry.fields.money import MoneyEditor
from mineaction_desktop.ui.entry.fields.people_table import PeopleEditor
from mineaction_desktop.ui.entry.fields.places import PlaceEditor

ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab


@pytest.fixture
def around(desk: Desk) -> Around:
    return Around(desk)


@pytest.mark.parametrize(
    ("typed", "quantity", "state"),
    [
        ("12", 12, "counted"),
        ("0", None, "zero"),
        ("unk", None, "unknown"),
        ("not coll", None, "not_collected"),
        ("not app", None, "not_applicable"),
        ("nil", None, "none"),
    ],
)
def test_a_quantity_says_what_is_known_of_it(
    qtbot: QtBot, around: Around, typed: str, quantity: int | None, state: str
) -> None:
    editor = composite(qtbot, around, "contamination", "quantity_state")
    heard = Heard(editor)
    type_keys(qtbot, typed)
    leave(qtbot, editor)
    assert heard.values[-1] == {"quantity": quantity, "quantity_state": state}
    assert editor.value() == heard.values[-1]
    assert editor.problem() is None


def test_an_estimate_stays_one_and_a_state_without_number_takes_it_away(
    qtbot: QtBot, around: Around
) -> None:
    editor = cast(CountedEditor, composite(qtbot, around, "contamination", "quantity_state"))
    editor.set_value({"quantity": 40, "quantity_state": "estimated"})
    heard = Heard(editor)
    editor.take_focus()
    editor.number.line.selectAll()
    type_keys(qtbot, "50")
    press(qtbot, TAB)
    type_keys(qtbot, "unkn")
    press(qtbot, TAB)
    assert heard.values == [
        {"quantity": 50, "quantity_state": "estimated"},
        {"quantity": None, "quantity_state": "unknown"},
    ]


def test_an_emptied_quantity_is_not_said(qtbot: QtBot, around: Around) -> None:
    editor = composite(qtbot, around, "contamination", "quantity_state")
    editor.set_value({"quantity": 40, "quantity_state": "counted"})
    heard = Heard(editor)
    editor.take_focus()
    press(qtbot, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(qtbot, Qt.Key.Key_Delete)
    leave(qtbot, editor)
    assert heard.values == [{"quantity": None, "quantity_state": None}]


def test_a_word_that_is_no_state_stays_as_text(qtbot: QtBot, around: Around) -> None:
    editor = composite(qtbot, around, "contamination", "quantity_state")
    heard = Heard(editor)
    type_keys(qtbot, "lots")
    leave(qtbot, editor)
    assert heard.values == []
    assert editor.texts() == {"quantity": "lots"}


def test_an_amount_waits_for_its_currency(qtbot: QtBot, around: Around) -> None:
    editor = cast(MoneyEditor, composite(qtbot, around, "land_activity", "cost"))
    heard = Heard(editor)
    type_keys(qtbot, "1200.5")
    press(qtbot, ENTER)
    assert editor.currency.line.hasFocus()
    assert editor.texts() == {"cost": "1200.5"}
    type_keys(qtbot, "usd")
    press(qtbot, TAB)
    assert heard.values == [{"currency": "USD"}, {"cost": 120_050}]
    assert editor.amount.text() == "1,200.50"
    assert editor.problem() is None


def test_a_currency_can_be_typed_with_the_amount(qtbot: QtBot, around: Around) -> None:
    editor = cast(MoneyEditor, composite(qtbot, around, "land_activity", "cost"))
    type_keys(qtbot, "1,200 eur")
    leave(qtbot, editor)
    assert editor.value() == {"cost": 120_000, "currency": "EUR"}


def test_another_currency_keeps_the_amount_in_its_major_units(qtbot: QtBot, around: Around) -> None:
    editor = cast(MoneyEditor, composite(qtbot, around, "land_activity", "cost"))
    editor.set_value({"cost": 120_000, "currency": "USD"})
    heard = Heard(editor)
    editor.currency.take_focus()
    type_keys(qtbot, "JPY")
    leave(qtbot, editor)
    assert heard.values == [{"currency": "JPY", "cost": 1200}]


@pytest.mark.parametrize(
    ("typed", "manner"),
    [
        ("34.528455, 69.171703", "dd"),
        ("34°31.7073'N 69°10.3022'E", "dm"),
        ("69°10'18.13\"E 34°31'42.44\"N", "dms"),
        ("42S 515758 3820766", "utm"),
        ("42S WD 15757 20765", "mgrs"),
        ("٣٤٫٥٢٨٤٥٥، ٦٩٫١٧١٧٠٣", "dd"),
    ],
)
def test_a_position_is_worked_out_from_what_the_paper_says(
    qtbot: QtBot, around: Around, typed: str, manner: str
) -> None:
    editor = cast(PlaceEditor, composite(qtbot, around, "accident", "position_text"))
    heard = Heard(editor)
    type_keys(qtbot, typed)
    assert "34.528" in editor.told.text()
    assert "69.171" in editor.told.text()
    leave(qtbot, editor)
    (value,) = cast(list[dict[str, object]], heard.values)
    assert value["position_text"] == typed
    assert value["position_format"] == manner
    assert cast(float, value["latitude"]) == pytest.approx(34.528455, abs=2e-5)
    assert cast(float, value["longitude"]) == pytest.approx(69.171703, abs=2e-5)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("134.5, 34.2", "cannot be a latitude"),
        ("34,52,69,17", "several ways"),
        ("34.5 N 12 N", "same direction"),
        ("99XWD 12 12", "no such square"),
        ("by the well", "kept as written"),
    ],
)
def test_a_position_that_is_not_clear_is_kept_and_told(
    qtbot: QtBot, around: Around, typed: str, said: str
) -> None:
    editor = cast(PlaceEditor, composite(qtbot, around, "accident", "position_text"))
    heard = Heard(editor)
    type_keys(qtbot, typed)
    leave(qtbot, editor)
    assert heard.values == [{"position_text": typed, "latitude": None, "longitude": None}]
    assert said in editor.told.text()
    assert editor.problem() is None


def test_a_position_abroad_that_is_turned_round_is_noticed(qtbot: QtBot, around: Around) -> None:
    editor = cast(PlaceEditor, composite(qtbot, around, "accident", "position_text"))
    for part in (editor, *editor.parts.values()):
        part.scene.bounds = Bounds(south=29, north=39, west=60, east=75)
    type_keys(qtbot, "69.17, 34.52")
    assert "exchanged" in editor.told.text()


def test_degrees_that_differ_from_the_text_are_told(qtbot: QtBot, around: Around) -> None:
    editor = cast(PlaceEditor, composite(qtbot, around, "accident", "position_text"))
    heard = Heard(editor)
    type_keys(qtbot, "34.5, 69.1")
    press(qtbot, TAB)
    type_keys(qtbot, "34.6")
    leave(qtbot, editor)
    assert heard.values[-1] == {"latitude": 34.6}
    assert "11 km" in editor.told.text()


def test_people_are_keyed_like_a_sheet_with_totals(qtbot: QtBot, around: Around) -> None:
    editor = cast(PeopleEditor, composite(qtbot, around, "eore_session", "women"))
    heard = Heard(editor)
    for number in ("12", "5", "8", "7"):
        type_keys(qtbot, number)
        press(qtbot, ENTER)
    assert heard.values == [{"women": 12}, {"girls": 5}, {"men": 8}, {"boys": 7}]
    assert editor.total("all") == "at least 32"
    type_keys(qtbot, "0")
    assert editor.total("all") == "32"
    assert editor.total("row 0") == "17"
    assert editor.total("column 0") == "20"


def test_arrows_go_through_the_cells(qtbot: QtBot, around: Around) -> None:
    editor = cast(PeopleEditor, composite(qtbot, around, "eore_session", "women"))
    visited = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Down):
        press(qtbot, key)
        part = editor.part_with_focus()
        visited.append(part.field.name if part else None)
    assert visited == ["girls", "boys", "men", "unknown"]


def test_the_last_cell_leaves_enter_to_the_form(qtbot: QtBot, around: Around) -> None:
    editor = cast(PeopleEditor, composite(qtbot, around, "land_activity", "handover_women"))
    editor.last_focus()
    part = editor.part_with_focus()
    assert part is not None
    assert part.field.name == "handover_boys"
    press(qtbot, ENTER)
    assert editor.part_with_focus() is part


def test_parts_that_are_not_relevant_disappear(qtbot: QtBot, around: Around) -> None:
    editor = composite(qtbot, around, "contamination", "ordnance_type_id")
    editor.set_shown(frozenset({"ordnance_type_id"}))
    press(qtbot, TAB)
    assert focused().objectName() == "after"


def test_every_composite_of_every_form_is_found_and_nothing_twice(
    qtbot: QtBot, around: Around
) -> None:
    found = set()
    for form in load_catalogue().forms.values():
        hosted = hosts(form)
        stored: list[str] = []
        for name, field in form.fields.items():
            if name not in hosted:
                editor = editor_for(field, form, around.scene())
                qtbot.addWidget(editor)
                assert name in editor.stores()
                stored += editor.stores()
                found.add(type(editor).__name__)
        assert sorted(stored) == sorted(form.fields)
    assert found >= {
        "CountedEditor",
        "MoneyEditor",
        "NamedLinkEditor",
        "PeopleEditor",
        "PlaceEditor",
    }


@pytest.mark.parametrize(
    ("kind", "name", "label"),
    [
        ("contamination", "quantity_state", "Quantity"),
        ("eore_session", "women", "Persons"),
        ("accident", "position_text", "Position as written"),
    ],
)
def test_a_set_of_fields_has_one_label(
    qtbot: QtBot, around: Around, kind: str, name: str, label: str
) -> None:
    editor = composite(qtbot, around, kind, name)
    assert editor.field.label == label
    assert editor.field.name == name


def test_values_go_in_and_come_out_unchanged(qtbot: QtBot, around: Around) -> None:
    form = form_of("accident")
    editor = editor_for(form.fields["position_text"], form, around.scene())
    qtbot.addWidget(editor)
    value = {
        "position_text": "34.5, 69.1",
        "position_format": "dd",
        "latitude": 34.5,
        "longitude": 69.1,
    }
    editor.set_value(value)
    assert editor.value() == value
