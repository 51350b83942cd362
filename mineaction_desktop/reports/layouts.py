"""Report forms as data: titles, provisions, columns and notes in ``forms/reports``.

An instrument offers tables with more columns than any one form prints; the files choose, order,
name and explain them. A new version of a form costs files here and no code.
"""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

from mineaction_desktop.domain.problems import Place, Problem, UserError
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.paths import forms_dir
from mineaction_desktop.reports.document import ColumnKind, Medium


class ColumnLayout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A column that a form prints; ``option`` prints it only when that option is on."""

    key: str
    title: str
    kind: ColumnKind = ColumnKind.TEXT
    weight: float = 1.0
    unit: str | None = None
    help: str | None = None
    option: str | None = None


class PartLayout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a form: a table, a text or a drawing that the instrument supplies under a name.

    A text that is missing says that there is nothing to report; a missing drawing stays out.
    """

    table: str | None = None
    text: str | None = None
    block: str | None = None
    title: str | None = None
    level: int = 1
    remark: str | None = None
    columns: tuple[ColumnLayout, ...] = ()
    notes: tuple[str, ...] = ()
    empty_words: str = mark("Nothing to report.")
    voluntary: bool = False
    option: str | None = None


class FormLayout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One form; ``choices`` are the boxes the cover page offers for it.

    ``valid_from`` and ``valid_to`` are the reporting years in which this version is used.
    """

    format: int
    id: str
    sheet: str
    title: str
    label: str | None = None
    provision: str | None = None
    legal: str | None = None
    remark: str | None = None
    obligatory: bool = True
    annex: bool = False
    choices: tuple[str, ...] = ()
    media: tuple[Medium, ...] = (Medium.WORKBOOK, Medium.PAPER, Medium.DATA)
    valid_from: int | None = None
    valid_to: int | None = None
    parts: tuple[PartLayout, ...] = ()
    texts: dict[str, str] = {}

    def used_in(self, year: int) -> bool:
        """Whether a report for the year prints this version of the form."""
        return (self.valid_from or year) <= year <= (self.valid_to or year)


class ReportLayout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole report: its titles and its forms in order, as names of files beside it."""

    format: int
    instrument: str
    layout: str
    title: str
    short_title: str
    period_line: str
    footer: str
    forms: tuple[str, ...]


S = TypeVar("S", bound=msgspec.Struct)

INVALID = mark("The form file {file} cannot be used: {reason}. Correct the file and try again.")


def _decode(path: Path, kind: type[S]) -> S:
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), kind)
    except (msgspec.ValidationError, tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        message = Message(INVALID, {"file": path.name, "reason": str(error)})
        problem = Problem("FORM-001", message, Place(file=str(path)))
        raise UserError(message, (problem,)) from error


@cache
def load_layout(
    instrument: str, layout: str, folder: Path | None = None
) -> tuple[ReportLayout, tuple[FormLayout, ...]]:
    """Read a report layout with all its forms; raise ``UserError`` naming the file and the key."""
    place = (folder or forms_dir() / "reports") / instrument / layout
    report = _decode(place / "report.toml", ReportLayout)
    return report, tuple(_decode(place / f"{name}.toml", FormLayout) for name in report.forms)


def layout_fingerprints(instrument: str, layout: str, folder: Path | None = None) -> dict[str, str]:
    """The SHA-256 of each file that a report is laid out by: which version of the forms it is."""
    place = (folder or forms_dir() / "reports") / instrument / layout
    report = _decode(place / "report.toml", ReportLayout)
    names = ("report.toml", *(f"{name}.toml" for name in report.forms))
    return {name: hashlib.sha256((place / name).read_bytes()).hexdigest() for name in names}
