"""What every type of field can do: read what is given, write it out, say what is wrong with it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from mineaction_desktop.domain.problems import Problem, Severity
from mineaction_desktop.formdef.fieldproblems import problem
from mineaction_desktop.formdef.form import Field
from mineaction_desktop.formdef.reading_words import NOT_GIVEN
from mineaction_desktop.formdef.wording import plain
from mineaction_desktop.i18n import Words

Given = object
"""What a person or a file gives: text, a number, yes or no, a date, or a list of these."""

Reader = Callable[[Given], object]
"""Gives the value of a field, ``None`` for nothing given, or the problem that stops it."""

_LONGEST_NOTHING = 40
"""Longer text says something, whatever it says."""


@dataclass(frozen=True, slots=True)
class FieldContext:
    """What reading and writing need besides the field; what is not given is never guessed.

    ``find_record`` turns the name of a record of a kind into its id, or into a problem.
    """

    currency: str | None = None
    decimal_mark: Literal[".", ","] | None = None
    day_first: bool | None = None
    words: Words | None = None
    find_record: Callable[[Field, str], str | Problem] | None = None


PLAIN = FieldContext()
PORTABLE = FieldContext(decimal_mark=".")
"""How the text that ``write`` gives is read back."""


class FieldType(ABC):
    """One type of field."""

    not_given = NOT_GIVEN

    def read(self, given: Given, field: Field, context: FieldContext = PLAIN) -> object:
        """The value, ``None`` for nothing given, or the :class:`Problem` that stops it."""
        if given is None or (isinstance(given, str) and self._says_nothing(given)):
            return None
        value = self._parse(given, field, context)
        if value is None or isinstance(value, Problem):
            return value
        wrong = (found for found in self.problems(value, field) if _stops(found))
        return next(wrong, value)

    def reader(self, field: Field, context: FieldContext = PLAIN) -> Reader:
        """What ``read`` is for one field in one context, for reading many values.

        Types override it with a short way for what most files hold; all else is read at length.
        """
        return lambda given: self.read(given, field, context)

    def write(self, value: object, field: Field, context: FieldContext = PLAIN) -> str:
        """Text that ``read`` turns back into the same value; nothing for an empty field."""
        return "" if value is None else self._text(value, field, context)

    @abstractmethod
    def problems(self, value: object, field: Field) -> list[Problem]:
        """What is wrong with a value that is kept or about to be."""

    def to_plain(self, value: object) -> object:
        """The value as JSON can hold it."""
        return value

    def from_plain(self, value: object) -> object:
        """The value that ``to_plain`` was made from; unreadable content stays as it is."""
        return value

    def of_day(self, day: date) -> object:
        """The value for a day, for a field that starts with today's date."""
        return self.from_plain(day.isoformat())

    def _says_nothing(self, text: str) -> bool:
        if len(text) > _LONGEST_NOTHING:
            return False
        return " ".join(plain(text).casefold().split()) in self.not_given

    @abstractmethod
    def _parse(self, given: Given, field: Field, context: FieldContext) -> object:
        """Read what is given and not empty."""

    def _text(self, value: object, field: Field, context: FieldContext) -> str:
        del field, context
        return str(value)


def _stops(found: Problem) -> bool:
    return found.severity is Severity.ERROR


def wrong_kind(value: object, field: Field) -> list[Problem]:
    """The problem of a value that this field cannot hold at all."""
    return [problem("FIELD-003", field, value)]
