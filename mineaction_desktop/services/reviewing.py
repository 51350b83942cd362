"""One change to many records: a step of its own, with one reason, taken back as a whole."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date

from mineaction_desktop.domain.problems import Place, Problem, UserError
from mineaction_desktop.domain.vocabulary import ReviewState
from mineaction_desktop.formdef.catalogue import Catalogue, load_catalogue
from mineaction_desktop.formdef.checking import validate
from mineaction_desktop.formdef.form import Form
from mineaction_desktop.formdef.values import values_of
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.records import Record
from mineaction_desktop.services.content import Changes, changes_of
from mineaction_desktop.services.loading import errors_among
from mineaction_desktop.services.progress import Progress, silent
from mineaction_desktop.services.saving import put_values
from mineaction_desktop.storage.lookups import records_by_id
from mineaction_desktop.storage.related import children
from mineaction_desktop.storage.store import Reader, Store

NO_REASON = mark("Say why so many records are changed at once; the reason is kept with each.")
NOT_IN_BULK = mark("“{field}” has a value of its own in every record. Change them one by one.")
REFUSED = mark("Nothing was changed: the value does not fit {n} record. {first}")
REFUSED_MANY = mark("Nothing was changed: the value does not fit {n} records. {first}")
_SHOWN = 100
_AT_A_TIME = 500


def change_many(  # noqa: PLR0913 - which records, what in them, and why
    store: Store,
    catalogue: Catalogue,
    kind: str,
    ids: Collection[str],
    field: str,
    value: object,
    reason: str,
    *,
    today: date | None = None,
    progress: Progress = silent,
) -> Changes:
    """Give a field of many records the same value; all of them or, if it does not fit, none.

    Hidden records are left as they are.
    """
    form = catalogue.form(kind)
    one = form.fields[field]
    if one.name == "local_id" or one.is_parent_link:
        raise UserError(Message(NOT_IN_BULK, {"field": Message(one.label)}))
    _refuse_no_reason(reason)
    done = 0
    touched: list[tuple[str, str]] = []
    with store.write(reason) as writer:
        problems: list[Problem] = []
        for record in _in_sight(writer, kind, ids):
            before = _faults(form, record, today)
            if put_values(form, record, {field: value}):
                touched.append((kind, record.id))
                problems += [p for p in _faults(form, record, today) if p not in before]
            done += 1
            if done % _AT_A_TIME == 0:
                progress(done, len(ids))
        if problems:
            _refuse(problems)
    progress(len(ids), len(ids))
    return changes_of(writer.batch, writer.stamp.at, touched)


def review_many(
    store: Store,
    kind: str,
    ids: Collection[str],
    state: str,
    reason: str,
    *,
    catalogue: Catalogue | None = None,
    progress: Progress = silent,
) -> Changes:
    """Set how far many records have been checked; their rows are set with them.

    Rejecting needs a reason.
    """
    wanted = ReviewState(state).value
    if wanted == ReviewState.REJECTED:
        _refuse_no_reason(reason)
    touched: list[tuple[str, str]] = []
    known = catalogue or load_catalogue()
    with store.write(reason.strip() or None) as writer:
        for done, record in enumerate(_with_rows(writer, known, kind, ids), start=1):
            if record.review_state != wanted:
                record.review_state = wanted
                touched.append((record.__tablename__, record.id))
            if done % _AT_A_TIME == 0:
                progress(min(done, len(ids)), len(ids))
    progress(len(ids), len(ids))
    return changes_of(writer.batch, writer.stamp.at, touched)


def _in_sight(reader: Reader, kind: str, ids: Collection[str]) -> Iterator[Record]:
    """The records of these ids that are not hidden, in the order of the ids."""
    listed = list(ids)
    for start in range(0, len(listed), _AT_A_TIME):
        chunk = listed[start : start + _AT_A_TIME]
        known = records_by_id(reader, kind, chunk)
        yield from (known[one] for one in chunk if one in known and not known[one].is_hidden)


def _with_rows(
    reader: Reader, catalogue: Catalogue, kind: str, ids: Collection[str]
) -> Iterator[Record]:
    yield from _in_sight(reader, kind, ids)
    for group in catalogue.form(kind).groups:
        rows = children(reader, group.kind, group.link_field, ids)
        yield from (row for row in rows if not row.is_hidden)


def _faults(form: Form, record: Record, today: date | None) -> list[Problem]:
    """What is wrong with a record, each time told in the same words and place."""
    place = Place(kind=form.kind, record_id=record.id)
    return [
        replace(problem, place=replace(place, field=problem.place.field))
        for problem in errors_among(validate(form, values_of(form, record), today=today))
    ]


def _refuse_no_reason(reason: str) -> None:
    if not reason.strip():
        raise UserError(Message(NO_REASON))


def _refuse(problems: list[Problem]) -> None:
    count = len({problem.place.record_id for problem in problems})
    values = {"n": count, "first": problems[0].message}
    raise UserError(Message(REFUSED, values, REFUSED_MANY), tuple(problems[:_SHOWN]))
