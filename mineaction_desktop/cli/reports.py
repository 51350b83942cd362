"""``figures`` and ``report``."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from mineaction_desktop.cli.output import (
    ProgressBar,
    give,
    problem_data,
    tell,
    tell_carried,
    tell_problems,
)
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.services.explaining import Carried, carried_over
from mineaction_desktop.services.figures import figures_with_places, printed_figures
from mineaction_desktop.services.report_files import letters_left_out, write_report
from mineaction_desktop.services.reporting import ReportRequest, build_report, check_request
from mineaction_desktop.services.submitting import NOT_FINAL, refuse_open, rendered_again
from mineaction_desktop.storage.store import Store


def _request(arguments: Namespace) -> ReportRequest:
    return ReportRequest(
        year=arguments.year,
        instrument=arguments.instrument,
        layout=arguments.layout,
        language=getattr(arguments, "language", "en"),
        edition=arguments.edition,
        final=getattr(arguments, "final", False),
        nil=arguments.nil,
    )


def figures_verb(arguments: Namespace) -> int:
    """Show every figure of a year."""
    request = _request(arguments)
    check_request(request)
    with Store.open(arguments.store) as store, store.read() as reader:
        report = build_report(store, reader, request, whole=False)
        presenter = Presenter(request.language)
        if arguments.json:
            give(printed_figures(report, presenter))
            return 0
        for place, figure in figures_with_places(report):
            where = " · ".join((place["form"], place["table"], place["row"], place["column"]))
            tell(f"{where}\t{presenter.figure(figure)}\t{figure.unit}")
    return 0


def report_verb(arguments: Namespace) -> int:
    """Write the report of a year."""
    request = _request(arguments)
    check_request(request)
    bar = ProgressBar("Writing the report")
    carried: tuple[Carried, ...] = ()
    with Store.open(arguments.store) as store, store.read() as reader:
        if arguments.as_submitted:
            report = rendered_again(store, request.year, request.instrument)
        else:
            if request.final:
                refuse_open(store, reader, request, NOT_FINAL)
            report = build_report(store, reader, request)
            carried = carried_over(reader, request.year)
        paths = write_report(report, Presenter(report.language), arguments.out, bar)
        warnings = letters_left_out(report)
    bar.finish()
    if arguments.json:
        give(
            {
                "files": [str(path) for path in paths],
                "warnings": [problem_data(warning) for warning in warnings],
                "explanations_to_review": [asdict(one) for one in carried],
            }
        )
    for path in paths:
        tell(f"Wrote {path}")
    tell_problems(warnings)
    tell_carried(carried)
    return 0
