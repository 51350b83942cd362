"""What is wrong with data, as values; and the one exception that is meant for a person."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from mineaction_desktop.i18n import ENGLISH, Message, Words


class Severity(StrEnum):
    """``ERROR`` blocks a final report, ``WARNING`` wants a fix or a written explanation."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem is: a field of a record, or a cell of a file."""

    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    kind: str | None = None
    record_id: str | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: its code, where it is, and what to say about it."""

    code: str
    message: Message
    place: Place = field(default_factory=Place)
    severity: Severity = Severity.ERROR
    value: str | None = None


class UserError(Exception):
    """The call or the input is wrong: a sentence that says what and what to do about it.

    ``problems`` lists the places when there are several. Nothing has been changed.
    """

    def __init__(self, message: Message, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message.render(ENGLISH))
        self.message = message
        self.problems = problems

    def render(self, words: Words = ENGLISH) -> str:
        """The sentence in the language of ``words``."""
        return self.message.render(words)


class BlockedError(UserError):
    """The call is right, but open problems stand in the way; ``problems`` lists them."""
