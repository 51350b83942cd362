"""What to do when two people have changed the same record: where they differ, and settling it.

The trail knows what both started from, so a field that only one side has touched comes with a
proposal, and a row that you have not touched is no conflict at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.formdef.catalogue import Catalogue
from mineaction_desktop.formdef.form import Form
from mineaction_desktop.formdef.values import values_of
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.records import Record
from mineaction_desktop.records.types import LOCKED
from mineaction_desktop.services.content import (
    MOVED,
    ConflictError,
    Content,
    Difference,
    RowContent,
    Side,
    path_of,
)
from mineaction_desktop.services.loading import GONE, open_record, row_of, row_values
from mineaction_desktop.services.trail_states import plain_state, values_at
from mineaction_desktop.storage.audit import history
from mineaction_desktop.storage.lookups import records_by_id
from mineaction_desktop.storage.reader import Reader

DELETED = mark("Deleted")
_DELETED = "is_hidden"


@dataclass(frozen=True, slots=True)
class Part:
    """The record of a content, or one of its rows, beside what the register holds of it.

    ``before`` is what the person started from.
    """

    form: Form
    id: str
    row_id: str | None
    version: int | None
    yours: Mapping[str, object]
    before: Mapping[str, object]
    record: Record | None

    @property
    def is_stale(self) -> bool:
        """Whether the register holds another version than the one that was opened."""
        return self.record is not None and self.record.version != self.version

    def changed(self) -> dict[str, object]:
        """The fields that the person has changed, with their new values."""
        return {
            name: value
            for name, value in self.yours.items()
            if value != self.before.get(name) and value != LOCKED
        }


def parts(reader: Reader, catalogue: Catalogue, content: Content) -> list[Part]:
    """The record itself and its rows, each beside what the register holds."""
    form = catalogue.form(content.kind)
    own = records_by_id(reader, content.kind, [content.id]).get(content.id)
    part = _part(reader, form, RowContent(content.id, content.values, content.version), own)
    seen = {_DELETED: own is not None and own.is_hidden}  # saving neither hides nor shows it
    found = [replace(part, yours={**part.yours, **seen}, before={**part.before, **seen})]
    for group in form.groups:
        rows = content.rows(group.kind)
        known = records_by_id(reader, group.kind, [row.id for row in rows])
        for row in rows:
            full = replace(row, values=row_values(catalogue, content, group, row))
            part = _part(reader, group.form, full, known.get(row.id))
            found.append(replace(part, row_id=row.id))
    return found


def _part(reader: Reader, form: Form, row: RowContent, record: Record | None) -> Part:
    if record is None and row.version is not None:
        raise UserError(Message(GONE))
    known = {name: value for name, value in row.values.items() if name in form.fields}
    yours = {**known, _DELETED: row.hidden}
    if record is None:
        before: dict[str, object] = {_DELETED: False}
    elif record.version == row.version:
        before = {**values_of(form, record), _DELETED: record.is_hidden}
    else:
        before = _opened(reader, form, record, row.version or 0)
    return Part(form, row.id, None, row.version, yours, before, record)


def _opened(reader: Reader, form: Form, record: Record, version: int) -> dict[str, object]:
    """A record as it was when it had a version; each entry of the trail makes one."""
    state = plain_state(history(reader, record.id)[:version])
    values = values_at(form, state)
    for name, field in form.fields.items():
        if field.type == "sealed":  # the trail does not know; what is kept is the best guess
            values[name] = getattr(record, name, None)
    return {**values, _DELETED: state["is_hidden"]}


def refuse_conflicts(
    reader: Reader, catalogue: Catalogue, content: Content, found: Sequence[Part]
) -> None:
    """Raise :class:`ConflictError` if you changed what somebody else has changed meanwhile."""
    clashing = [part for part in found if part.is_stale and part.changed()]
    fields = tuple(one for part in clashing for one in _differences(part))
    if not fields:
        return
    last = history(reader, clashing[0].id)[-1]
    values = {"author": last.author, "time": f"{last.at.astimezone():%Y-%m-%d %H:%M}"}
    theirs = _theirs(open_record(reader, catalogue, content.kind, content.id), found)
    raise ConflictError(Message(MOVED, values), theirs, fields)


def _theirs(stands: Content, found: Sequence[Part]) -> Content:
    """The record as it stands, with the rows that somebody has deleted but you still have."""
    groups = dict(stands.groups)
    for part in found:
        if part.row_id and part.record is not None and part.record.is_hidden:
            kind = part.form.kind
            groups[kind] = (*groups.get(kind, ()), row_of(part.form, part.record))
    return replace(stands, groups=groups)


def _differences(part: Part) -> Iterator[Difference]:
    if part.record is None:
        return
    theirs = {**values_of(part.form, part.record), _DELETED: part.record.is_hidden}
    for name, yours in part.yours.items():
        if yours == theirs.get(name) or yours == LOCKED:
            continue
        before = part.before.get(name)
        field = part.form.fields.get(name)
        yield Difference(
            kind=part.form.kind,
            row_id=part.row_id,
            field=name,
            label=field.label if field else DELETED,
            before=before,
            yours=yours,
            theirs=theirs.get(name),
            proposed=_proposed(before, yours, theirs.get(name)),
        )


def _proposed(before: object, yours: object, theirs: object) -> Side | None:
    if yours == before:
        return "theirs"
    return "yours" if theirs == before else None


def settle(
    mine: Content, conflict: ConflictError, choices: Mapping[str, Side] | None = None
) -> Content:
    """Your content upon what stands in the register, ready to be saved again.

    ``choices`` says by path whose value a field keeps; without a choice it is the proposal, and
    yours where both have changed it. What you have not touched is as it stands.
    """
    theirs = conflict.theirs
    chosen = {one.path: _chosen(one, choices or {}) for one in conflict.fields}
    groups: dict[str, tuple[RowContent, ...]] = {}
    for kind in {**mine.groups, **theirs.groups}:
        stands = {row.id: row for row in theirs.rows(kind)}
        kept = [_settled_row(row, stands.pop(row.id, None), chosen) for row in mine.rows(kind)]
        groups[kind] = (*kept, *(row for row in stands.values() if not row.hidden))
    return replace(
        mine,
        version=theirs.version,
        values=_settled(mine.values, mine.version, theirs.values, theirs.version, chosen, None),
        groups=groups,
        notes={**theirs.notes, **mine.notes},
        is_hidden=theirs.is_hidden,
    )


def _chosen(one: Difference, choices: Mapping[str, Side]) -> Side:
    return choices.get(one.path) or one.proposed or "yours"


def _settled_row(
    row: RowContent, stands: RowContent | None, chosen: Mapping[str, Side]
) -> RowContent:
    if stands is None or stands.version == row.version:
        return row
    side = chosen.get(path_of(_DELETED, row.id), "theirs")
    return RowContent(
        row.id,
        _settled(row.values, row.version, stands.values, stands.version, chosen, row.id),
        stands.version,
        row.hidden if side == "yours" else stands.hidden,
    )


def _settled(
    yours: Mapping[str, object],
    your_version: int | None,
    theirs: Mapping[str, object],
    their_version: int | None,
    chosen: Mapping[str, Side],
    row_id: str | None,
) -> dict[str, object]:
    if your_version == their_version:
        return dict(yours)
    return {
        name: yours.get(name, value)
        if chosen.get(path_of(name, row_id), "theirs") == "yours"
        else value
        for name, value in theirs.items()
    }
