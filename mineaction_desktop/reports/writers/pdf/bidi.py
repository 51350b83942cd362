"""The order in which the characters of a line stand on paper.

A paragraph from right to left is turned around, except for its numbers, its codes and what is
written in other scripts. Everything else (Arabic names in a paragraph from left to right, texts
with marks of direction) goes through the full Unicode algorithm, which takes several times longer.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from functools import cache
from typing import Any, Protocol

from bidi import algorithm
from bidi.mirror import MIRRORED

_LEFTWARD = (
    "\u0590-\u060b\u060d-\u065f\u066d-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u200c\u200d"
)
_DIGITS = "0-9\u0660-\u0669\u06f0-\u06f9"
_HAS_LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u200f\u202b\u202e]")
_DIRECTED = re.compile("[\u200e\u200f\u202a-\u202e]")
_TELEPHONE = re.compile(r"\+\d[\d ()/-]*\d")
_CODE = r"[0-9A-Za-z]+(?:(?:[-./:_@#+°′″]|(?<=\d),(?=\d))[0-9A-Za-z]+)+"
_HELD = re.compile(rf"{_TELEPHONE.pattern}|{_CODE}")
_LETTER = rf"[^\W\d_{_LEFTWARD}]"
_RIGHTWARD = re.compile(
    rf"\+\d[\d\xa0()/-]*\d|(?=[0-9]){_CODE}|[{_DIGITS}]+(?:[.,٫٬][{_DIGITS}]+)*"
    rf"|(?P<words>{_LETTER}(?:[^{_LEFTWARD}]*(?:{_LETTER}|[{_DIGITS}]))?)"
)
_NO_BREAK = str.maketrans(" ", "\xa0")
_MIRRORED = {ord(char): other for char, other in MIRRORED.items() if unicodedata.mirrored(char)}
_BRACKETS = {")": "(", "]": "[", "}": "{"}

_STEPS = (
    algorithm.explicit_embed_and_overrides,
    algorithm.resolve_weak_types,
    algorithm.resolve_neutral_types,
    algorithm.resolve_implicit_levels,
)


class Order(Protocol):
    """The order of one paragraph; its lines are asked for one after the other."""

    text: str

    def line(self, start: int, end: int) -> str:
        """The characters from ``start`` to ``end`` as they stand from left to right."""


def has_right_to_left(text: str) -> bool:
    """Whether any character of the text runs from right to left."""
    return _HAS_LEFTWARD.search(text) is not None


def has_directions(text: str) -> bool:
    """Whether the text holds marks that direct others and are not drawn."""
    return _DIRECTED.search(text) is not None


def order_of(text: str, *, in_right_to_left: bool) -> Order:
    """The order of a text that has characters from right to left, in a report of a direction.

    In a report from right to left such a text runs to the left; elsewhere its first letter decides.
    """
    leftward = in_right_to_left or bool(algorithm.get_base_level(text))
    if leftward and not has_directions(text):
        return _TurnedAround(text)
    return _FullOrder(text, right_to_left=leftward)


class _TurnedAround:
    def __init__(self, text: str) -> None:
        self.text = _TELEPHONE.sub(lambda found: found.group().translate(_NO_BREAK), text)
        self._kept = _rightward(self.text)

    def line(self, start: int, end: int) -> str:
        parts: list[str] = []
        done = start
        for first, last in self._kept:
            if last <= start or first >= end:
                continue
            if first > done:
                parts.append(_turned(self.text[done:first]))
            parts.append(self.text[max(first, start) : min(last, end)])
            done = last
        if done < end:
            parts.append(_turned(self.text[done:end]))
        parts.reverse()
        return "".join(parts)


def _turned(text: str) -> str:
    return text[::-1].translate(_MIRRORED)


def _rightward(text: str) -> list[tuple[int, int]]:
    """The parts of a text from right to left that run to the right."""
    parts: list[tuple[int, int]] = []
    at = 0
    while found := _RIGHTWARD.search(text, at):
        start, at = found.span()
        if found["words"]:
            at = _balanced(text, start, at)
        if parts and parts[-1][1] == start:  # letters right behind a number belong to it
            start, _ = parts.pop()
        parts.append((start, at))
    return parts


def _balanced(text: str, start: int, end: int) -> int:
    """Where words end: they take a bracket with them only together with its other half."""
    open_: list[int] = []
    for at in range(start, len(text)):
        char = text[at]
        if at >= end and not open_:
            return at
        if char in _BRACKETS.values():
            if at >= end:
                break
            open_.append(at)
        elif char in _BRACKETS:
            if not open_ or text[open_[-1]] != _BRACKETS[char]:
                return at
            open_.pop()
        elif at >= end:
            break
    return open_[0] if open_ else end


def keep_codes(text: str) -> str:
    """The text with its dates, codes and numbers held together from left to right."""
    return _HELD.sub(lambda found: f"\u202a{found.group().translate(_NO_BREAK)}\u202c", text)


class _FullOrder:
    def __init__(self, text: str, *, right_to_left: bool) -> None:
        self.text = keep_codes(text)
        self._base = int(right_to_left)
        storage = self._storage()
        algorithm.get_embedding_levels(self.text, storage, False, False)  # noqa: FBT003 (theirs)
        for at, char in enumerate(storage["chars"]):
            char["at"] = at
            if char["ch"] in "\u200c\u200d":  # kept, because they tell how letters join
                char["type"] = "NSM"
        for step in _STEPS:
            step(storage, False)  # noqa: FBT003 (theirs)
        self._chars: list[dict[str, Any]] = storage["chars"]
        self._places = [char["at"] for char in self._chars]

    def _storage(self) -> dict[str, Any]:
        storage: dict[str, Any] = algorithm.get_empty_storage()
        storage["base_level"], storage["base_dir"] = self._base, "LR"[self._base]
        return storage

    def line(self, start: int, end: int) -> str:
        first, last = bisect_left(self._places, start), bisect_left(self._places, end)
        storage = self._storage()
        storage["chars"] = self._chars[first:last]
        algorithm.reorder_resolved_levels(storage, False)  # noqa: FBT003 (theirs)
        algorithm.apply_mirroring(storage, False)  # noqa: FBT003 (theirs)
        return "".join(char["ch"] for char in storage["chars"])


@cache
def is_format(char: str) -> bool:
    """Whether a character only directs others and is not drawn itself."""
    return unicodedata.category(char) == "Cf"
