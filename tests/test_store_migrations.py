"""Every register ever written opens today, and nothing is lost on the way."""

from __future__ import annotations

import gzip
import os
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
from contextlib import closing
from pathlib import Path

import kept_store
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from registers import AUTHOR, beside, dump, new_store, organisation
from sqlalchemy import Engine, func, select

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.records import Base, kinds
from mineaction_desktop.records.people import PersonIdentity
from mineaction_desktop.records.reference import StateProfile
from mineaction_desktop.storage import audit, schema, upgrade
from mineaction_desktop.storage.engine import Access, open_engine
from mineaction_desktop.storage.migrations.options import CONFIGURATION
from mineaction_desktop.storage.schema import CURRENT, HEAD, VERSIONS, Schema
from mineaction_desktop.storage.store import Store
from mineaction_desktop.storage.tables import table_of

KEPT = sorted((Path(__file__).parent / "stores").glob("*.mineaction.gz"))


def _migrated(folder: Path, wanted: Schema = CURRENT) -> Engine:
    """An engine on a file that has been through every migration from nothing."""
    path = folder / "migrated.mineaction"
    path.touch()
    engine = open_engine(path, Access.WRITE)
    with engine.connect() as connection:
        for revision in upgrade.steps(connection, wanted):
            upgrade.step(connection, wanted, revision)
    return engine


def _shape(connection: sqlite3.Connection) -> dict[str, object]:
    """Tables and indexes, without regard to the order of columns and constraints."""
    found = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {name: sorted(line.strip(" ,\t") for line in sql.splitlines()) for name, sql in found}


def test_a_new_register_and_a_migrated_one_have_the_same_tables(tmp_path: Path) -> None:
    _migrated(tmp_path).dispose()
    with new_store(tmp_path) as store:
        pass
    with (
        closing(sqlite3.connect(tmp_path / "migrated.mineaction")) as old,
        closing(sqlite3.connect(store.path)) as new,
    ):
        assert _shape(old) == _shape(new)
        loose = new.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%STRICT%'"
        ).fetchall()
        assert all(name.startswith("search_text") for (name,) in loose)


def test_the_migrations_say_what_the_records_say(tmp_path: Path) -> None:
    engine = _migrated(tmp_path)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=dict(CONFIGURATION))
        assert compare_metadata(context, Base.metadata) == []
        scripts = ScriptDirectory.from_config(upgrade.config(connection, CURRENT))
        assert scripts.get_current_head() == HEAD
    engine.dispose()


def test_a_register_of_each_version_is_kept() -> None:
    assert [path.name for path in KEPT] == [
        f"{number:04d}.mineaction.gz" for number in range(1, CURRENT.number + 1)
    ]


@pytest.mark.parametrize("kept", KEPT, ids=lambda kept: kept.name[:4])
def test_a_register_of_any_version_opens_today(tmp_path: Path, kept: Path) -> None:
    path = tmp_path / "old.mineaction"
    path.write_bytes(gzip.decompress(kept.read_bytes()))
    with Store.open(path, AUTHOR, write=True) as store:
        assert store.info.schema == HEAD
        with store.unlock(kept_store.PASSPHRASE), store.read() as reader:
            assert reader.session.scalars(select(PersonIdentity.full_name)).one() == kept_store.NAME
            for kind in kinds().values():
                reader.connection.execute(select(table_of(kind))).all()
            assert audit.verify_trail(reader) == []
        with store.write() as writer:
            writer.add(organisation("Added today"))


LATER = """
    import sys
    from pathlib import Path
    from sqlalchemy import select
    from sqlalchemy.orm import Mapped
    from mineaction_desktop.records import Record, columns as c
    from mineaction_desktop.records.reference import Organisation
    from mineaction_desktop.storage.audit import verify_trail
    from mineaction_desktop.storage.migrations import make
    from mineaction_desktop.storage.schema import VERSIONS, Schema
    from mineaction_desktop.storage.store import Author, Store

    class DogTeam(Record, kw_only=True):
        prefix = "DOG"
        name: Mapped[str] = c.text(required=True)
        organisation_id: Mapped[str | None] = c.link("organisation")

    folder, author = Path("versions"), Author("records officer", "North office")
    make.make("9001_dog_teams", folder, after=(VERSIONS,))
    later = Schema("9001", (VERSIONS, folder))
    path = Path("register.mineaction")
    before = path.read_bytes()
    with Store.open(path, schema=later) as store, store.read() as reader:
        assert store.info.schema == "9001"
        assert list(reader.session.scalars(select(DogTeam.local_id))) == []
        assert verify_trail(reader) == []
    assert path.read_bytes() == before
    with Store.open(path, author, write=True, schema=later) as store:
        with store.write() as writer:
            army = writer.session.scalars(select(Organisation)).one()
            writer.add(DogTeam(name="Rex", organisation_id=army.id))
        with store.read() as reader:
            assert verify_trail(reader) == []
            print(store.info.schema, reader.session.scalars(select(DogTeam.local_id)).one())
"""


