"""Making registers: an empty one for a State, and the made-up country."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from difflib import get_close_matches
from pathlib import Path

from mineaction_desktop.domain.deadlines import CONVENTION_IN_FORCE
from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.formdef.catalogue import load_catalogue
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.paths import resources_dir
from mineaction_desktop.records.reference import StateProfile
from mineaction_desktop.services.progress import Progress, silent
from mineaction_desktop.storage.store import Author, Beginning, Purpose, Store

UNKNOWN_CODE = mark(
    "“{code}” is not a code of a State. Give the three letters of ISO 3166, such as KHM{hint}."
)
DID_YOU_MEAN = mark(", or did you mean {codes}?")
NO_NAME = mark("The State needs a name: give it with --name.")
TOO_EARLY = mark(
    "The Convention has been in force since 1 March 1999; {date} is earlier. "
    "Check the date of entry into force."
)
TOO_LATE = mark(
    "{date} is more than a year from now. Check the date of entry into force: it is the first day "
    "of the sixth month after the State joined."
)
LONG_NAME = mark(
    "The name of the State has {n} letters; more than {most} do not fit into a report. Shorten it."
)
OTHER_NAME = mark("“{file}” does not end in .mineaction, as registers do. Name it “{better}”.")
BAD_NUMBER = mark("{n} records are too few: the made-up country needs at least one.")

USER_ASSIGNED = re.compile(r"(Q[M-Z]|X[A-Z])[A-Z]")
"""Codes that ISO 3166 leaves to users; a made-up State lives there."""


SUFFIX = ".mineaction"
"""What the name of a register ends in."""

LONGEST_NAME = 200
"""How many letters the name of a State may have."""

_A_YEAR = timedelta(days=366)

TRAINING = Author("training", "training")
"""Who made the made-up country, in its trail."""


@dataclass(frozen=True, slots=True)
class NewRegister:
    """What a new register holds: how many records of each kind."""

    path: Path
    counts: dict[str, int]


@contextmanager
def _fresh(
    path: Path, author: Author, purpose: Purpose, beginning: Beginning | None = None
) -> Iterator[Store]:
    """A new register to fill; it appears complete, or not at all."""
    if path.suffix.lower() != SUFFIX:
        raise UserError(Message(OTHER_NAME, {"file": path.name, "better": f"{path.name}{SUFFIX}"}))
    with Store.making(path, author, purpose=purpose, beginning=beginning) as store:
        yield store


def _check_code(iso3: str) -> str:
    code = iso3.strip().upper()
    known = [choice.code for choice in load_catalogue().choices("country")]
    if code in known or USER_ASSIGNED.fullmatch(code):
        return code
    near = get_close_matches(code, known, n=3, cutoff=0.6)
    hint: Message | str = Message(DID_YOU_MEAN, {"codes": ", ".join(near)}) if near else ""
    raise UserError(Message(UNKNOWN_CODE, {"code": iso3, "hint": hint}))


def _check_name(name: str) -> None:
    if not name:
        raise UserError(Message(NO_NAME))
    if len(name) > LONGEST_NAME:
        raise UserError(Message(LONG_NAME, {"n": len(name), "most": LONGEST_NAME}))


def _check_day(entry_into_force: date) -> None:
    shown = {"date": entry_into_force.isoformat()}
    if entry_into_force < CONVENTION_IN_FORCE:
        raise UserError(Message(TOO_EARLY, shown))
    if entry_into_force > datetime.now(UTC).date() + _A_YEAR:
        raise UserError(Message(TOO_LATE, shown))


def catalogue_rows() -> list[dict[str, object]]:
    """The ordnance types that every new register starts with."""
    path = resources_dir() / "catalogue" / "ordnance_types.toml"
    rows: list[dict[str, object]] = tomllib.loads(path.read_text("utf-8"))["ordnance_type"]
    return rows


def new_register(
    path: Path, author: Author, *, name: str, iso3: str, entry_into_force: date
) -> NewRegister:
    """Make an empty register for a State, with the catalogue of ordnance types."""
    _check_name(name.strip())
    code = _check_code(iso3)
    _check_day(entry_into_force)
    with _fresh(path, author, "live") as store, store.write("new register") as writer:
        writer.add(
            StateProfile(
                name=name.strip(), iso3=code, is_party=True, entry_into_force=entry_into_force
            )
        )
        types = writer.add_rows("ordnance_type", catalogue_rows())
    return NewRegister(path, {"state_profile": 1, "ordnance_type": len(types)})


def demo_register(
    path: Path,
    *,
    seed: int = 1,
    records: int | None = None,
    progress: Progress = silent,
) -> NewRegister:
    """Make the made-up country; ``records`` scales it up to about that many rows.

    Without it the register has a history: reports submitted for past years, corrections since, and
    deliberate flaws in the last year. The same seed and size give the same register, and so the
    same reports to the byte.
    """
    if records is not None and records < 1:
        raise UserError(Message(BAD_NUMBER, {"n": records}))
    from mineaction_desktop.services.demo import history  # noqa: PLC0415 - costs start-up

    clock = history.Clock(seed, records)
    write = history.write_history if records is None else history.write_at_once
    with _fresh(path, TRAINING, "exercise", clock.beginning) as store:
        counts = write(store, clock, lambda done: progress(done, max(records or 0, done)))
    return NewRegister(path, dict(counts))
