"""What a reported cell can be: a number, or one of the ways of having none."""

from __future__ import annotations

from enum import StrEnum

from mineaction_desktop.i18n import mark


class State(StrEnum):
    """The state of a reported quantity; a blank is never a zero.

    VALUE is a counted or measured number other than zero. ZERO is a zero that records confirm.
    NONE says that there is nothing of the kind to report.
    """

    VALUE = "value"
    ZERO = "zero"
    NONE = "none"
    NOT_APPLICABLE = "not_applicable"
    UNCHANGED = "unchanged"
    UNKNOWN = "unknown"
    NOT_COLLECTED = "not_collected"
    WITHHELD = "withheld"

    @property
    def has_number(self) -> bool:
        """Whether a number stands behind this state."""
        return self in (State.VALUE, State.ZERO)


STATE_WORDS: dict[State, str] = {
    State.NONE: mark("None"),
    State.NOT_APPLICABLE: mark("Not applicable"),
    State.UNCHANGED: mark("Unchanged"),
    State.UNKNOWN: mark("Not known"),
    State.NOT_COLLECTED: mark("Not collected"),
    State.WITHHELD: mark("Withheld"),
}
