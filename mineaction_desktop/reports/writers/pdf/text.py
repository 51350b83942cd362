"""Texts as lines that fit a width, ready to be drawn: broken, joined, ordered, with their fonts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from reportlab.pdfbase import pdfmetrics

from mineaction_desktop.reports.writers.pdf.bidi import (
    has_directions,
    has_right_to_left,
    is_format,
    order_of,
)
from mineaction_desktop.reports.writers.pdf.clean import PLAIN, printable
from mineaction_desktop.reports.writers.pdf.fonts import (
    ARABIC,
    Weight,
    char_width,
    font_of,
    load,
    main_font,
    plain_widths,
)
from mineaction_desktop.reports.writers.pdf.shaping import UNJOINED, Shaped, joined, shaped

_IDEOGRAPHS = "\u2e80-\u2fff\u3005-\u3007\u3021-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WIDE_OPENING = "（《〈「『【〔"
_OPENING = re.escape(_WIDE_OPENING + "“‘([{")
_WIDE_CLOSING = "、。，．：；？！）》〉」』】〕％…·"
_CLOSING = re.escape(_WIDE_CLOSING + "”’)]}!?,.;:%")
_BREAKS = re.compile(
    "[ \u200b]+"
    r"|(?<=[^\W\d_]{2}[-/–])(?=[^\W\d_]{2})"  # after the hyphen of a compound
    f"|(?<=[{_IDEOGRAPHS}{_WIDE_CLOSING}])(?=[^{_CLOSING} \u200b])"
    f"|(?<=[^{_OPENING} \u200b])(?=[{_IDEOGRAPHS}{_WIDE_OPENING}])"
)
_FORMS = "\u0621-\u064a\ufb50-\ufbc1\ufbd3-\ufd3d\ufe70-\ufefc"
_ARABIC = re.compile(f"[{_FORMS}](?:[{_FORMS} ]*[{_FORMS}])?")
_SOFT_ENDS = "-/_.,;:@&?=+\\"
_ROUNDING = 1e-6
_OFTEN = 400  # longer texts rarely come twice


Run = tuple[str, str] | Shaped
"""A piece of a line in one font: its name and the text, or a word with its glyphs placed."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line in visual order: its pieces, and the width in points."""

    runs: tuple[Run, ...]
    width: float


def lay_out(
    text: str, width: float, size: float, weight: Weight, *, right_to_left: bool
) -> tuple[Line, ...]:
    """The lines of a text at a type size within a width; an empty text has no lines."""
    work = _cached_lines if len(text) <= _OFTEN else _lines
    return work(text, width, size, weight, right_to_left=right_to_left)


def _lines(
    text: str, width: float, size: float, weight: Weight, *, right_to_left: bool
) -> tuple[Line, ...]:
    if not text:
        return ()
    if PLAIN.fullmatch(text):
        natural = size * measure(text, weight)
        if natural <= width:
            return (Line(((main_font(weight), text),), natural),)
    return tuple(
        line
        for paragraph in printable(text).split("\n")
        for line in _paragraph(paragraph.strip(" "), width, size, weight, rtl=right_to_left)
    )


_cached_lines = lru_cache(maxsize=8192)(_lines)


def _paragraph(
    text: str, width: float, size: float, weight: Weight, *, rtl: bool
) -> Iterator[Line]:
    order = None
    if has_right_to_left(text):
        order = order_of(joined(text), in_right_to_left=rtl)
        text = order.text
    for start, end, used in _break(text, width / size, weight):
        shown = order.line(start, end) if order else text[start:end]
        runs = _runs(shown, weight)
        # letters that a mark kept apart may join when it is gone
        drawn = sum(map(_run_width, runs)) if order and has_directions(text) else used
        yield Line(runs, drawn * size)


def _run_width(run: Run) -> float:
    if isinstance(run, Shaped):
        return run.width
    return float(pdfmetrics.stringWidth(run[1], run[0], 1))


def _break(text: str, width: float, weight: Weight) -> Iterator[tuple[int, int, float]]:
    """Where each line starts and ends, in the order of reading, and how wide it is."""
    start = end = 0
    used = 0.0
    for first, last in _pieces(text):
        piece = measure(text[first:last], weight)
        gap = measure(text[end:first], weight)
        if used + gap + piece <= width + _ROUNDING:
            end, used = last, used + gap + piece
            continue
        if end > start:
            yield start, end, used
        start = first
        for cut, part in _cuts(text, first, last, width, weight) if piece > width else ():
            yield start, cut, part
            start, piece = cut, piece - part
        end, used = last, max(piece, 0.0)
    yield start, end, used


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """The parts of a text that stay on one line where they fit."""
    start = 0
    for found in _BREAKS.finditer(text):
        if found.start() > start:
            yield start, found.start()
        start = found.end()
    if start < len(text):
        yield start, len(text)


def _cuts(
    text: str, start: int, end: int, width: float, weight: Weight
) -> Iterator[tuple[int, float]]:
    """Where to cut a piece that is wider than a line, and how wide each part is."""
    used = 0.0
    at = start
    while at < end:
        used += char_width(text[at], weight)
        at += 1
        if used <= width + _ROUNDING:
            continue
        at = _last_place(text, start, at - 1)
        if at == end:
            return
        yield at, measure(text[start:at], weight)
        start, used = at, 0.0


def _last_place(text: str, start: int, end: int) -> int:
    """The last good place before ``end`` to cut a long word; at least one character stays."""
    for at in range(end, start + 2 * (end - start) // 3, -1):
        if text[at - 1] in _SOFT_ENDS:
            return at
    return max(end, start + 1)


@lru_cache(maxsize=8192)
def measure(text: str, weight: Weight) -> float:
    """The width of a text on one line at size 1."""
    if PLAIN.fullmatch(text):
        return sum(map(plain_widths(weight).__getitem__, text))
    width, done = 0.0, 0
    for found in UNJOINED.finditer(text):
        width += _drawn_width(text[done : found.start()], weight)
        width += shaped(found.group(), weight).width
        done = found.end()
    return width + _drawn_width(text[done:], weight)


def _drawn_width(text: str, weight: Weight) -> float:
    return sum(char_width(char, weight) for char in text if not is_format(char))


def _runs(text: str, weight: Weight) -> tuple[Run, ...]:
    """The pieces of a line in visual order with the font of each."""
    if PLAIN.fullmatch(text):
        return ((main_font(weight), text),) if text else ()
    runs: list[Run] = []
    done = 0
    for found in UNJOINED.finditer(text):
        runs += _by_font(text[done : found.start()], weight)
        runs.append(shaped(found.group()[::-1], weight))
        done = found.end()
    runs += _by_font(text[done:], weight)
    return tuple(runs)


def _by_font(text: str, weight: Weight) -> Iterator[tuple[str, str]]:
    """A text in pieces of one font each; a space among Arabic words is taken from their font."""
    done = 0
    for found in _ARABIC.finditer(text):
        yield from _by_character(text[done : found.start()], weight)
        yield load(ARABIC, weight), found.group()
        done = found.end()
    yield from _by_character(text[done:], weight)


def _by_character(text: str, weight: Weight) -> Iterator[tuple[str, str]]:
    drawn = (char for char in text if not is_format(char))
    for name, chars in groupby(drawn, lambda char: font_of(char, weight)):
        if name is not None:
            yield name, "".join(chars)
