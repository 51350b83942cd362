"""Register files: making one, and telling what lies under a path before working with it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, Engine

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.storage import lock, medium
from mineaction_desktop.storage.engine import APPLICATION_ID, Access, open_engine
from mineaction_desktop.storage.faults import TOO_LONG, in_plain_words, in_words_of_the_disk
from mineaction_desktop.storage.schema import Schema

_QUICKLY_CHECKED = 100_000_000  # bytes; takes about a tenth of a second
_LONGEST = 200  # bytes of a name; the names of the files beside it are longer

EXISTS = mark("“{file}” exists already. Choose another name, or open the register that is there.")
NO_FOLDER = mark("The folder “{folder}” does not exist. Make it first, or choose another one.")
MISSING = mark("There is no file “{file}” in “{folder}”. Check the name and the folder.")
NOT_A_FILE = mark("“{file}” is a folder. Choose a file that ends in .mineaction.")
EMPTY = mark(
    "“{file}” is empty: it has no content at all, perhaps because a copy was interrupted. "
    "Use a backup or another copy."
)
FOREIGN = mark(
    "“{file}” is a database of another program, not a register. "
    "Choose a file that ends in .mineaction."
)
NEWER = mark(
    "“{file}” was made by a newer version of this program. Install that version to open it. "
    "The file has not been touched."
)
NOT_HERE = mark(
    "“{file}” cannot be made in “{folder}”: the folder or the medium is write-protected. "
    "Choose another folder."
)
DAMAGED = mark(
    "“{file}” is damaged: {detail}. Leave it as it is and go on with a backup or another copy."
)


def about(text: str, path: Path, **values: object) -> UserError:
    """Return an error about a file."""
    return UserError(Message(text, {"file": path.name, "folder": str(path.parent), **values}))


@contextmanager
def unfinished(path: Path) -> Iterator[Path]:
    """Give a hidden name beside ``path``; the file there takes its own name at the end.

    A register appears complete, or not at all, even if the machine stops meanwhile.
    """
    if len(os.fsencode(path.name)) > _LONGEST:
        raise about(TOO_LONG, path)
    if not path.parent.is_dir():
        raise about(NO_FOLDER, path)
    if path.exists():
        raise about(EXISTS, path)
    _sweep(path)
    hidden = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with in_words_of_the_disk(path, NOT_HERE):
            hidden.touch()
        yield hidden
        with in_words_of_the_disk(path, NOT_HERE):
            place(hidden, path)
    finally:
        _remove(hidden)


def fill(hidden: Path, path: Path, begin: Callable[[Connection], None]) -> None:
    """Write the beginning of a register, which will be named ``path``, into an empty file."""
    engine = open_engine(hidden, Access.WRITE)
    try:
        with in_plain_words(path), engine.begin() as connection:
            begin(connection)
    finally:
        engine.dispose()


def _sweep(path: Path) -> None:
    """Remove what processes that ended early have left of registers of this name."""
    left = re.compile(rf"\.{re.escape(path.name)}\.(\d+)\.new")
    for found in path.parent.iterdir():
        match = left.match(found.name)
        if match and not _runs(int(match[1])):
            hidden = path.with_name(match[0])
            if lock.holder(hidden) is None:  # on a network drive it may run on another computer
                _remove(hidden)


def _runs(process: int) -> bool:
    """Whether another process of this number runs; Windows itself keeps what is in use."""
    if os.name != "posix" or process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _remove(hidden: Path) -> None:
    for left in (hidden, *companions(hidden), lock.lock_path(hidden)):
        with suppress(OSError):
            left.unlink(missing_ok=True)


def place(unfinished: Path, path: Path) -> None:
    """Give a finished file its name, never in place of another file."""
    try:
        os.link(unfinished, path)
    except FileExistsError:
        raise about(EXISTS, path) from None
    except OSError:  # sticks and some network drives know no links
        if path.exists():
            raise about(EXISTS, path) from None
        unfinished.rename(path)
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """Have the names in a folder written to the disk, where the system can be told to."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def companions(path: Path) -> tuple[Path, ...]:
    """Return the names of the files that SQLite may keep beside a register."""
    return tuple(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))


def reading_access(path: Path) -> Access:
    """Return how to open a file that will only be read."""
    if medium.is_writable(path):
        return Access.READ
    # With a log beside it, somebody is writing, or was when the machine stopped.
    return Access.READ_ONLY_FILE if has_log(path) else Access.READ_ONLY_MEDIUM


def has_log(path: Path) -> bool:
    """Whether there is a write-ahead log that holds something."""
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def drop_unfilled(path: Path, before: Collection[Path]) -> None:
    """Remove what SQLite could not fill beside a register; what was there before stays."""
    for left in companions(path):
        with suppress(OSError):
            if left not in before:
                left.unlink(missing_ok=True)


def look(path: Path) -> None:
    """Raise if there is nothing at ``path`` that could be opened."""
    try:
        with in_words_of_the_disk(path):
            size = path.stat().st_size
            if path.is_dir():
                raise about(NOT_A_FILE, path)
    except (FileNotFoundError, NotADirectoryError):
        raise about(MISSING, path) from None
    if size == 0:
        raise about(EMPTY, path)


def identify(engine: Engine, path: Path, schema: Schema) -> bool:
    """Say whether the file is up to date; raise unless it is a register this program can use."""
    with engine.connect() as connection:
        application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
        number = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    if application != APPLICATION_ID:
        raise about(FOREIGN, path)
    if number > schema.number:
        raise about(NEWER, path)
    return bool(number == schema.number)


def wants_check(path: Path) -> bool:
    """Whether to look through the file at opening: always after a crash, else if it is quick."""
    return has_log(path) or path.stat().st_size <= _QUICKLY_CHECKED


def check(engine: Engine, path: Path) -> None:
    """Raise if the file is not sound inside."""
    with engine.connect() as connection:
        found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    if found != "ok":
        raise about(DAMAGED, path, detail=found)
