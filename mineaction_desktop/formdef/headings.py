"""Which field a heading of a spreadsheet means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from mineaction_desktop.formdef.form import Field, Form
from mineaction_desktop.formdef.wording import closest, key
from mineaction_desktop.i18n import Words

_ADDITION = re.compile(r"\s*[(\[\uff08][^()\[\]]*[)\]\uff09]\s*\*?\s*\Z")


@dataclass(frozen=True, slots=True)
class Matched:
    """The heading means this field."""

    field: Field


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The heading can mean each of these fields, or a field that another heading has taken."""

    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """The heading means no field; these look most like it."""

    suggestions: tuple[Field, ...]


Match = Matched | Ambiguous | Unknown
Spellings = Callable[[Field], Iterable[str]]


def match_headings(form: Form, headings: Sequence[str], words: Words | None = None) -> list[Match]:
    """Say for each heading which field it means, by name, label (in a language too) or alias.

    A name counts more than a label and a label more than an alias. Two headings for one field are
    both ambiguous: which of the columns holds it, only a person can say.
    """
    levels = [_by_key(form, spellings) for spellings in (_names, _labels(words), _aliases)]
    found = [_match(form, heading, levels) for heading in headings]
    taken = [match.field.name for match in found if isinstance(match, Matched)]
    return [
        Ambiguous((match.field,))
        if isinstance(match, Matched) and taken.count(match.field.name) > 1
        else match
        for match in found
    ]


def _match(form: Form, heading: str, levels: Sequence[dict[str, list[Field]]]) -> Match:
    bare = _ADDITION.sub("", heading)  # "Area (m²)" means what "Area" means
    for wanted in dict.fromkeys((key(heading), key(bare))):
        for level in levels:
            fields = level.get(wanted, []) if wanted else []
            if len(fields) == 1:
                return Matched(fields[0])
            if fields:
                return Ambiguous(tuple(fields))
    return Unknown(tuple(_suggestions(form, bare)))


def _suggestions(form: Form, heading: str) -> Iterator[Field]:
    by_word = {
        word: field
        for field in form.fields.values()
        for word in (*field.aliases, field.label, field.name)
    }
    names = dict.fromkeys(by_word[word].name for word in closest(heading, by_word, limit=6))
    yield from (form.fields[name] for name in list(names)[:3])


def _by_key(form: Form, spellings: Spellings) -> dict[str, list[Field]]:
    found: dict[str, list[Field]] = {}
    for field in form.fields.values():
        for wanted in {key(spelling) for spelling in spellings(field)}:
            found.setdefault(wanted, []).append(field)
    return found


def _names(field: Field) -> Iterable[str]:
    return (field.name,)


def _labels(words: Words | None) -> Spellings:
    def labels(field: Field) -> Iterable[str]:
        return (field.label, words.gettext(field.label)) if words else (field.label,)

    return labels


def _aliases(field: Field) -> Iterable[str]:
    return field.aliases
