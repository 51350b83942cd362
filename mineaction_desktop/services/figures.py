"""Every figure of a report as a flat list, each with its place and its evidence."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from mineaction_desktop.exchange.guard import guarded
from mineaction_desktop.reports.document import Medium, Report
from mineaction_desktop.reports.figures import Figure
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.reports.writers.data import figure_writer


def figures_with_places(report: Report) -> Iterator[tuple[dict[str, str], Figure]]:
    """Each printed figure with the form, table, row and column it stands in."""
    for form, table in report.tables(Medium.DATA):
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=True):
                if isinstance(cell, Figure):
                    place = {
                        "form": form.key,
                        "table": table.key,
                        "row": row.key,
                        "column": column.key,
                    }
                    yield place, cell


def printed_figures(report: Report, presenter: Presenter) -> dict[str, object]:
    """Every figure of a report as plain data, with the records behind it."""
    write = figure_writer(report, presenter)
    return {
        "state": report.iso3,
        "instrument": report.instrument,
        "period": [report.first_day.isoformat(), report.last_day.isoformat()],
        "figures": [{**place, **write(figure)} for place, figure in figures_with_places(report)],
    }


def figures_table(report: Report, presenter: Presenter) -> bytes:
    """Every figure of a report as a CSV file in UTF-8, safe to open in a spreadsheet."""
    out = StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(("form", "table", "row", "column", "value", "state", "unit", "text"))
    for place, figure in figures_with_places(report):
        value = "" if figure.value is None else str(figure.value)
        texts = (*place.values(), value, str(figure.state), str(figure.unit))
        table.writerow([*map(guarded, texts), guarded(presenter.figure(figure))])
    return out.getvalue().encode("utf-8-sig")
