"""How wide the columns of a list are, by what stands in them and by the room there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mineaction_desktop.formdef.form import Field
from mineaction_desktop.ui.theme import em

_WORDS = (8, 22)
_NAMES = (8, 16)
_CHOICES = (12, 14)
_WHOLE = (14, 14)

_BY_TYPE: Mapping[str, tuple[float, float]] = {
    "text": _WORDS,
    "long_text": _WORDS,
    "texts": _WORDS,
    "link": _NAMES,
    "choice": _CHOICES,
    "choices": _CHOICES,
}
"""From which width on a column gives way, and how wide it is at most, in heights of a line.

What is not named here is a number, a date or a code: cut, it would say something else.
"""


@dataclass(frozen=True, slots=True)
class Wish:
    """A column's width for all that stands in it, and the width that it keeps in any case."""

    wanted: int
    least: int


def wish(field: Field, heading: int, cells: int) -> Wish:
    """What a column asks for, given the widths of its heading and of its longest cell."""
    least, most = (em(part) for part in _BY_TYPE.get(field.type, _WHOLE))
    wanted = max(heading, min(cells, most))
    return Wish(wanted, max(heading, min(wanted, least)))


def shared(wishes: Sequence[Wish], room: int) -> list[int]:
    """The widths of columns in a room: the widest give way first, none below its least.

    If there is room to spare, the columns that could give way share it, each by its own width; if
    there is too little even so, the list is wider than its room and scrolls.
    """
    wanted = [one.wanted for one in wishes]
    spare = room - sum(wanted)
    if spare >= 0:
        grows = [one.wanted > one.least for one in wishes]
        grows = grows if any(grows) else [True] * len(wishes)
        every = sum(width for width, can in zip(wanted, grows, strict=True) if can) or 1
        return [
            width + spare * width // every if can else width
            for width, can in zip(wanted, grows, strict=True)
        ]
    low, high = 0, max(wanted)
    while high - low > 1:  # the width to which all that are wider are cut
        middle = (low + high) // 2
        if sum(_cut(wishes, middle)) <= room:
            low = middle
        else:
            high = middle
    return _cut(wishes, low)


def _cut(wishes: Sequence[Wish], width: int) -> list[int]:
    return [max(min(one.wanted, width), one.least) for one in wishes]
