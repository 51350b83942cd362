"""Grid references: UTM and MGRS to degrees and back, on the ellipsoid WGS 84."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from pyproj import Transformer

_BANDS = "CDEFGHJKLMNPQRSTUVWX"
_FALSE_NORTHING = 10_000_000
_MGRS = re.compile(
    r"(\d{1,2}) ?([C-HJ-NP-X]) ?([A-HJ-NP-Z]{2}) ?(?:(\d{1,5})[ ,;/-]+(\d{1,5})|(\d{0,10}))\Z"
)
_UTM = re.compile(
    r"(?:UTM[ :]*)?(?:ZONE[ :]*)?(?P<zone>\d{1,2}) ?(?P<band>[C-HJ-NP-X]|NORTH|SOUTH)"
    r"(?:[ ,;:/]+(?:E|EASTING)?[ :=]*)(?P<easting>\d{6}(?:[.,]\d+)?) ?(?:ME|M|E)?\.?"
    r"(?:[ ,;:/]+(?:N|NORTHING)?[ :=]*)(?P<northing>\d{1,8}(?:[.,]\d+)?) ?(?:MN|M|N)?\.?\Z"
)


@dataclass(frozen=True, slots=True)
class GridPoint:
    """Degrees of a grid reference; ``square`` is the side of the square it names, in metres.

    ``south`` is the same reference with S for the southern hemisphere instead of the band S.
    """

    latitude: float
    longitude: float
    square: int | None = None
    south: GridPoint | None = None


def read_mgrs(text: str) -> GridPoint | Literal["wrong"] | None:
    """Read an MGRS reference, its south-west corner; ``None`` if the text has another shape."""
    found = _MGRS.match(text)
    if found is None:
        return None
    zone, band, square, east, north, joined = found.groups()
    digits = joined if joined is not None else f"{east}{north}"
    if len(digits) % 2 or (east and len(east) != len(north)) or not 1 <= int(zone) <= 60:
        return "wrong"
    mgrs = _library()

    try:
        latitude, longitude = mgrs.MGRS().toLatLon(f"{int(zone):02}{band}{square}{digits}")
    except mgrs.core.MGRSError:
        return "wrong"
    return GridPoint(latitude, longitude, 10 ** (5 - len(digits) // 2))


def write_mgrs(latitude: float, longitude: float, digits: int = 5) -> str:
    """The MGRS reference of a position, to the metre unless fewer digits are wanted."""
    written: str = _library().MGRS().toMGRS(latitude, longitude, MGRSPrecision=digits)
    return written


def _library() -> Any:  # noqa: ANN401 - the library carries no types
    import mgrs  # type: ignore[import-untyped]  # noqa: PLC0415 - as above; loaded when needed

    return mgrs


def read_utm(text: str) -> GridPoint | Literal["wrong"] | None:
    """Read zone, easting and northing; ``None`` if the text has another shape.

    The letter is the latitude band. Where the northing does not lie in the band, N and S are
    taken for the hemisphere, as many receivers show them.
    """
    found = _UTM.match(text)
    if found is None:
        return None
    zone, letter = int(found["zone"]), found["band"]
    easting, northing = (float(found[name].replace(",", ".")) for name in ("easting", "northing"))
    if not (1 <= zone <= 60 and 100_000 <= easting < 900_000 and northing <= _FALSE_NORTHING):
        return "wrong"
    if len(letter) > 1:
        return _unprojected(zone, easting, northing, north=letter == "NORTH")
    inside = _unprojected(zone, easting, northing, north=letter >= "N")
    if inside is not None and _band_holds(letter, inside.latitude):
        south = _unprojected(zone, easting, northing, north=False) if letter == "S" else None
        return replace(inside, south=south)
    if letter == "S":
        return _unprojected(zone, easting, northing, north=False) or "wrong"
    return inside if letter == "N" and inside is not None else "wrong"


def write_utm(latitude: float, longitude: float) -> str:
    """Zone and band, easting and northing in metres with one decimal."""
    zone = min(int((longitude + 180) // 6) + 1, 60)
    easting, northing = _projection(zone).transform(longitude, latitude)
    band = _BANDS[min(int((latitude + 80) // 8), len(_BANDS) - 1)]
    if band < "N":
        northing += _FALSE_NORTHING
    return f"{zone}{band} {easting:.1f} {round(northing, 1) + 0.0:.1f}"


def _unprojected(zone: int, easting: float, northing: float, *, north: bool) -> GridPoint | None:
    longitude, latitude = _projection(zone).transform(
        easting, northing if north else northing - _FALSE_NORTHING, direction="INVERSE"
    )
    return GridPoint(latitude, longitude) if abs(latitude) <= 84 else None


def _band_holds(letter: str, latitude: float) -> bool:
    south = -80 + 8 * _BANDS.index(letter)
    north = 84 if letter == "X" else south + 8
    return south - 0.01 <= latitude <= north + 0.01  # receivers round at the edge of a band


@lru_cache(maxsize=60)
def _projection(zone: int) -> Transformer:
    """Degrees to metres of a zone; the equator is nought on both sides."""
    from pyproj import Transformer  # noqa: PLC0415 - loaded when the first grid reference is typed

    return Transformer.from_crs(4326, 32600 + zone, always_xy=True)
