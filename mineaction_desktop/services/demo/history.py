"""The made-up country as its office kept it: year by year, with every report it submitted."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from mineaction_desktop.domain.problems import BlockedError
from mineaction_desktop.records import kinds
from mineaction_desktop.rules.catalogue import ALL_RULES
from mineaction_desktop.services.demo.assemble import generate, rows, written
from mineaction_desktop.services.demo.book import FIRST_YEAR, LAST_YEAR, WRITTEN_FROM, Book, Row
from mineaction_desktop.services.demo.corrections import Correction, corrections
from mineaction_desktop.services.demo.explanations import USUAL, explanations
from mineaction_desktop.services.demo.flaw import Flaw
from mineaction_desktop.services.demo.flaws import flaws
from mineaction_desktop.services.demo.ordnance import picture
from mineaction_desktop.services.demo.register import Generated
from mineaction_desktop.services.demo.years import Part, Year, by_year
from mineaction_desktop.services.reporting import ReportRequest
from mineaction_desktop.services.submitting import submit
from mineaction_desktop.storage.contents import put
from mineaction_desktop.storage.store import Beginning

if TYPE_CHECKING:
    from mineaction_desktop.rules.model import Rule
    from mineaction_desktop.storage.store import Store, Writer

SUBMITTED_ON = {
    2021: date(2022, 4, 20),
    2022: date(2023, 4, 18),
    2023: date(2024, 4, 23),
    2024: date(2025, 4, 22),
}
"""When the report of each year was submitted; that of the last year is for the trainees."""

CORRECTED_ON = date(2025, 9, 15)
FLAWED_ON = date(2026, 1, 19)

A_DAY = 24 * 60 * 60 * 1000
"""In milliseconds, as ids count; what is added to the country is a day younger than the rest."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Gives each step of the making the same moment and the same identity every time."""

    seed: int
    records: int | None = None

    @property
    def beginning(self) -> Beginning:
        """When the register was made: before its first report, or all of it at once."""
        return self.at(first_day(FIRST_YEAR if self.records is None else LAST_YEAR))

    def at(self, day: date, step: str = "") -> Beginning:
        """The beginning of the working day, for a step of its own."""
        made = f"{self.seed} {self.records}"
        moment = datetime(day.year, day.month, day.day, 8, tzinfo=UTC)
        return Beginning(_identity(made), moment, _identity(f"{made} {day} {step}"))


def first_day(year: int) -> date:
    """The day on which what happened in a year was entered."""
    return date(year + 1, 1, 12)


@dataclass(frozen=True, slots=True)
class Script:
    """What happens in the made-up country: the records of each year, and what goes wrong."""

    years: Mapping[int, Year]
    corrections: list[Correction]
    flaws: list[Flaw]
    book: Book
    """Numbers what is added while the history is told."""


def script(seed: int) -> Script:
    """Return what happens; equal seeds give equal scripts."""
    book, land = written(seed)
    parts = list(rows(book, land))
    found = Generated(parts)
    more = Book(seed, WRITTEN_FROM + A_DAY)
    years = by_year(parts, book.earlier)
    return Script(years, corrections(found, more), flaws(found, more), more)


def write_history(store: Store, clock: Clock, written: Callable[[int], None]) -> Counter[str]:
    """Fill an empty register with years, submissions, corrections and flaws; count its records."""
    told = script(clock.seed)
    counts: Counter[str] = Counter()
    for year, news in told.years.items():
        if year == LAST_YEAR:
            _correct(store, clock, told.corrections, counts)
        with store.write(f"records of {year}", beginning=clock.at(first_day(year))) as writer:
            _add(writer, news.added, counts)
            for kind, values in news.changed:
                _change(writer, kind, values)
        if year in SUBMITTED_ON:
            _report(store, clock, told.book, year, counts)
        written(counts.total())
    _spoil(store, clock, told.flaws, counts)
    written(counts.total())
    return counts


def write_at_once(store: Store, clock: Clock, written: Callable[[int], None]) -> Counter[str]:
    """Fill an empty register of any size in one transaction, without any history."""
    counts: Counter[str] = Counter()
    with store.write("made-up country", beginning=clock.beginning) as writer:
        for part in generate(clock.seed, clock.records):
            _add(writer, [part], counts)
            written(counts.total())
    return counts


def _add(writer: Writer, parts: Iterable[Part], counts: Counter[str]) -> None:
    for kind, found in parts:
        if kind == "attachment":
            for row in found:
                put(writer, picture(str(row["subject_local_id"])))
        writer.add_rows(kind, found)
        counts[kind] += len(found)


def _report(store: Store, clock: Clock, book: Book, year: int, counts: Counter[str]) -> None:
    """Explain what has to be explained and submit, as an office does."""

    def explain(rules: Sequence[Rule]) -> None:
        day = SUBMITTED_ON[year]
        when = clock.at(day, f"explanations of {len(rules)}")
        with store.write("warnings explained", beginning=when) as writer:
            found = list(explanations(store, writer, book, year, day, rules))
            _add(writer, [("explanation", found)] if found else [], counts)

    request, when = ReportRequest(year), clock.at(SUBMITTED_ON[year], "report")
    explain(USUAL)
    try:
        submit(store, request, beginning=when)
    except BlockedError:  # some seeds bring a coincidence that the usual texts do not answer
        explain(ALL_RULES)
        submit(store, request, beginning=when)


def _correct(store: Store, clock: Clock, made: Sequence[Correction], counts: Counter[str]) -> None:
    """Correct past years, each in a transaction of its own with its reason."""
    for correction in made:
        when = clock.at(CORRECTED_ON, correction.record_id)
        with store.write(correction.reason, beginning=when) as writer:
            if correction.is_new:
                _add(writer, [(correction.kind, [correction.row])], counts)
            else:
                _change(writer, correction.kind, correction.row)


def _spoil(store: Store, clock: Clock, made: Sequence[Flaw], counts: Counter[str]) -> None:
    """Bring the flaws into the last year, among what was entered late."""
    with store.write("late entries", beginning=clock.at(FLAWED_ON)) as writer:
        for flaw in made:
            _add(writer, [(kind, [row]) for kind, row in flaw.rows], counts)
            for kind, values in flaw.changed:
                _change(writer, kind, values)


def _change(writer: Writer, kind: str, values: Row) -> None:
    record = writer.session.get_one(kinds()[kind], values["id"])
    for name, value in values.items():
        setattr(record, name, value)


def _identity(of: str) -> str:
    """An identity that is the same for the same words."""
    return str(UUID(bytes=hashlib.sha256(of.encode()).digest()[:16], version=4))
