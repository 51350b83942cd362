"""Who changed what, and whether the register is sound."""

from __future__ import annotations

from dataclasses import dataclass

from mineaction_desktop.domain.problems import Problem, UserError
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.services.progress import Progress, silent
from mineaction_desktop.storage.audit import Entry, entries, history
from mineaction_desktop.storage.contents import verify_contents
from mineaction_desktop.storage.integrity import Check, checked, damage, stateless
from mineaction_desktop.storage.queries import find_record
from mineaction_desktop.storage.sealed_reports import verify_snapshots
from mineaction_desktop.storage.store import Store
from mineaction_desktop.storage.verifying import record_problems, trail_problems

NO_SUCH_RECORD = mark(
    "There is no record “{name}” in this register. Give its id, or its readable number such as "
    "HA-000001."
)

CHECKS: tuple[Check, ...] = (
    damage,
    stateless,
    trail_problems,
    record_problems,
    verify_snapshots,
    verify_contents,
)
"""All that is checked, in the order in which problems are told."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found, and how many entries of the trail were checked."""

    problems: tuple[Problem, ...]
    entries: int


def trail_entries(store: Store, *, record: str | None = None, last: int = 50) -> list[Entry]:
    """The last entries of the trail, or all of one record, oldest first."""
    with store.read() as reader:
        if record is None:
            return entries(reader, limit=last)[::-1]
        found = find_record(reader, record)
        if found is None:
            raise UserError(Message(NO_SUCH_RECORD, {"name": record}))
        return history(reader, found)


def verify_register(store: Store, progress: Progress = silent) -> Verification:
    """Check the file, its links, the trail against the records, submissions and attached files."""
    with store.read() as reader:
        progress(0, len(CHECKS))
        problems: list[Problem] = []
        for done, check in enumerate(CHECKS, start=1):
            # Several checks may stumble over the same spot.
            problems += [found for found in checked(check, reader) if found not in problems]
            progress(done, len(CHECKS))
        return Verification(tuple(problems), reader.change_number)
