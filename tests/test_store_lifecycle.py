"""A register from its making to its closing."""

from __future__ import annotations

from pathlib import Path

import pytest
from registers import (
    AUTHOR,
    admin_unit,
    beside,
    dump,
    new_store,
    ordnance_type,
    organisation,
    stock_movement,
)
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.records.reference import OrdnanceType, Organisation
from mineaction_desktop.records.stocks import StockMovement
from mineaction_desktop.storage import audit
from mineaction_desktop.storage.store import Author, Store, Writer


def test_a_new_register_knows_itself_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "Büro Nord #1?.mineaction"
    with Store.create(path, AUTHOR, purpose="exercise") as store:
        made = store.info
        assert made.purpose == "exercise"
        assert store.is_writable
        assert store.holder is None
    assert beside(path) == {path.name}
    with Store.open(path) as store:
        assert store.info == made
        assert not store.is_writable


def test_an_existing_file_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "notes.mineaction"
    path.write_text("mine")
    with pytest.raises(UserError, match="exists already"):
        Store.create(path, AUTHOR)
    assert path.read_text() == "mine"
    assert beside(path) == {path.name}


def test_a_register_needs_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="folder"):
        Store.create(tmp_path / "nowhere" / "r.mineaction", AUTHOR)
    assert not list(tmp_path.iterdir())


