"""Two ways of doing the same work, timed in turn: the floor, and the way of the program."""

from __future__ import annotations

import resource
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Work = Callable[[], object]
Clock = Callable[[Work], float]


@dataclass(frozen=True, slots=True)
class Comparison:
    """CPU seconds of the floor and of the program, taken in pairs; ``goal`` bounds their ratio.

    ``units`` is how many things both made, so that a time for each can be told.
    """

    name: str
    floor: Sequence[float]
    ours: Sequence[float]
    goal: float | None
    units: int = 1

    @property
    def ratio(self) -> float:
        """How many times longer the program takes: the median over the pairs."""
        return statistics.median(
            ours / floor for floor, ours in zip(self.floor, self.ours, strict=True)
        )

    def __str__(self) -> str:
        verdict = _verdict(self.ratio, self.goal, f"goal {self.goal:g}" if self.goal else "")
        lines = [f"{self.name:34} ratio {self.ratio:6.2f}   {verdict}"]
        for label, seconds in (("floor", self.floor), ("program", self.ours)):
            lines.append(f"    {label:8} {spread(seconds, self.units)}")
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Duration:
    """CPU seconds of work that has no floor of its own; ``goal`` bounds their median."""

    name: str
    seconds: Sequence[float]
    goal: float | None
    units: int = 1

    def __str__(self) -> str:
        median = statistics.median(self.seconds)
        verdict = _verdict(median, self.goal, f"goal {self.goal:g} s" if self.goal else "")
        shown = f"{self.name:34} {self.units / median:8,.0f} a second   {verdict}"
        return f"{shown}\n    {'program':8} {spread(self.seconds, self.units)}"


@dataclass(frozen=True, slots=True)
class Amount:
    """What is no ratio: milliseconds on the wall, or megabytes; ``goal`` bounds it.

    ``floor`` is the same of the least that could do the work.
    """

    name: str
    value: float
    unit: str
    goal: float
    floor: float | None = None

    def __str__(self) -> str:
        verdict = _verdict(self.value, self.goal, f"goal {self.goal:g} {self.unit}")
        shown = f"{self.name:34} {self.value:8.1f} {self.unit}   {verdict}"
        floor = "" if self.floor is None else f"\n    {'floor':8} {self.floor:.1f} {self.unit}"
        return shown + floor


Measurement = Comparison | Duration | Amount


def _verdict(found: float, goal: float | None, said: str) -> str:
    if goal is None:
        return "no goal"
    return f"{said}: {'holds' if found <= goal else 'MISSED'}"


def spread(seconds: Sequence[float], units: int) -> str:
    """Return median and range in words, and how long one of many takes."""
    median = statistics.median(seconds)
    shown = f"median {median:.4f} s ({min(seconds):.4f} to {max(seconds):.4f})"
    return shown if units == 1 else f"{shown}, {median / units * 1e6:,.1f} µs each of {units:,}"


def in_this_process(work: Work) -> float:
    """CPU seconds that some work takes here."""
    start = time.process_time()
    work()
    return time.process_time() - start


def in_children(work: Work) -> float:
    """CPU seconds of the processes that some work starts and waits for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def in_turn(floor: Work, ours: Work, runs: int, clock: Clock) -> tuple[list[float], list[float]]:
    """Time both ways one after the other, so that what slows the machine slows both."""
    pairs = [(clock(floor), clock(ours)) for _ in range(runs)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def compare(
    name: str,
    floor: Work,
    ours: Work,
    *,
    runs: int,
    goal: float | None,
    units: int = 1,
    clock: Clock = in_this_process,
) -> Comparison:
    """Do both once to warm imports and caches, then time them in turn."""
    floor()
    ours()
    return Comparison(name, *in_turn(floor, ours, runs, clock), goal, units)


def command(words: Sequence[str], environment: dict[str, str]) -> Work:
    """Return the work of running a program, its words thrown away."""

    def run() -> None:
        subprocess.run(  # noqa: S603 - the benchmark's own words
            words, check=True, stdout=subprocess.DEVNULL, env=environment
        )

    return run
