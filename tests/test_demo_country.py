from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.deadlines import (
    entry_into_force,
    mined_area_deadline,
    stockpile_deadline,
)
from mineaction_desktop.domain.ledger import LedgerRules, Movement, balances, totals
from mineaction_desktop.domain.periods import Period
from mineaction_desktop.domain.vocabulary import LAND, RETAINED, STOCK
from mineaction_desktop.formdef.catalogue import load_catalogue
from mineaction_desktop.formdef.checking import validate
from mineaction_desktop.records import BOOKKEEPING, kinds
from mineaction_desktop.services.demo import generate
from mineaction_desktop.services.demo.country import (
    CENTRE,
    ISO3,
    KM_PER_DEGREE_EAST,
    KM_PER_DEGREE_NORTH,
    districts,
    feature_collection,
    provinces,
)
from mineaction_desktop.services.demo.geometry import ground_area, inside
from mineaction_desktop.services.demo.workdays import position

Row = dict[str, Any]
Register = dict[str, list[Row]]

SEEDS = (1, 2, 7)
EVERY_SEED = pytest.mark.parametrize("seed", SEEDS)
YEARS = range(2021, 2026)
LAST_DAY = date(2025, 12, 31)
DAY_OF_CHECK = date(2026, 1, 20)


@cache
def register(seed: int, records: int | None = None) -> Register:
    found: Register = defaultdict(list)
    for kind, rows in generate(seed, records):
        found[kind] += rows
    return dict(found)


def counted(rows: list[Row]) -> Iterator[Row]:
    return (row for row in rows if row["review_state"] != "rejected")


def movements(rows: list[Row], account: Callable[[Row], tuple[str | None, ...]]) -> list[Movement]:
    return [
        Movement(
            row["id"],
            row["date"].last,
            account(row),
            row["kind"],
            row["area_m2"] if "area_m2" in row else row["quantity"],
        )
        for row in counted(rows)
    ]


def land(seed: int, records: int | None = None) -> list[Movement]:
    return movements(
        register(seed, records)["area_movement"],
        lambda row: (row["hazardous_area_id"], row["area_class"]),
    )


def stock(seed: int) -> list[Movement]:
    return movements(
        register(seed)["stock_movement"],
        lambda row: (row["pool"], row["ordnance_type_id"], row["lot"], row["holder_id"]),
    )


def retained(seed: int) -> list[Movement]:
    return movements(
        register(seed)["retained_movement"],
        lambda row: (
            row["organisation_id"],
            row["ordnance_type_id"],
            row["lot"],
            row["condition"],
        ),
    )


def lowest(rules: LedgerRules, entries: list[Movement]) -> int:
    """The lowest balance that any account has at the end of any day."""
    by_day: dict[tuple[object, date], int] = defaultdict(int)
    for entry in entries:
        by_day[entry.account, entry.on] += rules.signs[entry.kind] * entry.quantity
    left: dict[object, int] = defaultdict(int)
    low = 0
    for account, day in sorted(by_day, key=lambda key: key[1]):
        left[account] += by_day[account, day]
        low = min(low, left[account])
    return low


def closing(rules: LedgerRules, entries: list[Movement], day: date) -> dict[Any, int]:
    period = Period(date(1990, 1, 1), day)
    return {part.account: part.closing for part in balances(rules, totals(entries, period))}


def remaining_by_area(seed: int, records: int | None = None) -> dict[str, int]:
    left: dict[str, int] = defaultdict(int)
    for (area, _), amount in closing(LAND, land(seed, records), LAST_DAY).items():
        left[area] += amount
    return left


def released(seed: int, year: int) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for entry in land(seed):
        if entry.on.year == year:
            found[entry.kind] += entry.quantity
    return found


def corners(seed: int) -> dict[str, list[tuple[float, float]]]:
    rings: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for point in register(seed)["area_point"]:
        if point["ring"] == 1:
            rings[point["hazardous_area_id"]].append((point["latitude"], point["longitude"]))
    return rings


def kilometres(place: tuple[float, float]) -> tuple[float, float]:
    return (
        (place[1] - CENTRE[1]) * KM_PER_DEGREE_EAST,
        (place[0] - CENTRE[0]) * KM_PER_DEGREE_NORTH,
    )


