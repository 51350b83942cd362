"""Submitting a report: checked, made final, and frozen for good."""

from __future__ import annotations

from dataclasses import replace

from mineaction_desktop.domain.periods import Period
from mineaction_desktop.domain.problems import BlockedError, Severity, UserError
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.reports.document import Report
from mineaction_desktop.reports.figures import Figure
from mineaction_desktop.reports.frozen import freeze, thaw
from mineaction_desktop.reports.layouts import layout_fingerprints
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.services.checking import check_year
from mineaction_desktop.services.figures import figures_with_places
from mineaction_desktop.services.reporting import (
    ReportRequest,
    build_report,
    check_request,
    refuse_year,
)
from mineaction_desktop.storage.snapshots import (
    ENTERED,
    FrozenFigure,
    Snapshot,
    Submission,
    add_snapshot,
    snapshots,
    unpacked,
)
from mineaction_desktop.storage.store import Beginning, Reader, Store, Writer
from mineaction_desktop.storage.view import View

REASON = mark("report submitted")

OPEN_PROBLEMS = mark(
    "The report for {year} cannot be submitted yet: {errors} to be corrected, {warnings} to be "
    "corrected or explained."
)
NOT_FINAL = mark(
    "The report for {year} cannot be final yet: {errors} to be corrected, {warnings} to be "
    "corrected or explained. Write it as a draft meanwhile."
)
ERROR, ERRORS = mark("{n} error is"), mark("{n} errors are")
WARNING, WARNINGS = mark("{n} warning is"), mark("{n} warnings are")
NEVER_SUBMITTED = mark("No report for {year} was submitted from this register.")
ONLY_ENTERED = mark(
    "For {year} only figures were entered by hand; there is no document to show again."
)
DAMAGED = mark(
    "The report submitted for {year} (number {number}) was changed outside the program and is not "
    "shown. Restore a backup in which it is whole; the command “verify” names all that is wrong."
)


def submit(
    store: Store,
    request: ReportRequest,
    *,
    note: str | None = None,
    beginning: Beginning | None = None,
) -> Snapshot:
    """Freeze the report of a year as it stands; raise ``BlockedError`` while problems are open.

    ``beginning`` gives the clock of a register that is being made.
    """
    check_request(request)
    with store.write(REASON, beginning=beginning) as writer:
        refuse_year(View(writer, Period.of_year(request.year)), request)
        refuse_open(store, writer, request)
        # The day on the wall where the person sits; the made-up country has it the same everywhere.
        today = beginning.at.date() if beginning else writer.stamp.at.astimezone().date()
        report = build_report(store, writer, replace(request, final=True), submitted_on=today)
        return _keep(writer, report, note)


def _keep(writer: Writer, report: Report, note: str | None) -> Snapshot:
    presenter = Presenter(report.language)
    return add_snapshot(
        writer,
        Submission(
            instrument=report.instrument,
            layout=report.layout,
            edition=report.edition,
            language=report.language,
            year=report.last_day.year,
            figures=[frozen(figure, presenter) for _, figure in figures_with_places(report)],
            document=freeze(report),
            note=note,
            forms=layout_fingerprints(report.instrument, report.layout),
        ),
    )


def frozen(figure: Figure, presenter: Presenter) -> FrozenFigure:
    """A figure as it is kept: its number, its state, and the text it is printed as."""
    text = presenter.figure(figure)
    return FrozenFigure(figure.key, figure.value, figure.state.value, figure.unit.value, text)


def rendered_again(store: Store, year: int, instrument: str = "apmbc") -> Report:
    """The last report submitted for a year, exactly as it was, whatever the records say now."""
    with store.read() as reader:
        found = _submissions(reader, year, instrument)
    sent = next((snapshot for snapshot in found if snapshot.origin != ENTERED), None)
    if sent is None:
        raise UserError(Message(ONLY_ENTERED, {"year": year}))
    return thaw(unpacked(_whole(sent).document))


def last_submission(reader: Reader, year: int, instrument: str) -> Snapshot:
    """What was last submitted for a year; raise ``UserError`` if nothing was."""
    return _whole(_submissions(reader, year, instrument)[0])


def _submissions(reader: Reader, year: int, instrument: str) -> list[Snapshot]:
    found = snapshots(reader, instrument, year)
    if not found:
        raise UserError(Message(NEVER_SUBMITTED, {"year": year}))
    return found


def _whole(snapshot: Snapshot) -> Snapshot:
    if not snapshot.is_whole:
        raise UserError(Message(DAMAGED, {"year": snapshot.year, "number": snapshot.number}))
    return snapshot


def refuse_open(
    store: Store, reader: Reader, request: ReportRequest, sentence: str = OPEN_PROBLEMS
) -> None:
    """Errors must be corrected, warnings corrected or explained, before a report is final."""
    found = check_year(store, reader, request.year, request.instrument)
    if not found.blocks_final:
        return
    still = [checked.problem for checked in found.problems if not checked.is_settled]
    still = [*found.failures, *still]
    warnings = sum(problem.severity is Severity.WARNING for problem in still)
    values = {
        "year": request.year,
        "errors": Message(ERROR, {"n": len(still) - warnings}, ERRORS),
        "warnings": Message(WARNING, {"n": warnings}, WARNINGS),
    }
    raise BlockedError(Message(sentence, values), tuple(still))
