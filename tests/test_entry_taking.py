"""What nobody has to key twice: values taken from linked records, and where Enter passes by."""

from __future__ import annotations

import pytest
from entry_keys import CTRL, SHIFT, Clerk, Key, editing
from pytestqt.qtbot import QtBot

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.i18n import Message
from mineaction_desktop.services.browsing import (
    Filter,
    ListQuery,
    Operator,
    first_rows,
    record_ids,
)
from mineaction_desktop.services.drafts import open_drafts
from mineaction_desktop.services.editing import open_record
from mineaction_desktop.services.history import verify_register
from mineaction_desktop.ui.banner import Notice
from mineaction_desktop.ui.desk import Session
from mineaction_desktop.ui.entry.sheet import Spot

ACTIVITY, RELEASED = "land_activity", "area_movement"


def found(session: Session, kind: str, number: str) -> str:
    """The id of a record by its number."""
    query = ListQuery(kind, filters=(Filter("local_id", Operator.EQUALS, number),))
    rows = first_rows(session.store, session.catalogue, query)
    return next(iter(record_ids(session.store, kind, rows)))


def held(session: Session, kind: str, record_id: str, field: str) -> object:
    with session.store.read() as reader:
        return open_record(reader, session.catalogue, kind, record_id).values[field]


def rows(clerk: Clerk, kind: str = RELEASED) -> tuple[str, ...]:
    return clerk.screen.work.draft.sheet.rows(kind)


def area(clerk: Clerk, number: str) -> None:
    clerk.go("hazardous_area_id")
    clerk.type(number)


def released(clerk: Clerk, how: str, size: str) -> str:
    """Key a row of released area, and give its id."""
    clerk.key(Key.Key_F3)
    clerk.type(how)
    if clerk.spot == Spot("area_class", rows(clerk)[-1]):  # the area is not known yet
        clerk.key(Key.Key_Return, times=2)
    clerk.type(size)
    return rows(clerk)[-1]


def test_the_district_is_taken_from_the_area_until_somebody_types_another(
    qtbot: QtBot, session: Session
) -> None:
    units = {
        number: held(
            session, "hazardous_area", found(session, "hazardous_area", number), "admin_unit_id"
        )
        for number in ("HA-000042", "HA-000043", "HA-000046")
    }
    assert len(set(units.values())) == 3
    with editing(qtbot, session, ACTIVITY) as clerk:
        area(clerk, "42")
        assert clerk.value("admin_unit_id") == units["HA-000042"]
        clerk.go("team")
        clerk.type("Team 4")
        area(clerk, "43")
        assert clerk.value("admin_unit_id") == units["HA-000043"]
        clerk.key(Key.Key_Z, CTRL)
        assert clerk.value("admin_unit_id") == units["HA-000042"]
        assert clerk.spot == Spot("hazardous_area_id")  # what was keyed, not what followed
        clerk.go("admin_unit_id")
        clerk.type("rendoba")
        typed = clerk.value("admin_unit_id")
        area(clerk, "46")
        assert clerk.value("admin_unit_id") == typed
        assert typed not in units.values()


def test_a_row_takes_class_and_day_and_follows_the_record_until_it_is_typed_in(
    qtbot: QtBot, session: Session
) -> None:
    with editing(qtbot, session, ACTIVITY) as clerk:
        area(clerk, "69")  # a suspected area
        clerk.go("end_date")
        clerk.type("280325")
        first = released(clerk, "reduced", "900")
        assert clerk.value("area_class", first) == "SHA"
        assert str(clerk.value("date", first)) == "2025-03-28"
        clerk.key(Key.Key_Return)
        second = rows(clerk)[-1]
        clerk.type("reduced")
        clerk.go("date", second)
        clerk.type("270325")
        clerk.go("end_date")
        clerk.type("300325")
        assert str(clerk.value("date", first)) == "2025-03-30"
        assert str(clerk.value("date", second)) == "2025-03-27"


