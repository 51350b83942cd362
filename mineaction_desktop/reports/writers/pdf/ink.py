"""Operators that set texts, for one page after the other of one document.

The text objects of the canvas would do the same in twice the time: most of a long report is spent
here, so a text is turned into codes once and numbers are written as plainly as they can be.
"""

from __future__ import annotations

from array import array
from functools import lru_cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from mineaction_desktop.reports.writers.pdf.outlines import outline
from mineaction_desktop.reports.writers.pdf.shaping import Shaped
from mineaction_desktop.reports.writers.pdf.tags import ARTIFACT, Tags
from mineaction_desktop.reports.writers.pdf.text import Run
from mineaction_desktop.reports.writers.pdf.theme import Colour


def operand(colour: Colour) -> str:
    """A colour as the numbers before an operator."""
    return "{:.3f} {:.3f} {:.3f}".format(*colour)


def begin(tags: Tags, marked: array[int]) -> str:
    """The operator that begins something of the current element, which gets the next number."""
    if tags.current == ARTIFACT:
        return "/Artifact BMC"
    marked.append(tags.current)
    return f"/{tags.roles[tags.current]}<</MCID {len(marked) - 1}>>BDC"


Codes = tuple[tuple[str, str], ...]
"""Pieces of a text: the name of a subset font and what to show, as hexadecimal codes."""


class Glyphs:
    """The codes of texts in the subset fonts of one document."""

    def __init__(self, canvas: Canvas) -> None:
        self._document = canvas._doc  # noqa: SLF001 (subset fonts are kept by document)
        self.of = lru_cache(maxsize=8192)(self._codes)

    def _codes(self, font: str, text: str) -> Codes:
        face = pdfmetrics.getFont(font)
        return tuple(
            (face.getSubsetInternalName(subset, self._document), codes.hex())
            for subset, codes in face.splitString(text, self._document)
        )


class Ink:
    """The texts of one page, as operators in the order of reading."""

    def __init__(self, glyphs: Glyphs, tags: Tags, marked: array[int]) -> None:
        self._glyphs = glyphs
        self._tags = tags
        self._marked = marked
        self._tagged: int | None = None
        self._operators = ["BT"]
        self._shapes: list[str] = []
        self._font: tuple[str, float] | None = None
        self._colour: Colour | None = None

    def code(self) -> str:
        """All operators of the page."""
        end = "ET" if self._tagged is None else "EMC\nET"
        shapes = ["/Artifact BMC", *self._shapes, "EMC"] if self._shapes else []
        return "\n".join([*self._operators, end, *shapes])

    def pack(self) -> None:
        """Join what has been written so far; many small texts take much more room."""
        self._operators = ["\n".join(self._operators)]

    def mode(self, number: int) -> None:
        """Change how letters are painted; 3 leaves them invisible."""
        self._operators.append(f"{number} Tr")

    def write(self, runs: tuple[Run, ...], size: float, colour: Colour, x: float, y: float) -> None:
        """Set the pieces of a line one after the other from a point on."""
        add = self._operators.append
        if self._tags.current != self._tagged:
            self._change_tag()
        if colour != self._colour:
            self._colour = colour
            add(f"{operand(colour)} rg")
        add(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
        placed = any(isinstance(run, Shaped) for run in runs)
        for run in runs:
            if isinstance(run, Shaped):
                self._write_shaped(run, size, x, y)
                x += run.width * size
                continue
            for subset, codes in self._glyphs.of(*run):
                self._choose(subset, size)
                add(f"<{codes}> Tj")
            if placed:  # only glyphs that are placed have to know where they start
                x += float(pdfmetrics.stringWidth(run[1], run[0], size))

    def _change_tag(self) -> None:
        """Begin the part of the page that belongs to the element which is current now."""
        if self._tagged is not None:
            self._operators.append("EMC")
        self._tagged = self._tags.current
        self._operators.append(begin(self._tags, self._marked))

    def _choose(self, subset: str, size: float) -> None:
        if (subset, size) != self._font:
            self._font = subset, size
            self._operators.append(f"{subset} {size:g} Tf")

    def _write_shaped(self, word: Shaped, size: float, x: float, y: float) -> None:
        """Set glyphs that a shaper has placed: each with its own distances."""
        for glyph in word.glyphs:
            left, foot = x + glyph.x * size / 1000, y + glyph.y * size / 1000
            x += glyph.advance * size / 1000
            if not glyph.char:
                self._draw(word.font, glyph.shape, size, left, foot)
                continue
            self._operators.append(f"1 0 0 1 {left:.2f} {foot:.2f} Tm")
            for subset, codes in self._glyphs.of(word.font, glyph.char):
                self._choose(subset, size)
                self._operators.append(f"<{codes}> Tj")
        self._operators.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")

    def _draw(self, font: str, glyph: int, size: float, x: float, y: float) -> None:
        scale = size / 1000
        colour = operand(self._colour) if self._colour else "0 0 0"
        self._shapes.append(
            f"q {colour} rg {scale:.5f} 0 0 {scale:.5f} {x:.2f} {y:.2f} cm"
            f" {outline(font, glyph)} f Q"
        )
