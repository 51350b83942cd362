"""The rows of a group keyed like a spreadsheet, by key events and by the clipboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from entry_keys import ALT, CTRL, SHIFT, Clerk, Key, editing, nth
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mineaction_desktop.services import drafts
from mineaction_desktop.services.editing import open_record
from mineaction_desktop.ui.desk import Session
from mineaction_desktop.ui.entry.child_grid import ChildGrid
from mineaction_desktop.ui.entry.field_row import FieldRow
from mineaction_desktop.ui.entry.sheet import Spot

DEVICES = "device_found"


@pytest.fixture
def activity(qtbot: QtBot, session: Session) -> Iterator[Clerk]:
    with editing(qtbot, session, "land_activity", size=(1280, 720)) as clerk:
        clerk.screen.form.build_all()
        yield clerk


def grid_of(clerk: Clerk, kind: str = DEVICES) -> ChildGrid:
    return next(grid for grid in clerk.screen.form.grids() if grid.group.kind == kind)


def to_grid(clerk: Clerk, kind: str = DEVICES) -> ChildGrid:
    """Go to a table the way a person does who knows its name."""
    grid = grid_of(clerk, kind)
    clerk.key(Key.Key_F6)
    sections = clerk.screen.form_spec.sections
    clerk.type(next(one.title for one in sections if one.group is grid.group))
    clerk.back()
    assert clerk.screen.form.current() is grid
    return grid


def rows(clerk: Clerk, kind: str = DEVICES) -> tuple[str, ...]:
    return clerk.screen.work.draft.sheet.rows(kind)


def test_an_empty_table_says_what_to_do_and_lets_pass(activity: Clerk) -> None:
    to_grid(activity)
    assert activity.focus.accessibleName() == "No rows. Type to begin one; Enter goes on."
    activity.key(Key.Key_Return)
    assert isinstance(activity.screen.form.current(), FieldRow)
    assert rows(activity) == ()


def test_rows_are_keyed_from_cell_to_cell_and_end_with_an_empty_one(activity: Clerk) -> None:
    grid = to_grid(activity)
    activity.key(Key.Key_F3)
    names = [field.name for field in grid.model.fields]
    assert names[:2] == ["date", "family"]
    for found in ("12", "3"):
        if activity.spot and activity.spot.field == "date":
            activity.type("2024-03-05")
        activity.type("APM")
        for name in names[2:]:
            activity.type(found if name in {"quantity", "destroyed"} else "")
    assert len(rows(activity)) == 3
    activity.key(Key.Key_Return)
    assert len(rows(activity)) == 2
    assert isinstance(activity.screen.form.current(), FieldRow)
    first, second = rows(activity)
    assert [activity.value("quantity", row) for row in (first, second)] == [12, 3]
    assert str(activity.value("date", second)) == "2024-03-05"
    assert activity.value("family", first) == "APM"


def test_f3_puts_rows_in_and_f4_takes_them_away(activity: Clerk) -> None:
    to_grid(activity)
    activity.key(Key.Key_F3)
    activity.type("2024-03-05")
    activity.key(Key.Key_F3)
    (first, second) = rows(activity)
    activity.type("AVM")
    activity.key(Key.Key_Up)
    activity.key(Key.Key_F3)
    assert rows(activity)[::2] == (first, second)
    activity.key(Key.Key_F4)
    activity.key(Key.Key_F4)
    activity.key(Key.Key_F4)
    assert rows(activity) == ()
    activity.key(Key.Key_Z, CTRL)
    assert len(rows(activity)) == 1


def test_a_row_left_empty_leaves_nothing(activity: Clerk) -> None:
    to_grid(activity)
    activity.key(Key.Key_F3)
    activity.key(Key.Key_Return)
    assert rows(activity) == ()
    assert not activity.screen.work.draft.is_touched


def test_typing_writes_over_and_f2_edits_and_escape_leaves(activity: Clerk) -> None:
    grid = to_grid(activity)
    activity.key(Key.Key_F3)
    (row,) = rows(activity)
    activity.go("quantity", row)
    activity.type("12")
    activity.go("quantity", row)
    activity.type("7")
    assert activity.value("quantity", row) == 7
    activity.go("quantity", row)
    activity.key(Key.Key_F2)
    activity.key(Key.Key_End)
    activity.type("5")
    assert activity.value("quantity", row) == 75
    activity.go("quantity", row)
    activity.type("9", then=Key.Key_Escape)
    assert activity.value("quantity", row) == 75
    assert grid.table.editor is None
    activity.key(Key.Key_Delete)
    assert activity.value("quantity", row) is None


def test_tab_and_shift_tab_leave_at_the_ends(activity: Clerk) -> None:
    grid = to_grid(activity)
    activity.key(Key.Key_F3)
    (row,) = rows(activity)
    activity.type("2024", then=None)
    activity.key(Key.Key_Tab)
    activity.key(Key.Key_Tab, SHIFT)
    assert activity.spot == Spot("date", row)
    activity.key(Key.Key_Tab, SHIFT)
    assert activity.screen.form.current() is not grid
    activity.key(Key.Key_Tab)
    assert activity.screen.form.current() is grid


def test_bad_cells_stay_as_text_and_are_told_below(activity: Clerk) -> None:
    grid = to_grid(activity)
    activity.key(Key.Key_F3)
    (row,) = rows(activity)
    activity.go("quantity", row)
    activity.type("many")
    activity.go("quantity", row)
    assert grid.model.text(grid.table.currentIndex()) == "many"
    assert "many" in grid.problem.text()
    activity.type("8")
    assert activity.value("quantity", row) == 8
    activity.go("quantity", row)
    assert grid.problem.text() == ""


def test_cells_that_are_not_asked_for_are_passed_over(activity: Clerk) -> None:
    to_grid(activity)
    activity.key(Key.Key_F3)
    (row,) = rows(activity)
    grid = grid_of(activity)
    spots = set()
    for _ in range(12):
        spots.add(activity.spot)
        activity.key(Key.Key_Right)
    assert Spot("admin_unit_id", row) not in spots
    assert "admin_unit_id" not in [field.name for field in grid.model.fields] or all(
        not grid.model.is_relevant(grid.model.index(0, grid.model.column_of("admin_unit_id")))
        for _ in range(1)
    )


def test_sums_stand_under_their_columns(activity: Clerk) -> None:
    grid = to_grid(activity)
    draft = activity.screen.work.draft
    for quantity in (1200, 34):
        row = draft.insert_row(DEVICES)
        draft.commit({Spot("quantity", row): quantity})
    sums = {grid.model.fields[at].name: text for at, text in grid.sums.sums().items()}
    assert sums["quantity"] == "1,234"


def test_the_size_of_an_area_is_the_balance_of_its_rows(qtbot: QtBot, session: Session) -> None:
    with editing(qtbot, session, "hazardous_area", size=(1280, 720)) as clerk:
        clerk.screen.form.build_all()
        grid = to_grid(clerk, "area_movement")
        draft = clerk.screen.work.draft
        for kind, size in (("opening", 5000), ("cleared", 1200), ("cancelled", 800)):
            row = draft.insert_row("area_movement")
            draft.commit({Spot("kind", row): kind, Spot("area_m2", row): size})
        sums = {grid.model.fields[at].name: text for at, text in grid.sums.sums().items()}
        assert sums["area_m2"] == "3,000"


def test_the_pane_for_a_row_holds_the_fields_without_a_column(activity: Clerk) -> None:
    grid = to_grid(activity)
    activity.key(Key.Key_F3)
    (row,) = rows(activity)
    activity.type("2024-03-05")
    activity.key(Key.Key_Return, ALT)
    assert activity.spot
    assert activity.spot.row == row
    shown = {field.name for field in grid.model.fields}
    assert activity.spot.field not in shown
    activity.go("notes", row)
    activity.type("rusted", then=Key.Key_Tab)
    assert activity.value("notes", row) == "rusted"
    activity.key(Key.Key_Escape)
    assert activity.focus is grid.table


# spreadsheets


def clip(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    QApplication.processEvents()


def paste(clerk: Clerk, text: str) -> None:
    clip(text)
    clerk.key(Key.Key_V, CTRL)


def test_a_table_from_a_spreadsheet_fills_rows_as_one_step(activity: Clerk) -> None:
    to_grid(activity)
    activity.key(Key.Key_F3)
    (first,) = rows(activity)
    activity.go("family", first)
    paste(activity, "Anti-personnel mine\nAVM\r\nnonsense\n")
    assert len(rows(activity)) == 3
    assert [activity.value("family", row) for row in rows(activity)] == ["APM", "AVM", None]
    assert activity.screen.work.draft.sheet.texts() == {f"{rows(activity)[2]}/family": "nonsense"}
    assert "1 cell cannot be read" in grid_of(activity).said.text()
    activity.key(Key.Key_Z, CTRL)
    assert rows(activity) == (first,)


def test_pasting_into_an_empty_table_makes_its_rows(activity: Clerk) -> None:
    to_grid(activity)
    paste(activity, "Family of ordnance\tNumber found\nAPM\t4\nAVM\t5\n")
    found = [(activity.value("family", r), activity.value("quantity", r)) for r in rows(activity)]
    assert found == [("APM", 4), ("AVM", 5)]


def test_one_cell_fills_a_selection(activity: Clerk) -> None:
    grid = to_grid(activity)
    draft = activity.screen.work.draft
    for _ in range(3):
        draft.insert_row(DEVICES)
    activity.go("quantity", rows(activity)[0])
    activity.key(Key.Key_Down, SHIFT, times=2)
    paste(activity, "6")
    assert [activity.value("quantity", row) for row in rows(activity)] == [6, 6, 6]
    activity.key(Key.Key_C, CTRL)
    assert len(QGuiApplication.clipboard().text().split("\n")) in {1, 3}
    del grid


def test_cells_go_to_a_spreadsheet_and_come_back(activity: Clerk) -> None:
    grid = to_grid(activity)
    draft = activity.screen.work.draft
    row = draft.insert_row(DEVICES)
    draft.commit({Spot("family", row): "APM", Spot("quantity", row): 12})
    activity.go("date", row)
    activity.key(Key.Key_End, SHIFT)
    activity.key(Key.Key_C, CTRL)
    text = QGuiApplication.clipboard().text()
    assert "Anti-personnel mine" in text
    assert text.count("\t") == len(grid.model.fields) - 1
    other = draft.insert_row(DEVICES)
    activity.go("date", other)
    paste(activity, text)
    assert (activity.value("family", other), activity.value("quantity", other)) == ("APM", 12)


def test_formulas_and_control_characters_are_text(activity: Clerk) -> None:
    to_grid(activity)
    activity.key(Key.Key_F3)
    (row,) = rows(activity)
    activity.go("quantity", row)
    paste(activity, "=1+1\t\x07")
    assert activity.value("quantity", row) is None
    assert activity.screen.work.draft.sheet.texts()[f"{row}/quantity"] == "=1+1"


def test_ten_thousand_rows_with_two_hundred_bad_cells(activity: Clerk) -> None:
    grid = to_grid(activity)
    lines = [f"APM\t{'bad' if n % 50 == 0 else n % 90 + 1}" for n in range(10_000)]
    paste(activity, "\n".join(["Family of ordnance\tNumber found", *lines]))
    assert len(rows(activity)) == 10_000
    assert len(activity.screen.work.draft.sheet.texts()) == 200
    assert "200 cells cannot be read" in grid.said.text()
    bad = activity.screen.work.draft.sheet.rows(DEVICES)[50]
    activity.go("quantity", bad)
    activity.type("3")
    assert activity.value("quantity", bad) == 3


def test_rows_are_saved_with_their_record(qtbot: QtBot, session: Session) -> None:
    with editing(qtbot, session, "accident", size=(1280, 720)) as clerk:
        clerk.screen.work.draft.commit(
            {
                Spot("date"): None,
                Spot("kind"): "civilian",
                Spot("device"): "anti_personnel_mine",
                Spot("killed"): 1,
            }
        )
        clerk.go("date")
        clerk.type("2024-03-05")
        to_grid(clerk, "casualty")
        clerk.key(Key.Key_F3)
        (row,) = rows(clerk, "casualty")
        draft = clerk.screen.work.draft
        fields = draft.sheet.form_of(row).fields
        for name in sorted(draft.facts(row).required - {"accident_id"}):
            choices = fields[name].choices
            assert choices is not None
            draft.commit({Spot(name, row): choices.offered()[0].code})
        clerk.key(Key.Key_S, CTRL)
        assert clerk.errors() == []
        assert not draft.sheet.is_new()
        with session.store.read() as reader:
            content = open_record(reader, session.catalogue, "accident", draft.sheet.id)
            assert drafts.open_drafts(reader) == []
    assert len(content.rows("casualty")) == 1


def test_a_row_can_be_put_in_before_its_table_was_seen(qtbot: QtBot, session: Session) -> None:
    with editing(qtbot, session, "eore_session", nth(session, "eore_session")) as clerk:
        sheet = clerk.screen.work.draft.sheet
        before = sheet.rows("eore_material")
        clerk.key(Key.Key_F3)
        assert len(sheet.rows("eore_material")) == len(before) + 1
        assert clerk.spot is not None
        assert clerk.spot.row == sheet.rows("eore_material")[-1]
