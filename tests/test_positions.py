"""Positions as papers write them: what is read, what is refused, and that nothing is guessed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mineaction_desktop.formdef.positions import Fault, Position, read_position, write_position
from mineaction_desktop.formdef.positions_grid import write_mgrs, write_utm

KABUL = (34.528455, 69.171703)
SOUTH_WEST = (-12.5, -34.25)

LATITUDES = st.floats(-89.9999, 89.9999, allow_nan=False)
LONGITUDES = st.floats(-179.9999, 179.9999, allow_nan=False)


@pytest.mark.parametrize(
    ("text", "place", "manner"),
    [
        ("34.528455, 69.171703", KABUL, "dd"),
        ("34.528455 69.171703", KABUL, "dd"),
        ("34.528455,69.171703", KABUL, "dd"),
        ("34,528455 69,171703", KABUL, "dd"),
        ("34,528455; 69,171703", KABUL, "dd"),
        ("34,528455, 69,171703", KABUL, "dd"),
        ("34.528455\n69.171703", KABUL, "dd"),
        ("(34.528455, 69.171703)", KABUL, "dd"),
        ("34.528455° N, 69.171703° E", KABUL, "dd"),
        ("N34.528455 E69.171703", KABUL, "dd"),
        ("69.171703 E 34.528455 N", KABUL, "dd"),
        ("Lat: 34.528455 Lon: 69.171703", KABUL, "dd"),
        ("Lon: 69.171703 Lat: 34.528455", KABUL, "dd"),
        ("Долгота 69,171703; широта 34,528455", KABUL, "dd"),
        ("٣٤٫٥٢٨٤٥٥، ٦٩٫١٧١٧٠٣", KABUL, "dd"),
        ("۳۴٫۵۲۸۴۵۵ ۶۹٫۱۷۱۷۰۳", KABUL, "dd"),
        ("34°31.7073'N 69°10.3022'E", KABUL, "dm"),
        ("34 31.7073 69 10.3022", KABUL, "dm"),
        ("34°31,7073'N/69°10,3022'E", KABUL, "dm"),
        ("34°31'42.44\"N 69°10'18.13\"E", KABUL, "dms"),
        ("34º31′42.44″ N – 69º10′18.13″ E".replace("–", ","), KABUL, "dms"),
        ("34 31 42.44 N 69 10 18.13 E", KABUL, "dms"),
        ("E 69 10 18.13 N 34 31 42.44", KABUL, "dms"),
        ("34-31-42.44N 069-10-18.13E", KABUL, "dms"),
        ("34°31'42.44\" с.ш. 69°10'18.13\" в.д.", KABUL, "dms"),
        ("ش 34°31'42.44\" ق 69°10'18.13\"", KABUL, "dms"),
        ("34°31'42.44\" شمالا 69°10'18.13\" شرقا", KABUL, "dms"),
        ("34°31'42.44\" Nord, 69°10'18.13\" Est", KABUL, "dms"),
        ("42S 515758 3820766", KABUL, "utm"),
        ("UTM zone 42 S 515758 mE 3820766 mN", KABUL, "utm"),
        ("42N 515758 3820766", KABUL, "utm"),
        ("42 north E 515758 N 3820766", KABUL, "utm"),
        ("42SWD1575820766", KABUL, "mgrs"),
        ("42s wd 15758 20766", KABUL, "mgrs"),
        ("-12.5, -34.25", SOUTH_WEST, "dd"),
        ("12°30'S 34°15'W", SOUTH_WEST, "dm"),
        ("12°30'S 34°15'O", SOUTH_WEST, "dm"),
        ("12°30' ю.ш. 34°15' з.д.", SOUTH_WEST, "dm"),
        ("12°30' sur, 34°15' oeste", SOUTH_WEST, "dm"),
        ("30 30 15.5 N, 47 48 20 E", (30.5043056, 47.8055556), "dms"),
        ("30,504306; 47,805556", (30.504306, 47.805556), "dd"),
        ("0.5 N 0.25 W", (0.5, -0.25), "dd"),
    ],
)
def test_a_position_is_read_in_every_manner(
    text: str, place: tuple[float, float], manner: str
) -> None:
    found = read_position(text)
    assert isinstance(found, Position), found
    assert (found.latitude, found.longitude) == pytest.approx(place, abs=1.5e-5)
    assert found.format == manner


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", Fault.SHAPE),
        ("by the old mill", Fault.SHAPE),
        ("3 km north of Kabul", Fault.SHAPE),
        ("34.5 69.1 12.5", Fault.SHAPE),
        ("x" * 10_000, Fault.SHAPE),
        ("34.528455", Fault.ONE_ONLY),
        ("69.17 E", Fault.ONE_ONLY),
        ("34°31'42\"", Fault.ONE_ONLY),
        ("34°61'N 69°10'E", Fault.RANGE),
        ("-34.5 S 20 E", Fault.SIGN),
        ("34.5 N 12.5 N", Fault.SAME_AXIS),
        ("134.5, 34.2", Fault.SWAPPED),
        ("95 N 12 E", Fault.OUTSIDE),
        ("34.5, 190", Fault.OUTSIDE),
        ("34,52", Fault.TWO_WAYS),
        ("34,52,69,17", Fault.TWO_WAYS),
        ("61SWD1575820766", Fault.GRID),
        ("42SWD157572076", Fault.GRID),
        ("42S 51575 3820766 1", Fault.SHAPE),
        ("42C 515758 3820766", Fault.GRID),
    ],
)
def test_what_is_not_clear_is_named_and_not_guessed(text: str, fault: Fault) -> None:
    assert read_position(text) is fault


def test_the_letter_s_of_a_grid_zone_can_be_the_south() -> None:
    north = read_position("21S 400000 4250000")
    assert isinstance(north, Position)
    assert north.latitude > 0
    assert north.other is not None
    assert north.other.latitude < -50
    south = read_position("35S 500000 8200000")
    assert isinstance(south, Position)
    assert south.latitude == pytest.approx(-16.28, abs=0.01)
    assert south.other is None


def test_a_short_grid_reference_says_how_large_its_square_is() -> None:
    found = read_position("42S WD 157 207")
    assert isinstance(found, Position)
    assert found.square == 100


@given(LATITUDES, LONGITUDES, st.sampled_from(["dd", "dm", "dms"]))
def test_degrees_that_are_written_are_read_back(
    latitude: float, longitude: float, manner: str
) -> None:
    found = read_position(write_position(Position(latitude, longitude, manner)))
    assert isinstance(found, Position)
    assert found.format == manner
    assert found.latitude == pytest.approx(latitude, abs=2e-6)
    assert found.longitude == pytest.approx(longitude, abs=2e-6)


OFF_THE_EQUATOR = st.floats(-79.9, 83.9).filter(lambda latitude: abs(latitude) > 1e-4)
"""The grid library does not read what it writes for the last centimetres below the equator."""


@settings(deadline=None)
@given(OFF_THE_EQUATOR, LONGITUDES)
def test_grid_references_that_are_written_are_read_back(latitude: float, longitude: float) -> None:
    for text in (write_utm(latitude, longitude), write_mgrs(latitude, longitude)):
        found = read_position(text)
        assert isinstance(found, Position), text
        assert found.latitude == pytest.approx(latitude, abs=3e-5)
        turn = (found.longitude - longitude + 180) % 360 - 180
        assert turn == pytest.approx(0, abs=3e-4)  # a metre is a wide angle near the pole


@given(st.text(max_size=150))
def test_no_text_ever_breaks_the_reader(text: str) -> None:
    found = read_position(text)
    assert isinstance(found, (Position, Fault))
    if isinstance(found, Position):
        assert abs(found.latitude) <= 90
        assert abs(found.longitude) <= 180


@given(st.text(alphabet="0123456789 .,°'\"NSEWOnsew-+;/٣٤٫،СЮВЗشجقغLatlon", max_size=40))
def test_no_text_of_digits_and_marks_breaks_the_reader(text: str) -> None:
    found = read_position(text)
    if isinstance(found, Position):
        assert abs(found.latitude) <= 90
        assert abs(found.longitude) <= 180
