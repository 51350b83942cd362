"""Positions as papers give them: degrees in three manners, UTM and MGRS, in any of our scripts.

Latitude comes first unless letters say otherwise. Where two readings are possible nobody guesses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto

from mineaction_desktop.formdef.positions_grid import GridPoint, read_mgrs, read_utm
from mineaction_desktop.formdef.positions_words import in_letters, longitude_first
from mineaction_desktop.formdef.reading_places import LIMIT, Degrees, read_degrees
from mineaction_desktop.formdef.wording import plain

LONGEST = 120
"""Longer text is a description of a place, not a position."""


@dataclass(frozen=True, slots=True)
class Position:
    """Degrees north and east, and how they were written: a code of the list ``position_format``.

    ``square`` is the side of the grid square in metres that an MGRS reference names. ``other`` is
    the second reading of a UTM reference with S: the southern hemisphere instead of the band S.
    """

    latitude: float
    longitude: float
    format: str
    square: int | None = None
    other: Position | None = None


class Fault(Enum):
    """Why a text is no position that can be taken over."""

    SHAPE = auto()
    ONE_ONLY = auto()
    RANGE = auto()
    SIGN = auto()
    SAME_AXIS = auto()
    SWAPPED = auto()
    OUTSIDE = auto()
    TWO_WAYS = auto()
    GRID = auto()


_LETTER = re.compile(r"[NSEW]")
_SEPARATORS = (re.compile(r"[;\n|\t]"), re.compile(r", "), re.compile(r"/"))
_BY_DEGREE_SIGN = re.compile(r"[+-]? ?\d+(?:[.,]\d+)? ?°")
_TWO_DECIMALS = re.compile(r"([+-]?\d+(?:\.\d+)?) ?, ?([+-]?\d+(?:\.\d+)?)\Z")
_NUMBERS_ONLY = re.compile(r"[\d.,°'\" +-]*\Z")
_BARE = re.compile(r"[+-]?\d+(?:[.,]\d+)?\Z")


def read_position(text: str) -> Position | Fault:
    """Read a position that is written as one text."""
    if len(text) > LONGEST:
        return Fault.SHAPE
    bare = plain(text.replace("\n", ";")).upper()
    if not any(map(str.isdigit, bare)):
        return Fault.SHAPE
    for grid, name in ((read_mgrs, "mgrs"), (read_utm, "utm")):
        found = grid(bare)
        if found == "wrong":
            return Fault.GRID
        if found is not None:
            return _of_grid(found, name)
    return _degrees(in_letters(text), longitude_first=longitude_first(text))


def _of_grid(found: GridPoint, name: str) -> Position:
    other = _of_grid(found.south, name) if found.south else None
    return Position(found.latitude, found.longitude, name, found.square, other)


def _degrees(text: str, *, longitude_first: bool) -> Position | Fault:
    halves = _by_letters(text) if _LETTER.search(text) else _without_letters(text)
    if isinstance(halves, Fault):
        return halves
    if longitude_first:
        halves = halves[1], halves[0]
    read = [read_degrees(half.replace("°", "d")) for half in halves]
    for one in read:
        if not isinstance(one, Degrees):
            return {"shape": Fault.SHAPE, "range": Fault.RANGE, "sign": Fault.SIGN}[one]
    first, second = (one for one in read if isinstance(one, Degrees))
    return _placed(first, second, _manner(halves))


def _placed(first: Degrees, second: Degrees, manner: str) -> Position | Fault:
    """Latitude and longitude in their places, if the two directions can be told apart."""
    if first.axis is not None and first.axis == second.axis:
        return Fault.SAME_AXIS
    if first.axis == "longitude" or second.axis == "latitude":
        first, second = second, first
    named = first.axis is not None or second.axis is not None
    fits = abs(first.value) <= LIMIT["latitude"] and abs(second.value) <= LIMIT["longitude"]
    if fits:
        return Position(first.value, second.value, manner)
    turned = abs(second.value) <= LIMIT["latitude"] and abs(first.value) <= LIMIT["longitude"]
    return Fault.SWAPPED if turned and not named else Fault.OUTSIDE


def _manner(halves: tuple[str, str]) -> str:
    parts = max(len(re.findall(r"\d+(?:[.,]\d+)?", half)) for half in halves)
    return ("dd", "dm", "dms")[min(parts, 3) - 1]


def _by_letters(text: str) -> tuple[str, str] | Fault:
    """The two halves where letters name the directions, before or behind the degrees."""
    marks = list(_LETTER.finditer(text))
    if len(marks) == 1:
        return _one_letter(text)
    if len(marks) != 2:
        return Fault.SHAPE
    first, second = marks
    if not text[: first.start()].strip(" ,;"):
        cut = second.start()
    elif not text[second.end() :].strip(" ,;"):
        cut = first.end()
    else:
        return Fault.SHAPE
    return _trimmed(text[:cut]), _trimmed(text[cut:])


def _one_letter(text: str) -> tuple[str, str] | Fault:
    """One letter for two numbers says nothing of the other; for one it is half a position."""
    rest = _LETTER.sub("", text)
    if not _NUMBERS_ONLY.match(rest):
        return Fault.SHAPE
    return Fault.ONE_ONLY if isinstance(_without_letters(rest.strip()), Fault) else Fault.SHAPE


def _without_letters(text: str) -> tuple[str, str] | Fault:
    """The two halves where only marks and blanks part them."""
    if _BARE.match(text):
        return Fault.ONE_ONLY if text.count(",") == 0 or "." in text else Fault.TWO_WAYS
    for mark in _SEPARATORS:
        pieces = [piece for piece in mark.split(text) if piece.strip()]
        if len(pieces) == 2:
            return _trimmed(pieces[0]), _trimmed(pieces[1])
    if (both := _TWO_DECIMALS.match(text)) and ("." in text or text.count(",") == 1):
        return both[1], both[2]
    starts = [found.start() for found in _BY_DEGREE_SIGN.finditer(text)]
    if len(starts) == 2:
        return _trimmed(text[: starts[1]]), _trimmed(text[starts[1] :])
    if len(starts) == 1:
        return Fault.ONE_ONLY
    return _by_blanks(text)


def _by_blanks(text: str) -> tuple[str, str] | Fault:
    words = text.split()
    if not all(map(_BARE.match, words)):
        return Fault.TWO_WAYS if text.count(",") == 3 and " " not in text else Fault.SHAPE
    if len(words) not in {2, 4, 6}:
        return Fault.SHAPE
    middle = len(words) // 2
    return " ".join(words[:middle]), " ".join(words[middle:])


def _trimmed(text: str) -> str:
    return text.strip(" ,;/")


def write_position(position: Position) -> str:
    """The position as it is usually written in its format, exact to about a decimetre."""
    if position.format == "dd":
        return f"{position.latitude:.6f}, {position.longitude:.6f}"
    return " ".join(_written(position))


def _written(position: Position) -> Iterator[str]:
    for value, letters in ((position.latitude, "NS"), (position.longitude, "EW")):
        letter = letters[value < 0]
        if position.format == "dm":
            degrees, thousandths = divmod(round(abs(value) * 600_000), 600_000)
            yield f"{degrees}°{thousandths / 10_000:.4f}'{letter}"
        else:
            minutes, hundredths = divmod(round(abs(value) * 360_000), 6000)
            degrees, minutes = divmod(minutes, 60)
            yield f"{degrees}°{minutes}'{hundredths / 100:.2f}\"{letter}"


def swapped(position: Position) -> Position:
    """The position with latitude and longitude exchanged."""
    return replace(position, latitude=position.longitude, longitude=position.latitude)
