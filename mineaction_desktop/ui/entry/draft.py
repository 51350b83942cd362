"""The record that a person is keying: the only holder of its values, changed in steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from mineaction_desktop.ui.entry.sheet import Cell, Facts, Sheet, Spot
from mineaction_desktop.ui.entry.steps import Change, Delta, Step
from mineaction_desktop.ui.entry.taking import Linked, following, start


class Draft(QObject):
    """A record with its rows, while it is keyed.

    Every change goes through ``steps``, so that it can be taken back; ``changed`` tells what it
    was once the values are in place. Widgets show the draft and hold nothing themselves.
    """

    changed = Signal(object)
    """:class:`~mineaction_desktop.ui.entry.steps.Change`: what is otherwise now."""

    def __init__(
        self,
        sheet: Sheet,
        linked: Linked,
        *,
        was_kept: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.sheet = sheet
        self._linked = linked
        self.steps = QUndoStack(self)
        self._was_kept = was_kept
        self._untouched: set[str] = set()
        self._applied: Change | None = None

    @property
    def is_touched(self) -> bool:
        """Whether it holds anything that the register does not have yet."""
        return self._was_kept or not self.steps.isClean()

    def value(self, spot: Spot) -> object:
        """The value of a field."""
        return self.sheet.cell(spot).value

    def cell(self, spot: Spot) -> Cell:
        """What a field holds: its value, or what is typed and cannot be read."""
        return self.sheet.cell(spot)

    def facts(self, row: str = "") -> Facts:
        """What the form says about the record or a row."""
        return self.sheet.facts(row)

    def commit(self, values: Mapping[Spot, object]) -> None:
        """Take over the values that one act of the person gave to fields."""
        self.put({s: Cell(value, None, self.cell(s).note) for s, value in values.items()})

    def put(self, cells: Mapping[Spot, Cell], *, merges: bool = True) -> None:
        """Take over what fields hold, and what others take from them.

        The same fields once more join the step before.
        """
        taken = following(self.sheet, cells, self._linked)
        self._push(Delta(self._pairs({**cells, **taken}), {}), merges=merges)

    def note(self, spot: Spot, text: str) -> None:
        """Keep a person's note on a field; no text takes the note away."""
        self.put({spot: replace(self.cell(spot), note=text)}, merges=False)

    def insert_row(
        self, kind: str, position: int | None = None, carried: Mapping[str, object] | None = None
    ) -> str:
        """Put a new row into a group, at the end unless a position is given; its id."""
        row = self._made_row(kind, carried)
        rows = self.sheet.rows(kind)
        at = len(rows) if position is None else position
        self._untouched.add(row)
        self._push(_order(kind, rows, (*rows[:at], row, *rows[at:])))
        return row

    def delete_rows(self, kind: str, rows: Sequence[str]) -> None:
        """Take rows out of a group; those that the register has are hidden there on saving."""
        present = self.sheet.rows(kind)
        gone = set(rows)
        self._push(_order(kind, present, tuple(row for row in present if row not in gone)))

    def move_row(self, kind: str, row: str, position: int) -> None:
        """Put a row at another place of its group."""
        present = self.sheet.rows(kind)
        rest = [one for one in present if one != row]
        rest.insert(position, row)
        self._push(_order(kind, present, tuple(rest)))

    def is_untouched(self, row: str) -> bool:
        """Whether a row was put in and nothing was filled in yet."""
        return row in self._untouched

    def drop_untouched(self, kind: str, row: str) -> bool:
        """Forget a row that was put in and never filled; whether it was one."""
        if row not in self._untouched or row not in self.sheet.rows(kind):
            return False
        self._untouched.discard(row)
        top = self.steps.command(self.steps.index() - 1) if self.steps.index() else None
        if isinstance(top, Step) and top.delta.put_in(kind, row):
            top.is_last_undo = True  # it cannot be done again: nobody filled anything in
            self.undo()
        else:
            self.delete_rows(kind, [row])
        return True

    def paste(
        self,
        kind: str,
        position: int,
        table: Sequence[Mapping[str, Cell]],
        carried: Mapping[str, object] | None = None,
    ) -> None:
        """Take over a table from a row on, with new rows below if it is longer; one step."""
        present = self.sheet.rows(kind)
        rows = [*present[position : position + len(table)]]
        rows += [self._made_row(kind, carried) for _ in table[len(rows) :]]
        cells = {
            Spot(name, row): cell
            for row, filled in zip(rows, table, strict=True)
            for name, cell in filled.items()
        }
        cells |= following(self.sheet, cells, self._linked)
        after = (*present[:position], *rows, *present[position + len(rows) :])
        orders = {kind: (present, after)} if after != present else {}
        self._push(Delta(self._pairs(cells), orders))

    def undo(self) -> None:
        """Take back the last step."""
        self.steps.undo()
        self._tell()

    def redo(self) -> None:
        """Do again what was taken back."""
        self.steps.redo()
        self._tell()

    def adopt(self, sheet: Sheet, *, was_kept: bool = False) -> None:
        """Hold another record, or this one as it was saved; nothing of it can be taken back."""
        self.sheet = sheet
        self._was_kept = was_kept
        self._untouched.clear()
        self.steps.clear()
        self.steps.setClean()

    def _made_row(self, kind: str, carried: Mapping[str, object] | None) -> str:
        row = self.sheet.make_row(kind, carried or {})
        start(self.sheet, row, self._linked)
        return row

    def _pairs(self, cells: Mapping[Spot, Cell]) -> dict[Spot, tuple[Cell, Cell]]:
        return {spot: (self.cell(spot), cell) for spot, cell in cells.items()}

    def _push(self, delta: Delta, *, merges: bool = False) -> None:
        if not delta.is_nothing():
            self.steps.push(Step(self._title(delta), delta, self._apply, merges=merges))
            self._tell()

    def _apply(
        self, cells: Mapping[Spot, Cell], orders: Mapping[str, tuple[str, ...]], change: Change
    ) -> None:
        for kind, rows in orders.items():
            self.sheet.put_order(kind, rows)
        self.sheet.put(cells)
        self._untouched -= change.rows
        self._applied = change

    def _tell(self) -> None:
        """Tell of a change once the steps are in order again: listeners ask what is touched."""
        change, self._applied = self._applied, None
        if change is not None:
            self.changed.emit(change)

    def _title(self, delta: Delta) -> str:
        """What the step is called: the label of its first field, or of its rows."""
        for kind in delta.orders:
            return next(g.form.plural for g in self.sheet.form.groups if g.kind == kind)
        return self.sheet.field(next(iter(delta.cells))).label


def _order(kind: str, old: tuple[str, ...], new: tuple[str, ...]) -> Delta:
    return Delta({}, {kind: (old, new)})
