"""Many records held against their form at once: nobody with a problem slips through."""

from __future__ import annotations

from datetime import date

import pytest
from form_samples import write_forms
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mineaction_desktop.domain.problems import Problem
from mineaction_desktop.formdef.catalogue import load_catalogue
from mineaction_desktop.formdef.checking import validate
from mineaction_desktop.formdef.form import Field, Form
from mineaction_desktop.formdef.screening import doubtful
from mineaction_desktop.formdef.types import TYPES

TODAY = date(2024, 6, 15)
_TEXTS = ("", "", "0", "1", "12", "yes", "no", "2019", "2023-05-01", "2031-01-01", "1992/1995")
_MORE = ("external", "internal", "passed", "Alpha", "33.5", "-170", "EUR")
_FAST = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module", params=["given", "sample"])
def forms(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Form]:
    """The forms of the program, and a small one with every kind of condition."""
    if request.param == "given":
        return list(load_catalogue().forms.values())
    return [load_catalogue(write_forms(tmp_path_factory.mktemp("forms"))).form("quality_visit")]


def _read(field: Field, draw: st.DrawFn) -> object:
    """A value as a reader gives it."""
    codes = [choice.code for choice in field.choices] if field.choices else []
    text = draw(st.sampled_from([*_TEXTS, *_MORE, *codes, *codes, *codes]))
    value = TYPES[field.type].read(text, field)
    return None if isinstance(value, Problem) else value


@_FAST
@given(data=st.data())
def test_whoever_is_not_in_doubt_has_no_problem(forms: list[Form], data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(forms))
    names = data.draw(st.sets(st.sampled_from(sorted(form.fields)), max_size=9))
    names |= data.draw(st.sampled_from([form.demanding, frozenset[str]()]))
    count = data.draw(st.integers(1, 5))
    columns = {
        name: [_read(form.fields[name], data.draw) for _ in range(count)]  # type: ignore[arg-type]  # draws alike
        for name in sorted(names)
    }
    doubts = doubtful(form, columns, count, TODAY)
    for place in range(count):
        values = {name: column[place] for name, column in columns.items()}
        if place not in doubts:
            assert validate(form, values, today=TODAY) == []


GOOD: dict[str, object] = {
    "area_class": "SHA",
    "name": "Alpha",
    "latitude": 12.5,
    "longitude": 104.5,
}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, set()),
        ({"area_class": None}, {1}),
        ({"longitude": None}, {1}),
        ({"latitude": 0.0, "longitude": 0.0}, {1}),
        ({"number_of_areas": 20_000}, {1}),
        ({"area_class": "CHA"}, {1}),
        ({"area_class": "CHA", "polygon_missing_reason": "sketch"}, set()),
        ({"marking_kind": "signs"}, {1}),
        ({"marking_kind": "signs", "marked": "yes"}, set()),
    ],
)
def test_only_the_one_that_stands_out_is_in_doubt(
    change: dict[str, object], expected: set[int]
) -> None:
    form = load_catalogue().form("hazardous_area")
    records = [GOOD, {**GOOD, **change}, GOOD]
    names = dict.fromkeys(name for record in records for name in record)
    columns = {name: [record.get(name) for record in records] for name in names}
    assert doubtful(form, columns, len(records), TODAY) == expected
