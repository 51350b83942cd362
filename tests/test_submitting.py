"""Submitting freezes a report for good; later corrections surface as differences."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from registers import behind_the_back
from sqlalchemy import select
from submissions import AUTHOR, correct, stock_register

from mineaction_desktop.cli.main import run
from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.problems import BlockedError, Problem, Severity, UserError
from mineaction_desktop.i18n import Message
from mineaction_desktop.records.stocks import StockMovement
from mineaction_desktop.reports.document import Choices, Report
from mineaction_desktop.reports.figures import Unit
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.rules.model import Finding, Rule
from mineaction_desktop.services import submitting
from mineaction_desktop.services.checking import CheckedProblem, CheckResult, check_year
from mineaction_desktop.services.comparing import Change, compare
from mineaction_desktop.services.entering import enter_previous
from mineaction_desktop.services.history import verify_register
from mineaction_desktop.services.report_files import write_report
from mineaction_desktop.services.reporting import ReportRequest, build_report
from mineaction_desktop.services.submitting import rendered_again, submit
from mineaction_desktop.storage.snapshots import Snapshot, snapshots
from mineaction_desktop.storage.store import Reader, Store

YEAR = 2023


RULE = Rule("V-B-01", Severity.ERROR, "B", "The stock adds up.", lambda _: ())


def found(severity: Severity, explanation: str | None = None) -> CheckedProblem:
    """Something that a check found, made up."""
    message = Message(f"This is of severity {severity}.")
    problem = Problem(RULE.code, message, severity=severity)
    return CheckedProblem(problem, RULE, Finding(message, "PMN"), explanation)


@pytest.fixture(autouse=True)
def problems(monkeypatch: pytest.MonkeyPatch) -> list[CheckedProblem]:
    """What the checks find in every register here; nothing unless a test adds something."""
    known: list[CheckedProblem] = []

    def check(_: Store, __: Reader, year: int, instrument: str) -> CheckResult:
        return CheckResult(year, instrument, tuple(known), ())

    monkeypatch.setattr(submitting, "check_year", check)
    return known


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return stock_register(tmp_path)


def submitted(path: Path, year: int = YEAR, note: str | None = None) -> Snapshot:
    with Store.open(path, AUTHOR, write=True) as store:
        return submit(store, ReportRequest(year, edition="internal"), note=note)


def report_of(path: Path, year: int) -> Report:
    with Store.open(path) as store, store.read() as reader:
        return build_report(store, reader, ReportRequest(year))


def files(report: Report, folder: Path) -> dict[str, bytes]:
    written = write_report(report, Presenter(report.language), folder)
    return {path.suffix: path.read_bytes() for path in written}


def test_submitting_twice_makes_number_two(path: Path) -> None:
    first = submitted(path, note="by note verbale")
    second = submitted(path)
    assert (first.number, second.number) == (1, 2)
    assert (first.year, first.note, first.edition) == (YEAR, "by note verbale", "internal")
    assert first.fingerprint != second.fingerprint
    assert first.forms.keys() >= {"report.toml", "a.toml", "cover.toml"}
    with Store.open(path) as store, store.read() as reader:
        assert [one.number for one in snapshots(reader, year=YEAR)] == [2, 1]
        assert verify_register(store).problems == ()


def test_a_submission_is_final_and_dated(path: Path) -> None:
    snapshot = submitted(path)
    with Store.open(path) as store:
        report = rendered_again(store, YEAR)
    assert report.is_final
    assert report.mark is None
    assert report.origin.change_number == snapshot.change_number
    (items,) = [block.items for block in report.forms[0].blocks if hasattr(block, "items")]
    assert dict(items)["DATE OF SUBMISSION"] == snapshot.submitted_at.astimezone().date()


def test_rendered_again_gives_the_same_bytes_after_later_corrections(
    path: Path, tmp_path: Path
) -> None:
    submitted(path)
    with Store.open(path) as store:
        before = files(rendered_again(store, YEAR), tmp_path / "before")
    correct(path, "2023-06-05", 45)
    with Store.open(path) as store:
        after = files(rendered_again(store, YEAR), tmp_path / "after")
    assert before.keys() == {".xlsx", ".pdf", ".json"}
    assert after == before
    assert files(report_of(path, YEAR), tmp_path / "now")[".json"] != before[".json"]


def test_a_report_changed_on_disk_is_never_shown_as_submitted(path: Path) -> None:
    submitted(path)
    before = boxes(report_of(path, 2024))
    behind_the_back(
        path,
        "DROP TRIGGER report_snapshot_no_update",
        "UPDATE report_snapshot SET document = figures",
    )
    with Store.open(path) as store:
        for use in (rendered_again, compare):
            with pytest.raises(UserError, match="changed outside the program"):
                use(store, YEAR)
    assert boxes(report_of(path, 2024)) == before


def test_errors_and_unexplained_warnings_block(path: Path, problems: list[CheckedProblem]) -> None:
    settled = [found(Severity.WARNING, "weighed"), found(Severity.INFO)]
    still = [found(Severity.ERROR, "no excuse"), found(Severity.WARNING)]
    problems += [*still, *settled]
    with pytest.raises(BlockedError, match=r"1 error is .* 1 warning is") as raised:
        submitted(path)
    assert raised.value.problems == tuple(checked.problem for checked in still)
    with Store.open(path) as store, store.read() as reader:
        assert snapshots(reader) == []
    problems[:] = settled
    assert submitted(path).number == 1


def test_a_blocked_report_is_never_made(
    path: Path, problems: list[CheckedProblem], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    monkeypatch.setattr(submitting, "build_report", lambda *_, **__: made.append(1))
    problems.append(found(Severity.ERROR))
    with pytest.raises(BlockedError):
        submitted(path)
    assert made == []


def test_a_written_explanation_of_each_warning_lets_a_report_pass(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(submitting, "check_year", check_year)
    with Store.open(path) as store, store.read() as reader:
        checked = check_year(store, reader, YEAR)
    assert checked.of(Severity.ERROR) == ()
    warnings = checked.of(Severity.WARNING)
    assert warnings
    with pytest.raises(BlockedError, match=f"0 errors .* {len(warnings)} warning"):
        submitted(path)
    rows = [
        {"rule_code": one.rule.code, "subject": one.finding.subject, "year": YEAR, "text": "Known."}
        for one in warnings
    ]
    with Store.open(path, AUTHOR, write=True) as store, store.write() as writer:
        writer.add_rows("explanation", rows)
    assert submitted(path).number == 1


def test_comparing_names_exactly_the_figures_that_a_correction_changes(path: Path) -> None:
    submitted(path)
    with Store.open(path) as store:
        assert compare(store, YEAR).differences == ()
    number = correct(path, "2023-06-05", 45, "recount of 3 July")
    correct(path, "2024-06-05", 41)
    with Store.open(path) as store, store.read() as reader:
        differences = compare(store, YEAR).differences
        request = ReportRequest(YEAR, edition="internal")
        now = {f.key: f.value for f in build_report(store, reader, request).figures()}
    with Store.open(path) as store:
        then = {f.key: f.value for f in rendered_again(store, YEAR).figures()}
    data = {difference.key for difference in differences}
    wrong = {key for key in then.keys() | now.keys() if then.get(key) != now.get(key)}
    assert data == {key for key in wrong if not key.startswith("evidence/")}
    assert data
    for difference in differences:
        assert difference.change is Change.CHANGED
        assert difference.before is not None
        assert difference.now is not None
        assert (difference.before.value, difference.now.value) == (
            then[difference.key],
            now[difference.key],
        )
        assert [change.local_id for change in difference.records] == [number]
        assert difference.records[0].entry.reason == "recount of 3 July"
        assert difference.records[0].entry.changes["quantity"] == (40, 45)
        assert difference.place["form"] in ("B", "G", "annex_reconciliation")


def test_figures_that_come_and_go_are_told_apart(path: Path) -> None:
    submitted(path)
    with Store.open(path, AUTHOR, write=True) as store, store.write("moved") as writer:
        mine = writer.session.scalars(select(StockMovement.ordnance_type_id).limit(1)).one()
        opening = StockMovement(
            date=PartialDate.parse("2021-03-01"),
            kind="opening",
            pool="declared",
            ordnance_type_id=mine,
            lot="L-2",
            quantity=7,
        )
        writer.add(opening)
    with Store.open(path) as store:
        differences = compare(store, YEAR).differences
    new = [difference for difference in differences if difference.change is Change.NEW]
    assert new
    assert all(difference.before is None for difference in new)
    assert {difference.records[0].local_id for difference in new} == {"STK-000005"}


def boxes(report: Report) -> dict[str, str]:
    """The box that is ticked for each form of the cover page."""
    (page,) = [
        block for form in report.forms for block in form.blocks if isinstance(block, Choices)
    ]
    return {
        line.label.partition(":")[0]: text
        for line in (*page.left, *page.right)
        for text, ticked in line.options
        if ticked
    }


def test_the_cover_compares_with_the_report_submitted_before(path: Path) -> None:
    without = boxes(report_of(path, 2024))
    submitted(path, 2022)
    unchanged = boxes(report_of(path, 2024))
    assert without["Form A"] == "unchanged (last reporting: 2023)"
    assert unchanged["Form A"] == "unchanged (last reporting: 2022)"
    assert unchanged["Form B"] == without["Form B"] == "changed"
    submitted(path, 2023)
    assert boxes(report_of(path, 2024)) == without


def test_the_cover_sees_what_was_printed_not_what_the_records_say_now(path: Path) -> None:
    correct(path, "2024-06-05", 0)
    submitted(path, 2023)
    same = boxes(report_of(path, 2024))["Form B"]
    correct(path, "2023-06-05", 41)
    assert same == "unchanged (last reporting: 2023)"
    assert boxes(report_of(path, 2024))["Form B"] == "changed"


def test_a_box_chosen_by_people_takes_the_place_of_the_computed_one(path: Path) -> None:
    rows = [
        {"year": 2024, "form": "b", "choice": "unchanged", "reason": "Rounding alone differs."},
        {
            "year": 2024,
            "form": "a",
            "choice": "non_applicable",
            "reason": "Form A has no such box.",
        },
        {"year": 2023, "form": "g", "choice": "non_applicable", "reason": "Another year."},
    ]
    before = boxes(report_of(path, 2024))
    with Store.open(path, AUTHOR, write=True) as store, store.write() as writer:
        writer.add_rows("cover_override", rows)
    assert boxes(report_of(path, 2024)) == {
        **before,
        "Form B": "unchanged (last reporting: 2023)",
    }


ENTERED = """form;table;row;column;value
{form};{table};{row};{column};4 960
"""


def place_of_a_figure(path: Path) -> dict[str, str]:
    """Where the stock of the year stands, as the command ``figures`` shows it."""
    submitted(path)
    correct(path, "2023-06-05", 45)
    with Store.open(path) as store:
        difference = compare(store, YEAR).differences[0]
    return {**difference.place, "key": difference.key}


def test_figures_entered_by_hand_are_compared_like_submitted_ones(
    path: Path, tmp_path: Path
) -> None:
    place = place_of_a_figure(path)
    table = tmp_path / "2023.csv"
    table.write_text(ENTERED.format(**place), "utf-8")
    with Store.open(path, AUTHOR, write=True) as store:
        made = enter_previous(store, ReportRequest(YEAR), table, note="from the paper")
        assert (made.origin, made.number, made.document) == ("entered", 2, b"")
        assert [(f.key, f.value, f.text) for f in made.figures.values()] == [
            (place["key"], 4960, "4,960")
        ]
        (difference,) = compare(store, YEAR).differences
        assert (difference.key, difference.change) == (place["key"], Change.CHANGED)
        assert rendered_again(store, YEAR).is_final
        assert verify_register(store).problems == ()


@pytest.mark.parametrize(
    ("text", "codes", "words"),
    [
        ("figure,value\nKEY,\n", ["ENTER-003"], "never a zero"),
        ("figure,value\nKEY,12.5\n", ["ENTER-002"], "no whole number"),
        ("figure,value\nKEY,many\n", ["ENTER-002"], "no whole number"),
        ("figure,value\nKEYx,12\n", ["ENTER-001"], "Did you mean"),
        ("figure,value\nKEY,12\nKEY,13\n", ["ENTER-004"], "twice"),
        ("form,table,row,column,value\nB,stock,nowhere,quantity,5\n", ["ENTER-001"], "nowhere"),
        ("figure,number\nKEY,12\n", [], "no column “value”"),
    ],
)
def test_a_table_that_is_wrong_is_not_taken(
    path: Path, tmp_path: Path, text: str, codes: list[str], words: str
) -> None:
    key = next(report_of(path, YEAR).figures()).key
    table = tmp_path / "typed.csv"
    table.write_text(text.replace("KEY", key), "utf-8")
    with Store.open(path, AUTHOR, write=True) as store:
        with pytest.raises(UserError) as raised:
            enter_previous(store, ReportRequest(YEAR), table)
        with store.read() as reader:
            assert snapshots(reader) == []
    wrong = raised.value.problems
    assert [problem.code for problem in wrong] == codes
    assert words in " ".join([raised.value.render(), *(str(one.message) for one in wrong)])


def test_words_for_no_number_are_kept_as_such(path: Path, tmp_path: Path) -> None:
    keys = [figure.key for figure in report_of(path, YEAR).figures()][:3]
    values = ("not known", "not_applicable", "0")
    rows = [f"{key},{value}" for key, value in zip(keys, values, strict=True)]
    table = tmp_path / "typed.csv"
    table.write_text("\n".join(["figure,value", *rows]), "utf-8")
    with Store.open(path, AUTHOR, write=True) as store:
        made = enter_previous(store, ReportRequest(YEAR), table)
    assert [(f.value, f.state) for f in made.figures.values()] == [
        (None, "unknown"),
        (None, "not_applicable"),
        (0, "zero"),
    ]


@pytest.mark.parametrize(
    ("typed", "value"),
    [("12 500", 1_250_000), ("12,500.50", 1_250_050), ("12.500,50", 1_250_050), ("0", 0)],
)
def test_money_is_typed_in_whole_units(path: Path, tmp_path: Path, typed: str, value: int) -> None:
    with Store.open(path, AUTHOR, write=True) as store:
        with store.write() as writer:
            given = {"direction": "received", "pillar": "clearance", "currency": "USD"}
            period = {"period": PartialDate.parse(str(YEAR)), "amount": 100}
            writer.add_rows("funding", [given | period])
        key = next(f.key for f in report_of(path, YEAR).figures() if f.unit is Unit.MONEY)
        table = tmp_path / "typed.csv"
        table.write_text(f'figure;value\n{key};"{typed}"\n', "utf-8")
        made = enter_previous(store, ReportRequest(YEAR), table)
    assert made.figures[key].value == value


def call(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, object]]:
    code = run([*words, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_the_commands_submit_compare_and_print_again(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    year = ("--year", str(YEAR))
    code, made = call(capsys, "submit", str(path), *year, "--note", "sent", "--author", "officer")
    assert (code, made["number"], made["note"], made["submitted_by"]) == (0, 1, "sent", "officer")
    code, compared = call(capsys, "compare", str(path), *year)
    assert (code, compared["differences"]) == (0, [])
    out = str(tmp_path / "out")
    code, first = call(capsys, "report", str(path), *year, "--as-submitted", "--out", out)
    assert code == 0
    names = [Path(str(name)) for name in first["files"]]  # type: ignore[attr-defined]  # a list of names
    before = [name.read_bytes() for name in names]
    correct(path, "2023-06-05", 45)
    call(capsys, "report", str(path), *year, "--as-submitted", "--out", out)
    assert [name.read_bytes() for name in names] == before
    assert run(["compare", str(path), *year]) == 0
    assert "the certificate says so" in capsys.readouterr().err


def test_open_problems_leave_with_three_and_wrong_calls_with_two(
    path: Path, problems: list[CheckedProblem], capsys: pytest.CaptureFixture[str]
) -> None:
    year = ("--year", str(YEAR))
    assert run(["compare", str(path), *year]) == 2
    assert "No report for 2023 was submitted" in capsys.readouterr().err
    problems.append(found(Severity.ERROR))
    code, said = call(capsys, "submit", str(path), *year)
    assert code == 3
    assert [one["code"] for one in said["problems"]] == ["V-B-01"]  # type: ignore[attr-defined]  # a list of problems
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM report_snapshot").fetchone() == (0,)
    assert run(["submit", str(path), "--year", "2019"]) == 2
    assert run(["submit", str(path), *year, "--enter", "nowhere.csv"]) == 2
    assert "no file “nowhere.csv”" in capsys.readouterr().err


def test_a_report_is_final_only_when_nothing_is_open(
    path: Path, problems: list[CheckedProblem], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("report", str(path), "--year", str(YEAR), "--out", str(tmp_path / "out"))
    problems.append(found(Severity.ERROR))
    code, said = call(capsys, *words, "--final")
    assert code == 3
    assert "cannot be final yet" in str(said["error"])
    assert not (tmp_path / "out").exists()
    assert call(capsys, *words)[0] == 0, "a draft never waits"
    problems.clear()
    assert call(capsys, *words, "--final")[0] == 0
