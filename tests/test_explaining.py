"""Warnings are explained in writing, and what was written last year is reviewed for this one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from mineaction_desktop.cli.main import run
from mineaction_desktop.records import kinds
from mineaction_desktop.records.reference import OrdnanceType
from mineaction_desktop.services.checking import check_year
from mineaction_desktop.services.demo.explanations import TEXTS
from mineaction_desktop.services.demo.history import script
from mineaction_desktop.services.explaining import carried_over
from mineaction_desktop.storage.snapshots import snapshots
from mineaction_desktop.storage.store import Author, Store

YEAR = ["--year", "2025"]
KEPT = {"check": "V-D-08", "subject": "condition", "year": 2024, "text": TEXTS["V-D-08"]}
GONE = {"check": "V-D-04", "subject": "POMZ-2M", "year": 2024, "text": TEXTS["V-D-04"]}
Output = pytest.CaptureFixture[str]


@pytest.fixture
def path(tmp_path: Path, demo_path: Path) -> Path:
    path = tmp_path / "demo.mineaction"
    path.write_bytes(demo_path.read_bytes())
    return path


def explained(path: Path, year: int = 2025) -> dict[str, str | None]:
    with Store.open(path) as store, store.read() as reader:
        found = check_year(store, reader, year).problems
    return {one.problem.code: one.explanation for one in found}


@pytest.mark.parametrize("verb", ["check", "report"])
def test_explanations_of_last_year_are_listed_for_review(
    path: Path, verb: str, capsys: Output
) -> None:
    out = ["--out", str(path.parent / "out")] if verb == "report" else []
    assert run([verb, str(path), *YEAR, *out, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["explanations_to_review"] == [GONE, KEPT]


def test_people_read_what_waits_for_review(path: Path, capsys: Output) -> None:
    assert run(["check", str(path), *YEAR]) == 0
    said = capsys.readouterr().err
    assert "Explanations of 2024 to review" in said
    assert f"V-D-08    condition: {TEXTS['V-D-08']}" in said


def test_what_was_reviewed_is_listed_no_more(path: Path, capsys: Output) -> None:
    assert run(["explain", str(path), *YEAR, "--check", "V-D-08", "--keep", "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert (made["subject"], made["year"], made["text"]) == ("condition", 2025, KEPT["text"])
    assert explained(path)["V-D-08"] == KEPT["text"]
    with Store.open(path) as store, store.read() as reader:
        assert [one.check for one in carried_over(reader, 2025)] == ["V-D-04"]
        assert [one.year for one in carried_over(reader, 2026)] == [2025]


def test_a_second_text_takes_the_place_of_the_first(path: Path, capsys: Output) -> None:
    numbers = []
    for text in ("Show pieces.", "Show pieces of the school."):
        words = ["--check", "v-d-08", "--about", "condition", "--text", text]
        assert run(["explain", str(path), *YEAR, *words, "--json"]) == 0
        numbers.append(json.loads(capsys.readouterr().out)["local_id"])
    assert explained(path)["V-D-08"] == "Show pieces of the school."
    assert numbers[0] == numbers[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--check", "V-X-99", "--keep"], "no check “V-X-99”"),
        (["--check", "DS-10", "--text", "Why not."], "have to be corrected"),
        (["--check", "V-C-18", "--text", "Why not."], "nothing has to be explained"),
        (["--check", "V-D-04", "--keep"], "V-D-04 finds nothing in 2025"),
        (["--check", "V-GEN-09", "--keep"], "Nothing was written about V-GEN-09"),
        (["--check", "V-D-08", "--about", "PMN", "--keep"], "It finds something about: condition"),
        (["--check", "V-D-08", "--text", " "], "The explanation is empty"),
    ],
)
def test_what_cannot_be_explained_is_refused(
    path: Path, words: list[str], said: str, capsys: Output
) -> None:
    before = path.read_bytes()
    assert run(["explain", str(path), *YEAR, *words]) == 2
    assert said in capsys.readouterr().err
    assert path.read_bytes() == before


def test_one_of_several_things_has_to_be_named(path: Path, author: Author, capsys: Output) -> None:
    with Store.open(path, author, write=True) as store, store.write() as writer:
        for record in writer.session.scalars(select(OrdnanceType)):
            record.photo_id = None if record.name in {"PMN", "TB-4"} else record.photo_id
    call = ["explain", str(path), *YEAR, "--check", "V-H-02", "--text", "Photographs follow."]
    assert run(call) == 2
    assert "Say which one you explain: PMN, TB-4." in capsys.readouterr().err
    assert run([*call, "--about", "TB-4"]) == 0
    with Store.open(path) as store, store.read() as reader:
        found = {
            one.finding.subject: one.explanation
            for one in check_year(store, reader, 2025).problems
            if one.problem.code == "V-H-02"
        }
    assert found == {"PMN": None, "TB-4": "Photographs follow."}


def test_the_exercise_ends_with_a_report_that_is_submitted(path: Path, author: Author) -> None:
    flaws = script(1).flaws
    with Store.open(path, author, write=True) as store, store.write("exercise") as writer:
        for flaw in flaws:
            for kind, row in flaw.rows:
                writer.hide(writer.session.get_one(kinds()[kind], row["id"]), "planted")
            for kind, values in flaw.changed:
                writer.session.get_one(kinds()[kind], values["id"]).status = "open"  # type: ignore[attr-defined]  # areas have one
    for words in (["V-D-08", "--keep"], ["V-GEN-09", "--text", "A map was corrected."]):
        assert run(["explain", str(path), *YEAR, "--check", *words]) == 0
    assert explained(path).keys() == {"V-D-08", "V-GEN-09"}
    assert run(["submit", str(path), *YEAR]) == 0
    with Store.open(path) as store, store.read() as reader:
        assert [one.year for one in snapshots(reader)] == [2025, 2024, 2023, 2022, 2021]
