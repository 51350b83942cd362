"""Files that are not what they should be, and media that do not do what they should."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest
from registers import AUTHOR, behind_the_back, beside, dump, new_store, organisation

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.storage import files, medium
from mineaction_desktop.storage.store import Store


@cache
def _content() -> bytes:
    """A register with 500 records, as bytes."""
    with tempfile.TemporaryDirectory() as folder:
        with new_store(Path(folder)) as store, store.write() as writer:
            writer.add_rows("organisation", [{"name": f"Unit {n}"} for n in range(500)])
        return store.path.read_bytes()


def _made(tmp_path: Path) -> Path:
    path = tmp_path / "register.mineaction"
    path.write_bytes(_content())
    return path


def _missing(path: Path) -> None:
    path.unlink()


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5000])


def _cut_very_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:50])


def _text(path: Path) -> None:
    path.write_text("Minutes of the meeting of 3 March\n" * 100)


def _other_database(path: Path) -> None:
    path.unlink()
    behind_the_back(path, "CREATE TABLE notes (text)")


def _newer(path: Path) -> None:
    behind_the_back(path, "PRAGMA user_version=9999")


def _scribbled_over(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[8192:12288] = b"\xa5" * 4096
    path.write_bytes(content)


@pytest.mark.parametrize("write", [True, False])
@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_missing, "There is no file"),
        (_folder, "is a folder"),
        (_empty, "is empty"),
        (_cut_short, "damaged or incomplete"),
        (_cut_very_short, "damaged or incomplete"),
        (_text, "not a register"),
        (_other_database, "database of another program"),
        (_newer, "newer version"),
    ],
)
def test_a_bad_file_is_named_and_left_alone(
    tmp_path: Path, spoil: Callable[[Path], None], words: str, write: bool
) -> None:
    path = _made(tmp_path)
    spoil(path)
    before = path.read_bytes() if path.is_file() else None
    names = beside(path)
    with pytest.raises(UserError, match=words) as caught:
        Store.open(path, AUTHOR, write=write)
    assert path.name in str(caught.value)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert beside(path) == names


def test_a_page_overwritten_in_the_middle_is_found_at_opening(tmp_path: Path) -> None:
    path = _made(tmp_path)
    _scribbled_over(path)
    with pytest.raises(UserError, match="damaged"):
        Store.open(path, AUTHOR, write=True)


def test_another_program_that_locks_the_file_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _made(tmp_path)
    monkeypatch.setattr("mineaction_desktop.storage.engine.PATIENCE_MS", 50)
    with (
        closing(sqlite3.connect(path, isolation_level=None)) as other,
        Store.open(path, AUTHOR, write=True) as store,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UserError, match="Another program"), store.write() as writer:
            writer.add(organisation())
        other.execute("ROLLBACK")
        with store.write() as writer:
            writer.add(organisation())


def test_a_full_disk_loses_nothing_that_was_saved(tmp_path: Path) -> None:
    with Store.open(_made(tmp_path), AUTHOR, write=True) as store:
        before = dump(store.path)
        rows = [{"name": f"More {n}"} for n in range(3000)]
        with store.write() as writer:
            pages = writer.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            writer.connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        with pytest.raises(UserError, match="no room left"), store.write() as writer:
            writer.add_rows("organisation", rows)
        assert dump(store.path) == before
        with store.write() as writer:
            writer.connection.exec_driver_sql("PRAGMA max_page_count=1000000")
            writer.add_rows("organisation", rows)
        with store.read() as reader:
            assert reader.change_number == 3500


def _write_and_fail(store: Store, fault: Exception) -> None:
    with store.write() as writer:
        writer.add(organisation())
        writer.session.flush()
        raise fault


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (sqlite3.SQLITE_IOERR_READ, "could not be read or written"),
        (sqlite3.SQLITE_IOERR_WRITE, "disk is full.*no longer connected"),
        (sqlite3.SQLITE_IOERR_FSYNC, "disk is full.*no longer connected"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "write-protected"),
        (sqlite3.SQLITE_CORRUPT, "damaged"),
    ],
)
def test_a_stick_pulled_out_while_writing_is_reported(
    tmp_path: Path, code: int, words: str
) -> None:
    with Store.open(_made(tmp_path), AUTHOR, write=True) as store:
        before = dump(store.path)
        fault = sqlite3.OperationalError("as the system reports it")
        fault.sqlite_errorcode = code
        with pytest.raises(UserError, match=words):
            _write_and_fail(store, fault)
        assert dump(store.path) == before


WITHOUT_RIGHTS = """
import os
import tempfile
from registers import *
from sqlalchemy import select

