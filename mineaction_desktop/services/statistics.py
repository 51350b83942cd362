"""How the work of keying goes: by person, records an hour, corrections, and by kind.

Everything is read from the trail. A step that entered or changed one record with its rows was
keyed by hand; larger steps (imports, changes in bulk) are counted apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby, pairwise
from operator import attrgetter

from mineaction_desktop.formdef.catalogue import Catalogue
from mineaction_desktop.services.import_undo import IMPORT_OF
from mineaction_desktop.services.reversing import UNDO_OF
from mineaction_desktop.storage.audit import Action
from mineaction_desktop.storage.keyings import Keying, corrected_since, keyings
from mineaction_desktop.storage.store import Reader

PAUSE = timedelta(minutes=20)
"""Who keys nothing for so long is not keying."""

LEAST = timedelta(minutes=1)
"""Shorter work says nothing about a pace."""


@dataclass(frozen=True, slots=True)
class OfKind:
    """What a person did with records of one kind."""

    kind: str
    entered: int
    changed: int


@dataclass(frozen=True, slots=True)
class Operator:
    """What a person keyed in a period.

    ``corrected`` of the records they entered were changed later, by themselves or others.
    ``per_hour`` is the pace while they were keying; nothing if that cannot be told.
    """

    author: str
    office: str
    entered: int
    changed: int
    hidden: int
    corrected: int
    keying: timedelta
    per_hour: float | None
    kinds: tuple[OfKind, ...]

    @property
    def corrected_share(self) -> float | None:
        """Which part of the records they entered was changed later."""
        return self.corrected / self.entered if self.entered else None


@dataclass(frozen=True, slots=True)
class Statistics:
    """The work of everybody in a period; ``in_bulk`` counts what was not keyed by hand."""

    operators: tuple[Operator, ...]
    in_bulk: int


@dataclass(slots=True)
class _Work:
    """What was found of one person."""

    saved: list[datetime] = field(default_factory=list)
    entered: list[str] = field(default_factory=list)
    done: Counter[tuple[str, str]] = field(default_factory=Counter)


def operator_statistics(
    reader: Reader, catalogue: Catalogue, first: date | None = None, last: date | None = None
) -> Statistics:
    """Everybody's work from a day to another, both among them; the busiest come first."""
    rows = keyings(reader, _begin(first), None if last is None else _begin(last, later=1))
    found: dict[tuple[str, str], _Work] = {}
    in_bulk, start = 0, None
    for _, batch in groupby(rows, key=attrgetter("batch")):
        step = list(batch)
        start = step[0].number if start is None else start
        own = _own_records(catalogue, step)
        if _is_bulk(step, own):
            in_bulk += len(own)
            continue
        _take(found.setdefault((step[0].author, step[0].office), _Work()), own, step[0].at)
    changed = Counter(corrected_since(reader, start)) if start is not None else Counter()
    operators = [_operator(who, work, changed) for who, work in found.items()]
    operators.sort(key=lambda one: (-one.entered - one.changed, one.author))
    return Statistics(tuple(operators), in_bulk)


def _begin(day: date | None, later: int = 0) -> datetime | None:
    """When a day begins on the clock of this computer."""
    if day is None:
        return None
    if later and day == date.max:
        return None
    return datetime.combine(day + timedelta(days=later), time()).astimezone()


def _own_records(catalogue: Catalogue, step: Sequence[Keying]) -> dict[str, Keying]:
    """The records of a step without the rows that came with them; the first entry of each."""
    kinds = {one.kind for one in step}
    rows = {
        group.kind
        for kind in kinds
        if kind in catalogue.forms
        for group in catalogue.form(kind).groups
        if group.kind in kinds
    }
    own: dict[str, Keying] = {}
    for one in step:
        if one.kind not in rows:
            own.setdefault(one.record_id, one)
    return own


def _is_bulk(step: Sequence[Keying], own: Mapping[str, Keying]) -> bool:
    reason = step[0].reason or ""
    return len(own) > 1 or reason.startswith((IMPORT_OF, UNDO_OF))


def _take(work: _Work, own: Mapping[str, Keying], at: datetime) -> None:
    work.saved.append(at)
    for record_id, one in own.items():
        work.done[one.kind, one.action] += 1
        if one.action == Action.CREATE:
            work.entered.append(record_id)


def _operator(who: tuple[str, str], work: _Work, changed: Counter[str]) -> Operator:
    steps, keying = _pace(work.saved)
    kinds = dict.fromkeys(kind for kind, _ in work.done)
    of_kinds = (
        OfKind(kind, work.done[kind, Action.CREATE], work.done[kind, Action.UPDATE])
        for kind in kinds
    )
    return Operator(
        author=who[0],
        office=who[1],
        entered=len(work.entered),
        changed=_total(work, Action.UPDATE),
        hidden=_total(work, Action.HIDE),
        corrected=sum(1 for record_id in work.entered if changed[record_id]),
        keying=keying,
        per_hour=steps / (keying / timedelta(hours=1)) if keying >= LEAST else None,
        kinds=tuple(sorted(of_kinds, key=lambda one: -one.entered - one.changed)),
    )


def _total(work: _Work, action: Action) -> int:
    return sum(count for (_, done), count in work.done.items() if done == action)


def _pace(saved: Iterable[datetime]) -> tuple[int, timedelta]:
    """How many records were saved after another without a pause, and the time between them."""
    gaps = [later - earlier for earlier, later in pairwise(sorted(saved))]
    keyed = [gap for gap in gaps if gap <= PAUSE]
    return len(keyed), sum(keyed, timedelta())
