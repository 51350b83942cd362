"""Which record comes before and after another, in the list that an editor was opened from."""

from __future__ import annotations

from collections.abc import Callable
from weakref import WeakKeyDictionary

from mineaction_desktop.ui.desk import Session

Step = Callable[[str, int], str | None]
"""The id of the record so many places after the one of this id; nothing at the ends."""

_known: WeakKeyDictionary[Session, dict[str, Step]] = WeakKeyDictionary()


def remember(session: Session, kind: str, step: Step) -> None:
    """A list opens an editor: its order is the one that previous and next follow."""
    _known.setdefault(session, {})[kind] = step


def neighbour(session: Session, kind: str, record_id: str, way: int) -> str | None:
    """The record before (``-1``) or after (``1``) one; nothing if no list was left open."""
    step = _known.get(session, {}).get(kind)
    return step(record_id, way) if step is not None else None
