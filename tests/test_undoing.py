"""Going back: whole steps, whole records and single fields, and what stands in the way."""

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
    with_rows,
)
from registers import new_store, unsound

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.records.types import LOCKED
from mineaction_desktop.services.editing import hide, open_record, save, unhide
from mineaction_desktop.services.importing import import_table
from mineaction_desktop.services.reviewing import change_many
from mineaction_desktop.services.undoing import restore, take_back, versions
from mineaction_desktop.storage.store import Store

PASSPHRASE = "correct horse"  # noqa: S105 - of a register without secrets


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as opened:
        yield opened


# --- whole steps


def test_a_first_saving_is_taken_back_with_its_rows(store: Store) -> None:
    minefield = put(store, area())
    saved = save(store, forms(), activity(minefield))
    back = take_back(store, saved.changes.batch, "wrong pile")
    assert back.touched == saved.changes.touched
    opened = reopened(store, saved.content)
    assert opened.is_hidden
    assert [opened.rows(kind) for kind in ("area_movement", "device_found")] == [(), ()]
    with store.read() as reader:
        reason = versions(reader, forms(), opened.id)[0].reason
    assert reason is not None
    assert reason.endswith("wrong pile")
    assert unsound(store) == []


def test_a_change_is_taken_back_and_done_again(store: Store) -> None:
    done = put(store, activity(put(store, area())))
    wanted = changed_row(keyed(done, team="Team 9"), "device_found", quantity=8, destroyed=8)
    new = row(done, "device_found", family="AVM", date=MARCH, quantity=1, destroyed=1)
    wanted = with_rows(wanted, "device_found", *wanted.rows("device_found"), new)
    wanted = changed_row(wanted, "area_movement", hidden=True)
    saved = save(store, forms(), wanted)
    undone = take_back(store, saved.changes.batch)
    before = reopened(store, done)
    assert before.values == done.values
    assert [one.values for one in before.rows("device_found")] == [
        one.values for one in done.rows("device_found")
    ]
    assert len(before.rows("area_movement")) == 1
    with pytest.raises(UserError, match="already"):
        take_back(store, saved.changes.batch)
    redone = take_back(store, undone.batch)
    again = reopened(store, done)
    assert again.values["team"] == "Team 9"
    assert [one.values["quantity"] for one in again.rows("device_found")] == [8, 1]
    assert again.rows("area_movement") == ()
    take_back(store, redone.batch)
    assert reopened(store, done).values == done.values
    assert unsound(store) == []


def test_hiding_and_showing_are_taken_back(store: Store) -> None:
    done = put(store, area())
    gone = hide(store, "hazardous_area", [done.id], "entered twice")
    take_back(store, gone.batch)
    assert not reopened(store, done).is_hidden
    hide(store, "hazardous_area", [done.id], "entered twice")
    shown = unhide(store, "hazardous_area", [done.id], "not at all")
    take_back(store, shown.batch)
    assert reopened(store, done).is_hidden
    assert unsound(store) == []


def test_many_changes_at_once_are_taken_back_at_once(store: Store) -> None:
    made = [put(store, area(f"Field {number}", place="Mosul")) for number in range(5)]
    put(store, keyed(made[2], place="Kirkuk"))
    ids = [one.id for one in made]
    many = change_many(store, forms(), "hazardous_area", ids, "place", "Erbil", "one district")
    assert len(many) == 5
    take_back(store, many.batch)
    places = [reopened(store, one).values["place"] for one in made]
    assert places == ["Mosul", "Mosul", "Kirkuk", "Mosul", "Mosul"]


