"""Degrees of latitude and longitude, as they stand on a map, a receiver or a form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from mineaction_desktop.formdef.wording import plain

Axis = Literal["latitude", "longitude"]
LIMIT: dict[str, float] = {"latitude": 90.0, "longitude": 180.0}

_NUMBER = r"\d+(?:[.,\u066b]\d+)?"
_DEGREES = re.compile(
    rf"(?P<sign>[+-]?) ?(?P<degrees>{_NUMBER})(?: ?d ?| |\Z)"
    rf"(?:(?P<minutes>{_NUMBER})(?: ?' ?| |\Z)(?:(?P<seconds>{_NUMBER})(?: ?\" ?| |\Z))?)?\Z"
)
DECIMAL = re.compile(r"-?\d+(?:\.\d+)?\Z", re.ASCII)
_SIDES: dict[str, tuple[Axis, int]] = {
    "N": ("latitude", 1),
    "S": ("latitude", -1),
    "E": ("longitude", 1),
    "W": ("longitude", -1),
}
_SIGNS = str.maketrans(
    {
        "\u00b0": "d",
        "\u00ba": "d",
        "\u02da": "d",
        "\u2032": "'",
        "\u00b4": "'",
        "`": "'",
        "\u2033": '"',
        "\u201c": '"',
        "\u201d": '"',
    }
)


@dataclass(frozen=True, slots=True)
class Degrees:
    """Degrees with the axis that a hemisphere letter named, if one did."""

    value: float
    axis: Axis | None


def read_degrees(text: str) -> Degrees | Literal["shape", "range", "sign"]:
    """Read decimal degrees, degrees and minutes, or degrees, minutes and seconds.

    What cannot be read is named: its shape, minutes or seconds of 60 and more, or a sign that
    stands beside a hemisphere letter.
    """
    bare = plain(text)
    if DECIMAL.match(bare):  # the common case in files
        return Degrees(float(bare), None)
    bare = bare.translate(_SIGNS).replace("''", '"').strip()
    letter, bare = _hemisphere(bare)
    found = _DEGREES.match(bare)
    if found is None:
        return "shape"
    parts = [_float(found[name]) for name in ("degrees", "minutes", "seconds")]
    if _has_fraction_before_the_last(found):
        return "shape"
    degrees, minutes, seconds = (part or 0.0 for part in parts)
    if minutes >= 60 or seconds >= 60:
        return "range"
    if letter and found["sign"]:
        return "sign"
    axis, factor = _SIDES[letter] if letter else (None, -1 if found["sign"] == "-" else 1)
    return Degrees(factor * (degrees + minutes / 60 + seconds / 3600), axis)


def _hemisphere(text: str) -> tuple[str, str]:
    """The letter before or behind the degrees, and the rest."""
    for letter, rest in ((text[:1], text[1:]), (text[-1:], text[:-1])):
        if letter.upper() in _SIDES:
            return letter.upper(), rest.strip()
    return "", text


def _float(text: str | None) -> float | None:
    return float(text.replace(",", ".").replace("\u066b", ".")) if text else None


def _has_fraction_before_the_last(found: re.Match[str]) -> bool:
    given = [found[name] for name in ("degrees", "minutes", "seconds") if found[name]]
    return any(not part.isdigit() for part in given[:-1])
