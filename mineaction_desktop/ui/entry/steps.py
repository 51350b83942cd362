"""One step of keying: what it changed, so that it can be taken back and done again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtGui import QUndoCommand

from mineaction_desktop.ui.entry.sheet import Cell, Spot

CELLS = 1
"""Which steps may merge: those that changed nothing but the values of fields."""


@dataclass(frozen=True, slots=True)
class Change:
    """What one step did, forwards or back.

    ``orders`` are the groups whose rows are others or stand elsewhere now; ``returned`` says that
    a person took the step back or did it again, and wants to see where: ``keyed`` is the field
    that the person had changed, while others only followed.
    """

    cells: frozenset[Spot] = frozenset()
    orders: frozenset[str] = frozenset()
    returned: bool = False
    keyed: Spot | None = field(default=None, compare=False)

    @property
    def rows(self) -> frozenset[str]:
        """The records and rows that a changed field belongs to."""
        return frozenset(spot.row for spot in self.cells)


@dataclass(frozen=True, slots=True)
class Delta:
    """What fields held and what they hold, and which rows groups had and have."""

    cells: Mapping[Spot, tuple[Cell, Cell]]
    orders: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]

    def is_nothing(self) -> bool:
        """Whether everything is as it was."""
        pairs = (*self.cells.values(), *self.orders.values())
        return all(old == new for old, new in pairs)

    def put_in(self, kind: str, row: str) -> bool:
        """Whether it put this row into its group."""
        old, new = self.orders.get(kind, ((), ()))
        return row in new and row not in old

    def change(self, *, returned: bool) -> Change:
        """What a view has to draw again."""
        keyed = next(iter(self.cells), None)
        return Change(frozenset(self.cells), frozenset(self.orders), returned, keyed)


Apply = Callable[[Mapping[Spot, Cell], Mapping[str, tuple[str, ...]], Change], None]


class Step(QUndoCommand):
    """One step; a second one at the same fields joins it, and one typed back is none."""

    def __init__(self, title: str, delta: Delta, apply: Apply, *, merges: bool) -> None:
        super().__init__(title)
        self._delta, self._apply = delta, apply
        self._merges = merges and not delta.orders
        self._is_done = False
        self.is_last_undo = False

    @property
    def delta(self) -> Delta:
        """What it changed."""
        return self._delta

    def id(self) -> int:
        return CELLS if self._merges else -1

    def mergeWith(self, later: QUndoCommand) -> bool:
        if not isinstance(later, Step) or not self._merges:
            return False
        mine, theirs = self._delta.cells, later.delta.cells
        if mine.keys() != theirs.keys():
            return False
        joined = {spot: (mine[spot][0], theirs[spot][1]) for spot in mine}
        self._delta = Delta(joined, {})
        self.setObsolete(self._delta.is_nothing())
        return True

    def redo(self) -> None:
        cells = {spot: new for spot, (_, new) in self._delta.cells.items()}
        orders = {kind: new for kind, (_, new) in self._delta.orders.items()}
        change = self._delta.change(returned=self._is_done)
        self._is_done = True
        self._apply(cells, orders, change)

    def undo(self) -> None:
        cells = {spot: old for spot, (old, _) in self._delta.cells.items()}
        orders = {kind: old for kind, (old, _) in self._delta.orders.items()}
        self._apply(cells, orders, self._delta.change(returned=True))
        self.setObsolete(self.is_last_undo)
