"""Where the country lies, as far as the record of the State says so."""

from __future__ import annotations

from typing import NamedTuple

from mineaction_desktop.storage.queries import Counting, facts
from mineaction_desktop.storage.reader import Reader


class Edges(NamedTuple):
    """The box of degrees that a country lies in."""

    south: float
    north: float
    west: float
    east: float


def edges(reader: Reader) -> Edges | None:
    """The box of the country; nothing unless all four edges are recorded."""
    states = facts(reader, "state_profile", Edges._fields, counting=Counting())
    found = [states[0][name] for name in Edges._fields if states[:1]]
    known = [float(one) for one in found if one is not None]
    return Edges(*known) if len(known) == len(Edges._fields) else None
