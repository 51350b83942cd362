"""Fields of dates: full days, and dates of day, month or year precision or a range."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.problems import Problem
from mineaction_desktop.formdef.fieldproblems import problem
from mineaction_desktop.formdef.fieldtype import (
    FieldContext,
    FieldType,
    Given,
    wrong_kind,
)
from mineaction_desktop.formdef.form import Field
from mineaction_desktop.formdef.reading_dates import EARLIEST, LATEST, Fault, read_date
from mineaction_desktop.formdef.reading_words import NOT_GIVEN, NOT_KNOWN
from mineaction_desktop.formdef.types_text import as_text

_CODES: Mapping[Fault, str] = {
    Fault.SHAPE: "FIELD-020",
    Fault.TWO_WAYS: "FIELD-022",
    Fault.SHORT_YEAR: "FIELD-023",
    Fault.IMPOSSIBLE: "FIELD-024",
    Fault.FAR_YEAR: "FIELD-025",
    Fault.SERIAL: "FIELD-026",
    Fault.TURNED: "FIELD-027",
}


class PartialDay(FieldType):
    """A date as precise as its source: a day, a month, a year or a range of these."""

    not_given = NOT_GIVEN | NOT_KNOWN

    def _parse(self, given: Given, field: Field, context: FieldContext) -> object:
        if isinstance(given, PartialDate):
            return given
        if isinstance(given, date):
            return PartialDate.of(given.date() if isinstance(given, datetime) else given)
        text = as_text(given)
        if text is None or isinstance(given, bool):
            return problem("FIELD-020", field, given)
        read = read_date(text, day_first=context.day_first)
        if isinstance(read, PartialDate):
            return read
        one, other = (*read.readings, "", "")[:2]
        return problem(
            _CODES[read.fault],
            field,
            text,
            one=one,
            other=other,
            earliest=EARLIEST,
            latest=LATEST,
        )

    def problems(self, value: object, field: Field) -> list[Problem]:
        if not isinstance(value, PartialDate):
            return wrong_kind(value, field)
        if value.first.year < EARLIEST or value.last.year > LATEST:
            return [problem("FIELD-025", field, value, earliest=EARLIEST, latest=LATEST)]
        return []

    def to_plain(self, value: object) -> object:
        return str(value) if isinstance(value, PartialDate) else value

    def from_plain(self, value: object) -> object:
        try:
            return PartialDate.parse(value) if isinstance(value, str) else value
        except ValueError:
            return value


class Day(PartialDay):
    """A full date."""

    def _parse(self, given: Given, field: Field, context: FieldContext) -> object:
        read = super()._parse(given, field, context)
        if not isinstance(read, PartialDate):
            return read
        return read.first if read.is_exact else problem("FIELD-021", field, given)

    def problems(self, value: object, field: Field) -> list[Problem]:
        if not isinstance(value, date) or isinstance(value, datetime):
            return wrong_kind(value, field)
        return super().problems(PartialDate.of(value), field)

    def to_plain(self, value: object) -> object:
        return value.isoformat() if isinstance(value, date) else value

    def from_plain(self, value: object) -> object:
        try:
            return date.fromisoformat(value) if isinstance(value, str) else value
        except ValueError:
            return value