def test_rows_of_a_saved_record_go_with_its_area_when_that_is_corrected(
    qtbot: QtBot, session: Session
) -> None:
    right = found(session, "hazardous_area", "HA-000043")
    with editing(qtbot, session, ACTIVITY) as clerk:
        clerk.type("manual")
        row = released(clerk, "cleared", "4200")  # before the area is known
        area(clerk, "42")
        clerk.go("area_class", row)
        clerk.type("cha")
        clerk.go("date", row)
        clerk.type("280325")
        clerk.key(Key.Key_S, CTRL)
        assert not clerk.errors()
        record = clerk.screen.work.draft.sheet.id
    assert held(session, RELEASED, row, "hazardous_area_id") == found(
        session, "hazardous_area", "HA-000042"
    )
    with editing(qtbot, session, ACTIVITY, record) as clerk:
        area(clerk, "43")
        clerk.key(Key.Key_S, CTRL)
        assert not clerk.errors()
    assert held(session, RELEASED, row, "hazardous_area_id") == right
    assert not verify_register(session.store).problems


def test_each_movement_of_retained_mines_has_a_type_of_its_own(
    qtbot: QtBot, session: Session
) -> None:
    with editing(qtbot, session, "retained_use") as clerk:
        clerk.type("2", then=None)  # actual
        clerk.go("organisation_id")
        clerk.type("army eng")
        clerk.key(Key.Key_F3)
        grid = clerk.screen.form.current()
        assert grid is not None
        names = [field.name for field in grid.model.fields]  # type: ignore[union-attr]  # a grid
        assert "ordnance_type_id" in names
        assert "organisation_id" not in names
        assert clerk.value("organisation_id", rows(clerk, "retained_movement")[0]) is not None


def test_enter_passes_what_is_pinned_or_taken_and_tab_does_not(
    qtbot: QtBot, session: Session
) -> None:
    with editing(qtbot, session, ACTIVITY) as clerk:
        clerk.type("manual")
        clerk.type("clear f")
        clerk.type("team 4")
        clerk.type("42")
        assert clerk.spot == Spot("position_text")  # the district was taken
        clerk.key(Key.Key_Backtab, SHIFT)
        assert clerk.spot == Spot("admin_unit_id")
        clerk.key(Key.Key_S, CTRL)
        clerk.key(Key.Key_Return, CTRL)
        assert clerk.spot == Spot("hazardous_area_id")  # the fields before are pinned
        clerk.key(Key.Key_Backtab, SHIFT)
        assert clerk.spot == Spot("team")
        clerk.key(Key.Key_Tab, times=2)
        assert clerk.spot == Spot("admin_unit_id")


def test_a_pinned_date_is_looked_at(qtbot: QtBot, session: Session) -> None:
    with editing(qtbot, session, "stock_movement") as clerk:
        clerk.type("050325")
        clerk.type("found")
        clerk.go("holder_id")
        clerk.type("ministry of def")
        clerk.type("pmn-2")
        clerk.go("quantity")
        clerk.type("36")
        clerk.key(Key.Key_Return, CTRL)
        assert str(clerk.value("date")) == "2025-03-05"
        assert clerk.spot == Spot("date")


def test_a_pinned_value_that_is_wrong_stops_enter(qtbot: QtBot, session: Session) -> None:
    with editing(qtbot, session, ACTIVITY) as clerk:
        clerk.type("manual")
        area(clerk, "42")
        clerk.go("start_date")
        clerk.type("030325")
        clerk.type("280325")
        clerk.type("completed")
        clerk.key(Key.Key_Return, CTRL)
        assert (clerk.value("status"), clerk.value("end_date")) == ("completed", None)
        clerk.go("start_date")
        clerk.key(Key.Key_Return, times=2)
        row = clerk.screen.form.current()
        assert row is not None
        assert clerk.spot != Spot("status")  # it is right; the missing end is told where it is


@pytest.mark.parametrize(
    ("text", "next_field"),
    [
        ("-50.113891, -129.439919", "start_date"),
        ("50°06.833'S 129°26.395'W", "start_date"),
        ("", "start_date"),
        ("behind the old school", "position_text"),
    ],
)
def test_enter_goes_to_the_degrees_only_if_they_cannot_be_worked_out(
    qtbot: QtBot, session: Session, text: str, next_field: str
) -> None:
    with editing(qtbot, session, ACTIVITY) as clerk:
        clerk.go("position_text")
        clerk.type(text)
        assert clerk.spot == Spot(next_field)


