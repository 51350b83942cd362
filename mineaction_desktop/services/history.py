"""Who changed what, and whether the register is sound."""

from __future__ import annotations

from dataclasses import dataclass

from mineaction_desktop.domain.problems import Problem, UserError
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.services.progress import Progress, silent
from mineaction_desktop.storage.audit import Entry, entries, history, verify_trail
from mineaction_desktop.storage.contents import verify_contents
from mineaction_desktop.storage.integrity import damage
from mineaction_desktop.storage.queries import find_record
from mineaction_desktop.storage.sealed_reports import verify_snapshots
from mineaction_desktop.storage.store import Store

NO_SUCH_RECORD = mark(
    "There is no record “{name}” in this register. Give its id, or its readable number such as "
    "HA-000001."
)


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
        progress(0, 3)
        problems = damage(reader)
        progress(1, 3)
        problems += verify_trail(reader)
        progress(2, 3)
        problems += [*verify_snapshots(reader), *verify_contents(reader)]
        progress(3, 3)
        return Verification(tuple(problems), reader.change_number)
