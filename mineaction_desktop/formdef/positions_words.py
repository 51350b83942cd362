"""The words and letters for north, south, east and west, brought to N, S, E and W."""

from __future__ import annotations

import re

from mineaction_desktop.formdef.wording import plain

_SIDES = {
    "N": (
        "north",
        "nord",
        "norte",
        "northing",
        "с.ш.",
        "с. ш.",
        "сш",
        "север",
        "с",
        "شمالا",
        "شمال",
        "ش",
        "n",
    ),
    "S": (
        "south",
        "sud",
        "sur",
        "sul",
        "ю.ш.",
        "ю. ш.",
        "юш",
        "юг",
        "ю",
        "جنوبا",
        "جنوب",
        "ج",
        "s",
    ),
    "E": (
        "east",
        "est",
        "este",
        "leste",
        "в.д.",
        "в. д.",
        "вд",
        "восток",
        "в",
        "شرقا",
        "شرق",
        "ق",
        "e",
    ),
    "W": (
        "west",
        "ouest",
        "oeste",
        "з.д.",
        "з. д.",
        "зд",
        "запад",
        "з",
        "غربا",
        "غرب",
        "غ",
        "w",
        "o",
    ),
}
"""In French, Spanish and Portuguese O is the west; no language of ours calls the east so."""

_LATITUDE = ("latitude", "latitud", "lat", "широта", "خط العرض")
_LONGITUDE = ("longitude", "longitud", "long", "lng", "lon", "долгота", "خط الطول")
_LETTER_OF = {word: letter for letter, words in _SIDES.items() for word in words}
_SIDE = re.compile(
    r"(?<![^\W\d_])(?:"
    + "|".join(re.escape(word) for word in sorted(_LETTER_OF, key=len, reverse=True))
    + r")(?![^\W\d_])\.?"
)


def _any_of(words: tuple[str, ...]) -> str:
    return r"(?<![^\W\d_])(?:" + "|".join(words) + r")(?![^\W\d_])"


_IS_LATITUDE, _IS_LONGITUDE = (re.compile(_any_of(words)) for words in (_LATITUDE, _LONGITUDE))
_AXIS = re.compile(_any_of((*_LATITUDE, *_LONGITUDE)) + r"\.?\s*[:=]?\s*")
_MARKS = str.maketrans(
    {
        "º": "°",
        "˚": "°",
        "∘": "°",
        "′": "'",
        "ʹ": "'",
        "´": "'",
        "`": "'",
        "’": "'",
        "″": '"',
        "ʺ": '"',
        "“": '"',
        "”": '"',
        "«": '"',
        "»": '"',
        "،": ",",
        "؛": ";",
        "\u066b": ".",
    }
)
_BY_HYPHENS = re.compile(r"(?<!\d)(\d{1,3})-(\d{1,2})-(\d{1,2}(?:[.,]\d+)?)")
_SECONDS = re.compile(r"''")
_GRADES = re.compile(r"(?<=\d) ?(?:deg(?:rees?)?|d)(?![^\W\d_])\.?")


def in_letters(text: str) -> str:
    """A position with Latin digits, ordinary marks and the letters N, S, E and W."""
    bare = plain(text.replace("\n", ";").translate(_MARKS)).lower().translate(_MARKS)
    bare = _GRADES.sub("°", _SECONDS.sub('"', bare))
    bare = _AXIS.sub(" ", _BY_HYPHENS.sub(r"\1 \2 \3", bare))
    bare = _SIDE.sub(lambda found: f" {_LETTER_OF[_known(found[0])]} ", bare)
    return " ".join(bare.split()).strip(" ;,()[]")


def longitude_first(text: str) -> bool:
    """Whether words such as ``lon`` and ``lat`` say that the longitude stands first."""
    bare = text.lower()
    east, north = _IS_LONGITUDE.search(bare), _IS_LATITUDE.search(bare)
    return east is not None and north is not None and east.start() < north.start()


def _known(word: str) -> str:
    return word if word in _LETTER_OF else word.rstrip(".")
