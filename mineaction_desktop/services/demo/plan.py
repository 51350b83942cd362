"""The land programme: every area with its story, and the teams that work on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import cycle

from mineaction_desktop.services.demo.activities import Foreman
from mineaction_desktop.services.demo.book import Book
from mineaction_desktop.services.demo.life import Life
from mineaction_desktop.services.demo.movements import Line
from mineaction_desktop.services.demo.sites import Ground
from mineaction_desktop.services.demo.steps import Scale, Steps
from mineaction_desktop.services.demo.stories import FILLERS, PROGRAMME
from mineaction_desktop.services.demo.tasks import schedule

ORDINARY_LOAD = 1.12
"""Rather more work than the teams can do: some tasks are under way or waiting at the end."""

LARGE_LOAD = 0.92


@dataclass(frozen=True, slots=True)
class LandWork:
    """What the land programme leaves behind for the other parts of the register."""

    lives: list[Life]
    foreman: Foreman

    def lines(self) -> list[Line]:
        """The lines of the land ledger, area by area."""
        return [line for life in self.lives for line in life.lines]


def areas_of_ordinary_size() -> int:
    """How many areas the programme of ordinary size has."""
    return sum(story.times * story.areas for story in PROGRAMME)


def tasks_among(areas: int) -> int:
    """How many tasks there are when a register has so many areas."""
    ordinary = sum(story.times for story in PROGRAMME if story.has_task)
    share = sum(story.has_task for story in FILLERS) / len(FILLERS)
    return ordinary + round(max(0, areas - areas_of_ordinary_size()) * share)


def add_land(
    book: Book, ground: Ground, organisations: Mapping[str, str], scale: Scale
) -> LandWork:
    """Write all hazardous areas and the work on them; the ledger stays as lines."""
    steps = Steps(book, ground, organisations, scale)
    for story in PROGRAMME:
        for _ in range(story.times):
            story.tell(steps)
    fillers = cycle(FILLERS)
    while len(steps.lives) < (scale.areas or 0):
        next(fillers).tell(steps)
    load = ORDINARY_LOAD if scale.entries is None else LARGE_LOAD
    schedule(steps.foreman, steps.tasks, organisations, load)
    for life in steps.lives:
        ground.add_contamination(life.site, life.entered_m2)
    return LandWork(steps.lives, steps.foreman)
