"""Taking an import back: what it made is hidden, what it changed is as it was before."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mineaction_desktop.domain.problems import Place, Problem, UserError
from mineaction_desktop.exchange.recognising import TAKEN_BACK
from mineaction_desktop.formdef.catalogue import Catalogue, load_catalogue
from mineaction_desktop.formdef.types import TYPES
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.records import Record
from mineaction_desktop.records.types import LOCKED
from mineaction_desktop.storage import audit, meta
from mineaction_desktop.storage.lookups import (
    batches_because,
    changed_after,
    records_by_id,
    referring,
)
from mineaction_desktop.storage.store import Store, Writer

IMPORT_OF = "import of "
"""What the reason of every import in the trail begins with; the name of the file follows."""
UNDO_OF = "undo of import "
"""What the reason of a record's getting back its values begins with; the batch follows."""

NO_SUCH = mark(
    "There is no import “{batch}” in this register. The trail names the batch of each change: "
    "mineaction trail STORE"
)
NO_IMPORT = mark("The batch “{batch}” is no import: it was “{reason}”.")
UNDONE = mark("The import “{batch}” has been taken back already.")
IN_THE_WAY = mark(
    "The import cannot be taken back; nothing was changed. {reason} Undo that first, or correct "
    "single records by hand."
)
MESSAGES: Mapping[str, str] = {
    "IMPORT-010": mark("{name} was changed after the import, by {author} on {day}."),
    "IMPORT-011": mark("{name} refers to {target}, which the import made."),
    "IMPORT-012": mark("The identity {name} was changed; sealed values are not kept in the trail."),
}
"""The sentence behind each code."""


@dataclass(frozen=True, slots=True)
class UndoResult:
    """How many records were hidden and how many got their earlier values back, by kind."""

    batch: str
    hidden: Mapping[str, int]
    restored: Mapping[str, int]


def undo_import(store: Store, batch: str) -> UndoResult:
    """Take an import back; refuse if anything has been built on it since, and say what."""
    catalogue = load_catalogue()
    with store.write(f"{UNDO_OF}{batch}") as writer:
        entries = audit.entries(writer, batch=batch)
        _refuse_other(entries, batch)
        undone = _undone(writer)
        if batch in undone:
            raise UserError(Message(UNDONE, {"batch": batch}))
        records = _records(writer, entries)
        problems = tuple(_in_the_way(writer, entries, records, undone))
        if problems:
            text = Message(IN_THE_WAY, {"reason": problems[0].message})
            raise UserError(text, problems)
        hidden: Counter[str] = Counter()
        restored: Counter[str] = Counter()
        for entry in entries:
            record = records[entry.record_id]
            if entry.action is audit.Action.CREATE:
                writer.hide(record, f"{TAKEN_BACK} ({batch})")
                hidden[entry.kind] += 1
            else:
                _restore(writer, record, entry, catalogue)
                restored[entry.kind] += 1
        _forget(writer, batch)
    return UndoResult(batch, dict(hidden), dict(restored))


def _refuse_other(entries: Sequence[audit.Entry], batch: str) -> None:
    if not entries:
        raise UserError(Message(NO_SUCH, {"batch": batch}))
    reason = entries[0].reason or ""
    if not any((entry.reason or "").startswith(IMPORT_OF) for entry in entries):
        raise UserError(Message(NO_IMPORT, {"batch": batch, "reason": reason}))


def _undone(writer: Writer) -> dict[str, str]:
    """The imports that were taken back, each with the batch that did so, as the trail tells."""
    restored = {of: batch for batch, of in batches_because(writer, UNDO_OF)}
    hidden = {of[:-1]: batch for batch, of in batches_because(writer, f"{TAKEN_BACK} (")}
    return restored | hidden


def _records(writer: Writer, entries: Sequence[audit.Entry]) -> dict[str, Record]:
    ids: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        ids[entry.kind].append(entry.record_id)
    found: dict[str, Record] = {}
    for kind, wanted in ids.items():
        found |= records_by_id(writer, kind, wanted)
    return found


def _in_the_way(
    writer: Writer,
    entries: Sequence[audit.Entry],
    records: Mapping[str, Record],
    undone: Mapping[str, str],
) -> Iterator[Problem]:
    """What happened to the records since, and what links to them."""
    kinds = {entry.record_id: entry.kind for entry in entries}
    # An import that was taken back and its undo leave the records as they were.
    settled = {*undone.keys(), *undone.values()}
    changed = changed_after(writer, entries[0].number, records.keys(), settled)
    for record_id, later in changed.items():
        values = {"author": later.author, "day": f"{later.at:%Y-%m-%d}"}
        yield _problem("IMPORT-010", kinds[record_id], records[record_id], **values)
    targets: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        if entry.action is audit.Action.CREATE:
            targets[entry.kind].add(entry.record_id)
        elif any(old == LOCKED for old, _ in entry.changes.values()):
            yield _problem("IMPORT-012", entry.kind, records[entry.record_id])
    for kind, identity, target in referring(writer, targets):
        if identity.id not in records:
            message = Message(
                MESSAGES["IMPORT-011"],
                {"name": identity.local_id, "target": records[target].local_id},
            )
            place = Place(kind=kind, record_id=identity.id)
            yield Problem("IMPORT-011", message, place, value=identity.local_id)


def _problem(code: str, kind: str, record: Record, **values: object) -> Problem:
    message = Message(MESSAGES[code], {"name": record.local_id, **values})
    place = Place(kind=kind, record_id=record.id)
    return Problem(code, message, place, value=record.local_id)


def _restore(writer: Writer, record: Record, entry: audit.Entry, catalogue: Catalogue) -> None:
    """Give a record the values that it had before the import."""
    fields = catalogue.form(entry.kind).fields
    for name, (old, _) in entry.changes.items():
        if name == "is_hidden":
            reason, _ = entry.changes.get("hidden_reason", (TAKEN_BACK, None))
            writer.hide(record, str(reason))
        elif name != "hidden_reason":
            field = fields.get(name)
            value = old if field is None else TYPES[field.type].from_plain(old)
            setattr(record, name, value)


def _forget(writer: Writer, batch: str) -> None:
    """Let the same file be imported again."""
    for name, value in meta.everything(writer.connection).items():
        if value == batch:
            meta.put(writer.connection, name, "")
