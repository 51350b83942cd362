"""Records that the one being keyed may be already, found while somebody types."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from entry_samples import area, forms, put, record
from registers import new_store

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.i18n import ENGLISH
from mineaction_desktop.services.content import Content
from mineaction_desktop.services.duplicates import Likely, likely_duplicates
from mineaction_desktop.services.editing import copy_of, hide, open_record
from mineaction_desktop.storage.queries import Counting, facts
from mineaction_desktop.storage.store import Reader, Store

DAY = PartialDate.parse("2025-03-09")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as made:
        yield made


def likely(store: Store, content: Content) -> list[Likely]:
    with store.read() as reader:
        return likely_duplicates(reader, forms(), content, ENGLISH)


def why(found: list[Likely]) -> list[str]:
    return [one.why.render() for one in found]


def units(store: Store) -> dict[str, str]:
    """A province with two districts, of which one has two villages."""
    made: dict[str, str] = {}
    for name, level, above in (
        ("province", 1, None),
        ("district", 2, "province"),
        ("other district", 2, "province"),
        ("village", 3, "district"),
        ("next village", 3, "district"),
    ):
        parent = None if above is None else made[above]
        made[name] = put(store, record("admin_unit", name=name, level=level, parent_id=parent)).id
    return made


def accident(unit: str, day: str, **values: object) -> Content:
    return record(
        "accident",
        date=PartialDate.parse(day),
        admin_unit_id=unit,
        kind="civilian",
        device="mine_unknown",
        killed=1,
        **values,
    )


@pytest.mark.parametrize(
    ("place", "day", "reason"),
    [
        ("village", "2025-03-09", "Same place, same day."),
        ("village", "2025-03-10", "Same district, 1 day apart."),
        ("next village", "2025-03-12", "Same district, 3 days apart."),
        ("district", "2025-03-06", "Same district, 3 days apart."),
        ("village", "2025-03-13", None),
        ("other district", "2025-03-09", None),
    ],
)
def test_an_accident_of_these_days_in_the_district(
    place: str, day: str, reason: str | None, store: Store
) -> None:
    known = units(store)
    first = put(store, accident(known["village"], "2025-03-09"))
    found = likely(store, accident(known[place], day, injured=4))
    assert [one.id for one in found] == ([first.id] if reason else [])
    assert why(found) == ([reason] if reason else [])
    if found:
        assert found[0].local_id == first.local_id
        assert str(first.local_id) in found[0].name


def test_names_that_overlap_in_any_script(store: Store) -> None:
    known = units(store)
    put(store, area("Ürgün north field", admin_unit_id=known["village"]))
    put(store, area("حقل الزيتون", admin_unit_id=known["village"]))
    near = known["next village"]
    assert len(likely(store, area("urgun NORTH", admin_unit_id=near))) == 1
    assert len(likely(store, area("حقل الزيتون الشرقي", admin_unit_id=near))) == 1
    assert not likely(store, area("South field", admin_unit_id=near))
    assert not likely(store, area("urgun north", admin_unit_id=known["other district"]))


def test_names_of_what_lies_in_no_district(store: Store) -> None:
    put(store, record("organisation", name="Northern Demining Trust"))
    found = likely(store, record("organisation", name="northern demining"))
    assert why(found) == ["Name nearly the same: “Northern Demining Trust”."]


def test_a_spot_that_is_near(store: Store) -> None:
    put(store, area("One", latitude=34.5, longitude=69.1))
    near = likely(store, area("Two", latitude=34.501, longitude=69.1))
    assert why(near) == ["Only 111 metres away."]
    assert not likely(store, area("Three", latitude=34.503, longitude=69.1))


def test_the_same_number_of_another_system(store: Store) -> None:
    put(store, area("One", external_id="IMSMA-7"))
    found = likely(store, area("Two", external_id="IMSMA-7"))
    assert why(found) == ["It has the same number in another system: IMSMA-7."]


def test_the_same_movement_twice(store: Store) -> None:
    of = put(store, record("ordnance_type", name="PMN", family="APM")).id

    def movement(quantity: int) -> Content:
        return record(
            "stock_movement",
            date=DAY,
            kind="opening",
            pool="declared",
            ordnance_type_id=of,
            quantity=quantity,
        )

    put(store, movement(40))
    said = "Same day, same place, and the same amount. Quantity: 40."
    assert why(likely(store, movement(40))) == [said]
    assert not likely(store, movement(41))


def test_a_record_is_not_like_itself_nor_like_a_deleted_one(store: Store) -> None:
    kept = put(store, area("North field", external_id="7"))
    assert not likely(store, kept)
    again = copy_of(forms(), kept)
    assert not likely(store, area("x", external_id="8"))
    assert likely(store, area("x", external_id="7"))
    hide(store, "hazardous_area", [kept.id], "twice")
    assert not likely(store, again)


def test_identities_are_never_looked_through(store: Store) -> None:
    assert not likely(store, record("person_identity"))


def test_a_copy_in_the_made_up_country_finds_the_first(demo: tuple[Store, Reader]) -> None:
    _, reader = demo
    for kind in (
        "hazardous_area",
        "accident",
        "land_activity",
        "survivor_service",
        "stock_movement",
    ):
        known = facts(reader, kind, (), counting=Counting())[3]
        content = copy_of(forms(), open_record(reader, forms(), kind, known["id"]))
        found = likely_duplicates(reader, forms(), content, ENGLISH)
        assert known["id"] in {one.id for one in found}, kind
