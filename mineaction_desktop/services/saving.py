"""Saving a record with its rows: in one transaction, each change with its entry in the trail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from mineaction_desktop.domain.problems import Place, Problem, UserError
from mineaction_desktop.formdef.catalogue import Catalogue
from mineaction_desktop.formdef.checking import shown_values
from mineaction_desktop.formdef.form import Form
from mineaction_desktop.formdef.types import TYPES
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.records import PROVENANCE, Record
from mineaction_desktop.records.types import LOCKED
from mineaction_desktop.services.conflicts import Part, parts, refuse_conflicts
from mineaction_desktop.services.content import (
    Content,
    InvalidError,
    Saved,
    Values,
    changes_of,
    split_path,
)
from mineaction_desktop.services.loading import errors_among, open_record, problems_of
from mineaction_desktop.services.notes import notes_of, with_notes
from mineaction_desktop.services.rescue import forget_rescued
from mineaction_desktop.storage import drafts
from mineaction_desktop.storage.faults import LOCKED_IDENTITY
from mineaction_desktop.storage.related import owner_of_number
from mineaction_desktop.storage.store import Store, Writer

PATIENCE = 2.0
"""How many seconds a saving waits for a longer job; the record is safe in its draft meanwhile."""

ROW_DELETED = mark("row deleted")
TAKEN = mark(
    "Another record of this kind has the number “{value}” already. Write another number, or leave "
    "the field empty for the next free one."
)
NEVER_EMPTY = tuple(name for name in PROVENANCE if name in {"local_id", "review_state"})
"""Fields that the store fills if nobody does."""


@dataclass(slots=True)
class _Work:
    """One saving: where it writes, what it has to write, and what it has touched."""

    writer: Writer
    content: Content
    today: date
    touched: list[tuple[str, str]] = field(default_factory=list)
    new: dict[str, list[dict[str, object]]] = field(default_factory=dict)


def save(
    store: Store,
    catalogue: Catalogue,
    content: Content,
    *,
    reason: str | None = None,
    draft_id: str | None = None,
    today: date | None = None,
) -> Saved:
    """Save a record with its rows, and forget its draft; all of it happens or nothing.

    Raises :class:`InvalidError` with what is missing or wrong, and :class:`ConflictError` if
    somebody has changed what you have changed too; a longer job may also be writing just now.
    """
    day = today or date.today()  # noqa: DTZ011 (the day on the wall where the person sits)
    errors = errors_among(problems_of(catalogue, content, day))
    if errors:
        raise InvalidError(errors)
    with store.write(reason, patience=PATIENCE) as writer:
        found = parts(writer, catalogue, content)
        refuse_conflicts(writer, catalogue, content, found)
        work = _Work(writer, content, day)
        _refuse_taken(writer, found)
        for part in found:
            _write(work, part)
        for kind, rows in work.new.items():
            writer.add_rows(kind, rows)
        writer.session.flush()
        if draft_id is not None:
            drafts.drop(writer.connection, draft_id)
        saved = open_record(writer, catalogue, content.kind, content.id)
    if draft_id is not None:
        forget_rescued(draft_id)
    changes = changes_of(writer.batch, writer.stamp.at, work.touched)
    return Saved(saved, changes, writer.stamp.at)


def _write(work: _Work, part: Part) -> None:
    if part.record is None:
        if not part.yours["is_hidden"]:
            work.new.setdefault(part.form.kind, []).append(_row(work, part))
            work.touched.append((part.form.kind, part.id))
    elif _change(work, part, part.record):
        work.touched.append((part.form.kind, part.id))


def _row(work: _Work, part: Part) -> dict[str, object]:
    """A new record as the store takes it."""
    if LOCKED in part.yours.values():
        raise UserError(Message(LOCKED_IDENTITY))
    values = storable(part.form, part.yours, None, work.today)
    extra = with_notes(_extra(part.form, {}, values), _notes(work, part))
    columns = {
        name: value
        for name, value in values.items()
        if value is not None and not part.form.fields[name].extra
    }
    return {**columns, "id": part.id, **({"extra": extra} if extra else {})}


def _change(work: _Work, part: Part, record: Record) -> bool:
    """Give a stored record what the person has changed; say whether that is anything."""
    changed = part.changed()
    if part.is_stale and not changed:
        return False
    done = bool(changed) and _put_changed(work, part, record)
    notes = _notes(work, part)
    known = notes_of(record)
    notes = {**known, **notes} if part.is_stale else notes
    if notes != known:
        record.extra = with_notes(record.extra, notes) or None
        done = True
    return _show_or_hide(work.writer, record, deleted=bool(part.yours["is_hidden"])) or done


def _put_changed(work: _Work, part: Part, record: Record) -> bool:
    was = {name: part.before.get(name) for name in part.form.fields}
    wanted = storable(part.form, {**was, **part.yours}, was, work.today)
    return put_values(part.form, record, wanted)


def put_values(form: Form, record: Record, wanted: Values) -> bool:
    """Give a record the values that it does not have yet; say whether there were any.

    Locked fields stay as they are, and so do number and review state if the value is empty.
    """
    before = record.extra
    extra = _extra(form, record.extra or {}, wanted)
    done = (extra or None) != before
    if done:
        record.extra = extra or None
    for name, value in wanted.items():
        kept = form.fields[name].extra or value == LOCKED
        kept = kept or (value is None and name in NEVER_EMPTY)
        if not kept and getattr(record, name) != value:
            setattr(record, name, value)
            done = True
    return done


def _show_or_hide(writer: Writer, record: Record, *, deleted: bool) -> bool:
    if deleted == record.is_hidden:
        return False
    if deleted:
        writer.hide(record, ROW_DELETED)
    else:
        record.is_hidden, record.hidden_reason = False, None
    return True


def storable(form: Form, values: Values, before: Values | None, today: date) -> dict[str, object]:
    """The values of the fields as they are kept.

    A field that the person's own changes have put out of sight is emptied; what lay out of sight
    before, perhaps from an import, stays as it is.
    """
    shown = shown_values(form, values, today=today)
    was_shown = form.fields if before is None else shown_values(form, before, today=today)
    return {
        name: None if name in was_shown and name not in shown else value
        for name, value in values.items()
        if name in form.fields
    }


def _extra(form: Form, known: Mapping[str, object], values: Values) -> dict[str, object]:
    """The national fields; what no form declares any more is kept."""
    extra = dict(known)
    for name, value in values.items():
        if not form.fields[name].extra:
            continue
        if value is None:
            extra.pop(name, None)
        else:
            extra[name] = TYPES[form.fields[name].type].to_plain(value)
    return extra


def _notes(work: _Work, part: Part) -> dict[str, str]:
    """The remarks on the fields of one part."""
    said = {split_path(path): text for path, text in work.content.notes.items()}
    return {name: text.strip() for (row, name), text in said.items() if row == part.row_id}


def _refuse_taken(writer: Writer, found: Iterable[Part]) -> None:
    problems = tuple(_taken(writer, found))
    if problems:
        raise InvalidError(problems)


def _taken(writer: Writer, found: Iterable[Part]) -> Iterator[Problem]:
    """Numbers that were typed and belong to another record."""
    typed: set[tuple[str, object]] = set()
    for part in found:
        number, kind = part.changed().get("local_id"), part.form.kind
        if number is None or part.yours["is_hidden"]:
            continue
        owner = owner_of_number(writer, kind, str(number))
        if owner not in {None, part.id} or (kind, number) in typed:
            message = Message(TAKEN, {"value": number})
            yield Problem(
                "SAVE-001", message, Place(kind=kind, record_id=part.id, field="local_id")
            )
        typed.add((kind, number))
