"""What can be wrong with the value of a field: one stable code each, and what to say about it."""

from __future__ import annotations

from collections.abc import Mapping

from mineaction_desktop.domain.problems import Place, Problem, Severity
from mineaction_desktop.formdef.form import Field
from mineaction_desktop.formdef.wording import shortened
from mineaction_desktop.i18n import Message, mark

MESSAGES: Mapping[str, str] = {
    "FIELD-001": mark("{field} must be filled in."),
    "FIELD-002": mark(
        "“{value}” says neither a number nor nothing at all. Write 0 if it was counted and there "
        "is none; leave the field empty if the number is not known."
    ),
    "FIELD-003": mark("“{value}” is of a kind that {field} cannot hold. Enter it again."),
    "FIELD-009": mark(
        "“{value}” has another decimal mark than numbers have here. Write {example}."
    ),
    "FIELD-010": mark("“{value}” is not a number. Write it in digits, for example 1200."),
    "FIELD-011": mark(
        "“{value}” can be read as {one} or as {other}. For {other} leave the mark out; for {one} "
        "add a zero at the end."
    ),
    "FIELD-012": mark("“{value}” is not a whole number. Write a whole number, without decimals."),
    "FIELD-013": mark("{value} is less than {limit}, the smallest value {field} can have."),
    "FIELD-014": mark("{value} is more than {limit}, the greatest value {field} can have."),
    "FIELD-015": mark(
        "“{value}” comes with a unit that {field} does not understand. Write a number in {units}."
    ),
    "FIELD-016": mark(
        "“{value}” is not a whole number of {unit}. Write whole {unit}, rounded by the source."
    ),
    "FIELD-017": mark(
        "“{value}” is a long number that a spreadsheet has shortened; digits may be lost. Format "
        "the column as a number without decimals, or type the whole number."
    ),
    "FIELD-018": mark("“{value}” is too large a number to be kept. Check its digits."),
    "FIELD-019": mark("“{value}” is a number without a unit here. Write the number alone."),
    "FIELD-020": mark(
        "“{value}” is not a date. Write for example 2019-08-06, or 2019-08 or 2019 if the day is "
        "not known, or 1992/1995 for a range."
    ),
    "FIELD-021": mark("“{value}” is not a single day. Write day, month and year: 2019-08-06."),
    "FIELD-022": mark(
        "“{value}” can be read as {one} or as {other}. Write one of the two as it stands here."
    ),
    "FIELD-023": mark("“{value}” has a year of two digits. Write all four digits of the year."),
    "FIELD-024": mark("“{value}” is a day or month that does not exist. Check it on the paper."),
    "FIELD-025": mark(
        "The year in “{value}” lies outside {earliest} to {latest}. Write the year of the common "
        "(Gregorian) calendar."
    ),
    "FIELD-026": mark(
        "“{value}” looks like a spreadsheet's inner number for a date. Format the column as a "
        "date, or type the date as 2019-08-06."
    ),
    "FIELD-027": mark("“{value}” ends before it begins. Write the earlier date first."),
    "FIELD-030": mark("“{value}” is not in the list “{list}”. Choose one that is in the list."),
    "FIELD-031": mark(
        "“{value}” is not in the list “{list}”. Did you mean one of these: {suggestions}?"
    ),
    "FIELD-032": mark("“{value}” is no longer used in the list “{list}”. Choose another one."),
    "FIELD-040": mark(
        "“{value}” is not a {axis}. Write for example 34.528455, 34°31.7073'N or 34°31'42.4\"N."
    ),
    "FIELD-041": mark("Minutes and seconds in “{value}” must be less than 60."),
    "FIELD-042": mark(
        "“{value}” names the other direction: {axis} is expected here. Check whether latitude "
        "and longitude are swapped."
    ),
    "FIELD-043": mark(
        "{value} lies outside -{limit} to {limit}. Check whether latitude and longitude are "
        "swapped, or a decimal mark is missing."
    ),
    "FIELD-044": mark("“{value}” has a sign as well as a letter. Write -34.5 or 34.5 S."),
    "FIELD-050": mark("Nothing says in which currency “{value}” is. Fill in the currency first."),
    "FIELD-051": mark(
        "“{value}” has more decimals than {currency} has. Write at most {digits} decimals."
    ),
    "FIELD-052": mark("“{value}” names another currency than the record, which says {currency}."),
    "FIELD-060": mark("“{value}” is neither yes nor no. Write yes or no."),
    "FIELD-070": mark(
        "{field} is locked and was left out of this file. Leave the cell empty: what is kept "
        "stays as it is."
    ),
    "FIELD-080": mark("“{value}” is not plausible for {field}. Check it."),
}
"""The sentence behind each code; ``value`` and ``field`` are given to all of them."""


def problem(
    code: str,
    field: Field,
    value: object = None,
    severity: Severity = Severity.ERROR,
    **values: object,
) -> Problem:
    """One problem of a field, with its place and the value that is wrong."""
    shown = None if value is None else shortened(str(value))
    filled = {"value": shown, "field": Message(field.label), **values}
    place = Place(kind=field.kind, field=field.name)
    return Problem(code, Message(MESSAGES[code], filled), place, severity, shown)
