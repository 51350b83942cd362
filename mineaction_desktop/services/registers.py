"""Making registers: an empty one for a State, and the made-up country."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from difflib import get_close_matches
from pathlib import Path
from uuid import UUID

from mineaction_desktop.domain.deadlines import CONVENTION_IN_FORCE
from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.formdef.catalogue import load_catalogue
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.paths import resources_dir
from mineaction_desktop.records.reference import StateProfile
from mineaction_desktop.services.demo import generate
from mineaction_desktop.services.progress import Progress, silent
from mineaction_desktop.storage.store import Author, Beginning, Purpose, Store, Writer

UNKNOWN_CODE = mark(
    "“{code}” is not a code of a State. Give the three letters of ISO 3166, such as KHM{hint}."
)
DID_YOU_MEAN = mark(", or did you mean {codes}?")
NO_NAME = mark("The State needs a name: give it with --name.")
TOO_EARLY = mark(
    "The Convention has been in force since 1 March 1999; {date} is earlier. "
    "Check the date of entry into force."
)
BAD_NUMBER = mark("{n} records are too few: the made-up country needs at least one.")

USER_ASSIGNED = re.compile(r"(Q[M-Z]|X[A-Z])[A-Z]")
"""Codes that ISO 3166 leaves to users; a made-up State lives there."""


TRAINING = Author("training", "training")
"""Who made the made-up country, in its trail."""


@dataclass(frozen=True, slots=True)
class NewRegister:
    """What a new register holds: how many records of each kind."""

    path: Path
    counts: dict[str, int]


def _beginning(seed: int, records: int | None) -> Beginning:
    """The made-up country of a seed was made on the same morning, whoever makes it and when."""
    digest = hashlib.sha256(f"made-up country {seed} {records}".encode()).digest()
    register, batch = (UUID(bytes=digest[i : i + 16], version=4) for i in (0, 16))
    return Beginning(str(register), datetime(2026, 1, 12, 8, tzinfo=UTC), str(batch))


@contextmanager
def _fresh(
    path: Path, author: Author, purpose: Purpose, reason: str, beginning: Beginning | None = None
) -> Iterator[Writer]:
    """A new register in one transaction; nothing is left behind if it fails."""
    store = Store.create(path, author, purpose=purpose, beginning=beginning)
    try:
        with store, store.write(reason, beginning=beginning) as writer:
            yield writer
    except BaseException:
        for name in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
            name.unlink(missing_ok=True)
        raise


def _check_code(iso3: str) -> str:
    code = iso3.strip().upper()
    known = [choice.code for choice in load_catalogue().choices("country")]
    if code in known or USER_ASSIGNED.fullmatch(code):
        return code
    near = get_close_matches(code, known, n=3, cutoff=0.6)
    hint: Message | str = Message(DID_YOU_MEAN, {"codes": ", ".join(near)}) if near else ""
    raise UserError(Message(UNKNOWN_CODE, {"code": iso3, "hint": hint}))


def catalogue_rows() -> list[dict[str, object]]:
    """The ordnance types that every new register starts with."""
    path = resources_dir() / "catalogue" / "ordnance_types.toml"
    rows: list[dict[str, object]] = tomllib.loads(path.read_text("utf-8"))["ordnance_type"]
    return rows


def new_register(
    path: Path, author: Author, *, name: str, iso3: str, entry_into_force: date
) -> NewRegister:
    """Make an empty register for a State, with the catalogue of ordnance types."""
    if not name.strip():
        raise UserError(Message(NO_NAME))
    code = _check_code(iso3)
    if entry_into_force < CONVENTION_IN_FORCE:
        raise UserError(Message(TOO_EARLY, {"date": entry_into_force.isoformat()}))
    with _fresh(path, author, "live", "new register") as writer:
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

    The same seed and size give the same register, and so the same reports to the byte.
    """
    if records is not None and records < 1:
        raise UserError(Message(BAD_NUMBER, {"n": records}))
    counts: dict[str, int] = {}
    done = 0
    beginning = _beginning(seed, records)
    with _fresh(path, TRAINING, "exercise", "made-up country", beginning) as writer:
        for kind, rows in generate(seed, records):
            writer.add_rows(kind, rows)
            counts[kind] = counts.get(kind, 0) + len(rows)
            done += len(rows)
            progress(done, max(records or 0, done))
    return NewRegister(path, counts)
