"""Tasks of survey and clearance, done by teams one after the other."""

from __future__ import annotations

import heapq
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from mineaction_desktop.domain.vocabulary import AreaMovementKind
from mineaction_desktop.services.demo.activities import Crew, Foreman, Job
from mineaction_desktop.services.demo.life import Life
from mineaction_desktop.services.demo.organisations import CLEARANCE, DONORS
from mineaction_desktop.services.demo.workdays import WORKDAYS

WEEK = 5
LONGEST_SPAN = 220
"""Working days a task of a large register takes at most; several lanes are worked at once."""
LEAST_TIME_TO_BEGIN = 15
"""Working days that must be left in the last year for a task to be begun at all."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a task goes: people, square metres a day, and the share that survey reduces."""

    deminers: int
    m2_per_deminer_day: float
    surveyed_m2_per_day: float
    survey_share: float

    @property
    def cleared_m2_per_day(self) -> float:
        """What the whole team clears in a day."""
        return self.deminers * self.m2_per_deminer_day

    @classmethod
    def drawn(cls, chance: Random) -> Pace:
        """A pace within the usual range of manual clearance."""
        return cls(
            chance.randint(8, 12),
            chance.uniform(24, 50),
            chance.uniform(700, 1500),
            chance.uniform(0.25, 0.5),
        )


@dataclass(slots=True)
class Task:
    """Survey and clearance of one area, not before the position ``earliest``."""

    life: Life
    earliest: int
    pace: Pace
    entries: int | None = None
    suspend_for: str | None = None
    grows: bool = False
    shrinks: bool = False

    @property
    def survey_m2(self) -> int:
        """What technical survey is expected to reduce."""
        return int(self.life.remaining * self.pace.survey_share)

    @property
    def clearance_m2(self) -> int:
        """What is left to be cleared."""
        return self.life.remaining - self.survey_m2

    @property
    def survey_days(self) -> int:
        """Working days of technical survey."""
        return self._span(self.survey_m2 / self.pace.surveyed_m2_per_day, 0.15)

    @property
    def clearance_days(self) -> int:
        """Working days of clearance."""
        return self._span(self.clearance_m2 / self.pace.cleared_m2_per_day, 0.85)

    def _span(self, days: float, share: float) -> int:
        if self.entries is not None:
            return max(1, round(min(self.entries, LONGEST_SPAN) * share))
        return max(2, math.ceil(days))

    def entries_of(self, days: int, share: float) -> int:
        """Progress entries: weekly, or as many as a scaled register asks for."""
        if self.entries is not None:
            return max(1, round(self.entries * share))
        return max(1, round(days / WEEK))


def schedule(
    foreman: Foreman, tasks: Sequence[Task], organisations: Mapping[str, str], load: float
) -> None:
    """Give the tasks to teams in order; a load above one leaves some unfinished or not begun."""
    chance = foreman.book.chance("teams")
    demand = sum(task.survey_days + task.clearance_days + 8 for task in tasks)
    teams = max(3, round(demand / (len(WORKDAYS) * load)))
    free = [(chance.randint(0, 25), number) for number in range(1, teams + 1)]
    heapq.heapify(free)
    for task in sorted(tasks, key=lambda task: task.earliest):
        begin, number = heapq.heappop(free)
        start = max(begin, task.earliest)
        key = CLEARANCE[number % len(CLEARANCE)]
        donor = None if key == "engineers" else organisations[chance.choice(DONORS)]
        crew = Crew(organisations[key], f"Team {number}", donor)
        if start + LEAST_TIME_TO_BEGIN <= len(WORKDAYS):
            end = _work(foreman, chance, task, crew, start)
            heapq.heappush(free, (end + chance.randint(2, 8), number))
        else:
            heapq.heappush(free, (begin, number))


def _work(foreman: Foreman, chance: Random, task: Task, crew: Crew, start: int) -> int:
    """Survey, then clear; return the position at which the team is free again."""
    life = task.life
    days = task.survey_days + task.clearance_days
    stop = start + round(days * chance.uniform(0.4, 0.6)) if task.suspend_for else None
    life.status("worked_on", WORKDAYS[start], "work_started")
    if task.shrinks:
        life.move(
            AreaMovementKind.REMEASURED_MINUS,
            round(life.remaining * chance.uniform(0.04, 0.09)),
            WORKDAYS[start],
            reason="Perimeter measured again by satellite survey before work began.",
        )
    survey = Job(
        "technical_survey",
        AreaMovementKind.REDUCED,
        task.survey_m2,
        start,
        task.survey_days,
        task.entries_of(task.survey_days, 0.15),
    )
    clearance_m2, clearance_days = task.clearance_m2, task.clearance_days
    surveyed = foreman.carry_out(life, crew, survey, stop)
    begin = start + survey.days
    if surveyed is None or not surveyed.completed:
        _interrupt(task, min(stop or len(WORKDAYS), len(WORKDAYS)))
        return stop or len(WORKDAYS)
    clearance_m2 += _growth(chance, task, begin, clearance_days, clearance_m2, stop)
    clearance = Job(
        "clearance",
        AreaMovementKind.CLEARED,
        clearance_m2,
        begin,
        clearance_days,
        task.entries_of(clearance_days, 0.85),
    )
    cleared = foreman.carry_out(life, crew, clearance, stop)
    if cleared is not None and cleared.completed:
        foreman.hand_over(life, cleared, "mixed_release")
        return begin + clearance.days
    _interrupt(task, min(stop or len(WORKDAYS), len(WORKDAYS)))
    return stop or len(WORKDAYS)


def _growth(
    chance: Random, task: Task, begin: int, days: int, clearance_m2: int, stop: int | None
) -> int:
    """Mines beyond the recorded line: enlarge first, clear afterwards."""
    day = begin + days // 2
    if not task.grows or day + WEEK >= min(stop or len(WORKDAYS), len(WORKDAYS)):
        return 0
    more = round(clearance_m2 * chance.uniform(0.05, 0.12))
    task.life.move(
        AreaMovementKind.REMEASURED_PLUS,
        more,
        WORKDAYS[day],
        reason="Mines found at the recorded boundary; the area was enlarged before clearance.",
    )
    return more


def _interrupt(task: Task, at: int) -> None:
    """Suspend a task that was meant to be; one that only met the end of the year goes on."""
    if task.suspend_for:
        task.life.status(
            "suspended",
            WORKDAYS[at - 1],
            task.suspend_for,
            "The team was needed elsewhere; marking was checked before it left."
            if task.suspend_for == "capacity"
            else "Work resumes when the cause is removed; marking was checked.",
        )
