"""Taking a step back: what stands in the way of it, and turning each of its changes round.

Nothing is erased. The way back is a step of its own, which can be taken back too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mineaction_desktop.domain.problems import Place, Problem
from mineaction_desktop.formdef.catalogue import Catalogue
from mineaction_desktop.i18n import Message
from mineaction_desktop.records import Record
from mineaction_desktop.services.trail_states import column_value, touches_sealed
from mineaction_desktop.storage.audit import Action, Entry
from mineaction_desktop.storage.lookups import records_by_id
from mineaction_desktop.storage.related import Later, later_changes, referring_to
from mineaction_desktop.storage.store import Reader, Writer

UNDO_OF = "undo of "
"""What the reason of a step that takes another one back begins with; the batch follows."""

_UNDONE = re.compile(r"(?:undo of (?:import )?|import taken back \()([0-9a-f-]{36})")


@dataclass(frozen=True, slots=True)
class Step:
    """A step as the trail tells it, newest entry first, and the records it touched."""

    batch: str
    entries: Sequence[Entry]
    records: Mapping[str, Record]


@dataclass(frozen=True, slots=True)
class Wording:
    """The codes and sentences for what stands in the way: changed since, referred to, sealed."""

    changed: tuple[str, str]
    referred: tuple[str, str]
    sealed: tuple[str, str]


def undone_batch(reason: str | None) -> str | None:
    """The step that a step with this reason has taken back."""
    found = _UNDONE.match(reason or "")
    return found[1] if found else None


def step_of(reader: Reader, batch: str, entries: Sequence[Entry]) -> Step:
    """A step with the records it touched."""
    ids: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        ids[entry.kind].append(entry.record_id)
    records: dict[str, Record] = {}
    for kind, wanted in ids.items():
        records |= records_by_id(reader, kind, wanted)
    return Step(batch, entries, records)


def standing(later: Iterable[Later], batch: str) -> tuple[dict[str, Later], bool]:
    """The last change of each record that still stands, and whether the step was taken back.

    A step and the one that took it back leave the records as they were: neither stands.
    """
    order: dict[str, str | None] = {}
    for one in later:
        order[one.batch] = order.get(one.batch) or undone_batch(one.reason)
    settled: set[str] = set()
    for taker, taken in reversed(order.items()):
        if taker not in settled and taken is not None:
            settled |= {taker, taken}
    changed = {one.record_id: one for one in later if one.batch not in settled}
    return changed, batch in settled


def obstacles(
    reader: Reader, step: Step, later: Mapping[str, Later], wording: Wording
) -> Iterator[Problem]:
    """What happened to the records since, what links to new ones, and what is lost for good."""
    kinds = {entry.record_id: entry.kind for entry in step.entries}
    for record_id, last in later.items():
        said = {"author": last.author, "day": f"{last.at:%Y-%m-%d}"}
        yield _problem(wording.changed, kinds[record_id], step.records[record_id], **said)
    made: dict[str, set[str]] = defaultdict(set)
    for entry in step.entries:
        if entry.action is Action.CREATE:
            made[entry.kind].add(entry.record_id)
        elif touches_sealed(entry.changes):
            yield _problem(wording.sealed, entry.kind, step.records[entry.record_id])
    for kind, ids in made.items():
        for one in referring_to(reader, kind, ids):
            if one.id not in step.records:
                code, text = wording.referred
                target = step.records[one.target].local_id
                message = Message(text, {"name": one.local_id, "target": target})
                place = Place(kind=one.kind, record_id=one.id)
                yield Problem(code, message, place, value=one.local_id)


def later_than(reader: Reader, step: Step) -> list[Later]:
    """What happened to the records of a step after it."""
    return later_changes(reader, step.entries[0].number, step.records.keys())


def reverse(writer: Writer, catalogue: Catalogue, step: Step, reason: str) -> None:
    """Hide what the step made, and give the others the values that they had before it."""
    for entry in step.entries:
        record = step.records[entry.record_id]
        if entry.action is Action.CREATE:
            writer.hide(record, reason)
        else:
            _restore(record, entry, catalogue)


def _restore(record: Record, entry: Entry, catalogue: Catalogue) -> None:
    form = catalogue.forms.get(entry.kind)
    for name, (old, _) in entry.changes.items():
        setattr(record, name, column_value(form, name, old))


def _problem(coded: tuple[str, str], kind: str, record: Record, **values: object) -> Problem:
    code, text = coded
    message = Message(text, {"name": record.local_id, **values})
    place = Place(kind=kind, record_id=record.id)
    return Problem(code, message, place, value=record.local_id)
