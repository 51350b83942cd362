"""The validator of one record: codes in form order, for good, bad and hidden values."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from form_samples import write_forms
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.formdef.catalogue import load_catalogue
from mineaction_desktop.formdef.checking import is_offered, offered_choices, shown_values, validate
from mineaction_desktop.formdef.form import Form

TODAY = date(2024, 6, 15)
VALID: dict[str, object] = {
    "date": PartialDate.parse("2024-05"),
    "kind": "external",
    "inspected_id": "org-1",
    "inspecting_id": "org-2",
    "sample_m2": 500,
    "visitors": 3,
    "next_visit": PartialDate.parse("2025"),
    "result": "passed",
    "review_state": "entered",
}


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Form:
    folder: Path = write_forms(tmp_path_factory.mktemp("forms"))
    return load_catalogue(folder).form("quality_visit")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"date": None}, [("FIELD-001", "date")]),
        ({"date": None, "kind": ""}, [("FIELD-001", "date"), ("FIELD-001", "kind")]),
        ({"inspecting_id": None}, [("FIELD-001", "inspecting_id")]),
        ({"inspecting_id": None, "kind": "internal"}, []),
        ({"date": PartialDate.parse("2024-07")}, [("FIELD-080", "date")]),
        ({"date": PartialDate.parse("2024")}, []),
        ({"date": "2024-05"}, [("FIELD-003", "date")]),
        ({"kind": "third"}, [("FIELD-030", "kind")]),
        ({"sample_m2": -1}, [("FIELD-013", "sample_m2")]),
        ({"sample_m2": -1, "kind": "internal"}, []),
        ({"visitors": 21}, [("FIELD-014", "visitors")]),
        ({"visitors": 2, "next_visit": "nonsense"}, []),
        ({"visitors": None, "next_visit": "nonsense"}, []),
        ({"visitors": 3, "next_visit": "nonsense"}, [("FIELD-003", "next_visit")]),
        ({"inspecting_id": "org-1"}, [("QUA-001", "inspecting_id")]),
        ({"inspected_id": None}, []),
        ({"result": "failed"}, [("QUA-002", "findings")]),
        ({"result": "failed", "findings": "signs missing"}, []),
        # the section with the findings is hidden: to the rule they are empty
        ({"result": "failed", "findings": "x", "checked_all": True}, [("QUA-002", "findings")]),
        (
            {"result": "failed", "date": None, "visitors": 0},
            [("FIELD-001", "date"), ("FIELD-013", "visitors"), ("QUA-002", "findings")],
        ),
        ({"cost": 100, "paid_in": "USD"}, []),
        ({"cost": 100}, [("FIELD-050", "cost")]),
        ({"cost": 1_000_000, "paid_in": "USD"}, [("FIELD-080", "cost")]),
        ({"strip_m2": -1}, [("FIELD-013", "strip_m2")]),
        ({"no_such_field": object()}, []),
    ],
)
def test_problems_of_a_visit(
    form: Form, change: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    found = validate(form, VALID | change, today=TODAY)
    assert [(problem.code, problem.place.field) for problem in found] == expected


def test_a_rule_has_its_own_words_and_severity(form: Form) -> None:
    (found,) = validate(form, VALID | {"result": "failed"}, today=TODAY)
    assert (found.severity, found.message.text) == (Severity.WARNING, "Say what was found.")
    assert found.place.kind == "quality_visit"


def test_hiding_a_field_hides_what_depends_on_it(form: Form) -> None:
    shown = shown_values(form, VALID | {"kind": "internal", "checked_all": True}, today=TODAY)
    assert "sample_m2" not in shown
    assert "findings" not in shown
    assert shown["next_visit"] == VALID["next_visit"]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("external", ["passed", "failed"]), ("internal", ["passed"]), (None, ["passed", "failed"])],
)
def test_a_filter_says_what_is_offered(form: Form, kind: str | None, expected: list[str]) -> None:
    offered = offered_choices(form.fields["result"], {"kind": kind}, today=TODAY)
    assert [choice.code for choice in offered] == expected


def test_records_are_offered_by_their_attributes(form: Form) -> None:
    field, candidate = form.fields["activity_id"], {"kind": "clearance", "organisation_id": "org-1"}
    assert is_offered(field, candidate, {"inspected_id": "org-1"}, today=TODAY)
    assert not is_offered(field, candidate, {"inspected_id": "org-2"}, today=TODAY)
    assert is_offered(form.fields["date"], {}, {}, today=TODAY)


def test_today_is_the_day_of_the_check(form: Form) -> None:
    values = VALID | {"date": PartialDate.of(TODAY)}
    assert validate(form, values, today=TODAY) == []
    assert [p.code for p in validate(form, values, today=date(2024, 6, 14))] == ["FIELD-080"]
    assert validate(form, values) == []


_ANY = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.dates(),
    st.binary(max_size=3),
    st.lists(st.one_of(st.text(max_size=3), st.none()), max_size=3),
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_bad_data_is_reported_and_never_raised(form: Form, data: st.DataObject) -> None:
    values = data.draw(st.dictionaries(st.sampled_from(list(form.fields)), _ANY))
    for problem in validate(form, values, today=TODAY):
        assert problem.message.render()