def test_an_import_is_taken_back_by_the_same_call(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "areas.csv"
    file.write_text("local_id,name,area_class\nN-1,North,CHA\nN-2,South,SHA\n")
    done = import_table(store, file, kind="hazardous_area")
    assert done.batch is not None
    back = take_back(store, done.batch)
    (ids,) = back.touched.values()
    assert len(ids) == 2
    assert back.batch
    with store.read() as reader:
        assert all(open_record(reader, forms(), "hazardous_area", one).is_hidden for one in ids)
    with pytest.raises(UserError, match="already"):
        take_back(store, done.batch)


def test_what_was_changed_since_is_named_and_nothing_is_taken_back(store: Store) -> None:
    made = [put(store, area(f"Field {number}")) for number in range(3)]
    ids = [one.id for one in made]
    many = change_many(store, forms(), "hazardous_area", ids, "place", "Erbil", "one district")
    later = save(store, forms(), keyed(reopened(store, made[1]), place="Kirkuk"))
    with pytest.raises(UserError, match="HA-000002 was changed since") as refused:
        take_back(store, many.batch)
    (problem,) = refused.value.problems
    assert (problem.code, problem.place.record_id) == ("UNDO-001", made[1].id)
    assert reopened(store, made[0]).values["place"] == "Erbil"
    take_back(store, later.changes.batch)
    take_back(store, many.batch)
    assert reopened(store, made[1]).values["place"] is None


def test_what_others_build_upon_is_not_taken_back(store: Store) -> None:
    made = save(store, forms(), area())
    put(store, activity(made.content))
    with pytest.raises(UserError, match="refers to HA-000001") as refused:
        take_back(store, made.changes.batch)
    assert {one.code for one in refused.value.problems} == {"UNDO-002"}


def test_sealed_text_cannot_be_brought_back(store: Store) -> None:
    person = put(store, survivor())
    with store.unlock(PASSPHRASE):
        done = put(store, record("person_identity", survivor_id=person.id, full_name="Layla"))
        saved = save(store, forms(), keyed(done, full_name="Somebody else"))
        with pytest.raises(UserError, match="not kept in the trail"):
            take_back(store, saved.changes.batch)
        with pytest.raises(UserError, match="sealed"):
            restore(store, forms(), done.kind, done.id, 2, fields=["full_name"])
        whole = restore(store, forms(), done.kind, done.id, 2)
        assert whole.content.values["full_name"] == "Somebody else"
    with store.read() as reader:
        latest = versions(reader, forms(), done.id)[0]
    assert [(one.old_text, one.new_text) for one in latest.changes] == [(LOCKED, LOCKED)]


def test_a_step_that_never_was_is_refused(store: Store) -> None:
    with pytest.raises(UserError, match="not in the register"):
        take_back(store, "nonsense")


# --- versions


def test_the_history_of_a_record_is_told_in_words(store: Store) -> None:
    north = put(store, record("admin_unit", name="North", level=1))
    first = save(store, forms(), replace(area(), notes={"name": "spelt by ear"}), reason="pile 3")
    wanted = keyed(first.content, area_class="SHA", admin_unit_id=north.id, survey_date=MARCH)
    save(store, forms(), replace(wanted, notes={}))
    hide(store, "hazardous_area", [first.content.id], "entered twice")
    with store.read() as reader:
        hidden, second, made = versions(reader, forms(), first.content.id)
    assert [(one.version, one.action, one.reason) for one in (made, second, hidden)] == [
        (1, "create", "pile 3"),
        (2, "update", None),
        (3, "hide", "entered twice"),
    ]
    assert {(one.label, one.old_text, one.new_text) for one in second.changes} == {
        ("Suspected or confirmed", "Confirmed hazardous area", "Suspected hazardous area"),
        ("Administrative unit", "", "North"),
        ("Date of survey", "", "2025-03-09"),
        ("Name", "spelt by ear", ""),
    }
    assert [one.field for one in second.changes if one.is_note] == ["name"]
    assert ("name", "Name", "", "North field") in {
        (one.field, one.label, one.old_text, one.new_text) for one in made.changes
    }
    assert made.author == "records officer"
    assert hidden.changes == ()


def test_money_is_told_in_its_currency(store: Store) -> None:
    paid = activity(put(store, area()), cost=125_050, currency="EUR")
    saved = save(store, forms(), paid)
    with store.read() as reader:
        (made,) = versions(reader, forms(), saved.content.id)
    assert "1250.50" in {one.new_text for one in made.changes}


def test_a_record_is_as_it_was_after_any_entry(store: Store) -> None:
    first = put(store, area(place="Mosul"))
    second = put(store, keyed(first, name="Other", place=None))
    hide(store, "hazardous_area", [first.id], "entered twice")
    with store.read() as reader:
        numbers = [one.number for one in versions(reader, forms(), first.id)][::-1]
    back = restore(store, forms(), "hazardous_area", first.id, numbers[0])
    assert (back.content.values, back.content.is_hidden) == (first.values, False)
    again = restore(store, forms(), "hazardous_area", first.id, numbers[1])
    assert again.content.values == second.values
    same = restore(store, forms(), "hazardous_area", first.id, numbers[1])
    assert same.changes.batch == ""
    with pytest.raises(UserError, match="no entry 99"):
        restore(store, forms(), "hazardous_area", first.id, 99)
    assert unsound(store) == []


def test_a_single_field_is_restored(store: Store) -> None:
    first = put(store, area(place="Mosul"))
    put(store, keyed(first, name="Other", place="Kirkuk"))
    with store.read() as reader:
        number = versions(reader, forms(), first.id)[-1].number
    back = restore(store, forms(), "hazardous_area", first.id, number, fields=["place"])
    assert (back.content.values["name"], back.content.values["place"]) == ("Other", "Mosul")
