"""Characters that nobody sees and that turn text around: taken out, and said so."""

from __future__ import annotations

import re

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters, but tab and the ends of lines
    "\u202a-\u202e\u2066-\u2069"  # embeddings, overrides and isolates of direction
    "\u206a-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)


def cleaned(text: str) -> tuple[str, int]:
    """The text without such characters, and how many there were."""
    return _UNSEEN.subn("", text)
