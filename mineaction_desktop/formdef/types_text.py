"""Fields of text: one line, many lines, several short texts, sealed text, and links."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal

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
from mineaction_desktop.formdef.reading_words import NOT_GIVEN
from mineaction_desktop.records.types import LOCKED

_LONGEST_DASH = max(map(len, NOT_GIVEN))
_BETWEEN = re.compile(r"[;|\n\u061b]")


def as_text(given: Given) -> str | None:
    """A cell as the text a person sees in it; ``None`` for what has no text."""
    match given:
        case str():
            text = given
        case bool():
            text = "true" if given else "false"
        case int():
            text = str(given)
        case float() if math.isfinite(given):
            text = f"{Decimal(repr(given)):f}".removesuffix(".0")
        case datetime():
            is_day = given.time().isoformat() == "00:00:00"
            text = given.date().isoformat() if is_day else given.isoformat(" ")
        case date():
            text = given.isoformat()
        case _:
            return None
    return text


def _clean(text: str, *, lines: bool) -> str:
    """Text in composed form, without control characters and needless blanks."""
    if not (text.isascii() and text.isprintable()):
        rows = ["".join(filter(_is_text, row)) for row in text.splitlines()]
        text = unicodedata.normalize("NFC", "\n".join(rows))
    if lines:
        return "\n".join(row.rstrip() for row in text.splitlines()).strip()
    return " ".join(text.split())


def _is_text(character: str) -> bool:
    """Whether a character may stand in text; halves of characters break every file."""
    return character == "\t" or (
        character != "\ufeff" and unicodedata.category(character) not in {"Cc", "Cs"}
    )


class Text(FieldType):
    """One line of text."""

    lines = False

    def _parse(self, given: Given, field: Field, context: FieldContext) -> object:
        del context
        text = as_text(given)
        if text is None:
            return problem("FIELD-003", field, given)
        cleaned = _clean(text, lines=self.lines)
        return None if cleaned != given and self._says_nothing(cleaned) else cleaned

    def reader(self, field: Field, context: FieldContext = PLAIN) -> Reader:
        at_length = super().reader(field, context)
        is_composed, lines = unicodedata.is_normalized, self.lines

        def read(given: Given) -> object:
            # text that can be printed holds no blanks but plain ones, and nothing to take out
            if (
                type(given) is str
                and given.isprintable()
                and (given.isascii() or is_composed("NFC", given))
            ):
                text = given.strip()
                if len(text) > _LONGEST_DASH:
                    return text if lines or "  " not in text else " ".join(text.split())
            return at_length(given)

        return read

    def problems(self, value: object, field: Field) -> list[Problem]:
        return [] if isinstance(value, str) else wrong_kind(value, field)


class LongText(Text):
    """Text of any number of lines."""

    lines = True


class Sealed(Text):
    """Encrypted text; what a locked field shows is never taken for its content."""

    lines = True

    def reader(self, field: Field, context: FieldContext = PLAIN) -> Reader:
        return lambda given: self.read(given, field, context)

    def problems(self, value: object, field: Field) -> list[Problem]:
        if value == LOCKED:
            return [problem("FIELD-070", field, value)]
        return super().problems(value, field)


class Texts(FieldType):
    """Several short texts, parted by semicolons or lines."""

    def _parse(self, given: Given, field: Field, context: FieldContext) -> object:
        del context
        cells = [as_text(one) for one in (given if isinstance(given, (list, tuple)) else [given])]
        found: dict[str, None] = {}
        for cell in cells:
            if cell is None:
                return problem("FIELD-003", field, given)
            pieces = _BETWEEN.split(cell.replace("\r", "\n"))
            found.update(dict.fromkeys(_clean(piece, lines=False) for piece in pieces))
        return [text for text in found if not self._says_nothing(text)] or None

    def problems(self, value: object, field: Field) -> list[Problem]:
        is_texts = isinstance(value, list) and all(isinstance(one, str) for one in value)
        return [] if is_texts else wrong_kind(value, field)

    def _text(self, value: object, field: Field, context: FieldContext) -> str:
        del field, context
        return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


class Link(Text):
    """A link to another record, found by its number or name where the context can search."""

    def reader(self, field: Field, context: FieldContext = PLAIN) -> Reader:
        if context.find_record is None:
            return super().reader(field, context)
        return lambda given: self.read(given, field, context)

    def _parse(self, given: Given, field: Field, context: FieldContext) -> object:
        text = super()._parse(given, field, context)
        if isinstance(text, str) and context.find_record is not None:
            return context.find_record(field, text)
        return text
