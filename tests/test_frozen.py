"""A frozen report thaws to what it was: every block, every figure, every byte of its files."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from report_samples import (
    STATED,
    arabic_report,
    draft_report,
    empty_report,
    figure,
    report_of,
    sample_report,
)

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.reports.document import (
    Block,
    Cell,
    Chart,
    ChartKind,
    Choice,
    Choices,
    Column,
    Fields,
    Form,
    Heading,
    MapMark,
    Medium,
    Outline,
    Paragraph,
    Picture,
    Report,
    Row,
    RowRole,
    Series,
    SketchMap,
    Table,
    TextRole,
)
from mineaction_desktop.reports.figures import Figure, Sum, Unit, combine, without_number
from mineaction_desktop.reports.frozen import freeze, thaw
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.reports.writers.data import report_data, write_json
from mineaction_desktop.services.report_files import write_report
from mineaction_desktop.storage.snapshots import packed, unpacked

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
    "53de0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
"""A picture of one red dot."""


def again(report: Report) -> Report:
    """A report as it comes out of the store."""
    return thaw(unpacked(packed(freeze(report))))


def drawn_report() -> Report:
    blocks: tuple[Block, ...] = (
        Chart(
            key="released",
            title="Land released",
            kind=ChartKind.STACKED,
            categories=("2024", "2025"),
            series=(Series("Cleared", (12, None)), Series("Reduced", (0, -3))),
            unit="m²",
            alt="Two years",
        ),
        Picture(key="photo", content=PIXEL, caption="A mine", alt="Round"),
        SketchMap(
            key="map",
            title="Areas",
            outlines=(Outline("North", (((1.5, 2.25), (3.0, 2.25), (3.0, 4.1)),)),),
            marks=(MapMark("Hill", 2.125, 3.0, 4, "known"),),
            legend=(("known", "Known"), ("suspected", "Suspected")),
            caption="Not to scale",
            alt="Four areas in the north",
        ),
    )
    media = (Medium.WORKBOOK, Medium.DATA)
    form = Form(key="c", sheet="C", title="Areas", label="Form C", media=media, blocks=blocks)
    return report_of((form,))


SAMPLES = {
    "sample": sample_report,
    "draft": draft_report,
    "empty": empty_report,
    "drawn": drawn_report,
    "arabic": arabic_report,
}


@pytest.mark.parametrize("name", SAMPLES)
def test_all_files_of_a_thawed_report_are_the_same_to_the_byte(name: str, tmp_path: Path) -> None:
    report = SAMPLES[name]()
    presenter = Presenter(report.language)
    first = write_report(report, presenter, tmp_path / "first")
    second = write_report(again(report), presenter, tmp_path / "second")
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name


@pytest.mark.parametrize("year", range(2021, 2026))
def test_the_report_of_a_country_thaws_with_all_its_evidence(
    demo_reports: dict[int, Report], year: int, tmp_path: Path
) -> None:
    report = demo_reports[year]
    thawed = again(report)
    write_json(report, Presenter("en"), tmp_path / "first.json")
    write_json(thawed, Presenter("en"), tmp_path / "second.json")
    assert (tmp_path / "first.json").read_bytes() == (tmp_path / "second.json").read_bytes()
    assert freeze(thawed) == freeze(report)
    for before, after in zip(report.figures(), thawed.figures(), strict=True):
        assert list(after.contributions()) == list(before.contributions()), before.key


def test_a_country_prints_the_same_workbook_and_paper(
    demo_reports: dict[int, Report], tmp_path: Path
) -> None:
    report = demo_reports[2021]
    first = write_report(report, Presenter("en"), tmp_path / "first")
    second = write_report(again(report), Presenter("en"), tmp_path / "second")
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name


def test_a_figure_in_two_places_stays_one() -> None:
    part = figure("part", 7)
    both = combine("sum", ((1, part), (-1, figure("other", 2))), Unit.MINE)
    report = report_of((Form(key="f", sheet="F", title="F", blocks=(_row(part, both),)),))
    first, second = again(report).figures()
    assert isinstance(second.evidence, Sum)
    assert second.evidence.terms[0] == (1, first)
    assert second.evidence.terms[0][1] is first


def test_a_newer_format_is_refused_in_words() -> None:
    with pytest.raises(UserError, match="newer version"):
        thaw({**freeze(empty_report()), "format": 2})
    with pytest.raises(UserError, match="newer version"):
        thaw({**freeze(empty_report()), "report": {"Hologram": {}}})


def test_what_no_report_can_hold_is_not_frozen() -> None:
    report = replace(empty_report(), title={"en": "Report"})  # type: ignore[arg-type]  # on purpose
    with pytest.raises(TypeError, match="cannot hold"):
        freeze(report)


def _row(*cells: Cell) -> Table:
    columns = tuple(Column(key=str(number), title="") for number in range(len(cells)))
    return Table(key="t", title=None, columns=columns, rows=(Row("r", cells, RowRole.DATA, "o"),))


texts = st.text(max_size=8)
days = st.dates(date(1950, 1, 1), date(2100, 1, 1))
partial_dates = st.one_of(
    days.map(PartialDate.of),
    st.sampled_from(["2019", "2019-08", "1992/1995", "2019-02/2019-03"]).map(PartialDate.parse),
)
amounts = st.integers(-(10**18), 10**18)


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    key = draw(texts)
    match draw(st.sampled_from(["records", "none", "sum"])):
        case "records":
            return figure(key, draw(amounts), draw(st.sampled_from(Unit)), currency="USD")
        case "none":
            return without_number(key, draw(st.sampled_from(STATED)), Unit.AREA)
        case _:
            terms = [(draw(st.sampled_from([1, -1])), figure(key + "x", draw(amounts)))]
            gap = (1, without_number(key + "y", draw(st.sampled_from(STATED)), Unit.MINE))
            return combine(key, [*terms, gap], Unit.MINE)


cells = st.one_of(st.none(), texts, days, partial_dates, st.sampled_from(STATED), figures())
rows = st.lists(cells, min_size=1, max_size=3).map(lambda found: _row(*found))
options = st.tuples(texts, st.booleans())
choices = st.builds(Choice, texts, st.lists(options, max_size=2).map(tuple))
blocks = st.one_of(
    st.builds(Heading, texts, st.integers(1, 3)),
    st.builds(Paragraph, texts, st.sampled_from(TextRole)),
    st.builds(Fields, st.lists(st.tuples(texts, cells), max_size=3).map(tuple)),
    st.builds(Choices, st.lists(choices, max_size=2).map(tuple), st.tuples(choices)),
    st.builds(Picture, key=texts, content=st.binary(max_size=20), caption=texts, alt=texts),
    rows,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(blocks, max_size=4), st.datetimes(timezones=st.just(UTC)))
def test_whatever_a_report_holds_comes_back(made: list[Block], changed_at: datetime) -> None:
    form = Form(key="f", sheet="F", title="Form", blocks=tuple(made))
    report = report_of((form,))
    report = replace(report, origin=replace(report.origin, changed_at=changed_at))
    thawed = again(report)
    assert freeze(thawed) == freeze(report)
    assert replace(thawed, forms=()) == replace(report, forms=())
    presenter = Presenter("en")
    assert report_data(thawed, presenter) == report_data(report, presenter)
    for before, after in zip(form.blocks, thawed.forms[0].blocks, strict=True):
        assert type(after) is type(before)
        if not isinstance(before, Table | Fields):
            assert after == before
