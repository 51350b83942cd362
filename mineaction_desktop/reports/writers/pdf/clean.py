"""What of a text can be printed: controls, marks of direction and letters that no font has."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from mineaction_desktop.reports.writers.pdf.fonts import REPLACEMENT, Weight, font_of

PLAIN = re.compile("[\x20-\x7e\xa0-\xac\xae-\u017f\u0400-\u045f\u2013-\u201d]*")
"""Texts of one line that no step below changes and that one font draws from left to right."""

_LINE_ENDS = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_SPACES = "\t\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000"
# the ordering of lines knows embeddings but not the newer isolates
_DIRECTIONS = {"\u2066": "\u202a", "\u2067": "\u202b", "\u2068": "\u202a", "\u2069": "\u202c"}
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180e\u2060-\u2064\u206a-\u206f\ufe00-\ufe0f\ufeff]"
)
_KEPT = "\n\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
_UNPRINTABLE = ("Cc", "Cf", "Cs", "Co", "Cn")


def printable(text: str) -> str:
    """The text with only what can be drawn; what no font has becomes a visible sign."""
    if PLAIN.fullmatch(text):
        return text
    text = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))
    return "".join(map(_shown, unicodedata.normalize("NFC", text)))


def one_line(text: str) -> str:
    """The same for a title outside the pages, which cannot break its line."""
    return " ".join(printable(text).split())


@cache
def _shown(char: str) -> str:
    if char in _KEPT:
        return char
    if char in _SPACES:
        return " "
    if char in _DIRECTIONS:
        return _DIRECTIONS[char]
    # a font lends its private characters to joined letters, so nobody else may use them
    if unicodedata.category(char) in _UNPRINTABLE:
        return REPLACEMENT
    return char if all(font_of(char, weight) for weight in Weight) else REPLACEMENT
