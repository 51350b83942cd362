"""The pace of keying: who entered and changed how much, how fast, and what was corrected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from entry_samples import area, forms, put, reopened, row, with_rows
from registers import AUTHOR, new_store, organisation

from mineaction_desktop.services.editing import hide
from mineaction_desktop.services.reviewing import change_many
from mineaction_desktop.services.statistics import Statistics, operator_statistics
from mineaction_desktop.storage.ids import new_id
from mineaction_desktop.storage.store import Author, Beginning, Reader, Store

MORNING = datetime(2025, 3, 10, 9, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as made:
        yield made


def entered(store: Store, *minutes: int, day: datetime = MORNING) -> None:
    """Have one organisation entered at each of some minutes."""
    for minute in minutes:
        at = day + timedelta(minutes=minute)
        with store.write(beginning=Beginning(store.info.id, at, new_id())) as writer:
            writer.add(organisation(f"Organisation {at}"))


def statistics(store: Store, first: date | None = None, last: date | None = None) -> Statistics:
    with store.read() as reader:
        return operator_statistics(reader, forms(), first, last)


def test_the_pace_leaves_out_pauses(store: Store) -> None:
    entered(store, 0, 2, 4, 6, 90, 92)
    (one,) = statistics(store).operators
    assert (one.author, one.office, one.entered) == (AUTHOR.name, AUTHOR.office, 6)
    assert one.keying == timedelta(minutes=8)
    assert one.per_hour == pytest.approx(30)


def test_a_single_record_has_no_pace(store: Store) -> None:
    entered(store, 0)
    assert statistics(store).operators[0].per_hour is None


def test_only_the_days_of_the_period_count(store: Store) -> None:
    entered(store, 0, 1)
    entered(store, 0, day=MORNING + timedelta(days=1))
    local = MORNING.astimezone().date()
    assert statistics(store, local, local).operators[0].entered == 2
    assert statistics(store, local + timedelta(days=1)).operators[0].entered == 1
    assert statistics(store, local + timedelta(days=2)).operators == ()
    assert statistics(store, last=date.max).operators[0].entered == 3


def test_a_record_with_its_rows_is_one_record(store: Store) -> None:
    content = area("North field")
    rows = [row(content, "contamination", family="APM") for _ in range(3)]
    put(store, with_rows(content, "contamination", *rows))
    (one,) = statistics(store).operators
    assert [(each.kind, each.entered) for each in one.kinds] == [("hazardous_area", 1)]


def test_corrections_are_told_of_who_made_them_and_whose_they_are(
    store: Store, tmp_path: Path
) -> None:
    first, second = put(store, area("North field")), put(store, area("Mill"))
    store.close()
    other = Author("second clerk", "South office")
    with Store.open(tmp_path / "register.mineaction", other, write=True) as again:
        changed = reopened(again, first)
        put(again, replace(changed, values={**changed.values, "place": "Erbil"}))
        hide(again, "hazardous_area", [second.id], "twice")
        found = {one.author: one for one in statistics(again).operators}
    mine, theirs = found[AUTHOR.name], found[other.name]
    assert (mine.entered, mine.changed, mine.corrected) == (2, 0, 1)
    assert mine.corrected_share == 0.5
    assert (theirs.entered, theirs.changed, theirs.hidden) == (0, 1, 1)
    assert theirs.corrected_share is None


def test_what_was_changed_in_bulk_is_counted_apart(store: Store) -> None:
    made = [put(store, area(f"Field {n}")) for n in range(3)]
    change_many(
        store, forms(), "hazardous_area", [one.id for one in made], "place", "Erbil", "one place"
    )
    found = statistics(store)
    assert found.in_bulk == 3
    assert found.operators[0].changed == 0


def test_the_made_up_country_was_not_keyed_by_hand(demo: tuple[Store, Reader]) -> None:
    _, reader = demo
    found = operator_statistics(reader, forms())
    assert found.in_bulk > 1000
