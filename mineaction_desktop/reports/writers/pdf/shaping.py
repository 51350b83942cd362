"""Joined letters: Arabic words as presentation forms where these exist, by HarfBuzz where not."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import uharfbuzz
from arabic_reshaper import ArabicReshaper
from reportlab.pdfbase import pdfmetrics

from mineaction_desktop.reports.writers.pdf.fonts import ARABIC, Weight, lend, load
from mineaction_desktop.reports.writers.pdf.outlines import shaper

_LETTERS = (
    "\u0610-\u061a\u0620-\u065f\u066e-\u06d3\u06d5-\u06dc\u06df-\u06e8\u06ea-\u06ef"
    "\u06fa-\u06fc\u06ff\u0750-\u077f\u0870-\u08ff\u200c\u200d"
)
_FORMS = "\ufb50-\ufdff\ufe70-\ufefc\u0640\u200c\u200d"
_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
_WORD = re.compile(f"[{_LETTERS}]+")
_ONLY_FORMS = re.compile(f"[{_FORMS}]+")
_FORMS_AND_MARKS = re.compile(f"[{_FORMS}{_MARKS}]+")
_JOINERS = "\u0640\u200c\u200d"
_DISTANCE = 60  # between a letter and its mark, per 1000
_BELOW = (29, 32, 220)  # combining classes of marks that hang below a letter

UNJOINED = re.compile(f"[{_JOINERS}]*(?![{_JOINERS}])[{_LETTERS}][{_LETTERS}]*")
"""A word that still holds plain letters or marks after ``joined``; it goes through ``shaped``."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph of a shaped word with its distances from the pen and to the next, per 1000.

    A glyph without a character is a part of a letter, such as its dots. It is drawn by its shape,
    because as text it would be read as a letter more.
    """

    char: str
    advance: float
    x: float = 0.0
    y: float = 0.0
    shape: int = 0


@dataclass(frozen=True, slots=True)
class Shaped:
    """The glyphs of a word from left to right in one font, and its width at size 1."""

    font: str
    glyphs: tuple[Glyph, ...]
    width: float


@cache
def _reshaper() -> ArabicReshaper:
    # one glyph for a whole name would be extracted as one odd character
    return ArabicReshaper({"delete_harakat": False, "ARABIC LIGATURE ALLAH": False})


def joined(text: str) -> str:
    """The text with its Arabic words joined where each letter has a presentation form."""
    return _WORD.sub(lambda found: _joined_word(found.group()), text)


@lru_cache(maxsize=8192)
def _joined_word(word: str) -> str:
    forms = _forms(word)
    return forms if _ONLY_FORMS.fullmatch(forms) else word


def _forms(word: str) -> str:
    return str(_reshaper().reshape(word))


@lru_cache(maxsize=4096)
def shaped(word: str, weight: Weight) -> Shaped:
    """The glyphs of a word that has marks, or letters without presentation forms."""
    font = load(ARABIC, weight)
    forms = _forms(word)
    marked = _FORMS_AND_MARKS.fullmatch(forms) is not None
    glyphs = tuple((_marked if marked else _by_shaper)(forms if marked else word, font))
    return Shaped(font, glyphs, sum(glyph.advance for glyph in glyphs) / 1000)


def _marked(forms: str, font: str) -> Iterator[Glyph]:
    """Presentation forms from left to right, each mark above or below the middle of its letter."""
    widths = pdfmetrics.getFont(font).face.charWidths
    marks: list[str] = []
    for char in reversed(forms):
        if unicodedata.combining(char):
            marks.insert(0, char)
        elif char not in "\u200c\u200d":
            yield from _placed(char, marks, font)
            yield Glyph(char, widths[ord(char)])
            marks.clear()
    yield from (_mark(mark, font, 0.0, 0.0) for mark in marks)


def _placed(letter: str, marks: list[str], font: str) -> Iterator[Glyph]:
    low, high, middle = _extents(letter, font)
    for mark in marks:
        foot, head, centre = _extents(mark, font)
        if unicodedata.combining(mark) in _BELOW:
            raised = min(low - _DISTANCE - head, 0)
            low = foot + raised
        else:
            raised = max(high + _DISTANCE - foot, 0)
            high = head + raised
        yield _mark(mark, font, middle - centre, raised)


def _mark(mark: str, font: str, x: float, y: float) -> Glyph:
    """A mark as a shape: whoever searches the text for a word leaves its marks out."""
    return Glyph("", 0.0, x, y, shaper(font).get_nominal_glyph(ord(mark)) or 0)


@cache
def _extents(char: str, font: str) -> tuple[float, float, float]:
    """The lowest and highest point of a character and its middle."""
    known = shaper(font)
    box = known.get_glyph_extents(known.get_nominal_glyph(ord(char)) or 0)
    if box is None:
        return 0.0, 0.0, 0.0
    return box.y_bearing + box.height, box.y_bearing, box.x_bearing + box.width / 2


def _by_shaper(word: str, font: str) -> Iterator[Glyph]:
    """The glyphs that the font's own rules make of a word; a letter may come in several parts."""
    buffer = uharfbuzz.Buffer()
    buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.add_str(word)
    buffer.guess_segment_properties()
    uharfbuzz.shape(shaper(font), buffer)
    parts = Counter(info.cluster for info in buffer.glyph_infos)
    starts = sorted(parts)
    ends = dict(zip(starts, [*starts[1:], len(word)], strict=True))
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        at = info.cluster
        read = parts[at] == 1 or place.x_advance > 0
        char = lend(font, info.codepoint, word[at : ends[at]]) if read else ""
        yield Glyph(char, place.x_advance, place.x_offset, place.y_offset, info.codepoint)
