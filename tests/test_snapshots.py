"""What was submitted stays: new rows only, each sealed by the one before."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from registers import AUTHOR, behind_the_back, new_store, unsound
from sqlalchemy import delete, update
from sqlalchemy.exc import DatabaseError

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.services.history import trail_entries
from mineaction_desktop.storage import snapshots as snapshots_module
from mineaction_desktop.storage.snapshots import (
    ENTERED,
    FrozenFigure,
    Snapshot,
    Submission,
    add_snapshot,
    snapshots,
    unpacked,
)
from mineaction_desktop.storage.store import Beginning, Store
from mineaction_desktop.storage.tables import attachment_content, report_snapshot

FIGURE = FrozenFigure("stock/total", 4900, "value", "mine", "4,900")
DOCUMENT = {"format": 1, "title": "Report – تقرير", "numbers": [1, 2.5, None]}


def submission(year: int = 2024, **others: object) -> Submission:
    values: dict[str, object] = {
        "instrument": "apmbc",
        "layout": "classic",
        "edition": "public",
        "language": "en",
        "year": year,
        "figures": [FIGURE],
        "document": DOCUMENT,
        "forms": {"a.toml": "0" * 64},
    }
    return Submission(**{**values, **others})  # type: ignore[arg-type]  # any field of a submission


def add(store: Store, *wanted: Submission) -> list[Snapshot]:
    with store.write("submitted") as writer:
        return [add_snapshot(writer, item) for item in wanted]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A register with reports for 2023 and 2024, the latter submitted twice."""
    with new_store(tmp_path) as store:
        add(store, submission(2023), submission(2024, note="first"))
        add(store, submission(2024, language="fr"))
        return store.path


@pytest.fixture
def opened(path: Path) -> Iterator[Store]:
    with Store.open(path, AUTHOR, write=True) as store:
        yield store