def test_records_come_back_as_they_were_saved(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        with store.write("first entry") as writer:
            mine = ordnance_type()
            writer.add(mine)
            writer.add(stock_movement(mine, date="2019-02/2019-03"))
        path = store.path
    with Store.open(path) as store, store.read() as reader:
        mine = reader.session.scalars(select(OrdnanceType)).one()
        movement = reader.session.scalars(select(StockMovement)).one()
    assert (mine.name, mine.aliases, mine.mass_g) == ("PMN", ["Black widow"], 550.0)
    assert movement.date == PartialDate.parse("2019-02/2019-03")
    assert (mine.created_by, mine.created_office, mine.version) == (*_names(), 1)


def _names() -> tuple[str, str]:
    return AUTHOR.name, AUTHOR.office


def test_readable_numbers_go_on_after_those_that_people_gave(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        with store.write() as writer:
            writer.add(organisation("A"), organisation("B", local_id="ORG-000040"))
            writer.add(organisation("C", local_id="ORG-x"), organisation("D"))
        with store.write() as writer:
            writer.session.scalars(select(Organisation)).first().local_id = "ORG-77"  # type: ignore[union-attr]  # there are four
            writer.session.flush()
            rows = [{"name": "E"}, {"name": "F", "local_id": "ORG-000080"}, {"name": "G"}]
            writer.add_rows("organisation", rows)
        with store.write() as writer:
            writer.add(organisation("H"))
        with store.read() as reader:
            wanted = select(Organisation.name, Organisation.local_id)
            found = dict(iter(reader.connection.execute(wanted)))
    assert found == {
        "A": "ORG-77",
        "B": "ORG-000040",
        "C": "ORG-x",
        "D": "ORG-000042",
        "E": "ORG-000081",
        "F": "ORG-000080",
        "G": "ORG-000082",
        "H": "ORG-000083",
    }


def _write_and_fail(store: Store) -> None:
    with store.write() as writer:
        writer.add(organisation())
        writer.session.flush()
        raise RuntimeError


def test_an_exception_takes_everything_back(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        before = dump(store.path)
        with pytest.raises(RuntimeError):
            _write_and_fail(store)
        assert dump(store.path) == before
        with store.write() as writer:
            writer.add(organisation())
            assert writer.session.scalars(select(Organisation.local_id)).one() == "ORG-000001"


def test_a_reader_sees_one_moment(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        with store.read() as reader:
            assert reader.change_number == 0
            assert reader.changed_at == store.info.created_at
            with store.write() as writer:
                writer.add(organisation())
            assert reader.session.scalars(select(Organisation)).all() == []
        with store.read() as later:
            assert later.change_number == 1
            assert later.fingerprint != reader.fingerprint
            assert later.changed_at > reader.changed_at


def test_a_reader_writes_nothing(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        with store.write() as writer:
            writer.add(organisation("Army"))
        with store.read() as reader:
            reader.session.scalars(select(Organisation)).one().name = "Navy"
            assert reader.session.scalars(select(Organisation.name)).one() == "Army"
            with pytest.raises(OperationalError, match="readonly"):
                reader.session.flush()
        with store.read() as reader:
            assert reader.session.scalars(select(Organisation.name)).one() == "Army"


def test_a_register_opened_for_reading_refuses_to_write(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        path = store.path
    with (
        Store.open(path) as store,
        pytest.raises(UserError, match="for reading only"),
        store.write(),
    ):
        pass


def test_nobody_writes_without_a_name(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        path = store.path
    with pytest.raises(ValueError, match="who writes"):
        Store.open(path, write=True)
    assert beside(path) == {path.name}


def test_hiding_keeps_the_record_and_the_reason(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        record = organisation()
        with store.write() as writer:
            writer.add(record)
        with store.write() as writer:
            found = writer.session.get_one(Organisation, record.id)
            with pytest.raises(UserError, match="Say why"):
                writer.hide(found, " ")
            writer.hide(found, "entered twice")
        with store.read() as reader:
            hidden = reader.session.get_one(Organisation, record.id)
        assert (hidden.is_hidden, hidden.hidden_reason) == (True, "entered twice")
        with store.write() as writer:
            writer.unhide(writer.session.get_one(Organisation, record.id), "not twice after all")
        with store.read() as reader:
            shown = reader.session.get_one(Organisation, record.id)
            told = [(entry.action, entry.reason) for entry in audit.history(reader, record.id)]
        assert (shown.is_hidden, shown.hidden_reason, shown.version) == (False, None, 3)
        assert told == [
            ("create", None),
            ("hide", "entered twice"),
            ("unhide", "not twice after all"),
        ]


def test_a_record_that_somebody_else_changed_is_not_overwritten(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        with store.write() as writer:
            writer.add(organisation("Army"))
        with store.read() as reader:
            mine = reader.session.scalars(select(Organisation)).one()
        with store.write() as writer:
            writer.session.scalars(select(Organisation)).one().name = "Navy"
        mine.name = "Air force"
        with pytest.raises(UserError, match="Somebody else changed"), store.write() as writer:
            writer.add(mine)
        with store.read() as reader:
            assert reader.session.scalars(select(Organisation.name)).one() == "Navy"


def test_a_record_read_earlier_can_be_saved_later(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        with store.write() as writer:
            writer.add(organisation("Army"))
        with store.read() as reader:
            mine = reader.session.scalars(select(Organisation)).one()
        mine.name = "Navy"
        with store.write() as writer:
            writer.add(mine)
        with store.read() as reader:
            (entry, _) = audit.entries(reader)
    assert entry.changes == {"name": ("Army", "Navy")}


def _delete(writer: Writer) -> None:
    writer.session.delete(writer.session.scalars(select(Organisation)).one())


def _in_bulk(writer: Writer) -> None:
    writer.session.execute(update(Organisation).values(name="x"))


@pytest.mark.parametrize("act", [_delete, _in_bulk])
def test_what_leaves_no_trail_is_refused(tmp_path: Path, act: object) -> None:
    with new_store(tmp_path) as store:
        with store.write() as writer:
            writer.add(organisation("Army"))
        with pytest.raises(RuntimeError), store.write() as writer:
            act(writer)  # type: ignore[operator]  # one of the two above
        with store.read() as reader:
            assert reader.session.scalars(select(Organisation.name)).one() == "Army"


def test_links_may_be_written_before_what_they_name(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        mine, movement = ordnance_type(), stock_movement(ordnance_type())
        mine.id = "01900000-0000-7000-8000-000000000001"
        movement.ordnance_type_id = mine.id
        with store.write() as writer:
            writer.add(movement)
            writer.session.flush()
            writer.add(mine)
        with store.read() as reader:
            assert reader.session.scalars(select(StockMovement)).one().ordnance_type_id == mine.id


def test_a_link_that_leads_nowhere_is_named(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        before = dump(store.path)
        unit = admin_unit()
        unit.parent_id = "nowhere"
        with pytest.raises(UserError) as caught, store.write() as writer:
            writer.add(unit)
        (problem,) = caught.value.problems
        assert (problem.place.kind, problem.place.field) == ("admin_unit", "parent_id")
        assert (problem.place.record_id, problem.value) == (unit.id, "nowhere")
        assert dump(store.path) == before
        with store.write() as writer:
            writer.add(admin_unit())


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"name": "B", "local_id": "ORG-000001"}, "local_id", "same value"),
        ({"name": None}, "name", "Fill it in"),
        ({"name": "B", "review_state": "done"}, None, "does not accept"),
    ],
)
def test_values_the_tables_refuse_are_named(
    tmp_path: Path, values: dict[str, object], field: str | None, words: str
) -> None:
    with new_store(tmp_path) as store:
        with store.write() as writer:
            writer.add(organisation("A"))
        with pytest.raises(UserError, match=words) as caught, store.write() as writer:
            writer.add_rows("organisation", [values])
        assert caught.value.problems[0].place.field == field
        with store.read() as reader:
            assert reader.change_number == 1


def test_two_offices_write_one_after_the_other(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        path = store.path
        with store.write() as writer:
            writer.add(organisation("Army"))
    with Store.open(path, Author("Omar Aziz", "South office"), write=True) as store:
        with store.write() as writer:
            writer.session.scalars(select(Organisation)).one().name = "Navy"
        with store.read() as reader:
            record = reader.session.scalars(select(Organisation)).one()
    assert (record.created_by, record.created_office) == _names()
    assert (record.updated_by, record.updated_office) == ("Omar Aziz", "South office")
    assert record.updated_at > record.created_at
