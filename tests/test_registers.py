"""Making registers, and saying what is wrong with one."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from registers import AUTHOR, behind_the_back, beside, new_store

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.services.history import trail_entries, verify_register
from mineaction_desktop.services.registers import demo_register, new_register
from mineaction_desktop.services.reporting import ReportRequest, build_report
from mineaction_desktop.storage.store import Store

IN_FORCE = date(2004, 11, 1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A register of a State with a catalogue."""
    path = tmp_path / "sandovia.mineaction"
    new_register(path, AUTHOR, name="Sandovia", iso3="XSA", entry_into_force=IN_FORCE)
    return path


def _codes(path: Path) -> list[str]:
    with Store.open(path) as store:
        return [problem.code for problem in verify_register(store).problems]


def test_a_new_register_is_sound_and_alone(path: Path) -> None:
    assert _codes(path) == []
    assert beside(path) == {path.name}


def _long_name() -> str:
    return "n" * 201


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": " "}, "needs a name"),
        ({"name": _long_name()}, "201 letters"),
        ({"name": "Half \ud83d"}, "cannot be stored"),
        ({"iso3": "XYZA"}, "not a code"),
        ({"entry_into_force": date(1999, 2, 28)}, "earlier"),
        ({"entry_into_force": datetime.now(UTC).date() + timedelta(days=370)}, "a year from now"),
    ],
)
def test_what_no_state_has_is_refused(
    tmp_path: Path, values: dict[str, str | date], words: str
) -> None:
    said: dict[str, str | date] = {"name": "Sandovia", "iso3": "XSA", "entry_into_force": IN_FORCE}
    with pytest.raises(UserError, match=words):
        new_register(tmp_path / "s.mineaction", AUTHOR, **(said | values))  # type: ignore[arg-type]  # each of its kind
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["register", "register.sqlite", "register.mineaction.bak"])
def test_registers_are_named_as_such(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match=f"Name it “{name}.mineaction”"):
        demo_register(tmp_path / name)
    assert not list(tmp_path.iterdir())


DEMO = """
import os
from pathlib import Path
from mineaction_desktop.services.registers import demo_register

demo_register(Path("demo.mineaction"), progress=lambda *_: os._exit(9))
"""


def test_a_killed_demo_leaves_no_register_under_its_name(tmp_path: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", DEMO], cwd=tmp_path, check=False)
    assert killed.returncode == 9
    assert not list(tmp_path.glob("*.mineaction"))


def test_a_register_without_a_state_is_not_sound(tmp_path: Path) -> None:
    new_store(tmp_path).close()
    assert _codes(tmp_path / "register.mineaction") == ["STORE-006"]


@pytest.mark.parametrize(
    ("statement", "codes"),
    [
        ("DROP TABLE accident", {"STORE-007", "STORE-003"}),
        ("ALTER TABLE accident DROP COLUMN notes", {"STORE-007", "STORE-003"}),
        ("DROP TABLE attachment_content", {"STORE-007", "STORE-003"}),
        ("UPDATE state_profile SET date_of_information = '9999-99'", {"STORE-008"}),
        ("UPDATE state_profile SET entry_into_force = 'soon'", {"STORE-008"}),
        ("UPDATE ordnance_type SET aliases = '['", {"STORE-008"}),
        ("UPDATE audit_entry SET at = 'then' WHERE number = 1", {"STORE-008"}),
        ("UPDATE audit_entry SET changes = '[' WHERE number = 1", {"TRAIL-001", "TRAIL-008"}),
    ],
)
def test_damage_is_named_and_never_crashes(path: Path, statement: str, codes: set[str]) -> None:
    behind_the_back(path, statement)
    assert codes <= set(_codes(path))


def test_the_place_of_an_unreadable_value_is_named(path: Path) -> None:
    behind_the_back(path, "UPDATE state_profile SET date_of_information = '9999-99'")
    with Store.open(path) as store:
        problem = next(p for p in verify_register(store).problems if p.code == "STORE-008")
    assert (problem.place.kind, problem.place.field) == ("state_profile", "date_of_information")
    assert problem.place.record_id
    assert problem.value == "9999-99"


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE accident",
        "UPDATE state_profile SET entry_into_force = 'soon'",
        "UPDATE state_profile SET date_of_information = '9999-99'",
    ],
)
def test_nothing_is_computed_from_a_damaged_register(path: Path, statement: str) -> None:
    behind_the_back(path, statement)
    with (
        Store.open(path) as store,
        pytest.raises(UserError, match=r"damaged.*mineaction verify"),
        store.read() as reader,
    ):
        build_report(store, reader, ReportRequest(2024))


def test_a_trail_that_cannot_be_read_is_said_to_be_damaged(path: Path) -> None:
    behind_the_back(path, "UPDATE audit_entry SET changes = '[' WHERE number = 1")
    with Store.open(path) as store, pytest.raises(UserError, match="entry 1 of the trail"):
        trail_entries(store, last=1000)
