"""Checks of Form C: each rule has a register in which it speaks and one in which it is silent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from rule_registers import (
    RULES,
    YEAR,
    Change,
    Row,
    area,
    build,
    findings,
    found,
    moved,
    report,
    row,
)

from mineaction_desktop.storage.store import Author, Store

OPENED = "2019-12-31"
WORK = row("land_activity", id="work", kind="clearance_manual", hazardous_area_id="a")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, author: Author) -> Iterator[Store]:
    with Store.create(tmp_path_factory.mktemp("rules") / "r.mineaction", author) as made:
        build(made)
        yield made


def one(size: int = 100_000, *more: Row, name: str = "Hill", **values: object) -> list[Row]:
    """An area with its opening size, and more records."""
    return [area("a", name, **values), moved("a", "opening", size, OPENED), *more]


def several(*sizes: int) -> list[Row]:
    """Areas with other sizes."""
    return [
        made
        for number, size in enumerate(sizes)
        for made in (area(f"s{number}", f"Site {number}"), moved(f"s{number}", "new", size, OPENED))
    ]


def step(status: str, when: str, reason: str | None = None) -> Row:
    return row("area_status_change", hazardous_area_id="a", status=status, date=when, reason=reason)


def lies(family: str, share: int | None = None) -> Row:
    return row("contamination", hazardous_area_id="a", family=family, share_m2=share)


def plan(**values: object) -> Row:
    return row("milestone", year=2020, subject="apm_area", planned_area_m2=5, **values)


LINK = row("area_link", hazardous_area_id="b", predecessor_id="a", relation="renamed")
RENAMED = [
    *one(5000, name="Sheba Forest to Beacon Hill"),
    area("b", "Leacon Hill to Sheba Forest"),
    moved("b", "counted", 5900, "2020-12-31"),
]
YEARS_OF_WORK = [
    *one(1_000_000, WORK),
    *(moved("a", "cleared", 10_000, f"{year}-05") for year in (2016, 2017, 2018, 2019, 2020)),
    *(found(10, f"{year}-05-01", activity_id="work") for year in (2016, 2017, 2018, 2019)),
]

CASES: list[tuple[str, Change, Change]] = [
    (
        "V-C-01",
        Change(one(100, moved("a", "counted", 90, "2020-12-31"))),
        Change(one(100, moved("a", "counted", 100, "2020-12-31"))),
    ),
    (
        "V-C-01",
        Change([moved(None, "opening", 9, OPENED), moved(None, "counted", 5)]),
        Change([*one(100, moved("a", "counted", 90, "2020-12-31")), lies("AVM")]),
    ),
    (
        "V-C-02",
        Change(one(100, moved("a", "cleared", 101))),
        Change(one(100, moved("a", "new", 1), moved("a", "cleared", 101))),
    ),
    (
        "V-C-03",
        Change(one(560_000, moved("a", "counted", 56_000))),
        Change(one(560_000, moved("a", "counted", 56_000), survey_date="2020-03")),
    ),
    (
        "V-C-03",
        Change(one(1000, moved("a", "remeasured_plus", 4000))),
        Change(one(5000, moved("a", "cleared", 4500))),
    ),
    (
        "V-C-03",
        Change(one(1000), earlier=[report({"areas_known/HA-A/-/CHA/area": 10_000})]),
        Change(one(1000), earlier=[report({"areas_known/HA-A/-/CHA/area": 1_100})]),
    ),
    (  # a change in a year without a report is a matter of that year
        "V-C-03",
        Change(one(1000), earlier=[report({"areas_known/HA-A/-/CHA/area": 10_000})]),
        Change(one(1000), earlier=[report({"areas_known/HA-A/-/CHA/area": 10_000}, YEAR - 2)]),
    ),
    (
        "V-C-03",
        Change(one(1000, moved("a", "remeasured_plus", 4000))),
        Change(
            one(
                1000,
                moved("a", "remeasured_plus", 4000),
                row(
                    "land_activity",
                    kind="technical_survey",
                    hazardous_area_id="a",
                    end_date="2020-06",
                ),
            )
        ),
    ),
    ("V-C-04", Change(one(100_000_001)), Change(one(49_000_000))),
    (
        "V-C-04",
        Change(one(50_000_001, admin_unit_id="north")),
        Change(one(50_000_000, admin_unit_id="north")),
    ),
    (
        "V-C-05",
        Change([*one(28), *several(20_000, 30_000)]),
        Change([*one(28), *several(900, 30_000)]),
    ),
    (
        "V-C-06",
        Change(one(100, moved("a", "cleared", 50))),
        Change(one(100, moved("a", "cleared", 50), found(1))),
    ),
    (
        "V-C-06",
        Change(one(100, WORK, found(1, activity_id="work"))),
        Change(one(100, found(1))),
    ),
    (
        "V-C-07",
        Change([*YEARS_OF_WORK, found(100, activity_id="work")]),
        Change([*YEARS_OF_WORK, found(20, activity_id="work")]),
    ),
    (
        "V-C-08",
        Change(
            [
                area("a", area_class="SHA"),
                moved("a", "opening", 9, OPENED, area_class="SHA"),
                WORK,
                found(1, activity_id="work"),
            ]
        ),
        Change(one(100, WORK, found(1, activity_id="work"))),
    ),
    (
        "V-C-09",
        Change(one(100, area_class="SHA")),
        Change(
            one(
                100,
                row("area_class_change", hazardous_area_id="a", area_class="SHA", date="2021-02"),
                area_class="SHA",
            )
        ),
    ),
    (
        "V-C-10",
        Change([*one(), area("b"), moved("b", "counted", 7)]),
        Change([*one(), area("b"), moved("b", "counted", 7), LINK]),
    ),
    (
        "V-C-10",
        Change([*one(), area("b"), moved("b", "counted", 7)]),
        Change([*one(), *several(1, 2, 3), moved("s0", "counted", 1)]),
    ),
    (
        "V-C-10",
        Change(one(100, step("released", "2020-06"))),
        Change(one(100, step("released", "2020-06"), moved("a", "cleared", 100))),
    ),
    (
        "V-C-10",
        Change([area("a")], earlier=[report({"areas_known/HA-A/-/CHA/area": 9})]),
        Change(one(9), earlier=[report({"areas_known/HA-A/-/CHA/area": 9})]),
    ),
    (  # no report was made for the year in which the area was cleared
        "V-C-10",
        Change([area("a")], earlier=[report({"areas_known/HA-A/-/CHA/area": 9}, YEAR - 2)]),
        Change(
            one(9, moved("a", "cleared", 9, "2019-05")),
            earlier=[report({"areas_known/HA-A/-/CHA/area": 9}, YEAR - 2)],
        ),
    ),
    (
        "V-C-11",
        Change(one(9, step("released", "2019"), moved("a", "new", 5))),
        Change(
            one(
                9,
                step("released", "2019"),
                moved("a", "new", 5),
                step("open", "2020-04", "found_after_release"),
            )
        ),
    ),
    ("V-C-12", Change(RENAMED), Change([*RENAMED, LINK])),
    (
        "V-C-12",
        Change(one(9, moved("a", "transferred_out", 4))),
        Change(one(9, moved("a", "transferred_out", 4), area("b"), LINK)),
    ),
    (
        "V-C-13",
        Change(one(100, *[moved("a", "cleared", 5, "2020-05-03")] * 2)),
        Change(
            one(
                100,
                moved("a", "cleared", 5, "2020-05-03"),
                moved("a", "reduced", 5, "2020-05-03"),
                moved("a", "cleared", 5, "2020-05-04"),
            )
        ),
    ),
    ("V-C-14", Change(one()), Change(one(9, lies("APM")))),
    (
        "V-C-14",
        Change(one(9, lies("APM", 5), lies("UXO_OTHER"))),
        Change(one(9, lies("APM", 5), lies("UXO_OTHER", 4))),
    ),
    ("V-C-15", Change(one(emplaced="2021")), Change(one(emplaced="1992/1995"))),
    (
        "V-C-15",
        Change(one(emplaced_text="during the war")),
        Change(one(emplaced_text="1992–1995")),
    ),
    ("V-C-15", Change(one(emplaced_text="N/A")), Change(one(emplaced_text="Unknown"))),
    (
        "V-C-16",
        Change(one(latitude=35.0, longitude=15.0)),
        Change(one(latitude=15.0, longitude=35.0)),
    ),
    (
        "V-C-16",
        Change(one(latitude=15.0, longitude=175.0), state={"west": 170.0, "east": 174.0}),
        Change(one(latitude=15.0, longitude=-175.0), state={"west": 170.0, "east": -170.0}),
    ),
    ("V-C-17", Change(one()), Change(one(100, plan(), moved("a", "cleared", 1)))),
    ("V-C-17", Change(one(100, plan())), Change(one(100, plan(achieved_text="Too wet.")))),
    (
        "V-C-18",
        Change(one()),
        Change(one(9, row("extension", granted_until=date(2023, 1, 1)))),
    ),
    (
        "V-C-18",
        Change(one(9, row("extension", granted_until=date(2022, 6, 1)))),
        Change(state={"article5_completed_on": date(2020, 1, 1)}),
    ),
    (
        "V-C-19",
        Change(one(), state={"article5_completed_on": date(2020, 1, 1)}),
        Change(one(), state={"article5_completed_on": date(2021, 1, 1)}),
    ),
]


@pytest.mark.parametrize(("code", "wrong", "right"), CASES)
def test_a_rule_speaks_where_something_is_wrong_and_nowhere_else(
    store: Store, code: str, wrong: Change, right: Change
) -> None:
    spoken = findings(store, code, named(wrong))
    assert spoken
    assert all(finding.message.render() for finding in spoken)
    assert findings(store, code, named(right)) == []


def named(change: Change) -> Change:
    """Give areas the readable numbers that submitted reports use."""
    rows = [
        (kind, {**values, "local_id": f"HA-{str(values['id']).upper()}"})
        if kind == "hazardous_area"
        else (kind, values)
        for kind, values in change.rows
    ]
    return Change(rows, change.state, change.earlier, change.sent, change.period)


def test_every_rule_of_the_form_has_its_case() -> None:
    assert {code for code, _, _ in CASES} == {code for code in RULES if code.startswith("V-C-")}


def test_a_change_of_size_is_named_with_both_sizes(store: Store) -> None:
    rows = one(560_000, moved("a", "counted", 56_000), name="Lusulu")
    (finding,) = findings(store, "V-C-03", named(Change(rows)))
    assert finding.message.render() == (
        "Lusulu: 560,000 m² before, 56,000 m² now, 10 times less, and no survey record explains it."
    )
    assert finding.records == (("hazardous_area", "a"),)
