"""What an import will do: which records are new, which change and in what, which rows are wrong."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from mineaction_desktop.domain.problems import Problem, Severity
from mineaction_desktop.exchange.drafts import Draft
from mineaction_desktop.exchange.intake import AT_ONCE, Intake
from mineaction_desktop.exchange.linking import Directory, comparable
from mineaction_desktop.exchange.plans import SheetPlan
from mineaction_desktop.exchange.renames import possible_renames
from mineaction_desktop.formdef.checking import validate
from mineaction_desktop.formdef.form import Field
from mineaction_desktop.formdef.screening import doubtful
from mineaction_desktop.formdef.types import TYPES
from mineaction_desktop.formdef.values import values_of
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.records import Record
from mineaction_desktop.storage.lookups import records_by_id
from mineaction_desktop.storage.reader import Reader
from mineaction_desktop.storage.rows import by_column

MAYBE_RENAMED = mark(
    "“{new}” is new to the register, and looks like “{known}”. If it is the same under a new name, "
    "take this import back and link the two; they were not merged."
)


@dataclass(slots=True)
class Change:
    """A stored record, and the fields in which a row differs from it."""

    draft: Draft
    record: Record
    values: dict[str, object]


@dataclass(slots=True)
class Settled:
    """The records of a file by what becomes of them."""

    new: list[Draft] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: list[Draft] = field(default_factory=list)
    rejected_rows: int = 0
    problems: list[Problem] = field(default_factory=list)
    notices: list[Message] = field(default_factory=list)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep rows from being stored."""
        return tuple(found for found in self.problems if found.severity is Severity.ERROR)


def settle(
    plans: Sequence[SheetPlan],
    intake: Intake,
    directory: Directory,
    reader: Reader,
    today: date,
    tick: Callable[[int], None],
) -> Settled:
    """Read all rows and hold each against the register and its form."""
    for step in (intake.read(today), intake.link()):
        for rows in step:
            tick(rows)
    _blame_rows(plans, intake)
    drafts = list(intake.drafts())
    stored = _stored(drafts, reader)
    changes = {
        id(draft): _change(draft, stored[draft.id])
        for draft in drafts
        if draft.is_stored and draft.id in stored
    }
    in_doubt = _in_doubt([draft for draft in drafts if id(draft) not in changes], today)
    for start in range(0, len(drafts), AT_ONCE):
        some = drafts[start : start + AT_ONCE]
        for draft in some:
            if id(draft) in in_doubt or id(draft) in changes:
                _check(draft, changes.get(id(draft)), intake, today)
        tick(len(some))
    intake.reject_dependent()
    return _sorted_out(drafts, changes, intake, directory)


def _blame_rows(plans: Iterable[SheetPlan], intake: Intake) -> None:
    """Problems with the shape of a row are problems of the records it would make."""
    for plan in plans:
        by_row: dict[int | None, list[Problem]] = defaultdict(list)
        for problem in plan.sheet.problems:
            by_row[problem.place.row].append(problem)
        if by_row:
            for drafts in intake.rows:
                if drafts and drafts[0].sheet == plan.sheet.name:
                    found = by_row.pop(drafts[0].row, [])
                    drafts[0].problems += [
                        intake.faults.placed(problem, drafts[0]) for problem in found
                    ]


def _stored(drafts: Iterable[Draft], reader: Reader) -> dict[str, Record]:
    ids: dict[str, list[str]] = defaultdict(list)
    for draft in drafts:
        if draft.is_stored:
            ids[draft.kind].append(draft.id)
    found: dict[str, Record] = {}
    for kind, wanted in ids.items():
        found |= records_by_id(reader, kind, wanted)
    return found


def _change(draft: Draft, record: Record) -> Change:
    return Change(draft, record, _differences(draft, record))


def _differences(draft: Draft, record: Record) -> dict[str, object]:
    known = values_of(draft.plan.form, record)
    return {
        name: value
        for name, value in draft.values.items()
        if (value is not None or draft.says_all)
        and not _is_same(draft.plan.form.fields[name], value, known[name])
    }


