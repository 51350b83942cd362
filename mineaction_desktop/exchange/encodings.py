"""From bytes to text: what the file says itself, then UTF-8, then the likeliest older code page.

A code page is never assumed in silence, and refused if the words it yields are no words.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.i18n import Message, mark

UNKNOWN_NAME = mark(
    "There is no text encoding called “{name}”. Known are for example utf-8, cp1252 (Western "
    "Europe), cp1256 (Arabic) and cp1251 (Cyrillic)."
)
NOT_IN_IT = mark(
    "The file is not written in the encoding {name}: line {line} holds something else. Leave the "
    "encoding out, or give another one."
)
CANNOT_TELL = mark(
    "The letters of the file cannot be read for certain. Save it as “CSV UTF-8”, or say how it is "
    "written with --encoding, for example cp1252 (Western Europe), cp1256 (Arabic) or cp1251 "
    "(Cyrillic)."
)
DAMAGED = mark(
    "The file is written in UTF-8, but line {line} holds bytes that are no letters. Correct that "
    "line, or save the file again as “CSV UTF-8”."
)
NO_TEXT = mark("The file is no text: it holds bytes that no text has. Choose a table.")

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NO_TABLES = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"})
"""Python calls these encodings of text; they write names and source code, never tables."""
_WORD = re.compile(r"[^\W\d_]*[^\W\d_\x00-\x7f][^\W\d_]*")
_WESTERN = frozenset("àâäáãåçéèêëíìîïñóòôöõúùûüÿœæßªºµ¹²³")
_SOUTH_SLAVIC = frozenset("čćđšž")
_MARKS = frozenset("°²³ªº«»“”„‘’–—…•€£§©®№¿¡½¼¾\u00a0\u200c\u200d\u200e\u200f")
_STRANGE = 0.2
_LOOKED_AT = 1_000_000
_SAMPLE = 2000
_DOUBT = 0.6


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it was read in, and whether that was only the likeliest one."""

    text: str
    encoding: str
    is_assumed: bool = False


def decode(content: bytes, wanted: str | None = None) -> Decoded:
    """Read bytes as text; raise ``UserError`` if nothing can be said for certain."""
    if wanted is not None:
        return _as_wanted(content, wanted)
    encoding = next((name for bom, name in _BOMS if content.startswith(bom)), None)
    if encoding is None:
        encoding = _utf16_without_mark(content) or "utf-8"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise UserError(Message(NO_TEXT)) from error
        return _in_code_page(content)
    if "\0" in text:
        raise UserError(Message(NO_TEXT))
    return Decoded(text, encoding)


def _as_wanted(content: bytes, wanted: str) -> Decoded:
    try:
        known = _text_encoding(wanted)
        text = content.decode("utf-8-sig" if known == "utf-8" else known)
    except LookupError as error:
        raise UserError(Message(UNKNOWN_NAME, {"name": wanted})) from error
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UserError(Message(NOT_IN_IT, {"name": wanted, "line": line})) from error
    return Decoded(text.removeprefix("\ufeff"), known)


def _text_encoding(wanted: str) -> str:
    """The name of an encoding that tables are written in; raise ``LookupError`` for any other."""
    if not wanted.isascii() or "\0" in wanted:  # asking the library would be an error of its own
        raise LookupError(wanted)
    known = codecs.lookup(wanted)
    if known.name in _NO_TABLES or not known._is_text_encoding:  # noqa: SLF001 - as bytes.decode asks
        raise LookupError(wanted)
    return known.name


def _utf16_without_mark(content: bytes) -> str | None:
    """UTF-16 shows by the zero bytes beside each separator, digit and line end."""
    sample = content[:4000]
    for name, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if len(sample) >= 4 and zeros.count(0) * 5 > len(zeros):
            return name
    return None


def _in_code_page(content: bytes) -> Decoded:
    if b"\0" in content:
        raise UserError(Message(NO_TEXT))
    _refuse_damaged(content)
    best: tuple[float, Decoded] | None = None
    for encoding, is_word in _CODE_PAGES:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _strange(text) > _STRANGE:
            continue
        score = _share(is_word, (found[0] for found in _WORD.finditer(text)))
        if best is None or score > best[0]:
            best = score, Decoded(text, encoding, is_assumed=True)
    if best is None or best[0] < _DOUBT:
        raise UserError(Message(CANNOT_TELL))
    return best[1]


def _refuse_damaged(content: bytes) -> None:
    """A few bad bytes in a file full of UTF-8 are damage, not another encoding."""
    text = content.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    good = sum(1 for c in islice((c for c in text if c > "\x7f" and c != "\ufffd"), 10 * bad))
    if good >= 10 * bad:
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        raise UserError(Message(DAMAGED, {"line": line}))


def _share(is_word: Callable[[str], bool], words: Iterable[str]) -> float:
    """How many of the words with letters beyond ASCII look like words of the language."""
    sample = list(islice(words, _SAMPLE))
    return sum(map(is_word, sample)) / len(sample) if sample else 1.0


def _strange(text: str) -> float:
    """How many of the characters beyond ASCII are none that people write, letters or marks."""
    sample = [c for c in text[:_LOOKED_AT] if c > "\x7f"]
    odd = sum(not (c.isalpha() or c in _MARKS or "\u0600" <= c <= "\u06ff") for c in sample)
    return odd / len(sample) if sample else 0.0


def _has_usual_case(word: str) -> bool:
    return word.islower() or word.isupper() or word[1:].islower() or word.istitle()


def _is_western(word: str) -> bool:
    return _has_usual_case(word) and all(c.isascii() or c in _WESTERN for c in word.lower())


def _is_south_slavic(word: str) -> bool:
    return _has_usual_case(word) and all(c.isascii() or c in _SOUTH_SLAVIC for c in word.lower())


def _is_cyrillic(word: str) -> bool:
    return _has_usual_case(word) and all("\u0400" <= c <= "\u04ff" for c in word)


def _is_arabic(word: str) -> bool:
    return all("\u0600" <= c <= "\u06ff" for c in word)


_CODE_PAGES: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("cp1252", _is_western),
    ("cp1256", _is_arabic),
    ("cp1251", _is_cyrillic),
    ("cp1250", _is_south_slavic),
)
