"""Catalogues: they hold what the program and its forms say, and nothing else."""

from __future__ import annotations

import string
import sys
from pathlib import Path

import pytest
from babel.messages import Catalog

from mineaction_desktop import i18n
from mineaction_desktop.i18n import ENGLISH, Message, languages, load_words, steady

sys.path.append(str(Path(__file__).parents[1] / "tools"))
import words

SAY = "run: python tools/words.py"


@pytest.fixture(scope="module")
def collected() -> Catalog:
    return words.collected()


def _ids(catalogue: Catalog) -> set[object]:
    return {message.id for message in catalogue if message.id}


@pytest.mark.parametrize("language", languages())
def test_a_catalogue_holds_what_is_said(collected: Catalog, language: str) -> None:
    found = _ids(words.read_catalogue(language))
    assert found == _ids(collected), SAY


@pytest.mark.parametrize("language", languages())
def test_translations_have_the_placeholders_of_the_original(language: str) -> None:
    def names(text: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    for message in words.read_catalogue(language):
        if not message.id or not words.is_translated(message):
            continue
        original = message.id if isinstance(message.id, str) else message.id[-1]
        said = [message.string] if isinstance(message.string, str) else [*(message.string or ())]
        for text in said:
            assert names(text) <= names(original), message.id
        assert names(original) == names(said[-1]), message.id


@pytest.mark.parametrize(
    "sentence",
    ["Land", "Preferences…", "Nothing changed since it was opened", "Hazardous areas"],
)
def test_the_frame_of_the_window_speaks_arabic(sentence: str) -> None:
    assert load_words("ar").gettext(sentence) != sentence


@pytest.mark.parametrize(
    ("n", "expected"),
    [(1, "خطأ واحد"), (2, "خطآن"), (3, "{n} أخطاء"), (11, "{n} خطأً"), (100, "{n} خطأ")],
)
def test_arabic_counts_in_its_forms(n: int, expected: str) -> None:
    assert load_words("ar").ngettext("{n} error", "{n} errors", n) == expected


def test_what_is_not_translated_is_said_in_english() -> None:
    assert load_words("ar").gettext("A sentence nobody wrote") == "A sentence nobody wrote"
    assert Message("{n} word", {"n": 3}, "{n} words").render(load_words("ar")) == "3 words"
    assert load_words("xx") is ENGLISH


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue of two sentences, and a cache of its own."""
    source = tmp_path / "i18n" / "ar" / "LC_MESSAGES" / "mineaction.po"
    source.parent.mkdir(parents=True)
    source.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
        'msgid "yes"\nmsgstr "نعم"\n\nmsgid "{n} a"\nmsgid_plural "{n} b"\n'
        'msgstr[0] "واحد"\nmsgstr[1] ""\n',
        "utf-8",
    )
    monkeypatch.setattr(i18n, "resources_dir", lambda: tmp_path)
    monkeypatch.setattr(i18n, "cache_dir", lambda: tmp_path / "cache")
    return tmp_path


def test_a_catalogue_is_compiled_once_and_again_when_it_changes(tiny: Path) -> None:
    assert load_words("ar").gettext("yes") == "نعم"
    (made,) = (tiny / "cache").iterdir()
    before = made.stat().st_mtime_ns
    assert load_words("ar").gettext("yes") == "نعم"
    assert made.stat().st_mtime_ns == before
    source = tiny / "i18n" / "ar" / "LC_MESSAGES" / "mineaction.po"
    source.write_text(source.read_text("utf-8").replace("نعم", "بلى"), "utf-8")
    assert load_words("ar").gettext("yes") == "بلى"


def test_a_plural_that_is_half_translated_stays_english(tiny: Path) -> None:
    del tiny
    assert load_words("ar").ngettext("{n} a", "{n} b", 5) == "{n} b"


def test_a_cache_that_is_broken_or_read_only_costs_time_alone(tiny: Path) -> None:
    load_words("ar")
    (made,) = (tiny / "cache").iterdir()
    made.write_bytes(b"")
    assert load_words("ar").gettext("yes") == "نعم"
    made.unlink()
    (tiny / "cache").rmdir()
    (tiny / "cache").write_text("a file where the folder should be", "utf-8")
    assert load_words("ar").gettext("yes") == "نعم"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Cleared 2025-03-01", "Cleared 2025-03-01"),
        ("تطهير 2025-03-01", "تطهير \u200e2025-03-01"),
        ("من 2024-07/2025-06 إلى", "من \u200e2024-07/2025-06 إلى"),
        ("تطهير \u200e2025-03", "تطهير \u200e2025-03"),
        ("الدفعة PMN-12-73", "الدفعة PMN-12-73"),
        ("العدد 12", "العدد 12"),
    ],
)
def test_dates_keep_their_order_among_words_that_run_from_the_right(text: str, shown: str) -> None:
    assert steady(text) == shown
    assert steady(shown) == shown
    assert Message("{value}", {"value": text}).render() == shown
