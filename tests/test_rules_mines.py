"""Checks of Forms B, D, E, F, G, H and A: each rule speaks in one register and not in another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import pytest
from rule_registers import RULES, Change, Row, build, findings, found, kept, report, row, stocked

from mineaction_desktop.storage.store import Author, Store

OPENED = "2019-12-31"
IN_STOCK = stocked("opening", 100, OPENED, lot="L1")
HOLDING = kept("opening", 100, OPENED, lot="L1")
LATE = {"pool": "found_late"}
COMPLETE = {"article4_completed_on": date(2003, 1, 1)}
USE = {"organisation_id": "school", "purpose": "detection_training"}
ACTUAL = row("retained_use", phase="actual", period="2020", **USE)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, author: Author) -> Iterator[Store]:
    with Store.create(tmp_path_factory.mktemp("rules") / "r.mineaction", author) as made:
        build(made)
        yield made


def model(**values: object) -> Row:
    """Another anti-personnel mine."""
    return row("ordnance_type", id="x", **{"name": "Model X", "family": "APM", **values})


def programme(**values: object) -> Row:
    usual = {"id": "plan", "article": "article_4", "title": "Plan", "status": "in_process"}
    return row("destruction_programme", **(usual | values))


def site(**values: object) -> Row:
    return row("destruction_site", programme_id="plan", name="Range", **values)


def rows(*made: Row, **state: object) -> Change:
    return Change(made, state)


def after(figures: dict[str, int], *made: Row) -> Change:
    return Change(made, earlier=[report(figures)])


STOCK: Sequence[tuple[str, Change, Change]] = [
    (
        "V-B-01",
        rows(IN_STOCK, stocked("counted", 99, lot="L1")),
        rows(IN_STOCK, stocked("counted", 100, lot="L1")),
    ),
    ("V-B-02", rows(IN_STOCK), rows(IN_STOCK, stocked("destroyed", 100, lot="L1"))),
    ("V-B-02", rows(IN_STOCK), rows(IN_STOCK, entry_into_force=date(2018, 1, 1))),
    ("V-B-03", rows(IN_STOCK, **COMPLETE), rows(stocked("found", 5, **LATE), **COMPLETE)),
    (
        "V-B-04",
        rows(IN_STOCK, kept("set_aside_from_stock", 10, lot="L1")),
        rows(
            IN_STOCK,
            stocked("set_aside", 10, lot="L1"),
            kept("set_aside_from_stock", 10, lot="L1"),
        ),
    ),
    ("V-B-04", rows(IN_STOCK, HOLDING), rows(IN_STOCK, kept("opening", 100, OPENED, lot="L2"))),
    ("V-B-05", rows(stocked("opening", 5, ordnance_type_id="tank")), rows(IN_STOCK)),
    ("V-B-05", rows(kept("opening", 5, ordnance_type_id="tank")), rows(HOLDING)),
    (
        "V-B-05",
        rows(stocked("found", 5, "2020-12-31", ordnance_type_id="tank")),
        rows(stocked("found", 5, "2021-01-01", ordnance_type_id="tank")),
    ),
    ("V-B-06", rows(stocked("opening", 5, **LATE)), rows(stocked("found", 5, **LATE))),
    (
        "V-B-07",
        rows(stocked("found", 5, "2020-01-10", **LATE)),
        rows(stocked("found", 5, "2020-08-10", **LATE)),
    ),
    (
        "V-B-07",
        rows(
            stocked("found", 5, "2020-01-10", **LATE), stocked("destroyed", 5, "2020-07-11", **LATE)
        ),
        rows(
            stocked("found", 5, "2020-01-10", **LATE), stocked("destroyed", 5, "2020-07-10", **LATE)
        ),
    ),
    (
        "V-B-08",
        rows(IN_STOCK, stocked("destroyed", 101, lot="L1")),
        rows(IN_STOCK, stocked("destroyed", 100, lot="L1")),
    ),
    ("V-B-09", rows(IN_STOCK, stocked("opening", 5)), rows(stocked("opening", 5))),
    (
        "V-B-09",
        after({"stock/M14/declared/-/-/quantity": 3}, IN_STOCK),
        after({"stock/M14/declared/-/-/quantity": 3}, stocked("found", 5)),
    ),
    (
        "V-B-10",
        rows(model(is_container=True), stocked("opening", 5, OPENED, ordnance_type_id="x")),
        rows(model(is_container=True)),
    ),
    (
        "V-B-11",
        rows(IN_STOCK, stocked("opening", 100, OPENED, lot="L1", holder_id="depot")),
        rows(IN_STOCK, stocked("opening", 99, OPENED, lot="L1", holder_id="depot")),
    ),
    (
        "V-B-11",
        rows(HOLDING, kept("opening", 100, OPENED, lot="L1", organisation_id="depot")),
        rows(HOLDING, kept("opening", 100, OPENED, lot="L2", organisation_id="depot")),
    ),
    ("V-F-01", rows(IN_STOCK), rows(IN_STOCK, programme(), site())),
    ("V-F-01", rows(IN_STOCK, programme()), rows(programme())),
    (
        "V-F-02",
        rows(programme(), site(methods=["open_detonation"])),
        rows(
            programme(safety_standard="IATG", environmental_standard="National"),
            site(methods=["open_detonation"]),
        ),
    ),
    (
        "V-G-01",
        after({"stock_destroyed/total/since": 40}, stocked("destroyed", 39, "2010")),
        after(
            {"stock_destroyed/total/since": 40},
            stocked("destroyed", 40, "2010"),
            stocked("destroyed", 9),
        ),
    ),
    (
        "V-G-01",
        after({"mines_destroyed/total/since": 4}, found(3, "2010-05-01")),
        after({"mines_destroyed/total/since": 4}, found(4, "2010-05-01"), found(5)),
    ),
    (
        "V-G-01",
        after({"found_late_destroyed/total/since": 4}),
        after(
            {"stock_destroyed/total/since": 40, "stock_destroyed/used/x/since": 40},
        ),
    ),
    ("V-G-02", rows(found(5, ordnance_type_id="tank")), rows(found(5))),
    ("V-G-02", rows(found(5, family="AVM")), rows(found(5, "2019-05-01", family="AVM"))),
    (
        "V-G-03",
        rows(found(79), found(21, ordnance_type_id=None)),
        rows(found(80), found(20, ordnance_type_id=None)),
    ),
    (
        "V-G-04",
        after({"mines_destroyed/total/period": 6}, found(5)),
        after({"mines_destroyed/total/period": 5}, found(5)),
    ),
    (
        "V-G-04",
        after({"stock_destroyed/total/period": 6}, stocked("destroyed", 5, "2019")),
        after({"stock_destroyed/total/period": 5}, stocked("destroyed", 5, "2019")),
    ),
    (
        "V-G-05",
        rows(found(5, family="MINE_UNK", ordnance_type_id=None)),
        rows(found(5, family="AVM", ordnance_type_id="tank")),
    ),
]

RETAINED: Sequence[tuple[str, Change, Change]] = [
    (
        "V-D-01",
        rows(HOLDING, kept("counted", 90, lot="L1")),
        rows(HOLDING, kept("counted", 100, lot="L1")),
    ),
    (
        "V-D-01",
        rows(HOLDING, kept("consumed_training", 101, lot="L1")),
        rows(HOLDING, kept("consumed_training", 100, lot="L1")),
    ),
    ("V-D-02", rows(HOLDING), rows(HOLDING, ACTUAL)),
    (
        "V-D-02",
        rows(HOLDING, row("retained_use", phase="planned", period="2020", **USE)),
        rows(HOLDING, row("retained_use", phase="planned", period="2021", **USE)),
    ),
    (
        "V-D-03",
        rows(kept("opening", 9, "2017")),
        rows(kept("opening", 9, "2017"), kept("consumed_training", 1, "2018")),
    ),
    ("V-D-03", rows(kept("opening", 9, "2017")), rows(kept("opening", 9, "2018"))),
    (
        "V-D-04",
        rows(HOLDING, kept("lifted_from_minefield", 2, lot="L1")),
        rows(
            HOLDING,
            kept("lifted_from_minefield", 2, lot="L1"),
            kept("consumed_training", 2, lot="L1"),
        ),
    ),
    ("V-D-04", rows(kept("set_aside_from_stock", 5)), rows(kept("opening", 5))),
    (
        "V-D-05",
        rows(
            row("organisation", id="club", name="Club", roles=["ngo"]),
            kept("opening", 5, OPENED, organisation_id="club"),
        ),
        rows(HOLDING),
    ),
    ("V-D-06", rows(kept("opening", 5, OPENED, organisation_id="depot")), rows(HOLDING)),
    (
        "V-D-07",
        rows(kept("transferred_out_training", 5, reason="Course")),
        rows(kept("transferred_out_training", 5, reason="Course", to_party="Utopia")),
    ),
    (
        "V-D-07",
        rows(kept("received_transfer", 5, from_party="Utopia")),
        rows(kept("transferred_out_destruction", 5, to_party="Utopia")),
    ),
    (
        "V-D-07",
        rows(kept("received_transfer", 5, reason="Course")),
        rows(kept("received_transfer", 5, "2019-05-01", reason="Course")),
    ),
    (
        "V-D-08",
        rows(kept("opening", 5, condition="inert")),
        rows(kept("opening", 5, condition="live")),
    ),
    (
        "V-D-08",
        rows(model(mine_class="directional"), kept("opening", 5, ordnance_type_id="x")),
        rows(model(mine_class="blast"), kept("opening", 5, ordnance_type_id="x")),
    ),
    (
        "V-D-09",
        rows(HOLDING, kept("consumed_training", 5)),
        rows(HOLDING, kept("consumed_training", 5), ACTUAL),
    ),
    ("V-D-10", rows(HOLDING, retained_ceiling=99), rows(HOLDING, retained_ceiling=100)),
    (
        "V-D-11",
        rows(kept("destroyed_surplus", 5), stocked("destroyed", 5)),
        rows(kept("destroyed_surplus", 5), stocked("destroyed", 4)),
    ),
    (
        "V-D-11",
        rows(kept("destroyed_surplus", 5), stocked("destroyed", 5)),
        rows(
            kept("destroyed_surplus", 5), stocked("destroyed", 5), training_use_as_destruction=True
        ),
    ),
]


def law(**values: object) -> Row:
    return row("legal_measure", **{"title": "Decree", "kind": "decree", **values})


HIDE_LAW = {"reviewed_records_only": True}
"""Nothing of the register has been accepted, so that nothing counts any more."""

TECHNICAL: Sequence[tuple[str, Change, Change]] = [
    ("V-A-01", rows(**HIDE_LAW), rows()),
    (
        "V-A-02",
        rows(law(review_state="accepted"), **HIDE_LAW),
        rows(law(review_state="accepted", penal_sanctions="no"), **HIDE_LAW),
    ),
    (
        "V-A-03",
        rows(law(adopted_on="2020", in_force_on="2021")),
        rows(law(adopted_on="2021", in_force_on="2021"), law(in_force_on="2020")),
    ),
    ("V-E-01", rows(ever_produced=True), rows(ever_produced=False)),
    (
        "V-E-01",
        rows(ever_produced=True),
        rows(row("production_facility", name="Works"), ever_produced=True),
    ),
    (
        "V-E-02",
        rows(row("production_facility", name="Works", status="completed")),
        rows(row("production_facility", name="Works", status="completed", completed_on="2001")),
    ),
    (
        "V-H-01",
        rows(
            model(review_state="rejected"),
            kept("opening", 5, ordnance_type_id="x"),
        ),
        rows(model(), kept("opening", 5, ordnance_type_id="x")),
    ),
    (
        "V-H-01",
        rows(model(review_state="rejected"), stocked("opening", 5, ordnance_type_id="x")),
        rows(model(review_state="rejected")),
    ),
    ("V-H-02", rows(kept("opening", 5, ordnance_type_id="other")), rows(HOLDING)),
    ("V-H-03", rows(model(explosive_g=9.0)), rows(model(explosive_g=15_000.0))),
    ("V-H-04", rows(model(aliases=["p.m.n"])), rows(model(aliases=["PMN-2"]))),
    (
        "V-H-05",
        rows(model(explosive_g=60.0, mass_g=50.0)),
        rows(model(explosive_g=50.0, mass_g=50.0)),
    ),
]

CASES = [*STOCK, *RETAINED, *TECHNICAL]


@pytest.mark.parametrize(("code", "wrong", "right"), CASES)
def test_a_rule_speaks_where_something_is_wrong_and_nowhere_else(
    store: Store, code: str, wrong: Change, right: Change
) -> None:
    spoken = findings(store, code, wrong)
    assert spoken
    assert all(finding.message.render() for finding in spoken)
    assert findings(store, code, right) == []


def test_every_rule_of_these_forms_has_its_case() -> None:
    forms = {"V-A", "V-B", "V-D", "V-E", "V-F", "V-G", "V-H"}
    wanted = {code for code in RULES if code.rpartition("-")[0] in forms}
    assert {code for code, _, _ in CASES} == wanted


def test_a_type_lacks_what_it_lacks(store: Store) -> None:
    change = rows(model(fusing="pull"), kept("opening", 5, ordnance_type_id="x"))
    (finding,) = findings(store, "V-H-02", change)
    assert finding.message.render() == (
        "Model X lacks dimensions, explosive content, metal content, a photograph."
    )
