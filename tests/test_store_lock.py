"""One writer at a time, whatever happens to the others."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from registers import AUTHOR, beside, new_store, organisation

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.storage import lock
from mineaction_desktop.storage.audit import verify_trail
from mineaction_desktop.storage.store import Author, Store

OTHER = Author("Omar Aziz", "South office")


@contextmanager
def other_process(folder: Path, code: str) -> Iterator[subprocess.Popen[str]]:
    """Another process that prints a line when it is ready and then waits for the end of input."""
    program = """
        import sys
        from pathlib import Path
        from registers import organisation
        from mineaction_desktop.storage.store import Author, Store
        author = Author("Omar Aziz", "South office")
        path = Path("register.mineaction")
    """
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program) + textwrap.dedent(code)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent)},
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process


HOLDS = """
    with Store.open(path, author, write=True):
        print("ready", flush=True)
        sys.stdin.read()
"""

WRITES = """
    store = Store.open(path, author, write=True)
    with store.write() as writer:
        writer.add(organisation("Saved"))
    with store.write() as writer:
        writer.add_rows("organisation", [{"name": f"Lost {n}"} for n in range(20000)])
        print("ready", flush=True)
        sys.stdin.read()
"""


def test_the_second_writer_is_told_who_the_first_is(tmp_path: Path) -> None:
    new_store(tmp_path).close()
    path = tmp_path / "register.mineaction"
    with other_process(tmp_path, HOLDS) as process:
        with pytest.raises(UserError, match="Omar Aziz") as caught:
            Store.open(path, AUTHOR, write=True)
        assert caught.value.message.values["office"] == "South office"
        with Store.open(path) as reading:
            assert reading.holder is not None
            assert (reading.holder.name, reading.holder.process) == (OTHER.name, process.pid)
            assert json.loads(lock.lock_path(path).read_text())["name"] == "Omar Aziz"
    with Store.open(path, AUTHOR, write=True) as store:
        assert store.holder is None
        with Store.open(path) as reading:
            assert reading.holder is not None
            assert reading.holder.name == AUTHOR.name
    assert beside(path) == {path.name}


def test_two_stores_of_one_process_cannot_both_write(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        with pytest.raises(UserError, match="open for writing by"):
            Store.open(store.path, AUTHOR, write=True)
        with store.write() as writer:
            writer.add(organisation())


def test_a_process_killed_while_writing_leaves_a_sound_register(tmp_path: Path) -> None:
    new_store(tmp_path).close()
    path = tmp_path / "register.mineaction"
    with other_process(tmp_path, WRITES) as process:
        process.send_signal(signal.SIGKILL)
    assert beside(path) > {path.name, f"{path.name}.lock"}
    with Store.open(path) as reading:
        assert reading.holder is None
    with Store.open(path, AUTHOR, write=True) as store:
        with store.read() as reader:
            names = reader.connection.exec_driver_sql("SELECT name FROM organisation")
            assert names.scalars().all() == ["Saved"]
            assert reader.connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            assert verify_trail(reader) == []
        with store.write() as writer:
            writer.add(organisation("Next"))
    assert beside(path) == {path.name}


@pytest.mark.parametrize("left", [b"", b"{", b'{"name": "Ghost"}'])
def test_a_lock_file_left_behind_locks_nothing(tmp_path: Path, left: bytes) -> None:
    new_store(tmp_path).close()
    path = tmp_path / "register.mineaction"
    lock.lock_path(path).write_bytes(left)
    with Store.open(path) as reading:
        assert reading.holder is None
    with Store.open(path, AUTHOR, write=True) as store:
        assert store.is_writable
    assert beside(path) == {path.name}


def test_a_lock_whose_file_was_removed_meanwhile_is_taken_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = tmp_path / "register.mineaction"
    take = lock._lock  # noqa: SLF001 - the moment between opening and locking cannot be had otherwise
    removed: list[Path] = []

    def remove_first(stream: object) -> bool:
        if not removed:
            removed.append(lock.lock_path(register))
            removed[0].unlink()
        return take(stream)  # type: ignore[arg-type]  # handed through

    monkeypatch.setattr(lock, "_lock", remove_first)
    mine = lock.WriteLock.acquire(register, *("records officer", "North office"))
    assert lock.lock_path(register).exists()
    with pytest.raises(lock.HeldError):
        lock.WriteLock.acquire(register, "Omar Aziz", "South office")
    mine.release()
    assert not lock.lock_path(register).exists()
