"""Fields of numbers: an empty one is not said, which is never the same as zero."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QWidget

from mineaction_desktop.domain.problems import Problem
from mineaction_desktop.formdef.fieldtype import FieldContext
from mineaction_desktop.formdef.form import Field
from mineaction_desktop.formdef.reading_dates import EARLIEST
from mineaction_desktop.formdef.reading_numbers import converted
from mineaction_desktop.formdef.types_numbers import decimals
from mineaction_desktop.i18n import mark
from mineaction_desktop.ui.entry.context import FieldScene
from mineaction_desktop.ui.entry.fields.arithmetic import worked_out
from mineaction_desktop.ui.entry.fields.line import LineEditor

_TWO_WAYS = "FIELD-011"
NOT_SAID = mark("not said")
_ZERO = mark("zero, counted")
_METRES, _HECTARES = mark("{n} m²"), mark("{n} ha")


def decimal_mark(locale: QLocale) -> Literal[".", ","]:
    """The decimal mark of a locale, as the number types know it."""
    return "," if locale.decimalPoint() in {",", "\u066b"} else "."


def grouped(locale: QLocale, number: float | Decimal, places: int | None = None) -> str:
    """A number as the locale writes it, with its decimals or so many of them."""
    amount = Decimal(str(number))
    if places is None:
        exponent = amount.normalize().as_tuple().exponent
        places = max(0, -exponent) if isinstance(exponent, int) else 0
    if places == 0:
        return locale.toString(int(amount))
    return locale.toString(float(amount), "f", places)


class NumberEditor(LineEditor):
    """A number with or without a unit; small sums are worked out."""

    digits = 16
    left_to_right = True
    tells = True

    def __init__(self, field: Field, scene: FieldScene, parent: QWidget | None = None) -> None:
        super().__init__(field, scene, parent)
        self.line.setPlaceholderText(scene.desk.say(NOT_SAID))

    def read(self, text: str) -> object:
        """Read by the shape of the number; the locale settles what can be read in two ways."""
        mark_here = decimal_mark(self.scene.desk.locale)
        text = worked_out(text, self.scene.reading.decimal_mark or mark_here)
        context = self.scene.reading_for(self.field)
        read = self.type.read(text, self.field, context)
        if isinstance(read, Problem) and read.code == _TWO_WAYS:
            return self.type.read(text, self.field, _with_mark(context, mark_here))
        return read

    def keyed(self, value: object) -> str:
        text = super().keyed(value)
        mark_here = self.scene.reading.decimal_mark or decimal_mark(self.scene.desk.locale)
        return text.replace(".", mark_here)

    def shown(self, value: object) -> str:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return super().shown(value)
        unit = self.field.unit
        text = self.keyed(value) if self._is_year() else grouped(self.scene.desk.locale, value)
        return f"{text} {self.scene.word(unit)}" if unit else text

    def told(self, value: object) -> str:
        if not isinstance(value, (int, float)) or not self._is_worked():
            return ""
        return f"= {self.shown(value)}"

    def _is_year(self) -> bool:
        """Whether the number is a year, which nobody groups."""
        return self.field.minimum is not None and self.field.minimum >= EARLIEST

    def _is_worked(self) -> bool:
        """Whether what stands there is not yet the number itself."""
        text = self.line.text()
        return self.line.hasFocus() and not text.strip().replace(",", "").isdecimal()


def _with_mark(context: FieldContext, mark_here: Literal[".", ","]) -> FieldContext:
    return FieldContext(
        currency=context.currency,
        decimal_mark=mark_here,
        day_first=context.day_first,
        words=context.words,
        find_record=context.find_record,
    )


class CountEditor(NumberEditor):
    """A number of whole things. Zero says that somebody looked and there are none."""

    def told(self, value: object) -> str:
        if value == 0 and value is not None:
            return self.scene.desk.say(_ZERO)
        return super().told(value)


class AreaEditor(NumberEditor):
    """An area in any usual unit; beside it stands what is kept, in square metres and hectares."""

    digits = 20

    def told(self, value: object) -> str:
        if isinstance(value, bool) or not isinstance(value, int):
            return ""
        desk = self.scene.desk
        kept = converted(Decimal(value), "m²", "ha") or Decimal(0)
        hectares = desk.say(_HECTARES, n=grouped(desk.locale, kept))
        if not self.line.hasFocus():
            return hectares
        return f"= {desk.say(_METRES, n=grouped(desk.locale, value))} · {hectares}"

    def shown(self, value: object) -> str:
        if isinstance(value, bool) or not isinstance(value, int):
            return super().shown(value)
        return self.scene.desk.say(_METRES, n=grouped(self.scene.desk.locale, value))


class DegreesEditor(LineEditor):
    """Degrees along one axis, decimal or with minutes and seconds."""

    digits = 18
    left_to_right = True

    def shown(self, value: object) -> str:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return super().shown(value)
        return f"{value:.6f}°"


class AmountEditor(NumberEditor):
    """An amount of money, typed and shown in major units of the record's currency."""

    digits = 20
    tells = False

    def shown(self, value: object) -> str:
        currency = self.scene.reading_for(self.field).currency
        if not isinstance(value, int) or not currency:
            return self.keyed(value)
        places = decimals(currency)
        return grouped(self.scene.desk.locale, Decimal(value).scaleb(-places), places)
