"""The steps of which the stories of hazardous areas are made."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from statistics import NormalDist

from mineaction_desktop.domain.vocabulary import AreaClass, AreaMovementKind
from mineaction_desktop.services.demo.activities import Crew, Foreman, Job
from mineaction_desktop.services.demo.book import Book, Row, on
from mineaction_desktop.services.demo.life import OPENING_DAY, Life
from mineaction_desktop.services.demo.organisations import SURVEY
from mineaction_desktop.services.demo.sites import Ground
from mineaction_desktop.services.demo.tasks import Pace, Task
from mineaction_desktop.services.demo.terrain import Setting
from mineaction_desktop.services.demo.workdays import WORKDAYS

SIZES = {AreaClass.CHA: (44_000, 0.7), AreaClass.SHA: (130_000, 0.5)}
"""Median area in square metres, and how widely sizes scatter around it."""

SIZES_IN_A_SET = 30

_DIRECT_EVIDENCE: Row = {
    "kind": "eo_seen",
    "how_known": "visual_observation",
    "source_role": "Survey team leader",
    "description": "Mine seen and photographed from the safe lane.",
}


@dataclass(frozen=True, slots=True)
class Scale:
    """How many areas there are, and how many progress entries a task has (weekly if none)."""

    areas: int | None = None
    entries: int | None = None


class Steps:
    """Carries out one step after the other, and collects the areas and the tasks for teams."""

    def __init__(self, book: Book, ground: Ground, orgs: Mapping[str, str], scale: Scale) -> None:
        self.book = book
        self.scale = scale
        self.orgs = orgs
        self.lives: list[Life] = []
        self.tasks: list[Task] = []
        self.foreman = Foreman(book)
        self.chance = book.chance("land programme")
        self._ground = ground
        self._corrections = 0
        self._sizes: dict[AreaClass, list[int]] = {AreaClass.CHA: [], AreaClass.SHA: []}

    def opened(self, area_class: AreaClass, size_m2: int, setting: Setting | None = None) -> Life:
        """An area of the national baseline."""
        year, month, day = (self.chance.randint(*span) for span in ((2008, 2019), (1, 12), (2, 27)))
        surveyed = date(year, month, day)
        life = self.begin(area_class, size_m2, surveyed, setting)
        life.status("open", surveyed, "survey_done")
        life.move(
            AreaMovementKind.OPENING,
            size_m2,
            OPENING_DAY,
            source="National baseline of 31 December 2020",
        )
        return life

    def found(self, area_class: AreaClass, size_m2: int, day: date) -> Life:
        """An area that nobody knew of before."""
        life = self.begin(area_class, size_m2, day)
        life.status("open", day, "survey_done")
        life.move(
            AreaMovementKind.NEW,
            size_m2,
            day,
            new_because="previously_unknown",
            circumstances="Reported by residents and visited by a survey team",
        )
        return life

    def begin(
        self,
        area_class: AreaClass,
        size_m2: int,
        known_since: date,
        setting: Setting | None = None,
    ) -> Life:
        """A new record of an area, with an empty ledger."""
        life = Life(self.book, self._ground.site(area_class, size_m2, known_since, setting))
        self.lives.append(life)
        return life

    def plan(
        self,
        life: Life,
        pace: Pace,
        earliest: int = 0,
        suspend_for: str | None = None,
        *,
        grows: bool = False,
        shrinks: bool = False,
    ) -> None:
        """Put a task for an area on the list of the teams."""
        task = Task(life, earliest, pace, self.scale.entries, suspend_for, grows, shrinks)
        self.tasks.append(task)

    def survey(self, life: Life, cancelled_m2: int, latest: int | None = None) -> date | None:
        """Non-technical survey that cancels so much; return its last day."""
        chance = self.chance
        days = chance.randint(6, 24)
        start = chance.randint(5, (latest or len(WORKDAYS) - 5) - days)
        life.status("worked_on", WORKDAYS[start], "work_started")
        job = Job(
            "non_technical_survey",
            AreaMovementKind.CANCELLED,
            cancelled_m2,
            start,
            days,
            chance.randint(1, 3),
        )
        crew = Crew(self.orgs[chance.choice(SURVEY)], f"Survey Team {chance.choice('BCD')}")
        work = self.foreman.carry_out(life, crew, job)
        if work is None:
            return None
        if life.remaining == 0:
            self.foreman.hand_over(life, work, "cancelled")
        return work.line.last_day

    def convert(self, life: Life) -> date | None:
        """Cancel a part of a suspected area and confirm the rest; return the day."""
        chance = self.chance
        last = self.survey(life, round(life.remaining * chance.uniform(0.4, 0.65)), 700)
        if last is None:
            return None
        suspected = life.remaining
        life.move(AreaMovementKind.CONVERTED, suspected, last)
        life.becomes(
            AreaClass.CHA, last, dict(_DIRECT_EVIDENCE), "Direct evidence found by survey."
        )
        life.move(
            AreaMovementKind.CONFIRMED,
            round(suspected * chance.uniform(0.7, 0.95)),
            last,
            circumstances="The line was drawn anew around the evidence",
        )
        life.status("open", last, "survey_done", "Suspicion confirmed; the rest was cancelled.")
        return last

    def correct(self, life: Life) -> None:
        """A documented correction of an area that was drawn or typed wrongly."""
        self._corrections += 1
        plus = self._corrections % 3 == 2
        life.move(
            AreaMovementKind.CORRECTION_PLUS if plus else AreaMovementKind.CORRECTION_MINUS,
            round(life.remaining * self.chance.uniform(0.02, 0.06)),
            self.some_day(40, len(WORKDAYS) - 10),
            reason=(
                "A turning point was missing from the drawing of the paper form."
                if plus
                else "Two turning points had been typed in the wrong order."
            ),
            approved_by="Director of Operations",
        )

    def succeed(
        self, before: list[Life], sizes: list[int], day: date, relation: str, reason: str
    ) -> list[Life]:
        """Close areas and open those that take their place, to the same square metre."""
        for life in before:
            life.move(AreaMovementKind.TRANSFERRED_OUT, life.remaining, day, reason=reason)
            life.status("closed_admin", day, relation, reason)
        after = []
        for size in sizes:
            life = self.begin(AreaClass.CHA, size, day, before[0].site.setting)
            life.status("open", day, "survey_done")
            life.move(AreaMovementKind.TRANSFERRED_IN, size, day, reason=reason)
            after.append(life)
            for parent in before:
                self.book.add(
                    "area_link",
                    hazardous_area_id=life.site.id,
                    predecessor_id=parent.site.id,
                    relation=relation,
                    date=on(day),
                    reason=reason,
                )
        return after

    def some_day(self, first: int, last: int) -> date:
        """A working day between two positions."""
        return WORKDAYS[self.chance.randint(first, last)]

    def size(self, area_class: AreaClass) -> int:
        """One of a set of sizes on the usual skewed curve; each set adds up to the same for all."""
        sizes = self._sizes[area_class]
        if not sizes:
            median, sigma = SIZES[area_class]
            curve = NormalDist(math.log(median), sigma)
            sizes += [
                max(3_000, round(math.exp(curve.inv_cdf((i + 0.5) / SIZES_IN_A_SET))))
                for i in range(SIZES_IN_A_SET)
            ]
            self.chance.shuffle(sizes)
        return round(sizes.pop() * self.chance.uniform(0.95, 1.05))

    def task_size(self, pace: Pace) -> int:
        """The size of a confirmed area; in a large register, what so many team-days clear."""
        if self.scale.entries is None:
            return self.size(AreaClass.CHA)
        cleared = self.scale.entries * 0.85 * pace.cleared_m2_per_day
        return round(cleared / (1 - pace.survey_share) * self.chance.uniform(0.9, 1.1))
