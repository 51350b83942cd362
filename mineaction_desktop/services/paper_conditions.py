"""Conditions of forms in words, for people who cannot see fields come and go: “only if …”.

A condition that has no plain words is not printed; the heading of its section has to do.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping

from mineaction_desktop.formdef.expressions import Expression
from mineaction_desktop.formdef.form import Field
from mineaction_desktop.i18n import Words, mark

ONLY_IF = mark("Only if {condition}")
IS = mark("“{field}” is {values}")
IS_NOT = mark("“{field}” is not {values}")
EMPTY = mark("“{field}” is empty")
FILLED = mark("“{field}” is filled in")
MORE = mark("“{field}” is more than {values}")
AND = mark("{one} and {other}")
OR = mark("{one} or {other}")
YES, NO = mark("Yes"), mark("No")


def only_if(condition: Expression | None, fields: Mapping[str, Field], words: Words) -> str:
    """When something is asked at all, or nothing if that is always or cannot be said plainly."""
    if condition is None:
        return ""
    said = _said(ast.parse(condition.text.strip(), mode="eval").body, fields, words)
    return words.gettext(ONLY_IF).format(condition=said) if said else ""


def _said(node: ast.expr, fields: Mapping[str, Field], words: Words) -> str:
    match node:
        case ast.BoolOp(op, parts):
            template = words.gettext(AND if isinstance(op, ast.And) else OR)
            said = [_said(part, fields, words) for part in parts]
            if not all(said):
                return ""
            whole = said[0]
            for other in said[1:]:
                whole = template.format(one=whole, other=other)
            return whole
        case ast.Call(ast.Name("filled"), [ast.Name(name)]):
            return _sentence(FILLED, name, "", fields, words)
        case ast.Compare(ast.Name(name), [how], [against]):
            return _compared(name, how, against, fields, words)
        case _:
            return ""


def _compared(
    name: str, how: ast.cmpop, against: ast.expr, fields: Mapping[str, Field], words: Words
) -> str:
    try:
        value = ast.literal_eval(against)
    except ValueError:
        return ""
    if value is None:
        template = EMPTY if isinstance(how, ast.Eq) else FILLED
        return _sentence(template, name, "", fields, words)
    several = value if isinstance(value, list) else [value]
    labels = " / ".join(_label(fields[name], one, words) for one in several)
    match how:
        case ast.Eq() | ast.In():
            return _sentence(IS, name, labels, fields, words)
        case ast.NotEq() | ast.NotIn():
            return _sentence(IS_NOT, name, labels, fields, words)
        case ast.Gt():
            return _sentence(MORE, name, labels, fields, words)
        case _:
            return ""


def _label(field: Field, value: object, words: Words) -> str:
    if isinstance(value, bool):
        return words.gettext(YES if value else NO)
    if field.choices is not None:
        return f"“{field.choices.label(str(value), words)}”"
    return str(value)


def _sentence(
    template: str, name: str, values: str, fields: Mapping[str, Field], words: Words
) -> str:
    label = words.gettext(fields[name].label)
    return words.gettext(template).format(field=label, values=values)
