"""A check of a year speaks of records of that year and of what lasts into it, of nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
from rule_cases import PERSON, Build, Register, case, made_store

from mineaction_desktop.domain.periods import Period
from mineaction_desktop.rules.catalogue import ALL_RULES
from mineaction_desktop.rules.model import Case
from mineaction_desktop.storage.store import Store
from mineaction_desktop.storage.view import View

BY_CODE = {rule.code: rule for rule in ALL_RULES}
YEARS = range(2020, 2026)
TODAY = datetime.now(UTC).date()
NEXT_YEAR = TODAY + timedelta(days=366)
ABROAD: Mapping[str, object] = {"latitude": 15.0, "longitude": 55.0}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with made_store(tmp_path_factory.mktemp("years")) as made:
        yield made


def one(kind: str, /, **values: object) -> Build:
    return lambda register: register.add(kind, **values)


def several(*builds: Build) -> Build:
    return lambda register: [build(register) for build in builds]


def work(start: str, end: str | None, **values: object) -> Build:
    given = {"kind": "clearance", "hazardous_area_id": "area", **values}
    return one("land_activity", start_date=start, end_date=end, **given)


def moved(area: str, kind: str, area_m2: int, day: str, **values: object) -> Build:
    given = {"hazardous_area_id": area, "area_class": "CHA", **values}
    return one("area_movement", kind=kind, area_m2=area_m2, date=day, **given)


def accident(day: str, /, persons: int = 0, **values: object) -> Build:
    def build(register: Register) -> None:
        given = {"device": "anti_personnel_mine", "kind": "civilian", "admin_unit_id": "district"}
        where = register.add("accident", date=day, **given | values)
        for _ in range(persons):
            person = {"sex": "male", "age": 30, "civilian_status": "civilian"}
            register.add("casualty", accident_id=where, outcome="injured", **person)

    return build


def lived(point: Build) -> Build:
    """An area that was found in 2021 and cleared in 2023, with something of its own."""
    return several(
        one("hazardous_area", id="mill", name="Mill", area_class="CHA"),
        moved("mill", "new", 5_000, "2021-05-01"),
        moved("mill", "cleared", 5_000, "2023-05-01"),
        point,
    )


def mill_point(**values: object) -> Build:
    given = {"hazardous_area_id": "mill", "position": 1, "point_kind": "landmark"}
    return one("area_point", **given | values)


def held(*movements: tuple[str, int, str]) -> Build:
    def build(register: Register) -> None:
        given = {"organisation_id": "army", "ordnance_type_id": "pmn"}
        for kind, quantity, day in movements:
            register.add("retained_movement", kind=kind, quantity=quantity, date=day, **given)

    return build


def two_survivors(deceased: str | None) -> Build:
    """One casualty registered twice as a survivor, of whom one has died since."""

    def build(register: Register) -> None:
        where = register.add("accident", date="2020-06-01", device="unknown", kind="civilian")
        person = {"sex": "male", "age": 30, "civilian_status": "civilian", "outcome": "injured"}
        casualty = register.add("casualty", accident_id=where, **person)
        given = {**PERSON, "victim_type": "direct", "casualty_id": casualty}
        register.add("survivor", registered_on="2021-03-01", **given)
        register.add("survivor", registered_on="2022-03-01", deceased_on=deceased, **given)

    return build


def stocked(*movements: tuple[str, int, str]) -> Build:
    def build(register: Register) -> None:
        given = {"pool": "declared", "ordnance_type_id": "pmn"}
        for kind, quantity, day in movements:
            register.add("stock_movement", kind=kind, quantity=quantity, date=day, **given)

    return build


def died(accident_on: str, died_on: str) -> Build:
    def build(register: Register) -> None:
        where = register.add("accident", date=accident_on, device="unknown", kind="civilian")
        person = {"sex": "male", "age": 30, "civilian_status": "civilian"}
        given = {"outcome": "killed", "outcome_date": died_on, **person}
        register.add("casualty", accident_id=where, **given)

    return build


CASES: list[tuple[str, Build, list[int]]] = [
    # dates in the wrong order are a matter of the years that either may mean
    ("DS-01", work("2023-04-08", "2023-04-02"), [2023]),
    ("DS-01", work("2023-01-08", "2022-12-31"), [2022, 2023]),
    (
        "DS-01",
        work("2020-06-01", "2022-06-01", handed_over_on=date(2020, 5, 1)),
        [2020, 2021, 2022],
    ),
    (
        "DS-01",
        one("legal_measure", title="Act", kind="law", adopted_on="2022", in_force_on="2021"),
        [*range(2021, 2026)],
    ),
    ("DS-01", died("2023-01-10", "2022-12-30"), [2022, 2023]),
    # nobody knows the year of what is dated in the future: any that had begun when it was entered
    ("DS-01", one("marking_event", date=NEXT_YEAR.isoformat(), kind="marked"), [*YEARS]),
    ("DS-01", accident("2023-05-04", date_of_information=NEXT_YEAR.isoformat()), [2023]),
    ("DS-01", work("2022-05-04", None, handed_over_on=NEXT_YEAR), [*range(2022, 2026)]),
    ("DS-02", moved("area", "cancelled", 0, "2022-03-01"), [2022]),
    # a balance below zero lasts until it is mended
    (
        "DS-03",
        several(
            moved("area", "cleared", 150_000, "2021-03-01"),
            moved("area", "remeasured_plus", 60_000, "2021-09-01"),
        ),
        [2021],
    ),
    (
        "DS-03",
        several(
            moved("area", "cleared", 150_000, "2021-03-01"),
            moved("area", "remeasured_plus", 60_000, "2022-09-01"),
        ),
        [2022],
    ),
    ("DS-04", moved("area", "reduced", 900, "2022-03-01"), [2022]),
    ("DS-08", accident("2022-05-04", 2, injured=3, killed=0, persons_complete=True), [2022]),
    (
        "DS-09",
        one(
            "survivor_service",
            date="2022",
            mode="aggregate",
            service_type="mobility",
            count_kind="persons",
            women=4,
            with_disability=5,
        ),
        [2022],
    ),
    (
        "DS-10",
        stocked(
            ("opening", 5, "2019-01-01"), ("destroyed", 6, "2021-02-01"), ("found", 9, "2021-03-01")
        ),
        [2021],
    ),
    (
        "DS-10",
        stocked(
            ("opening", 5, "2019-01-01"), ("destroyed", 6, "2021-02-01"), ("found", 9, "2023-03-01")
        ),
        [2021, 2022, 2023],
    ),
    # what may be one accident told twice is a matter of the year of the second telling
    ("DS-12", several(accident("2022-05-04"), accident("2022-05-06")), [2022]),
    ("DS-12", several(accident("2022-12-31"), accident("2023-01-02")), [2023]),
    ("DS-12", two_survivors("2024-02-01"), [2022, 2023, 2024]),
    ("DS-12", two_survivors(None), [*range(2022, 2026)]),
    ("DS-13", one("accident", date="2022-05-04", device="unknown", kind="gone"), [2022]),
    (
        "DS-13",
        lived(one("contamination", hazardous_area_id="mill", family="gone")),
        [2021, 2022, 2023],
    ),
    ("DS-15", moved("area", "cleared", 9, "2022-03-01"), [2022]),
    ("DS-G6", accident("2022-05-04", 0, **ABROAD), [2022]),
    ("DS-G6", work("2021-05-04", "2022-05-04", **ABROAD), [2021, 2022]),
    ("DS-G6", one("admin_unit", name="Far", level=2, **ABROAD), [*YEARS]),
    # an area concerns the years in which it is in the books; without any, all of them
    ("V-C-16", lived(mill_point(**ABROAD)), [2021, 2022, 2023]),
    ("V-C-16", one("hazardous_area", name="Unmeasured", area_class="SHA", **ABROAD), [*YEARS]),
    # an institution needs its authorisation as long as it holds mines
    (
        "V-D-06",
        held(("opening", 9, "2021-01-01"), ("destroyed_surplus", 9, "2023-06-01")),
        [2021, 2022],
    ),
    (
        "V-H8-01",
        one("funding", direction="received", pillar="clearance", period="2022/2023", amount=500),
        [2022, 2023],
    ),
]


def years_of(store: Store, code: str, build: Build, years: Iterable[int]) -> list[int]:
    """The years in which a rule finds something in a register with what a case adds."""
    with case(store, build) as given:
        reader = given.view.reader
        views = {year: View(reader, Period.of_year(year)) for year in years}
        return [year for year, view in views.items() if any(BY_CODE[code].check(Case(view)))]
    raise AssertionError  # the block above always returns


@pytest.mark.parametrize(("code", "build", "years"), CASES)
def test_a_check_speaks_in_the_years_that_it_concerns(
    store: Store, code: str, build: Build, years: list[int]
) -> None:
    assert years_of(store, code, build, YEARS) == years


def test_a_date_in_the_future_is_no_matter_of_years_after_its_entry(store: Store) -> None:
    this_year = TODAY.year
    build = one("marking_event", date=f"{this_year + 3}-01-01", kind="marked")
    assert years_of(store, "DS-01", build, range(this_year, this_year + 3)) == [this_year]
