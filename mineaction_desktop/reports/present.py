"""How values look in a report: numbers, dates and states in the language of the report.

All writers ask here, so that a figure reads the same in each file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, get_currency_precision

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.states import STATE_WORDS, State
from mineaction_desktop.i18n import ENGLISH, Words, mark
from mineaction_desktop.reports.document import Cell
from mineaction_desktop.reports.figures import Figure, Unit

PARTLY_UNKNOWN = mark("{number} or more")
YEARS = mark("{first} to {last}")


@dataclass(frozen=True)
class Presenter:
    """Turns cells into text for one language."""

    language: str = "en"
    words: Words = ENGLISH
    locale: Locale = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "locale", Locale.parse(self.language))

    def number(self, value: int) -> str:
        """A whole number with the thousands marks of the language."""
        if self.language == "en":  # the common case, thirty times faster than the general one
            return f"{value:,}"
        return str(format_decimal(value, locale=self.locale))

    def money(self, value: int, currency: str) -> str:
        """An amount in minor units as major units with the currency's usual decimals."""
        places = get_currency_precision(currency)
        amount = Decimal(value).scaleb(-places)
        pattern = "#,##0" + ("." + "0" * places if places else "")
        return str(format_decimal(amount, format=pattern, locale=self.locale))

    def state(self, state: State) -> str:
        """The words for a cell without a number."""
        return self.words.gettext(STATE_WORDS[state])

    def figure(self, figure: Figure) -> str:
        """A figure as it is printed."""
        if figure.value is None:
            return self.state(figure.state)
        if figure.unit is Unit.MONEY and figure.currency:
            shown = self.money(figure.value, figure.currency)
        else:
            shown = self.number(figure.value)
        if figure.partial:
            return self.words.gettext(PARTLY_UNKNOWN).format(number=shown)
        return shown

    def day(self, day: date) -> str:
        """A full date, unambiguous: the month is a word."""
        return str(format_date(day, "d MMM yyyy", locale=self.locale))

    def partial_date(self, value: PartialDate) -> str:
        """A date with the precision it was given in."""
        start, slash, end = value.text.partition("/")
        if slash:
            template = self.words.gettext(YEARS)
            return template.format(first=self._point(start), last=self._point(end))
        return self._point(start)

    def _point(self, text: str) -> str:
        point = PartialDate.parse(text)
        match text.count("-"):
            case 0:
                return text
            case 1:
                return str(format_date(point.first, "MMM yyyy", locale=self.locale))
            case _:
                return self.day(point.first)

    def cell(self, cell: Cell) -> str:
        """Any cell as text; a cell without meaning is empty."""
        match cell:
            case None:
                return ""
            case State():
                return self.state(cell)
            case Figure():
                return self.figure(cell)
            case PartialDate():
                return self.partial_date(cell)
            case date():
                return self.day(cell)
            case str():
                return cell
