"""When the program itself fails: what happened and where, as text and as a file."""

from __future__ import annotations

import platform
import traceback
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from platformdirs import user_state_path


def crash_report(error: BaseException) -> str:
    """What failed and where, without arguments or values of variables: no data leaves the store."""
    frames = traceback.format_list(traceback.extract_tb(error.__traceback__))
    lines = [
        f"Mine Action Desktop {version('mineaction-desktop')}",
        f"Python {platform.python_version()} on {platform.platform()}",
        f"{type(error).__module__}.{type(error).__name__}: {error}",
        "",
        *frames,
    ]
    return "\n".join(lines)


def save_crash_report(text: str) -> Path | None:
    """Save a report among the files of the person; ``None`` if that is impossible too."""
    stamp = f"{datetime.now(UTC):%Y%m%d-%H%M%S}"
    try:
        folder = user_state_path("mineaction-desktop", appauthor=False) / "crashes"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"crash-{stamp}.txt"
        path.write_text(text, "utf-8")
    except (OSError, RuntimeError):  # RuntimeError: there is no home folder
        return None
    return path
