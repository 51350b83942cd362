"""Keying a record: what it starts with, saving it with its rows, two people at once, links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from entry_samples import (
    MARCH,
    activity,
    area,
    changed_row,
    forms,
    keyed,
    put,
    record,
    reopened,
    row,
    survivor,
    told,
    with_rows,
)
from hypothesis import given
from hypothesis import strategies as st
from registers import new_store, unsound

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.formdef.catalogue import load_catalogue
from mineaction_desktop.formdef.folding import folded
from mineaction_desktop.paths import forms_dir
from mineaction_desktop.records.types import LOCKED
from mineaction_desktop.services.content import Content, path_of
from mineaction_desktop.services.editing import (
    ConflictError,
    Difference,
    InvalidError,
    blank,
    blank_row,
    copy_of,
    find_links,
    hide,
    link_name,
    open_record,
    pinned,
    problems_of,
    referring,
    save,
    settle,
    unhide,
)
from mineaction_desktop.storage.audit import Action
from mineaction_desktop.storage.store import Store

PASSPHRASE = "correct horse"  # noqa: S105 - of a register without secrets


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as opened:
        yield opened


# --- beginning


def test_a_new_record_starts_with_defaults_and_what_is_carried_over() -> None:
    carried = {"team": "Team 4", "no_field_of_this_form": 1}
    made = blank(forms(), "land_activity", carried=carried)
    assert made.version is None
    assert made.values.keys() == forms().form("land_activity").fields.keys()
    assert (made.values["team"], made.values["report_mode"]) == ("Team 4", "incremental")
    assert made.values["review_state"] == "entered"
    assert made.values["start_date"] is None


def test_a_new_row_shares_the_links_of_its_record() -> None:
    above = record("land_activity", hazardous_area_id="area", admin_unit_id="district")
    made = blank_row(forms(), above, "area_movement", carried={"area_class": "SHA"})
    assert made.values["activity_id"] == above.id
    assert made.values["hazardous_area_id"] == "area"
    assert made.values["area_class"] == "SHA"


def test_pinned_fields_are_carried_to_the_next_record() -> None:
    form = forms().form("land_activity")
    done = record("land_activity", kind="eod", team="Team 4", end_date=MARCH)
    kept = pinned(form, done.values)
    assert kept == {"kind": "eod", "team": "Team 4", "report_mode": "incremental"}


def test_a_copy_says_the_same_but_is_another_record(store: Store) -> None:
    first = put(store, activity(put(store, area()), external_id="BO-7"))
    copy = copy_of(forms(), first)
    second = put(store, copy)
    assert (second.local_id, second.values["external_id"]) == ("ACT-000002", None)
    assert second.values["end_date"] == first.values["end_date"]
    assert [one.values["area_m2"] for one in second.rows("area_movement")] == [4200]
    assert second.rows("area_movement")[0].values["activity_id"] == second.id
    assert reopened(store, first) == first


# --- saving


def test_a_record_is_saved_with_its_rows_in_one_step(store: Store) -> None:
    minefield = put(store, area())
    saved = save(store, forms(), activity(minefield), reason="day book of 9 March")
    found = told(store, saved)
    assert [(one.kind, one.action) for one in found] == [
        ("land_activity", Action.CREATE),
        ("area_movement", Action.CREATE),
        ("device_found", Action.CREATE),
    ]
    assert {one.reason for one in found} == {"day book of 9 March"}
    assert saved.content == reopened(store, saved.content)
    assert saved.content.local_id == "ACT-000001"
    assert saved.content.rows("area_movement")[0].values["hazardous_area_id"] == minefield.id
    assert saved.changes.touched.keys() == {"land_activity", "area_movement", "device_found"}
    assert len(saved.changes) == 3
    assert saved.changes.title.render() == "3 records changed"
    assert unsound(store) == []


def test_only_what_was_changed_is_written(store: Store) -> None:
    done = put(store, activity(put(store, area())))
    wanted = changed_row(keyed(done, team="Team 9"), "device_found", quantity=4, destroyed=4)
    saved = save(store, forms(), wanted)
    assert {one.kind: dict(one.changes) for one in told(store, saved)} == {
        "device_found": {"quantity": (3, 4), "destroyed": (3, 4)},
        "land_activity": {"team": (None, "Team 9")},
    }
    assert (saved.content.version, saved.content.rows("area_movement")[0].version) == (2, 1)


def test_saving_what_was_not_changed_leaves_no_entry(store: Store) -> None:
    done = put(store, activity(put(store, area())))
    saved = save(store, forms(), done)
    assert (saved.changes.batch, dict(saved.changes.touched)) == ("", {})
    assert saved.content == done


def test_a_deleted_row_is_hidden_and_a_new_one_added(store: Store) -> None:
    done = put(store, activity(put(store, area())))
    without = changed_row(done, "device_found", hidden=True)
    new = row(without, "device_found", family="AVM", date=MARCH, quantity=1, destroyed=1)
    wanted = with_rows(without, "device_found", *without.rows("device_found"), new)
    saved = save(store, forms(), wanted)
    assert [one.values["family"] for one in saved.content.rows("device_found")] == ["AVM"]
    assert {one.action for one in told(store, saved)} == {Action.CREATE, Action.HIDE}
    assert unsound(store) == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"area_class": None}, "area_class"),
        ({"area_class": "no such class"}, "area_class"),
        ({"number_of_areas": "many"}, "number_of_areas"),
        ({"number_of_areas": 0}, "number_of_areas"),
        ({"latitude": 95.0}, "latitude"),
        ({"survey_date": "2019-13"}, "survey_date"),
        ({"number_of_areas": 2**63}, "number_of_areas"),
    ],
)
def test_what_the_register_cannot_hold_is_refused_by_field(
    store: Store, values: dict[str, object], field: str
) -> None:
    wrong = keyed(area(), **values)
    with pytest.raises(InvalidError) as refused:
        save(store, forms(), wrong)
    places = [(one.place.record_id, one.place.field) for one in refused.value.problems]
    assert (wrong.id, field) in places
    with store.read() as reader:
        assert reader.change_number == 0


def test_a_wrong_row_is_named_and_nothing_is_saved(store: Store) -> None:
    minefield = put(store, area())
    wrong = changed_row(activity(minefield), "device_found", destroyed=None)
    with pytest.raises(InvalidError, match="Destroyed must be filled in") as refused:
        save(store, forms(), wrong)
    (problem,) = refused.value.problems
    place = problem.place
    assert (place.kind, place.record_id, place.field) == (
        "device_found",
        wrong.rows("device_found")[0].id,
        "destroyed",
    )
    with pytest.raises(UserError, match="not in the register"), store.read() as reader:
        open_record(reader, forms(), "land_activity", wrong.id)


def test_a_deleted_row_is_not_checked() -> None:
    wrong = changed_row(activity(area()), "device_found", destroyed=None, hidden=True)
    assert "destroyed" not in {one.place.field for one in problems_of(forms(), wrong)}


def test_a_number_that_is_taken_is_refused_where_it_was_typed(store: Store) -> None:
    put(store, area(local_id="BO-0211"))
    with pytest.raises(InvalidError, match="BO-0211") as refused:
        save(store, forms(), area(local_id="BO-0211"))
    assert refused.value.problems[0].place.field == "local_id"
    above = activity(put(store, area()))
    twice = [
        row(above, "device_found", family="APM", date=MARCH, quantity=1, destroyed=1, local_id="D")
        for _ in range(2)
    ]
    with pytest.raises(InvalidError, match="“D”"):
        save(store, forms(), with_rows(above, "device_found", *twice))


def test_a_typed_number_is_never_handed_out_again(store: Store) -> None:
    put(store, area(local_id="HA-000007"))
    assert put(store, area()).local_id == "HA-000008"


def test_a_number_and_a_review_state_are_never_emptied(store: Store) -> None:
    done = put(store, area())
    saved = save(store, forms(), keyed(done, local_id=None, review_state=None, name="Other"))
    assert (saved.content.local_id, saved.content.values["review_state"]) == (
        "HA-000001",
        "entered",
    )


def test_a_field_that_goes_out_of_sight_is_emptied(store: Store) -> None:
    marked = put(store, area(marked="yes", marking_kind="painted_marks"))
    saved = save(store, forms(), keyed(marked, marked="no"))
    assert saved.content.values["marking_kind"] is None


def test_what_lay_out_of_sight_before_stays(store: Store) -> None:
    with store.write("import of old.xlsx") as writer:
        rows = [{"area_class": "CHA", "marked": "no", "marking_kind": "painted_marks"}]
        (imported,) = writer.add_rows("hazardous_area", rows)
    with store.read() as reader:
        opened = open_record(reader, forms(), "hazardous_area", imported)
    saved = save(store, forms(), keyed(opened, name="Named now"))
    assert saved.content.values["marking_kind"] == "painted_marks"


def test_a_record_that_is_gone_is_named(store: Store) -> None:
    with pytest.raises(UserError, match="not in the register"), store.read() as reader:
        open_record(reader, forms(), "hazardous_area", "nowhere")
    with pytest.raises(UserError, match="not in the register"):
        save(store, forms(), replace(area(), version=3))


def test_notes_on_fields_are_kept_with_the_record_and_in_its_history(store: Store) -> None:
    made = activity(put(store, area()))
    device = made.rows("device_found")[0].id
    notes = {"start_date": "hard to read", path_of("quantity", device): "3 or 8", "team": "  "}
    saved = save(store, forms(), replace(made, notes=notes))
    assert saved.content.notes == {k: v for k, v in notes.items() if v.strip()}
    again = save(store, forms(), replace(saved.content, notes={"start_date": "the 1st, says Omar"}))
    assert again.content.notes == {"start_date": "the 1st, says Omar"}
    assert len(told(store, again)) == 2
    assert unsound(store) == []


ADDITION = """
format = 1
extends = "hazardous_area"
[[sections]]
id = "national"
title = "National"
fields = [
  { name = "tribe", label = "Tribe", type = "text", extra = true },
  { name = "visited", label = "Visited", type = "partial_date", extra = true },
]
"""


def test_national_fields_and_forgotten_ones_are_kept(store: Store, tmp_path: Path) -> None:
    (tmp_path / "entry").mkdir()
    (tmp_path / "entry" / "national.toml").write_text(ADDITION)
    ours = load_catalogue(forms_dir(), [tmp_path])
    made = blank(ours, "hazardous_area")
    values = {**made.values, "area_class": "CHA", "tribe": "Shammar", "visited": MARCH}
    saved = save(store, ours, replace(made, values=values))
    assert saved.content.values["visited"] == MARCH
    plain = reopened(store, saved.content)
    assert "tribe" not in plain.values
    save(store, forms(), replace(keyed(plain, name="North"), notes={"name": "spelt by ear"}))
    with store.read() as reader:
        opened = open_record(reader, ours, "hazardous_area", made.id)
    assert (opened.values["tribe"], opened.values["visited"]) == ("Shammar", MARCH)
    assert opened.notes == {"name": "spelt by ear"}


def test_an_identity_is_written_only_with_the_passphrase(store: Store) -> None:
    person = put(store, survivor())
    identity = record("person_identity", survivor_id=person.id, full_name="Layla al-Masri")
    with pytest.raises(UserError, match="passphrase"):
        save(store, forms(), identity)
    with store.unlock(PASSPHRASE):
        done = put(store, identity)
    locked = reopened(store, done)
    assert locked.values["full_name"] == LOCKED
    put(store, keyed(locked, notes="called back"))
    with pytest.raises(UserError, match="passphrase"):
        put(store, keyed(reopened(store, done), full_name="Somebody else"))
    with store.unlock(PASSPHRASE):
        assert reopened(store, done).values["full_name"] == "Layla al-Masri"
    assert b"Layla" not in store.path.read_bytes()


# --- two people at once


def _conflict(store: Store, mine: Content) -> ConflictError:
    with pytest.raises(ConflictError, match="after you opened it") as refused:
        save(store, forms(), mine)
    return refused.value


def _shown(one: Difference) -> tuple[object, ...]:
    return one.field, one.before, one.yours, one.theirs, one.proposed


def test_two_changes_of_one_record_are_shown_field_by_field(store: Store) -> None:
    opened = put(store, area(place="Kirkuk", directions="north"))
    put(store, keyed(opened, name="Theirs", place="Mosul"))
    mine = keyed(opened, name="Mine", directions="south")
    conflict = _conflict(store, mine)
    assert [_shown(one) for one in conflict.fields] == [
        ("name", "North field", "Mine", "Theirs", None),
        ("place", "Kirkuk", "Kirkuk", "Mosul", "theirs"),
        ("directions", "north", "south", "north", "yours"),
    ]
    assert conflict.theirs == reopened(store, opened)
    for choices, name in (({}, "Mine"), ({"name": "theirs"}, "Theirs")):
        settled = settle(mine, conflict, choices)  # type: ignore[arg-type]  # a table of cases
        values = settled.values
        assert (values["name"], values["place"], values["directions"]) == (name, "Mosul", "south")
    saved = save(store, forms(), settle(mine, conflict, {"place": "yours"}))
    assert (saved.content.version, saved.content.values["place"]) == (3, "Kirkuk")
    assert unsound(store) == []


def test_a_row_that_you_left_alone_is_no_conflict(store: Store) -> None:
    opened = put(store, activity(put(store, area())))
    put(store, changed_row(opened, "device_found", quantity=8, destroyed=8))
    saved = save(store, forms(), keyed(opened, team="Mine"))
    assert saved.content.values["team"] == "Mine"
    assert saved.content.rows("device_found")[0].values["quantity"] == 8


def test_rows_that_both_have_changed_are_settled(store: Store) -> None:
    opened = put(store, activity(put(store, area())))
    theirs = changed_row(opened, "device_found", quantity=8, destroyed=8)
    new = row(theirs, "device_found", family="AVM", date=MARCH, quantity=1, destroyed=1)
    theirs = with_rows(theirs, "device_found", *theirs.rows("device_found"), new)
    put(store, changed_row(theirs, "area_movement", hidden=True))
    mine = changed_row(opened, "device_found", quantity=5, destroyed=5)
    mine = changed_row(mine, "area_movement", area_m2=9000)
    conflict = _conflict(store, mine)
    assert {one.field for one in conflict.fields} == {
        "quantity",
        "destroyed",
        "area_m2",
        "is_hidden",
    }
    device, movement = (mine.rows(kind)[0].id for kind in ("device_found", "area_movement"))
    choices = {path_of(name, device): "theirs" for name in ("quantity", "destroyed")}
    back = {path_of("is_hidden", movement): "yours"}
    saved = save(store, forms(), settle(mine, conflict, {**choices, **back}))  # type: ignore[dict-item]  # as above
    assert [one.values["quantity"] for one in saved.content.rows("device_found")] == [8, 1]
    assert [one.values["area_m2"] for one in saved.content.rows("area_movement")] == [9000]
    assert unsound(store) == []


def test_a_row_deleted_by_somebody_else_stays_deleted_unless_you_say_so(store: Store) -> None:
    opened = put(store, activity(put(store, area())))
    put(store, changed_row(opened, "area_movement", hidden=True))
    assert put(store, keyed(opened, team="Mine")).rows("area_movement") == ()
    conflict = _conflict(store, changed_row(opened, "area_movement", area_m2=9000))
    settled = settle(changed_row(opened, "area_movement", area_m2=9000), conflict)
    assert put(store, settled).rows("area_movement") == ()


def test_the_same_change_twice_is_no_conflict(store: Store) -> None:
    opened = put(store, area())
    put(store, keyed(opened, name="Same"))
    saved = save(store, forms(), keyed(opened, name="Same"))
    assert dict(saved.changes.touched) == {}


# --- hiding


def test_hiding_takes_the_rows_along_and_showing_brings_them_back(store: Store) -> None:
    done = put(store, activity(put(store, area())))
    new = row(done, "device_found", family="AVM", date=MARCH, quantity=1, destroyed=1)
    done = put(store, with_rows(done, "device_found", *done.rows("device_found"), new))
    done = put(store, changed_row(done, "device_found", hidden=True))
    gone = hide(store, "land_activity", [done.id], "entered twice")
    assert {kind: len(ids) for kind, ids in gone.touched.items()} == {
        "land_activity": 1,
        "area_movement": 1,
        "device_found": 1,
    }
    assert reopened(store, done).is_hidden
    back = unhide(store, "land_activity", [done.id], "not twice after all")
    assert back.touched == gone.touched
    assert [one.values["family"] for one in reopened(store, done).rows("device_found")] == ["AVM"]
    assert unsound(store) == []


def test_hiding_needs_a_reason(store: Store) -> None:
    done = put(store, area())
    with pytest.raises(UserError, match="Say why"):
        hide(store, "hazardous_area", [done.id], "  ")


def test_who_refers_to_a_record_is_known_before_it_is_hidden(store: Store) -> None:
    minefield = put(store, area())
    done = put(store, activity(minefield))
    with store.read() as reader:
        found = referring(reader, "hazardous_area", [minefield.id])
        assert [(one.local_id, one.field) for one in found] == [
            ("DEV-000001", "hazardous_area_id"),
            (done.local_id, "hazardous_area_id"),
        ]
        assert referring(reader, "land_activity", [done.id]) == []


# --- links


@pytest.fixture
def minefields(store: Store) -> Store:
    """Areas with names in many scripts."""
    names = ("حقل ألغام الفدائي", "Ёлкино поле", "Champ d'Été", "地雷区", "Plain of Jars", "ភ្នំពេញ")
    for position, name in enumerate(names, start=1):
        put(store, area(name, external_id=f"X{position}/77"))
    return store


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("الفدائى", [1]),
        ("ألغام", [1]),
        ("الغــام حقل", [1]),
        ("елкино", [2]),
        ("ПОЛЕ", [2]),
        ("ete", [3]),
        ("D'ÉTÉ champ", [3]),
        ("地雷", [4]),
        ("jars plain", [5]),
        ("ពេញ", [6]),
        ("HA-000003", [3]),
        ("ha-3", [3]),
        ("x4/77", [4]),
        ("٥", [5]),
        ("nowhere", []),
        ("", [6, 5, 4, 3, 2, 1]),
    ],
)
def test_a_link_is_found_by_any_part_in_any_script(
    minefields: Store, typed: str, numbers: list[int]
) -> None:
    field = forms().form("land_activity").fields["hazardous_area_id"]
    with minefields.read() as reader:
        found = find_links(reader, forms(), field, typed, {})
    wanted = [f"HA-{number:06d}" for number in numbers]
    assert [one.local_id for one in found][: len(wanted) or None] == wanted


def test_links_follow_what_is_changed_and_hidden(minefields: Store) -> None:
    field = forms().form("land_activity").fields["hazardous_area_id"]

    def found(text: str) -> list[str]:
        with minefields.read() as reader:
            return [one.local_id for one in find_links(reader, forms(), field, text, {})]

    assert found("jars") == ["HA-000005"]
    with minefields.read() as reader:
        option = find_links(reader, forms(), field, "jars", {})[0]
    jars = reopened(minefields, replace(area(), id=option.id))
    put(minefields, keyed(jars, name="Plain of Urns"))
    put(minefields, area("Jarso"))
    assert (found("jars"), found("urns")) == (["HA-000007"], ["HA-000005"])
    hide(minefields, "hazardous_area", [option.id], "entered twice")
    assert found("urns") == []
    unhide(minefields, "hazardous_area", [option.id], "it was not")
    assert found("urns") == ["HA-000005"]


def test_another_register_has_links_of_its_own(minefields: Store, tmp_path: Path) -> None:
    field = forms().form("land_activity").fields["hazardous_area_id"]
    with new_store(tmp_path, "other") as other, other.read() as reader:
        assert find_links(reader, forms(), field, "jars", {}) == []
    with minefields.read() as reader:
        assert len(find_links(reader, forms(), field, "jars", {})) == 1


def test_the_filter_of_a_field_is_respected(store: Store) -> None:
    for name, family in (("PMN", "APM"), ("PMN-2", "APM"), ("TM-57", "AVM")):
        put(store, record("ordnance_type", name=name, family=family))
    field = forms().form("device_found").fields["ordnance_type_id"]
    with store.read() as reader:
        every = find_links(reader, forms(), field, "", {})
        mines = find_links(reader, forms(), field, "m", {"family": "AVM"})
        few = find_links(reader, forms(), field, "pmn", {"family": "APM"}, limit=1)
    assert sorted(one.name for one in every) == ["PMN", "PMN-2", "TM-57"]
    assert [one.name for one in mines] == ["TM-57"]
    assert [one.name for one in few] == ["PMN"]


def test_aliases_name_a_record_and_its_details_tell_it_apart(store: Store) -> None:
    north = put(store, record("admin_unit", name="North", level=1))
    put(store, area(admin_unit_id=north.id))
    put(store, record("organisation", name="Armée", aliases=["Sappeurs"]))
    organisation = forms().form("land_activity").fields["organisation_id"]
    minefield = forms().form("land_activity").fields["hazardous_area_id"]
    with store.read() as reader:
        (army,) = find_links(reader, forms(), organisation, "sappeur", {})
        (field,) = find_links(reader, forms(), minefield, "north field", {})
        assert army.name == "Armée"
        assert "North" in field.detail
        assert link_name(reader, forms(), "organisation", army.id) == "Armée"
        assert link_name(reader, forms(), "organisation", "nobody") == "nobody"


@given(st.text(max_size=40))
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    once = folded(text)
    assert folded(once) == once
    assert folded(f"  {text}\u0640") == once