# The stream ------------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_rows_and_another_seed_does_not() -> None:
    again: Register = defaultdict(list)
    for kind, rows in generate(1):
        again[kind] += rows
    assert again == register(1)
    assert [row["id"] for row in register(2)["area_movement"]] != [
        row["id"] for row in register(1)["area_movement"]
    ]
    assert lengths(2) != lengths(1)


def lengths(seed: int) -> list[int]:
    return [row["area_m2"] for row in register(seed)["area_movement"]]


@EVERY_SEED
def test_every_link_points_to_a_row_that_came_before(seed: int) -> None:
    links = {
        (name, column.name): column.info["link"]
        for name, kind in kinds().items()
        for column in kind.__table__.columns
        if column.info.get("type") == "link"
    }
    seen: dict[str, set[str]] = defaultdict(set)
    for kind, rows in generate(seed):
        for row in rows:
            for name, value in row.items():
                if value is not None and (kind, name) in links:
                    assert value in seen[links[kind, name]], (kind, name)
            assert row["id"] not in seen[kind]
            seen[kind].add(str(row["id"]))


@EVERY_SEED
def test_ids_are_of_version_seven_and_sort_by_creation(seed: int) -> None:
    for kind, rows in register(seed).items():
        ids = [row["id"] for row in rows]
        assert ids == sorted(ids), kind
        assert {uuid.UUID(text).version for text in ids} == {7}
        numbers = [row["local_id"] for row in rows]
        assert len(set(numbers)) == len(numbers), kind


@EVERY_SEED
def test_every_row_passes_the_checks_of_its_own_form(seed: int) -> None:
    catalogue = load_catalogue()
    found = [
        (kind, row["local_id"], problem.code, problem.place.field, problem.message.render())
        for kind, rows in register(seed).items()
        if kind != "ordnance_type"  # the catalogue has a test of its own
        for row in rows
        for problem in validate(catalogue.form(kind), row, today=DAY_OF_CHECK)
    ]
    assert found == []


@EVERY_SEED
def test_every_column_and_every_code_exists(seed: int) -> None:
    catalogue = load_catalogue()
    for kind, rows in register(seed).items():
        columns = kinds()[kind].__table__.columns
        for name in {name for row in rows for name in row}:
            info = columns[name].info
            if info.get("type") in ("choice", "choices"):
                values = [row[name] for row in rows if row.get(name) is not None]
                codes = {code for value in values for code in as_list(value)}
                known = catalogue.choices(info["list"])
                assert [code for code in codes if code not in known] == [], (kind, name)
            else:
                assert name not in BOOKKEEPING or name == "id"


def as_list(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


# The three ledgers -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rules", "entries"), [(LAND, land), (STOCK, stock), (RETAINED, retained)], ids=lambda _: ""
)
@EVERY_SEED
def test_no_balance_is_ever_negative_and_years_join(
    seed: int, rules: LedgerRules, entries: Callable[[int], list[Movement]]
) -> None:
    book = entries(seed)
    assert lowest(rules, book) == 0
    for year in YEARS[1:]:
        opened = {
            part.account: part.opening
            for part in balances(rules, totals(book, Period.of_year(year)))
        }
        closed = closing(rules, book, date(year - 1, 12, 31))
        assert {account: left for account, left in opened.items() if left} == {
            account: left for account, left in closed.items() if left
        }


@EVERY_SEED
def test_areas_are_finished_exactly_when_nothing_is_left(seed: int) -> None:
    left = remaining_by_area(seed)
    finished = {"released", "handed_over", "closed_admin"}
    for area in register(seed)["hazardous_area"]:
        assert (left[area["id"]] == 0) == (area["status"] in finished), area["name"]


@EVERY_SEED
def test_what_is_divided_joined_or_confirmed_keeps_its_measure(seed: int) -> None:
    sums: dict[tuple[date, str], int] = defaultdict(int)
    for entry in land(seed):
        sums[entry.on, entry.kind] += entry.quantity
    for (day, kind), amount in sums.items():
        if kind == "transferred_out":
            assert sums[day, "transferred_in"] == amount
        if kind == "converted":
            assert 0 < sums[day, "confirmed"] < amount
    links = register(seed)["area_link"]
    assert {link["relation"] for link in links} == {"split", "merged"}
    areas = {area["id"]: area for area in register(seed)["hazardous_area"]}
    for link in links:
        after, before = areas[link["hazardous_area_id"]], areas[link["predecessor_id"]]
        assert after["admin_unit_id"] == before["admin_unit_id"]


