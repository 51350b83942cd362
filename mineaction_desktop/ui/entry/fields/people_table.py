"""Women, girls, men and boys in a small table with totals, keyed like a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from mineaction_desktop.formdef.form import Field
from mineaction_desktop.i18n import mark
from mineaction_desktop.ui.entry.context import FieldScene
from mineaction_desktop.ui.entry.fields.base import FieldEditor, em
from mineaction_desktop.ui.entry.fields.composite import CompositeEditor
from mineaction_desktop.ui.entry.fields.number import CountEditor
from mineaction_desktop.ui.theme import space

COUNTED = {"women": (0, 0), "girls": (0, 1), "men": (1, 0), "boys": (1, 1), "unknown": (2, 0)}
"""Row and column of each group of people; these add up to the total."""

AMONG = ("with_disability",)
"""Groups that are counted above already."""

NEEDED = frozenset({"women", "girls", "men", "boys"})
_COLUMNS = (mark("Adults"), mark("Children"), mark("Total"))
_ROWS = (mark("Female"), mark("Male"), mark("Sex and age not known"), mark("Total"))
_TITLE = mark("Persons")
_HELP = mark("Leave empty what nobody counted; write 0 where there were none.")
_AT_LEAST = mark("at least {n}")
_NOTHING = "–"
_TOTAL_ROW, _AMONG_ROW = 3, 4
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_SIDEWAYS = {Qt.Key.Key_Left, Qt.Key.Key_Right}
_ARROWS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


class _Cell(CountEditor):
    """A cell; an arrow that has nowhere to go in the number goes to the next cell."""

    tells = False

    def on_key(self, event: QKeyEvent) -> bool:
        line = self.line
        is_fresh = not line.text() or line.selectedText() == line.text()
        at_end = line.cursorPosition() == len(line.text()) and event.key() == Qt.Key.Key_Right
        at_start = line.cursorPosition() == 0 and event.key() == Qt.Key.Key_Left
        if event.key() in _SIDEWAYS and (is_fresh or at_end or at_start):
            parent = self.parentWidget()
            return isinstance(parent, PeopleEditor) and parent.go(Qt.Key(event.key()))
        return False


class PeopleEditor(CompositeEditor):
    """Sex in rows, age in columns. Enter and Tab go through the cells, arrows in all directions.

    A total of which a part is not said is only the least that it can be, and says so.
    """

    def __init__(
        self,
        host: Field,
        fields: Mapping[str, Field],
        scene: FieldScene,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            replace(host, label=_TITLE, help=_HELP), tuple(fields.values()), scene, parent
        )
        self._places: dict[str, tuple[int, int]] = {}
        self._totals: dict[str, QLabel] = {}
        self._counted = [field.name for group, field in fields.items() if group in COUNTED]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(space(12))
        self._grid.setVerticalSpacing(space(4))
        self._grid.setColumnStretch(4, 1)
        for group, field in fields.items():
            self._add_cell(group, field)
        self._add_headings("unknown" in fields)
        self._add_up()

    def _add_cell(self, group: str, field: Field) -> None:
        row, column = COUNTED.get(group, (_AMONG_ROW, 0))
        cell = _Cell(field, self._inner, self)
        cell.set_compact(on=True)
        cell.line.setFixedWidth(em(self, 11))
        cell.line.textEdited.connect(self._add_up)
        self.add_part(field.name, cell)
        self._places[field.name] = (row, column)
        self._grid.addWidget(cell, row + 1, column + 1)
        if group in AMONG:
            self._grid.addWidget(self._label(field.label), row + 1, 0)

    def _add_headings(self, has_unknown: bool) -> None:  # noqa: FBT001 - called once, just above
        for column, words in enumerate(_COLUMNS):
            self._grid.addWidget(self._label(words), 0, column + 1)
        for row, words in enumerate(_ROWS):
            if row != 2 or has_unknown:
                self._grid.addWidget(self._label(words), row + 1, 0)
        for name, place in {
            "row 0": (1, 3),
            "row 1": (2, 3),
            "row 2": (3, 3),
            "column 0": (4, 1),
            "column 1": (4, 2),
            "all": (4, 3),
        }.items():
            if name != "row 2" or has_unknown:
                self._totals[name] = self._total(name)
                self._grid.addWidget(self._totals[name], *place)

    def _label(self, words: str) -> QLabel:
        label = QLabel(self.scene.word(words), self)
        label.setProperty("role", "soft")
        return label

    def _total(self, name: str) -> QLabel:
        label = QLabel(_NOTHING, self)
        label.setMinimumWidth(em(self, 9))
        if name == "all":
            label.setProperty("role", "heading")
        return label

    def total(self, name: str) -> str:
        """What a total says: ``row 0``, ``column 1`` or ``all``."""
        return self._totals[name].text()

    def on_committed(self, name: str, value: object) -> None:
        self._add_up()
        super().on_committed(name, value)

    def set_value(self, value: object) -> None:
        super().set_value(value)
        self._add_up()

    def set_compact(self, *, on: bool) -> None:
        """The cells are as small as they get."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        part = self.part_with_focus()
        keypad = Qt.KeyboardModifier.KeypadModifier
        plain = not event.modifiers() & ~keypad
        shift = event.modifiers() & ~keypad == Qt.KeyboardModifier.ShiftModifier
        target = None
        if part is not None and event.key() in _ENTER and (plain or shift):
            target = self._beside(part, -1 if shift else 1)
        if target is not None:
            target.take_focus()
        elif not (plain and self.go(Qt.Key(event.key()))):
            event.ignore()

    def go(self, arrow: Qt.Key) -> bool:
        """Go to the cell that lies in the direction of an arrow; ``False`` if there is none."""
        part = self.part_with_focus()
        target = (
            self._towards(part, *_ARROWS[arrow]) if part is not None and arrow in _ARROWS else None
        )
        if target is not None:
            target.take_focus()
        return target is not None

    def _beside(self, part: FieldEditor, by: int) -> FieldEditor | None:
        """The next cell in the order of the form; past the last one the form goes on."""
        cells = self.in_order()
        place = cells.index(part) + by
        return cells[place] if 0 <= place < len(cells) else None

    def _towards(self, part: FieldEditor, down: int, right: int) -> FieldEditor | None:
        """The next cell in a direction; up and down, rows of one cell are not jumped over."""
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        row, column = self._places[part.field.name]
        column += -right if mirrored else right
        end = _AMONG_ROW + 1 if down > 0 else -1
        for wanted in range(row + down, end, down) if down else (row,):
            cell = self._cell_at(wanted, column) or (self._cell_at(wanted, 0) if down else None)
            if cell is not None:
                return cell
        return None

    def _cell_at(self, row: int, column: int) -> FieldEditor | None:
        cells = (c for c in self.in_order() if self._places[c.field.name] == (row, column))
        return next(cells, None)

    def _add_up(self) -> None:
        numbers = {name: self._typed(name) for name in self._counted}
        for key, label in self._totals.items():
            names = [name for name in self._counted if self._is_in(key, name)]
            label.setText(self._sum([numbers[name] for name in names]))

    def _typed(self, name: str) -> int | None:
        cell = self.parts[name]
        read = cell.read(cell.text()) if isinstance(cell, CountEditor) else None
        return read if isinstance(read, int) else None

    def _is_in(self, total: str, name: str) -> bool:
        row, column = self._places[name]
        if total == "all":
            return True
        axis, _, number = total.partition(" ")
        return row == int(number) if axis == "row" else column == int(number) and row < 2

    def _sum(self, numbers: Sequence[int | None]) -> str:
        said = [number for number in numbers if number is not None]
        if not said or (len(said) < len(numbers) and not any(said)):
            return _NOTHING
        total = self.scene.desk.number(sum(said))
        return total if len(said) == len(numbers) else self.scene.desk.say(_AT_LEAST, n=total)
