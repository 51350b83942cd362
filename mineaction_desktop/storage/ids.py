"""Identifiers of records and transactions: UUIDs of version 7, which sort by time."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Iterator

_VARIANTS = "89ab"
_RANDOM_DIGITS = 16
_AT_ONCE = 500
_lock = threading.Lock()
_last = 0


def new_id() -> str:
    """Return an identifier that sorts after every one this process has made before."""
    return new_ids(1)[0]


def new_ids(count: int) -> list[str]:
    """Return ``count`` identifiers in ascending order."""
    first = _reserve(count)
    width = _RANDOM_DIGITS
    random = secrets.token_hex(width // 2 * count)
    texts = [random[start : start + width] for start in range(0, width * count, width)]
    return list(map(_text, range(first, first + count), texts))


def endless_ids() -> Iterator[str]:
    """Give identifiers in ascending order for as long as they are asked for."""
    while True:
        yield from new_ids(_AT_ONCE)


def _reserve(count: int) -> int:
    """Take ``count`` ticks of 1/4096 ms; a burst or a clock set back borrows from the future."""
    global _last  # noqa: PLW0603 - one clock for the whole process keeps identifiers ascending
    with _lock:
        first = max(time.time_ns() // 1_000_000 << 12, _last + 1)
        _last = first + count - 1
    return first


def _text(tick: int, random: str) -> str:
    time_high, time_low, within = tick >> 28, tick >> 12 & 0xFFFF, tick & 0xFFF
    variant = _VARIANTS[int(random[0], 16) & 3]
    return f"{time_high:08x}-{time_low:04x}-7{within:03x}-{variant}{random[1:4]}-{random[4:]}"
