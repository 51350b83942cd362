"""Fields of choices, and of yes or no."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mineaction_desktop.domain.problems import Problem, Severity
from mineaction_desktop.formdef.choices import ChoiceList
from mineaction_desktop.formdef.fieldproblems import problem
from mineaction_desktop.formdef.fieldtype import (
    PLAIN,
    FieldContext,
    FieldType,
    Given,
    wrong_kind,
)
from mineaction_desktop.formdef.form import Field
from mineaction_desktop.formdef.reading_words import ANSWERS, NOT_GIVEN, NOT_KNOWN
from mineaction_desktop.formdef.types_text import as_text
from mineaction_desktop.formdef.wording import key, listing
from mineaction_desktop.i18n import Message

_BETWEEN = (
    re.compile(r"[\n\r]"),
    re.compile(r"[;\u061b|]"),
    re.compile(r"[,\u060c]"),
    re.compile(r"/"),
)
_BLANKS = re.compile(r"\s+")
_EMPTY = ChoiceList("", "", {}, is_open=True)


def _list(field: Field) -> ChoiceList:
    return field.choices or _EMPTY


def _not_listed(text: str, field: Field, context: FieldContext) -> Problem:
    choices = _list(field)
    near = [choices.label(choice.code, context.words) for choice in choices.suggestions(text)]
    title = Message(choices.title)
    if near:
        return problem("FIELD-031", field, text, list=title, suggestions=listing(near))
    return problem("FIELD-030", field, text, list=title)


def _wrong_codes(codes: Iterable[object], field: Field) -> list[Problem]:
    choices, found = _list(field), []
    for code in codes:
        if not isinstance(code, str):
            found += wrong_kind(code, field)
        elif code not in choices:
            if not choices.is_open:
                found.append(_not_listed(code, field, PLAIN))
        elif not choices.choices[code].active:
            title = Message(choices.title)
            found.append(problem("FIELD-032", field, code, Severity.WARNING, list=title))
    return found


class OneChoice(FieldType):
    """One code of a list, from its code or any spelling that the list knows."""

    def read(self, given: Given, field: Field, context: FieldContext = PLAIN) -> object:
        text = as_text(given)
        if text is not None and (found := _list(field).find(text.strip(), context.words)):
            return found.code  # a list may have its own "n/a"
        return super().read(given, field, context)

    def _parse(self, given: Given, field: Field, context: FieldContext) -> object:
        text = as_text(given)
        if text is None:
            return problem("FIELD-003", field, given)
        return text.strip() if _list(field).is_open else _not_listed(text.strip(), field, context)

    def problems(self, value: object, field: Field) -> list[Problem]:
        return _wrong_codes([value], field)


class ManyChoices(FieldType):
    """Any number of codes of a list, in the order of the list."""

    def _parse(self, given: Given, field: Field, context: FieldContext) -> object:
        codes: list[str] = []
        for one in given if isinstance(given, (list, tuple)) else [given]:
            text = as_text(one)
            if text is None:
                return problem("FIELD-003", field, given)
            found = _codes(text, field, context, 0)
            if isinstance(found, Problem):
                return found
            codes += found
        order = {code: position for position, code in enumerate(_list(field).choices)}
        return sorted(dict.fromkeys(codes), key=lambda code: order.get(code, len(order))) or None

    def problems(self, value: object, field: Field) -> list[Problem]:
        return _wrong_codes(value, field) if isinstance(value, list) else wrong_kind(value, field)

    def _text(self, value: object, field: Field, context: FieldContext) -> str:
        del field, context
        return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _codes(text: str, field: Field, context: FieldContext, level: int) -> list[str] | Problem:
    """The codes in a text; it is parted only as far as needed, for labels hold commas too."""
    text = text.strip()
    choices = _list(field)
    if not text:
        return []
    if found := choices.find(text, context.words):
        return [found.code]
    for depth in range(level, len(_BETWEEN)):
        if _BETWEEN[depth].search(text):
            return _all_codes(_BETWEEN[depth].split(text), field, context, depth + 1)
    words = [choices.find(word, context.words) for word in _BLANKS.split(text)]
    if len(words) > 1 and all(words):
        return [word.code for word in words if word]
    return [text] if choices.is_open else _not_listed(text, field, context)


def _all_codes(
    pieces: Iterable[str], field: Field, context: FieldContext, level: int
) -> list[str] | Problem:
    codes: list[str] = []
    for piece in pieces:
        found = _codes(piece, field, context, level)
        if isinstance(found, Problem):
            return found
        codes += found
    return codes


class YesNo(FieldType):
    """Yes or no in the six languages; an empty field means that nobody knows or said."""

    not_given = NOT_GIVEN | NOT_KNOWN

    def _parse(self, given: Given, field: Field, context: FieldContext) -> object:
        del context
        if isinstance(given, bool):
            return given
        text = as_text(given)
        answer = None if text is None else ANSWERS.get(key(text))
        return problem("FIELD-060", field, given) if answer is None else answer

    def problems(self, value: object, field: Field) -> list[Problem]:
        return [] if isinstance(value, bool) else wrong_kind(value, field)

    def _text(self, value: object, field: Field, context: FieldContext) -> str:
        del field, context
        return "yes" if value is True else "no" if value is False else str(value)
