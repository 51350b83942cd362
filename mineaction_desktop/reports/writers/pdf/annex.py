"""Objects added at the end of a finished file, many in little time.

A long table has hundreds of thousands of tags. A general library takes longer to read and write
them one by one than it takes to write all the pages; here they are packed as they are made.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

Object = tuple[int, str]
"""The number of an object and what it says."""

_PACKED = 200  # objects in one stream
_TAIL = 64  # bytes in which a file says where its table of objects lies


def append(path: Path, objects: Iterable[Object], first_free: int, trailer: str, name: str) -> None:
    """Add objects to a file, or put them in the place of objects that it has.

    ``trailer`` says what the end of the file said before, ``name`` is the name of the file in
    hexadecimal digits, ``first_free`` a number above those of all objects, old and new.
    """
    body = path.read_bytes()
    before = int(body[-_TAIL:].rpartition(b"startxref")[2].split()[0])
    parts: list[bytes] = []
    entries: dict[int, bytes] = {}
    at = len(body)
    stream = first_free
    waiting = iter(objects)
    while pack := list(islice(waiting, _PACKED)):
        for place, (number, _) in enumerate(pack):
            entries[number] = _entry(2, stream, place)
        entries[stream] = _entry(1, at, 0)
        parts.append(_packed(stream, pack))
        at += len(parts[-1])
        stream += 1
    entries[stream] = _entry(1, at, 0)
    digest = hashlib.md5(b"".join(parts), usedforsecurity=False).hexdigest()
    head = (
        f"/Type/XRef/Size {stream + 1}/W[1 5 2]/Index[{_ranges(sorted(entries))}]/Prev {before}"
        f"/ID[<{name}><{digest}>]{trailer}"
    )
    table = b"".join(entries[number] for number in sorted(entries))
    parts.append(_stream(stream, head, table))
    parts.append(b"startxref\n%d\n%%%%EOF\n" % at)
    with path.open("ab") as file:
        file.writelines(parts)


def _entry(kind: int, where: int, place: int) -> bytes:
    return kind.to_bytes(1) + where.to_bytes(5) + place.to_bytes(2)


def _packed(number: int, objects: Sequence[Object]) -> bytes:
    index: list[str] = []
    at = 0
    for each, text in objects:
        index.append(f"{each} {at}")
        at += len(text) + 1
    head = " ".join(index) + " "
    content = head + "\n".join(text for _, text in objects)
    words = f"/Type/ObjStm/N {len(objects)}/First {len(head)}"
    return _stream(number, words, content.encode("ascii"))


def _stream(number: int, words: str, content: bytes) -> bytes:
    packed = zlib.compress(content)
    head = f"{number} 0 obj\n<<{words}/Filter/FlateDecode/Length {len(packed)}>>\nstream\n"
    return head.encode("ascii") + packed + b"\nendstream\nendobj\n"


def _ranges(numbers: Sequence[int]) -> str:
    """Ascending numbers as the start and the length of each part without a gap."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == sum(parts[-1]):
            parts[-1][1] += 1
        else:
            parts.append([number, 1])
    return " ".join(f"{start} {count}" for start, count in parts)
