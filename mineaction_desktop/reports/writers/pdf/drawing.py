"""A rectangle of the paper to draw figures on, with texts on the drawing.

Across, places are counted from the side where reading starts, so that what is drawn for readers
from left to right is mirrored for the others; a map is not, and asks for plain places.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mineaction_desktop.reports.writers.pdf.ink import operand
from mineaction_desktop.reports.writers.pdf.pages import Pages
from mineaction_desktop.reports.writers.pdf.sheet import Align
from mineaction_desktop.reports.writers.pdf.theme import Colour, Style

Point = tuple[float, float]


class Drawing:
    """Shapes and texts in a rectangle whose lower corner at the start is the origin."""

    def __init__(
        self, pages: Pages, start: float, foot: float, width: float, *, mirrored: bool = True
    ) -> None:
        self._pages = pages
        self._start, self._foot, self._width = start, foot, width
        self._operators: list[str] = ["q 1 J 1 j"]
        self._left = pages.place.left_of(start, width)
        self._mirrored = mirrored and pages.place.right_to_left
        self._plain = not mirrored

    def _at(self, point: Point) -> str:
        x, y = point
        across = self._width - x if self._mirrored else x
        return f"{self._left + across:.2f} {self._foot + y:.2f}"

    def line(
        self, points: Sequence[Point], colour: Colour, weight: float, dashes: str = ""
    ) -> None:
        """Draw a line through points; ``dashes`` are the lengths of its parts and gaps."""
        self._operators.append(f"[{dashes}] 0 d {weight:g} w {operand(colour)} RG")
        self._operators.append(f"{self._path(points)} S")

    def shape(
        self,
        rings: Iterable[Sequence[Point]],
        fill: Colour | None,
        edge: Colour | None = None,
        weight: float = 0.5,
    ) -> None:
        """Draw an area within rings; a ring inside another one is a hole."""
        paths = " h ".join(self._path(ring) for ring in rings if ring)
        if not paths:
            return
        colours = f"{operand(fill)} rg " if fill else ""
        colours += f"[] 0 d {weight:g} w {operand(edge)} RG " if edge else ""
        paint = {(True, True): "B*", (True, False): "f*"}.get((bool(fill), bool(edge)), "S")
        self._operators.append(f"{colours}{paths} h {paint}")

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: Colour,
        edge: Colour | None = None,
    ) -> None:
        """Draw a filled rectangle."""
        corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
        self.shape([corners], fill, edge)

    def clip(self, x: float, y: float, width: float, height: float) -> None:
        """Show only what lies inside a rectangle from here on."""
        corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
        self._operators.append(f"q {self._path(corners)} h W n")

    def unclip(self) -> None:
        """Show everything again."""
        self._operators.append("Q")

    def disc(self, centre: Point, radius: float, fill: Colour, edge: Colour | None = None) -> None:
        """Draw a filled circle."""
        x, y = centre
        bend = 0.5523 * radius
        ends = ((x + radius, y), (x, y + radius), (x - radius, y), (x, y - radius), (x + radius, y))
        bows = (
            ((x + radius, y + bend), (x + bend, y + radius)),
            ((x - bend, y + radius), (x - radius, y + bend)),
            ((x - radius, y - bend), (x - bend, y - radius)),
            ((x + bend, y - radius), (x + radius, y - bend)),
        )
        path = f"{self._at(ends[0])} m " + " ".join(
            f"{self._at(near)} {self._at(far)} {self._at(end)} c"
            for (near, far), end in zip(bows, ends[1:], strict=True)
        )
        drawn = f"{operand(fill)} rg {path} h f"
        if edge:
            drawn = f"{operand(fill)} rg [] 0 d 0.7 w {operand(edge)} RG {path} h B"
        self._operators.append(drawn)

    def _path(self, points: Sequence[Point]) -> str:
        first, *others = points
        return " ".join([f"{self._at(first)} m", *(f"{self._at(point)} l" for point in others)])

    def text(
        self, text: str, style: Style, at: Point, align: Align = Align.START, width: float = 400.0
    ) -> None:
        """Write one line beside a point: from it on, up to it, or around it."""
        lines = self._pages.lay(text, style, width)
        if not lines:
            return
        x, y = at
        if self._plain and self._pages.place.right_to_left:
            x = self._width - x
            align = {Align.START: Align.END, Align.END: Align.START}.get(align, align)
        room = lines[0].width + 0.01
        shift = {Align.END: room, Align.CENTRE: room / 2}.get(align, 0.0)
        self._pages.sheet.lines(lines[:1], style, self._start + x - shift, self._foot + y, room)

    def width_of(self, text: str, style: Style) -> float:
        """How wide a text is on one line."""
        return max((line.width for line in self._pages.lay(text, style, 1e6)), default=0.0)

    def finish(self) -> None:
        """Bring the shapes onto the page, below the texts."""
        self._pages.sheet.draw([*self._operators, "Q"])
