"""The command line keeps its word: exit codes, JSON, plain sentences, and nothing left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROGRAM = [sys.executable, "-m", "mineaction_desktop"]
ROOT = Path(__file__).parents[1]


def call(*words: object, folder: Path, **more: object) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(folder / "home")}
    environment.update(more.pop("env", {}))  # type: ignore[call-overload]  # a mapping of texts
    return subprocess.run(  # type: ignore[call-overload,no-any-return]  # options pass through
        [*PROGRAM, *map(str, words)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        **more,
    )


def state(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def register(tmp_path: Path, demo_path: Path) -> Path:
    path = tmp_path / "demo.mineaction"
    path.write_bytes(demo_path.read_bytes())
    return path


WRONG_CALLS = [
    pytest.param(["report", "missing.mineaction", "--year", "2025", "--out", "o"], id="no store"),
    pytest.param(["figures", "demo.mineaction", "--year", "1990"], id="before entry into force"),
    pytest.param(["figures", "demo.mineaction", "--year", "2060"], id="a year without records"),
    pytest.param(["figures", "demo.mineaction", "--year", "20x5"], id="no year"),
    pytest.param(["figures", "demo.mineaction", "--year", "2025", "--instrument", "x"], id="what"),
    pytest.param(["report", "demo.mineaction", "--year", "2025", "--out", "file.txt"], id="a file"),
    pytest.param(["import", "demo.mineaction", "nowhere.csv"], id="no such file"),
    pytest.param(
        ["import", "demo.mineaction", "file.txt", "--as", "mine_field"], id="no such kind"
    ),
    pytest.param(["export", "demo.mineaction", "out.docx"], id="no such format"),
    pytest.param(["trail", "demo.mineaction", "--record", "HA-999999"], id="no such record"),
    pytest.param(["trail", "demo.mineaction", "--last", "9" * 40], id="no such number"),
    pytest.param(["verify", "file.txt"], id="no register"),
    pytest.param(["new", "n.mineaction", "--state", "KHN", "--name", "X"], id="words missing"),
    pytest.param(
        [
            "new",
            "n.mineaction",
            "--state",
            "KHN",
            "--name",
            "X",
            "--entry-into-force",
            "2000-01-01",
        ],
        id="no such State",
    ),
    pytest.param(["demo", "demo.mineaction"], id="exists already"),
    pytest.param(["dance"], id="no such verb"),
]


@pytest.mark.parametrize("words", WRONG_CALLS)
def test_a_wrong_call_is_explained_and_changes_nothing(
    words: list[str], register: Path, tmp_path: Path
) -> None:
    (tmp_path / "file.txt").write_text("no register, no table\n", "utf-8")
    before = state(tmp_path)
    ran = call(*words, "--json", folder=tmp_path)
    assert ran.returncode == 2, ran.stderr
    assert state(tmp_path) == before
    assert register.exists()
    assert json.loads(ran.stdout)["error"]
    assert ran.stderr.strip()
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["figures", "demo.mineaction", "--year", "2025"],
        ["report", "demo.mineaction", "--year", "2025", "--out", "out"],
        ["trail", "demo.mineaction", "--last", "3"],
        ["verify", "demo.mineaction"],
        ["export", "demo.mineaction", "out.csv", "--kind", "organisation"],
        ["template", "hazardous_area", "out.xlsx"],
        [
            "new",
            "n.mineaction",
            "--state",
            "THA",
            "--name",
            "T",
            "--entry-into-force",
            "1999-05-01",
        ],
    ],
    ids=lambda words: words[0],
)
def test_every_verb_answers_in_json_alone(words: list[str], register: Path, tmp_path: Path) -> None:
    assert register.exists()
    ran = call(*words, "--json", folder=tmp_path, env={"PYTHONIOENCODING": "ascii"})
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)


def test_a_report_says_where_its_files_are(register: Path, tmp_path: Path) -> None:
    ran = call("report", register, "--year", "2025", "--out", "deep/out", folder=tmp_path)
    written = sorted(path.name for path in (tmp_path / "deep" / "out").iterdir())
    assert written == [f"XTL-apmbc-2025-en{ending}" for ending in (".json", ".pdf", ".xlsx")]
    assert all(name in ran.stderr for name in written)
    assert ran.stdout == ""


def test_a_reader_who_has_seen_enough_is_no_error(register: Path, tmp_path: Path) -> None:
    with subprocess.Popen(
        [*PROGRAM, "figures", register, "--year", "2025", "--json"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.read(9)
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(60) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a device that is always full")
def test_a_result_that_is_lost_is_said_to_be_lost(register: Path, tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [*PROGRAM, "verify", register, "--json"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert ran.returncode == 2
    assert "could not be written to standard output" in ran.stderr


def test_stopping_a_report_leaves_no_folder(register: Path, tmp_path: Path) -> None:
    with subprocess.Popen(
        [*PROGRAM, "report", register, "--year", "2025", "--out", "out"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
    ) as running:
        deadline = time.monotonic() + 60
        while not (tmp_path / "out").exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        running.send_signal(signal.SIGINT)
        assert running.stderr is not None
        said = running.stderr.read()
        assert (running.wait(60), (tmp_path / "out").exists()) == (2, False), said
        assert b"Traceback" not in said


def test_the_made_up_country_is_the_same_whoever_makes_it(tmp_path: Path) -> None:
    ends = []
    for seed, zone in (("1", "UTC"), ("2", "HST10")):  # where it is still the day before
        path = tmp_path / f"{seed}.mineaction"
        made = call("demo", path, folder=tmp_path, env={"PYTHONHASHSEED": seed, "TZ": zone})
        assert made.returncode == 0, made.stderr
        ran = call("trail", path, "--last", 1, "--json", folder=tmp_path)
        ends.append(json.loads(ran.stdout)[-1]["fingerprint"])
    assert ends[0] == ends[1]
