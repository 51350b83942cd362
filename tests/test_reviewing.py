"""One change to many records: all of them, or none and why not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from entry_samples import activity, area, forms, put, reopened
from registers import new_store, unsound

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.services.content import Content
from mineaction_desktop.services.editing import hide
from mineaction_desktop.services.reviewing import change_many, review_many
from mineaction_desktop.storage.audit import entries
from mineaction_desktop.storage.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as opened:
        yield opened


@pytest.fixture
def made(store: Store) -> list[Content]:
    return [put(store, area(f"Field {number}")) for number in range(4)]


def _ids(made: list[Content]) -> list[str]:
    return [one.id for one in made]


def test_many_records_get_a_value_in_one_step(store: Store, made: list[Content]) -> None:
    done: list[tuple[int, int]] = []
    changes = change_many(
        store,
        forms(),
        "hazardous_area",
        _ids(made),
        "place",
        "Erbil",
        "one district",
        progress=lambda at, of: done.append((at, of)),
    )
    assert {reopened(store, one).values["place"] for one in made} == {"Erbil"}
    with store.read() as reader:
        found = entries(reader, batch=changes.batch)
    assert {(one.reason, tuple(one.changes)) for one in found} == {("one district", ("place",))}
    assert len(found) == 4
    assert done[-1] == (4, 4)
    assert unsound(store) == []


def test_what_has_the_value_already_and_what_is_hidden_is_left_alone(
    store: Store, made: list[Content]
) -> None:
    change_many(store, forms(), "hazardous_area", [made[0].id], "place", "Erbil", "first")
    hide(store, "hazardous_area", [made[1].id], "entered twice")
    changes = change_many(store, forms(), "hazardous_area", _ids(made), "place", "Erbil", "all")
    assert changes.touched == {"hazardous_area": {made[2].id, made[3].id}}


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("area_class", None, "must be filled in"),
        ("area_class", "XXX", "not in the list"),
        ("number_of_areas", 0, "less than 1"),
        ("local_id", "BO-1", "one by one"),
    ],
)
def test_a_value_that_does_not_fit_changes_nothing(
    store: Store, made: list[Content], field: str, value: object, word: str
) -> None:
    with pytest.raises(UserError, match=word):
        change_many(store, forms(), "hazardous_area", _ids(made), field, value, "all alike")
    assert [reopened(store, one) for one in made] == made


def test_every_record_that_a_value_does_not_fit_is_named(store: Store, made: list[Content]) -> None:
    with pytest.raises(UserError, match="4 records") as refused:
        change_many(store, forms(), "hazardous_area", _ids(made), "area_class", None, "all")
    assert [one.place.record_id for one in refused.value.problems] == _ids(made)


def test_faults_that_were_there_before_do_not_stand_in_the_way(store: Store) -> None:
    with store.write("import of old.xlsx") as writer:
        rows = [{"area_class": "CHA", "latitude": 123.0}]
        (old,) = writer.add_rows("hazardous_area", rows)
    assert len(change_many(store, forms(), "hazardous_area", [old], "place", "Erbil", "all")) == 1


def test_many_changes_need_a_reason(store: Store, made: list[Content]) -> None:
    with pytest.raises(UserError, match="Say why"):
        change_many(store, forms(), "hazardous_area", _ids(made), "place", "Erbil", " ")
    with pytest.raises(UserError, match="Say why"):
        review_many(store, "hazardous_area", _ids(made), "rejected", "")


def test_records_are_accepted_with_their_rows(store: Store, made: list[Content]) -> None:
    done = put(store, activity(made[0]))
    changes = review_many(store, "land_activity", [done.id], "accepted", "")
    assert changes.touched.keys() == {"land_activity", "area_movement", "device_found"}
    opened = reopened(store, done)
    states = {one.values["review_state"] for kind in opened.groups for one in opened.rows(kind)}
    assert {opened.values["review_state"], *states} == {"accepted"}
    assert review_many(store, "land_activity", [done.id], "accepted", "").batch == ""
    assert unsound(store) == []
