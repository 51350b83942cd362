"""Where links lead: from figures to the rows that open them, and from the contents to forms."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field

Box = tuple[float, float, float, float]
"""The left, lower, right and upper edge of what is touched."""


@dataclass(slots=True)
class Leaf:
    """What is remembered of a page: the tag of each marked text, and the links on it."""

    index: int = -1
    marked: array[int] = field(default_factory=lambda: array("l"))
    links: list[tuple[Box, str]] = field(default_factory=list)


Place = tuple[Leaf, float]
"""A height of a page."""

Places = Mapping[str, Place]


def to_form(key: str) -> str:
    """The name of the place where a form starts."""
    return f"form/{key}"


def to_figure(key: str) -> str:
    """The name of the place where a figure is printed."""
    return f"figure/{key}"


def to_row(key: str) -> str:
    """The name of the place of the row that opens a figure."""
    return f"row/{key}"
