"""From a register and a year to figures, and to a report in files."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from mineaction_desktop.domain.periods import Period
from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.formdef.catalogue import load_catalogue
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.reports.document import Origin, Report
from mineaction_desktop.reports.instruments import INSTRUMENTS
from mineaction_desktop.reports.layouts import load_layout
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.reports.source import EDITIONS, Source
from mineaction_desktop.services.progress import Progress, silent
from mineaction_desktop.storage.queries import years_with_records
from mineaction_desktop.storage.store import Reader, Store

DRAFT = mark("DRAFT")
EXERCISE = mark("EXERCISE")
EXERCISE_NOTICE = mark("Made-up country for training: nothing in this report is real.")
PAGE = mark("page {page} of {pages}")
DRAFT_FOOTER = mark("{footer} – draft")
FINAL_FOOTER = mark("{footer} – final")

NO_RECORDS = mark(
    "The register holds no record dated in {year}. It has records for {years}. "
    "Choose one of these years, or add --nil to make a report that says there is nothing to report."
)
NO_RECORDS_AT_ALL = mark(
    "The register holds no dated record at all. Record or import something first, "
    "or add --nil to make a report that says there is nothing to report."
)
NOT_IN_FORCE = mark(
    "The Convention entered into force for {state} on {date}, so there is no report for {year}."
)
UNKNOWN_INSTRUMENT = mark("There is no instrument “{name}”. Available: {known}.")
UNKNOWN_LAYOUT = mark("There is no layout “{name}” of this instrument. Available: {known}.")
UNKNOWN_EDITION = mark("There is no edition “{name}”. Available: {known}.")
UNKNOWN_LANGUAGE = mark("Reports in “{name}” are not available. Available: {known}.")
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

LANGUAGES = ("en",)


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """Which report is wanted; ``nil`` makes one although nothing is dated in the year."""

    year: int
    instrument: str = "apmbc"
    layout: str = "classic"
    language: str = "en"
    edition: str = "public"
    final: bool = False
    nil: bool = False


def _known(name: str, known: tuple[str, ...], template: str) -> None:
    if name not in known:
        raise UserError(Message(template, {"name": name, "known": ", ".join(known)}))


def check_request(request: ReportRequest) -> None:
    """Refuse what does not exist, before anything is read."""
    _known(request.instrument, tuple(INSTRUMENTS), UNKNOWN_INSTRUMENT)
    _known(request.layout, tuple(INSTRUMENTS[request.instrument]), UNKNOWN_LAYOUT)
    _known(request.edition, EDITIONS, UNKNOWN_EDITION)
    _known(request.language, LANGUAGES, UNKNOWN_LANGUAGE)


def _check_year(reader: Reader, source: Source, request: ReportRequest) -> None:
    if source.period.last < source.in_force:
        values = {
            "state": source.state["name"],
            "date": source.in_force.isoformat(),
            "year": request.year,
        }
        raise UserError(Message(NOT_IN_FORCE, values))
    years = years_with_records(reader)
    if request.year in years or request.nil:
        return
    if not years:
        raise UserError(Message(NO_RECORDS_AT_ALL))
    shown = ", ".join(str(year) for year in years)
    raise UserError(Message(NO_RECORDS, {"year": request.year, "years": shown}))


def build_report(
    store: Store,
    reader: Reader,
    request: ReportRequest,
    *,
    whole: bool = True,
    submitted_on: date | None = None,
) -> Report:
    """Make the document of one year; its figures read their evidence while the reader is open."""
    check_request(request)
    presenter = Presenter(request.language)
    period = Period.of_year(request.year)
    source = Source(
        reader,
        period,
        presenter=presenter,
        catalogue=load_catalogue(),
        edition=request.edition,
        submitted_on=submitted_on,
    )
    _check_year(reader, source, request)
    layout, forms = load_layout(request.instrument, request.layout)
    in_use = tuple(form for form in forms if form.used_in(request.year))
    build = INSTRUMENTS[request.instrument][request.layout]
    exercise = store.info.purpose == "exercise"
    footer = source.say(layout.footer, state=source.state["name"], year=str(request.year))
    say = presenter.words.gettext
    marks = [say(EXERCISE)] if exercise else [] if request.final else [say(DRAFT)]
    return Report(
        instrument=request.instrument,
        layout=request.layout,
        edition=request.edition,
        language=request.language,
        right_to_left=presenter.locale.text_direction == "rtl",
        title=say(layout.title),
        short_title=say(layout.short_title),
        state_name=source.state["official_name"] or source.state["name"],
        iso3=source.state["iso3"],
        first_day=period.first,
        last_day=period.last,
        as_of=period.last,
        is_final=request.final,
        stem=f"{source.state['iso3']}-{request.instrument}-{request.year}-{request.language}",
        footer=source.say(FINAL_FOOTER if request.final else DRAFT_FOOTER, footer=footer),
        page_label=say(PAGE),
        mark=marks[0] if marks else None,
        notice=say(EXERCISE_NOTICE) if exercise else None,
        authority=source.state["authority"],
        origin=_origin(store, reader),
        forms=build(source, layout, in_use, whole=whole),
    )


def _origin(store: Store, reader: Reader) -> Origin:
    return Origin(
        register_id=store.info.id,
        change_number=reader.change_number,
        fingerprint=reader.fingerprint,
        changed_at=reader.changed_at,
        program=f"Mine Action Desktop {version('mineaction-desktop')}",
    )


def write_report(
    report: Report, presenter: Presenter, folder: Path, progress: Progress = silent
) -> list[Path]:
    """Write workbook, PDF and JSON beside each other: all three or none.

    Files of the same names are replaced only when all are complete.
    """
    from mineaction_desktop.reports.writers.data import write_json  # noqa: PLC0415 - costs start-up
    from mineaction_desktop.reports.writers.excel import (  # noqa: PLC0415 - costs start-up
        write_workbook,
    )
    from mineaction_desktop.reports.writers.pdf import write_pdf  # noqa: PLC0415 - costs start-up

    writers: dict[str, Callable[[Report, Presenter, Path], None]] = {
        ".xlsx": write_workbook,
        ".pdf": write_pdf,
        ".json": write_json,
    }
    made = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".report-", dir=folder) as scratch:
            parts = []
            for number, (suffix, write) in enumerate(writers.items()):
                progress(number, len(writers))
                part = Path(scratch) / f"{report.stem}{suffix}"
                write(report, presenter, part)
                parts.append(part)
            finished = _replace_all(parts, folder)
        progress(len(writers), len(writers))
    except OSError as error:
        if made:
            shutil.rmtree(folder, ignore_errors=True)
        raise UserError(_trouble(error, folder)) from error
    return finished


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


def _trouble(error: OSError, folder: Path) -> Message:
    values = {"folder": str(folder)}
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return Message(FOLDER_IS_FILE, values)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Message(DISK_FULL, values)
    if isinstance(error, PermissionError):
        name = Path(error.filename).name if error.filename else ""
        if name.endswith((".xlsx", ".pdf", ".json")):
            return Message(IN_USE, {"file": name})
        return Message(NOT_WRITABLE, values)
    if error.errno == errno.EROFS:
        return Message(NOT_WRITABLE, values)
    return Message(CANNOT_WRITE, {**values, "reason": error.strerror or str(error)})
