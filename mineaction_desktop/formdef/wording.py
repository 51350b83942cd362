"""Text as people and files write it, brought to one form before it is read or compared."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

from mineaction_desktop.i18n import Message

_INVISIBLE = frozenset(
    "\u200b\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_SAME = {
    "\u2212": "-",  # minus sign
    "\u2010": "-",  # hyphen
    "\u2011": "-",  # hyphen that does not break
    "\u2018": "'",
    "\u2019": "'",
    "\u02bc": "'",
    "\u060c": ",",  # Arabic comma
    "\u066c": "'",  # Arabic thousands mark: like the apostrophe, it never means anything else
}
_SHOWN = 60
"""How much of a wrong value is repeated in a message."""


def _plain_character(character: str) -> str:
    if character in _INVISIBLE:
        return ""
    if (same := _SAME.get(character)) is not None:
        return same
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    return " " if character.isspace() else character


def plain(text: str) -> str:
    """Text with ASCII digits and ordinary blanks, without the marks that only steer direction."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return "".join(map(_plain_character, text)).strip()


_ASCII_KEY = {
    place: None if not (chr(place).isalnum() or chr(place) in "+<=>|~") else chr(place).lower()
    for place in range(128)
}
"""What ``key`` makes of each ASCII character, in which most files are written."""


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """What is left for matching when case, blanks, accents and punctuation do not matter."""
    if text.isascii():
        return text.translate(_ASCII_KEY) or text.strip()
    spread = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c for c in spread if c.isalnum() or unicodedata.category(c) == "Sm")
    return kept or text.strip()


def closest(wanted: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """The known words that look most like the wanted one, the most similar first."""
    by_key = {key(word): word for word in known}
    found = get_close_matches(key(wanted[:_SHOWN]), by_key, n=limit, cutoff=0.6)
    return [by_key[match] for match in found]


def shortened(text: str) -> str:
    """Text short enough to stand in a message."""
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def listing(words: Iterable[str]) -> Message:
    """Several words as one value of a message; each is translated by itself."""
    values = {f"w{position}": Message(word) for position, word in enumerate(words)}
    return Message(" · ".join(f"{{{name}}}" for name in values), values)