@EVERY_SEED
def test_stock_is_gone_before_the_deadline_and_the_late_find_within_six_months(seed: int) -> None:
    state = register(seed)["state_profile"][0]
    book = stock(seed)
    assert sum(closing(STOCK, book, date(2006, 12, 31)).values()) > 20_000
    assert state["article4_completed_on"].year == 2008
    assert state["article4_completed_on"] <= stockpile_deadline(state["entry_into_force"])
    assert set(closing(STOCK, book, state["article4_completed_on"]).values()) == {0}
    found = [entry for entry in book if entry.kind == "found"]
    assert {entry.account[0] for entry in found} == {"found_late"}
    assert {entry.on.year for entry in found} == {2024}
    at_new_year = sum(closing(STOCK, book, date(2024, 12, 31)).values())
    assert 0 < at_new_year < sum(entry.quantity for entry in found)
    half_a_year_later = found[0].on + timedelta(days=182)
    assert set(closing(STOCK, book, half_a_year_later).values()) == {0}


@EVERY_SEED
def test_what_stock_set_aside_is_what_institutions_received(seed: int) -> None:
    given: Counter[tuple[Any, Any]] = Counter()
    for row in register(seed)["stock_movement"]:
        if row["kind"] == "set_aside":
            given[row["ordnance_type_id"], row["lot"]] += row["quantity"]
    taken: Counter[tuple[Any, Any]] = Counter()
    for row in register(seed)["retained_movement"]:
        if row["kind"] == "set_aside_from_stock":
            taken[row["ordnance_type_id"], row["lot"]] += row["quantity"]
    assert given == taken
    assert None in {lot for _, lot in taken}


@EVERY_SEED
def test_retained_mines_are_used_and_every_use_is_accounted_for(seed: int) -> None:
    rows = register(seed)["retained_movement"]
    uses = {use["id"]: use for use in register(seed)["retained_use"]}
    assert len({row["organisation_id"] for row in rows}) == 4
    used: Counter[str] = Counter()
    for row in rows:
        if row["kind"].startswith("consumed"):
            assert uses[row["use_id"]]["period"].text == row["date"].text[:4]
            used[row["use_id"]] += row["quantity"]
    actual = {use_id for use_id, use in uses.items() if use["phase"] == "actual"}
    assert {use_id: uses[use_id]["quantity"] for use_id in actual} == dict(used)
    kinds_used = Counter(row["kind"] for row in rows)
    assert kinds_used["transferred_out_training"] == kinds_used["received_transfer"] == 1
    assert kinds_used["destroyed_surplus"] == kinds_used["lifted_from_minefield"] == 1
    held = sum(closing(RETAINED, retained(seed), LAST_DAY).values())
    assert 200 < held < register(seed)["state_profile"][0]["retained_ceiling"]
    planned = {use["period"].text for use in uses.values() if use["phase"] == "planned"}
    assert planned == {str(year) for year in (*YEARS, 2026)}


@EVERY_SEED
def test_a_mine_kept_for_training_is_not_counted_as_destroyed(seed: int) -> None:
    kept = [row for row in register(seed)["device_found"] if row.get("retained")]
    lifted = [
        row for row in register(seed)["retained_movement"] if row["kind"] == "lifted_from_minefield"
    ]
    assert [row["retained"] for row in kept] == [row["quantity"] for row in lifted]
    assert kept[0]["ordnance_type_id"] == lifted[0]["ordnance_type_id"]
    for row in register(seed)["device_found"]:
        gone = row["destroyed"] + (row.get("retained") or 0) + (row.get("handed_over") or 0)
        assert gone == row["quantity"]


# What there is ---------------------------------------------------------------------------------


