from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mineaction_desktop.reports.writers.pdf.bidi import keep_codes, order_of
from mineaction_desktop.reports.writers.pdf.clean import printable
from mineaction_desktop.reports.writers.pdf.fonts import REPLACEMENT, Weight
from mineaction_desktop.reports.writers.pdf.shaping import Shaped, joined, shaped
from mineaction_desktop.reports.writers.pdf.text import Line, lay_out, measure


def lines(text: str, width: float = 1e6, *, right_to_left: bool = False) -> list[str]:
    laid = lay_out(text, width, 10, Weight.REGULAR, right_to_left=right_to_left)
    return [words(line) for line in laid]


def words(line: Line) -> str:
    return "".join(
        "".join(glyph.char for glyph in run.glyphs) if isinstance(run, Shaped) else run[1]
        for run in line.runs
    )


def read(text: str) -> str:
    """What stands on one line from left to right, with plain letters for joined ones."""
    (line,) = lines(text, right_to_left=True)
    return unicodedata.normalize("NFKC", line)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("one two", ["one two"]),
        ("one\ntwo", ["one", "two"]),
        ("one\r\n\r\ntwo", ["one", "", "two"]),
        ("a\tb\x0bc", ["a b", "c"]),
    ],
)
def test_lines_end_where_the_text_says(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain – “text”", "plain – “text”"),
        ("bell\x07", f"bell{REPLACEMENT}"),
        ("smile 😀", f"smile {REPLACEMENT}"),
        ("ไทย", REPLACEMENT * 3),
        ("lone \ud800", f"lone {REPLACEMENT}"),
        ("private \ue000\U000f0000", f"private {REPLACEMENT}{REPLACEMENT}"),
        ("soft\u00adhyphen\ufeff", "softhyphen"),
        ("e\u0301", "é"),
        ("\u2067x\u2069", "\u202bx\u202c"),
    ],
)
def test_what_no_font_has_becomes_visible(text: str, expected: str) -> None:
    assert printable(text) == expected


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("aaa bbb ccc", "aaa bbb", ["aaa bbb", "ccc"]),
        ("aaa   aaa", "aaa", ["aaa", "aaa"]),
        ("anti-personnel", "anti-person", ["anti-", "personnel"]),
        ("HA-0012 x", "HA-0012", ["HA-0012", "x"]),
        ("no\u00a0break ok", "no break", ["no\u00a0break", "ok"]),
        ("aaaaaaaa", "aaa", ["aaa", "aaa", "aa"]),
        ("aa aaaaa b", "aaa", ["aa", "aaa", "aa", "b"]),
        ("sandovia.example/reports", "sandovia.example/rep", ["sandovia.example/", "reports"]),
        ("i", "", ["i"]),
    ],
)
def test_lines_break_at_spaces_hyphens_and_only_then_inside_words(
    text: str, width: str, expected: list[str]
) -> None:
    room = 10 * measure(width, Weight.REGULAR) + 0.01
    assert lines(text, room) == expected


def test_chinese_breaks_between_ideographs_but_keeps_marks_at_their_side() -> None:
    room = 10 * measure("地雷地", Weight.REGULAR) + 0.01
    assert lines("地雷地。（雷）地", room) == ["地雷", "地。", "（雷）", "地"]


@given(st.text(max_size=120), st.floats(15, 300), st.booleans())
@settings(max_examples=150, deadline=None)
def test_any_text_fits_its_width_and_loses_no_letter(
    text: str, width: float, right_to_left: bool
) -> None:
    laid = lay_out(text, width, 10, Weight.BOLD, right_to_left=right_to_left)
    for line in laid:
        assert line.width <= width + 0.01 or len(words(line)) == 1
    if all(unicodedata.bidirectional(char) in ("L", "EN", "WS") for char in text):
        kept = "".join(printable(text).split())
        assert "".join("".join(map(words, laid)).split()) == kept


