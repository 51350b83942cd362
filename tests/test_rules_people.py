"""Checks on Forms I and J: each finds what it is for, and is quiet where all is well."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rule_cases import PERSON, Build, Register, found, made_store

from mineaction_desktop.rules.people import RULES
from mineaction_desktop.storage.store import Store

BY_CODE = {rule.code: rule for rule in RULES}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with made_store(tmp_path_factory.mktemp("people")) as made:
        yield made


def accident(register: Register, date: str = "2023-05-04", **values: object) -> str:
    given = {"device": "anti_personnel_mine", "kind": "civilian", "date": date, **values}
    return register.add("accident", **given)


def casualties(register: Register, accident_id: str, *outcomes: str, **values: object) -> list[str]:
    given = {"sex": "male", "age": 30, "civilian_status": "civilian", **values}
    return [
        register.add("casualty", accident_id=accident_id, outcome=outcome, **given)
        for outcome in outcomes
    ]


def hurt(*outcomes: str, date: str = "2023-05-04", **numbers: object) -> Build:
    return lambda register: casualties(register, accident(register, date, **numbers), *outcomes)


def person(**values: object) -> Build:
    return lambda register: casualties(register, accident(register), "injured", **values)


def session(**values: object) -> Build:
    given = {"date": "2023-02-01", "approach": "interpersonal", **values}
    return lambda register: register.add("eore_session", **given)


def submitted(*outcomes: str, noted: str | None = None, **sent: int) -> Build:
    """Last year's report, and what the records say for that year now."""

    def build(register: Register) -> None:
        register.submitted(2022, **sent)
        casualties(register, accident(register, "2022-03-03"), *outcomes)
        if noted:
            note = {"year": 2023, "text": "A death was reported late."}
            register.add("explanation", rule_code="V-VA-02", subject=noted, **note)

    return build


def survivors(number: int, *outcomes: str) -> Build:
    def build(register: Register) -> None:
        casualties(register, accident(register, "2021-03-03"), *outcomes)
        for _ in range(number):
            given = {**PERSON, "victim_type": "direct", "registered_on": "2022-01-01"}
            register.add("survivor", **given)

    return build


def services(*dates: str, count_kind: str = "persons") -> Build:
    given = {"mode": "person", "service_type": "mobility", "survivor_id": "survivor"}

    def build(register: Register) -> None:
        for date in dates:
            register.add("survivor_service", date=date, count_kind=count_kind, **given)

    return build


def funding(**values: object) -> Build:
    given = {"direction": "received", "period": "2023", "pillar": "clearance", "amount": 5_000_000}
    return lambda register: register.add("funding", **given | values)


def told(text: str) -> Build:
    return lambda register: accident(register, cause=text)


FINDS: list[tuple[str, Build, str]] = [
    ("V-I-01", lambda _: None, "1 mined areas remain"),
    ("V-I-02", session(), "how many people took part"),
    (
        "V-I-02",
        session(women=3, men=4, with_disability=8),
        "is 8, more than all people counted (7)",
    ),
    ("V-VA-01", hurt("killed", "killed", killed=1), "1 Killed in the accident, while 2 persons"),
    ("V-VA-01", hurt("injured", killed=1, injured=1, persons_complete=True), "only 0"),
    ("V-VA-02", submitted("killed", killed=3, injured=0), "gave 3 Killed"),
    ("V-VA-03", submitted("killed", "injured", "injured", killed=2, injured=1), "gave 2 killed"),
    ("V-VA-03", hurt("killed", "killed", killed=0, injured=2), "0 killed and 2 injured"),
    ("V-VA-04", survivors(2, "injured"), "2 survivors are registered"),
    ("V-VA-04", survivors(1, "died_later"), "give 0 people injured"),
    ("V-VA-05", person(sex="unknown"), "1 of the 1 casualties of 2023 (100 %)"),
    ("V-VA-05", hurt("injured", injured=5), "4 of the 5 casualties"),
    ("V-VA-06", services("2023-01-01", "2023-06"), "counted 2 times"),
    ("V-VA-07", person(age=None, age_band="unknown"), "The age of 1 casualties"),
    ("V-VA-07", person(age=17, age_band="a25_59"), "is 17 years old"),
    ("V-VA-08", told("Write to brother.of@example.org"), "an e-mail address"),
    ("V-VA-08", told("Family: tel. 022 331 44 55"), "a telephone number"),
    ("V-VA-08", told("reached at +99 712 345 678"), "a telephone number"),
    ("V-VA-08", told("passport no. A1234567"), "an identity document"),
    ("V-VA-08", told("Name: somebody"), "a name"),
    ("V-VA-08", told("A boy called Timur stepped on it."), "a name"),
    ("V-H8-01", funding(), "is 50,000.00 without a currency"),
    ("V-H8-01", funding(currency="EUR", period="2021/2023"), "covers more than one year"),
]

QUIET: list[tuple[str, Build]] = [
    ("V-I-01", session(women=1)),
    ("V-I-02", session(women=3, men=4, with_disability=7, first_time=0)),
    ("V-I-02", session(approach="mass_media", estimated_audience=10_000)),
    ("V-VA-01", hurt("killed", "died_later", killed=1, injured=1, persons_complete=True)),
    ("V-VA-01", hurt("killed", killed=3, injured=1)),
    ("V-VA-02", submitted("killed", "injured", killed=1, injured=1)),
    ("V-VA-02", submitted("killed", noted="2022/killed", killed=3, injured=0)),
    ("V-VA-02", submitted("killed", "injured", "injured", killed=2, injured=1)),
    ("V-VA-03", submitted("killed", "injured", killed=1, injured=1)),
    ("V-VA-03", submitted("killed", killed=3, injured=0)),
    ("V-VA-04", survivors(2, "injured", "injured", "killed")),
    ("V-VA-05", hurt(*["injured"] * 10, injured=11)),
    ("V-VA-06", services("2022-12-31", "2023-01-01")),
    ("V-VA-06", services("2023-01-01", "2023-02-01", count_kind="contacts")),
    ("V-VA-07", person(age=None, age_band="a13_17")),
    ("V-VA-07", person(age=17, age_band="a13_17")),
    ("V-VA-08", told("42S WD 15757 20765, on 2023-05-04 at 10.30, km 12 of road 7; 3 of 8 fled.")),
    ("V-VA-08", told("The boy called for help. Name of the village: see the report.")),
    ("V-H8-01", funding(currency="EUR", period="2022-07/2023-06")),
    ("V-H8-01", funding(amount=None)),
]


@pytest.mark.parametrize(("code", "build", "said"), FINDS)
def test_a_rule_finds_what_it_is_for(store: Store, code: str, build: Build, said: str) -> None:
    findings = found(store, BY_CODE[code], build)
    assert any(said in str(one.message) for one in findings), [str(one.message) for one in findings]


@pytest.mark.parametrize(("code", "build"), QUIET)
def test_a_rule_is_quiet_where_all_is_well(store: Store, code: str, build: Build) -> None:
    assert [str(one.message) for one in found(store, BY_CODE[code], build)] == []


def test_every_rule_has_a_case_that_fires_and_one_that_does_not() -> None:
    assert len(BY_CODE) == len(RULES)
    assert {code for code, *_ in FINDS} == {code for code, _ in QUIET} == BY_CODE.keys()


def test_a_text_that_names_somebody_is_not_repeated(store: Store) -> None:
    (one,) = found(store, BY_CODE["V-VA-08"], told("A boy called Timur stepped on it."))
    assert "Timur" not in str(one.message) + one.subject + str(one.value)