@EVERY_SEED
def test_the_register_is_rich(seed: int) -> None:
    found = register(seed)
    assert len(found["hazardous_area"]) >= 60
    assert len(found["area_movement"]) >= 1000
    assert {row["kind"] for row in found["area_movement"]} == set(LAND.signs)
    assert {area["area_class"] for area in found["hazardous_area"]} == {"SHA", "CHA"}
    statuses = {area["status"] for area in found["hazardous_area"]}
    assert statuses >= {"open", "worked_on", "suspended", "handed_over", "closed_admin"}
    new = {row["date"].last.year for row in found["area_movement"] if row["kind"] == "new"}
    assert len(new) >= 4
    assert 60 <= len(found["accident"]) <= 120
    assert len(found["eore_session"]) >= 200
    assert any(row.get("estimated_audience") for row in found["eore_session"])
    assert {row["mode"] for row in found["survivor_service"]} == {"person", "aggregate"}
    assert {row["direction"] for row in found["funding"]} == {
        "national",
        "received",
        "provided",
        "needed",
    }
    assert {row["year"] for row in found["milestone"]} >= set(YEARS)
    assert any(row["penal_sanctions"] == "yes" for row in found["legal_measure"])
    assert [row["status"] for row in found["production_facility"]] == ["completed"]
    assert {row["consent"] for row in found["survivor"]} >= {"given", "refused"}


@EVERY_SEED
def test_every_area_has_points_evidence_contamination_and_a_history(seed: int) -> None:
    found = register(seed)
    areas = {area["id"] for area in found["hazardous_area"]}
    for kind in ("area_point", "area_evidence", "contamination", "area_status_change"):
        assert {row["hazardous_area_id"] for row in found[kind]} == areas, kind
    last_status = {row["hazardous_area_id"]: row["status"] for row in found["area_status_change"]}
    for area in found["hazardous_area"]:
        assert last_status[area["id"]] == area["status"]
    for area in areas:
        points = [row for row in found["area_point"] if row["hazardous_area_id"] == area]
        assert [row["position"] for row in points] == list(range(1, len(points) + 1))
        assert [row["point_kind"] for row in points[:3]] == [
            "reference_point",
            "benchmark",
            "start_point",
        ]
        assert {row["point_kind"] for row in points[3:]} == {"turning_point"}


@EVERY_SEED
def test_confirmed_areas_have_direct_evidence(seed: int) -> None:
    parents = {choice.code: choice.parent for choice in load_catalogue().choices("evidence_kind")}
    direct = {
        row["hazardous_area_id"]
        for row in register(seed)["area_evidence"]
        if parents[row["kind"]] == "direct"
    }
    for area in register(seed)["hazardous_area"]:
        assert area["id"] in direct or area["area_class"] == "SHA"


@EVERY_SEED
def test_nobody_in_the_register_has_a_name(seed: int) -> None:
    assert "person_identity" not in register(seed)


@EVERY_SEED
def test_a_few_records_await_review_and_a_few_were_rejected(seed: int) -> None:
    states = Counter(row["review_state"] for rows in register(seed).values() for row in rows)
    assert set(states) == {"accepted", "entered", "rejected"}
    assert states["rejected"] == 3
    assert 0 < states["entered"] < 60
    for rows in register(seed).values():
        for row in rows:
            assert row["review_state"] != "entered" or row["date"].last.year == 2025


# What the field would call plausible -----------------------------------------------------------


@EVERY_SEED
def test_less_remains_every_year(seed: int) -> None:
    left = [sum(closing(LAND, land(seed), date(year, 12, 31)).values()) for year in (2020, *YEARS)]
    assert left == sorted(left, reverse=True)
    assert 4_000_000 < left[0] < 10_000_000
    assert 1_000_000 < left[-1] < left[0] / 2


@EVERY_SEED
def test_release_follows_the_usual_proportions(seed: int) -> None:
    whole: Counter[str] = Counter()
    for year in YEARS:
        done = released(seed, year)
        assert min(done["cleared"], done["reduced"]) > 50_000, year
        whole.update(done)
    release = whole["cancelled"] + whole["reduced"] + whole["cleared"]
    assert 0.25 < whole["cleared"] / release < 0.6
    assert 0.15 < whole["reduced"] / release < 0.45
    assert 0.2 < whole["cancelled"] / release < 0.5


