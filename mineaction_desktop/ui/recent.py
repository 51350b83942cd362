"""The registers that were open lately, latest first, as the settings remember them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from mineaction_desktop.settings import SettingsFile

KEY = "recent"
MOST = 12


@dataclass(frozen=True, slots=True)
class Recent:
    """A register that was open: where it lies, whose it is, and when it was opened."""

    path: Path
    state: str
    is_exercise: bool
    opened_at: datetime

    @property
    def is_missing(self) -> bool:
        """Whether there is no such file just now: moved, renamed, or on a stick elsewhere."""
        return not os.path.isfile(self.path)  # noqa: PTH113 - Path raises on a dead disk


def recent_registers(settings: SettingsFile) -> list[Recent]:
    """The registers that were open lately; entries that cannot be understood are left out."""
    found = settings.recall(KEY, [])
    entries = found if isinstance(found, list) else []
    return [one for one in map(_read, entries) if one is not None]


def remember_register(
    settings: SettingsFile, path: Path, *, state: str = "", is_exercise: bool = False
) -> None:
    """Put a register at the head of the list."""
    others = [one for one in recent_registers(settings) if one.path != path]
    now = Recent(path, state, is_exercise, datetime.now(UTC))
    settings.remember(KEY, [_written(one) for one in (now, *others)][:MOST])


def forget_register(settings: SettingsFile, path: Path) -> None:
    """Take a register off the list; the file stays."""
    left = [one for one in recent_registers(settings) if one.path != path]
    settings.remember(KEY, [_written(one) for one in left])


def _written(one: Recent) -> dict[str, object]:
    return {
        "path": str(one.path),
        "state": one.state,
        "exercise": one.is_exercise,
        "opened": one.opened_at.isoformat(timespec="seconds"),
    }


def _read(entry: object) -> Recent | None:
    if not isinstance(entry, dict):
        return None
    try:
        return Recent(
            Path(entry["path"]),
            str(entry.get("state", "")),
            bool(entry.get("exercise")),
            datetime.fromisoformat(entry["opened"]),
        )
    except (KeyError, TypeError, ValueError):
        return None