# Whatever is loaded on first use is loaded now: the program may lie where only root can read.
with tempfile.TemporaryDirectory() as made:
    with Store.create(Path(made) / "first.mineaction", AUTHOR) as store:
        with store.write() as writer:
            writer.add(organisation())
    with Store.open(Path(made) / "first.mineaction") as store, store.read() as reader:
        list(reader.session.scalars(select(type(organisation()))))
    try:
        Store.open(Path(made) / "missing.mineaction")
    except Exception:
        pass
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
"""


def _as_nobody(folder: Path, code: str) -> str:
    """Run a piece of program as a user without rights; return what it prints."""
    python_path = os.pathsep.join([str(Path(__file__).parent), str(Path(__file__).parents[1])])
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_RIGHTS + textwrap.dedent(code)],
        env={"PYTHONPATH": python_path, "PYTHONDONTWRITEBYTECODE": "1"},
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    ).stdout


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that others may enter, which those of pytest are not."""
    with tempfile.TemporaryDirectory() as made:
        Path(made).chmod(0o755)
        yield Path(made)
        Path(made).chmod(0o755)


@pytest.fixture
def protected(folder: Path) -> Path:
    """A register in a folder where nobody may write."""
    path = _made(folder)
    _protect(path)
    return path


def _protect(path: Path) -> None:
    path.chmod(0o444)
    path.parent.chmod(0o555)


COUNT = """
    with Store.open(Path("register.mineaction")) as store, store.read() as reader:
        print(reader.change_number, store.holder.name if store.holder else None)
"""


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        (COUNT, "500 None\n"),
        (
            """
            from mineaction_desktop.domain.problems import UserError
            try:
                Store.open(Path("register.mineaction"), AUTHOR, write=True)
            except UserError as error:
                print("write-protected" in str(error))
            """,
            "True\n",
        ),
        (
            """
            from mineaction_desktop.domain.problems import UserError
            try:
                Store.create(Path("another.mineaction"), AUTHOR)
            except UserError as error:
                print("write-protected" in str(error))
            """,
            "True\n",
        ),
    ],
)
def test_a_write_protected_medium_can_be_read(protected: Path, code: str, printed: str) -> None:
    before = protected.read_bytes()
    assert _as_nobody(protected.parent, code) == printed
    assert beside(protected) == {protected.name}
    assert protected.read_bytes() == before


def test_a_protected_register_that_somebody_else_writes_to_can_be_read(folder: Path) -> None:
    with Store.open(_made(folder), AUTHOR, write=True) as store:
        with store.write() as writer:
            writer.add(organisation())
        _protect(store.path)
        assert _as_nobody(folder, COUNT) == f"501 {AUTHOR.name}\n"
        folder.chmod(0o755)
        store.path.chmod(0o644)


def test_a_failed_making_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        fault = sqlite3.OperationalError("database or disk is full")
        fault.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise fault

    monkeypatch.setattr("mineaction_desktop.storage.schema.create", full)
    with pytest.raises(UserError, match="no room left"):
        Store.create(tmp_path / "register.mineaction", AUTHOR)
    assert not list(tmp_path.iterdir())


def test_a_medium_without_links_takes_a_register_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    with Store.create(tmp_path / "register.mineaction", AUTHOR) as store:
        assert store.info.purpose == "live"
    assert beside(store.path) == {store.path.name}
    spare = tmp_path / "spare"
    spare.write_text("x")
    with pytest.raises(UserError, match="exists already"):
        files.place(spare, store.path)


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
//server/share /mnt/our\\040share cifs rw 0 0
server:/home /home nfs4 rw 0 0
/dev/sdb1 /home/amal/stick vfat rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv/r.mineaction", "ext4"),
        ("/mnt/our share/r.mineaction", "cifs"),
        ("/home/amal/r.mineaction", "nfs4"),
        ("/home/amal/stick/r.mineaction", "vfat"),
        ("/homework/r.mineaction", "ext4"),
    ],
)
def test_the_kind_of_medium_is_known(path: str, kind: str) -> None:
    assert medium.kind_of_mount(Path(path), MOUNTS) == kind


