"""Words for people: messages as templates with named values, translated as late as possible.

Nothing here knows a window: a report in one language can be made from a program shown in another.
"""

from __future__ import annotations

import gettext as _gettext
import re
import struct
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Protocol

from mineaction_desktop.paths import cache_dir, resources_dir


class Words(Protocol):
    """What can translate: the part of the standard library's translations that we use."""

    def gettext(self, message: str, /) -> str: ...
    def ngettext(self, singular: str, plural: str, n: int, /) -> str: ...
    def info(self) -> dict[str, str]: ...


ENGLISH: Words = _gettext.NullTranslations()


def mark(text: str) -> str:
    """Mark a literal for extraction; it is translated where it is shown."""
    return text


LEFT_TO_RIGHT = "\u200e"
"""A mark without a width; what follows runs from the left."""

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_HYPHENED = re.compile(r"(?<![\w\u200e\u2066-\u2068/-])(?=\d+[-/]\d)")


def steady(text: str) -> str:
    """The text with dates and ranges in their order, also among words that run from the right.

    After an Arabic letter 2025-03-01 would be shown as 01-03-2025; a mark before it keeps it.
    """
    return _HYPHENED.sub(LEFT_TO_RIGHT, text) if _RIGHT_TO_LEFT.search(text) else text


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
        return steady(template.format_map(shown)) if shown else template

    def __str__(self) -> str:
        return self.render()


def languages() -> tuple[str, ...]:
    """The languages that have a catalogue, besides English, in which everything is written."""
    return tuple(sorted(path.parts[-3] for path in _catalogues().glob("*/LC_MESSAGES/*.po")))


def load_words(language: str) -> Words:
    """What translates into a language; English where there is no catalogue or no translation.

    Catalogues come as text. Each is compiled at its first use, into the cache of the person.
    """
    source = _catalogues() / language / "LC_MESSAGES" / "mineaction.po"
    if not source.is_file():
        return ENGLISH
    import hashlib  # noqa: PLC0415 - English needs none

    text = source.read_bytes()
    compiled = cache_dir() / f"{language}-{hashlib.sha256(text).hexdigest()[:16]}.mo"
    try:
        return _gettext.GNUTranslations(BytesIO(compiled.read_bytes()))
    except (OSError, UnicodeDecodeError, struct.error):  # not there yet, or cut short
        return _gettext.GNUTranslations(BytesIO(_compile(text, compiled)))


def language_of(words: Words | None) -> str:
    """The language that words are in, as its catalogue says; English without one."""
    return words.info().get("language", "en") if words else "en"


def _catalogues() -> Path:
    return resources_dir() / "i18n"


def _compile(text: bytes, path: Path) -> bytes:
    """The catalogue as a program reads it; kept for the next time if that is possible."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - once per version of a catalogue
    from babel.messages.pofile import read_po  # noqa: PLC0415 - as above

    catalogue = read_po(BytesIO(text))
    for message in catalogue:
        if not isinstance(message.string, str) and not all(message.string or ()):
            message.string = ""  # a sentence in some of its plural forms is shown in English
    made = BytesIO()
    write_mo(made, catalogue)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as beside:
            beside.write(made.getvalue())
        Path(beside.name).replace(path)
    return made.getvalue()