def _is_same(field: Field, one: object, other: object) -> bool:
    """Whether two values are equal, as far as a workbook keeps numbers; choices have no order."""
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-15)
    if field.type == "choices" and isinstance(one, list) and isinstance(other, list):
        return set(one) == set(other)
    return one == other


def _in_doubt(new: Iterable[Draft], today: date) -> set[int]:
    """The new records that their form may find fault with."""
    by_form: dict[str, list[Draft]] = defaultdict(list)
    for draft in new:
        by_form[draft.plan.kind].append(draft)
    found: set[int] = set()
    for drafts in by_form.values():
        columns = by_column([draft.values for draft in drafts])
        places = doubtful(drafts[0].plan.form, columns, len(drafts), today)
        found.update(id(drafts[place]) for place in places)
    return found


def _check(draft: Draft, change: Change | None, intake: Intake, today: date) -> None:
    """Note what the form says against the record as it will be; one that stays is left alone."""
    values: Mapping[str, object] = draft.values
    if change is not None:
        if not change.values and not change.record.is_hidden:
            return
        values = {**values_of(draft.plan.form, change.record), **change.values}
    faulty = {problem.place.field for problem in draft.problems}
    draft.problems += [
        intake.faults.placed(problem, draft)
        for problem in validate(draft.plan.form, values, today=today)
        if problem.place.field is None or problem.place.field not in faulty
    ]


def _sorted_out(
    drafts: Sequence[Draft], changes: Mapping[int, Change], intake: Intake, directory: Directory
) -> Settled:
    settled = Settled()
    accepted = _accepted(drafts, intake)
    for draft in drafts:
        settled.problems += draft.problems
        if id(draft) not in accepted:
            continue
        change = changes.get(id(draft))
        if change is None:
            settled.new.append(draft)
        elif change.values or change.record.is_hidden:
            settled.changed.append(change)
        else:
            settled.unchanged.append(draft)
    rejected = {id(draft) for draft in drafts if draft.is_rejected}
    if rejected:
        settled.rejected_rows = sum(
            any(id(draft) in rejected for draft in row) for row in intake.rows
        )
    settled.problems.sort(key=lambda it: (it.place.sheet or "", it.place.row or 0))
    settled.notices += _renames(settled.new, drafts, directory)
    return settled


def _accepted(drafts: Iterable[Draft], intake: Intake) -> set[int]:
    """The drafts to store; one made for a link only if something stored links to it."""
    needed = {
        id(one)
        for row in intake.rows
        for draft in row
        if draft.needs and not draft.is_rejected
        for one in draft.needs
    }
    return {
        id(draft)
        for draft in drafts
        if not draft.is_rejected and (not draft.is_made_for_link or id(draft) in needed)
    }


def _renames(
    new: Iterable[Draft], drafts: Iterable[Draft], directory: Directory
) -> Iterator[Message]:
    """Offer new names that look like known ones which the file does not speak of."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for draft in new:
        if draft.plan.match and draft.name():
            by_kind[draft.kind].append(draft.name())
    if not by_kind:
        return
    spoken_of = {id(draft.entry) for draft in drafts}
    linked = {
        comparable(name) for draft in drafts for need in draft.needs for name in [need.name()]
    }
    for kind, names in by_kind.items():
        known = [
            entry.names[0]
            for entry in directory.index(kind).by_id.values()
            if entry.is_stored
            and entry.names
            and id(entry) not in spoken_of
            and comparable(entry.names[0]) not in linked
        ]
        for one, other in possible_renames(names, known):
            yield Message(MAYBE_RENAMED, {"new": one, "known": other})


def row_of(draft: Draft) -> dict[str, object]:
    """A new record as the store takes it: national fields together under ``extra``."""
    row: dict[str, object] = {"id": draft.id}
    if draft.plan.form.extras.isdisjoint(draft.values):
        return row | draft.values
    extra: dict[str, object] = {}
    for name, value in draft.values.items():
        spec = draft.plan.form.fields[name]
        if not spec.extra:
            row[name] = value
        elif value is not None:
            extra[name] = TYPES[spec.type].to_plain(value)
    if extra:
        row["extra"] = extra
    return row
