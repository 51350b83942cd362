"""The draft holds all that is keyed: steps, rows, texts, and what the form says live."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.formdef.catalogue import Catalogue, load_catalogue
from mineaction_desktop.services.editing import Content, RowContent, blank
from mineaction_desktop.ui.entry.draft import Draft
from mineaction_desktop.ui.entry.sheet import Cell, Sheet, Spot
from mineaction_desktop.ui.entry.steps import Change

TODAY = date(2026, 11, 23)
ROWS = "contamination"


@lru_cache
def catalogue() -> Catalogue:
    return load_catalogue()


def unlinked(kind: str, record_id: str, field: str) -> object:
    """No record of these tests is in a register, so nothing can be taken from one."""
    raise AssertionError(kind, record_id, field)


def made(kind: str, content: Content | None = None, **texts: str) -> Draft:
    content = content or blank(catalogue(), kind, today=TODAY)
    return Draft(Sheet(catalogue(), content, today=TODAY, texts=texts), unlinked)


@pytest.fixture
def area(qtbot: QtBot) -> Draft:
    del qtbot
    return made("hazardous_area")


def test_a_committed_field_is_one_step_and_is_told(area: Draft, qtbot: QtBot) -> None:
    with qtbot.waitSignal(area.changed) as told:
        area.commit({Spot("name"): "Sector 4"})
    assert told.args == [Change(frozenset({Spot("name")}))]
    assert (area.value(Spot("name")), area.steps.count()) == ("Sector 4", 1)
    area.undo()
    assert area.value(Spot("name")) is None
    area.redo()
    assert area.value(Spot("name")) == "Sector 4"


def test_the_same_field_again_joins_the_step(area: Draft) -> None:
    for text in ("S", "Se", "Sector"):
        area.commit({Spot("name"): text})
    assert area.steps.count() == 1
    area.undo()
    assert area.value(Spot("name")) is None


def test_a_field_typed_back_leaves_nothing(area: Draft) -> None:
    touched = []
    for text in ("Sector", None):
        area.commit({Spot("name"): text})
        touched.append(area.is_touched)
    assert touched == [True, False]
    assert area.steps.count() == 0


def test_another_field_in_between_makes_steps_of_their_own(area: Draft) -> None:
    area.commit({Spot("name"): "A"})
    area.commit({Spot("place"): "B"})
    area.commit({Spot("name"): "C"})
    area.undo()
    assert area.value(Spot("name")) == "A"


def test_fields_keyed_together_are_one_step(area: Draft) -> None:
    area.commit({Spot("latitude"): 34.5, Spot("longitude"): 69.1})
    area.undo()
    assert (area.value(Spot("latitude")), area.value(Spot("longitude"))) == (None, None)


def test_what_is_wrong_follows_each_step(area: Draft) -> None:
    assert [p.place.field for p in area.facts().problems] == ["area_class"]
    area.commit({Spot("area_class"): "SHA", Spot("survey_date"): PartialDate.parse("2030")})
    assert [p.code for p in area.facts().problems] == ["HA-003"]
    area.commit({Spot("survey_date"): PartialDate.parse("2019")})
    assert area.facts().problems == ()


@pytest.mark.parametrize(
    ("kind", "values", "shown"),
    [
        ("stock_movement", {"kind": "found"}, True),
        ("stock_movement", {"kind": "destroyed"}, False),
        ("stock_movement", {}, False),
    ],
)
def test_fields_appear_when_they_are_relevant(
    qtbot: QtBot, kind: str, values: dict[str, object], shown: bool
) -> None:
    del qtbot
    draft = made(kind)
    draft.commit({Spot(name): value for name, value in values.items()})
    assert ("found_place" in draft.facts().shown) is shown


def test_required_marks_follow_the_values(qtbot: QtBot) -> None:
    del qtbot
    draft = made("land_activity")
    assert "hazardous_area_id" not in draft.facts().required
    draft.commit({Spot("kind"): "clearance"})
    assert "hazardous_area_id" in draft.facts().required


def test_typed_text_that_cannot_be_read_is_held_and_named(area: Draft) -> None:
    spot = Spot("survey_date")
    area.put({spot: Cell(None, "last spring")})
    assert [p.code for p in area.facts().of_field("survey_date")] == ["FIELD-020"]
    assert area.sheet.texts() == {"survey_date": "last spring"}
    area.commit({spot: PartialDate.parse("2019")})
    assert area.sheet.texts() == {}


def test_notes_are_steps_of_their_own(area: Draft) -> None:
    area.commit({Spot("name"): "A"})
    area.note(Spot("name"), "unreadable")
    area.commit({Spot("name"): "B"})
    assert area.sheet.content().notes == {"name": "unreadable"}
    area.undo()
    area.undo()
    assert (area.value(Spot("name")), area.sheet.content().notes) == ("A", {})


# rows


def test_rows_come_go_and_move(area: Draft) -> None:
    first, second = area.insert_row(ROWS), area.insert_row(ROWS)
    assert area.sheet.rows(ROWS) == (first, second)
    between = area.insert_row(ROWS, 1)
    area.move_row(ROWS, between, 0)
    assert area.sheet.rows(ROWS) == (between, first, second)
    area.delete_rows(ROWS, [first, second])
    assert area.sheet.rows(ROWS) == (between,)
    for _ in range(5):
        area.undo()
    assert area.sheet.rows(ROWS) == ()
    assert not area.is_touched


def test_a_row_knows_the_record_above(area: Draft) -> None:
    row = area.insert_row(ROWS, carried={"family": "APM"})
    assert area.value(Spot("hazardous_area_id", row)) == area.sheet.id
    assert area.value(Spot("family", row)) == "APM"
    assert area.facts(row).problems == ()


def test_a_row_takes_its_area_from_its_activity(qtbot: QtBot) -> None:
    del qtbot
    draft = made("land_activity")
    row = draft.insert_row("device_found")
    assert "admin_unit_id" not in draft.facts(row).shown
    assert draft.sheet.known(row)["activity_id"] == draft.sheet.id


def test_a_row_that_was_never_filled_leaves_nothing(area: Draft) -> None:
    row = area.insert_row(ROWS)
    assert area.drop_untouched(ROWS, row)
    assert (area.sheet.rows(ROWS), area.is_touched, area.steps.canRedo()) == ((), False, False)


def test_a_row_that_was_filled_stays(area: Draft) -> None:
    row = area.insert_row(ROWS)
    area.commit({Spot("family", row): "APM"})
    assert not area.drop_untouched(ROWS, row)
    assert area.sheet.rows(ROWS) == (row,)


def test_a_deleted_row_of_the_register_is_handed_over_as_hidden(qtbot: QtBot) -> None:
    del qtbot
    rows = {ROWS: (RowContent("r1", {"family": "APM"}, 1), RowContent("r2", {"family": "AVM"}, 1))}
    content = Content("hazardous_area", "h1", 1, {"area_class": "SHA"}, rows)
    draft = made("hazardous_area", content)
    new = draft.insert_row(ROWS)
    draft.delete_rows(ROWS, ["r1", new])
    handed = {row.id: row.hidden for row in draft.sheet.content().rows(ROWS)}
    assert handed == {"r2": False, "r1": True}


def test_a_table_is_pasted_as_one_step(area: Draft) -> None:
    first = area.insert_row(ROWS)
    area.commit({Spot("family", first): "AVM"})
    steps = area.steps.count()
    table = [{"family": Cell("APM"), "quantity": Cell(None, "many")} for _ in range(3)]
    area.paste(ROWS, 0, table)
    rows = area.sheet.rows(ROWS)
    assert (rows[0], len(rows), area.steps.count()) == (first, 3, steps + 1)
    assert [area.value(Spot("family", row)) for row in rows] == ["APM"] * 3
    assert area.sheet.texts() == {f"{row}/quantity": "many" for row in rows}
    area.undo()
    assert (area.sheet.rows(ROWS), area.value(Spot("family", first))) == ((first,), "AVM")


def test_rows_of_a_hidden_section_are_not_complained_of(qtbot: QtBot) -> None:
    del qtbot
    draft = made("retained_use")
    draft.commit({Spot("phase"): "actual"})
    row = draft.insert_row("retained_movement")
    assert any(spot.row == row for spot, _ in draft.sheet.problems())
    draft.commit({Spot("phase"): "planned"})
    assert not any(spot.row == row for spot, _ in draft.sheet.problems())


def test_an_opened_draft_is_touched_from_the_start(qtbot: QtBot) -> None:
    del qtbot
    content = blank(catalogue(), "hazardous_area", today=TODAY)
    sheet = Sheet(catalogue(), content, today=TODAY, texts={"survey_date": "spring"})
    draft = Draft(sheet, unlinked, was_kept=True)
    assert draft.is_touched
    assert draft.cell(Spot("survey_date")).text == "spring"


# whatever is done, it can be taken back

Act = Callable[[Draft], None]
_NAMES = st.sampled_from(["name", "place", "laid_by", "landowner"])
_TEXTS = st.one_of(st.none(), st.text(max_size=6))


def _on_rows(act: Callable[[Draft, str], object]) -> Act:
    def done(draft: Draft) -> None:
        rows = draft.sheet.rows(ROWS)
        if rows:
            act(draft, rows[len(rows) // 2])

    return done


_ACTS = st.one_of(
    st.builds(lambda n, t: lambda d: d.commit({Spot(n): t}), _NAMES, _TEXTS),
    st.builds(lambda n, t: lambda d: d.put({Spot(n): Cell(None, t)}), _NAMES, _TEXTS),
    st.builds(lambda n, t: lambda d: d.note(Spot(n), t), _NAMES, st.text(max_size=4)),
    st.just(lambda d: d.insert_row(ROWS, 0)),
    st.just(lambda d: d.paste(ROWS, 0, [{"family": Cell("APM")}, {"family": Cell(None, "x")}])),
    st.just(_on_rows(lambda d, row: d.delete_rows(ROWS, [row]))),
    st.just(_on_rows(lambda d, row: d.move_row(ROWS, row, 0))),
    st.just(_on_rows(lambda d, row: d.commit({Spot("quantity", row): 7}))),
    st.just(_on_rows(lambda d, row: d.drop_untouched(ROWS, row))),
    st.just(lambda d: d.undo()),
    st.just(lambda d: d.redo()),
)


def _state(draft: Draft) -> object:
    content = draft.sheet.content()
    rows = tuple((row.id, dict(row.values)) for row in content.rows(ROWS))
    return dict(content.values), rows, draft.sheet.texts(), content.notes


@settings(max_examples=150, deadline=None)
@given(acts=st.lists(_ACTS, max_size=25))
def test_whatever_is_done_can_be_taken_back_and_done_again(qapp: object, acts: list[Act]) -> None:
    del qapp
    draft = made("hazardous_area")
    start = _state(draft)
    for act in acts:
        act(draft)
    end, steps = _state(draft), draft.steps.index()
    while draft.steps.canUndo():
        draft.undo()
    assert _state(draft) == start
    assert not draft.is_touched
    while draft.steps.index() < steps:
        draft.redo()
    assert _state(draft) == end
