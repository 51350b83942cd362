"""Casualties of a year as the report counts them: persons, and the rest of each accident."""

from __future__ import annotations

from collections import Counter

from mineaction_desktop.domain.periods import Period
from mineaction_desktop.rules.common import is_within
from mineaction_desktop.rules.reading import grouped, rows
from mineaction_desktop.storage.queries import Fact
from mineaction_desktop.storage.view import View, once

OUTCOMES = {"killed": "killed", "injured": "injured", "unknown": "outcome_unknown"}
"""The outcomes that the report counts, each with the number of the accident that states it."""


def outcome_of(person: Fact) -> str:
    """The outcome that the report counts a person under."""
    return "killed" if person["outcome"] == "died_later" else str(person["outcome"])


@once
def persons_by_accident(view: View) -> dict[str, list[Fact]]:
    """The casualties entered for each accident."""
    return grouped(rows(view, "casualty"), "accident_id")


def accidents_within(view: View, period: Period) -> list[Fact]:
    """Accidents of a period, of this year or of an earlier one."""
    return [row for row in rows(view, "accident") if is_within(row["date"], period)]


def by_outcome(view: View, period: Period) -> Counter[str]:
    """How many people were killed, injured or of unknown outcome in a period."""
    persons = persons_by_accident(view)
    counted: Counter[str] = Counter()
    for accident in accidents_within(view, period):
        entered = Counter(outcome_of(row) for row in persons.get(accident["id"], ()))
        for outcome, column in OUTCOMES.items():
            counted[outcome] += max(entered[outcome], accident[column] or 0)
    return counted
