"""Choice lists: codes with labels, and how a person's or a file's spelling finds its code."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from mineaction_desktop.formdef.model import ChoiceDef, ChoiceListDef
from mineaction_desktop.formdef.wording import closest, key
from mineaction_desktop.i18n import Words

Choice = ChoiceDef
"""One code with its label; the file's own form is all there is to know about it."""


def spellings(choice: Choice) -> Iterator[str]:
    """Everything that stands for a choice in files, its code first."""
    yield choice.code
    yield choice.label
    if choice.base_term:
        yield choice.base_term
    if choice.external:
        yield choice.external
    yield from choice.aliases


@dataclass(frozen=True, slots=True, eq=False)
class ChoiceList:
    """A list of codes in the order in which they are offered."""

    name: str
    title: str
    choices: Mapping[str, Choice]
    is_open: bool = False
    _by_key: Mapping[str, Choice] = field(default_factory=dict, repr=False)

    def find(self, text: str, words: Words | None = None) -> Choice | None:
        """The choice that a spelling stands for: code, label, alias, or label in a language."""
        found = self.choices.get(text) or self._by_key.get(key(text))
        if found is None and words is not None:
            found = _translated(self, words.gettext).get(key(text))
        return found

    def suggestions(self, text: str) -> list[Choice]:
        """The choices that a misspelling most likely meant, at most three."""
        by_spelling = {word: choice for choice in self for word in spellings(choice)}
        found = [by_spelling[word] for word in closest(text, by_spelling, limit=6)]
        return list({choice.code: choice for choice in found}.values())[:3]

    def label(self, code: str, words: Words | None = None) -> str:
        """What a person reads for a code; an unlisted code stands for itself."""
        choice = self.choices.get(code)
        if choice is None:
            return code
        return words.gettext(choice.label) if words else choice.label

    def offered(self) -> list[Choice]:
        """The choices for new records: retired ones are left out."""
        return [choice for choice in self if choice.active]

    def __iter__(self) -> Iterator[Choice]:
        return iter(self.choices.values())

    def __contains__(self, code: object) -> bool:
        return code in self.choices


def choice_list(name: str, definition: ChoiceListDef) -> ChoiceList:
    """Make a list ready for use; of two equal spellings the first wins, and codes before labels."""
    by_key: dict[str, Choice] = {key(choice.code): choice for choice in definition.choices}
    for choice in definition.choices:
        for spelling in spellings(choice):
            by_key.setdefault(key(spelling), choice)
    codes = {choice.code: choice for choice in definition.choices}
    return ChoiceList(name, definition.title, codes, definition.open, by_key)


def conflicts(choices: Sequence[Choice]) -> list[tuple[str, str, str]]:
    """Spellings that stand for two different codes: the spelling and both codes."""
    owner: dict[str, str] = {}
    found = []
    for choice in choices:
        for spelling in spellings(choice):
            first = owner.setdefault(key(spelling), choice.code)
            if first != choice.code:
                found.append((spelling, first, choice.code))
    return found


@lru_cache(maxsize=256)
def _translated(choices: ChoiceList, translate: Callable[[str], str]) -> Mapping[str, Choice]:
    by_key: dict[str, Choice] = {}
    for choice in choices:
        by_key.setdefault(key(translate(choice.label)), choice)
    return by_key
