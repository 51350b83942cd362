"""A report in files: workbook, PDF and JSON beside each other, all three or none."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from mineaction_desktop.domain.problems import Place, Problem, Severity, UserError
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.reports.document import Report
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.services.figures import figures_table
from mineaction_desktop.services.progress import Progress, silent

if TYPE_CHECKING:
    from mineaction_desktop.reports.writers.pdf import Unprintable

FOLDER_IS_FILE = mark("“{folder}” is a file, not a folder. Choose another folder for the report.")
NOT_WRITABLE = mark(
    "Nothing can be written to the folder “{folder}”. Choose another one, or ask for the right "
    "to write there."
)
DISK_FULL = mark(
    "The disk with “{folder}” is full. Free some space or choose another folder; "
    "nothing was written."
)
IN_USE = mark(
    "“{file}” cannot be replaced; it is probably open in another program. Close it and try again."
)
CANNOT_WRITE = mark("The report could not be written to “{folder}”: {reason}. Nothing was changed.")
NAME_TOO_LONG = mark("The name of the folder “{folder}” is too long. Choose a shorter one.")

SHOWN_LETTERS = 60
"""How much of a text a warning repeats."""

JSON = mark("The whole report as data, each figure with its evidence")
CSV = mark("Every figure of the report in one table")


NO_LETTER = mark(
    "“{text}” has letters that the PDF cannot print: {letters}. A sign stands in their place; the "
    "workbook and the data file have them. Write the words in another way if the PDF is sent."
)
NO_LETTER_IN = mark("{row}: {said}")


def letters_left_out(report: Report) -> tuple[Problem, ...]:
    """Warn of each text whose letters no font of the program has, where it stands first."""
    from mineaction_desktop.reports.writers.pdf import (  # noqa: PLC0415 - costs start-up
        unprintable,
    )

    return tuple(_warning(found) for found in unprintable(report))


def _warning(found: Unprintable) -> Problem:
    letters = ", ".join(f"{char} (U+{ord(char):04X})" for char in found.characters)
    message = Message(NO_LETTER, {"text": _beginning(found.text), "letters": letters})
    if found.spot.row is not None:
        message = Message(NO_LETTER_IN, {"row": found.spot.row, "said": message})
    place = Place(sheet=found.spot.sheet, column=found.spot.column)
    codes = " ".join(f"U+{ord(char):04X}" for char in found.characters)
    return Problem("REPORT-001", message, place, Severity.WARNING, codes)


def _beginning(text: str) -> str:
    return text if len(text) <= SHOWN_LETTERS else f"{text[:SHOWN_LETTERS].rstrip()}…"


def write_report(
    report: Report, presenter: Presenter, folder: Path, progress: Progress = silent
) -> list[Path]:
    """Write a report into a folder, which is made if it is missing.

    Files of the same names are replaced only when all are complete; whatever goes wrong, the
    folder is left as it was.
    """
    import_writers()  # first: stopping the program while libraries load must leave no folder
    try:
        with _folder(folder), tempfile.TemporaryDirectory(prefix=".report-", dir=folder) as scratch:
            parts = _write(report, presenter, Path(scratch), progress)
            return _replace_all(parts, folder)
    except OSError as error:
        raise UserError(_trouble(error, folder)) from error


@contextmanager
def _folder(folder: Path) -> Iterator[None]:
    """The folder with all above it; those that were made go again if nothing comes of it."""
    made = [place for place in (folder, *folder.parents) if not place.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for place in made:
            if place.is_dir() and not any(place.iterdir()):
                place.rmdir()
        raise


def import_writers() -> None:
    """Load the libraries of all file formats, which takes a second."""
    for name in ("data", "excel", "pdf"):
        import_module(f"mineaction_desktop.reports.writers.{name}")


def _write(report: Report, presenter: Presenter, scratch: Path, progress: Progress) -> list[Path]:
    from mineaction_desktop.reports.writers.data import write_json  # noqa: PLC0415 - costs start-up
    from mineaction_desktop.reports.writers.excel import (  # noqa: PLC0415 - costs start-up
        write_workbook,
    )
    from mineaction_desktop.reports.writers.pdf import (  # noqa: PLC0415 - costs start-up
        Attachment,
        write_pdf,
    )

    workbook, paper, data = (
        scratch / f"{report.stem}{suffix}" for suffix in (".xlsx", ".pdf", ".json")
    )
    progress(0, 3)
    write_json(report, presenter, data)
    progress(1, 3)
    write_workbook(report, presenter, workbook)
    progress(2, 3)
    inside = (
        Attachment(data.name, "application/json", data.read_bytes(), presenter.words.gettext(JSON)),
        Attachment(
            f"{report.stem}.csv",
            "text/csv",
            figures_table(report, presenter),
            presenter.words.gettext(CSV),
        ),
    )
    write_pdf(report, presenter, paper, attachments=inside)
    progress(3, 3)
    return [workbook, paper, data]


def _replace_all(parts: list[Path], folder: Path) -> list[Path]:
    """Move finished files into place; put the old ones back if one of them is in use."""
    kept: list[tuple[Path, Path]] = []
    finished: list[Path] = []
    try:
        for part in parts:
            target = folder / part.name
            if target.exists():
                old = part.with_suffix(f"{part.suffix}.old")
                os.replace(target, old)  # noqa: PTH105 - one call for the same thing below
                kept.append((old, target))
            os.replace(part, target)  # noqa: PTH105 - replaces on Windows as well
            finished.append(target)
    except OSError:
        for path in finished:
            path.unlink(missing_ok=True)
        for old, target in kept:
            os.replace(old, target)  # noqa: PTH105 - the way back
        raise
    return finished


TROUBLES = {
    errno.ENOTDIR: FOLDER_IS_FILE,
    errno.EEXIST: FOLDER_IS_FILE,
    errno.ENOSPC: DISK_FULL,
    errno.EDQUOT: DISK_FULL,
    errno.EFBIG: DISK_FULL,
    errno.EACCES: NOT_WRITABLE,
    errno.EPERM: NOT_WRITABLE,
    errno.EROFS: NOT_WRITABLE,
    errno.ENAMETOOLONG: NAME_TOO_LONG,
}
"""What the system says, and what a person should hear."""


def _trouble(error: OSError, folder: Path) -> Message:
    values = {"folder": str(folder)}
    name = Path(str(error.filename or "")).name
    if isinstance(error, PermissionError) and name.endswith((".xlsx", ".pdf", ".json")):
        return Message(IN_USE, {"file": name})
    if (words := TROUBLES.get(error.errno or 0)) is not None:
        return Message(words, values)
    return Message(CANNOT_WRITE, {**values, "reason": error.strerror or str(error)})