def test_a_snapshot_comes_back_as_it_was_submitted(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        (made,) = add(store, submission(note="sent by note verbale"))
        before = made.change_number
        with store.read() as reader:
            (found,) = snapshots(reader)
            assert reader.change_number == before + 1
    assert found == made
    assert unpacked(found.document) == DOCUMENT
    assert found.figures == {FIGURE.key: FIGURE}
    assert (found.submitted_by, found.office) == (AUTHOR.name, AUTHOR.office)
    assert (found.note, found.number, found.forms) == (
        "sent by note verbale",
        1,
        {"a.toml": "0" * 64},
    )


def test_each_year_counts_its_submissions_and_the_newest_comes_first(opened: Store) -> None:
    with opened.read() as reader:
        assert [(found.year, found.number) for found in snapshots(reader)] == [
            (2024, 2),
            (2024, 1),
            (2023, 1),
        ]
        assert [found.number for found in snapshots(reader, year=2023)] == [1]
        assert snapshots(reader, "ccm") == []
    (other,) = add(opened, submission(2024, instrument="ccm"))
    assert other.number == 1


def test_figures_without_a_document_are_kept_as_entered(opened: Store) -> None:
    (made,) = add(opened, submission(2020, document=None, origin=ENTERED))
    assert (made.origin, made.document) == ("entered", b"")
    assert unsound(opened) == []


def test_a_submission_stands_in_the_trail(opened: Store) -> None:
    entry = trail_entries(opened, last=1)[0]
    with opened.read() as reader:
        newest = snapshots(reader)[0]
    assert (entry.kind, entry.record_id, entry.action) == ("report_snapshot", newest.id, "create")
    assert entry.changes["fingerprint"] == (None, newest.fingerprint)


def test_our_own_code_cannot_rewrite_what_was_submitted(opened: Store) -> None:
    for table in (report_snapshot, attachment_content):
        for statement in (update(table), delete(table)):
            with (
                pytest.raises(RuntimeError, match="new rows only"),
                opened.write() as writer,
            ):
                writer.connection.execute(statement)


@pytest.mark.parametrize(
    "statement", ["UPDATE report_snapshot SET note = 'x'", "DELETE FROM report_snapshot"]
)
def test_the_database_refuses_to_rewrite_what_was_submitted(path: Path, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="new rows only"):
        behind_the_back(path, statement)
    with (
        pytest.raises((DatabaseError, UserError)),
        Store.open(path, AUTHOR, write=True) as store,
        store.write() as writer,
    ):
        writer.connection.exec_driver_sql(statement)


UNLOCK = ("DROP TRIGGER report_snapshot_no_update", "DROP TRIGGER report_snapshot_no_delete")
BY_HAND = """
INSERT INTO report_snapshot
SELECT sequence + 10, 'another', instrument, layout, edition, language, year, number + 10, origin,
  submitted_at, submitted_by, office, note, change_number, document, figures, forms, previous,
  fingerprint
FROM report_snapshot WHERE sequence = 1
"""


@pytest.mark.parametrize(
    ("statement", "codes"),
    [
        ("UPDATE report_snapshot SET note = 'x' WHERE sequence = 2", ["SNAP-001"]),
        ("UPDATE report_snapshot SET year = 2022 WHERE sequence = 1", ["SNAP-001"]),
        ("UPDATE report_snapshot SET document = x'00' WHERE sequence = 2", ["SNAP-001"]),
        (
            "UPDATE report_snapshot SET figures = (SELECT document FROM report_snapshot) "
            "WHERE sequence = 3",
            ["SNAP-001"],
        ),
        (
            "UPDATE report_snapshot SET submitted_at = '2020-01-01 00:00:00' WHERE sequence = 3",
            ["SNAP-001"],
        ),
        ("UPDATE report_snapshot SET fingerprint = 'a' WHERE sequence = 3", ["SNAP-001"]),
        ("DELETE FROM report_snapshot WHERE sequence = 3", ["SNAP-004"]),
        ("DELETE FROM report_snapshot WHERE sequence = 2", ["SNAP-002", "SNAP-004"]),
        (BY_HAND, ["SNAP-001"]),
    ],
)
def test_a_snapshot_edited_on_disk_is_named(path: Path, statement: str, codes: list[str]) -> None:
    behind_the_back(path, *UNLOCK, statement)
    with Store.open(path) as store:
        found = unsound(store)
    assert [problem.code for problem in found] == codes
    assert all(problem.place.kind == "report_snapshot" for problem in found)
    assert "outside the program" in str(found[-1].message)


def test_a_snapshot_that_the_trail_does_not_know_is_named(
    opened: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots_module, "_record", lambda *_: None)
    add(opened, submission(2022))
    assert [problem.code for problem in unsound(opened)] == ["SNAP-003"]


def test_an_untouched_register_is_sound(path: Path) -> None:
    with Store.open(path) as store:
        assert unsound(store) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE report_snapshot SET figures = x'1234' WHERE sequence = 3",
        "UPDATE report_snapshot SET document = figures WHERE sequence = 3",
        "UPDATE report_snapshot SET note = 'x' WHERE sequence = 3",
    ],
)
def test_a_snapshot_that_is_not_whole_shows_nothing(path: Path, statement: str) -> None:
    behind_the_back(path, *UNLOCK, statement)
    with Store.open(path) as store, store.read() as reader:
        newest, *others = snapshots(reader)
    assert (newest.year, newest.number, newest.is_whole) == (2024, 2, False)
    assert (newest.document, newest.figures) == (b"", {})
    assert all(other.is_whole and other.figures for other in others)


def test_the_same_steps_give_the_same_snapshots(tmp_path: Path) -> None:
    at = datetime(2025, 4, 28, 9, tzinfo=UTC)
    register, batch = (f"0190c0de-0000-7000-8000-00000000000{number}" for number in (1, 2))
    beginning = Beginning(register, at, batch)
    made = []
    for name in ("one", "two"):
        path = tmp_path / f"{name}.mineaction"
        with Store.create(path, AUTHOR, beginning=beginning) as store:
            with store.write("submitted", beginning=beginning) as writer:
                made.append([add_snapshot(writer, submission(year)) for year in (2022, 2023)])
            assert unsound(store) == []
    assert made[0] == made[1]
    assert made[0][0].submitted_at == at
    assert made[0][0].id != made[0][1].id


def test_a_failed_transaction_submits_nothing(opened: Store) -> None:
    broken = submission(2025, document={"numbers": object()})
    with pytest.raises(TypeError):
        add(opened, submission(2025), broken)
    with opened.read() as reader:
        assert snapshots(reader, year=2025) == []