@EVERY_SEED
def test_clearance_finds_a_plausible_number_of_mines(seed: int) -> None:
    for year in YEARS:
        mines = sum(
            row["quantity"]
            for row in register(seed)["device_found"]
            if row["date"].last.year == year and row["family"] in ("APM", "APM_IMP")
        )
        hectares = released(seed, year)["cleared"] / 10_000
        assert 5 < mines / hectares < 50, year


@EVERY_SEED
def test_teams_clear_at_a_human_pace_and_one_place_at_a_time(seed: int) -> None:
    work = [
        row
        for row in register(seed)["land_activity"]
        if row["kind"] in ("clearance_manual", "technical_survey")
    ]
    cleared: Counter[str] = Counter()
    last: dict[str, date] = {}
    for row in counted(register(seed)["area_movement"]):
        if row["kind"] == "cleared":
            cleared[row["activity_id"]] += row["area_m2"]
            last[row["activity_id"]] = row["date"].last
    for row in work:
        if row["kind"] == "clearance_manual":
            days = position(last[row["id"]]) + 1 - position(row["start_date"].first)
            assert 8 * 20 < cleared[row["id"]] / days < 12 * 60
    by_team: dict[str, list[Row]] = defaultdict(list)
    for row in work:
        if row["team"].startswith("Team"):
            by_team[row["organisation_id"] + row["team"]].append(row)
    for tasks in by_team.values():
        tasks.sort(key=lambda row: row["start_date"].first)
        for before, after in pairwise(tasks):
            assert before["end_date"].last < after["start_date"].first


@EVERY_SEED
def test_accidents_become_fewer_and_headers_agree_with_persons(seed: int) -> None:
    found = register(seed)
    persons: dict[str, Counter[str]] = defaultdict(Counter)
    for row in found["casualty"]:
        persons[row["accident_id"]][row["outcome"]] += 1
    by_year: Counter[int] = Counter()
    for row in counted(found["accident"]):
        by_year[row["date"].last.year] += 1
        outcomes = persons[row["id"]]
        assert row["killed"] == outcomes["killed"] + outcomes["died_later"]
        assert row["injured"] == outcomes["injured"]
    assert sorted(by_year) == list(range(2015, 2026))
    assert by_year[2025] < by_year[2020] < by_year[2015]


@EVERY_SEED
def test_nobody_is_served_before_being_registered(seed: int) -> None:
    registered = {row["id"]: row["registered_on"].last for row in register(seed)["survivor"]}
    for kind in ("survivor_service", "referral"):
        for row in register(seed)[kind]:
            if row.get("survivor_id"):
                assert row["date"].first >= registered[row["survivor_id"]]


PLANNED = {
    ("retained_use", "period"),
    ("funding", "period"),
    ("commitment", "target_date"),
    ("destruction_programme", "planned_end"),
    ("organisation", "accredited_until"),
    ("extension", "requested_until"),
    ("extension", "granted_until"),
    ("survivor", "review_on"),
    ("nonconformity", "due_on"),
}


@EVERY_SEED
def test_nothing_has_happened_after_the_last_year(seed: int) -> None:
    for kind, rows in register(seed).items():
        for row in rows:
            for name, value in row.items():
                if (kind, name) in PLANNED:
                    continue
                if isinstance(value, PartialDate):
                    assert value.last <= LAST_DAY, (kind, name)
                elif isinstance(value, date):
                    assert value <= LAST_DAY, (kind, name)


# The country -----------------------------------------------------------------------------------


def test_the_deadlines_follow_from_the_treaty() -> None:
    state, extensions = register(1)["state_profile"][0], register(1)["extension"]
    assert state["entry_into_force"] == entry_into_force(state["deposited_on"])
    due = mined_area_deadline(state["entry_into_force"])
    for extension in extensions:
        assert extension["requested_on"] < extension["decided_on"] < due
        assert due < extension["granted_until"] <= due.replace(year=due.year + 10)
        due = extension["granted_until"]
    assert due > LAST_DAY.replace(year=LAST_DAY.year + 2)
    assert len(extensions) == 2


