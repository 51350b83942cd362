"""The made-up country as a history: reports submitted, corrected since, and flaws to find."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from mineaction_desktop.cli.main import run
from mineaction_desktop.domain.periods import Period
from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.reports.document import Medium
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.reports.writers.data import write_json
from mineaction_desktop.rules.catalogue import ALL_RULES
from mineaction_desktop.services.checking import CheckResult, check_year
from mineaction_desktop.services.comparing import Comparison, compare
from mineaction_desktop.services.demo import explanations, history
from mineaction_desktop.services.demo.assemble import generate
from mineaction_desktop.services.demo.explanations import OTHERWISE, TEXTS
from mineaction_desktop.services.demo.history import SUBMITTED_ON, Script, script
from mineaction_desktop.services.history import trail_entries, verify_register
from mineaction_desktop.services.registers import demo_register
from mineaction_desktop.services.report_files import write_report
from mineaction_desktop.services.reporting import ReportRequest, build_report
from mineaction_desktop.services.submitting import rendered_again
from mineaction_desktop.storage.snapshots import snapshots
from mineaction_desktop.storage.store import Reader, Store
from mineaction_desktop.storage.view import View

SUBMITTED = range(2021, 2025)

Country = tuple[Store, Reader]


@cache
def told() -> Script:
    return script(1)


@pytest.fixture(scope="module")
def checked(demo: Country) -> CheckResult:
    store, reader = demo
    return check_year(store, reader, 2025)


@pytest.fixture(scope="module")
def compared(demo: Country) -> dict[int, Comparison]:
    return {year: compare(demo[0], year) for year in SUBMITTED}


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Country]:
    """The same country, made a second time."""
    path = tmp_path_factory.mktemp("again") / "again.mineaction"
    demo_register(path)
    with Store.open(path) as store, store.read() as reader:
        yield store, reader


# Flaws -----------------------------------------------------------------------------------------


def test_there_are_about_a_dozen_flaws_of_both_severities() -> None:
    severities = {rule.code: rule.severity for rule in ALL_RULES}
    found = [severities[flaw.code] for flaw in told().flaws]
    assert len(found) >= 12
    assert len({flaw.code for flaw in told().flaws}) == len(found)
    assert min(found.count(Severity.ERROR), found.count(Severity.WARNING)) >= 5


@pytest.mark.parametrize("code", [flaw.code for flaw in told().flaws])
def test_each_flaw_is_found_once_by_its_check_and_by_no_other(
    checked: CheckResult, code: str
) -> None:
    (flaw,) = (flaw for flaw in told().flaws if flaw.code == code)
    own = {str(row["id"]) for _, row in flaw.rows} | {flaw.about}
    hits = [
        found.problem.code
        for found in checked.problems
        if own & {found.finding.subject, *(record for _, record in found.finding.records)}
    ]
    assert hits == [code]


def test_the_command_lists_exactly_the_flaws_each_with_its_code_and_place(
    demo_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", str(demo_path), "--year", "2025", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["failed_rules"] == []
    listed = [
        (problem["code"], problem["place"].get("record_id") or problem["subject"])
        for problem in found["problems"]
    ]
    assert sorted(listed) == sorted((flaw.code, flaw.about) for flaw in told().flaws)


def test_what_was_explained_last_year_is_offered_for_review(checked: CheckResult) -> None:
    offered = {found.problem.code: found.offered for found in checked.problems if found.offered}
    assert offered == {"V-D-08": TEXTS["V-D-08"]}
    assert not any(found.explanation for found in checked.problems)


def test_the_flaws_leave_the_year_before_as_it_was(demo: Country) -> None:
    store, reader = demo
    whenever = {"DS-01", "DS-08"}
    found = check_year(store, reader, 2024).of(Severity.ERROR)
    assert {one.problem.code for one in found} <= whenever


# Year by year ----------------------------------------------------------------------------------


@pytest.mark.parametrize("year", SUBMITTED)
def test_a_submitted_year_has_nothing_open_but_what_came_to_light_since(
    demo: Country, year: int
) -> None:
    """Nothing is left to do on the day of the report; the corrections and flaws came later."""
    told_then = {
        (row["rule_code"], row["subject"])
        for row in View(demo[1], Period.of_year(year)).all("explanation")
        if row["year"] == year
    }
    assert ("V-D-08", "condition") in told_then
    document = rendered_again(demo[0], year)
    ((_, printed),) = [
        found for found in document.tables(Medium.PAPER) if found[1].key == "explanations"
    ]
    assert {(row.cells[0], row.cells[1]) for row in printed.rows} == told_then


def test_an_area_was_open_in_the_register_until_it_was_released() -> None:
    """Each year holds what was known then: no record of it tells what came later."""
    status: dict[object, object] = {}
    steps: dict[object, object] = {}
    for news in told().years.values():
        rows = [(kind, row) for kind, found in news.added for row in found]
        for kind, row in (*rows, *news.changed):
            if kind == "hazardous_area" and "status" in row:
                status[row["id"]] = row["status"]
            elif kind == "area_status_change":
                steps[row["hazardous_area_id"]] = row["status"]
        assert status == steps
    assert len(status) == 100


def test_changes_told_year_by_year_end_where_the_whole_country_stands() -> None:
    known: dict[object, dict[str, object]] = {}
    changed = 0
    for year, news in told().years.items():
        for _, found in news.added:
            known |= {row["id"]: dict(row) for row in found}
        for _, values in news.changed:
            assert year > SUBMITTED[0]
            known[values["id"]] |= values
            changed += 1
    whole = {row["id"]: row for _, found in generate(1) for row in found}
    assert known.keys() == whole.keys()
    for record, row in whole.items():
        assert {name: value for name, value in known[record].items() if value is not None} == {
            name: value for name, value in row.items() if value is not None
        }
    assert changed > 100


def test_a_coincidence_without_a_usual_answer_is_explained_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other seeds have warnings that nobody foresaw; their reports are submitted all the same."""
    monkeypatch.setattr(history, "USUAL", ())
    monkeypatch.setattr(history, "SUBMITTED_ON", {2021: SUBMITTED_ON[2021]})
    monkeypatch.setattr(explanations, "TEXTS", {})
    made = demo_register(tmp_path / "made.mineaction")
    with Store.open(made.path) as store, store.read() as reader:
        assert [one.year for one in snapshots(reader)] == [2021]
        texts = {row["text"] for row in View(reader, Period.of_year(2021)).all("explanation")}
    assert texts == {OTHERWISE}


