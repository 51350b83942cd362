"""Checking a year: order, explanations, our own failures, the command and the page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from rule_registers import RULES, YEAR, build, kept

from mineaction_desktop.cli.main import run
from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.problems import Severity, UserError
from mineaction_desktop.rules import general, land, retained, stock, technical
from mineaction_desktop.rules.catalogue import ALL_RULES
from mineaction_desktop.rules.model import Case, Finding
from mineaction_desktop.rules.page import page
from mineaction_desktop.services.checking import CheckedProblem, CheckResult, check_year
from mineaction_desktop.storage.store import Author, Reader, Store

DOCS = Path(__file__).parent.parent / "docs"


@pytest.fixture
def store(tmp_path: Path, author: Author) -> Iterator[Store]:
    with Store.create(tmp_path / "r.mineaction", author) as made:
        build(made)
        with made.write() as writer:
            kind, values = kept("opening", 9, "2019-12-31", condition="inert", lot="L1")
            for more in ({}, {"kind": "counted", "quantity": 8, "date": "2020-06-01"}):
                writer.add_rows(kind, [_dated({**values, **more})])
        yield made


def _dated(values: dict[str, object]) -> dict[str, object]:
    return {**values, "date": PartialDate.parse(str(values["date"]))}


def checked(store: Store) -> CheckResult:
    with store.read() as reader:
        return check_year(store, reader, YEAR)


def of(store: Store, code: str) -> CheckedProblem:
    (found,) = [found for found in checked(store).problems if found.problem.code == code]
    return found


def explain(store: Store, year: int) -> None:
    fields = {"rule_code": "V-D-08", "subject": "condition", "year": year, "text": "Show pieces."}
    with store.write() as writer:
        writer.add_rows("explanation", [fields])


def test_problems_come_worst_first(store: Store) -> None:
    ranks = [list(Severity).index(found.problem.severity) for found in checked(store).problems]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) > 1
    assert checked(store).blocks_final


def test_a_problem_says_what_to_do_and_opens_its_record(store: Store) -> None:
    found = of(store, "V-D-01")
    said = found.problem.message.render()
    assert said == (
        "Engineer School, PMN (L1): the books give 9 on 2020-06-01, while 8 were counted. "
        "The difference of -1 is not explained. "
        "Record the missing movement, or a correction with its reason."
    )
    place = found.problem.place
    assert (place.kind, place.record_id) == found.finding.records[0]


def test_an_explanation_of_this_year_settles_a_warning(store: Store) -> None:
    assert not of(store, "V-D-08").is_settled
    explain(store, YEAR)
    found = of(store, "V-D-08")
    assert (found.explanation, found.offered, found.is_settled) == ("Show pieces.", None, True)


def test_an_explanation_of_last_year_is_offered_for_review(store: Store) -> None:
    explain(store, YEAR - 1)
    found = of(store, "V-D-08")
    assert (found.explanation, found.offered, found.is_settled) == (None, "Show pieces.", False)


def test_an_explanation_is_for_its_subject_alone(store: Store) -> None:
    with store.write() as writer:
        fields = {"rule_code": "V-D-08", "subject": "use", "year": YEAR, "text": "Another thing."}
        writer.add_rows("explanation", [fields])
    assert of(store, "V-D-08").explanation is None


def test_no_explanation_settles_an_error(store: Store) -> None:
    finding = of(store, "V-D-01").finding
    with store.write() as writer:
        fields = {"rule_code": "V-D-01", "subject": finding.subject, "year": YEAR, "text": "Why."}
        writer.add_rows("explanation", [fields])
    found = of(store, "V-D-01")
    assert found.explanation == "Why."
    assert not found.is_settled


def _broken(_: Case) -> list[Finding]:
    raise ZeroDivisionError


def test_a_rule_that_fails_is_our_mistake_and_the_others_still_speak(store: Store) -> None:
    broken = replace(RULES["V-D-01"], check=_broken)
    with store.read() as reader:
        result = check_year(store, reader, YEAR, rules=(broken, RULES["V-D-08"]))
    assert result.failed_rules == ("V-D-01",)
    assert [problem.code for problem in result.all_problems] == ["RULE-000", "V-D-08"]
    assert result.all_problems[0].severity is Severity.ERROR
    assert result.blocks_final


def test_a_register_without_a_state_says_so(tmp_path: Path, author: Author) -> None:
    with (
        Store.create(tmp_path / "empty.mineaction", author) as store,
        store.read() as reader,
        pytest.raises(UserError, match="which State"),
    ):
        check_year(store, reader, YEAR)


def test_the_command_lists_problems_and_succeeds(
    demo_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", str(demo_path), "--year", "2025", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["failed_rules"] == []
    assert {"V-C-10", "V-D-08"} <= {problem["code"] for problem in said["problems"]}
    assert run(["check", str(demo_path), "--year", "2025"]) == 0
    words = capsys.readouterr()
    assert words.out == ""
    assert "V-D-08" in words.err
    assert "explained in an earlier year" in words.err


ON_FORMS = tuple(
    rule for module in (general, land, retained, stock, technical) for rule in module.RULES
)


@pytest.mark.parametrize("year", range(2021, 2025))
def test_no_form_of_the_made_up_country_has_errors_in_its_finished_years(
    demo: tuple[Store, Reader], year: int
) -> None:
    result = check_year(*demo, year, rules=ON_FORMS)
    assert result.failed_rules == ()
    assert [found.problem.message.render() for found in result.of(Severity.ERROR)] == []


def test_no_rule_fails_on_the_made_up_country(demo: tuple[Store, Reader]) -> None:
    result = check_year(*demo, 2025)
    assert result.failed_rules == ()
    assert {"V-B-06", "V-C-10", "V-GEN-06"} <= {
        found.problem.code for found in result.of(Severity.ERROR)
    }


def test_codes_are_unique_and_in_order() -> None:
    codes = [rule.code for rule in ALL_RULES]
    assert codes == sorted(set(codes))


def test_the_page_of_checks_is_current() -> None:
    assert (DOCS / "checks.md").read_text("utf-8") == page()
