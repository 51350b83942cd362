"""Text as a search compares it: no case, no accents, one form of each letter, in every script.

The index of a search and the words that are searched for must pass through the same function, so
there is this one: pickers of links use :func:`folded`, and so does whatever fills or asks the
table ``search_text``. Folding what is folded changes nothing.
"""

from __future__ import annotations

import unicodedata

_SAME = {
    "\u0671": "\u0627",  # alef with a mark of elision; the other alefs come apart by themselves
    "\u0649": "\u064a",  # alef maksura, in Egypt the usual final ya
    "\u06cc": "\u064a",  # Persian ya
    "\u06a9": "\u0643",  # Persian kaf
    "\u0629": "\u0647",  # ta marbuta
    "\u0640": "",  # tatweel, which only stretches a word
    "\u0131": "i",  # Turkish i without a dot
    "\u2019": "'",
    "\u02bc": "'",
}
_IDEOGRAPHS = ("CJK UNIFIED IDEOGRAPH", "CJK COMPATIBILITY IDEOGRAPH", "HIRAGANA", "KATAKANA")


class _Table(dict[int, str]):
    """What becomes of each character; worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        made = self[code] = _folded_character(chr(code))
        return made


def folded(text: str) -> str:
    """Text with everything taken away that people do not type when they search."""
    if text.isascii():
        return " ".join(text.casefold().split())
    spread = unicodedata.normalize("NFKD", text).casefold()
    return " ".join(unicodedata.normalize("NFKD", spread).translate(_TABLE).split())


def _folded_character(character: str) -> str:
    if character in _SAME:
        return _SAME[character]
    if unicodedata.combining(character) or unicodedata.category(character) in {"Cf", "Cs"}:
        return ""
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    # Words are not parted where ideographs are written, so each counts as one.
    is_word = unicodedata.name(character, "").startswith(_IDEOGRAPHS)
    return f" {character} " if is_word else character


_TABLE = _Table()
