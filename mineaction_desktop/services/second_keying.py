"""Second keying: another person keys a batch of records again without seeing the first values.

Each record of a batch is a draft for its second keying until it is settled, so a batch can be left
and taken up again, also after the computer has stopped. What was compared stands in the trail: it
is the reason under which a record is settled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.domain.vocabulary import ReviewState
from mineaction_desktop.formdef.catalogue import Catalogue
from mineaction_desktop.formdef.sorting import sort_keys
from mineaction_desktop.i18n import Message, Words, language_of, mark
from mineaction_desktop.services.content import Changes, Content, changes_of
from mineaction_desktop.services.drafts import (
    Draft,
    drop_draft,
    keep_draft,
    new_draft,
    open_drafts,
)
from mineaction_desktop.services.keyed_twice import Choice, Comparison, Mismatch, compare, settled
from mineaction_desktop.services.loading import blank, open_record
from mineaction_desktop.services.reviewing import review_many
from mineaction_desktop.services.saving import save
from mineaction_desktop.storage.keyings import entered_records, reasons_beginning
from mineaction_desktop.storage.lookups import records_by_id
from mineaction_desktop.storage.queries import locate_record
from mineaction_desktop.storage.store import Author, Reader, Store

__all__ = [
    "Choice",
    "Comparison",
    "Entered",
    "Item",
    "Mismatch",
    "Outcome",
    "batch_of",
    "compare",
    "compare_draft",
    "entered_by",
    "outcomes",
    "records_to_key",
    "settle",
    "start_batch",
]

REASON = mark("second keying of {number}: {agreed} of {compared} fields agreed")
BEGINNING = "second keying of "
_COUNTED = re.compile(r"second keying of (.+): (\d+) of (\d+) fields")

SAME_PERSON = mark(
    "You entered {number} yourself. Second keying finds mistakes only if another person does it."
)
NOTHING = mark("There is no record left to be keyed again by you.")
GONE = mark("This record was deleted meanwhile. Drop it from the batch.")


@dataclass(frozen=True, slots=True)
class Entered:
    """Who entered records of a kind, and how many can be keyed again."""

    author: str
    count: int


@dataclass(frozen=True, slots=True)
class Item:
    """A record of a batch; ``is_keyed`` says that the second person has finished it."""

    draft: Draft
    local_id: str
    source: str

    @property
    def is_keyed(self) -> bool:
        """Whether it waits to be compared."""
        return self.draft.is_parked


@dataclass(frozen=True, slots=True)
class Outcome:
    """What second keying has found so far, by the person whose records were keyed again."""

    author: str
    records: int
    agreed: int
    compared: int

    @property
    def rate(self) -> float:
        """Which part of the fields was the same."""
        return self.agreed / self.compared if self.compared else 1.0


def entered_by(reader: Reader, kind: str, but: str, words: Words | None = None) -> list[Entered]:
    """Everybody else who entered records of a kind that nobody has checked yet."""
    counts: dict[str, int] = {}
    for _, _, author in entered_records(reader, kind, states=(ReviewState.ENTERED,)):
        counts[author] = counts.get(author, 0) + 1
    key = sort_keys(language_of(words))
    return [Entered(name, counts[name]) for name in sorted(counts, key=key) if name != but]


def records_to_key(
    reader: Reader, kind: str, by: str, *, author: str | None = None, day: date | None = None
) -> list[str]:
    """The records that a person can key again: entered by another, or by one on a day."""
    first = None if day is None else datetime.combine(day, time()).astimezone()
    after = None if first is None else first + timedelta(days=1)
    states = (ReviewState.ENTERED.value,)
    begun = {one.content.id for one in open_drafts(reader, purpose="second")}
    found = entered_records(reader, kind, author=author, first=first, after=after, states=states)
    return [one for one, _, who in found if who != by and one not in begun]


def start_batch(
    store: Store, catalogue: Catalogue, kind: str, ids: Iterable[str], author: Author
) -> int:
    """Put records into the batch of a person, each an empty form; how many were put there."""
    wanted = list(ids)
    if not wanted:
        raise UserError(Message(NOTHING))
    with store.read() as reader:
        whose = {one: (number, who) for one, number, who in entered_records(reader, kind)}
    for record_id in wanted:
        number, who = whose.get(record_id, ("", ""))
        if who == author.name:
            raise UserError(Message(SAME_PERSON, {"number": number}))
    for record_id in wanted:
        content = replace(blank(catalogue, kind), id=record_id)
        keep_draft(store, new_draft(content, author, purpose="second"), catalogue=catalogue)
    return len(wanted)


def batch_of(reader: Reader, catalogue: Catalogue, author: Author) -> list[Item]:
    """The batch of a person, in the order in which the records were entered."""
    drafts = open_drafts(reader, purpose="second", catalogue=catalogue)
    mine = [one for one in drafts if one.author == author.name]
    return [_item(reader, catalogue, one) for one in sorted(mine, key=lambda d: d.content.id)]


def _item(reader: Reader, catalogue: Catalogue, draft: Draft) -> Item:
    try:
        first = open_record(reader, catalogue, draft.kind, draft.content.id)
    except UserError:  # it is told when the record is compared
        return Item(draft, draft.content.id, "")
    return Item(draft, first.local_id or "", str(first.values.get("source") or ""))


def compare_draft(reader: Reader, catalogue: Catalogue, draft: Draft) -> Comparison:
    """Hold a finished draft against its record as it stands now."""
    return compare(catalogue, _first(reader, catalogue, draft), draft.content)


def settle(
    store: Store,
    catalogue: Catalogue,
    draft: Draft,
    choices: Mapping[str, Choice],
    *,
    verify: bool = True,
) -> Changes:
    """Give the record the values that were chosen, and take it out of the batch.

    A mismatch without a choice keeps the first value. ``verify`` marks the record as verified.
    """
    with store.read() as reader:
        first = _first(reader, catalogue, draft)
    found = compare(catalogue, first, draft.content)
    counts = {"number": first.local_id, "agreed": found.agreed, "compared": found.compared}
    reason = Message(REASON, counts).render()
    wanted = settled(first, draft.content, found, choices)
    changes = changes_of("", draft.kept_at, ())
    if wanted != first:
        changes = save(store, catalogue, wanted, reason=reason).changes
    if verify:
        checked = review_many(
            store, draft.kind, [first.id], ReviewState.VERIFIED, reason, catalogue=catalogue
        )
        changes = _together(changes, checked)
    drop_draft(store, draft.id)
    return changes


def outcomes(reader: Reader, words: Words | None = None) -> list[Outcome]:
    """What all second keying has found so far, from the trail."""
    told: dict[str, tuple[int, int]] = {}
    for entry in reasons_beginning(reader, BEGINNING):
        if counted := _COUNTED.match(entry.reason or ""):
            told[counted[1]] = int(counted[2]), int(counted[3])
    authors: dict[str, list[tuple[int, int]]] = {}
    for number, counts in told.items():
        if found := locate_record(reader, number):
            kind, record_id = found
            record = records_by_id(reader, kind, [record_id])[record_id]
            authors.setdefault(record.created_by, []).append(counts)
    key = sort_keys(language_of(words))
    return [
        Outcome(
            author,
            len(authors[author]),
            *(sum(each) for each in zip(*authors[author], strict=True)),
        )
        for author in sorted(authors, key=key)
    ]


def _first(reader: Reader, catalogue: Catalogue, draft: Draft) -> Content:
    first = open_record(reader, catalogue, draft.kind, draft.content.id)
    if first.is_hidden:
        raise UserError(Message(GONE))
    return first


def _together(one: Changes, other: Changes) -> Changes:
    """Two steps told as one; the later can be taken back."""
    touched = [
        (kind, each)
        for step in (one, other)
        for kind in step.touched
        for each in step.touched[kind]
    ]
    return changes_of(other.batch or one.batch, max(one.at, other.at), touched)
