"""Texts with letters that no font of ours has: whoever sends the report should know beforehand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from mineaction_desktop.domain.states import State
from mineaction_desktop.reports.document import (
    Chart,
    Choices,
    Fields,
    Form,
    Heading,
    Medium,
    Paragraph,
    Picture,
    Report,
    SketchMap,
    Table,
)
from mineaction_desktop.reports.writers.pdf.clean import PLAIN, printable
from mineaction_desktop.reports.writers.pdf.fonts import REPLACEMENT

Drawing = Chart | Picture | SketchMap


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a text stands in a report: in which form, and in which row and column of a table."""

    sheet: str | None = None
    row: str | None = None
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Unprintable:
    """A text with characters that would print as a sign of replacement, each once, in order."""

    spot: Spot
    text: str
    characters: tuple[str, ...]


Located = Iterable[tuple[Spot, str]]


def unprintable(report: Report) -> list[Unprintable]:
    """The texts of a report on paper that no font of ours has all letters for.

    A text that stands in several places is named once, at its first.
    """
    found: dict[str, Unprintable] = {}
    for spot, text in _texts(report):
        if text in found or PLAIN.fullmatch(text) or REPLACEMENT not in printable(text):
            continue
        missing = dict.fromkeys(char for char in text if printable(char) == REPLACEMENT)
        found[text] = Unprintable(spot, text, tuple(missing))
    return list(found.values())


def _texts(report: Report) -> Located:
    everywhere = (report.title, report.short_title, report.state_name, report.footer)
    marks = (report.mark, report.notice, report.authority)
    yield from ((Spot(), text) for text in (*everywhere, *marks) if text)
    for form in report.printed(Medium.PAPER):
        spot = Spot(form.sheet)
        yield from ((spot, text) for text in _of_head(form))
        for block in form.blocks:
            if isinstance(block, Table):
                yield from _of_table(spot, block)
            else:
                yield from ((spot, text) for text in _of_block(block))


def _of_head(form: Form) -> Iterator[str]:
    yield form.title
    yield from (text for text in (form.label, form.period_line) if text)
    yield from (paragraph.text for paragraph in form.preamble)


def _of_block(block: Heading | Paragraph | Fields | Choices | Drawing) -> Iterable[str]:
    match block:
        case Heading(text) | Paragraph(text):
            return (text,)
        case Fields(items):
            values = (value for _, value in items if _is_text(value))
            return (*(label for label, _ in items), *map(str, values))
        case Choices(left, right):
            lines = (*left, *right)
            options = (option for choice in lines for option, _ in choice.options)
            return (*(choice.label for choice in lines), *options)
        case _:
            return _of_drawing(block)


def _of_drawing(block: Drawing) -> Iterable[str]:
    match block:
        case Chart():
            names = (series.name for series in block.series)
            return (block.title, block.unit or "", *block.categories, *names)
        case Picture():
            return (block.caption,)
        case SketchMap():
            places = (outline.name for outline in block.outlines)
            marks = (found.name for found in block.marks)
            legend = (words for _, words in block.legend)
            return (block.title, block.caption, *places, *marks, *legend)


def _of_table(spot: Spot, table: Table) -> Located:
    yield from ((spot, text) for text in (table.title, table.empty_text, *table.notes) if text)
    for column in table.columns:
        here = replace(spot, column=column.title)
        heads = (column.title, column.unit or "", column.help or "")
        yield from ((here, text) for text in heads)
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            if isinstance(cell, str) and _is_text(cell):
                yield replace(spot, row=row.key, column=column.title), cell


def _is_text(value: object) -> bool:
    return isinstance(value, str) and not isinstance(value, State)