@given(st.text("ابتةهـمن ()[]1234567890abc-/،.\u064b\u06ce\u200c\u202a\u202c", max_size=60))
@settings(max_examples=150, deadline=None)
def test_mixed_texts_are_measured_as_they_are_drawn(text: str) -> None:
    for line in lay_out(text, 80, 10, Weight.REGULAR, right_to_left=True):
        drawn = sum(
            run.width if isinstance(run, Shaped) else measure(run[1], Weight.REGULAR)
            for run in line.runs
        )
        assert line.width == pytest.approx(10 * drawn, abs=0.01)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("في 2025-03-01 يوم", "موي 2025-03-01 يف"),
        ("الموقع (HA-0012/B)", "(HA-0012/B) عقوملا"),
        ("هاتف: +999 21 555", "+999\u00a021\u00a0555 :فتاه"),
        ("مساحة 1,234.5 م", "م 1,234.5 ةحاسم"),
        ("PMN-2: لغم", "مغل :PMN-2"),
        ("(م²)", "(2م)"),
        ("(الموقع HA-0012). 7 مرات", "تارم 7 .(HA-0012 عقوملا)"),
        ("من PMN (2) فقط", "طقف PMN (2) نم"),
        ("لغم (PMN-2) 5", "5 (PMN-2) مغل"),
        ("شركة Safe Land Ltd هنا", "انه Safe Land Ltd ةكرش"),
        ("وزن 5kg هنا", "انه 5kg نزو"),
        ("في ٢٠٢٥ عام", "ماع ٢٠٢٥ يف"),
    ],
)
def test_codes_dates_and_brackets_inside_arabic(text: str, expected: str) -> None:
    assert read(text) == expected.replace("\u00a0", " ")


def test_latin_texts_run_to_the_right_in_an_arabic_report() -> None:
    assert lines("PMN-2 (Russia).", right_to_left=True) == ["PMN-2 (Russia)."]
    assert lines("-5", right_to_left=True) == ["-5"]


def test_lines_are_ordered_one_by_one() -> None:
    order = order_of("ابجد 12 هوز", in_right_to_left=True)
    assert [order.line(0, 4), order.line(5, 11)] == ["دجبا", "زوه 12"]


def test_arabic_names_stand_in_a_line_from_left_to_right() -> None:
    order = order_of("the (نور) field", in_right_to_left=False)
    assert order.line(0, len(order.text)) == "the (رون) field"


@given(
    st.lists(st.sampled_from(["باب", "نور", "Latin", "two words", "123", "5kg", "،", ".", "«قول»"]))
)
@settings(deadline=None)
def test_the_short_way_orders_like_the_full_algorithm(parts: list[str]) -> None:
    text = " ".join(["باب", *parts, "نور"])
    short = order_of(text, in_right_to_left=True)
    full = order_of(f"{text}\u200f", in_right_to_left=True)
    assert short.line(0, len(short.text)) == full.line(0, len(full.text)).replace("\u200f", "")


def test_codes_are_held_together() -> None:
    assert keep_codes("x 2025-03-01 y") == "x \u202a2025-03-01\u202c y"
    assert keep_codes("a plain word, 12.") == "a plain word, 12."


def test_joined_words_have_presentation_forms() -> None:
    assert joined("لغم 5") == "\ufedf\ufed0\ufee2 5"
    assert joined("می‌خ")[1] == "\ufbfd"


def test_words_that_need_a_shaper_stay_until_they_are_shaped() -> None:
    assert joined("ښځړګ") == "ښځړګ"
    word = shaped("ښځړګ", Weight.REGULAR)
    apart = sum(shaped(letter, Weight.REGULAR).width for letter in "ښځړګ")
    assert 0 < word.width < apart  # joined letters are narrower than letters on their own


@pytest.mark.parametrize(("mark", "above"), [("\u064e", True), ("\u0650", False)])
def test_marks_are_set_above_or_below_their_letter(mark: str, above: bool) -> None:
    placed, letter = shaped(f"ط{mark}", Weight.REGULAR).glyphs
    assert (placed.char, letter.char) == ("", "\ufec1")
    assert placed.advance == letter.x == letter.y == 0
    assert 0 < placed.x < letter.advance
    assert placed.y > 100 if above else placed.y <= 0
