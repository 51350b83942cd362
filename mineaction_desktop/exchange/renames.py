"""New names that look like names already in the register: a slip, or the same thing renamed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

_WORD = re.compile(r"\w+")
_ALIKE = 0.85
_SAME_WORD = 0.75
_MOST = 2000


def possible_renames(new: Sequence[str], known: Sequence[str]) -> list[tuple[str, str]]:
    """Pairs of a new and a known name with almost the same words in any order.

    Names that differ in a number are different things: sector 3 is not sector 4.
    """
    if len(new) > _MOST or len(known) > _MOST:
        return []
    words = [(name, _words(name)) for name in known]
    found = []
    for name in new:
        own = _words(name)
        scores = [(_likeness(own, others), other) for other, others in words]
        score, best = max(scores, default=(0.0, ""))
        if score >= _ALIKE:
            found.append((name, best))
    return found


def _words(name: str) -> list[str]:
    return _WORD.findall(name.casefold())


def _likeness(one: Sequence[str], other: Sequence[str]) -> float:
    if not one or not other or _numbers(one) != _numbers(other):
        return 0.0
    if min(len(one), len(other)) < _ALIKE * max(len(one), len(other)):
        return 0.0
    remaining = list(other)
    total = 0.0
    for word in sorted(one, key=lambda it: it not in remaining):
        score, best = max(((_same(word, it), it) for it in remaining), default=(0.0, ""))
        if score >= _SAME_WORD:
            remaining.remove(best)
            total += score
    return total / max(len(one), len(other))


def _numbers(words: Iterable[str]) -> list[str]:
    return sorted(word for word in words if word.isdigit())


def _same(one: str, other: str) -> float:
    return 1.0 if one == other else SequenceMatcher(None, one, other).ratio()
