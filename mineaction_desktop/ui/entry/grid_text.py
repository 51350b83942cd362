"""Cells as text for a spreadsheet, and what a text gives in a cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from mineaction_desktop.domain.problems import Problem
from mineaction_desktop.formdef.form import Field
from mineaction_desktop.formdef.types import TYPES
from mineaction_desktop.ui.entry.context import FieldScene
from mineaction_desktop.ui.entry.sheet import Cell

QUOTE = '"'
_SPECIAL = ("\t", "\n", "\r", QUOTE)


def text_of(rows: Iterable[Sequence[str]]) -> str:
    """Rows as spreadsheets take them."""
    return "\n".join("\t".join(map(_quoted, row)) for row in rows)


def _quoted(cell: str) -> str:
    if any(mark in cell for mark in _SPECIAL):
        return QUOTE + cell.replace(QUOTE, QUOTE * 2) + QUOTE
    return cell


def read_cell(text: str, field: Field, scene: FieldScene, note: str = "") -> Cell:
    """What a text gives in a field: a value, or the text itself until somebody corrects it."""
    context = replace(scene.reading_for(field), words=scene.desk.words)
    read = TYPES[field.type].read(text, field, context)
    if isinstance(read, Problem):
        return Cell(None, text, note)
    return Cell(read, None, note)
