"""Conditions of form files: what they may say, and their three-valued answers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.formdef.expressions import ExpressionError, parse
from mineaction_desktop.formdef.operations import normal

TODAY = date(2024, 6, 15)
VALUES: dict[str, object] = {
    "n": 5,
    "x": 2.5,
    "zero": 0,
    "yes": True,
    "no": False,
    "code": "CHA",
    "blank": "  ",
    "empty": None,
    "none_chosen": [],
    "codes": ["a", "b"],
    "day": date(2024, 6, 10),
    "moment": datetime(2024, 6, 10, 12),  # noqa: DTZ001 (a value without zone, as spreadsheets give)
    "in_2019": PartialDate.parse("2019"),
    "in_may": PartialDate.parse("2019-05"),
    "nineties": PartialDate.parse("1992/1995"),
    "late_day": date(9999, 12, 31),
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("n == 5", True),
        ("n == 5.0", True),
        ("n != 5", False),
        ("n > x", True),
        ("1 < n <= 5", True),
        ("1 < n < 5", False),
        ("-n < 0", True),
        ("n + x - 1 == 6.5", True),
        ("code == 'CHA'", True),
        ("code == 'a=b'", False),
        ("code == 'cha'", False),
        ("code in ['SHA', 'CHA']", True),
        ("code not in ['SHA', 'CHA']", False),
        ("code in ('SHA',)", False),
        ("'a' in codes", True),
        ("'c' in codes", False),
        ("'c' not in codes", True),
        ("has(codes, 'a')", True),
        ("has(codes, 'c')", False),
        ("has(code, 'CHA')", None),
        ("empty == 5", None),
        ("empty != 5", None),
        ("empty < 5", None),
        ("missing == 5", None),
        ("empty in ['a']", None),
        ("empty not in ['a']", None),
        ("empty in ['a', None]", True),
        ("n in [1, None]", False),
        ("'a' in none_chosen", None),
        ("has(none_chosen, 'a')", None),
        ("empty == None", True),
        ("blank == None", True),
        ("none_chosen == None", True),
        ("None != n", True),
        ("zero == None", False),
        ("filled(zero)", True),
        ("filled(blank)", False),
        ("not filled(empty)", True),
        ("yes", True),
        ("not no", True),
        ("empty", None),
        ("not empty", None),
        ("n", None),
        ("yes and empty", None),
        ("no and empty", False),
        ("empty and no", False),
        ("yes or empty", True),
        ("empty or yes", True),
        ("no or empty", None),
        ("no or no", False),
        ("yes == True", True),
        ("yes == 1", None),
        ("n == '5'", None),
        ("code < n", None),
        ("total(n, x, empty) == 7.5", True),
        ("total(empty, missing) == None", True),
        ("total(code) == None", True),
        ("total(n, code) == None", True),
        ("empty + 5 > 1", None),
        ("code + n == 1", None),
        ("yes + 1 == 2", None),
        ("year(day) == 2024", True),
        ("year(in_may) == 2019", True),
        ("year(nineties) == 1992", None),
        ("year(n) == 5", None),
        ("day <= today", True),
        ("moment == day", True),
        ("day < today - 4", True),
        ("day < today - 5", False),
        ("today - day == 5", True),
        ("today - in_2019 == 5", None),
        ("late_day + 1 > today", None),
        ("nineties < in_2019", True),
        ("in_2019 < nineties", False),
        ("in_2019 < in_may", None),
        ("in_may <= in_2019", None),
        ("nineties <= in_2019", True),
        ("in_2019 >= nineties", True),
        ("in_2019 > nineties", True),
        ("in_2019 == in_2019", True),
        ("in_2019 == in_may", None),
        ("in_2019 == nineties", False),
        ("in_2019 != nineties", True),
        ("day >= '2024-06-01'", True),
        ("day == '2024'", None),
        ("day == 'soon'", None),
    ],
)
def test_truth(text: str, expected: bool | None) -> None:
    assert parse(text).truth(VALUES, TODAY) is expected


def test_what_an_expression_names_is_known_for_checking() -> None:
    found = parse("yes and (code in ['CHA', 'SHA'] or has(codes, 'a')) and n > total(x, 2)")
    assert found.names == {"yes", "code", "codes", "n", "x"}
    assert found.conditions == {"yes"}
    assert set(found.compared) == {("code", "CHA"), ("code", "SHA"), ("codes", "a")}


def test_today_is_no_field() -> None:
    assert parse("day <= today").names == {"day"}


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("", 1),
        ("n ==", 1),
        ("n = 5", 3),
        ("n * 2 == 4", 1),
        ("n ** 9999999", 1),
        ("~n", 1),
        ("'a' * 9", 1),
        ("n.real == 1", 1),
        ("n[0] == 1", 1),
        ("[n] == 1", 1),
        ("yes and [1]", 9),
        ("n in 5", 6),
        ("n in [x]", 7),
        ("n is None", 1),
        ("lambda: 1", 1),
        ("__import__('os')", 1),
        ("open('x')", 1),
        ("filled(n, x)", 1),
        ("filled(n=1)", 1),
        ("total()", 1),
        ("filled", 1),
        ("code < 'b'", 8),
        ("f'{n}' == '5'", 1),
        ("b'x' == n", 1),
        ("... == n", 1),
        ("{n}", 1),
        ("(n := 5)", 2),
        ("n if yes else x", 1),
        ("[n for n in codes]", 1),
        ("*n", 1),
        ("n == '\\n'", 7),
        ("n\x00 == 1", 1),
        ("(" * 300 + "n" + ")" * 300, None),
        ("not " * 60 + "n", None),
        ("n + " * 240 + "n", None),
        ("n" * 1001, 1),
    ],
)
def test_anything_else_is_refused_with_its_place(text: str, position: int | None) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert caught.value.reason.render()
    assert position is None or caught.value.position == position


_ANY = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=3),
    st.dates(),
    st.lists(st.text(max_size=2), max_size=2),
    st.dates().map(PartialDate.of),
    st.binary(max_size=2),
)
_ASKED = [
    "a < b",
    "a == b",
    "a + b > 1",
    "a - b == 1",
    "total(a, b) > 1",
    "has(a, 'x') or b in ['x', 1, None]",
    "year(a) == b",
    "not a and (b or filled(a))",
    "a in b",
    "a >= b",
]

_PLAIN = [
    "a == b",
    "a != b",
    "a < b",
    "a <= b",
    "a > b",
    "a >= b",
    "a == 2 or b == 2",
    "a != 'x' and b != 'x'",
    "not a == b",
    "not (a and b)",
]
"""What columns of one type are asked by the shortest way."""


@settings(max_examples=300)
@given(text=st.sampled_from(_ASKED), a=_ANY, b=_ANY)
def test_no_value_breaks_an_expression(text: str, a: object, b: object) -> None:
    assert parse(text).truth({"a": a, "b": b}, TODAY) in {True, False, None}


@settings(max_examples=300)
@given(
    text=st.text(alphabet=st.characters(exclude_categories=["Cs"]))
    | st.text("ab01'()[]<=>!,+- notdriN")
)
def test_any_text_is_an_expression_or_refused(text: str) -> None:
    try:
        found = parse(text)
    except ExpressionError:
        return
    assert found.truth({}, TODAY) in {True, False, None}


@given(a=st.sampled_from([True, False, None]), b=st.sampled_from([True, False, None]))
def test_negation_carries_and_over_to_or(a: Any, b: Any) -> None:  # noqa: ANN401 (three values)
    values = {"a": a, "b": b}
    left = parse("not (a and b)").truth(values, TODAY)
    assert left is parse("not a or not b").truth(values, TODAY)


_COLUMN = st.lists(_ANY, min_size=1, max_size=4)


@settings(max_examples=300)
@given(text=st.sampled_from([*_ASKED, *_PLAIN]), a=_COLUMN, b=_ANY, data=st.data())
def test_many_records_answer_as_each_alone(
    text: str, a: list[Any], b: object, data: st.DataObject
) -> None:
    shared = data.draw(st.booleans())
    more = [b] * len(a) if shared else [data.draw(_ANY) for _ in a]
    found = parse(text)
    columns = {"a": [normal(one) for one in a], "b": [normal(one) for one in more]}
    expected = [
        found.truth({"a": one, "b": other}, TODAY) for one, other in zip(a, more, strict=True)
    ]
    assert found.truths(columns, TODAY, len(a)) == expected


@pytest.mark.parametrize("values", [[1, 2.5, 2], ["x", "y", "x"], [True, False, True]])
@pytest.mark.parametrize("text", _PLAIN)
def test_columns_of_one_type_answer_as_each_value_alone(text: str, values: list[object]) -> None:
    found, others = parse(text), values[::-1]
    expected = [
        found.truth({"a": one, "b": other}, TODAY)
        for one, other in zip(values, others, strict=True)
    ]
    assert found.truths({"a": values, "b": others}, TODAY, len(values)) == expected


def test_a_field_that_nobody_fills_is_empty_for_all() -> None:
    assert parse("filled(a)").truths({}, TODAY, 2) == [False, False]
    assert parse("a == 1").truths({}, TODAY, 2) == [None, None]
    many = [PartialDate.parse("2019"), PartialDate.parse("2031")] * 200
    found = parse("a <= today").truths({"a": list(map(normal, many))}, TODAY, 400)
    assert found == [True, False] * 200
