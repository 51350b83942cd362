"""From cells to values: one reader per column, made once and asked for every row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as attribute

from mineaction_desktop.domain.problems import Problem
from mineaction_desktop.exchange.mapping import LinkDef
from mineaction_desktop.exchange.tables import Cell
from mineaction_desktop.formdef.form import Field
from mineaction_desktop.formdef.types import PLAIN, TYPES, FieldContext
from mineaction_desktop.formdef.types_text import as_text

_REMEMBERED = 10_000
_REPEATED = frozenset({"choice", "choices", "yes_no", "day", "partial_date"})
"""Types whose values repeat from row to row, so that reading each once is enough."""


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
    _known: dict[str, object] = attribute(default_factory=dict)

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
        if type(cell) is not str or self.field.type not in _REPEATED:
            context = replace(self.context, currency=currency) if currency else self.context
            return TYPES[self.field.type].read(cell, self.field, context)
        if cell not in self._known:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            self._known[cell] = TYPES[self.field.type].read(cell, self.field, self.context)
        return self._known[cell]

    def link_text(self, row: Sequence[Cell]) -> str | None:
        """What the row writes for a linked record."""
        text = TYPES["link"].read(self.given(row), self.field, PLAIN)
        return text if isinstance(text, str) else None


def folded(text: str) -> str:
    """Text as translations are looked up: blanks and case do not matter."""
    return " ".join(text.split()).casefold()


def is_problem(value: object) -> bool:
    """Whether reading ended in a problem."""
    return isinstance(value, Problem)
