"""Photographs before they are attached: whether they are whole, and the place they give away.

A camera writes where it stood into the picture. That may be what the register wants, or what a
survivor must never have published, so a person decides each time.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.i18n import Message, mark

if TYPE_CHECKING:
    from PIL import Image

BROKEN = mark(
    "“{file}” cannot be read as a picture: it is damaged or was not copied whole. Copy it from the "
    "camera again."
)
_GPS = 0x8825
_ORIENTATION = 0x0112
_QUALITY = 90
_FORMATS = ("JPEG", "PNG")


@dataclass(frozen=True, slots=True)
class Photograph:
    """What a picture is: its size, and the degrees where it was taken if it says so.

    ``tells_place`` is set as soon as there is anything about the place, readable or not.
    """

    width: int
    height: int
    tells_place: bool
    latitude: float | None = None
    longitude: float | None = None


def look_at(content: bytes, file: str) -> Photograph:
    """What a picture is; ``UserError`` if it is not whole."""
    with _opened(content, file) as picture:
        place = picture.getexif().get_ifd(_GPS)
        tells = bool(place) or _has_hidden_place(picture)
        latitude, longitude = _degrees(place, 1, 2), _degrees(place, 3, 4)
        if latitude is None or longitude is None:
            return Photograph(*picture.size, tells)
        return Photograph(*picture.size, tells, latitude, longitude)


def without_place(content: bytes, file: str) -> bytes:
    """The same picture without anything about where it was taken.

    Of what the camera wrote, only the way up is kept, for any other note may name the place too.
    """
    with _opened(content, file) as picture:
        kept = picture.getexif().get(_ORIENTATION)
        exif = type(picture.getexif())()
        if kept is not None:
            exif[_ORIENTATION] = kept
        picture.info.clear()
        made = io.BytesIO()
        if picture.format == "JPEG":
            quality = "keep" if picture.mode != "CMYK" else _QUALITY
            picture.save(made, "JPEG", quality=quality, exif=exif, comment=b"")
        else:
            picture.save(made, picture.format or "PNG", exif=exif)
    return made.getvalue()


def _opened(content: bytes, file: str) -> Image.Image:
    """A picture, read to its last line."""
    from PIL import Image  # noqa: PLC0415 - only who attaches a picture waits for it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(content), formats=_FORMATS)
            picture.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Warning) as error:
        raise UserError(Message(BROKEN, {"file": file})) from error
    return picture


def _has_hidden_place(picture: Image.Image) -> bool:
    """Whether notes beside the camera's own speak of a place."""
    return any(b"GPS" in _bytes(picture.info.get(name)) for name in ("xmp", "XML:com.adobe.xmp"))


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value or "").encode()


def _degrees(place: dict[int, object], side: int, parts: int) -> float | None:
    """Degrees from what a camera writes: three fractions and a letter for the side."""
    try:
        whole, minutes, seconds = (float(part) for part in place[parts])  # type: ignore[attr-defined]  # whatever a camera wrote
        found = whole + minutes / 60 + seconds / 3600
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    turned = str(place.get(side, "")).strip("\0 ").upper() in {"S", "W"}
    limit = 90 if parts == 2 else 180
    if not found <= limit:
        return None
    return -found if turned else found
