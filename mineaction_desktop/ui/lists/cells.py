"""Values of records as a list writes them: short, on one line, never ambiguous."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from PySide6.QtCore import QDate

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.formdef.form import Field
from mineaction_desktop.formdef.types import TYPES, FieldContext
from mineaction_desktop.i18n import mark
from mineaction_desktop.services.browsing import NUMBERS, Column, ListRow
from mineaction_desktop.ui.desk import Desk

LONGEST = 160
"""How many characters of a text a cell shows; the rest is in the record."""

YES, NO = mark("yes"), mark("no")
_LTR = "\u200e"
_ISOLATED, _END = "\u2068", "\u2069"
_STEERING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F], None)
_CONTROLS = _STEERING | dict.fromkeys([*range(0x20), 0x7F, *range(0x80, 0xA0), 0x2028, 0x2029], " ")
_WHOLE = frozenset({"integer", "quantity", "area"})
_FROM_LEFT = frozenset({"latitude", "longitude", "number"})
_PATTERNS = {10: "dd MMM yyyy", 7: "MMM yyyy", 4: "yyyy"}
"""How dates are shown, by the length of what the source says: day, month or year."""


def cell_text(desk: Desk, column: Column, row: ListRow) -> str:
    """What a cell shows."""
    field = column.field
    if field.link and not field.extra:
        return one_line(row.linked.get(field.name, ""))
    value = row.values.get(field.name)
    if value is None or value == "":
        return ""
    return value_text(desk, field, value, row.values)


def value_text(
    desk: Desk, field: Field, value: object, others: Mapping[str, object] | None = None
) -> str:
    """A value as the window writes it; ``others`` say the currency of an amount."""
    if isinstance(value, bool):
        return desk.say(YES if value else NO)
    if field.choices is not None:
        codes = value if isinstance(value, (list, tuple)) else [value]
        return one_line("; ".join(field.choices.label(str(one), desk.words) for one in codes))
    if field.type in _WHOLE and isinstance(value, int):
        return desk.number(value)
    if field.type == "money":
        currency = (others or {}).get(field.currency_field or "")
        return amount_text(desk, field, value, currency if isinstance(currency, str) else "")
    if isinstance(value, (date, PartialDate)):
        return moment_text(desk, value)
    text = str(value) if field.type not in TYPES else TYPES[field.type].write(value, field)
    is_from_left = field.type in _FROM_LEFT or field.name == "local_id"
    return (_LTR if is_from_left else "") + one_line(text)


def moment_text(desk: Desk, value: date | PartialDate) -> str:
    """A date with the name of its month, as precise as it is; a moment to the minute."""
    if isinstance(value, datetime):
        moment = value.astimezone()
        return f"{moment_text(desk, moment.date())} {desk.clock(moment)}"
    if isinstance(value, PartialDate):
        first, pattern = (
            value.first,
            _PATTERNS.get(len(value.text)) if "/" not in value.text else None,
        )
        if pattern is None:
            return _LTR + value.text
    else:
        first, pattern = value, _PATTERNS[10]
    return desk.locale.toString(QDate(first.year, first.month, first.day), pattern)


def amount_text(desk: Desk, field: Field, value: object, currency: str) -> str:
    """An amount with the code of its currency."""
    text = TYPES["money"].write(value, field, FieldContext(currency=currency))
    whole, point, minor = text.partition(".")
    shown = desk.number(int(whole)) if whole.lstrip("-").isdecimal() else whole
    mark_of_decimals = desk.locale.decimalPoint() if point else ""
    digits = desk.locale.toString(int(minor)).rjust(len(minor), "0") if minor else ""
    return f"{shown}{mark_of_decimals}{digits} {currency}".rstrip()


def one_line(text: str) -> str:
    """A text without breaks and without marks that would turn the rest of the line around.

    Where it does not begin with a letter, its direction is that of its first letter, and not that
    of the window: “18 km south” stays so between Arabic columns.
    """
    if len(text) > LONGEST:
        text = f"{text[:LONGEST]}…"
    if not (text.isascii() and text.isprintable()):
        text = text.translate(_CONTROLS)
    if text and not text[0].isalpha() and any(map(str.isalpha, text)):
        return f"{_ISOLATED}{text}{_END}"
    return text


def unsteered(text: str) -> str:
    """A shown text without the invisible marks, to be changed by a person."""
    return text.translate(_STEERING)


def is_number(field: Field) -> bool:
    """Whether values of the field stand at the end of the cell."""
    return field.type in NUMBERS and field.type not in {"latitude", "longitude"}
