"""Adding records in bulk: the same as one by one, only faster."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from registers import identity, new_store, survivor
from sqlalchemy import select

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.records import Record, kinds
from mineaction_desktop.storage import audit
from mineaction_desktop.storage.portable import DERIVED
from mineaction_desktop.storage.store import Reader, Store
from mineaction_desktop.storage.tables import table_of

DAY = PartialDate.parse("2019-02-28")

ROWS: dict[str, dict[str, Any]] = {
    "admin_unit": {"name": "North الشمال", "level": 1, "latitude": 33, "extra": {"pcode": "N1"}},
    "organisation": {"name": "B", "aliases": ["x", "y"], "accredited_until": date(2030, 1, 31)},
    "ordnance_type": {"name": "PMN", "family": "ap_mine", "mass_g": 550, "is_container": False},
    "attachment": {"title": "Act 5", "is_hidden": True, "hidden_reason": "twice", "kind": None},
    "area_movement": {
        "area_class": "SHA",
        "kind": "new",
        "date": PartialDate.parse("2019"),
        "area_m2": 12,
        "review_state": "verified",
        "date_of_information": PartialDate.parse("2018-05/2018-07"),
    },
}


def _told(reader: Reader) -> list[tuple[object, ...]]:
    entries = audit.entries(reader)
    return [(entry.action, entry.kind, entry.changes, entry.reason) for entry in entries]


def _held(reader: Reader, kind: type[Record]) -> dict[str, object]:
    row = reader.connection.execute(select(table_of(kind))).one()
    own = {"id", "created_at", "updated_at"}
    return {name: value for name, value in row._asdict().items() if name not in own}


@pytest.mark.parametrize("name", ROWS)
def test_bulk_and_single_add_the_same(tmp_path: Path, name: str) -> None:
    kind, values = kinds()[name], ROWS[name]
    with new_store(tmp_path, "single") as single, new_store(tmp_path, "bulk") as bulk:
        with single.write("paper") as writer:
            writer.add(kind(**values))
        with bulk.write("paper") as writer:
            (record_id,) = writer.add_rows(name, [values])
        with single.read() as one, bulk.read() as many:
            assert _held(one, kind) == _held(many, kind)
            assert _told(one) == _told(many)
            assert audit.history(many, record_id)[0].record_id == record_id
            assert audit.verify_trail(one) == audit.verify_trail(many) == []


def test_sealed_fields_go_in_by_bulk_too(tmp_path: Path) -> None:
    with new_store(tmp_path) as store, store.unlock("correct horse"):
        person = survivor()
        with store.write() as writer:
            writer.add(person)
            one = identity(person, "Layla")
            writer.add(one)
            rows = [{"survivor_id": person.id, "full_name": "Hadi"}]
            (other,) = writer.add_rows("person_identity", rows)
        with store.read() as reader:
            names = {
                record_id: reader.session.get_one(kinds()["person_identity"], record_id)
                for record_id in (one.id, other)
            }
            assert [found.full_name for found in names.values()] == ["Layla", "Hadi"]  # type: ignore[attr-defined]  # of this kind
            assert audit.verify_trail(reader) == []


def test_many_rows_keep_their_order_and_one_batch(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        with store.write("file.xlsx") as writer:
            ids = writer.add_rows("organisation", [{"name": f"Unit {n}"} for n in range(4500)])
            batch = writer.batch
        assert ids == sorted(ids)
        with store.read() as reader:
            table = table_of(kinds()["organisation"])
            stored = reader.connection.execute(
                select(table.c.id, table.c.name, table.c.local_id).order_by(table.c.id)
            ).all()
            assert len(audit.entries(reader, batch=batch)) == 4500
            assert audit.verify_trail(reader) == []
    assert stored[0] == (ids[0], "Unit 0", "ORG-000001")
    assert stored[-1] == (ids[-1], "Unit 4499", "ORG-004500")


def test_identifiers_of_another_register_are_kept(tmp_path: Path) -> None:
    given = "01900000-0000-7000-8000-00000000000a"
    with new_store(tmp_path) as store:
        with store.write() as writer:
            ids = writer.add_rows("organisation", [{"id": given, "name": "A"}, {"name": "B"}])
        assert ids[0] == given
        assert _count(store) == 2


def _count(store: Store) -> int:
    with store.read() as reader:
        return reader.change_number


@pytest.mark.parametrize("field", ["nickname", *DERIVED[1:]])
def test_fields_that_are_not_to_be_given_are_a_bug(tmp_path: Path, field: str) -> None:
    with new_store(tmp_path) as store:
        with pytest.raises(KeyError), store.write() as writer:
            writer.add_rows("organisation", [{"name": "A", field: 1}])
        assert _count(store) == 0


def test_a_text_is_no_number(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        with pytest.raises(TypeError), store.write() as writer:
            writer.add_rows("admin_unit", [{"name": "A", "level": "1"}])
        assert _count(store) == 0


def test_no_rows_leave_no_trace(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        with store.write() as writer:
            assert writer.add_rows("organisation", []) == []
        assert _count(store) == 0


@pytest.mark.parametrize("text", ["it's 5 % :of 'VALUES (?)", "a\0b", "\\", "x" * 500])
@pytest.mark.parametrize("count", [99, 100, 250])
def test_what_many_rows_share_is_stored_to_the_letter(
    tmp_path: Path, text: str, count: int
) -> None:
    rows = [
        {"name": text, "notes": text if n % 3 else None, "source": f"{n}", "aliases": [text]}
        for n in range(count)
    ]
    with new_store(tmp_path) as store:
        with store.write(text) as writer:
            writer.add_rows("organisation", rows)
        with store.read() as reader:
            table = table_of(kinds()["organisation"])
            wanted = select(table.c.name, table.c.notes, table.c.source, table.c.aliases)
            found = reader.connection.execute(wanted.order_by(table.c.id)).mappings().all()
            assert [dict(row) for row in found] == rows
            assert {entry.reason for entry in audit.entries(reader)} == {text}
            assert audit.verify_trail(reader) == []


def test_numbers_and_states_of_their_own_stand_beside_given_ones(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"name": "A", "local_id": "ORG-000007"},
        {"name": "B", "review_state": "verified"},
        {"name": "C", "is_hidden": True, "hidden_reason": "twice"},
    ]
    with new_store(tmp_path) as store:
        with store.write() as writer:
            writer.add_rows("organisation", rows)
        with store.read() as reader:
            table = table_of(kinds()["organisation"])
            wanted = select(table.c.local_id, table.c.review_state, table.c.is_hidden)
            found = reader.connection.execute(wanted.order_by(table.c.id)).all()
            told = [entry.changes.get("is_hidden") for entry in audit.entries(reader)]
            assert audit.verify_trail(reader) == []
    assert found == [
        ("ORG-000007", "entered", False),
        ("ORG-000008", "verified", False),
        ("ORG-000009", "entered", True),
    ]
    assert told == [(None, True), None, None]