# Submissions and corrections -------------------------------------------------------------------


def test_four_years_were_submitted_in_the_spring_after(demo: Country) -> None:
    found = snapshots(demo[1])
    assert [(one.year, one.number) for one in found] == [(year, 1) for year in SUBMITTED[::-1]]
    assert {one.year: one.submitted_at.date() for one in found} == SUBMITTED_ON
    for one in found:
        assert (one.layout, one.edition, one.language) == ("classic", "public", "en")
        assert (one.submitted_at.year, one.submitted_at.month) == (one.year + 1, 4)
        assert len(one.figures) > 250
    assert rendered_again(demo[0], 2024).is_final


@pytest.mark.parametrize("year", SUBMITTED)
def test_comparing_names_the_corrected_records_and_no_others(
    compared: dict[int, Comparison], year: int
) -> None:
    wanted = {
        (correction.record_id, correction.reason)
        for correction in told().corrections
        if correction.year == year
    }
    found = {
        (change.entry.record_id, change.entry.reason)
        for difference in compared[year].differences
        for change in difference.records
    }
    assert found == wanted
    assert all(difference.records for difference in compared[year].differences)


def test_a_report_rendered_again_is_as_it_was_submitted(
    demo: Country, compared: dict[int, Comparison]
) -> None:
    figures_then = {figure.key: figure.value for figure in rendered_again(demo[0], 2024).figures()}
    for difference in compared[2024].differences:
        assert difference.before is not None
        assert figures_then[difference.key] == difference.before.value


def moved(comparison: Comparison) -> dict[str, int]:
    """By how much each figure moved."""
    return {
        one.key: (one.now.value or 0) - (one.before.value or 0)
        for one in comparison.differences
        if one.now and one.before
    }


def test_comparing_names_exactly_the_corrected_figures(compared: dict[int, Comparison]) -> None:
    assert compared[2021].differences == ()
    assert list(moved(compared[2022]).values()) == [-9] * 4
    assert list(moved(compared[2023]).values()) == [4_500_000] * 2
    land, services = -1850, 6
    by_table = {(key.split("/")[0], by) for key, by in moved(compared[2024]).items()}
    assert by_table == {
        ("area_list", land),
        ("areas_known", land),
        ("land_reconciliation", land),
        ("summary", land),
        ("services", services),
    }
    sizes = [len(moved(compared[year])) for year in SUBMITTED]
    assert sizes == [len(compared[year].differences) for year in SUBMITTED] == [0, 4, 2, 14]


def test_each_correction_stands_in_the_trail_with_its_reason(demo: Country) -> None:
    trail = {entry.reason: entry for entry in trail_entries(demo[0], last=10_000)}
    submitted = snapshots(demo[1])[0]
    for correction in told().corrections:
        entry = trail[correction.reason]
        assert entry.record_id == correction.record_id
        assert entry.at > submitted.submitted_at


def test_the_trail_is_whole_and_runs_forward(demo: Country) -> None:
    assert verify_register(demo[0]).problems == ()
    moments = [entry.at for entry in trail_entries(demo[0], last=20_000)]
    assert len(moments) > 6_000
    assert moments == sorted(moments)


# The same each time ----------------------------------------------------------------------------


def test_the_country_comes_out_the_same_each_time(demo: Country, again: Country) -> None:
    assert [one.fingerprint for one in snapshots(again[1])] == [
        one.fingerprint for one in snapshots(demo[1])
    ]
    assert again[1].fingerprint == demo[1].fingerprint


def test_reports_come_out_the_same_to_the_byte(
    demo: Country, again: Country, tmp_path: Path
) -> None:
    for name, (store, reader) in (("one", demo), ("two", again)):
        report = build_report(store, reader, ReportRequest(2025))
        write_report(report, Presenter("en"), tmp_path / name)
        write_json(rendered_again(store, 2024), Presenter("en"), tmp_path / name / "2024.json")
    files = sorted((tmp_path / "one").iterdir())
    assert len(files) == 4
    for file in files:
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes(), file.name


def test_a_large_register_has_neither_reports_nor_flaws(tmp_path: Path) -> None:
    made = demo_register(tmp_path / "large.mineaction", records=3_000)
    ids = {str(row["id"]) for flaw in told().flaws for _, row in flaw.rows}
    with Store.open(made.path) as store, store.read() as reader:
        assert snapshots(reader) == []
        assert {entry.record_id for entry in trail_entries(store, last=20_000)}.isdisjoint(ids)


def test_the_manual_lists_every_flaw() -> None:
    page = Path(__file__).parents[1] / "docs" / "made-up-country.md"
    lines = page.read_text("utf-8").splitlines()
    severities = {rule.code: rule.severity for rule in ALL_RULES}
    listed = [
        line.split(" | ")[:2] for line in lines if " | error | " in line or " | warning | " in line
    ]
    assert {(code.removeprefix("| "), severity) for code, severity in listed} == {
        (flaw.code, severities[flaw.code]) for flaw in told().flaws
    }
