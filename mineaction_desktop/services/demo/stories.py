"""The stories that hazardous areas of the made-up country live through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from mineaction_desktop.domain.vocabulary import AreaClass, AreaMovementKind
from mineaction_desktop.services.demo.activities import Crew, Job
from mineaction_desktop.services.demo.steps import Steps
from mineaction_desktop.services.demo.tasks import Pace
from mineaction_desktop.services.demo.workdays import WORKDAYS, position

SHA, CHA = AreaClass.SHA, AreaClass.CHA


@dataclass(frozen=True, slots=True)
class Story:
    """How often a story is told in a register of ordinary size, and what it brings in."""

    tell: Callable[[Steps], None]
    times: int
    areas: int = 1
    has_task: bool = False


def task(steps: Steps) -> None:
    """A confirmed area that is surveyed technically and cleared."""
    number = len(steps.tasks)
    pace = Pace.drawn(steps.chance)
    steps.plan(
        steps.opened(CHA, steps.task_size(pace)),
        pace,
        grows=number % 7 == 3,
        shrinks=number % 9 == 5,
    )


def suspended(steps: Steps) -> None:
    """A task that stops half-way."""
    pace = Pace.drawn(steps.chance)
    reason = ("access", "funds", "capacity")[len(steps.tasks) % 3]
    steps.plan(steps.opened(CHA, steps.task_size(pace)), pace, suspend_for=reason)


def untouched_cha(steps: Steps) -> None:
    """A confirmed area that waits; some are corrected because the drawing was wrong."""
    life = steps.opened(CHA, steps.size(CHA))
    if len(steps.lives) % 3 == 0:
        steps.correct(life)


def untouched_sha(steps: Steps) -> None:
    """A suspected area that waits for survey."""
    life = steps.opened(SHA, steps.size(SHA))
    if len(steps.lives) % 4 == 0:
        steps.correct(life)


def cancelled(steps: Steps) -> None:
    """A suspected area that survey finds free of evidence."""
    life = steps.opened(SHA, steps.size(SHA))
    steps.survey(life, life.remaining)


def converted(steps: Steps) -> None:
    """A suspected area of which survey cancels a part and confirms the rest."""
    steps.convert(steps.opened(SHA, steps.size(SHA)))


def converted_and_cleared(steps: Steps) -> None:
    """As before, and then a task."""
    pace = Pace.drawn(steps.chance)
    size = steps.task_size(pace) * 2 if steps.scale.entries else steps.size(SHA)
    life = steps.opened(SHA, size)
    done = steps.convert(life)
    if done is not None:
        steps.plan(life, pace, earliest=position(done + timedelta(days=20)))


def reduced(steps: Steps) -> None:
    """A suspected area that technical survey finds free of mines."""
    life = steps.opened(SHA, steps.size(SHA) // 2)
    start = steps.chance.randint(100, len(WORKDAYS) - 160)
    days = max(5, round(life.remaining / 1200))
    life.status("worked_on", WORKDAYS[start], "work_started")
    job = Job(
        "technical_survey",
        AreaMovementKind.REDUCED,
        life.remaining,
        start,
        days,
        max(1, days // 5),
    )
    work = steps.foreman.carry_out(life, Crew(steps.orgs["meadow"], "Survey Team A"), job)
    if work is not None:
        steps.foreman.hand_over(life, work, "reduced")


def split(steps: Steps) -> None:
    """An area cut in two: the part by the road becomes a task of its own, the rest waits."""
    pace = Pace.drawn(steps.chance)
    whole = steps.opened(CHA, steps.task_size(pace))
    day = steps.some_day(80, 400)
    near = round(whole.remaining * steps.chance.uniform(0.5, 0.7))
    parts = [near, whole.remaining - near]
    reason = "The part next to the road is more urgent and becomes a task of its own."
    children = steps.succeed([whole], parts, day, "split", reason)
    steps.plan(children[0], pace, earliest=position(day + timedelta(days=14)))


def merged(steps: Steps) -> None:
    """Two areas that survey shows to be one."""
    pace = Pace.drawn(steps.chance)
    size = steps.task_size(pace)
    first = steps.opened(CHA, size * 6 // 10)
    parts = [first, steps.opened(CHA, size * 4 // 10, first.site.setting)]
    day = steps.some_day(60, 300)
    reason = "Survey found one continuous mine row; two records described the same belt."
    children = steps.succeed(parts, [sum(part.remaining for part in parts)], day, "merged", reason)
    steps.plan(children[0], pace, earliest=position(day + timedelta(days=14)))


def found_and_cleared(steps: Steps) -> None:
    """A confirmed area that nobody knew of, and its clearance."""
    pace = Pace.drawn(steps.chance)
    day = steps.some_day(30, 850)
    life = steps.found(CHA, steps.task_size(pace), day)
    steps.plan(life, pace, earliest=position(day + timedelta(days=30)))


def found_cha(steps: Steps) -> None:
    """A confirmed area that nobody knew of."""
    steps.found(CHA, steps.size(CHA), steps.some_day(60, len(WORKDAYS) - 20))


def found_sha(steps: Steps) -> None:
    """A suspected area reported by residents."""
    steps.found(SHA, steps.size(SHA) // 2, steps.some_day(60, len(WORKDAYS) - 20))


_TASK = Story(task, 38, has_task=True)
_CANCELLED = Story(cancelled, 9)
_CLEARED = Story(converted_and_cleared, 7, has_task=True)

PROGRAMME = (
    _TASK,
    Story(suspended, 3, has_task=True),
    Story(untouched_cha, 7),
    _CANCELLED,
    _CLEARED,
    Story(converted, 3),
    Story(untouched_sha, 8),
    Story(reduced, 2),
    Story(split, 2, areas=3, has_task=True),
    Story(merged, 1, areas=3, has_task=True),
    Story(found_and_cleared, 5, has_task=True),
    Story(found_cha, 4),
    Story(found_sha, 5),
)
"""The stories of a register of ordinary size."""

FILLERS = (_TASK, _TASK, _TASK, _TASK, _TASK, _CLEARED, _CANCELLED)
"""The stories that are added when the register is made larger, over and over."""