def test_the_code_is_one_that_no_country_can_have() -> None:
    assert "XAA" <= ISO3 <= "XZZ"
    assert ISO3 not in load_catalogue().choices("country")


def test_provinces_and_districts_tile_the_island() -> None:
    assert len(provinces()) == 6
    for province in provinces():
        parts = [unit for unit in districts() if unit.parent == province.code]
        assert 3 <= len(parts) <= 5
        assert sum(part.area_km2 for part in parts) == pytest.approx(province.area_km2, abs=5)
    for east in range(-110, 111, 13):
        for north in range(-80, 81, 11):
            homes = [unit for unit in districts() if inside(unit.border, (east, north))]
            lands = [unit for unit in provinces() if inside(unit.border, (east, north))]
            assert len(homes) == len(lands) <= 1
            assert [home.parent for home in homes] == [land_.code for land_ in lands]


def test_the_island_lies_in_empty_ocean_inside_the_box_of_the_state() -> None:
    state = register(1)["state_profile"][0]
    collection = feature_collection()["features"]
    assert isinstance(collection, list)
    assert len(collection) == len(provinces()) + len(districts())
    for feature in collection:
        ring = feature["geometry"]["coordinates"][0]
        assert ring[0] == ring[-1]
        for longitude, latitude in ring:
            assert -52 < state["south"] < latitude < state["north"] < -48
            assert -131 < state["west"] < longitude < state["east"] < -125


@EVERY_SEED
def test_areas_lie_inside_their_district_and_measure_what_was_reported(seed: int) -> None:
    codes = {row["id"]: row["code"] for row in register(seed)["admin_unit"]}
    units = {unit.code: unit for unit in districts()}
    entered: dict[str, int] = {}
    for row in register(seed)["area_movement"]:
        if row["kind"] in ("opening", "new", "transferred_in"):
            entered[row["hazardous_area_id"]] = row["area_m2"]
    rings = corners(seed)
    for area in register(seed)["hazardous_area"]:
        ring = rings[area["id"]]
        border = units[codes[area["admin_unit_id"]]].border
        assert all(inside(border, kilometres(corner)) for corner in ring), area["name"]
        assert ground_area(ring) == pytest.approx(entered[area["id"]], rel=0.02)
        assert area["area_computed_m2"] == round(ground_area(ring))


def test_admin_units_add_up() -> None:
    rows = {row["id"]: row for row in register(1)["admin_unit"]}
    for province in (row for row in rows.values() if row["level"] == 1):
        parts = [row for row in rows.values() if row["parent_id"] == province["id"]]
        for name in ("area_km2", "population"):
            assert sum(row[name] for row in parts) == province[name]
    whole = sum(row["area_km2"] for row in rows.values() if row["level"] == 1)
    assert register(1)["state_profile"][0]["land_area_km2"] == whole


# Larger registers ------------------------------------------------------------------------------


@pytest.mark.parametrize(("seed", "records"), [(1, 30_000), (5, 45_000)])
def test_a_larger_register_grows_in_the_land_ledger_and_stays_sound(
    seed: int, records: int
) -> None:
    found = register(seed, records)
    size = sum(map(len, found.values()))
    assert size == pytest.approx(records, rel=0.1)
    assert len(found["area_movement"]) > size * 0.75
    assert lowest(LAND, land(seed, records)) == 0
    left = remaining_by_area(seed, records)
    finished = {"released", "handed_over", "closed_admin"}
    for area in found["hazardous_area"]:
        assert (left[area["id"]] == 0) == (area["status"] in finished)
    years = {row["date"].last.year for row in found["area_movement"]}
    assert years == {2020, *YEARS}
    assert len(found["accident"]) == len(register(seed)["accident"])


def test_a_large_register_comes_in_small_parts_with_the_ledger_above_all() -> None:
    size = ledger = 0
    for kind, rows in generate(1, 120_000):
        assert 0 < len(rows) <= 10_000
        size += len(rows)
        ledger += len(rows) if kind == "area_movement" else 0
    assert size == pytest.approx(120_000, rel=0.05)
    assert ledger > size * 0.9


def test_a_number_below_the_ordinary_size_changes_nothing() -> None:
    assert register(1, 500) == register(1)
