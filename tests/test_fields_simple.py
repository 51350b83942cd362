"""Fields of one value: what is typed with real keys, and what becomes of it."""

from __future__ import annotations

from datetime import date
from typing import cast

import pytest
from field_samples import Around, Heard, leave, press, single, type_keys
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from pytestqt.qtbot import QtBot

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.formdef.catalogue import load_catalogue
from mineaction_desktop.records.types import LOCKED
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.entry.fields import single_editor
from mineaction_desktop.ui.entry.fields.date import DateEditor
from mineaction_desktop.ui.entry.fields.line import LineEditor
from mineaction_desktop.ui.entry.fields.number import AreaEditor, CountEditor
from mineaction_desktop.ui.entry.fields.text import LinesEditor, SealedEditor

DAY = PartialDate.parse


def beside(editor: LineEditor) -> str:
    """The words beside the line."""
    assert editor.preview is not None
    return editor.preview.text()


@pytest.fixture
def around(desk: Desk) -> Around:
    return Around(desk)


@pytest.mark.parametrize(
    ("kind", "name", "typed", "value"),
    [
        ("hazardous_area", "place", "  Wadi   al-Nil ", "Wadi al-Nil"),
        ("hazardous_area", "place", "وادي 12", "وادي 12"),
        ("stock_movement", "quantity", "1200", 1200),
        ("stock_movement", "quantity", "1,200", 1200),
        ("stock_movement", "quantity", "٣٤٥", 345),
        ("stock_movement", "quantity", "۳۴۵", 345),
        ("stock_movement", "quantity", "0", 0),
        ("stock_movement", "quantity", "120+35", 155),
        ("stock_movement", "quantity", "12 x 40 - 3", 477),
        ("area_movement", "area_m2", "560000", 560_000),
        ("area_movement", "area_m2", "5.6 ha", 56_000),
        ("area_movement", "area_m2", "5,6ha", 56_000),
        ("area_movement", "area_m2", "0.56 km2", 560_000),
        ("area_movement", "area_m2", "56 dunum", 56_000),
        ("area_movement", "area_m2", "1.2+0.4 ha", 16_000),
        ("area_point", "distance_m", "12,5", 12.5),
        ("area_point", "distance_m", "1.234", 1.234),
        ("area_point", "latitude", "34°31'42.44\"N", 34 + 31 / 60 + 42.44 / 3600),
        ("area_evidence", "latitude", "-12.5", -12.5),
        ("survivor", "wg_date", "2301", date(2026, 1, 23)),
        ("survivor", "wg_date", "2012", date(2026, 12, 20)),
        ("survivor", "wg_date", "7", date(2026, 6, 7)),
        ("survivor", "wg_date", "230125", date(2025, 1, 23)),
        ("survivor", "wg_date", "23012025", date(2025, 1, 23)),
        ("survivor", "wg_date", "20250123", date(2025, 1, 23)),
        ("survivor", "wg_date", "23.1.25", date(2025, 1, 23)),
        ("survivor", "wg_date", "23/1", date(2026, 1, 23)),
        ("survivor", "wg_date", "٢٣٠١", date(2026, 1, 23)),
        ("accident", "date", "2025", DAY("2025")),
        ("accident", "date", "2012", DAY("2012")),
        ("accident", "date", "2301", DAY("2026-01-23")),
        ("accident", "date", "0125", DAY("2025-01")),
        ("accident", "date", "05.2025", DAY("2025-05")),
        ("accident", "date", "052025", DAY("2025-05")),
        ("accident", "date", "202505", DAY("2025-05")),
        ("accident", "date", "2024-03..2024-05", DAY("2024-03/2024-05")),
        ("accident", "date", "010324...150324", DAY("2024-03-01/2024-03-15")),
        ("accident", "date", "6 August 2019", DAY("2019-08-06")),
        ("eore_material", "kind", "cartoon film", "cartoon film"),
    ],
)
def test_what_is_typed_becomes_the_value(
    qtbot: QtBot, around: Around, kind: str, name: str, typed: str, value: object
) -> None:
    editor = single(qtbot, around, kind, name)
    heard = Heard(editor)
    type_keys(qtbot, typed)
    assert heard.values == []
    leave(qtbot, editor)
    assert heard.values == [value]
    assert editor.value() == value
    assert editor.problem() is None


