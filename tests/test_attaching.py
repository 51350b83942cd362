"""Pictures that are pasted or dropped on a record: whole ones only, with or without their place."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from entry_samples import area, put
from PIL import Image
from registers import new_store, unsound

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.services.attachments import (
    attach_content,
    attached_content,
    attached_to,
    detach,
    tells_place,
)
from mineaction_desktop.services.photographs import look_at, without_place
from mineaction_desktop.services.undoing import take_back
from mineaction_desktop.storage.store import Store

XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>36,20.5N</exif:GPSLatitude>'


def photograph(kind: str = "JPEG", *, place: bool = True, xmp: bytes = b"") -> bytes:
    """A picture as a camera turned on its side writes it, at 36.345 N, 43.145 W."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Camera"
    if place:
        exif[0x8825] = {1: "N", 2: (36.0, 20.0, 42.0), 3: "W", 4: (43.0, 8.0, 42.0)}
    made = io.BytesIO()
    picture = Image.linear_gradient("L").convert("RGB").resize((40, 30))
    more = {"xmp": xmp} if xmp else {}
    picture.save(made, kind, exif=exif, **more)
    return made.getvalue()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as opened:
        yield opened


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_says_where_it_was_taken_until_that_is_removed(kind: str) -> None:
    taken = photograph(kind)
    seen = look_at(taken, "a.jpg")
    assert (seen.width, seen.height, seen.tells_place) == (40, 30, True)
    assert (seen.latitude, seen.longitude) == pytest.approx((36.345, -43.145))
    clean = without_place(taken, "a.jpg")
    assert not look_at(clean, "a.jpg").tells_place
    assert b"Camera" not in clean
    with Image.open(io.BytesIO(taken)) as before, Image.open(io.BytesIO(clean)) as after:
        assert before.tobytes() == after.tobytes()
        assert after.getexif()[0x0112] == 6
        assert before.format == after.format


def test_a_place_in_other_notes_is_found_and_removed() -> None:
    taken = photograph(place=False, xmp=XMP)
    assert look_at(taken, "a.jpg").tells_place
    clean = without_place(taken, "a.jpg")
    assert b"GPS" not in clean
    assert not look_at(photograph(place=False), "a.jpg").tells_place


@pytest.mark.parametrize(
    "place",
    [{1: "N"}, {2: (36.0, 20.0), 4: 1}, {1: "N", 2: (999.0, 0.0, 0.0)}],
)
def test_a_place_that_cannot_be_read_is_still_there(place: dict[int, object]) -> None:
    exif = Image.Exif()
    exif[0x8825] = place
    made = io.BytesIO()
    Image.new("RGB", (4, 4)).save(made, "JPEG", exif=exif)
    seen = look_at(made.getvalue(), "a.jpg")
    assert (seen.tells_place, seen.latitude) == (True, None)


@pytest.mark.parametrize(
    "content",
    [
        photograph()[:-60],
        photograph("PNG")[:-80],
        b"\xff\xd8\xff\xe0" + bytes(range(256)),
        b"\x89PNG\r\n\x1a\n" + bytes(20),
    ],
)
def test_a_broken_picture_is_not_kept(store: Store, content: bytes) -> None:
    minefield = put(store, area())
    with pytest.raises(UserError, match="cannot be read as a picture"):
        attach_content(store, content, "IMG_1.jpg", minefield.local_id or "")
    with pytest.raises(UserError, match="IMG_1"):
        tells_place(content, "IMG_1.jpg")
    with store.read() as reader:
        assert attached_to(reader, "hazardous_area", "HA-000001") == []


@pytest.mark.parametrize(("size", "word"), [(80_000_000, "larger than 25 MB"), (0, "is empty")])
def test_a_file_of_no_use_is_refused_in_words(store: Store, size: int, word: str) -> None:
    put(store, area())
    with pytest.raises(UserError, match=word):
        attach_content(store, bytes(size), "scan.pdf", "HA-000001")


@pytest.mark.parametrize("keep", [True, False])
def test_a_picture_is_attached_as_was_decided(store: Store, *, keep: bool) -> None:
    put(store, area())
    taken = photograph()
    made = attach_content(store, taken, "C:/camera/IMG_1.jpg", "HA-000001", keep_place=keep)
    with store.read() as reader:
        (found,) = attached_to(reader, "hazardous_area", "HA-000001")
        content = attached_content(reader, found)
    assert content is not None
    assert (content == taken, tells_place(content, "x")) == (keep, keep)
    assert (found.id, found.title, found.file_name) == (made.id, "IMG_1", "IMG_1.jpg")
    assert found.kind == "photograph"
    assert made.sha256 == hashlib.sha256(content).hexdigest()
    assert unsound(store) == []


def test_any_other_file_is_attached_as_it_is(store: Store) -> None:
    put(store, area())
    attach_content(store, b"handed over", "paper.txt", "HA-000001", title=" Certificate ")
    with store.read() as reader:
        (found,) = attached_to(reader, "hazardous_area", "HA-000001")
    assert (found.title, found.media_type, found.kind) == ("Certificate", "text/plain", None)


def test_an_attachment_is_taken_away_and_brought_back(store: Store) -> None:
    put(store, area())
    made = attach_content(store, photograph(), "", "HA-000001")
    changes = detach(store, made.id)
    with store.read() as reader:
        assert attached_to(reader, "hazardous_area", "HA-000001") == []
    take_back(store, changes.batch)
    with store.read() as reader:
        (found,) = attached_to(reader, "hazardous_area", "HA-000001")
    assert found.title == "Pasted picture"
