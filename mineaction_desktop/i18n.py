"""Words for people: messages as templates with named values, translated as late as possible.

Nothing here knows a window: a report in one language can be made from a program shown in another.
"""

from __future__ import annotations

import gettext as _gettext
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


class Words(Protocol):
    """What can translate: the part of the standard library's translations that we use."""

    def gettext(self, message: str, /) -> str: ...
    def ngettext(self, singular: str, plural: str, n: int, /) -> str: ...


ENGLISH: Words = _gettext.NullTranslations()


def mark(text: str) -> str:
    """Mark a literal for extraction; it is translated where it is shown."""
    return text


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for a person: a marked template with named placeholders, and their values.

    ``plural`` is the template used when ``values["n"]`` is not one.
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    plural: str | None = None

    def render(self, words: Words = ENGLISH) -> str:
        """Return the sentence in the language of ``words``."""
        if self.plural is None:
            template = words.gettext(self.text)
        else:
            n = self.values.get("n")
            template = words.ngettext(self.text, self.plural, n if isinstance(n, int) else 0)
        shown = {
            name: value.render(words) if isinstance(value, Message) else value
            for name, value in self.values.items()
        }
        return template.format_map(shown) if shown else template

    def __str__(self) -> str:
        return self.render()
