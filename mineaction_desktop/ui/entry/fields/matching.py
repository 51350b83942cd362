"""Which choices fit what has been typed so far: any part of code, label, alias or definition."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from mineaction_desktop.formdef.choices import Choice, spellings
from mineaction_desktop.formdef.wording import key

EXACT, GOOD, LOOSE = 1, 6, 8
"""Ranks: up to ``EXACT`` it is the spelling itself, up to ``GOOD`` words of its names begin so."""

_GAPS = re.compile(r"[\W_]+")


@lru_cache(maxsize=8192)
def _words(text: str) -> tuple[str, ...]:
    return tuple(filter(None, map(key, _GAPS.split(text))))


def ranked(
    choices: Iterable[Choice], text: str, word: Callable[[str], str]
) -> list[tuple[int, Choice]]:
    """The choices that fit with their rank, the best first, else in the order of the list."""
    if not text.strip():
        return [(LOOSE, choice) for choice in choices]
    wanted, parts = key(text), _words(text)
    found = [(_rank(choice, wanted, parts, word), choice) for choice in choices]
    return sorted(
        ((rank, choice) for rank, choice in found if rank is not None), key=lambda one: one[0]
    )


def _rank(
    choice: Choice, wanted: str, parts: Sequence[str], word: Callable[[str], str]
) -> int | None:
    label, code = key(word(choice.label)), key(choice.code)
    if wanted == code:
        return 0
    names = [label, *map(key, spellings(choice))]
    if wanted in names:
        return EXACT
    by_rank: tuple[tuple[int, Callable[[], bool]], ...] = (
        (2, lambda: code.startswith(wanted)),
        (3, lambda: label.startswith(wanted)),
        (4, lambda: _begin(parts, _words(word(choice.label)))),
        (5, lambda: any(name.startswith(wanted) for name in names)),
        (GOOD, lambda: _begin(parts, [one for name in spellings(choice) for one in _words(name)])),
        (7, lambda: any(wanted in name for name in names)),
        (LOOSE, lambda: _begin(parts, _words(word(choice.definition)))),
    )
    return next((rank for rank, fits in by_rank if fits()), None)


def _begin(parts: Sequence[str], words: Sequence[str]) -> bool:
    """Whether every part that was typed begins one of the words."""
    return bool(parts) and all(any(word.startswith(part) for word in words) for part in parts)
