"""What goes wrong with files and values, in words for the person in front of the screen."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import StatementError
from sqlalchemy.orm.exc import StaleDataError

from mineaction_desktop.domain.problems import Place, Problem, UserError
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.records.types import SealedError

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
_FILE_FAULTS[sqlite3.SQLITE_LOCKED] = _FILE_FAULTS[sqlite3.SQLITE_BUSY]
_FILE_FAULTS[sqlite3.SQLITE_PERM] = _FILE_FAULTS[sqlite3.SQLITE_READONLY]

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
    except (StatementError, sqlite3.Error, StaleDataError, SealedError) as error:
        fault = explain(error, path)
        if fault is None:
            raise
        raise fault from error


def explain(error: Exception, path: Path) -> UserError | None:
    """Return the error as a person should read it, or nothing if it is a bug of ours."""
    if isinstance(error, StaleDataError):
        return UserError(Message(STALE))
    origin = error.orig if isinstance(error, StatementError) else error
    if isinstance(origin, SealedError):
        return UserError(Message(LOCKED_IDENTITY))
    code = getattr(origin, "sqlite_errorcode", None)
    if not isinstance(origin, sqlite3.Error) or code is None:
        return None
    if code & 0xFF == sqlite3.SQLITE_CONSTRAINT:
        return _refused(code, str(origin))
    text = _FILE_FAULTS.get(code & 0xFF)
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
