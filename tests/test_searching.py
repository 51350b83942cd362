"""Searching all records: the index follows the trail; what it does not know is found too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from registers import (
    AUTHOR,
    admin_unit,
    behind_the_back,
    identity,
    new_store,
    organisation,
    survivor,
)

from mineaction_desktop.formdef.catalogue import load_catalogue
from mineaction_desktop.records.reference import Organisation
from mineaction_desktop.services import browsing, searching
from mineaction_desktop.services.browsing import ListQuery
from mineaction_desktop.services.opening import Store

CATALOGUE = load_catalogue()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as made:
        yield made


def _add(store: Store, *names: str) -> list[str]:
    made = [organisation(name) for name in names]
    with store.write("test") as writer:
        writer.add(*made)
    return [one.id for one in made]


def _found(store: Store, text: str) -> list[str]:
    return [hit.name for hit in searching.search_everywhere(store, CATALOGUE, text)]


CASES = [
    ("Halo Trust", "halo", True),
    ("Halo Trust", "TRU", True),
    ("Halo Trust", "trust halo", True),
    ("Halo Trust", "alo", False),
    ("Halo Trust", "halo mag", False),
    ("Défense française", "defense FRANCAISE", True),
    ("مؤسسة نزع الألغام", "الغام", False),
    ("مؤسسة نزع ألغام", "الغام", True),
    ("Саперы", "САПЕР", True),
    ("中国扫雷队", "扫雷", True),
    ("中国扫雷队", "雷扫", False),
    ("Team-7 North", "team-7", True),
    ("A & B", "&", False),
    ('The "Best" team', '"best"', True),
    ("x* OR y", "x* OR", True),
]


@pytest.mark.parametrize("is_indexed", [True, False])
@pytest.mark.parametrize(("name", "text", "is_found"), CASES)
def test_words(store: Store, name: str, text: str, is_found: bool, is_indexed: bool) -> None:
    _add(store, name, "something else")
    if is_indexed:
        assert searching.catch_up(store) == 0
    assert [name in hit for hit in _found(store, text)] == ([True] if is_found else [])


def test_the_index_follows_a_change(store: Store) -> None:
    (one,) = _add(store, "Old name")
    searching.catch_up(store)
    with store.write("renamed") as writer:
        record = writer.session.get(Organisation, one)
        assert record is not None
        record.name = "New name"
    assert searching.behind(store) > 0
    for _ in range(2):
        assert _found(store, "old") == []
        assert len(_found(store, "new")) == 1
        searching.catch_up(store)
    assert searching.behind(store) == 0


def test_deleted_records_are_not_found(store: Store) -> None:
    (one, _) = _add(store, "First army", "Second army")
    searching.catch_up(store)
    with store.write() as writer:
        record = writer.session.get(Organisation, one)
        assert record is not None
        writer.hide(record, "twice")
    assert len(_found(store, "army")) == 1
    searching.catch_up(store)
    assert len(_found(store, "army")) == 1


def test_who_somebody_is_never_enters_the_index(store: Store) -> None:
    with store.unlock("secret words"), store.write("test") as writer:
        person = survivor()
        writer.add(person)
        writer.add(identity(person, "Layla al-Masri"))
    searching.catch_up(store)
    assert _found(store, "layla") == []
    with store.read() as reader:
        rows = reader.connection.exec_driver_sql("SELECT kind, body FROM search_text").all()
    assert all(kind != "person_identity" and "layla" not in body for kind, body in rows)
    assert [kind for kind, _ in rows] == ["survivor"]


def test_a_register_open_for_reading_finds_the_rest(store: Store) -> None:
    _add(store, "Indexed army")
    searching.catch_up(store)
    _add(store, "Later army")
    with Store.open(store.path) as reading:
        assert searching.catch_up(reading) > 0
        assert len(_found(reading, "army")) == 2


def test_an_index_made_by_other_rules_is_made_anew(store: Store) -> None:
    _add(store, "Halo Trust")
    searching.catch_up(store)
    with store.write() as writer:
        writer.connection.exec_driver_sql(
            "UPDATE search_state SET value = '0' WHERE name = 'rules'"
        )
        writer.connection.exec_driver_sql("UPDATE search_text SET body = 'old rules'")
    assert searching.behind(store) > 0
    assert len(_found(store, "halo")) == 1
    searching.catch_up(store)
    with store.read() as reader:
        count = reader.connection.exec_driver_sql("SELECT count(*) FROM search_text").scalar()
    assert count == 1
    assert len(_found(store, "halo")) == 1


def test_a_long_way_is_gone_in_steps(store: Store) -> None:
    _add(store, *(f"Team {n}" for n in range(1200)))
    steps = iter([False, True])
    assert searching.catch_up(store, stopped=lambda: next(steps)) > 0
    assert searching.catch_up(store) == 0
    assert any("Team 1199" in name for name in _found(store, "team 1199"))


def test_many_of_one_kind_do_not_hide_the_few_of_another(store: Store) -> None:
    with store.write("test") as writer:
        writer.add(admin_unit("Team village"))
    _add(store, *(f"Team {n}" for n in range(2100)))
    searching.catch_up(store)
    groups = searching.by_kind(searching.search_everywhere(store, CATALOGUE, "team", limit=5))
    assert {kind: len(hits) for kind, hits in groups.items()} == {
        "organisation": 5,
        "admin_unit": 1,
    }


def test_two_records_in_one_place_of_the_index(store: Store) -> None:
    """Identifiers made in the same moment elsewhere share a place; both stay findable."""
    first = "01900000-0000-7000-8000-000000000001"
    second = "01900000-0000-7000-8008-000000000002"
    with store.write("test") as writer:
        writer.add_rows("organisation", [{"id": first, "name": "Alpha"}])
        writer.add_rows("organisation", [{"id": second, "name": "Beta"}])
    searching.catch_up(store)
    assert len(_found(store, "alpha")) == len(_found(store, "beta")) == 1


def test_the_text_is_shown_where_the_words_stand(store: Store) -> None:
    made = organisation("Army", notes=f"{'blank ' * 50}the engine depot {'blank ' * 50}")
    with store.write("test") as writer:
        writer.add(made)
    (hit,) = searching.search_everywhere(store, CATALOGUE, "engine")
    assert "the engine depot" in hit.snippet
    assert len(hit.snippet) < 160


def test_the_list_of_a_kind_finds_what_is_newer_than_the_index(store: Store) -> None:
    _add(store, "Old army")
    searching.catch_up(store)
    _add(store, "New army")
    query = ListQuery("organisation", ("name",), text="army")
    rows = browsing.all_rows(store, CATALOGUE, query)
    assert rows is not None
    assert len(rows) == 2


def test_a_spoilt_index_is_made_from_the_records_again(store: Store) -> None:
    _add(store, "Halo Trust")
    searching.catch_up(store)
    path = store.path
    store.close()
    behind_the_back(path, "DELETE FROM search_text", "DELETE FROM search_state")
    with Store.open(path, AUTHOR, write=True) as again:
        assert len(_found(again, "halo")) == 1
        searching.catch_up(again)
        assert len(_found(again, "halo")) == 1
