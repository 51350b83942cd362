"""What a cell of the document becomes in a sheet: a number with its format, or text."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from babel.numbers import get_currency_precision

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.states import State
from mineaction_desktop.reports.document import Cell
from mineaction_desktop.reports.figures import Figure, Unit
from mineaction_desktop.reports.present import PARTLY_UNKNOWN, Presenter

_EXACT_LIMIT = 10**15  # spreadsheets keep fifteen digits of a number
_DAY_ZERO = date(1899, 12, 30)
_FIRST_DAY = date(1900, 3, 1)  # before it spreadsheets disagree, because of a 29 February 1900
# The language of the month's name; without it a date shows in the language of the reader's system.
_DATE_LANGUAGES = {
    "ar": "401",
    "en": "809",
    "es": "40A",
    "fr": "40C",
    "pt": "816",
    "ru": "419",
    "zh": "804",
}


class Content(NamedTuple):
    """A number as it is stored, or text if there is no format; ``muted`` marks words for it."""

    text: str = ""
    number_format: str | None = None
    muted: bool = False


def content(cell: Cell, presenter: Presenter) -> Content:
    """Return what a cell of the document becomes."""
    match cell:
        case None:
            return Content()
        case State():  # a state is a string too, so it comes first
            return Content(presenter.state(cell), muted=True)
        case str():
            return Content(cell)
        case Figure():
            return _figure(cell, presenter)
        case PartialDate() | date():
            return _date(cell, presenter)


def can_be_number(figure: Figure) -> bool:
    """Whether a sheet can hold the value of a figure without losing digits."""
    return figure.value is not None and abs(figure.value) < _EXACT_LIMIT


def places_of(figure: Figure) -> int:
    """How many of the digits of a value are decimals."""
    if figure.unit is Unit.MONEY and figure.currency:
        return _precision(figure.currency)
    return 0


_precision = cache(get_currency_precision)


def _figure(figure: Figure, presenter: Presenter) -> Content:
    if not can_be_number(figure):
        return Content(presenter.figure(figure), muted=figure.value is None)
    places = places_of(figure)
    number = str(figure.value) if not places else str(Decimal(figure.value or 0).scaleb(-places))
    return Content(number, _number_format(figure, presenter))


def _number_format(figure: Figure, presenter: Presenter) -> str:
    places = places_of(figure)
    number = "#,##0" + ("." + "0" * places if places else "")
    if not figure.partial:
        return number
    before, _, after = presenter.words.gettext(PARTLY_UNKNOWN).partition("{number}")
    shown = f"{_literal(before)}{number}{_literal(after)}"
    return f"{shown};{_literal(before)}-{number}{_literal(after)}" if before else shown


def _literal(text: str) -> str:
    """Words inside a number format; a quotation mark has to leave the quotes."""
    return '"' + text.replace('"', '"\\""') + '"' if text else ""


def _date(given: date | PartialDate, presenter: Presenter) -> Content:
    """A day as the number of a date; the vague and the very old stay text."""
    if isinstance(given, PartialDate) and not given.is_exact:
        return Content(presenter.partial_date(given))
    day = given.first if isinstance(given, PartialDate) else given
    if day < _FIRST_DAY:
        return Content(presenter.day(day))
    language = _DATE_LANGUAGES.get(presenter.language.split("_")[0])
    prefix = f"[$-{language}]" if language else ""
    return Content(str((day - _DAY_ZERO).days), f"{prefix}d mmm yyyy")
