"""Conditions of form files, held against the fields and codes that they name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.formdef.expressions import Expression, ExpressionError, parse
from mineaction_desktop.formdef.findings import Findings, near
from mineaction_desktop.formdef.form import Field

OPTION = "option_"
"""What names in a filter start with when they mean the candidate and not the record."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A form file, the fields it may name, and where mistakes are noted."""

    file: str
    fields: Mapping[str, Field]
    findings: Findings


def condition(text: str | None, path: str, scope: Scope) -> Expression | None:
    """A condition over the fields of the form; mistakes are noted and give ``None``."""
    return None if text is None else _parsed(text, path, scope, ())


def option_filter(
    text: str | None, path: str, scope: Scope, attributes: Iterable[str]
) -> Expression | None:
    """A condition over a candidate and the fields of the form."""
    return None if text is None else _parsed(text, path, scope, [OPTION + a for a in attributes])


def _parsed(text: str, path: str, scope: Scope, options: Iterable[str]) -> Expression | None:
    try:
        found = parse(text)
    except ExpressionError as error:
        scope.findings.add(
            "FORM-020", scope.file, path, text=text, position=error.position, reason=error.reason
        )
        return None
    known = {*scope.fields, *options}
    for name in sorted(found.names - known):
        scope.findings.add("FORM-021", scope.file, path, name=name, near=near(name, known))
    for name in sorted(found.conditions & set(scope.fields)):
        if scope.fields[name].type != "yes_no":
            scope.findings.add("FORM-023", scope.file, path, name=name)
    for name, value in found.compared:
        if name in scope.fields:
            _check_compared(scope.fields[name], value, path, scope)
    return found


def _check_compared(field: Field, value: str, path: str, scope: Scope) -> None:
    """A field can only be held against a text that it can have."""
    hints: list[str] = []
    match field.type:
        case "choice" | "choices":
            choices = field.choices
            possible = choices is None or choices.is_open or value in choices
            hints = list(choices.choices) if choices else []
        case "day" | "partial_date":
            possible = _is_date(value)
        case "text" | "long_text" | "texts" | "link":
            possible = True
        case _:
            possible = False
    if not possible:
        hint = near(value, hints)
        scope.findings.add("FORM-022", scope.file, path, name=field.name, value=value, near=hint)


def _is_date(text: str) -> bool:
    try:
        PartialDate.parse(text)
    except ValueError:
        return False
    return True
