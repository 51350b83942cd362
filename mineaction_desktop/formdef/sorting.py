"""Words in the order of a person's language: one key for lists, pickers and all else.

What a search takes for equal stands together: the letters are those of :mod:`folding`, but for
letters that a language counts apart. Accents and capitals decide only between texts that are
equal without them. Numbers within a text count by value, so that Area 9 comes before Area 10, as
people who look for an area expect. Numbers come first, then the letters of the person's own
script, then Latin, then all others as Unicode has them.

A key is compared character by character, so that a database can do it too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache

from mineaction_desktop.formdef.folding import folded

_OWN_SCRIPT = {
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "ar": "ءابپتثجچحخدذرزژسشصضطظعغفقكگلمنهوي",
}
"""Letters that come before the Latin ones: keys have no capitals, so these take their room."""

_FIRST_CAPITAL = ord("@")
_AFTER = "\x7f"
_OWN_LETTERS: Mapping[str, Mapping[str, str]] = {
    "es": {"ñ": "n"},
    "": {"й": "и", "پ": "ب", "چ": "ج", "ژ": "ز", "گ": "ك"},
}
"""Letters that stand right after another one: in a language, and in all (under no name)."""

_SPELLED = {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "þ": "th", "ð": "d", "ڤ": "ف"}
_PUNCTUATION = {"Pd": "-", "Pi": '"', "Pf": '"', "Ps": "(", "Pe": ")", "Po": ",", "Pc": "_"}
_REST = "\x01"
"""Parts the letters of a key from what decides between equals; also marks what a letter lost."""

_MOST_NUMBERS = 20_000
_at_numbers = re.compile("([0-9]+)").split
_number_in = re.compile("[0-9]").search


def sort_key(text: str, language: str = "en") -> str:
    """What texts are sorted by in a language; two texts have the same key only if they are one."""
    return sort_keys(language)(text)


@lru_cache(maxsize=16)
def sort_keys(language: str) -> Callable[[str], str]:
    """The function that makes the keys of a language: a million of them are wanted at once."""
    letters, normal = _Letters(language), unicodedata.normalize

    def key(text: str) -> str:
        if text.isascii():
            found, script = text.lower(), ""
            is_small = found == text
        else:
            found, script = normal("NFC", text).translate(letters), "~"
            is_small = text == text.lower()
        has_lost = _REST in found
        if has_lost:  # before the numbers, whose digits may be of any script
            found = found.replace(_REST, "")
        if _number_in(found):
            parts = _at_numbers(found)
            parts[1::2] = map(_by_value, parts[1::2])
            found = "".join(parts)
            if _REST in found:
                has_lost, found = True, found.replace(_REST, "")
        if has_lost:
            return f"{found}{_REST}{script}3{text}"
        if is_small:
            return f"{found}{_REST}{script}1"
        if text.istitle():  # as most names are written
            return f"{found}{_REST}{script}" if script else found
        return f"{found}{_REST}{script}2{text}"

    return key


class _Letters(dict[int, str]):
    """What becomes of each character in a language; worked out when it is first met."""

    def __init__(self, language: str) -> None:
        self._after = {**_OWN_LETTERS[""], **_OWN_LETTERS.get(language, {})}
        alphabet = _OWN_SCRIPT.get(language, "")
        self._places = {letter: chr(_FIRST_CAPITAL + n) for n, letter in enumerate(alphabet)}

    def __missing__(self, code: int) -> str:
        made = self[code] = self._made(chr(code))
        return made

    def _made(self, character: str) -> str:
        small = character.lower()
        if small in self._places:
            return self._places[small]
        if small in self._after:
            return self._placed(self._after[small]) + _AFTER
        if character.isspace():
            plain = " "
        else:
            plain = folded(character)
            plain = _PUNCTUATION.get(unicodedata.category(character), plain)
        plain = self._placed("".join(_SPELLED.get(letter, letter) for letter in plain))
        is_whole = plain == small and plain not in self._places.values() and plain.isprintable()
        return plain if is_whole else plain + _REST

    def _placed(self, letters: str) -> str:
        return "".join(self._places.get(letter, letter) for letter in letters)


class _Numbers(dict[str, str]):
    """Numbers as texts that sort by value: how many digits there are, then the digits."""

    def __missing__(self, digits: str) -> str:
        value = digits.lstrip("0")
        nines, rest = divmod(len(value), 9)
        made = "9" * nines + str(rest) + value + (_REST if value != digits else "")
        if len(self) < _MOST_NUMBERS:
            self[digits] = made
        return made


_by_value = _Numbers().__getitem__