def test_on_a_network_drive_no_write_ahead_log_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _made(tmp_path)
    monkeypatch.setattr(medium, "is_network", lambda _: True)
    with Store.open(path, AUTHOR, write=True) as store:
        with store.write() as writer:
            writer.add(organisation())
            journal = writer.connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
        assert journal == "delete"
        assert f"{path.name}-wal" not in beside(path)


def test_the_settings_that_keep_a_register_sound_are_in_force(tmp_path: Path) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0}
    with new_store(tmp_path) as store, store.write() as writer:
        found = {
            name: writer.connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in wanted
        }
    assert found == wanted


def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path) -> None:
    path = tmp_path / f"{'n' * 250}.mineaction"
    with pytest.raises(UserError, match="too long"):
        Store.create(path, AUTHOR)
    with pytest.raises(UserError, match="too long"):
        Store.open(path)
    assert not list(tmp_path.iterdir())


def test_a_link_to_itself_is_named(tmp_path: Path) -> None:
    path = tmp_path / "register.mineaction"
    path.symlink_to(path)
    with pytest.raises(UserError, match="leads back to itself"):
        Store.open(path)
    with pytest.raises(UserError, match="exists already"):
        Store.create(path, AUTHOR)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.EROFS, "write-protected. Choose another folder"),
        (errno.ENOSPC, "no room left"),
        (errno.EFBIG, "disk is full"),
    ],
)
def test_a_place_that_takes_no_file_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(Path, "touch", refuse)
    with pytest.raises(UserError, match=words):
        Store.create(tmp_path / "register.mineaction", AUTHOR)


FULL = """
import resource, sys
from pathlib import Path
from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.storage.store import Author, Store

path = Path("register.mineaction")
resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
with Store.open(path) as store, store.read() as reader:
    print(reader.change_number)
try:
    Store.open(path, Author("records officer", "North office"), write=True)
except UserError as error:
    print(error)
"""


def test_where_no_file_can_grow_a_register_is_read_and_nothing_is_left(tmp_path: Path) -> None:
    path = _made(tmp_path)
    printed = subprocess.run(
        [sys.executable, "-c", FULL], cwd=tmp_path, check=True, capture_output=True, text=True
    ).stdout
    assert printed.startswith("500\n")
    assert "disk is full" in printed
    assert beside(path) == {path.name}


KILLED = """
import os
from pathlib import Path
from mineaction_desktop.storage.store import Author, Store

with Store.making(Path("register.mineaction"), Author("A", "B")) as store, store.write() as writer:
    writer.add_rows("organisation", [{"name": "Army"}])
    os._exit(9)
"""


def test_a_making_that_was_killed_leaves_no_register_and_is_tidied_away(tmp_path: Path) -> None:
    path = tmp_path / "register.mineaction"
    killed = subprocess.run([sys.executable, "-c", KILLED], cwd=tmp_path, check=False)
    assert killed.returncode == 9
    assert not path.exists()
    assert beside(path)
    Store.create(path, AUTHOR).close()
    assert beside(path) == {path.name}


def test_what_a_running_process_makes_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "register.mineaction"
    other = tmp_path / f".{path.name}.{os.getppid()}.new"
    other.touch()
    Store.create(path, AUTHOR).close()
    assert beside(path) == {path.name, other.name}


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DROP TABLE register_meta", "register_meta"),
        ("DROP TABLE audit_entry", "audit_entry"),
        ("UPDATE register_meta SET value = 'soon' WHERE name = 'created_at'", "since when"),
        ("DELETE FROM register_meta WHERE name = 'register_id'", "which register"),
    ],
)
def test_a_register_without_its_passport_is_damaged(
    tmp_path: Path, statement: str, words: str
) -> None:
    path = _made(tmp_path)
    behind_the_back(path, statement)
    with (
        pytest.raises(UserError, match=f"damaged.*{words}"),
        Store.open(path) as store,
        store.read(),
    ):
        pass
