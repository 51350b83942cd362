"""Cells of a grid to a spreadsheet and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mineaction_desktop.formdef.form import Field
from mineaction_desktop.formdef.wording import key
from mineaction_desktop.i18n import mark
from mineaction_desktop.services.pasting import table_of
from mineaction_desktop.ui.entry.context import FieldScene
from mineaction_desktop.ui.entry.draft import Draft
from mineaction_desktop.ui.entry.grid_table import GridTable
from mineaction_desktop.ui.entry.grid_text import read_cell, text_of
from mineaction_desktop.ui.entry.sheet import Cell, Spot
from mineaction_desktop.ui.entry.showing import portable

LEFT, LEFT_MANY = (
    mark("{n} cell lies beyond the last column and was not taken over."),
    mark("{n} cells lie beyond the last column and were not taken over."),
)


@dataclass(frozen=True, slots=True)
class Pasted:
    """What came of a paste: its rows, cells that cannot be read, cells without a column."""

    rows: int
    unread: int
    left: int = 0


def copied(table: GridTable, draft: Draft, scene: FieldScene) -> str:
    """The selected cells as text."""
    model = table.grid
    by_row: dict[int, list[str]] = {}
    for index in sorted(table.chosen(), key=lambda one: (one.row(), one.column())):
        spot = model.spot(index)
        cell = draft.cell(spot)
        field = model.fields[index.column()]
        text = portable(field, cell.value, scene) if cell.text is None else cell.text
        by_row.setdefault(index.row(), []).append(text)
    return text_of(by_row.values())


def paste(
    table: GridTable, draft: Draft, scene: FieldScene, text: str, carried: Mapping[str, object]
) -> Pasted:
    """Put a text into the cells from the cursor on; rows that are missing are made."""
    rows = table_of(text)
    model = table.grid
    at = table.currentIndex()
    column = max(at.column(), 0)
    position = at.row() if at.isValid() else model.rowCount()
    fields: Sequence[Field | None] = model.fields[column:]
    if rows and (headed := _by_headings(rows[0], model.fields, scene)) is not None:
        fields, rows = headed, rows[1:]
    chosen = table.chosen()
    if len(rows) == 1 and len(rows[0]) == 1 and len(chosen) > 1:
        return _fill(draft, [model.spot(index) for index in chosen], scene, rows[0][0])
    read = _Reading(scene)
    cells = [
        {f.name: read.cell(text, f) for f, text in zip(fields, row, strict=False) if f is not None}
        for row in rows
    ]
    if cells:
        draft.paste(model.kind, position, _with_notes(draft, model.kind, position, cells), carried)
    unread = sum(cell.text is not None for row in cells for cell in row.values())
    left = sum(bool(text.strip()) for row in rows for text in row[len(fields) :])
    return Pasted(len(cells), unread, left)


def _fill(draft: Draft, spots: Sequence[Spot], scene: FieldScene, text: str) -> Pasted:
    """One cell into many."""
    read = _Reading(scene)
    cells = {
        spot: read.cell(text, draft.sheet.field(spot), draft.cell(spot).note) for spot in spots
    }
    draft.put(cells, merges=False)
    unread = sum(cell.text is not None for cell in cells.values())
    return Pasted(len({spot.row for spot in spots}), unread)


def _with_notes(
    draft: Draft, kind: str, position: int, cells: list[dict[str, Cell]]
) -> list[dict[str, Cell]]:
    """The notes of the fields that are written over stay."""
    present = draft.sheet.rows(kind)[position:]
    for row, filled in zip(present, cells, strict=False):
        for name, cell in filled.items():
            note = draft.cell(Spot(name, row)).note
            filled[name] = Cell(cell.value, cell.text, note) if note else cell
    return cells


def _by_headings(
    row: Sequence[str], fields: Sequence[Field], scene: FieldScene
) -> list[Field | None] | None:
    """The fields that a first row names, if every one of its cells names one."""
    by_name = {
        key(name): field
        for field in reversed(fields)
        for name in (field.name, field.label, scene.word(field.label), *field.aliases)
    }
    found = [by_name.get(key(cell)) for cell in row]
    return found if found and all(field is not None for field in found) else None


class _Reading:
    """Reads cells; the same text in the same column is read once, as links are looked up."""

    def __init__(self, scene: FieldScene) -> None:
        self._scene = scene
        self._known: dict[tuple[str, str], Cell] = {}

    def cell(self, text: str, field: Field, note: str = "") -> Cell:
        found = self._known.get((field.name, text))
        if found is None:
            found = self._known[field.name, text] = read_cell(text, field, self._scene)
        return Cell(found.value, found.text, note) if note else found
