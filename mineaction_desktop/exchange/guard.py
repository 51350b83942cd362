"""Text that a spreadsheet would run as a formula: made harmless in CSV, and restored exactly."""

from __future__ import annotations

import re

_DANGER = r"[\ufeff\u0000-\u001f\u007f\s]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]"
_GUARDED = re.compile(rf"'*{_DANGER}")
_PREFIXED = re.compile(rf"'+{_DANGER}")


def guarded(text: str) -> str:
    """Text with a leading apostrophe if a spreadsheet could take it for a formula."""
    return f"'{text}" if _GUARDED.match(text) else text


def unguarded(text: str) -> str:
    """The text that ``guarded`` was given."""
    return text[1:] if _PREFIXED.match(text) else text
