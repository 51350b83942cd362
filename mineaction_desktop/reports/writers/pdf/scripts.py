"""Texts with letters that no font of ours has: whoever sends the report should know beforehand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mineaction_desktop.domain.states import State
from mineaction_desktop.reports.document import (
    Block,
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


def unprintable(report: Report) -> list[str]:
    """The characters of a report that would print as a sign of replacement, each once, in order."""
    found: dict[str, None] = {}
    for text in _texts(report):
        if PLAIN.fullmatch(text):
            continue
        shown = printable(text)
        if REPLACEMENT in shown:
            found.update((char, None) for char in text if printable(char) == REPLACEMENT)
    return list(found)


def _texts(report: Report) -> Iterator[str]:
    yield from (report.title, report.short_title, report.state_name, report.footer)
    yield from (text for text in (report.mark, report.notice, report.authority) if text)
    for form in report.forms:
        if Medium.PAPER not in form.media:
            continue
        yield from _of_head(form)
        for block in form.blocks:
            yield from _of_block(block)


def _of_head(form: Form) -> Iterator[str]:
    yield form.title
    yield from (text for text in (form.label, form.period_line) if text)
    yield from (paragraph.text for paragraph in form.preamble)


def _of_block(block: Block) -> Iterable[str]:
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
        case Table():
            return _of_table(block)
        case _:
            return _of_figure(block)


def _of_figure(block: Chart | Picture | SketchMap) -> Iterable[str]:
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


def _of_table(table: Table) -> Iterator[str]:
    yield table.title or ""
    yield table.empty_text or ""
    for column in table.columns:
        yield from (column.title, column.unit or "", column.help or "")
    for row in table.rows:
        yield from (cell for cell in row.cells if isinstance(cell, str) and _is_text(cell))
    yield from table.notes


def _is_text(value: object) -> bool:
    return isinstance(value, str) and not isinstance(value, State)
