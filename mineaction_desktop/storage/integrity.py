"""Whether the file itself is sound: its pages, its indexes and the links between its records."""

from __future__ import annotations

from mineaction_desktop.domain.problems import Place, Problem
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.storage.reader import Reader

DAMAGED = mark(
    "The file is damaged: {what}. Restore the last backup, and keep this file for those who "
    "maintain the program."
)
DANGLING = mark(
    "A record of the kind “{kind}” refers to a record of the kind “{target}” that does not exist."
)


def damage(reader: Reader) -> list[Problem]:
    """Return what is wrong with the file; nothing when it is sound."""
    found = reader.connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars().all()
    problems = [
        Problem("STORE-003", Message(DAMAGED, {"what": what})) for what in found if what != "ok"
    ]
    for kind, _, target, _ in reader.connection.exec_driver_sql("PRAGMA foreign_key_check"):
        message = Message(DANGLING, {"kind": kind, "target": target})
        problems.append(Problem("STORE-004", message, Place(kind=kind)))
    return problems
