"""Names of sheets and lines in the margins of pages, as spreadsheets allow them."""

from __future__ import annotations

import re

from mineaction_desktop.reports.writers.excel.text import clean

_LONGEST_NAME = 31
_LONGEST_MARGIN = (
    230  # all parts of a header or a footer together, without the codes of type and size
)
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\ufffd]+")
_PAGE_CODES = {"{page}": "&P", "{pages}": "&N"}
PLAIN_LABEL = "{page}/{pages}"
"""A label that reads the same from both sides; spreadsheets lay out margins from the left."""


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A legal name near the wanted one, unlike those taken in any case; it joins them."""
    base = _FORBIDDEN.sub(" ", clean(wanted)).strip(" '") or "-"
    name, number = _cut(base, _LONGEST_NAME).strip(" '"), 1
    while name.casefold() in taken or name.casefold() == "history":  # Excel keeps that name
        number += 1
        ending = f" {number}"
        name = _cut(base, _LONGEST_NAME - len(ending)).strip(" '") + ending
    taken.add(name.casefold())
    return name


def margin_line(text: str, room: int = _LONGEST_MARGIN) -> str:
    """A text as one line in a margin: codes disarmed, cut where it is too long."""
    line = " ".join(clean(text).split())
    while len(_disarmed(line)) > room:
        line = line[:-2].rstrip() + "…"
    return _disarmed(line)


def footer_lines(footer: str, page_label: str) -> tuple[str, str]:
    """The footer, and the label of a page with the codes that print its number."""
    parts = re.split(r"(\{pages?\})", clean(page_label))
    page = "".join(_PAGE_CODES.get(part) or _disarmed(part) for part in parts)
    return margin_line(footer, _LONGEST_MARGIN - len(page)), page


def _disarmed(text: str) -> str:
    return text.replace("&", "&&")


def _cut(text: str, units: int) -> str:
    """The beginning of a text, counted as spreadsheets count it."""
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", errors="ignore")
