"""Times of day and lengths of time, in the digits of the window."""

from __future__ import annotations

from datetime import datetime, timedelta

from mineaction_desktop.i18n import mark
from mineaction_desktop.ui.desk import Desk

MOMENT = mark("{day}, {time}")
HOURS = mark("{hours} h {minutes} min")
MINUTES = mark("{minutes} min")
SHARE = mark("{number} %")


def moment(desk: Desk, at: datetime) -> str:
    """A day with the time of day, on the clock of this computer."""
    return desk.say(MOMENT, day=desk.day(at.astimezone().date()), time=desk.clock(at))


def duration(desk: Desk, length: timedelta) -> str:
    """A length of time in hours and minutes."""
    hours, minutes = divmod(round(length.total_seconds() / 60), 60)
    if not hours:
        return desk.say(MINUTES, minutes=desk.number(minutes))
    return desk.say(HOURS, hours=desk.number(hours), minutes=desk.number(minutes))


def share(desk: Desk, part: float) -> str:
    """A part of a whole as a percentage."""
    return desk.say(SHARE, number=desk.locale.toString(100 * part, "f", 1))
