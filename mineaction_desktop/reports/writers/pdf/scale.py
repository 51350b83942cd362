"""Round numbers along the side of a chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_STEPS = (1, 2, 5, 10)
_PARTS = 4  # a calm scale has no more


@dataclass(frozen=True, slots=True)
class Scale:
    """The numbers of a scale, from the lowest to the highest."""

    ticks: tuple[int, ...]

    def share(self, value: int) -> float:
        """How high a value stands between the lowest number and the highest."""
        return (value - self.ticks[0]) / (self.ticks[-1] - self.ticks[0])


def scale_for(values: Sequence[int]) -> Scale:
    """The scale that holds all values and zero, in whole round steps."""
    low, high = min(0, *values, 0), max(0, *values, 0)
    step = _step(max(high - low, 1))
    first, last = low // step, -(-max(high, low + 1) // step)
    return Scale(tuple(step * at for at in range(first, last + 1)))


def _step(span: int) -> int:
    """The least round step that divides a span into few parts."""
    power = int(10 ** max(len(str(span // _PARTS)) - 1, 0))
    return next(power * step for step in _STEPS if power * step * _PARTS >= span)
