"""Fields of degrees: latitude and longitude."""

from __future__ import annotations

from mineaction_desktop.domain.problems import Problem
from mineaction_desktop.formdef.fieldproblems import problem
from mineaction_desktop.formdef.fieldtype import (
    PLAIN,
    FieldContext,
    FieldType,
    Given,
    Reader,
    wrong_kind,
)
from mineaction_desktop.formdef.form import Field
from mineaction_desktop.formdef.reading_places import DECIMAL, LIMIT, Axis, read_degrees
from mineaction_desktop.formdef.reading_words import NOT_GIVEN, NOT_KNOWN
from mineaction_desktop.formdef.types_text import as_text
from mineaction_desktop.i18n import Message, mark

_NAMES = {"latitude": mark("latitude"), "longitude": mark("longitude")}


class Coordinate(FieldType):
    """Degrees along one axis, from decimal degrees or degrees, minutes and seconds."""

    not_given = NOT_GIVEN | NOT_KNOWN

    def __init__(self, axis: Axis) -> None:
        self._axis = axis

    def _parse(self, given: Given, field: Field, context: FieldContext) -> object:
        del context
        axis = Message(_NAMES[self._axis])
        text = as_text(given)
        if text is None or isinstance(given, bool):
            return problem("FIELD-040", field, given, axis=axis)
        read = read_degrees(text)
        match read:
            case "shape":
                return problem("FIELD-040", field, text, axis=axis)
            case "range":
                return problem("FIELD-041", field, text)
            case "sign":
                return problem("FIELD-044", field, text)
        if read.axis not in {None, self._axis}:
            return problem("FIELD-042", field, text, axis=axis)
        return read.value

    def reader(self, field: Field, context: FieldContext = PLAIN) -> Reader:
        at_length = super().reader(field, context)
        limit, is_decimal = LIMIT[self._axis], DECIMAL.match

        def read(given: Given) -> object:
            if (type(given) is str and is_decimal(given)) or type(given) is float:
                value = float(given)
                if -limit <= value <= limit:
                    return value
            return at_length(given)

        return read

    def problems(self, value: object, field: Field) -> list[Problem]:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or value - value != 0:
            return wrong_kind(value, field)
        limit = LIMIT[self._axis]
        if abs(value) > limit:
            return [problem("FIELD-043", field, value, limit=f"{limit:g}")]
        return []

    def _text(self, value: object, field: Field, context: FieldContext) -> str:
        del field, context
        return as_text(value) or str(value)