@pytest.mark.parametrize(
    ("kind", "name", "typed", "code"),
    [
        ("stock_movement", "quantity", "12 ha", "FIELD-019"),
        ("stock_movement", "quantity", "about 12", "FIELD-010"),
        ("stock_movement", "quantity", "-3", "FIELD-013"),
        ("area_movement", "area_m2", "12 kg", "FIELD-015"),
        ("survivor", "wg_date", "2025", "FIELD-021"),
        ("survivor", "wg_date", "310226", "FIELD-020"),
        ("accident", "date", "soon", "FIELD-020"),
        ("area_point", "latitude", "95", "FIELD-043"),
        ("area_point", "latitude", "69 E", "FIELD-042"),
    ],
)
def test_unreadable_text_stays_and_is_handed_on(
    qtbot: QtBot, around: Around, kind: str, name: str, typed: str, code: str
) -> None:
    editor = single(qtbot, around, kind, name)
    heard = Heard(editor)
    type_keys(qtbot, typed)
    leave(qtbot, editor)
    problem = editor.problem()
    assert problem is not None
    assert problem.code == code
    assert (heard.values, heard.texts) == ([], [typed])
    assert editor.text() == typed
    assert editor.texts() == {name: typed}
    assert editor.value() is None


def test_an_empty_quantity_is_not_said_and_zero_is_counted(qtbot: QtBot, around: Around) -> None:
    editor = cast(CountEditor, single(qtbot, around, "stock_movement", "quantity"))
    heard = Heard(editor)
    assert editor.line.placeholderText() == "not said"
    leave(qtbot, editor)
    assert heard.values == []
    assert editor.value() is None
    editor.take_focus()
    type_keys(qtbot, "0")
    assert beside(editor) == "zero, counted"
    leave(qtbot, editor)
    assert heard.values == [0]


def test_numbers_are_grouped_only_while_the_cursor_is_elsewhere(
    qtbot: QtBot, around: Around
) -> None:
    editor = single(qtbot, around, "stock_movement", "quantity")
    type_keys(qtbot, "1234567")
    leave(qtbot, editor)
    assert editor.text() == "1,234,567"
    editor.take_focus()
    assert editor.text() == "1234567"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("5.6 ha", "= 56,000 m² · 5.6 ha"),
        ("560000", "= 560,000 m² · 56 ha"),
        ("12 kg", ""),
    ],
)
def test_an_area_says_what_is_kept_while_it_is_typed(
    qtbot: QtBot, around: Around, typed: str, told: str
) -> None:
    editor = cast(AreaEditor, single(qtbot, around, "area_movement", "area_m2"))
    type_keys(qtbot, typed)
    assert beside(editor) == told


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("2301", "Friday, 23 January 2026"),
        ("2025", "the year 2025"),
        ("2012", "the year 2012 — for Sunday, 20 December 2026 type 20.12.2026"),
        ("0112", "Tuesday, 1 December 2026 (in the future) — for January 2012 type 01.2012"),
        ("2024-03..2024-05", "March 2024 to May 2024"),
        ("soon", ""),
    ],
)
def test_a_date_is_told_in_words_while_it_is_typed(
    qtbot: QtBot, around: Around, typed: str, told: str
) -> None:
    editor = cast(DateEditor, single(qtbot, around, "accident", "date"))
    type_keys(qtbot, typed)
    assert beside(editor) == told


def test_what_a_date_advises_to_type_means_that_date(qtbot: QtBot, around: Around) -> None:
    editor = single(qtbot, around, "accident", "date")
    type_keys(qtbot, "20.12.2026")
    leave(qtbot, editor)
    assert editor.value() == DAY("2026-12-20")


