"""Going back: a whole step, or a record as it was; each a new step that can be taken back too."""

from __future__ import annotations

from collections.abc import Collection

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.formdef.catalogue import Catalogue, load_catalogue
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.records import Record
from mineaction_desktop.services import reversing
from mineaction_desktop.services.content import Changes, Saved, changes_of
from mineaction_desktop.services.import_undo import IMPORT_OF, undo_import
from mineaction_desktop.services.loading import GONE, open_record
from mineaction_desktop.services.reversing import UNDO_OF, Wording
from mineaction_desktop.services.saving import put_values
from mineaction_desktop.services.trail_states import column_value, plain_state, values_at
from mineaction_desktop.services.versions import FieldChange, Version, versions
from mineaction_desktop.storage.audit import Entry, entries, history
from mineaction_desktop.storage.related import stored
from mineaction_desktop.storage.store import Store

__all__ = ["FieldChange", "Version", "restore", "take_back", "versions"]

NO_SUCH = mark("This step is not in the register. Perhaps the register is an older copy.")
UNDONE = mark("This step has been taken back already.")
IN_THE_WAY = mark(
    "The step cannot be taken back; nothing was changed. {reason} Take that back first, or "
    "correct single records by hand."
)
MESSAGES = {
    "UNDO-001": mark("{name} was changed since, by {author} on {day}."),
    "UNDO-002": mark("{name} refers to {target}, which the step made."),
    "UNDO-003": mark("The identity {name} was changed; sealed values are not kept in the trail."),
}
"""The sentence behind each code."""
_WORDING = Wording(*MESSAGES.items())

NO_SUCH_VERSION = mark("The trail has no entry {number} of this record.")
RESTORED = mark("restored as of entry {number}")
SEALED_FIELD = mark(
    "“{field}” is sealed. What stood in it before is not kept in the trail, so it cannot be "
    "brought back."
)


def take_back(
    store: Store, batch: str, reason: str = "", *, catalogue: Catalogue | None = None
) -> Changes:
    """Take a step back, whatever it was; refuse and name what has been changed since."""
    with store.read() as reader:
        found = entries(reader, batch=batch)
    if not found:
        raise UserError(Message(NO_SUCH))
    if any((entry.reason or "").startswith(IMPORT_OF) for entry in found):
        return _of_import(store, batch, found)
    said = f"{UNDO_OF}{batch}" + (f": {reason.strip()}" if reason.strip() else "")
    with store.write(said) as writer:
        step = reversing.step_of(writer, batch, found)
        later, is_undone = reversing.standing(reversing.later_than(writer, step), batch)
        if is_undone:
            raise UserError(Message(UNDONE))
        problems = tuple(reversing.obstacles(writer, step, later, _WORDING))
        if problems:
            text = Message(IN_THE_WAY, {"reason": problems[0].message})
            raise UserError(text, problems)
        reversing.reverse(writer, catalogue or load_catalogue(), step, said)
    touched = ((entry.kind, entry.record_id) for entry in found)
    return changes_of(writer.batch, writer.stamp.at, touched)


def _of_import(store: Store, batch: str, found: list[Entry]) -> Changes:
    done = undo_import(store, batch)
    with store.read() as reader:
        at = reader.changed_at
    touched = ((entry.kind, entry.record_id) for entry in found)
    return changes_of(done.taken_back_by, at, touched)


def restore(
    store: Store,
    catalogue: Catalogue,
    kind: str,
    record_id: str,
    number: int,
    *,
    fields: Collection[str] | None = None,
    reason: str | None = None,
) -> Saved:
    """Give a record the values that it had after an entry of the trail, or some of its fields.

    Sealed fields stay as they are: the trail does not know what was in them.
    """
    said = reason or Message(RESTORED, {"number": number}).render()
    with store.write(said) as writer:
        record = stored(writer, kind, record_id)
        if record is None:
            raise UserError(Message(GONE))
        told = history(writer, record_id)
        until = [entry for entry in told if entry.number <= number]
        if not until or until[-1].number != number:
            raise UserError(Message(NO_SUCH_VERSION, {"number": number}))
        if fields is None:
            done = _restore_all(catalogue, record, told, until)
        else:
            done = _restore_fields(catalogue, record, until, fields)
        touched = [(kind, record_id)] if done else []
        writer.session.flush()
        content = open_record(writer, catalogue, kind, record_id)
    return Saved(content, changes_of(writer.batch, writer.stamp.at, touched), writer.stamp.at)


def _restore_all(
    catalogue: Catalogue, record: Record, told: list[Entry], until: list[Entry]
) -> bool:
    form = catalogue.form(record.__tablename__)
    state = plain_state(until)
    done = False
    for name in {name for entry in told for name in entry.changes}:
        plain = state.get(name)
        is_sealed = name in form.fields and form.fields[name].type == "sealed"
        value = column_value(form, name, plain)
        if not is_sealed and getattr(record, name) != value:
            setattr(record, name, value)
            done = True
    return done


def _restore_fields(
    catalogue: Catalogue, record: Record, until: list[Entry], fields: Collection[str]
) -> bool:
    form = catalogue.form(record.__tablename__)
    for name in fields:
        if form.fields[name].type == "sealed":
            label = Message(form.fields[name].label)
            raise UserError(Message(SEALED_FIELD, {"field": label}))
    values = values_at(form, plain_state(until))
    return put_values(form, record, {name: values[name] for name in fields})
