"""What charts, pictures and maps have in common: titles, captions, and words for who cannot see."""

from __future__ import annotations

from mineaction_desktop.reports.writers.pdf import theme
from mineaction_desktop.reports.writers.pdf.clean import one_line
from mineaction_desktop.reports.writers.pdf.pages import Pages

_DISTANCE = 4.0
_MARKED = "feff"  # what follows is UTF-16


def alt_note(words: str) -> str:
    """What the element of a figure says in place of the figure."""
    return f"/Alt<{_MARKED}{one_line(words).encode('utf-16-be').hex()}>"


def title_height(pages: Pages, title: str) -> float:
    """How much room the title of a figure takes."""
    lines = pages.lay(title, theme.TABLE_TITLE, pages.place.measure)
    return len(lines) * theme.TABLE_TITLE.leading + _DISTANCE


def write_title(pages: Pages, title: str) -> None:
    """Write the title above a figure and enter it into the outline."""
    pages.bookmark(title, 1)
    with pages.tags.leaf("P"):
        pages.write(title, theme.TABLE_TITLE)
    pages.height -= _DISTANCE


def caption_height(pages: Pages, caption: str, width: float) -> float:
    """How much room a caption takes; a very long one may go on on the next page."""
    lines = pages.lay(caption, theme.NOTE, width)
    return min(len(lines), 8) * theme.NOTE.leading + 2 * _DISTANCE


def write_caption(pages: Pages, caption: str, width: float) -> None:
    """Write the caption below a figure."""
    pages.height -= _DISTANCE
    if caption:
        with pages.tags.leaf("P"):
            pages.write(caption, theme.NOTE, width=width)
    pages.height -= _DISTANCE
