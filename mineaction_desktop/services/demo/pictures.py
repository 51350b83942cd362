"""Drawings of mines that stand in for photographs: to scale, from above and from the side.

Each is written as the plainest of PNG files, byte by byte, so that it is the same on every machine.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

WIDTH, HEIGHT = 360, 120
"""In pixels, of one byte each; a whole drawing fits into one stored block of a PNG file."""

PAPER, EDGE, BODY, COVER, INK = 255, 70, 150, 190, 0
"""Shades of grey."""

MARGIN, GAP = 14, 24
BAR_MM, STEP_MM = 50, 10
COVER_SHARE = 0.8
"""How wide the cover is, beside the body below it."""

COVER_HEIGHT = 0.25


@dataclass(frozen=True, slots=True)
class Shape:
    """The outside of a mine in millimetres; a round one is as long as it is wide."""

    length: float
    width: float
    height: float
    is_round: bool = True


class _Sheet:
    """Grey pixels, filled line by line."""

    def __init__(self) -> None:
        self.rows = [bytearray([PAPER]) * WIDTH for _ in range(HEIGHT)]

    def box(self, middle: tuple[float, float], width: float, height: float, shade: int) -> None:
        """Fill a rectangle around a point."""
        x, y = middle
        for line in range(round(y - height / 2), round(y + height / 2)):
            self._line(line, x - width / 2, x + width / 2, shade)

    def disc(self, middle: tuple[float, float], width: float, height: float, shade: int) -> None:
        """Fill the round that fits into a rectangle around a point."""
        x, y = middle
        for line in range(round(y - height / 2), round(y + height / 2)):
            part = 1 - ((line + 0.5 - y) / (height / 2)) ** 2
            half = width / 2 * max(0.0, part) ** 0.5
            self._line(line, x - half, x + half, shade)

    def _line(self, line: int, left: float, right: float, shade: int) -> None:
        first, end = max(0, round(left)), min(WIDTH, round(right))
        if 0 <= line < HEIGHT and end > first:
            self.rows[line][first:end] = bytes([shade]) * (end - first)


def drawn(shape: Shape) -> bytes:
    """A PNG file with the shape from above on the left, from the side on the right, and a bar."""
    sheet = _Sheet()
    scale = min(
        (WIDTH - 2 * MARGIN - GAP) / (2 * shape.length),
        (HEIGHT - 3 * MARGIN) / max(shape.width, shape.height),
    )
    length, width, height = (side * scale for side in (shape.length, shape.width, shape.height))
    middle = (HEIGHT - MARGIN) / 2
    above = (MARGIN + length / 2, middle)
    paint = sheet.disc if shape.is_round else sheet.box
    for share, shade in ((1.0, EDGE), (0.96, BODY), (COVER_SHARE, COVER), (0.06, EDGE)):
        paint(above, length * share, width * share, shade)
    x = MARGIN + length + GAP + length / 2
    lid, trunk = height * COVER_HEIGHT, height * (1 - COVER_HEIGHT)
    sheet.box((x, middle - height / 2 + lid / 2), length * COVER_SHARE, lid, COVER)
    sheet.box((x, middle + height / 2 - trunk / 2), length, trunk, BODY)
    for step in range(BAR_MM // STEP_MM):
        at = MARGIN + (step + 0.5) * STEP_MM * scale
        shade = INK if step % 2 == 0 else COVER
        sheet.box((at, HEIGHT - MARGIN), STEP_MM * scale, 5, shade)
    return _png(b"".join(b"\0" + row for row in sheet.rows))


def _png(pixels: bytes) -> bytes:
    """A grey PNG whose pixels are stored as they are: compressors differ between machines."""
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 0, 0, 0, 0)
    size = len(pixels)
    stored = b"\x78\x01\x01" + struct.pack("<HH", size, size ^ 0xFFFF) + pixels
    data = stored + struct.pack(">I", zlib.adler32(pixels))
    chunks = ((b"IHDR", header), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in chunks)


def _chunk(name: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + content))
    return struct.pack(">I", len(content)) + name + content + check
