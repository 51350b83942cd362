"""Identities are readable with the passphrase, and without it not even in the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from registers import AUTHOR, behind_the_back, identity, new_store, survivor
from sqlalchemy import select

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.records.people import PersonIdentity
from mineaction_desktop.records.types import LOCKED
from mineaction_desktop.storage import audit
from mineaction_desktop.storage.store import Store

PASSPHRASE = "correct horse"  # noqa: S105 - of a register without secrets
NAME = "Layla al-Masri"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A register with one identity."""
    with new_store(tmp_path) as store, store.unlock(PASSPHRASE), store.write() as writer:
        person = survivor()
        writer.add(person)
        writer.add(identity(person, NAME))
    return store.path


def _name(store: Store) -> str | None:
    with store.read() as reader:
        return reader.session.scalars(select(PersonIdentity)).one().full_name


def test_the_first_use_sets_the_passphrase(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        assert not store.has_passphrase
        with store.unlock(PASSPHRASE):
            pass
        assert store.has_passphrase


def test_identities_open_with_the_passphrase_only(path: Path) -> None:
    with Store.open(path) as store:
        assert _name(store) == LOCKED
        with store.unlock(PASSPHRASE):
            assert _name(store) == NAME
        assert _name(store) == LOCKED
        with pytest.raises(UserError, match="not the right one"), store.unlock("wrong horse"):
            pass


def test_the_file_holds_no_name(path: Path) -> None:
    assert NAME.encode() not in path.read_bytes()
    with Store.open(path) as store, store.unlock(PASSPHRASE), store.read() as reader:
        (entry, _) = audit.entries(reader)
    assert entry.changes["full_name"] == (None, LOCKED)


def test_a_locked_identity_cannot_be_changed(path: Path) -> None:
    with Store.open(path, AUTHOR, write=True) as store:
        with pytest.raises(UserError, match="is locked"), store.write() as writer:
            writer.session.scalars(select(PersonIdentity)).one().full_name = "Somebody"
        with store.read() as reader:
            survivor_id = reader.session.scalars(select(PersonIdentity.survivor_id)).one()
        row = {"survivor_id": survivor_id, "full_name": "X"}
        with pytest.raises(UserError, match="is locked"), store.write() as writer:
            writer.add_rows("person_identity", [row])
        with store.unlock(PASSPHRASE):
            assert _name(store) == NAME


def test_other_fields_of_a_locked_identity_can(path: Path) -> None:
    with Store.open(path, AUTHOR, write=True) as store:
        with store.write() as writer:
            writer.session.scalars(select(PersonIdentity)).one().notes = "moved"
        with store.unlock(PASSPHRASE):
            assert _name(store) == NAME


def test_the_trail_says_that_a_sealed_field_changed_but_not_how(path: Path) -> None:
    with Store.open(path, AUTHOR, write=True) as store, store.unlock(PASSPHRASE):
        with store.write() as writer:
            writer.session.scalars(select(PersonIdentity)).one().full_name = "Name Surname"
        with store.read() as reader:
            (entry, *_) = audit.entries(reader)
            assert audit.verify_trail(reader) == []
    assert entry.changes == {"full_name": (LOCKED, LOCKED)}


def test_a_new_passphrase_replaces_the_old_one(path: Path) -> None:
    with Store.open(path, AUTHOR, write=True) as store:
        with pytest.raises(UserError, match="not the right one"):
            store.change_passphrase("wrong horse", "battery staple")
        store.change_passphrase(PASSPHRASE, "battery staple")
        with pytest.raises(UserError, match="not the right one"), store.unlock(PASSPHRASE):
            pass
        with store.unlock("battery staple"):
            assert _name(store) == NAME


@pytest.mark.parametrize("words", ["", "1234567"])
def test_a_short_passphrase_is_refused(tmp_path: Path, words: str) -> None:
    with new_store(tmp_path) as store:
        with pytest.raises(UserError, match="fewer than 8"), store.unlock(words):
            pass
        assert not store.has_passphrase


def test_a_passphrase_is_the_same_however_it_is_composed(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        with store.unlock("café du nord"):
            pass
        with store.unlock("cafe\N{COMBINING ACUTE ACCENT} du nord"):
            pass


def test_an_altered_sealed_field_is_reported(path: Path) -> None:
    behind_the_back(path, "UPDATE person_identity SET full_name = x'0102030405'")
    with (
        Store.open(path) as store,
        store.unlock(PASSPHRASE),
        pytest.raises(UserError, match="altered"),
    ):
        _name(store)
