"""The trail tells everything that happened, and shows when somebody tampered."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from registers import AUTHOR, behind_the_back, new_store, ordnance_type, organisation
from sqlalchemy import select

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.records.reference import OrdnanceType, Organisation
from mineaction_desktop.storage import audit
from mineaction_desktop.storage.queries import find_record
from mineaction_desktop.storage.store import Author, Store, Writer
from mineaction_desktop.storage.tables import audit_entry


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A register with three organisations and six entries."""
    with new_store(tmp_path) as store:
        with store.write("first") as writer:
            writer.add(organisation("A"), organisation("B"), organisation("C"))
        with store.write("second") as writer:
            for record in writer.session.scalars(select(Organisation)):
                record.name += "!"
    return store.path


def _codes(path: Path) -> list[str]:
    with Store.open(path) as store, store.read() as reader:
        return [problem.code for problem in audit.verify_trail(reader)]


def test_every_change_is_told_field_by_field(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        mine = ordnance_type()
        with store.write("from the catalogue") as writer:
            writer.add(mine)
            first = writer.batch
        with store.write("measured") as writer:
            found = writer.session.get_one(OrdnanceType, mine.id)
            found.mass_g, found.name, found.aliases = 560.5, "PMN", None
        with store.read() as reader:
            made, changed = audit.history(reader, mine.id)
    assert made.changes == {
        "name": (None, "PMN"),
        "family": (None, "ap_mine"),
        "aliases": (None, ["Black widow"]),
        "mass_g": (None, 550.0),
        "local_id": (None, "ORD-000001"),
        "review_state": (None, "entered"),
    }
    assert changed.changes == {"mass_g": (550.0, 560.5), "aliases": (["Black widow"], None)}
    assert [made.number, changed.number] == [1, 2]
    assert (made.batch, made.reason, made.action) == (first, "from the catalogue", "create")
    assert (changed.reason, changed.action) == ("measured", "update")
    assert (changed.author, changed.office) == (AUTHOR.name, AUTHOR.office)
    assert changed.previous == made.fingerprint
    assert changed.at - made.at < timedelta(minutes=1)


def test_fingerprints_can_be_computed_without_the_program(path: Path) -> None:
    with Store.open(path) as store, store.read() as reader:
        previous = hashlib.sha256(store.info.id.encode()).hexdigest()
        for row in reader.connection.execute(select(audit_entry)):
            said = [
                row.number,
                row.at.isoformat(timespec="microseconds"),
                *(row.author, row.office, row.batch, row.kind, row.record_id, row.action),
                *(row.changes, row.reason, previous),
            ]
            text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
            previous = hashlib.sha256(text.encode()).hexdigest()
            assert row.fingerprint == previous
        assert reader.fingerprint == previous


def test_entries_are_found_by_kind_batch_and_number(path: Path) -> None:
    with Store.open(path) as store, store.read() as reader:
        newest = audit.entries(reader, limit=2)
        assert [entry.number for entry in newest] == [6, 5]
        batch = audit.entries(reader, batch=newest[0].batch)
        assert [entry.number for entry in batch] == [6, 5, 4]
        assert [entry.number for entry in audit.entries(reader, before=3)] == [2, 1]
        assert audit.entries(reader, kind="accident") == []
        assert len(audit.entries(reader, kind="organisation")) == 6


def test_a_value_set_unread_is_told_with_its_old_value(path: Path) -> None:
    with Store.open(path, AUTHOR, write=True) as store:
        with store.write() as writer:
            record = writer.session.scalars(select(Organisation)).first()
            assert record is not None
            writer.session.expire(record, ["name"])
            record.name = "New"
        with store.read() as reader:
            assert audit.entries(reader, limit=1)[0].changes == {"name": ("A!", "New")}


def test_what_did_not_change_leaves_no_entry(path: Path) -> None:
    with Store.open(path, AUTHOR, write=True) as store:
        with store.write() as writer:
            for record in writer.session.scalars(select(Organisation)):
                name, record.name = record.name, "something else"
                record.name = name
        with store.read() as reader:
            assert reader.change_number == 6


def test_cutting_the_trail_at_its_end_with_its_record_shows(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        for name in ("A", "B"):
            with store.write() as writer:
                writer.add(organisation(name))
    behind_the_back(
        store.path,
        "DELETE FROM organisation WHERE name = 'B'",
        "DELETE FROM audit_entry WHERE number = 2",
    )
    assert _codes(store.path) == ["TRAIL-007"]


def test_a_register_without_a_note_of_its_end_is_sound_until_the_next_change(path: Path) -> None:
    behind_the_back(path, "DELETE FROM register_meta WHERE name = 'trail_end'")
    assert _codes(path) == []
    with Store.open(path, AUTHOR, write=True) as store, store.write() as writer:
        writer.add(organisation("D"))
    behind_the_back(
        path,
        "DELETE FROM organisation WHERE name = 'D'",
        "DELETE FROM audit_entry WHERE number = 7",
    )
    assert _codes(path) == ["TRAIL-007"]


def test_an_entry_that_cannot_be_read_is_named(path: Path) -> None:
    behind_the_back(path, "UPDATE audit_entry SET changes = '[' WHERE number = 6")
    with (
        Store.open(path) as store,
        store.read() as reader,
        pytest.raises(UserError, match="entry 6"),
    ):
        audit.entries(reader)


@pytest.mark.parametrize("text", ["half \ud83d of a sign", "\udcff"])
def test_half_letters_are_refused(path: Path, text: str) -> None:
    with Store.open(path, AUTHOR, write=True) as store:
        with pytest.raises(UserError, match="cannot be stored"), store.write() as writer:
            writer.add(organisation(text))
        with pytest.raises(UserError, match="cannot be stored"), store.write() as writer:
            writer.add_rows("organisation", [{"name": text}])
        with pytest.raises(UserError, match="cannot be stored"), store.write(text) as writer:
            writer.add(organisation("D"))
        with store.read() as reader:
            assert reader.change_number == 6
            assert find_record(reader, text) is None
    with pytest.raises(UserError, match="cannot be stored"):
        Author(text, "North office")


FIRST_ID = "(SELECT record_id FROM audit_entry WHERE number = 1)"


@pytest.mark.parametrize(
    ("statement", "codes"),
    [
        ("UPDATE audit_entry SET author = 'X' WHERE number = 5", ["TRAIL-001", "TRAIL-004"]),
        ("UPDATE audit_entry SET reason = 'X' WHERE number = 2", ["TRAIL-001"]),
        ("UPDATE audit_entry SET reason = NULL WHERE number = 6", ["TRAIL-001"]),
        ("UPDATE audit_entry SET changes = '{}' WHERE number = 6", ["TRAIL-001", "TRAIL-004"]),
        ("UPDATE audit_entry SET fingerprint = 'f' WHERE number = 6", ["TRAIL-001", "TRAIL-007"]),
        ("UPDATE audit_entry SET fingerprint = 'f' WHERE number = 2", ["TRAIL-001", "TRAIL-003"]),
        ("UPDATE audit_entry SET previous = 'f' WHERE number = 1", ["TRAIL-003", "TRAIL-001"]),
        ("DELETE FROM audit_entry WHERE number IN (1, 2, 3)", ["TRAIL-002"] + ["TRAIL-004"] * 12),
        ("DELETE FROM audit_entry WHERE number = 6", ["TRAIL-007"] + ["TRAIL-004"] * 3),
        (
            "UPDATE audit_entry SET changes = '[' WHERE number = 6",
            ["TRAIL-001", "TRAIL-008", "TRAIL-004"],
        ),
        ("UPDATE organisation SET name = 'X' WHERE id = FIRST", ["TRAIL-004"]),
        ("UPDATE organisation SET notes = 'X' WHERE id = FIRST", ["TRAIL-004"]),
        ("UPDATE organisation SET version = 3 WHERE id = FIRST", ["TRAIL-004"]),
        ("UPDATE organisation SET is_hidden = 1 WHERE id = FIRST", ["TRAIL-004"]),
        ("UPDATE organisation SET created_by = 'X' WHERE id = FIRST", ["TRAIL-004"]),
        ("DELETE FROM organisation WHERE id = FIRST", ["TRAIL-006"]),
        ("UPDATE organisation SET id = '0' WHERE id = FIRST", ["TRAIL-005", "TRAIL-006"]),
        ("UPDATE organisation SET id = 'z' WHERE name = 'C!'", ["TRAIL-006", "TRAIL-005"]),
        ("UPDATE register_meta SET value = 'X' WHERE name = 'register_id'", ["TRAIL-003"]),
    ],
)
def test_tampering_shows(path: Path, statement: str, codes: list[str]) -> None:
    assert _codes(path) == []
    behind_the_back(path, statement.replace("FIRST", FIRST_ID))
    assert _codes(path) == codes


def test_the_first_broken_entry_and_field_are_named(path: Path) -> None:
    behind_the_back(
        path,
        "UPDATE audit_entry SET at = '2001-01-01 00:00:00.000000' WHERE number IN (2, 3)",
        "UPDATE organisation SET name = 'Navy' WHERE id = FIRST".replace("FIRST", FIRST_ID),
    )
    with Store.open(path) as store, store.read() as reader:
        problems = audit.verify_trail(reader)
    assert problems[0].place.row == 2
    (renamed,) = [problem for problem in problems if problem.place.field == "name"]
    assert (renamed.message.values["said"], renamed.message.values["found"]) == ("A!", "Navy")


def test_a_trail_of_another_register_does_not_fit(tmp_path: Path) -> None:
    with Store.create(tmp_path / "a.mineaction", AUTHOR) as one, one.write() as writer:
        writer.add(organisation())
    with Store.create(tmp_path / "b.mineaction", AUTHOR) as other:
        pass
    behind_the_back(
        other.path,
        f"ATTACH '{one.path}' AS a",
        "INSERT INTO organisation SELECT * FROM a.organisation",
        "INSERT INTO audit_entry SELECT * FROM a.audit_entry",
    )
    assert _codes(other.path) == ["TRAIL-003"]


NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
STEPS = st.lists(
    st.lists(
        st.tuples(
            st.sampled_from(["add", "rows", "rename", "alias", "hide", "unhide", "flush"]),
            st.integers(0, 20),
            NAMES,
        ),
        max_size=6,
    ),
    max_size=5,
)


def _rename(record: Organisation, name: str) -> None:
    record.name = name


def _alias(record: Organisation, name: str) -> None:
    record.aliases = [*(record.aliases or []), name]


CHANGES: dict[str, Callable[[Organisation, str], None]] = {"rename": _rename, "alias": _alias}


def _act(writer: Writer, act: str, which: int, name: str) -> None:
    records = writer.session.scalars(select(Organisation).order_by(Organisation.id)).all()
    if act == "add":
        writer.add(Organisation(name=name, aliases=[name] if name else None))
    elif act == "rows":
        writer.add_rows("organisation", [{"name": name}, {"name": name, "notes": name}])
    elif act == "flush":
        writer.session.flush()
    elif records:
        record = records[which % len(records)]
        if act == "hide":
            writer.hide(record, f"because {name}")
        elif act == "unhide":
            writer.unhide(record, f"because {name}")
        else:
            CHANGES[act](record, name)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_the_trail_of_any_history_adds_up_to_the_records(
    transactions: list[list[tuple[str, int, str]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder, new_store(Path(folder)) as store:
        for steps in transactions:
            with store.write() as writer:
                for step in steps:
                    _act(writer, *step)
        with store.read() as reader:
            assert audit.verify_trail(reader) == []
            for record in reader.session.scalars(select(Organisation)):
                told = audit.history(reader, record.id)
                state = {field: new for entry in told for field, (_, new) in entry.changes.items()}
                assert state["name"] == record.name
                assert state.get("aliases") == record.aliases
                assert state.get("is_hidden", False) == record.is_hidden
                assert record.version == len(told)
