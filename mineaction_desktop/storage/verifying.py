"""Whether the trail is whole, and whether the records are what the trail says they are.

Whoever can write the file can rewrite all of it, fingerprints too. What that cannot change is a
fingerprint printed in a report or kept by another office; compare with those. The passport of the
register notes the end of the trail too, so that cutting it off takes more than one table.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from sqlalchemy import select

from mineaction_desktop.domain.problems import Place, Problem
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.storage import meta
from mineaction_desktop.storage.reader import Reader
from mineaction_desktop.storage.rebuilding import Pair, pairs
from mineaction_desktop.storage.recording import (
    Change,
    beginning,
    fingerprint,
    kept_end,
    time_text,
)
from mineaction_desktop.storage.tables import audit_entry

_SHOWN = 100
_AT_A_TIME = 5000

ALTERED = mark("Entry {number} of the trail was altered after it was written.")
MISSING = mark("Entries {first} to {last} of the trail are missing.")
DETACHED = mark(
    "Entry {number} of the trail does not follow from the entry before it: that one was replaced."
)
DIFFERENT = mark(
    "“{field}” of this record was changed outside the program: the trail says “{said}”, the "
    "register holds “{found}”."
)
CUT_OFF = mark(
    "The end of the trail was cut off or replaced: the register was last changed by entry {number}."
)
CONFUSED = mark("Entry {number} of the trail cannot be read: it does not list changes of fields.")
UNTRACED = mark("This record was added outside the program: the trail does not know it.")
GONE = mark("This record was removed outside the program: the trail knows it.")


def verify_trail(reader: Reader) -> list[Problem]:
    """Return what is wrong with the trail and with the records, at most a hundred of each.

    Both are read as streams, so that a register of any size can be verified.
    """
    return [*trail_problems(reader), *record_problems(reader)]


def trail_problems(reader: Reader) -> Iterator[Problem]:
    """Yield what is wrong with the trail itself."""
    return islice(_chain(reader), _SHOWN)


def record_problems(reader: Reader) -> Iterator[Problem]:
    """Yield what is wrong with the records by their trail."""
    return islice(_records(reader), _SHOWN)


def _chain(reader: Reader) -> Iterator[Problem]:
    """Walk the trail from its beginning and compute every fingerprint again."""
    number, previous = 0, beginning(meta.register_id(reader.connection))
    end = kept_end(reader.connection)
    found_end = end is None
    trail = reader.connection.execution_options(yield_per=_AT_A_TIME).execute(
        select(audit_entry).order_by(audit_entry.c.number)
    )
    for entry in trail:
        place = Place(kind=entry.kind, record_id=entry.record_id, row=entry.number)
        if entry.number != number + 1:
            gap = {"first": number + 1, "last": entry.number - 1}
            yield Problem("TRAIL-002", Message(MISSING, gap), place)
        elif entry.previous != previous:
            yield Problem("TRAIL-003", Message(DETACHED, {"number": entry.number}), place)
        said = (time_text(entry.at), entry.author, entry.office, entry.batch)
        change = Change(entry.kind, entry.record_id, entry.action, entry.changes, entry.reason)
        if fingerprint(entry.number, said, change, entry.previous) != entry.fingerprint:
            yield Problem("TRAIL-001", Message(ALTERED, {"number": entry.number}), place)
        number, previous = entry.number, entry.fingerprint
        found_end = found_end or (number, previous) == end
    if end is not None and not found_end:
        yield Problem("TRAIL-007", Message(CUT_OFF, {"number": end[0]}), Place(row=end[0]))


def _records(reader: Reader) -> Iterator[Problem]:
    """Compare every record with what its trail adds up to."""
    for pair in pairs(reader.connection):
        for number in pair.confused:
            place = Place(kind=pair.kind, record_id=pair.record_id, row=number)
            yield Problem("TRAIL-008", Message(CONFUSED, {"number": number}), place)
        if pair.said is None:
            yield _about(pair, "TRAIL-005", UNTRACED)
        elif pair.found is None:
            yield _about(pair, "TRAIL-006", GONE)
        elif pair.said != pair.found:
            yield from _differences(pair)


def _differences(pair: Pair) -> Iterator[Problem]:
    said, found = pair.said or {}, pair.found or {}
    for name, value in found.items():
        if said.get(name) != value:
            values = {"field": name, "said": said.get(name), "found": value}
            yield _about(pair, "TRAIL-004", DIFFERENT, values, name)


def _about(
    pair: Pair,
    code: str,
    text: str,
    values: dict[str, object] | None = None,
    field: str | None = None,
) -> Problem:
    place = Place(kind=pair.kind, record_id=pair.record_id, field=field)
    return Problem(code, Message(text, values or {}), place)
