"""Form J, casualties and survivors: sums, what was reported before, and what is not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from mineaction_desktop.domain.periods import Period
from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.i18n import mark
from mineaction_desktop.rules.casualties import (
    OUTCOMES,
    accidents_within,
    by_outcome,
    outcome_of,
    persons_by_accident,
)
from mineaction_desktop.rules.common import finding, records
from mineaction_desktop.rules.model import Case, Finding, Rule
from mineaction_desktop.rules.reading import choice_label, listed, rows
from mineaction_desktop.storage.queries import Fact
from mineaction_desktop.storage.snapshots import Snapshot
from mineaction_desktop.storage.view import View

BANDS = {
    "a0_4": (0, 4),
    "a5_12": (5, 12),
    "a13_17": (13, 17),
    "a18_24": (18, 24),
    "a25_59": (25, 59),
    "a60_plus": (60, 200),
}

MOST_UNKNOWN = 10
"""From this percentage on the sex or age of too many is not known."""

MORE_PERSONS = mark(
    "Accident {number}: {counted:,} {outcome} in the accident, while {persons:,} persons with that "
    "outcome are entered."
)

FEWER_PERSONS = mark(
    "Accident {number}: {counted:,} {outcome} in the accident, while only {persons:,} of the "
    "persons entered, who are said to be all, have that outcome."
)

CHANGED = mark(
    "The report for {year} gave {sent:,} {outcome}; the records for that year now give {now:,} "
    "({difference:+,}), so the totals over all years no longer follow from each other."
)

SWAPPED_YEAR = mark(
    "The report for {year} gave {killed:,} killed and {injured:,} injured; the records for that "
    "year give {injured:,} killed and {killed:,} injured. The two were probably exchanged."
)

SWAPPED_ACCIDENT = mark(
    "Accident {number} counts {killed:,} killed and {injured:,} injured; the persons entered are "
    "{injured:,} killed and {killed:,} injured. The two were probably exchanged."
)

TOO_MANY_ALIVE = mark(
    "{survivors:,} survivors are registered at the end of {year}, while the records give "
    "{injured:,} people injured and not dead since then."
)

SEX_OR_AGE = mark(
    "Sex or age is not known for {unknown:,} of the {total:,} casualties of {year} ({share} %)."
)

SURVIVORS_UNKNOWN = mark(
    "Sex or age is not known for {unknown:,} of the {total:,} survivors at the end of {year} "
    "({share} %)."
)

NO_AGE = mark("The age of {n:,} casualties of {year} is not recorded: {numbers}.")

OTHER_BAND = mark("Casualty {number} is {age:,} years old, and the age group says {band}.")


def _entered(persons: Iterable[Fact]) -> Counter[str]:
    return Counter(outcome_of(row) for row in persons)


def _is_exchanged(killed: int, injured: int, now: Counter[str]) -> bool:
    return killed != injured and (now["killed"], now["injured"]) == (injured, killed)


def _breakdowns(case: Case) -> Iterator[Finding]:
    view = case.view
    persons = persons_by_accident(view)
    for accident in accidents_within(view, view.period):
        people = persons.get(accident["id"], [])
        entered = _entered(people)
        if _is_exchanged(accident["killed"] or 0, accident["injured"] or 0, entered):
            continue
        later = sum(1 for row in people if row["outcome"] == "died_later")
        for outcome, column in OUTCOMES.items():
            counted, n = accident[column], entered[outcome]
            # an accident may still count among the injured who died later
            least, most = (n - later, n) if outcome == "killed" else (n, n)
            most += later if outcome == "injured" else 0
            if counted is None or least <= counted <= most:
                continue
            if counted < n or accident["persons_complete"]:
                yield finding(
                    MORE_PERSONS if counted < n else FEWER_PERSONS,
                    f"{accident['local_id']}/{outcome}",
                    [("accident", accident["id"]), *records("casualty", people)],
                    number=accident["local_id"],
                    counted=counted,
                    persons=n,
                    outcome=choice_label("outcome", outcome),
                )


def _sent(snapshot: Snapshot) -> dict[str, int] | None:
    """Killed, injured and unknown as submitted; nothing where that report had no such table."""
    found = {
        outcome: figure.value
        for outcome in OUTCOMES
        if (figure := snapshot.figures.get(f"casualties_outcome/{outcome}/total"))
        and figure.value is not None
    }
    return {outcome: found.get(outcome, 0) for outcome in OUTCOMES} if found else None


def _earlier(case: Case) -> Iterator[tuple[int, dict[str, int], Counter[str]]]:
    """Year, casualties as last submitted, and casualties as the records give them now."""
    seen: set[int] = set()
    for snapshot in case.earlier:
        if snapshot.year not in seen and (sent := _sent(snapshot)) is not None:
            seen.add(snapshot.year)
            yield snapshot.year, sent, by_outcome(case.view, Period.of_year(snapshot.year))


def _lifetime(case: Case) -> Iterator[Finding]:
    """A change with a note, which is an explanation recorded for this check, is in order."""
    view = case.view
    noted = {
        row["subject"]
        for row in view.all("explanation")
        if row["rule_code"] == "V-VA-02" and row["year"] >= view.period.last.year
    }
    for year, sent, now in _earlier(case):
        swapped = _is_exchanged(sent["killed"], sent["injured"], now)
        for outcome, before in sent.items():
            subject = f"{year}/{outcome}"
            if before == now[outcome] or subject in noted or (swapped and outcome != "unknown"):
                continue
            yield finding(
                CHANGED,
                subject,
                records("accident", accidents_within(view, Period.of_year(year))),
                year=year,
                sent=before,
                now=now[outcome],
                difference=now[outcome] - before,
                outcome=choice_label("outcome", outcome),
            )


def _swapped(case: Case) -> Iterator[Finding]:
    view = case.view
    for year, sent, now in _earlier(case):
        if _is_exchanged(sent["killed"], sent["injured"], now):
            accidents = accidents_within(view, Period.of_year(year))
            numbers = {"killed": sent["killed"], "injured": sent["injured"]}
            yield finding(
                SWAPPED_YEAR, str(year), records("accident", accidents), year=year, **numbers
            )
    persons = persons_by_accident(view)
    for row in accidents_within(view, view.period):
        killed, injured = row["killed"] or 0, row["injured"] or 0
        if _is_exchanged(killed, injured, _entered(persons.get(row["id"], ()))):
            yield finding(
                SWAPPED_ACCIDENT,
                row["local_id"],
                [("accident", row["id"])],
                number=row["local_id"],
                killed=killed,
                injured=injured,
            )


def _alive(view: View) -> list[Fact]:
    last = view.period.last
    return [
        row
        for row in rows(view, "survivor")
        if row["victim_type"] == "direct"
        and row["registered_on"].last <= last
        and (row["deceased_on"] is None or row["deceased_on"].last > last)
    ]


def _survivors(case: Case) -> Iterator[Finding]:
    view = case.view
    dates = [row["date"].first for row in rows(view, "accident")]
    alive = _alive(view)
    start = min([*dates, view.period.first])
    injured = by_outcome(view, Period(start, view.period.last))["injured"]
    dead = sum(
        1
        for row in rows(view, "survivor")
        if row["victim_type"] == "direct"
        and row["deceased_on"]
        and row["deceased_on"].last <= view.period.last
    )
    if len(alive) > injured - dead:
        said = {"survivors": len(alive), "injured": max(injured - dead, 0)}
        yield finding(TOO_MANY_ALIVE, "survivors", year=view.period.last.year, **said)


def _knows_age(row: Fact, age: str) -> bool:
    return row[age] is not None or row["age_band"] not in (None, "unknown")


def _unknown(case: Case) -> Iterator[Finding]:
    view = case.view
    year = view.period.last.year
    persons = persons_by_accident(view)
    total = by_outcome(view, view.period).total()
    known = sum(
        1
        for accident in accidents_within(view, view.period)
        for row in persons.get(accident["id"], ())
        if row["sex"] != "unknown" and _knows_age(row, "age")
    )
    alive = _alive(view)
    clear = sum(1 for row in alive if row["sex"] != "unknown" and _knows_age(row, "birth_year"))
    for template, subject, everybody, sure in (
        (SEX_OR_AGE, "casualties", total, known),
        (SURVIVORS_UNKNOWN, "survivors", len(alive), clear),
    ):
        unknown = everybody - sure
        if unknown * 100 > everybody * MOST_UNKNOWN:
            share = f"{100 * unknown / everybody:.0f}"
            yield finding(
                template, subject, unknown=unknown, total=everybody, share=share, year=year
            )


def _ages(case: Case) -> Iterator[Finding]:
    view = case.view
    persons = persons_by_accident(view)
    people = [
        row
        for accident in accidents_within(view, view.period)
        for row in persons.get(accident["id"], ())
    ]
    if ageless := [row for row in people if not _knows_age(row, "age")]:
        yield finding(
            NO_AGE,
            "age missing",
            records("casualty", ageless),
            n=len(ageless),
            year=view.period.last.year,
            numbers=listed([row["local_id"] for row in ageless]),
        )
    for row in people:
        band = BANDS.get(row["age_band"] or "")
        if band and row["age"] is not None and not band[0] <= row["age"] <= band[1]:
            yield finding(
                OTHER_BAND,
                row["local_id"],
                [("casualty", row["id"])],
                number=row["local_id"],
                age=row["age"],
                band=choice_label("age_band", row["age_band"]),
            )


RULES = (
    Rule(
        "V-VA-01",
        Severity.ERROR,
        "J",
        mark("The persons entered for an accident agree with what the accident counts."),
        _breakdowns,
        mark("Correct the numbers of the accident or the outcome of the persons."),
    ),
    Rule(
        "V-VA-02",
        Severity.ERROR,
        "J",
        mark("Casualties of earlier years are as they were reported, or a note says why not."),
        _lifetime,
        mark("Correct the records, or record why the earlier figure changed as an explanation."),
    ),
    Rule(
        "V-VA-03",
        Severity.ERROR,
        "J",
        mark("Killed and injured are not exchanged."),
        _swapped,
        mark("Compare with the source and put both numbers in their places."),
    ),
    Rule(
        "V-VA-04",
        Severity.WARNING,
        "J",
        mark("There are no more survivors than people injured who have not died since."),
        _survivors,
        mark("Enter the missing accidents, record deaths, or explain who else is registered."),
    ),
    Rule(
        "V-VA-05",
        Severity.WARNING,
        "J",
        mark("Sex and age are known for nine in ten casualties and survivors."),
        _unknown,
        mark("Complete sex and age from the source, or explain why they are not known."),
    ),
    Rule(
        "V-VA-07",
        Severity.WARNING,
        "J",
        mark("The age on the day of the accident is known and fits the age group."),
        _ages,
        mark("Enter the age in years or the age group; a child is under 18 on that day."),
    ),
)
