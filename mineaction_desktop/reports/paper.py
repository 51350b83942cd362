"""A paper form as a neutral document: sections of questions and grids, and lists of codes.

All texts are already in the language of the paper. A blank form has no answers; a filled one has
them in the same places.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mineaction_desktop.reports.document import Report


class Room(StrEnum):
    """How much room an answer needs, and in what shape."""

    LINE = "line"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"
    BOXES = "boxes"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Option:
    """A box to tick."""

    code: str
    label: str
    ticked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One field: what is asked, and the answer if the form is filled.

    ``hint`` says how the answer is written: a unit, where the codes are, when it is asked at all.
    ``answer`` is ``None`` on a blank form and empty for an empty field.
    """

    label: str
    room: Room
    help: str = ""
    hint: str = ""
    only_if: str = ""
    required: bool = False
    options: tuple[Option, ...] = ()
    answer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The rows of a group; on a blank form there are ``blanks`` empty ones."""

    columns: tuple[Question, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    blanks: int = 0
    more: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A section of the form: questions, or a grid."""

    title: str
    help: str = ""
    only_if: str = ""
    questions: tuple[Question, ...] = ()
    grid: Grid | None = None


@dataclass(frozen=True, slots=True)
class CodeList:
    """A list of codes that is too long to tick."""

    title: str
    choices: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A whole form; ``report`` tells its title, language, marks and the lines of each page."""

    report: Report
    code: str
    title: str
    lead: tuple[str, ...]
    status: str | None
    parts: tuple[Part, ...]
    lists_title: str
    lists: tuple[CodeList, ...]
    signatures: tuple[tuple[str, ...], ...]