def test_days_are_stepped_and_today_has_a_key(qtbot: QtBot, around: Around) -> None:
    editor = single(qtbot, around, "survivor", "wg_date")
    heard = Heard(editor)
    press(qtbot, Qt.Key.Key_Semicolon, Qt.KeyboardModifier.ControlModifier)
    type_keys(qtbot, "--")
    press(qtbot, Qt.Key.Key_Up)
    leave(qtbot, editor)
    assert heard.values == [date(2026, 6, 14)]


@pytest.mark.parametrize(
    ("before", "after"), [("2025", "2026"), ("2025-12", "2026-01"), ("2025-12-31", "2026-01-01")]
)
def test_a_step_is_as_long_as_the_date_is_precise(
    qtbot: QtBot, around: Around, before: str, after: str
) -> None:
    editor = single(qtbot, around, "accident", "date")
    editor.set_value(DAY(before))
    type_keys(qtbot, "+")
    leave(qtbot, editor)
    assert editor.value() == DAY(after)


def test_invisible_characters_are_removed_with_a_note(qtbot: QtBot, around: Around) -> None:
    editor = single(qtbot, around, "hazardous_area", "place")
    heard = Heard(editor)
    type_keys(qtbot, "Wadi \u202e12\u202c")
    leave(qtbot, editor)
    assert heard.values == ["Wadi 12"]
    assert heard.notes == ["2 invisible characters were removed from the text."]


def test_emoji_and_joiners_of_scripts_are_kept(qtbot: QtBot, around: Around) -> None:
    editor = single(qtbot, around, "hazardous_area", "place")
    text = "می\u200cخواهم 👩\u200d🌾"
    type_keys(qtbot, text)
    leave(qtbot, editor)
    assert editor.value() == text


def test_enter_leaves_long_text_and_shift_enter_breaks_the_line(
    qtbot: QtBot, around: Around
) -> None:
    editor = cast(LinesEditor, single(qtbot, around, "hazardous_area", "notes"))
    heard = Heard(editor)
    height = editor.lines.height()
    type_keys(qtbot, "one")
    press(qtbot, Qt.Key.Key_Return)
    for _ in range(4):
        press(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    type_keys(qtbot, "two")
    assert editor.lines.height() > height
    leave(qtbot, editor)
    assert heard.values == ["one\n\n\n\ntwo"]


def test_a_hundred_thousand_characters_are_taken_and_kept(qtbot: QtBot, around: Around) -> None:
    editor = single(qtbot, around, "hazardous_area", "notes")
    text = "\n".join("لغم mine 地雷 " * 8 for _ in range(1100))
    QApplication.clipboard().setText(text)
    press(qtbot, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    type_keys(qtbot, "x")
    leave(qtbot, editor)
    assert str(editor.value()).replace(" ", "") == f"{text}x".replace(" ", "")
    assert len(text) > 100_000


def test_a_locked_field_says_so_and_keeps_its_content(qtbot: QtBot, around: Around) -> None:
    editor = cast(SealedEditor, single(qtbot, around, "person_identity", "full_name"))
    heard = Heard(editor)
    editor.set_value(LOCKED)
    type_keys(qtbot, "abc")
    leave(qtbot, editor)
    assert "Locked" in editor.line.placeholderText()
    assert (heard.values, heard.texts, editor.value()) == ([], [], LOCKED)


def test_a_value_that_is_shown_is_not_a_change(qtbot: QtBot, around: Around) -> None:
    editor = single(qtbot, around, "stock_movement", "quantity")
    heard = Heard(editor)
    editor.set_value(12)
    leave(qtbot, editor)
    editor.take_focus()
    leave(qtbot, editor)
    assert heard.values == []


def test_what_is_being_typed_survives_a_refresh_of_the_form(qtbot: QtBot, around: Around) -> None:
    editor = single(qtbot, around, "hazardous_area", "place")
    editor.set_value("Wadi")
    type_keys(qtbot, "North")
    editor.set_value("Wadi")
    leave(qtbot, editor)
    assert editor.value() == "North"


def test_text_from_a_draft_is_marked_again_and_can_be_mended(qtbot: QtBot, around: Around) -> None:
    editor = cast(CountEditor, single(qtbot, around, "stock_movement", "quantity"))
    editor.set_text("twelve")
    assert editor.line.property("tone") == "error"
    assert "twelve" in editor.line.accessibleDescription()
    editor.take_focus()
    editor.line.selectAll()
    type_keys(qtbot, "12")
    leave(qtbot, editor)
    assert editor.value() == 12
    assert not editor.line.property("tone")


def test_a_field_that_is_read_only_takes_no_keys(qtbot: QtBot, around: Around) -> None:
    for name in ("start_date", "kind", "processed_area_m2", "standard_applied"):
        editor = single(qtbot, around, "land_activity", name)
        heard = Heard(editor)
        editor.set_read_only(on=True)
        type_keys(qtbot, "1")
        press(qtbot, Qt.Key.Key_Down)
        leave(qtbot, editor)
        assert heard.values == []


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("hazardous_area", "place"),
        ("hazardous_area", "notes"),
        ("ordnance_type", "aliases"),
        ("hazardous_area", "terrain"),
        ("casualty", "sex"),
        ("hazardous_area", "blockage"),
        ("contamination", "ordnance_type_id"),
        ("area_point", "position"),
        ("stock_movement", "quantity"),
        ("area_movement", "area_m2"),
        ("area_point", "distance_m"),
        ("area_point", "latitude"),
        ("land_activity", "cost"),
        ("hazardous_area", "geo_safe"),
        ("survivor", "wg_date"),
        ("accident", "date"),
        ("person_identity", "full_name"),
    ],
)
def test_enter_and_the_function_keys_are_left_to_the_form(
    qtbot: QtBot, around: Around, kind: str, name: str
) -> None:
    single(qtbot, around, kind, name)
    keys = [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F3, Qt.Key.Key_F6, Qt.Key.Key_F10]
    for key in keys:
        press(qtbot, key)
    assert around.left == keys


