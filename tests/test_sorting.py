"""Words in the order of each language, and what holds of that order for any texts."""

from __future__ import annotations

import re
from functools import partial

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mineaction_desktop.formdef.folding import folded
from mineaction_desktop.formdef.sorting import sort_key

LANGUAGES = ("en", "fr", "es", "pt", "ru", "ar", "zh")
_TEXTS = st.text(max_size=12) | st.text("aAeéÉnñÑ 0129٣иИйёأاإةهىيـ山东@[-\x01\x7f", max_size=8)


@pytest.mark.parametrize(
    ("language", "ordered"),
    [
        ("en", ["", "7", "Area 9", "Area 09", "Area 10", "Area 10 b", "Area 200", "area b"]),
        ("en", ["Army", "army", "ARMY", "Ärmy", "army depot"]),
        ("en", ["nandu", "ñandú", "nandu b", "nzuri", "oasis"]),
        ("en", ["Zebra", "Ёлка", "Йод", "Яма", "أرض", "山"]),
        ("en", ["“Naive”", "Naive", "naive", "Naïve"]),
        ("fr", ["cote", "coté", "côte", "côté", "coter"]),
        ("fr", ["oder", "œdème", "oeil", "œuf", "of"]),
        ("es", ["nandu", "nzuri", "ñame", "ñandú", "oasis"]),
        ("es", ["mano", "mañana", "mar"]),
        ("es", ["Jose Alba", "José Blanco", "Jose Cano"]),
        ("pt", ["acao", "ação", "acaso", "avó", "avô"]),
        ("ru", ["10", "Елка", "Ёлка", "Ель", "Емеля", "Zebra"]),
        ("ru", ["Ижевск", "Йод", "Йошкар-Ола", "Казань", "Яма", "Area 1"]),
        ("ar", ["احمد", "أحمد", "إدلب", "باب", "يافا", "Area 1"]),
        ("ar", ["مدرسه", "مدرسة", "مدينة"]),
        ("ar", ["مستشفي", "مستشفى", "مستشفيات"]),
        ("ar", ["محمد", "مـحـمـد", "مُحَمَّد", "محمود"]),
        ("ar", ["حقل 9", "حقل ١٠", "حقل 11", "حقل ألف"]),
        ("ar", ["بيت", "پشت", "تل", "جبل", "چم", "حلب", "كركوك", "گلي", "لبنان"]),
        ("zh", ["Area 1", "东", "北", "山"]),
    ],
)
def test_orders_of_languages(language: str, ordered: list[str]) -> None:
    found = list(reversed(ordered))
    found.sort(key=partial(sort_key, language=language))
    assert found == ordered


@pytest.mark.parametrize("language", LANGUAGES)
@given(one=_TEXTS, other=_TEXTS)
@example(one="@", other="ء")
@example(one="n\x7f", other="ñ")
@example(one="é\x01", other="é")
def test_only_a_text_itself_is_its_equal(language: str, one: str, other: str) -> None:
    assert (sort_key(one, language) == sort_key(other, language)) == (one == other)


_LONE_MARKS = re.compile("(?:^|(?<= ))[\u064f\u0640]+")
"""Marks that stand on no letter: a search drops them with the blank beside them."""


@pytest.mark.parametrize("language", ["en", "fr", "pt", "ar"])
@given(text=st.text("aAeéÉçñ أاإآةهىيـُ", max_size=8), other=st.text("abeinoz اهيم", max_size=8))
def test_what_a_search_takes_for_equal_stands_together(
    language: str, text: str, other: str
) -> None:
    text, other = (" ".join(_LONE_MARKS.sub(" ", one).split()) for one in (text, other))
    plain = folded(text)
    if plain == folded(other):
        return
    is_before = sort_key(text, language) < sort_key(other, language)
    assert is_before == (sort_key(plain, language) < sort_key(folded(other), language))


@given(numbers=st.lists(st.integers(0, 10**30)))
def test_numbers_count_by_value(numbers: list[int]) -> None:
    texts = [f"Area {number} north" for number in numbers]
    expected = [f"Area {number} north" for number in sorted(numbers)]
    assert sorted(texts, key=sort_key) == expected
