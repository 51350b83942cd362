"""The choice lists and the catalogue that come with the program agree with the records."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import Any

import pytest

from mineaction_desktop.domain import vocabulary
from mineaction_desktop.paths import forms_dir, resources_dir
from mineaction_desktop.records import BOOKKEEPING, kinds
from mineaction_desktop.records.reference import OrdnanceType

Entry = dict[str, Any]

LIST_KEYS = {"title", "choices", "open"}
CHOICE_KEYS = {
    "code",
    "label",
    "definition",
    "parent",
    "aliases",
    "base_term",
    "external",
    "active",
}
ENUM_LISTS = {
    "area_class": vocabulary.AreaClass,
    "area_movement_kind": vocabulary.AreaMovementKind,
    "stock_movement_kind": vocabulary.StockMovementKind,
    "stock_pool": vocabulary.StockPool,
    "retained_movement_kind": vocabulary.RetainedMovementKind,
    "review_state": vocabulary.ReviewState,
    "quantity_state": vocabulary.QuantityState,
}
PARENT_LISTS = {
    "eore_activity": "eore_approach",
    "status_reason": "area_status",
    "release_criterion": "area_movement_kind",
}
COLUMNS = OrdnanceType.__table__.c


@cache
def _choice_files() -> dict[str, Entry]:
    paths = sorted((forms_dir() / "choices").glob("*.toml"))
    return {path.name: tomllib.loads(path.read_text(encoding="utf-8")) for path in paths}


@cache
def _lists() -> dict[str, Entry]:
    return {
        name: content
        for file in _choice_files().values()
        for name, content in file.items()
        if name != "format"
    }


@cache
def _types() -> tuple[Entry, ...]:
    path = resources_dir() / "catalogue" / "ordnance_types.toml"
    return tuple(tomllib.loads(path.read_text(encoding="utf-8"))["ordnance_type"])


def _codes(list_name: str) -> list[str]:
    return [choice["code"] for choice in _lists()[list_name]["choices"]]


def _used_lists() -> set[str]:
    return {
        column.info["list"]
        for kind in kinds().values()
        for column in kind.__table__.c
        if "list" in column.info
    }


def _plain(spelling: str) -> str:
    return "".join(letter for letter in spelling.casefold() if letter.isalnum())


def _shared(spellings: Iterator[set[str]]) -> list[str]:
    """Spellings that belong to more than one thing."""
    counts = Counter(spelling for several in spellings for spelling in several)
    return sorted(spelling for spelling, count in counts.items() if count > 1)


def _recognised() -> dict[str, str]:
    return {
        _plain(spelling): entry["local_id"]
        for entry in _types()
        for spelling in (entry["name"], *entry.get("aliases", []))
    }


def test_every_list_of_a_record_exists_and_no_list_lies_idle() -> None:
    entry_forms = (path.read_text(encoding="utf-8") for path in forms_dir().glob("entry/*.toml"))
    text = "".join(entry_forms)
    national = {name for name in _lists() if f'list = "{name}"' in text}
    assert _used_lists() <= set(_lists())
    assert set(_lists()) <= _used_lists() | national


def test_every_file_states_its_format_and_no_list_stands_twice() -> None:
    files = _choice_files()
    assert {file["format"] for file in files.values()} == {1}
    assert not _shared({name for name in file if name != "format"} for file in files.values())


@pytest.mark.parametrize(("name", "codes"), ENUM_LISTS.items())
def test_lists_that_arithmetic_depends_on_equal_their_enum(name: str, codes: type[StrEnum]) -> None:
    assert _codes(name) == [str(code) for code in codes]


@pytest.mark.parametrize("name", sorted(_used_lists()))
def test_a_list_is_well_formed(name: str) -> None:
    content = _lists()[name]
    choices = content["choices"]
    assert set(content) <= LIST_KEYS
    assert content["title"]
    assert choices
    for choice in choices:
        assert set(choice) <= CHOICE_KEYS, choice
        assert choice["label"], choice
        assert choice.get("definition", ".").endswith("."), choice
    labels = Counter(choice["label"] for choice in choices)
    assert max(labels.values()) == 1, labels


@pytest.mark.parametrize("name", sorted(_used_lists()))
def test_a_spelling_names_one_choice_only(name: str) -> None:
    shared = _shared(
        {
            _plain(spelling)
            for spelling in (
                choice["code"],
                choice["label"],
                choice.get("base_term", choice["code"]),
                choice.get("external", choice["code"]),
                *choice.get("aliases", []),
            )
        }
        for choice in _lists()[name]["choices"]
    )
    assert not shared


@pytest.mark.parametrize(("name", "parent_list"), PARENT_LISTS.items())
def test_parents_are_codes_of_the_list_that_filters(name: str, parent_list: str) -> None:
    parents = {choice.get("parent") for choice in _lists()[name]["choices"]} - {None}
    assert parents
    assert parents <= set(_codes(parent_list))


def test_evidence_is_direct_or_indirect_and_nothing_else_has_a_parent() -> None:
    evidence = {choice.get("parent") for choice in _lists()["evidence_kind"]["choices"]}
    assert evidence == {"direct", "indirect"}
    with_parent = {
        name
        for name, content in _lists().items()
        if any("parent" in choice for choice in content["choices"])
    }
    assert with_parent == {*PARENT_LISTS, "evidence_kind"}


def test_age_bands_cover_every_age_once_and_none_crosses_eighteen() -> None:
    bands = [code for code in _codes("age_band") if code != "unknown"]
    starts = [int(code.removeprefix("a").split("_")[0]) for code in bands]
    ends = [code.split("_")[1] for code in bands]
    assert starts[0] == 0
    assert 18 in starts
    assert ends[-1] == "plus"
    assert [int(end) + 1 for end in ends[:-1]] == starts[1:]


def test_families_that_the_convention_counts_are_in_the_list() -> None:
    assert set(vocabulary.AP_FAMILIES) <= set(_codes("ordnance_family"))


@pytest.mark.parametrize("entry", _types(), ids=lambda entry: str(entry["local_id"]))
def test_a_catalogue_entry_fits_the_record(entry: Entry) -> None:
    assert set(entry) <= {column.name for column in COLUMNS} - set(BOOKKEEPING)
    assert {"local_id", "name", "family"} <= set(entry)
    for key, value in entry.items():
        info = COLUMNS[key].info
        if "list" in info:
            values = value if info["type"] == "choices" else [value]
            assert set(values) <= set(_codes(info["list"])), key
        if "minimum" in info:
            assert value > info["minimum"], key


@pytest.mark.parametrize("entry", _types(), ids=lambda entry: str(entry["local_id"]))
def test_values_are_plausible(entry: Entry) -> None:
    charge, mass = entry.get("explosive_g"), entry.get("mass_g")
    if charge is not None:
        assert 10 <= charge <= 15_000
        assert "confidence" in entry, "a value says how far it can be trusted"
        assert not entry.get("is_container"), "a container has no charge of its own"
    if charge is not None and mass is not None:
        assert charge < mass
    assert not (entry.get("command_only") and entry.get("victim_activated"))


def test_ids_are_unique_and_a_spelling_names_one_type_only() -> None:
    assert not _shared({_plain(entry["local_id"])} for entry in _types())
    assert not _shared(
        {_plain(spelling) for spelling in (entry["name"], *entry.get("aliases", []))}
        for entry in _types()
    )


def test_an_id_is_never_the_spelling_of_another_type() -> None:
    recognised = _recognised()
    for entry in _types():
        assert recognised.get(_plain(entry["local_id"]), entry["local_id"]) == entry["local_id"]


@pytest.mark.parametrize(
    ("written", "local_id"),
    [
        ("M 14", "M14"),
        ("M 16 E3", "M16E3"),
        ("M16 E3", "M16E3"),
        ("M16", "M16"),
        ("M2 A4 B2", "M2A4B2"),
        ("M 26", "M26"),
        ("VAR 40", "VAR-40"),
        ("Type 72", "TYPE-72"),
        ("Type 69", "TYPE-69"),
        ("PMN", "PMN"),
        ("ПМН", "PMN"),
        ("PMA 2", "PMA-2"),
        ("ПМА-2", "PMA-2"),
        ("ПОМЗ-2М", "POMZ-2M"),
        ("Model 51", "MI-AP-ID-51"),
        ("unknown", "UNKNOWN"),
    ],
)
def test_spellings_of_published_reports_are_recognised(written: str, local_id: str) -> None:
    assert _recognised()[_plain(written)] == local_id


def test_every_family_has_a_general_entry() -> None:
    general = Counter(entry["family"] for entry in _types() if "origin_country" not in entry)
    assert general == dict.fromkeys(_codes("ordnance_family"), 1)


def test_containers_say_so_and_are_the_two_that_are_known() -> None:
    containers = {entry["local_id"] for entry in _types() if entry.get("is_container")}
    assert containers == {"KSF-1", "KPOM-2"}
