"""When the program itself fails: a report in a file, and a sentence instead of a traceback."""

from __future__ import annotations

from mineaction_desktop.services.crash_reports import crash_report, save_crash_report

SORRY = (
    "This is a fault of the program, not of your data.\n"
    "A report was saved as {file}. Please send it to those who maintain the program."
)
SORRY_UNSAVED = (
    "This is a fault of the program, not of your data. "
    "The report could not be saved; here it is:\n{text}"
)


def save_crash(error: BaseException) -> str:
    """Save a report of what failed; return what to say to the person."""
    text = crash_report(error)
    path = save_crash_report(text)
    return SORRY_UNSAVED.format(text=text) if path is None else SORRY.format(file=path)
