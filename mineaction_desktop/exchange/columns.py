"""From cells to values: one reader per column, made once and asked for every row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as attribute
from operator import itemgetter

from mineaction_desktop.exchange.mapping import LinkDef
from mineaction_desktop.exchange.tables import Cell
from mineaction_desktop.formdef.form import Field
from mineaction_desktop.formdef.types import PLAIN, TYPES, FieldContext
from mineaction_desktop.formdef.types_text import as_text

_REMEMBERED = 10_000
_SAMPLE = 50
_REPEATED = frozenset({"choice", "choices", "yes_no", "day", "partial_date"})
"""Types whose values repeat from row to row, so that reading each once is enough.

Columns of other types are looked at: if half of a sample is the same again, they do too.
"""


@dataclass(slots=True, eq=False)
class Column:
    """One field of a record and the cells that it comes from; without cells it is a constant.

    Several cells are joined from the outer to the inner, as “Province / District”.
    """

    field: Field
    cells: tuple[int, ...] = ()
    heading: str | None = None
    constant: object = None
    translations: Mapping[str, str] = attribute(default_factory=dict)
    context: FieldContext = PLAIN
    link: LinkDef | None = None
    _known: dict[object, object] = attribute(default_factory=dict)
    _names: dict[str, str | None] = attribute(default_factory=dict)

    @property
    def is_late(self) -> bool:
        """Whether the value can be read only when the other values of its row are known."""
        return self.field.type in {"link", "money"}

    def given(self, row: Sequence[Cell]) -> Cell:
        """What the row says, after translation; ``None`` for nothing."""
        if not self.cells:
            return self.constant
        if len(self.cells) == 1:
            cell = row[self.cells[0]]
        else:
            parts = [as_text(row[position]) for position in self.cells]
            cell = " / ".join(part.strip() for part in parts if part) or None
        if self.translations and cell is not None:
            text = as_text(cell)
            if text is not None and (other := self.translations.get(folded(text))) is not None:
                return other or None
        return cell

    def read(self, row: Sequence[Cell], currency: str | None = None) -> object:
        """The value of the field, ``None`` for nothing, or the problem that stops it."""
        cell = self.given(row)
        if cell is None:
            return None
        context = replace(self.context, currency=currency) if currency else self.context
        return TYPES[self.field.type].read(cell, self.field, context)

    def read_all(self, rows: Sequence[Sequence[Cell]]) -> list[object]:
        """What ``read`` gives for each of many rows."""
        if not self.cells:
            return [self.read(())] * len(rows)
        read = TYPES[self.field.type].reader(self.field, self.context)
        if len(self.cells) == 1 and not self.translations:
            given: list[Cell] = list(map(itemgetter(self.cells[0]), rows))
        else:
            given = list(map(self.given, rows))
        sample = given[:_SAMPLE]
        if self.field.type not in _REPEATED and len(set(sample)) * 2 > len(sample):
            return [None if cell is None else read(cell) for cell in given]
        known = self._known
        if len(known) > _REMEMBERED:
            known.clear()
        known |= {cell: read(cell) for cell in set(given) - known.keys() if type(cell) is str}
        return [
            known[cell] if type(cell) is str else None if cell is None else read(cell)
            for cell in given
        ]

    def link_text(self, row: Sequence[Cell]) -> str | None:
        """What the row writes for a linked record."""
        cell = self.given(row)
        if type(cell) is not str:
            return self._link_text(cell)
        if cell not in self._names:
            if len(self._names) > _REMEMBERED:
                self._names.clear()
            self._names[cell] = self._link_text(cell)
        return self._names[cell]

    def _link_text(self, cell: Cell) -> str | None:
        text = TYPES["link"].read(cell, self.field, PLAIN)
        return text if isinstance(text, str) else None


def folded(text: str) -> str:
    """Text as translations are looked up: blanks and case do not matter."""
    return " ".join(text.split()).casefold()
