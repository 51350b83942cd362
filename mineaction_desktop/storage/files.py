"""Register files: making one, and telling what lies under a path before working with it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, Engine

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.storage import medium
from mineaction_desktop.storage.engine import APPLICATION_ID, Access, open_engine
from mineaction_desktop.storage.faults import in_plain_words
from mineaction_desktop.storage.schema import Schema

_QUICKLY_CHECKED = 100_000_000  # bytes; takes about a tenth of a second

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
OLDER = mark(
    "“{file}” was made by an older version of this program. Open it once for writing: it is "
    "copied first, then brought up to date."
)
PROTECTED = mark(
    "“{file}” cannot be changed here: the file, its folder or the medium is write-protected. "
    "Open it for reading only, or copy it to a folder where you may write."
)
DAMAGED = mark(
    "“{file}” is damaged: {detail}. Leave it as it is and go on with a backup or another copy."
)


def about(text: str, path: Path, **values: object) -> UserError:
    """Return an error about a file."""
    return UserError(Message(text, {"file": path.name, "folder": str(path.parent), **values}))


def make(path: Path, fill: Callable[[Connection], None]) -> None:
    """Make a register file; it appears under its name complete, or not at all."""
    if not path.parent.is_dir():
        raise about(NO_FOLDER, path)
    if path.exists():
        raise about(EXISTS, path)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with in_plain_words(path):
            unfinished.touch()
            _fill(unfinished, fill)
            place(unfinished, path)
    except PermissionError as error:
        raise about(PROTECTED, path) from error
    finally:
        for left in (unfinished, *companions(unfinished)):
            left.unlink(missing_ok=True)


def _fill(path: Path, fill: Callable[[Connection], None]) -> None:
    engine = open_engine(path, Access.WRITE)
    try:
        with engine.begin() as connection:
            fill(connection)
    finally:
        engine.dispose()


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
    return Access.READ_ONLY_FILE if _log(path).exists() else Access.READ_ONLY_MEDIUM


def _log(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def look(path: Path) -> None:
    """Raise if there is nothing at ``path`` that could be opened."""
    if path.is_dir():
        raise about(NOT_A_FILE, path)
    try:
        size = path.stat().st_size
    except FileNotFoundError:
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
    return _log(path).exists() or path.stat().st_size <= _QUICKLY_CHECKED


def check(engine: Engine, path: Path) -> None:
    """Raise if the file is not sound inside."""
    with engine.connect() as connection:
        found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    if found != "ok":
        raise about(DAMAGED, path, detail=found)
