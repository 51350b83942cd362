"""Everything an editor asks about a record: bring it, say what is wrong, save it, hide it.

The parts stand in modules of their own; a screen needs to know this one only.
"""

from __future__ import annotations

from mineaction_desktop.services.conflicts import settle
from mineaction_desktop.services.content import (
    Changes,
    ConflictError,
    Content,
    Difference,
    InvalidError,
    RowContent,
    Saved,
    Side,
    new_row,
    path_of,
    split_path,
)
from mineaction_desktop.services.hiding import hide, referring, unhide
from mineaction_desktop.services.linking import LinkOption, find_links, link_name, linked_value
from mineaction_desktop.services.loading import (
    blank,
    blank_row,
    copy_of,
    errors_among,
    open_record,
    pinned,
    problems_of,
)
from mineaction_desktop.services.saving import save

__all__ = [
    "Changes",
    "ConflictError",
    "Content",
    "Difference",
    "InvalidError",
    "LinkOption",
    "RowContent",
    "Saved",
    "Side",
    "blank",
    "blank_row",
    "copy_of",
    "errors_among",
    "find_links",
    "hide",
    "link_name",
    "linked_value",
    "new_row",
    "open_record",
    "path_of",
    "pinned",
    "problems_of",
    "referring",
    "save",
    "settle",
    "split_path",
    "unhide",
]
