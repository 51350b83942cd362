"""Links that lead nowhere, found when a transaction cannot be committed for their sake."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import islice

from mineaction_desktop.domain.problems import Place, Problem, UserError
from mineaction_desktop.i18n import Message, mark

_SHOWN = 20

BROKEN = mark(
    "A record of the kind “{kind}” refers in “{field}” to a record of the kind “{target}” that "
    "does not exist. Add that record first, or choose another one."
)


def broken_links(connection: sqlite3.Connection) -> UserError:
    """Return the error that names the links which keep a transaction from being committed."""
    problems = tuple(islice(_problems(connection), _SHOWN))
    return UserError(problems[0].message, problems)


def _problems(connection: sqlite3.Connection) -> Iterator[Problem]:
    for kind, row, target, key in connection.execute("PRAGMA foreign_key_check"):
        keys = connection.execute(f"PRAGMA foreign_key_list({kind})")
        field = next(found[3] for found in keys if found[0] == key)
        wanted = f"SELECT id, {field} FROM {kind} WHERE rowid = ?"  # noqa: S608 - names of our own tables
        record_id, value = connection.execute(wanted, (row,)).fetchone()
        message = Message(BROKEN, {"kind": kind, "field": field, "target": target})
        place = Place(kind=kind, record_id=record_id, field=field)
        yield Problem("STORE-002", message, place, value=value)