def test_a_new_kind_costs_a_record_and_a_migration(tmp_path: Path) -> None:
    with new_store(tmp_path) as store, store.write() as writer:
        writer.add(organisation("Army"))
    before = dump(store.path)
    (tmp_path / "versions").mkdir()
    printed = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(LATER)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert printed.splitlines()[-1] == "9001 DOG-000001"
    copy = tmp_path / "register before 9001.mineaction"
    assert dump(copy) == before
    with Store.open(copy) as kept:
        assert kept.info == store.info
    with pytest.raises(UserError, match="newer version"):
        Store.open(store.path)


GOOD = """
from alembic import op
import sqlalchemy as sa
revision, down_revision = "9001", "{head}"
def upgrade():
    with op.batch_alter_table("organisation", recreate="always") as batch:
        batch.add_column(sa.Column("motto", sa.String(), nullable=True))
"""

BAD = """
from alembic import op
revision, down_revision = "9002", "9001"
def upgrade():
    with op.batch_alter_table("organisation") as batch:
        batch.drop_column("motto")
    op.execute({statement!r})
"""


def _later(folder: Path, statement: str) -> Schema:
    folder.mkdir()
    (folder / "9001_good.py").write_text(GOOD.format(head=HEAD))
    (folder / "9002_bad.py").write_text(BAD.format(statement=statement))
    return Schema("9002", (VERSIONS, folder))


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        ("INSERT INTO nowhere VALUES (1)", Exception),
        ("UPDATE admin_unit SET parent_id = 'nowhere'", RuntimeError),
    ],
)
def test_a_migration_that_fails_leaves_the_register_as_it_was(
    tmp_path: Path, statement: str, error: type[Exception]
) -> None:
    path = _with_parents(tmp_path)
    before = dump(path)
    names = beside(path) | {"versions"}
    later = _later(tmp_path / "versions", statement)
    with pytest.raises(error):
        Store.open(path, AUTHOR, write=True, schema=later)
    assert dump(path) == before
    assert beside(path) == names
    with Store.open(path) as store, store.read() as reader:
        assert store.info.schema == HEAD
        assert audit.verify_trail(reader) == []


def test_rebuilding_a_table_keeps_the_records_that_refer_to_it(tmp_path: Path) -> None:
    path = _with_parents(tmp_path)
    later = _later(tmp_path / "versions", "SELECT 1")
    with Store.open(path, AUTHOR, write=True, schema=later) as store, store.read() as reader:
        held = [
            reader.connection.scalar(select(func.count()).select_from(table_of(kinds()[kind])))
            for kind in ("organisation", "service_provider", "admin_unit")
        ]
    assert held == [1, 1, 1]
    assert beside(path) == {path.name, "versions", "register before 9002.mineaction"}


def _with_parents(folder: Path) -> Path:
    with new_store(folder) as store, store.write() as writer:
        army = organisation("Army")
        writer.add(army)
        writer.add_rows("service_provider", [{"name": "Clinic", "organisation_id": army.id}])
        writer.add_rows("admin_unit", [{"name": "North", "level": 1}])
    return store.path


def test_an_earlier_copy_is_never_replaced(tmp_path: Path) -> None:
    path = _with_parents(tmp_path)
    (tmp_path / "register before 9002.mineaction").write_text("mine")
    later = _later(tmp_path / "versions", "SELECT 1")
    Store.open(path, AUTHOR, write=True, schema=later).close()
    assert (tmp_path / "register before 9002.mineaction").read_text() == "mine"
    assert (tmp_path / "register before 9002 (2).mineaction").exists()


def test_the_same_copy_is_never_kept_twice(tmp_path: Path) -> None:
    path = _with_parents(tmp_path)
    old = path.read_bytes()
    later = _later(tmp_path / "versions", "SELECT 1")
    for _ in range(2):
        path.write_bytes(old)
        Store.open(path, AUTHOR, write=True, schema=later).close()
    assert beside(path) == {path.name, "versions", "register before 9002.mineaction"}


@pytest.mark.parametrize("kept", KEPT[:-1], ids=lambda kept: kept.name[:4])
def test_an_older_register_is_read_and_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: Path
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    path = tmp_path / "old.mineaction"
    path.write_bytes(gzip.decompress(kept.read_bytes()))
    before = path.read_bytes()
    with Store.open(path) as store:
        assert store.info.schema == HEAD
        assert not store.is_writable
        with store.read() as reader:
            assert audit.verify_trail(reader) == []
            assert reader.session.scalars(select(StateProfile.name)).one() == "Valdoria"
    assert path.read_bytes() == before
    assert beside(path) == {path.name, scratch.name}
    assert list(scratch.iterdir()) == []


def test_an_up_to_date_register_opens_without_alembic(tmp_path: Path) -> None:
    new_store(tmp_path).close()
    program = """
        import sys
        from pathlib import Path
        from mineaction_desktop.storage.store import Author, Store
        author = Author("records officer", "North office")
        Store.create(Path("another.mineaction"), author).close()
        Store.open(Path("register.mineaction"), author, write=True).close()
        print({"alembic", "argon2", "cryptography"} & set(sys.modules))
    """
    printed = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert printed == "set()\n"


def test_the_schema_number_is_written_where_any_version_finds_it(tmp_path: Path) -> None:
    with new_store(tmp_path) as store, store.read() as reader:
        number = reader.connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    assert number == CURRENT.number == schema.number_of(HEAD)
