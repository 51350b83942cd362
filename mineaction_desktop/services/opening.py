"""Opening a register for a window, and the names a window needs to speak of what it opened."""

from __future__ import annotations

from pathlib import Path

from mineaction_desktop.storage.medium import Presence
from mineaction_desktop.storage.recording import Author
from mineaction_desktop.storage.store import Holder, Purpose, Reader, RegisterInfo, Store

__all__ = [
    "Author",
    "Holder",
    "Presence",
    "Purpose",
    "Reader",
    "RegisterInfo",
    "Store",
    "open_register",
]


def open_register(path: Path, author: Author | None = None, *, write: bool = True) -> Store:
    """Open a register, to write as ``author`` or to read; ``UserError`` says why it cannot be."""
    return Store.open(path, author, write=write)
