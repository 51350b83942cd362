"""Every printed figure is the sum of its records, and every year closes where the next opens."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from mineaction_desktop.domain.periods import Period
from mineaction_desktop.domain.states import State
from mineaction_desktop.formdef.catalogue import load_catalogue
from mineaction_desktop.records import kinds
from mineaction_desktop.reports.document import Chart, Report, Row, Table
from mineaction_desktop.reports.figures import Figure
from mineaction_desktop.reports.instruments.apmbc.classic import EVIDENCE, TABLES
from mineaction_desktop.reports.layouts import load_layout
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.reports.source import Source
from mineaction_desktop.storage.store import Reader, Store

YEARS = range(2021, 2026)
LEDGERS = ("land_reconciliation", "stock_reconciliation", "retained_reconciliation")


def table(report: Report, key: str) -> Table:
    return next(found for _, found in report.tables() if found.key == key)


def cell(found: Table, row: Row, column: str) -> object:
    return row.cells[[c.key for c in found.columns].index(column)]


@pytest.mark.parametrize("year", YEARS)
def test_the_records_behind_each_figure_add_up_to_it(
    demo_reports: dict[int, Report], demo: tuple[Store, Reader], year: int
) -> None:
    known = {
        kind: set(demo[1].connection.execute(sa.select(record.__table__.c.id)).scalars())
        for kind, record in kinds().items()
    }
    numbers = 0
    for figure in demo_reports[year].figures():
        parts = list(figure.contributions())
        assert all(part.record_id in known[part.kind] for part in parts), figure.key
        if figure.value is not None:
            assert sum(part.amount for part in parts) == figure.value, figure.key
            numbers += bool(figure.value)
    assert numbers > 250


@pytest.mark.parametrize("year", YEARS)
def test_no_two_figures_share_a_key(demo_reports: dict[int, Report], year: int) -> None:
    keys = [figure.key for figure in demo_reports[year].figures()]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("ledger", LEDGERS)
@pytest.mark.parametrize("year", YEARS[:-1])
def test_each_line_of_a_ledger_opens_where_it_closed_the_year_before(
    demo_reports: dict[int, Report], year: int, ledger: str
) -> None:
    closing, opening = (
        {row.key: cell(found, row, column) for row in found.rows}
        for column, found in (
            ("closing", table(demo_reports[year], ledger)),
            ("opening", table(demo_reports[year + 1], ledger)),
        )
    )
    for key in closing.keys() | opening.keys():
        before, after = closing.get(key), opening.get(key)
        closed = before.value if isinstance(before, Figure) else 0
        opened = after.value if isinstance(after, Figure) else 0
        assert closed == opened, key


def test_forms_and_annexes_tell_the_same_totals(demo_reports: dict[int, Report]) -> None:
    report = demo_reports[2025]

    def total(name: str, column: str) -> int:
        found = table(report, name)
        value = cell(found, found.rows[-1], column)
        assert isinstance(value, Figure)
        assert value.value is not None
        return value.value

    known, suspected = total("areas_known", "area"), total("areas_suspected", "area")
    assert total("summary", "known_m2") == known
    assert total("summary", "suspected_m2") == suspected
    assert total("land_reconciliation", "closing") == known + suspected
    assert total("retained", "quantity") == total("retained_reconciliation", "closing")
    released = sum(
        -total("land_reconciliation", name) for name in ("cancelled", "reduced", "cleared")
    )
    assert total("released", "total") == released
    assert total("casualties_outcome", "total") == total("casualties_device", "total")
    assert total("casualties_outcome", "total") == total("casualties_status", "total")


def test_every_column_of_the_form_files_is_offered(
    demo: tuple[Store, Reader], demo_reports: dict[int, Report]
) -> None:
    _, layouts = load_layout("apmbc", "classic")
    source = _source(demo[1], demo_reports[2025])
    offered = {
        name: {key for row in build(source).rows for key in row.cells}
        for name, build in TABLES.items()
    }
    for layout in layouts:
        for part in layout.parts:
            wanted = offered.get(part.table or "")
            if wanted:
                assert {column.key for column in part.columns} <= wanted, part.table
    printed = {part.table for layout in layouts for part in layout.parts if part.table}
    assert printed == {*TABLES, *EVIDENCE}


def test_the_made_up_country_fills_every_table(demo_reports: dict[int, Report]) -> None:
    empty = {
        found.key
        for _, found in demo_reports[2025].tables()
        if not found.rows and found.empty is State.NOT_COLLECTED
    }
    assert empty == set()


def _source(reader: Reader, report: Report) -> Source:
    period = Period(report.first_day, report.last_day)
    return Source(
        reader,
        period,
        presenter=Presenter("en"),
        catalogue=load_catalogue(),
        edition="internal",
    )


@pytest.mark.parametrize("year", YEARS)
def test_charts_show_the_numbers_of_the_tables(demo_reports: dict[int, Report], year: int) -> None:
    report = demo_reports[year]
    charts = {
        block.key: sum(row.values[-1] or 0 for row in block.series)
        for form in report.forms
        for block in form.blocks
        if isinstance(block, Chart)
    }

    def total(name: str, column: str) -> int | None:
        found = table(report, name)
        value = cell(found, found.rows[-1], column)
        assert isinstance(value, Figure)
        return value.value

    assert charts["chart_released"] == total("released", "total")
    assert charts["chart_retained"] == total("retained", "quantity")
    assert charts["chart_victims"] == total("casualties_outcome", "total")
