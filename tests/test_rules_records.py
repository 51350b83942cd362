"""Checks on records and across them: each finds what it is for, and is quiet where all is well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from rule_cases import PERSON, Build, Register, found, made_store

from mineaction_desktop.rules.model import Rule
from mineaction_desktop.rules.records import RULES
from mineaction_desktop.storage.store import Store

BY_CODE = {rule.code: rule for rule in RULES}
WORK = {"kind": "clearance", "hazardous_area_id": "area", "start_date": "2023-01-01"}
DONE = {**WORK, "clearance_depth_cm": 20, "standard_applied": "IMAS 09.10"}
FOUND = {"family": "APM", "date": "2023-02-01", "quantity": 4, "destroyed": 4}

Corner = tuple[float, float]
SQUARE: list[Corner] = [(15.0, 45.0), (15.0, 45.01), (15.01, 45.01), (15.01, 45.0)]
BOW: list[Corner] = [(15.0, 45.0), (15.01, 45.01), (15.0, 45.01), (15.01, 45.0)]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with made_store(tmp_path_factory.mktemp("records")) as made:
        yield made


def one(kind: str, /, **values: object) -> Build:
    return lambda register: register.add(kind, **values)


def several(*builds: Build) -> Build:
    return lambda register: [build(register) for build in builds]


def nothing(_: Register) -> None:
    """The register as it is."""


def moved(kind: str, area_m2: int, date: str = "2023-03-01", **values: object) -> Build:
    given = {"hazardous_area_id": "area", "area_class": "CHA", **values}
    return one("area_movement", kind=kind, area_m2=area_m2, date=date, **given)


def released(area_m2: int, **activity: object) -> Build:
    """A clearance of the area, with its activity."""

    def build(register: Register) -> None:
        work = register.add("land_activity", **DONE | activity)
        moved("cleared", area_m2, activity_id=work)(register)

    return build


def drawn(corners: Sequence[Corner], area: str = "area", ring: int = 1, name: str = "TP") -> Build:
    def build(register: Register) -> None:
        for number, (latitude, longitude) in enumerate(corners, start=1):
            register.add(
                "area_point",
                hazardous_area_id=area,
                ring=ring,
                position=number,
                point_kind="turning_point",
                point_name=f"{name}{number}",
                latitude=latitude,
                longitude=longitude,
            )

    return build


def shifted(by: float) -> list[Corner]:
    return [(latitude, longitude + by) for latitude, longitude in SQUARE]


def confirmed(**values: object) -> Build:
    """A confirmed area with evidence of a kind."""

    def build(register: Register) -> None:
        area = register.add("hazardous_area", name="Mill", area_class="CHA")
        moved("opening", 5_000, "2020", hazardous_area_id=area)(register)
        if values:
            register.add("area_evidence", hazardous_area_id=area, **values)

    return build


def sized(computed: int) -> Build:
    def build(register: Register) -> None:
        area = register.add(
            "hazardous_area", name="Mill", area_class="CHA", area_computed_m2=computed
        )
        moved("opening", 50_000, "2020", hazardous_area_id=area)(register)

    return build


def accident(date: str = "2023-05-04", **values: object) -> Build:
    given = {"device": "anti_personnel_mine", "kind": "civilian", "admin_unit_id": "district"}
    return one("accident", date=date, **given | values)


def identity(consent: str) -> Build:
    def build(register: Register) -> None:
        given = {**PERSON, "consent": consent, "registered_on": "2023"}
        register.add("person_identity", survivor_id=register.add("survivor", **given))

    return build


def persons(number: int, **numbers: object) -> Build:
    def build(register: Register) -> None:
        given = {"sex": "male", "age": 30, "civilian_status": "civilian", "outcome": "injured"}
        where = register.add("accident", date="2023", device="unknown", kind="civilian", **numbers)
        for _ in range(number):
            register.add("casualty", accident_id=where, **given)

    return build


def linked_twice(register: Register) -> None:
    where = register.add("accident", date="2021", device="unknown", kind="civilian")
    given = {"sex": "male", "age": 30, "civilian_status": "civilian", "outcome": "injured"}
    casualty = register.add("casualty", accident_id=where, **given)
    for _ in range(2):
        values = {**PERSON, "victim_type": "direct", "registered_on": "2022"}
        register.add("survivor", casualty_id=casualty, **values)


def service(**numbers: object) -> Build:
    given = {"mode": "aggregate", "service_type": "mobility", "date": "2023", "women": 4, "men": 5}
    return one("survivor_service", count_kind="persons", **given | numbers)


def stock(kind: str, quantity: int, date: str, **values: object) -> Build:
    given = {"pool": "declared", "ordnance_type_id": "pmn", **values}
    return one("stock_movement", kind=kind, quantity=quantity, date=date, **given)


def retained(kind: str, quantity: int, date: str) -> Build:
    given = {"organisation_id": "army", "ordnance_type_id": "pmn"}
    return one("retained_movement", kind=kind, quantity=quantity, date=date, **given)


def find(**values: object) -> Build:
    return one("device_found", **FOUND | {"hazardous_area_id": "area"} | values)


def same_finds(*depths: int) -> Build:
    def build(register: Register) -> None:
        work = register.add("land_activity", **DONE)
        for depth in depths:
            find(activity_id=work, ordnance_type_id="pmn", depth_cm=depth)(register)

    return build


def life(*steps: tuple[str, str, str | None]) -> Build:
    def build(register: Register) -> None:
        for status, date, reason in steps:
            given = {"status": status, "date": date, "reason": reason}
            register.add("area_status_change", hazardous_area_id="area", **given)

    return build


WORKED = (("open", "2020", None), ("worked_on", "2021", None))
OPEN_AGAIN = (*WORKED, ("released", "2022", "cleared"), ("handed_over", "2022-12-31", None))

FINDS: list[tuple[str, Build, str]] = [
    ("DS-01", one("marking_event", date="2999-01-01", kind="marked"), "lies in the future"),
    ("DS-01", one("land_activity", **WORK, end_date="2022-12-01"), "is before"),
    ("DS-02", moved("cancelled", 0), "by 0 m²"),
    (
        "DS-03",
        several(moved("remeasured_plus", 60_000, "2023-06-01"), moved("cleared", 150_000)),
        "on 2023-03-01 the books hold -50,000 m²",
    ),
    ("DS-04", moved("cleared", 900), "neither an activity nor a reason"),
    ("DS-04", released(900, hazardous_area_id="other"), "which was in New road"),
    ("DS-05", confirmed(kind="verbal"), "all its evidence is indirect"),
    ("DS-05", confirmed(), "No evidence is recorded for these confirmed areas: Mill"),
    ("DS-05", released(900, standard_applied=None), "900 m² were cleared in 2023 without"),
    (
        "DS-05",
        one("area_class_change", hazardous_area_id="area", area_class="CHA", date="2023"),
        "without direct evidence and without a reason",
    ),
    ("DS-06", drawn(SQUARE[:2]), "fewer than 3 different corners (2)"),
    ("DS-06", drawn(BOW), "crosses itself"),
    ("DS-07", sized(60_000), "60,000 m², while the books say 50,000 m² (20 % apart)"),
    ("DS-08", persons(2, killed=0, injured=3, persons_complete=True), "3 people were killed"),
    ("DS-09", service(with_disability=10), "is 10, more than all people counted (9)"),
    ("DS-10", several(stock("opening", 5, "2020"), stock("destroyed", 6, "2022")), "hold -1"),
    (
        "DS-10",
        several(
            retained("consumed_training", 2, "2023-02-01"),
            retained("opening", 9, "2023-03-01"),
        ),
        "on 2023-02-01 the books hold -2",
    ),
    ("DS-11", released(900), "no ordnance was ever found"),
    ("DS-11", find(quantity=1001), "1,001 items"),
    ("DS-12", several(accident(), accident("2023-05-07")), "they may be one"),
    ("DS-12", linked_twice, "are all linked to casualty"),
    (
        "DS-12",
        several(
            moved("opening", 9_000, "2020", hazardous_area_id="other", area_class="SHA"),
            drawn(SQUARE),
            drawn(shifted(0.004), "other"),
        ),
        "overlap by 60 %",
    ),
    ("DS-13", find(family="LANDMINE"), "“LANDMINE” is no code"),
    ("DS-14", identity("refused"), "The identity of survivor"),
    ("DS-15", moved("cleared", 9), "is unusually small"),
    ("DS-15", moved("new", 50_000_001), "is unusually large"),
    ("DS-16", find(family="UXO_MORTAR"), "not among its contents"),
    ("DS-G1", drawn([*SQUARE, SQUARE[1], (15.02, 45.0)]), "have the same position"),
    ("DS-G1", several(drawn(SQUARE[:2]), drawn(SQUARE[2:])), "two points are called “TP1”"),
    ("DS-G2", several(drawn(SQUARE), drawn(SQUARE, "other")), "exactly the perimeter of"),
    ("DS-G2", several(drawn(SQUARE), drawn(SQUARE, ring=2)), "stands there twice"),
    ("DS-G3", drawn([*SQUARE[:3], (15.11, 45.0)]), "m apart"),
    ("DS-G4", several(drawn(SQUARE), drawn(shifted(0.009), ring=2)), "overlap by 10.0 %"),
    ("DS-G5", same_finds(5, 5), "record the same find"),
    ("DS-G6", accident(latitude=45.0, longitude=15.0), "exchanged it lies inside"),
    ("DS-G6", accident(latitude=35.0, longitude=35.0), "35.00000 lies outside the country."),
    (
        "DS-G7",
        several(accident(local_id="acc 7"), accident("2023-08-01", local_id="ACC7 ")),
        "differ only in blanks",
    ),
    ("DS-S1", life(*WORKED, ("handed_over", "2022", None)), "which is no step of its life"),
    ("DS-S1", life(("suspended", "2022", None)), "was suspended on 2022"),
    ("DS-S1", life(*OPEN_AGAIN, ("open", "2023", None)), "opened again on 2023"),
    ("DS-S1", life(*WORKED), "is recorded as “Open”"),
]

QUIET: list[tuple[str, Build]] = [
    ("DS-01", one("land_activity", **WORK, end_date="2999-01-01", status="planned")),
    ("DS-01", one("land_activity", **WORK, end_date="2023")),
    ("DS-02", moved("opening", 0, hazardous_area_id="other", area_class="SHA")),
    ("DS-03", several(moved("remeasured_plus", 60_000), moved("cleared", 150_000))),
    ("DS-03", moved("cleared", 200_000)),  # Form C says so: the year closes below zero
    ("DS-04", several(released(900), moved("reduced", 100, reason="Decree 12/2014"))),
    ("DS-05", several(released(900), confirmed(kind="eo_seen"))),
    ("DS-06", drawn([*SQUARE, SQUARE[0]])),
    ("DS-07", several(sized(52_500), sized(50_400))),
    ("DS-08", persons(2, killed=0, injured=3)),
    ("DS-08", persons(3, killed=0, injured=3, persons_complete=True)),
    ("DS-09", service(with_disability=9, survivors=0)),
    ("DS-10", several(stock("opening", 5, "2020"), stock("destroyed", 5, "2022"))),
    ("DS-10", several(stock("found", 5, "2022"), stock("destroyed", 5, "2022-06-01"))),
    ("DS-11", several(released(900), find(quantity=1000))),
    ("DS-12", several(accident(), accident("2023-05-08"))),
    ("DS-12", several(accident(), accident(device="cluster_remnant"))),
    ("DS-12", several(drawn(SQUARE), drawn(shifted(0.006), "other"))),
    ("DS-13", find(family="APM")),
    ("DS-14", identity("given")),
    ("DS-15", several(moved("cleared", 10), moved("new", 50_000_000))),
    ("DS-16", several(find(), find(family="UNK"))),
    ("DS-G1", drawn([*SQUARE, SQUARE[0]])),
    ("DS-G2", several(drawn(SQUARE), drawn(shifted(0.02), "other"))),
    ("DS-G3", drawn([*SQUARE[:3], (15.04, 45.0)])),
    ("DS-G4", several(drawn(SQUARE), drawn(shifted(0.01), ring=2))),
    ("DS-G5", same_finds(5, 15)),
    ("DS-G6", accident(latitude=15.0, longitude=45.0)),
    ("DS-G7", several(accident(local_id="ACC-7"), accident(local_id="ACC-77"))),
    ("DS-S1", life(*OPEN_AGAIN, ("open", "2023", "found_after_release"))),
]


@pytest.mark.parametrize(("code", "build", "said"), FINDS)
def test_a_rule_finds_what_it_is_for(store: Store, code: str, build: Build, said: str) -> None:
    findings = found(store, BY_CODE[code], build)
    assert any(said in str(one.message) for one in findings), [str(one.message) for one in findings]


@pytest.mark.parametrize(("code", "build"), QUIET)
def test_a_rule_is_quiet_where_all_is_well(store: Store, code: str, build: Build) -> None:
    assert [str(one.message) for one in found(store, BY_CODE[code], build)] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_register_of_the_cases_gives_no_finding_by_itself(store: Store, rule: Rule) -> None:
    assert found(store, rule, nothing) == []


def test_every_rule_has_a_case_that_fires_and_one_that_does_not() -> None:
    assert len(BY_CODE) == len(RULES)
    assert {code for code, *_ in FINDS} == {code for code, _ in QUIET} == BY_CODE.keys()
