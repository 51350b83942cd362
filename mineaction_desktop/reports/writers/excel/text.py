"""Text that is safe in a sheet: legal characters, bounded length, never a formula."""

from __future__ import annotations

import re
import unicodedata

from mineaction_desktop.i18n import Words, mark

MAX_TEXT = 32_767
CUT_OFF = mark(" […] (The text goes on: a cell cannot hold more.)")

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_END = re.compile("\r\n?")
_ESCAPE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
# Signs that make some spreadsheet or other read a text as a formula, also behind blanks; an
# apostrophe is eaten by the first edit unless it is quoted like the others.
_TRIGGER = re.compile(
    "[\t\n]|[\ufeff\x00-\x20\x7f\\s]*['=+\\-@|%\uff1d\uff0b\uff0d\uff20\uff5c\uff05]"
)


def clean(text: str) -> str:
    """The text with one kind of line end and a visible sign for what XML cannot hold."""
    if "\r" in text:
        text = _LINE_END.sub("\n", text)
    return text if text.isascii() and text.isprintable() else _ILLEGAL.sub("\ufffd", text)


def fitted(text: str, words: Words) -> str:
    """The cleaned text, cut with a note where it is longer than a cell can hold."""
    text = clean(text)
    if 2 * len(text) <= MAX_TEXT or _units(text) <= MAX_TEXT:
        return text
    note = words.gettext(CUT_OFF)
    kept = text.encode("utf-16-le")[: 2 * (MAX_TEXT - _units(note))]
    return kept.decode("utf-16-le", errors="ignore") + note


def _units(text: str) -> int:
    """The length as spreadsheets count it, in units of UTF-16."""
    return len(text.encode("utf-16-le")) // 2


def looks_like_formula(text: str) -> bool:
    """Whether a person who edits the text could turn it into a formula."""
    return _TRIGGER.match(text) is not None


def markup(text: str) -> str:
    """Clean text as the content of an element; what looks like an escape stays as typed."""
    if "_x" in text:
        text = _ESCAPE_LIKE.sub("_x005F_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def string_element(text: str) -> str:
    """The element ``t`` of clean text, with its outer blanks kept."""
    space = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<t{space}>{markup(text)}</t>"


def width(text: str) -> int:
    """How many digits wide a line of text is, with ideographs as two."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return len(text) + wide


def longest_word(text: str) -> int:
    """The width of the longest piece that cannot be broken; ideographs break anywhere."""
    return max((len(word) for word in text.split() if not _has_wide(word)), default=0)


def _has_wide(word: str) -> bool:
    return not word.isascii() and any(unicodedata.east_asian_width(sign) in "WF" for sign in word)
