"""Checks of the report as a whole and of its cover page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    kept,
    moved,
    report,
    row,
    stocked,
)

from mineaction_desktop.domain.periods import Period
from mineaction_desktop.storage.store import Author, Store

OPENED = "2019-12-31"
SILENT = Change(state={"authority": None, "reviewed_records_only": True})
SAID_NONE = [
    row(
        "declaration",
        state_profile_id="state",
        subject=subject,
        state="none",
    )
    for subject in (
        "stock",
        "stock_found_late",
        "mined_areas_known",
        "mined_areas_suspected",
        "retained",
        "stock_programme",
        "mined_area_programme",
        "mines_destroyed",
        "held_types",
    )
]
PRINTED = {"retained/ORG-S/PMN/-/-/quantity": 100, "retained/total/quantity": 100}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, author: Author) -> Iterator[Store]:
    with Store.create(tmp_path_factory.mktemp("rules") / "r.mineaction", author) as made:
        build(made)
        yield made


def box(form: str, choice: str) -> Row:
    return row("cover_override", year=YEAR, form=form, choice=choice, reason="Said so.")


def attached(**values: object) -> Row:
    return row("attachment", title="Law", file_name="law.pdf", **values)


def during(first: date, last: date) -> Change:
    return Change(period=Period(first, last))


def sent(day: date) -> Change:
    return Change(sent=[report({}, YEAR, day)])


def after(figures: dict[str, int], *made: Row, year: int = YEAR - 1) -> Change:
    return Change(made, earlier=[report(figures, year)])


ALL_UNCHANGED = [box(form, "unchanged") for form in "abcdefghij"]

CASES: Sequence[tuple[str, Change, Change]] = [
    ("V-GEN-01", SILENT, Change()),
    ("V-GEN-01", Change(state={"name": " "}), Change(state={"authority": "Authority"})),
    (
        "V-GEN-02",
        during(date(2019, 4, 30), date(2020, 4, 29)),
        during(date(2019, 1, 1), date(2019, 12, 31)),
    ),
    (
        "V-GEN-02",
        during(date(1999, 12, 1), date(2000, 3, 31)),
        during(date(2000, 1, 1), date(2000, 3, 31)),
    ),
    ("V-GEN-03", sent(date(2020, 12, 31)), sent(date(2021, 1, 1))),
    ("V-GEN-04", sent(date(2021, 5, 1)), sent(date(2021, 4, 30))),
    (
        "V-GEN-04",
        Change(sent=[report({}, 2000, date(2000, 7, 1))], period=Period.of_year(2000)),
        Change(sent=[report({}, 2000, date(2000, 6, 29))], period=Period.of_year(2000)),
    ),
    ("V-GEN-05", after({}, year=2017), after({}, year=2019)),
    (
        "V-GEN-06",
        Change([found(1, "2019-12/2020-01")]),
        Change([found(1, "2020"), kept("opening", 5, "1999/2020")]),
    ),
    (
        "V-GEN-07",
        after({"retained/ORG-S/PMN/-/-/quantity": 100, "retained/total/quantity": 90}),
        after(PRINTED),
    ),
    (
        "V-GEN-08",
        after(PRINTED, kept("opening", 90, OPENED)),
        after(PRINTED, kept("opening", 100, OPENED), kept("correction_minus", 1, reason="Recount")),
    ),
    (
        "V-GEN-08",
        after(PRINTED),
        after(
            PRINTED,
            kept("opening", 90, OPENED),
            kept("correction_plus", 10, OPENED, reason="A crate was found in the books of 1998."),
        ),
    ),
    (
        "V-GEN-08",
        after({"areas_known/HA-A/-/CHA/area": 7}, area("a", local_id="HA-A"), moved("a", "new", 7)),
        after(
            {"areas_known/HA-A/-/CHA/area": 7},
            area("a", local_id="HA-A"),
            moved("a", "new", 7, OPENED, admin_unit_id="north"),
        ),
    ),
    (
        "V-GEN-08",
        Change([stocked("correction_plus", 5)]),
        Change([stocked("correction_plus", 5, reason="Recount")]),
    ),
    (
        "V-GEN-09",
        after(PRINTED, kept("opening", 90, OPENED)),
        after(PRINTED, kept("opening", 100, OPENED)),
    ),
    ("V-GEN-10", Change(), Change(SAID_NONE)),
    ("V-GEN-11", Change([attached()]), Change([attached(size_bytes=1)])),
    ("V-GEN-11", Change([attached(size_bytes=10 * 2**20)]), Change([attached(size_bytes=10**7)])),
    (
        "V-COV-01",
        Change([box("d", "unchanged"), kept("consumed_training", 1)]),
        Change([box("d", "unchanged"), kept("counted", 1), kept("opening", 1, OPENED)]),
    ),
    (
        "V-COV-01",
        Change([box("c", "unchanged"), area("a"), moved("a", "cleared", 1)]),
        Change([box("c", "changed"), area("a"), moved("a", "cleared", 1)]),
    ),
    (
        "V-COV-01",
        Change([box("g", "unchanged"), found(1)]),
        Change([box("b", "unchanged"), found(1)]),
    ),
    (
        "V-COV-02",
        Change([box("b", "unchanged")]),
        Change([box("b", "unchanged")], earlier=[report({})]),
    ),
    ("V-COV-03", Change([box("a", "non_applicable")]), Change([box("b", "non_applicable")])),
    (
        "V-COV-03",
        Change(
            [
                row(
                    "declaration",
                    state_profile_id="state",
                    subject="measures",
                    state="not_applicable",
                )
            ]
        ),
        Change([row("declaration", state_profile_id="state", subject="measures", state="none")]),
    ),
    ("V-COV-04", Change([*ALL_UNCHANGED, found(1)]), Change(ALL_UNCHANGED)),
    ("V-COV-04", Change([*ALL_UNCHANGED, found(1)]), Change([*ALL_UNCHANGED[1:], found(1)])),
    (
        "V-COV-05",
        Change([box("b", "changed")]),
        Change([box("b", "changed"), stocked("destroyed", 1)]),
    ),
]


@pytest.mark.parametrize(("code", "wrong", "right"), CASES)
def test_a_rule_speaks_where_something_is_wrong_and_nowhere_else(
    store: Store, code: str, wrong: Change, right: Change
) -> None:
    spoken = findings(store, code, wrong)
    assert spoken
    assert all(finding.message.render() for finding in spoken)
    assert findings(store, code, right) == []


def test_every_general_rule_has_its_case() -> None:
    wanted = {code for code in RULES if code.startswith(("V-GEN", "V-COV"))}
    assert {code for code, _, _ in CASES} == wanted
