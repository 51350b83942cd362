"""The shape of a glyph as a path, for what has to be seen but not read."""

from __future__ import annotations

from functools import cache

import uharfbuzz
from reportlab.pdfbase import pdfmetrics


@cache
def shaper(font: str) -> uharfbuzz.Font:
    """A registered font as HarfBuzz knows it."""
    face = pdfmetrics.getFont(font).face
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(face._ttf_data)))  # noqa: SLF001 (its bytes)


class _Path:
    """Collects the operators of one outline; the curves of the font become those of PDF."""

    def __init__(self) -> None:
        self.operators: list[str] = []
        self._x = self._y = 0.0

    def _add(self, operator: str, *places: float) -> None:
        self.operators.append(" ".join([*(f"{place:g}" for place in places), operator]))
        if places:
            self._x, self._y = places[-2:]

    def move_to(self, x: float, y: float, _: object) -> None:
        self._add("m", x, y)

    def line_to(self, x: float, y: float, _: object) -> None:
        self._add("l", x, y)

    def curve_to(self, over_x: float, over_y: float, x: float, y: float, _: object) -> None:
        ends = ((self._x, self._y), (x, y))
        near, far = (
            (end_x + 2 / 3 * (over_x - end_x), end_y + 2 / 3 * (over_y - end_y))
            for end_x, end_y in ends
        )
        self._add("c", *near, *far, x, y)

    def close(self, _: object) -> None:
        self._add("h")


@cache
def outline(font: str, glyph: int) -> str:
    """The path of a glyph, in units of which a thousand make the type size."""
    path = _Path()
    functions = uharfbuzz.DrawFuncs()
    functions.set_move_to_func(path.move_to)
    functions.set_line_to_func(path.line_to)
    functions.set_quadratic_to_func(path.curve_to)
    functions.set_close_path_func(path.close)
    shaper(font).draw_glyph(glyph, functions)
    return " ".join(path.operators)