def test_typing_on_an_empty_table_begins_its_first_row(qtbot: QtBot, session: Session) -> None:
    with editing(qtbot, session, ACTIVITY) as clerk:
        clerk.go("report_mode")
        clerk.key(Key.Key_Return)
        clerk.type("cleared")
        assert clerk.value("kind", rows(clerk)[0]) == "cleared"
        assert len(rows(clerk)) == 1
        clerk.key(Key.Key_Z, CTRL, times=2)
        assert not rows(clerk)


def test_what_is_missing_in_a_row_is_told_once_the_cursor_has_left_the_table(
    qtbot: QtBot, session: Session
) -> None:
    with editing(qtbot, session, ACTIVITY) as clerk:
        clerk.key(Key.Key_F3)
        clerk.type("cleared")
        row = rows(clerk)[0]
        grid = next(clerk.screen.form.grids())
        size = grid.model.index(0, grid.model.column_of("area_m2"))
        assert not grid.model.problems(size)
        clerk.go("team")
        assert [one.code for one in grid.model.problems(size)] == ["FIELD-001"]
        clerk.go("kind", row)
        assert not grid.model.problems(size)
        clerk.key(Key.Key_Down)
        clerk.go("number_of_areas", row)
        clerk.key(Key.Key_Return, times=2)  # a new row, and out of the table by it
        assert clerk.spot is None or not clerk.spot.row
        assert [one.code for one in grid.model.problems(size)] == ["FIELD-001"]


def test_the_district_follows_a_correction_of_the_area_after_saving_too(
    qtbot: QtBot, session: Session
) -> None:
    with editing(qtbot, session, ACTIVITY) as clerk:
        clerk.type("survey")
        area(clerk, "42")
        clerk.go("start_date")
        clerk.type("030325")
        clerk.key(Key.Key_S, CTRL)
        assert not clerk.errors()
        area(clerk, "43")
        unit = held(
            session,
            "hazardous_area",
            found(session, "hazardous_area", "HA-000043"),
            "admin_unit_id",
        )
        assert clerk.value("admin_unit_id") == unit


def test_a_pinned_area_brings_its_district_to_the_next_record(
    qtbot: QtBot, session: Session
) -> None:
    with editing(qtbot, session, ACTIVITY) as clerk:
        clerk.type("survey")
        area(clerk, "42")
        unit = clerk.value("admin_unit_id")
        clerk.go("hazardous_area_id")
        clerk.key(Key.Key_F9)
        clerk.go("admin_unit_id")
        clerk.key(Key.Key_F9)  # no longer pinned itself
        clerk.go("start_date")
        clerk.type("030325")
        clerk.key(Key.Key_Return, CTRL)
        assert clerk.screen.work.draft.sheet.is_new()
        assert clerk.value("admin_unit_id") == unit
        assert unit is not None


def test_a_link_is_keyed_also_while_the_register_cannot_be_read(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    with editing(qtbot, session, ACTIVITY) as clerk:
        area(clerk, "42")
        unit = clerk.value("admin_unit_id")

        def pulled() -> object:
            raise UserError(Message("the stick was pulled out"))

        monkeypatch.setattr(session.store, "read", pulled)
        clerk.screen.work.draft.commit({Spot("hazardous_area_id"): None})
        monkeypatch.undo()
        assert clerk.value("hazardous_area_id") is None
        assert clerk.value("admin_unit_id") == unit


def test_bringing_a_record_back_leaves_the_one_that_is_keyed_by_then(
    qtbot: QtBot, session: Session
) -> None:
    with editing(qtbot, session, ACTIVITY) as clerk:
        clerk.type("survey")
        clerk.go("start_date")
        clerk.type("030325")
        clerk.key(Key.Key_S, CTRL)
        assert not clerk.screen.work.draft.sheet.is_new(), clerk.errors()
        first = clerk.screen.work.draft.sheet.id
        told: list[Notice] = []
        clerk.screen.noticed.connect(told.append)
        clerk.key(Key.Key_Delete, CTRL)
        clerk.key(Key.Key_N, CTRL)
        clerk.go("team")
        clerk.type("Team 9")
        assert told[-1].action is not None
        told[-1].action[1]()
        assert clerk.value("team") == "Team 9"
        with session.store.read() as reader:
            assert not open_record(reader, session.catalogue, ACTIVITY, first).is_hidden
            assert "Team 9" in {one.content.values["team"] for one in open_drafts(reader)}
