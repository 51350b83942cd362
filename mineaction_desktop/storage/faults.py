"""What goes wrong with files and values, in words for the person in front of the screen."""

from __future__ import annotations

import errno
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import StatementError
from sqlalchemy.orm.exc import StaleDataError

from mineaction_desktop.domain.problems import Place, Problem, UserError
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.records.types import SealedError, UnreadableError

_FILE_FAULTS: dict[int, str] = {
    sqlite3.SQLITE_BUSY: mark(
        "Another program is using “{file}” and has locked it. Close that program and try again."
    ),
    sqlite3.SQLITE_READONLY: mark(
        "“{file}” cannot be changed: the file, its folder or the medium is write-protected. "
        "Copy it to a folder where you may write, or remove the protection."
    ),
    sqlite3.SQLITE_IOERR: mark(
        "“{file}” could not be read or written. If it lies on a stick or a network drive, check "
        "that this is still connected, then open the register again. Nothing was saved by this "
        "last step; everything saved before is kept."
    ),
    sqlite3.SQLITE_CORRUPT: mark(
        "“{file}” is damaged or incomplete, perhaps because a copy was interrupted. Leave it as "
        "it is and go on with a backup or with another copy."
    ),
    sqlite3.SQLITE_FULL: mark(
        "There is no room left where “{file}” lies. Nothing was saved by this last step; "
        "everything saved before is kept. Make room on the disk and try again."
    ),
    sqlite3.SQLITE_CANTOPEN: mark(
        "“{file}” cannot be opened. Check that it is still there and that you may read it and "
        "write in its folder."
    ),
    sqlite3.SQLITE_NOTADB: mark(
        "“{file}” is not a register of this program: it is some other kind of file, or encrypted "
        "by another program. Choose a file that ends in .mineaction."
    ),
}
NO_GROWTH = mark(
    "Nothing can be written where “{file}” lies: the disk is full, files may not grow there, or "
    "the stick or network drive is no longer connected. Nothing was saved by this last step; "
    "everything saved before is kept. Make room and try again."
)
NO_GROWTH_CODES = (
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_TRUNCATE,
    sqlite3.SQLITE_IOERR_FSYNC,
    sqlite3.SQLITE_IOERR_SHMOPEN,
    sqlite3.SQLITE_IOERR_SHMSIZE,
    sqlite3.SQLITE_IOERR_SHMMAP,
)
"""What SQLite says when a file cannot grow; it tells a full disk only now and then."""
_FILE_FAULTS.update(dict.fromkeys(NO_GROWTH_CODES, NO_GROWTH))
_FILE_FAULTS[sqlite3.SQLITE_LOCKED] = _FILE_FAULTS[sqlite3.SQLITE_BUSY]
_FILE_FAULTS[sqlite3.SQLITE_PERM] = _FILE_FAULTS[sqlite3.SQLITE_READONLY]

PROTECTED = mark(
    "“{file}” cannot be changed here: the file, its folder or the medium is write-protected. "
    "Open it for reading only, or copy it to a folder where you may write."
)
TOO_LONG = mark("“{file}” is too long a name for a file. Choose one of at most 60 letters.")
LOOP = mark(
    "“{file}” is a link that leads back to itself. Give the name of the register that it was "
    "meant to lead to."
)
_DISK_FAULTS: dict[int, str] = {
    errno.ENOSPC: _FILE_FAULTS[sqlite3.SQLITE_FULL],
    errno.EFBIG: NO_GROWTH,
    getattr(errno, "EDQUOT", errno.ENOSPC): _FILE_FAULTS[sqlite3.SQLITE_FULL],
    errno.EROFS: PROTECTED,
    errno.EACCES: PROTECTED,
    errno.EPERM: PROTECTED,
    errno.ENAMETOOLONG: TOO_LONG,
    errno.ELOOP: LOOP,
}
_MISSING = re.compile(r"no such (table|column): |has no column named |decode to UTF-8")
INCOMPLETE = mark(
    "“{file}” is damaged: {detail}. Leave it as it is and go on with a backup or another copy; "
    "“mineaction verify” says what else is wrong with it."
)
UNREADABLE = mark(
    "“{file}” is damaged: it holds “{value}” where that has no meaning. “mineaction verify” "
    "names the place; go on with a backup or another copy."
)

_COLUMN = re.compile(r"failed: (\w+)\.(\w+)|column (\w+)\.(\w+)")

STALE = mark(
    "Somebody else changed this record after you opened it. Open it again to see the change, "
    "then make yours."
)
LOCKED_IDENTITY = mark(
    "The identity of survivors is locked. Give the passphrase before you change it."
)


@contextmanager
def in_plain_words(path: Path) -> Iterator[None]:
    """Turn what the database says into an error meant for a person; let anything else pass."""
    try:
        yield
    except (StatementError, sqlite3.Error, StaleDataError, SealedError, UnreadableError) as error:
        fault = explain(error, path)
        if fault is None:
            raise
        raise fault from error


@contextmanager
def in_words_of_the_disk(path: Path, protected: str = PROTECTED) -> Iterator[None]:
    """Turn what the system says about a file into an error meant for a person.

    ``protected`` is the sentence for a place that takes no changes.
    """
    try:
        yield
    except OSError as error:
        text = _DISK_FAULTS.get(error.errno or 0)
        if text is None:
            raise
        values = {"file": path.name, "folder": str(path.parent)}
        raise UserError(Message(protected if text == PROTECTED else text, values)) from error


def explain(error: Exception, path: Path) -> UserError | None:
    """Return the error as a person should read it, or nothing if it is a bug of ours."""
    if isinstance(error, StaleDataError):
        return UserError(Message(STALE))
    if isinstance(error, UnreadableError):
        return UserError(Message(UNREADABLE, {"file": path.name, "value": error.value}))
    origin = error.orig if isinstance(error, StatementError) else error
    if isinstance(origin, SealedError):
        return UserError(Message(LOCKED_IDENTITY))
    return _of_sqlite(origin, path) if isinstance(origin, sqlite3.Error) else None


def _of_sqlite(error: sqlite3.Error, path: Path) -> UserError | None:
    if _MISSING.search(str(error)):
        return UserError(Message(INCOMPLETE, {"file": path.name, "detail": str(error)}))
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    if code & 0xFF == sqlite3.SQLITE_CONSTRAINT:
        return _refused(code, str(error))
    text = _FILE_FAULTS.get(code, _FILE_FAULTS.get(code & 0xFF))
    return None if text is None else UserError(Message(text, {"file": path.name}))


def _refused(code: int, detail: str) -> UserError:
    """A value that the tables do not take."""
    match = _COLUMN.search(detail)
    kind, field = (match[1] or match[3], match[2] or match[4]) if match else (None, None)
    if code in (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY):
        text = mark(
            "Another record of the kind “{kind}” has the same value in “{field}”. "
            "Give this one a value of its own."
        )
    elif code == sqlite3.SQLITE_CONSTRAINT_NOTNULL:
        text = mark("A record of the kind “{kind}” has nothing in “{field}”. Fill it in.")
    else:
        text = mark("The register does not accept a value: {detail}. Correct it and save again.")
    message = Message(text, {"kind": kind, "field": field, "detail": detail})
    return UserError(message, (Problem("STORE-001", message, Place(kind=kind, field=field)),))
