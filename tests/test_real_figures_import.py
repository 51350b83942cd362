"""Figures as two States published them go in with a mapping file, and nothing is invented."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from registers import new_store

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.services.importing import ImportResult, import_table
from mineaction_desktop.services.registers import catalogue_rows
from mineaction_desktop.storage.queries import Counting, Fact, facts
from mineaction_desktop.storage.store import Store

REAL = Path(__file__).parent / "real"
THAILAND = REAL / "thailand-2019"
ZIMBABWE = REAL / "zimbabwe-2014-2017"

RETAINED = [
    ("RTAFOD", "M14", "M 14", 575, "LOT.NO.LOP-15-32"),
    ("RTAOD", "M26", "M 26", 1601, None),
    ("RTAOD", "Type 72", None, 94, None),
    ("RTAOD", "PMN", None, 4, None),
    ("RTAOD", "Type 69", None, 800, None),
    ("TBPPH", "M14", "M 14", 12, None),
    ("TBPPH", "M16E3", "M 16 E3", 7, None),
    ("TBPPH", "VAR-40", "VAR 40", 20, None),
    ("TBPPH", "M2A4B2", "M2 A4 B2", 20, None),
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as found:
        with found.write() as writer:
            writer.add_rows("ordnance_type", catalogue_rows())
        yield found


def _facts(store: Store, kind: str) -> list[Fact]:
    with store.read() as reader:
        return facts(reader, kind, counting=Counting())


def _names(store: Store, kind: str) -> dict[str, str]:
    return {fact["id"]: fact["name"] for fact in _facts(store, kind)}


def _import(store: Store, file: Path, mapping: str) -> ImportResult:
    result = import_table(store, file, mapping=REAL / f"{mapping}.toml")
    assert result.skipped == 0
    return result


def _retained(store: Store, kind: str) -> list[tuple[object, ...]]:
    holders, types = _names(store, "organisation"), _names(store, "ordnance_type")
    return [
        (
            holders[fact["organisation_id"]],
            types[fact["ordnance_type_id"]],
            fact["ordnance_type_written"],
            fact["quantity"],
            fact["lot"],
        )
        for fact in _facts(store, "retained_movement")
        if fact["kind"] == kind
    ]


def test_thailand_opening_stands_in_the_published_order(store: Store) -> None:
    result = _import(store, THAILAND / "retained.csv", "thailand_retained")
    assert result.created == {"organisation": 3, "retained_movement": 9}
    assert _retained(store, "opening") == RETAINED
    dates = {fact["date"] for fact in _facts(store, "retained_movement")}
    assert dates == {PartialDate.parse("2018-12-30")}
    assert {tuple(fact["roles"]) for fact in _facts(store, "organisation")} == {("holder",)}


def test_thailand_destruction_finds_what_the_opening_made(store: Store) -> None:
    _import(store, THAILAND / "retained.csv", "thailand_retained")
    result = _import(store, THAILAND / "destruction.csv", "thailand_destruction")
    assert result.created == {"retained_movement": 9}
    assert _retained(store, "destroyed_surplus") == RETAINED
    assert sum(row[3] for row in RETAINED) == 3133
    days = {str(f["date"]) for f in _facts(store, "retained_movement") if f["kind"] != "opening"}
    assert days == {"2019-08-06"}


def _movements(store: Store, kind: str) -> dict[str | None, tuple[int, str]]:
    areas = _names(store, "hazardous_area")
    return {
        areas.get(fact["hazardous_area_id"]): (fact["area_m2"], str(fact["date"]))
        for fact in _facts(store, "area_movement")
        if fact["kind"] == kind
    }


def _links(store: Store) -> set[tuple[str, str, str]]:
    areas = _names(store, "hazardous_area")
    return {
        (areas[fact["hazardous_area_id"]], fact["relation"], areas[fact["predecessor_id"]])
        for fact in _facts(store, "area_link")
    }


IN_2014 = {
    "Musengezi to Rwenya": 28_025_706,
    "Sango Border Post to Crooks Corner": 13_600_000,
    "Rusitu to Muzite Mission": 15_000_000,
    "Sheba Forest to Beacon Hill": 5_000_000,
    "Burma Valley": 806_000,
    "Lusulu": 560_000,
}
IN_2017 = {
    "Musengezi to Mazowe": 11_784_543,
    "Mazowe to Rwenya": 11_802_059,
    "Mwenezi to Sango Border Post, Sector 3": 16_508_588,
    "Mwenezi to Sango Border Post, Sector 4": 7_196_038,
    "Rusitu to Muzite Mission": 8_550_808,
    "Leacon Hill to Sheba Forest": 5_895_954,
    "Lusulu": 56_000,
}
SPLITS = {
    ("Musengezi to Mazowe", "split", "Musengezi to Rwenya"),
    ("Mazowe to Rwenya", "split", "Musengezi to Rwenya"),
    (
        "Mwenezi to Sango Border Post, Sector 3",
        "split",
        "Sango Border Post to Crooks Corner",
    ),
    (
        "Mwenezi to Sango Border Post, Sector 4",
        "split",
        "Sango Border Post to Crooks Corner",
    ),
}


def test_zimbabwe_2014_opens_six_rows_that_stand_for_199_areas(store: Store) -> None:
    result = _import(store, ZIMBABWE / "areas_2014.csv", "zimbabwe_areas_2014")
    assert result.created == {"hazardous_area": 6, "area_movement": 6}
    areas = _facts(store, "hazardous_area")
    assert [fact["name"] for fact in areas] == list(IN_2014)
    assert sum(fact["number_of_areas"] for fact in areas) == 199
    assert {fact["area_class"] for fact in areas} == {"CHA"}
    assert _movements(store, "opening") == {n: (a, "2014-12-31") for n, a in IN_2014.items()}
    assert sum(IN_2014.values()) == 62_991_706


def test_zimbabwe_2017_alone_makes_the_areas_that_others_came_from(store: Store) -> None:
    _import(store, ZIMBABWE / "areas_2017.csv", "zimbabwe_areas_2017")
    assert _movements(store, "opening") == {n: (a, "2017-12-31") for n, a in IN_2017.items()}
    assert sum(IN_2017.values()) == 61_793_990
    assert _links(store) == SPLITS
    status = {fact["name"]: fact["status"] for fact in _facts(store, "hazardous_area")}
    assert status == dict.fromkeys(IN_2017) | {
        "Musengezi to Rwenya": "closed_admin",
        "Sango Border Post to Crooks Corner": "closed_admin",
    }


def test_zimbabwe_2017_into_the_register_of_2014_only_counts(store: Store) -> None:
    _import(store, ZIMBABWE / "areas_2014.csv", "zimbabwe_areas_2014")
    result = _import(store, ZIMBABWE / "areas_2017.csv", "zimbabwe_counted_2017")
    assert result.created == {"hazardous_area": 5, "area_movement": 7, "area_link": 4}
    assert result.unchanged == {"hazardous_area": 2}
    assert _movements(store, "counted") == {n: (a, "2017-12-31") for n, a in IN_2017.items()}
    kinds = {fact["kind"] for fact in _facts(store, "area_movement")}
    assert kinds == {"opening", "counted"}
    assert _links(store) == SPLITS


def test_a_possible_rename_is_offered_and_nothing_is_merged(store: Store) -> None:
    _import(store, ZIMBABWE / "areas_2014.csv", "zimbabwe_areas_2014")
    result = _import(store, ZIMBABWE / "areas_2017.csv", "zimbabwe_counted_2017")
    assert [(one.values["new"], one.values["known"]) for one in result.notices] == [
        ("Leacon Hill to Sheba Forest", "Sheba Forest to Beacon Hill")
    ]
    names = _names(store, "hazardous_area").values()
    assert {"Leacon Hill to Sheba Forest", "Sheba Forest to Beacon Hill"} <= set(names)


def test_zimbabwe_land_release_becomes_national_rows_in_square_metres(store: Store) -> None:
    result = _import(store, ZIMBABWE / "land_release_2017.csv", "zimbabwe_land_release_2017")
    assert result.created == {"area_movement": 6}
    rows = [
        (fact["kind"], fact["area_m2"], str(fact["date"]), fact["hazardous_area_id"])
        for fact in _facts(store, "area_movement")
    ]
    assert rows == [
        ("opening", 66_000_000, "2016-12-31", None),
        ("cancelled", 1_770_000, "2017", None),
        ("reduced", 2_790_000, "2017", None),
        ("cleared", 1_660_000, "2017", None),
        ("new", 1_800_000, "2017", None),
        ("counted", 61_790_000, "2017-12-31", None),
    ]
