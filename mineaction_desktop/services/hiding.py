"""Taking records out of sight with their rows, and showing them again."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from mineaction_desktop.formdef.catalogue import Catalogue, load_catalogue
from mineaction_desktop.records import Record
from mineaction_desktop.services.content import Changes, changes_of
from mineaction_desktop.storage.audit import Action, history
from mineaction_desktop.storage.lookups import records_by_id
from mineaction_desktop.storage.related import Referring, children, referring_to
from mineaction_desktop.storage.store import Reader, Store, Writer


def hide(
    store: Store,
    kind: str,
    ids: Collection[str],
    reason: str,
    *,
    catalogue: Catalogue | None = None,
) -> Changes:
    """Take records and their rows out of sight and of every figure, for a reason that is kept."""
    known = catalogue or load_catalogue()
    touched: list[tuple[str, str]] = []
    with store.write(reason) as writer:
        for record in records_by_id(writer, kind, ids).values():
            _hide(writer, record, reason, touched)
        for row in _rows(writer, known, kind, ids):
            _hide(writer, row, reason, touched)
    return changes_of(writer.batch, writer.stamp.at, touched)


def unhide(
    store: Store,
    kind: str,
    ids: Collection[str],
    reason: str,
    *,
    catalogue: Catalogue | None = None,
) -> Changes:
    """Show hidden records again, with the rows that went out of sight in the same step."""
    known = catalogue or load_catalogue()
    touched: list[tuple[str, str]] = []
    with store.write(reason) as writer:
        steps = set()
        for record in records_by_id(writer, kind, ids).values():
            steps.add(_hidden_in(writer, record))
            _unhide(writer, record, reason, touched)
        for row in _rows(writer, known, kind, ids):
            if row.is_hidden and _hidden_in(writer, row) in steps:
                _unhide(writer, row, reason, touched)
    return changes_of(writer.batch, writer.stamp.at, touched)


def referring(
    reader: Reader,
    kind: str,
    ids: Collection[str],
    *,
    catalogue: Catalogue | None = None,
) -> list[Referring]:
    """The records in sight that link to these and are no rows of them: ask before hiding."""
    rows = {group.kind for group in (catalogue or load_catalogue()).form(kind).groups}
    return [one for one in referring_to(reader, kind, ids) if one.kind not in rows]


def _rows(
    reader: Reader, catalogue: Catalogue, kind: str, ids: Collection[str]
) -> Iterator[Record]:
    for group in catalogue.form(kind).groups:
        yield from children(reader, group.kind, group.link_field, ids)


def _hide(writer: Writer, record: Record, reason: str, touched: list[tuple[str, str]]) -> None:
    if not record.is_hidden:
        writer.hide(record, reason)
        touched.append((record.__tablename__, record.id))


def _unhide(writer: Writer, record: Record, reason: str, touched: list[tuple[str, str]]) -> None:
    if record.is_hidden:
        writer.unhide(record, reason)
        touched.append((record.__tablename__, record.id))


def _hidden_in(reader: Reader, record: Record) -> str | None:
    """The step that took a record out of sight last."""
    hidden = (
        one.batch for one in reversed(history(reader, record.id)) if one.action is Action.HIDE
    )
    return next(hidden, None)
