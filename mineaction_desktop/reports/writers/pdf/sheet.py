"""What stands on one page, and how texts and lines come to stand there.

Distances across are counted from the side where reading starts: the left in most languages, the
right in Arabic. Distances up and down are those of the page, from its foot.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from reportlab.pdfgen.canvas import Canvas

from mineaction_desktop.reports.writers.pdf.ink import Glyphs, Ink, begin, operand
from mineaction_desktop.reports.writers.pdf.leads import Leaf
from mineaction_desktop.reports.writers.pdf.tags import Tags
from mineaction_desktop.reports.writers.pdf.text import Line
from mineaction_desktop.reports.writers.pdf.theme import Colour, Style

_VISIBLE, _INVISIBLE = 0, 3  # text rendering modes


Fill = tuple[Colour, float, float, float, float]
Rule = tuple[float, Colour, tuple[float, float, float, float]]


class Align(Enum):
    """To which side of its box a line is set; digits line up at the right in every language."""

    START = "start"
    END = "end"
    RIGHT = "right"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class Geometry:
    """A page size with margins, and the direction in which its texts run."""

    width: float
    height: float
    side: float
    top: float
    foot: float
    right_to_left: bool

    @property
    def measure(self) -> float:
        """The width between the margins."""
        return self.width - 2 * self.side

    @property
    def body(self) -> float:
        """The height between the margins."""
        return self.top - self.foot

    def left_of(self, start: float, width: float) -> float:
        """Where on paper the left edge of a box lies."""
        if self.right_to_left:
            return self.width - self.side - start - width
        return self.side + start


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline that leads to a height of a page."""

    title: str
    level: int
    height: float


class Sheet:
    """One page as it is being filled; it is painted when the number of pages is known."""

    def __init__(self, place: Geometry, form_title: str, glyphs: Glyphs, tags: Tags) -> None:
        self.place = place
        self.form_title = form_title
        self.bookmarks: list[Bookmark] = []
        self.leaf = Leaf()
        self._tags = tags
        self._ink = Ink(glyphs, tags, self.leaf.marked)
        self._under: list[str] = []
        self._fills: list[Fill] = []
        self._rules: list[Rule] = []

    def lines(
        self,
        lines: Iterable[Line],
        style: Style,
        start: float,
        base: float,
        width: float,
        align: Align = Align.START,
    ) -> None:
        """Set lines one below the other into a box; ``base`` is the base line of the first."""
        left = self.place.left_of(start, width)
        to_right = align is Align.RIGHT or (align is Align.END) != self.place.right_to_left
        for line in lines:
            x = left
            if align is Align.CENTRE:
                x += (width - line.width) / 2
            elif to_right:
                x += width - line.width
            self._ink.write(line.runs, style.size, style.colour, x, base)
            base -= style.leading

    def hidden(self, line: Line, style: Style, start: float, base: float) -> None:
        """Set a line that can be read out and found but not seen."""
        self._ink.mode(_INVISIBLE)
        self.lines((line,), style, start, base, line.width)
        self._ink.mode(_VISIBLE)

    def fill(self, colour: Colour, start: float, foot: float, width: float, height: float) -> None:
        """Fill a box; it lies below all texts."""
        self._fills.append((colour, self.place.left_of(start, width), foot, width, height))

    def rule(
        self, start: float, height: float, width: float, colour: Colour, weight: float = 0.5
    ) -> None:
        """Draw a line across."""
        left = self.place.left_of(start, width)
        self._rules.append((weight, colour, (left, height, left + width, height)))

    def tick_box(
        self, start: float, foot: float, size: float, colour: Colour, *, crossed: bool
    ) -> None:
        """Draw a square box, crossed or not."""
        x, y = self.place.left_of(start, size), foot
        parts = [f"0.7 w {operand(colour)} RG {x:.2f} {y:.2f} {size:g} {size:g} re S"]
        if crossed:
            near, far = 0.22 * size, 0.78 * size
            parts += (
                f"1.3 w {x + near:.2f} {y + near:.2f} m {x + far:.2f} {y + far:.2f} l S",
                f"{x + near:.2f} {y + far:.2f} m {x + far:.2f} {y + near:.2f} l S",
            )
        self._under += ["/Artifact BMC", *parts, "EMC"]

    def draw(self, operators: Iterable[str]) -> None:
        """Draw below the texts, as a part of the current element."""
        self._under += [begin(self._tags, self.leaf.marked), *operators, "EMC"]

    def link(self, start: float, foot: float, width: float, height: float, name: str) -> None:
        """Let a box lead to a named place."""
        left = self.place.left_of(start, width)
        self.leaf.links.append(((left, foot, left + width, foot + height), name))

    def close(self) -> None:
        """Put what the page holds into little room; only the edges of the page may follow."""
        self._ink.pack()
        if self._fills or self._rules:
            drawn = _code_of_fills(self._fills), _code_of_rules(self._rules)
            self._under += ("/Artifact BMC", *drawn, "EMC")
            self._fills, self._rules = [], []

    def paint(self, canvas: Canvas) -> None:
        """Bring the page onto a canvas: first what lies below, the texts last."""
        self.close()
        canvas.addLiteral("\n".join([*self._under, self._ink.code()]))


def _code_of_fills(fills: list[Fill]) -> str:
    return "\n".join(
        f"{operand(colour)} rg {x:.2f} {y:.2f} {width:.2f} {height:.2f} re f"
        for colour, x, y, width, height in fills
    )


def _code_of_rules(rules: list[Rule]) -> str:
    parts: list[str] = []
    for (weight, colour), group in groupby(sorted(rules), lambda rule: rule[:2]):
        parts.append(f"{weight:g} w {operand(colour)} RG")
        parts += (f"{x:.2f} {y:.2f} m {far:.2f} {end:.2f} l" for *_, (x, y, far, end) in group)
        parts.append("S")
    return "\n".join(parts)
