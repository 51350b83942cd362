"""The lock file can be installed also after newer releases have come out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCK = Path(__file__).parents[1] / "requirements.lock"
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[([^\]]*)\])?==", re.MULTILINE)


def _asked_with_extras() -> Iterator[tuple[str, str]]:
    """Each package that ours, or one of the locked, asks for with an extra."""
    for one in distributions():
        for line in one.requires or ():
            wanted = Requirement(line)
            ours = "dev" if one.name == "mineaction-desktop" else ""
            if wanted.marker is None or wanted.marker.evaluate({"extra": ours}):
                yield from ((canonicalize_name(wanted.name), extra) for extra in wanted.extras)


def test_what_is_asked_for_with_an_extra_is_pinned_with_it() -> None:
    pinned: dict[str, set[str]] = {
        canonicalize_name(name): set((extras or "").split(","))
        for name, extras in _PINNED.findall(LOCK.read_text("utf-8"))
    }
    asked = {(name, extra) for name, extra in _asked_with_extras() if name in pinned}
    assert ("pikepdf", "pdfa") in asked
    assert not {(name, extra) for name, extra in asked if extra not in pinned[name]}
