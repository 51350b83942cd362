"""Pictures as they come from cameras and telephones, made small and safe enough to print."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from io import BytesIO

from PIL import Image, ImageOps

from mineaction_desktop.reports.writers.pdf.leads import Leaf

_LARGEST_FILE = 60_000_000  # bytes
_MOST_PIXELS = 50_000_000
_MOST_SHRINKING = 150_000_000  # a JPEG file is decoded at a smaller size right away
_EDGE = 1_240  # pixels: 10 cm at a little over 300 to the inch
_QUALITY = 84
_KINDS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF", "MPO")


@dataclass(slots=True)
class Photograph:
    """A picture as the file holds it, its size in pixels, and the pages that show it."""

    content: bytes
    width: int
    height: int
    leaves: list[Leaf] = field(default_factory=list)


def developed(content: bytes) -> Photograph | None:
    """The picture upright, no larger than paper shows and without what a camera writes beside it.

    A file that is broken, too large or no picture gives nothing: it comes from outside, and
    decoders fail in more ways than can be told apart.
    """
    if len(content) > _LARGEST_FILE:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _developed(content)
    except Exception:  # noqa: BLE001 (see above)
        return None


def _developed(content: bytes) -> Photograph | None:
    with Image.open(BytesIO(content), formats=_KINDS) as opened:
        most = _MOST_SHRINKING if opened.format in ("JPEG", "MPO") else _MOST_PIXELS
        if opened.width * opened.height > most:
            return None
        opened.draft("RGB", (_EDGE, _EDGE))
        upright = ImageOps.exif_transpose(opened)
        upright.thumbnail((_EDGE, _EDGE))
        shown = _on_white(upright)
    out = BytesIO()
    shown.save(out, "JPEG", quality=_QUALITY)
    return Photograph(out.getvalue(), shown.width, shown.height)


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    seen = image.convert("RGBA")
    paper = Image.new("RGBA", seen.size, "white")
    paper.alpha_composite(seen)
    return paper.convert("RGB")
