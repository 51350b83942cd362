"""Getting at a register: the right to write to it, and reading one of any version on any medium."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from mineaction_desktop.i18n import mark
from mineaction_desktop.storage import faults, files
from mineaction_desktop.storage.engine import Access, open_engine
from mineaction_desktop.storage.lock import HeldError, WriteLock
from mineaction_desktop.storage.recording import Author
from mineaction_desktop.storage.schema import Schema

HELD = mark(
    "“{file}” is open for writing by {name} ({office}) on the computer “{host}” since {since}. "
    "Ask them to close it, or open it for reading only."
)
HELD_BY_SOMEBODY = mark(
    "“{file}” is open for writing somewhere else. Close it there, or open it for reading only."
)


def for_reading(path: Path, schema: Schema, tidy: ExitStack) -> Engine:
    """Return an engine on what a register holds, in today's shape; ``tidy`` closes it.

    A register of an older version is read from a copy that was brought up to date; the register
    itself stays untouched, and the copy is gone when ``tidy`` ends.
    """
    engine, is_current = _identified(path, schema, tidy)
    if is_current:
        return engine
    from mineaction_desktop.storage import upgrade  # noqa: PLC0415 - Alembic, when needed

    folder = tidy.enter_context(tempfile.TemporaryDirectory(prefix="mineaction-"))
    copy = Path(folder) / path.name
    upgrade.copy_up_to_date(engine, copy, schema)
    engine.dispose()
    newer = open_engine(copy, Access.READ_ONLY_MEDIUM)
    tidy.callback(newer.dispose)
    return newer


def _identified(path: Path, schema: Schema, tidy: ExitStack) -> tuple[Engine, bool]:
    """An engine on the file itself, and whether the file is up to date."""
    before = [found for found in files.companions(path) if found.exists()]
    engine = open_engine(path, files.reading_access(path))
    tidy.callback(engine.dispose)
    try:
        return engine, files.identify(engine, path, schema)
    except OperationalError as error:
        if not _found_no_room(error) or files.has_log(path):
            raise
    # Nobody writes and there is no room for the files that would coordinate with a writer.
    engine.dispose()
    files.drop_unfilled(path, before)
    engine = open_engine(path, Access.READ_ONLY_MEDIUM)
    tidy.callback(engine.dispose)
    return engine, files.identify(engine, path, schema)


def _found_no_room(error: OperationalError) -> bool:
    code = getattr(error.orig, "sqlite_errorcode", None)
    return code == sqlite3.SQLITE_FULL or code in faults.NO_GROWTH_CODES


def take_lock(path: Path, author: Author) -> WriteLock:
    """Take the right to write; raise ``UserError`` if somebody has it or none can be had."""
    try:
        with faults.in_words_of_the_disk(path):
            return WriteLock.acquire(path, author.name, author.office)
    except OSError as error:
        raise files.about(faults.PROTECTED, path) from error
    except HeldError as error:
        if error.holder is None:
            raise files.about(HELD_BY_SOMEBODY, path) from error
        holder = error.holder
        since = f"{holder.since:%Y-%m-%d %H:%M} UTC"
        raise files.about(
            HELD, path, name=holder.name, office=holder.office, host=holder.host, since=since
        ) from error