def test_a_year_is_not_grouped(qtbot: QtBot, around: Around) -> None:
    editor = single(qtbot, around, "survivor", "birth_year")
    type_keys(qtbot, "1985")
    leave(qtbot, editor)
    assert editor.text() == "1985"


def test_undo_is_left_to_the_form_when_nothing_was_typed(qtbot: QtBot, around: Around) -> None:
    editor = cast(CountEditor, single(qtbot, around, "stock_movement", "quantity"))
    undone: list[str] = []
    shortcut = QShortcut(QKeySequence.StandardKey.Undo, editor.window())
    shortcut.activated.connect(lambda: undone.append("form"))
    press(qtbot, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == ["form"]
    type_keys(qtbot, "5")
    press(qtbot, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == ["form"]
    assert editor.text() == ""


def test_every_field_of_every_form_has_a_name_for_screen_readers(
    qtbot: QtBot, around: Around
) -> None:
    for form in load_catalogue().forms.values():
        for field in form.fields.values():
            editor = single_editor(field, around.scene())
            qtbot.addWidget(editor)
            inputs = [
                one
                for one in editor.findChildren(QWidget)
                if one.focusPolicy() & Qt.FocusPolicy.TabFocus
            ]
            assert inputs, field
            assert all(one.accessibleName() for one in inputs if not _is_inside(one)), field


def _is_inside(widget: QWidget) -> bool:
    """Whether a widget is a part that Qt made inside another, such as a scroll bar."""
    parent = widget.parentWidget()
    return widget.objectName().startswith("qt_") or isinstance(parent, QAbstractScrollArea)


def test_numbers_and_dates_read_from_the_left_in_a_mirrored_window(
    qtbot: QtBot, around: Around, dressed: QApplication
) -> None:
    dressed.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        for kind, name in (("stock_movement", "quantity"), ("accident", "date")):
            line = cast(LineEditor, single(qtbot, around, kind, name)).line
            assert line.layoutDirection() == Qt.LayoutDirection.LeftToRight
            assert line.alignment() & Qt.AlignmentFlag.AlignRight
    finally:
        dressed.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
