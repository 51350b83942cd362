"""The fonts of a report: which of them draws a character, and how wide it is."""

from __future__ import annotations

from collections.abc import Container
from enum import StrEnum
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from mineaction_desktop.paths import resources_dir

ARABIC = "NotoSansArabic"
FAMILIES = ("NotoSans", ARABIC, "NotoSansSC")
_FIRST_LENT = 0xF0000  # a plane for private use, which no text of ours can hold
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


class Weight(StrEnum):
    """The weights that every family has."""

    REGULAR = "Regular"
    BOLD = "Bold"


@cache
def load(family: str, weight: Weight) -> str:
    """Make a font known to the canvas and return its name; it is read when a text needs it."""
    name = f"{family}-{weight}"
    pdfmetrics.registerFont(TTFont(name, str(resources_dir() / "fonts" / f"{name}.ttf")))
    return name


def main_font(weight: Weight) -> str:
    """The name of the font that is tried first."""
    return load(FAMILIES[0], weight)


def _glyphs(name: str) -> Container[int]:
    glyphs: Container[int] = pdfmetrics.getFont(name).face.charToGlyph
    return glyphs


@cache
def font_of(char: str, weight: Weight) -> str | None:
    """The first font of the chain that has the character, or nothing."""
    for family in FAMILIES:
        name = load(family, weight)
        if ord(char) in _glyphs(name):
            return name
    return None


class _Widths(dict[str, float]):
    """Widths of characters of a font at size 1, filled as they are asked for."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def __missing__(self, char: str) -> float:
        self[char] = width = float(pdfmetrics.stringWidth(char, self._name, 1))
        return width


@cache
def plain_widths(weight: Weight) -> dict[str, float]:
    """The widths of the characters of the main font at size 1."""
    return _Widths(main_font(weight))


@cache
def char_width(char: str, weight: Weight) -> float:
    """The width of a character at size 1."""
    name = font_of(char, weight)
    return 0.0 if name is None else float(pdfmetrics.stringWidth(char, name, 1))


_LENT: dict[tuple[str, int, str], str] = {}
_READ_AS: dict[tuple[str, int], str] = {}


def lend(name: str, glyph: int, letters: str) -> str:
    """A private character that draws a glyph no character draws, and is read as the letters."""
    key = name, glyph, letters
    if key not in _LENT:
        code = _FIRST_LENT + len(_LENT)
        face = pdfmetrics.getFont(name).face
        face.charToGlyph[code] = glyph
        face.charWidths[code] = face.hmetrics[glyph][0]
        _LENT[key] = chr(code)
        _READ_AS[name, code] = letters
    return _LENT[key]


def read_as(name: str, code: int) -> str:
    """The letters that a character of a font is read as."""
    return _READ_AS.get((name, code), chr(code))
