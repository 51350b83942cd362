"""A register at a glance, as plain data: what its page and the navigation show.

It is remembered among the settings of the person, one small file for each register: where it
lies, whose State it is, counts, years and titles; nothing else of any record. The next start shows
it at once, before anything of the register is loaded, so nothing that takes time is imported here.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mineaction_desktop.settings import write_whole

if TYPE_CHECKING:
    from mineaction_desktop.formdef.catalogue import Catalogue

FORMAT = 1
MOST = 12
"""How many registers are remembered."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A kind of record; ``plural`` is translated where it is shown.

    ``is_row`` says that it is keyed as rows in the form of another kind.
    """

    kind: str
    plural: str
    subject: str
    is_row: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """How much there is; ``years`` are those that anything is dated in, latest first.

    ``unfinished`` drafts wait; ``interrupted`` of them nobody put aside: the program ended early.
    """

    state: str | None
    counts: Mapping[str, int]
    years: tuple[int, ...]
    submitted: frozenset[int]
    unfinished: int = 0
    interrupted: int = 0

    def year_due(self, today: date) -> int | None:
        """The year whose report is worked on: the one after those submitted, or the last one."""
        if self.submitted:
            return max(self.submitted) + 1
        ended = (year for year in self.years if year < today.year)
        return next(ended, next(iter(self.years), None))

    @property
    def is_empty(self) -> bool:
        """Whether nothing is recorded yet but what every new register starts with."""
        return not any(
            count
            for kind, count in self.counts.items()
            if kind not in {"state_profile", "ordnance_type"}
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """How many open problems there are."""

    errors: int = 0
    warnings: int = 0


@dataclass(frozen=True, slots=True)
class YearStanding:
    """What a check of a year left open: in all, and by the kind of the records concerned."""

    year: int
    total: Standing
    by_kind: Mapping[str, Standing]


@dataclass(frozen=True, slots=True)
class Glance:
    """Everything about a register that can be shown without opening it.

    ``end`` names the last change that it has taken in.
    """

    overview: Overview
    kinds: tuple[Listed, ...]
    is_exercise: bool
    is_writable: bool
    end: str = ""
    standing: YearStanding | None = None


def listed(catalogue: Catalogue) -> tuple[Listed, ...]:
    """Every kind that has a form."""
    forms = catalogue.forms.values()
    rows = {group.kind for form in forms for group in form.groups}
    return tuple(Listed(one.kind, one.plural, one.subject, one.kind in rows) for one in forms)


def remember(folder: Path, register: Path, glance: Glance, state: Iterable[int] | None) -> None:
    """Keep what was seen of a register while its file was in a :func:`state_of`."""
    if state is None:
        return
    seen = asdict(replace(glance, end=""))
    seen["overview"]["submitted"] = sorted(glance.overview.submitted)
    content = {"format": FORMAT, "register": str(register), "state": [*state], "seen": seen}
    path = _file(folder, register)
    with suppress(OSError, UnicodeEncodeError):  # a path may have bytes that are no text
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps(content, ensure_ascii=False))
        for old in sorted(folder.glob("*.json"), key=os.path.getmtime)[:-MOST]:
            old.unlink()


def recall(folder: Path, register: Path) -> Glance | None:
    """What was seen of a register, unless its file has changed since."""
    try:
        content = json.loads(_file(folder, register).read_text("utf-8"))
        known = (content["format"], content["register"], content["state"])
        if known != (FORMAT, str(register), state_of(register)):
            return None
        return _read(content["seen"])
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None  # never seen, or a file that cannot be understood


def state_of(register: Path) -> list[int] | None:
    """What tells a register that was changed: sizes and times of the file and of its log."""
    try:
        found = [register.stat()]
        with suppress(FileNotFoundError):
            log = register.with_name(f"{register.name}-wal").stat()
            found += [log] if log.st_size else []
    except OSError:
        return None
    return [number for one in found for number in (one.st_size, one.st_mtime_ns)]


def _file(folder: Path, register: Path) -> Path:
    """Two registers may share a name; then the one that was open last is remembered."""
    return folder / f"{zlib.crc32(os.fsencode(register)):08x}.json"


def _read(seen: Mapping[str, Any]) -> Glance:
    overview, standing = seen["overview"], seen["standing"]
    return Glance(
        Overview(
            state=None if overview["state"] is None else str(overview["state"]),
            counts=_numbers(overview["counts"]),
            years=tuple(map(int, overview["years"])),
            submitted=frozenset(map(int, overview["submitted"])),
            unfinished=int(overview["unfinished"]),
            interrupted=int(overview["interrupted"]),
        ),
        tuple(
            Listed(str(one["kind"]), str(one["plural"]), str(one["subject"]), bool(one["is_row"]))
            for one in seen["kinds"]
        ),
        is_exercise=bool(seen["is_exercise"]),
        is_writable=bool(seen["is_writable"]),
        standing=None
        if standing is None
        else YearStanding(
            int(standing["year"]),
            Standing(**_numbers(standing["total"])),
            {str(kind): Standing(**_numbers(one)) for kind, one in standing["by_kind"].items()},
        ),
    )


def _numbers(table: Mapping[str, Any]) -> dict[str, int]:
    return {str(name): int(number) for name, number in table.items()}
