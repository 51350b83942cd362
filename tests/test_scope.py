"""The report counts mined areas of the Convention and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.records.land import AreaMovement, Contamination, HazardousArea
from mineaction_desktop.records.reference import StateProfile
from mineaction_desktop.reports.figures import Figure
from mineaction_desktop.services.registers import new_register
from mineaction_desktop.services.reporting import ReportRequest, build_report
from mineaction_desktop.storage.store import Author, Store


@pytest.fixture
def store(tmp_path: Path, author: Author) -> Iterator[Store]:
    path = tmp_path / "scope.mineaction"
    new_register(path, author, name="X", iso3="XXA", entry_into_force=date(2004, 11, 1))
    with Store.open(path, author, write=True) as found:
        yield found


def printed(store: Store) -> int:
    with store.read() as reader:
        report = build_report(store, reader, ReportRequest(2024))
        (table,) = [found for _, found in report.tables() if found.key == "areas_known"]
        figures = [c for c in table.rows[-1].cells if isinstance(c, Figure)] if table.rows else []
        return max((figure.value or 0 for figure in figures), default=0)


def area(store: Store, families: list[str], **movement: object) -> AreaMovement:
    with store.write() as writer:
        place = HazardousArea(area_class="CHA", number_of_areas=1)
        writer.add(place)
        writer.add(*(Contamination(hazardous_area_id=place.id, family=f) for f in families))
        values: dict[str, object] = {
            "kind": "opening",
            "area_class": "CHA",
            "date": PartialDate.parse("2024"),
            "area_m2": 500,
            "hazardous_area_id": place.id,
        }
        found = AreaMovement(**(values | movement))  # type: ignore[arg-type]  # a table of cases
        writer.add(found)
        return found


@pytest.mark.parametrize(
    ("families", "counts"),
    [
        (["APM"], True),
        (["APM_IMP"], True),
        (["APM", "UXO_MORTAR"], True),
        (["MINE_UNK"], True),
        ([], True),
        (["AVM"], False),
        (["CMR_USUB", "UXO_MORTAR"], False),
    ],
)
def test_an_area_counts_if_it_may_hold_anti_personnel_mines(
    store: Store, families: list[str], counts: bool
) -> None:
    area(store, ["APM"])
    area(store, families, area_m2=7)
    assert printed(store) == (507 if counts else 500)


def test_what_was_rejected_or_hidden_does_not_count(store: Store) -> None:
    area(store, ["APM"])
    area(store, ["APM"], area_m2=7, review_state="rejected")
    hidden = area(store, ["APM"], area_m2=11)
    assert printed(store) == 511
    with store.write() as writer:
        writer.hide(writer.session.get_one(AreaMovement, hidden.id), "entered twice")
    assert printed(store) == 500


def test_a_state_that_reviews_counts_what_was_accepted(store: Store) -> None:
    area(store, ["APM"], review_state="accepted")
    area(store, ["APM"], area_m2=7)
    with store.write() as writer:
        writer.session.query(StateProfile).one().reviewed_records_only = True
    assert printed(store) == 500
