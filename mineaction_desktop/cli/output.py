"""What the command line says: results on standard output, words for people on standard error."""

from __future__ import annotations

import getpass
import json
import os
import platform
import sys
import time
from argparse import Namespace
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from mineaction_desktop.domain.problems import Place, Problem, UserError
from mineaction_desktop.i18n import Message
from mineaction_desktop.storage.recording import Author

if TYPE_CHECKING:
    from mineaction_desktop.services.explaining import Carried

SHOWN_PROBLEMS = 20
BAR_WIDTH = 30
BAR_PAUSE = 0.1


class ResultLostError(Exception):
    """The work is done, but its result could not be written where it was wanted."""


LOST = "The work is done, but its result could not be written to standard output: {reason}."


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in some containers
        return "-"


def author_of(arguments: Namespace) -> Author:
    """Who works: named in the call, in the environment, or the login on this computer."""
    name = arguments.author or os.environ.get("MINEACTION_AUTHOR") or _login()
    office = arguments.office or os.environ.get("MINEACTION_OFFICE") or platform.node()
    return Author(name, office or "-")


def tell(text: str) -> None:
    """Say something to the person; where nobody can hear, nothing is said."""
    with suppress(OSError, ValueError):
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()


def give(result: Mapping[str, object] | Sequence[object]) -> None:
    """Write a machine-readable result; raise ``ResultLostError`` if it does not get through."""
    text = json.dumps(result, ensure_ascii=False, indent=1, default=str)
    try:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough
        _forget_output()
    except (OSError, ValueError) as error:
        _forget_output()
        raise ResultLostError(LOST.format(reason=error)) from error


def give_if_possible(result: Mapping[str, object]) -> None:
    """Write a result that nobody may be able to receive."""
    with suppress(ResultLostError):
        give(result)


def _forget_output() -> None:
    """Keep Python from trying once more, and complaining, when it leaves."""
    sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open to the end


def problem_data(problem: Problem) -> dict[str, object]:
    """A problem as plain data."""
    place = {
        name: value
        for name in Place.__dataclass_fields__
        if (value := getattr(problem.place, name)) is not None
    }
    return {
        "code": problem.code,
        "severity": str(problem.severity),
        "message": problem.message.render(),
        "place": place,
        "value": problem.value,
    }


def place_words(place: Place) -> str:
    """Where a problem is, for people: the parts that are known, largest first."""
    parts = [
        Message(template, {"value": value}).render()
        for template, value in (
            ("{value}", place.file),
            ("sheet “{value}”", place.sheet),
            ("row {value}", place.row),
            ("column “{value}”", place.column),
            ("{value}", place.kind if place.row is None else None),
            ("{value}", place.record_id),
            ("field “{value}”", place.field if place.column is None else None),
        )
        if value is not None
    ]
    return ", ".join(parts)


def tell_problems(problems: Sequence[Problem]) -> None:
    """List problems for a person, the first of them when there are many."""
    for problem in problems[:SHOWN_PROBLEMS]:
        where = place_words(problem.place)
        tell(f"  {where}: {problem.message}" if where else f"  {problem.message}")
    if len(problems) > SHOWN_PROBLEMS:
        tell(f"  … and {len(problems) - SHOWN_PROBLEMS:,} more; --json lists all of them.")


def tell_carried(carried: Sequence[Carried]) -> None:
    """List the explanations of the year before that wait for review."""
    if carried:
        tell(f"Explanations of {carried[0].year} to review; “explain --keep” keeps one:")
    for one in carried:
        tell(f"  {one.check:<9} {one.subject}: {one.text}")


def tell_error(error: UserError, *, as_json: bool) -> None:
    """Say what is wrong and what to do about it."""
    tell(error.render())
    tell_problems(error.problems)
    if as_json:
        problems = [problem_data(problem) for problem in error.problems]
        give_if_possible({"error": error.render(), "problems": problems})


class ProgressBar:
    """A bar on standard error, drawn only when a person is looking."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._drawn = 0.0
        self._shows = sys.stderr is not None and sys.stderr.isatty()

    def __call__(self, done: int, total: int, /) -> None:
        """Draw the bar, ten times a second at most."""
        now = time.monotonic()
        finished = done >= total
        if not self._shows or (now - self._drawn < BAR_PAUSE and not finished):
            return
        self._drawn = now
        share = done / total if total else 1.0
        filled = "█" * round(share * BAR_WIDTH)
        sys.stderr.write(f"\r{self._label} {filled:░<{BAR_WIDTH}} {share:4.0%}")
        sys.stderr.flush()

    def finish(self) -> None:
        """Leave the line to what comes next."""
        if self._shows and self._drawn:
            sys.stderr.write("\r\033[K")
