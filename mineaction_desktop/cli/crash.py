"""When the program itself fails: a report in a file, and a sentence instead of a traceback."""

from __future__ import annotations

import platform
import traceback
from datetime import UTC, datetime
from importlib.metadata import version

from platformdirs import user_state_path

SORRY = (
    "This is a fault of the program, not of your data.\n"
    "A report was saved as {file}. Please send it to those who maintain the program."
)
SORRY_UNSAVED = (
    "This is a fault of the program, not of your data. "
    "The report could not be saved; here it is:\n{text}"
)


def _report(error: BaseException) -> str:
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


def save_crash(error: BaseException) -> str:
    """Save a report of what failed; return what to say to the person."""
    text = _report(error)
    stamp = f"{datetime.now(UTC):%Y%m%d-%H%M%S}"
    try:
        folder = user_state_path("mineaction-desktop", appauthor=False) / "crashes"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"crash-{stamp}.txt"
        path.write_text(text, "utf-8")
    except (OSError, RuntimeError):  # RuntimeError: there is no home folder
        return SORRY_UNSAVED.format(text=text)
    return SORRY.format(file=path)
