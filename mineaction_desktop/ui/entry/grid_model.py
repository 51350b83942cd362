"""The rows of a group as Qt's table sees them; everything is asked of the draft."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from mineaction_desktop.domain.problems import Problem
from mineaction_desktop.formdef.form import Field
from mineaction_desktop.i18n import mark
from mineaction_desktop.ui.entry.context import FieldScene
from mineaction_desktop.ui.entry.draft import Draft
from mineaction_desktop.ui.entry.sheet import MISSING, Spot
from mineaction_desktop.ui.entry.showing import COUNTED, shown

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

PROBLEMS = Role.UserRole + 1
"""The problems of a cell, for the painter and for the words below the table."""
RELEVANT = Role.UserRole + 2
"""Whether the field of a cell is shown in this row."""

MUST = mark("{label} (must be filled in)")
NOT_ASKED = mark("Not asked for this row")
_NOWHERE = QModelIndex()
_RIGHT = frozenset({*COUNTED, "number", "money", "latitude", "longitude"})


class GridModel(QAbstractTableModel):
    """One column for each chosen field, one row for each row of the group."""

    def __init__(
        self, draft: Draft, kind: str, scene: FieldScene, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._draft, self._scene, self.kind = draft, scene, kind
        self.fields: tuple[Field, ...] = ()
        self._rows = draft.sheet.rows(kind)
        self.current_row = ""
        self.tells_all = False
        self._answers: dict[int, Callable[[Index], object]] = {
            Role.DisplayRole: self._shown_text,
            Role.ToolTipRole: self._tip,
            Role.AccessibleTextRole: self._spoken,
            Role.TextAlignmentRole: self._side,
            PROBLEMS: self.problems,
            RELEVANT: self.is_relevant,
        }

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.fields)

    def row_id(self, row: int) -> str:
        """The row of the draft that stands at a position."""
        return self._rows[row]

    def position(self, row: str) -> int:
        """Where a row stands; -1 if it does not."""
        return self._rows.index(row) if row in self._rows else -1

    def column_of(self, name: str) -> int:
        """Where a field stands; -1 if it has no column."""
        return next((i for i, field in enumerate(self.fields) if field.name == name), -1)

    def spot(self, index: Index) -> Spot:
        """The field of the draft behind a cell."""
        return Spot(self.fields[index.column()].name, self._rows[index.row()])

    def show_columns(self, fields: Sequence[Field]) -> None:
        """Show other fields."""
        self.beginResetModel()
        self.fields = tuple(fields)
        self.endResetModel()

    def follow_order(self) -> None:
        """Take over which rows there are now; one that came or went keeps the others in place."""
        old, new = self._rows, self._draft.sheet.rows(self.kind)
        if len(new) == len(old) + 1 and (at := _odd_one(old, new)) is not None:
            self.beginInsertRows(_NOWHERE, at, at)
            self._rows = new
            self.endInsertRows()
        elif len(old) == len(new) + 1 and (at := _odd_one(new, old)) is not None:
            self.beginRemoveRows(_NOWHERE, at, at)
            self._rows = new
            self.endRemoveRows()
        elif old != new:
            self.beginResetModel()
            self._rows = new
            self.endResetModel()

    def follow_row(self, row: str) -> None:
        """Draw a row again: what is shown and what is wrong in it may be otherwise."""
        at = self.position(row)
        if at >= 0 and self.fields:
            self.dataChanged.emit(self.index(at, 0), self.index(at, len(self.fields) - 1))

    def follow_all(self) -> None:
        """Draw every row again."""
        if self._rows and self.fields:
            last = self.index(len(self._rows) - 1, len(self.fields) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def is_relevant(self, index: Index) -> bool:
        """Whether the field of a cell is asked for in its row."""
        spot = self.spot(index)
        return spot.field in self._draft.facts(spot.row).shown

    def enter_row(self, row: str) -> None:
        """The cursor is in this row, or in none: what is missing in the one it left is told."""
        before, self.current_row = self.current_row, row
        if before != row:
            self.follow_row(before)

    def is_given(self, index: Index) -> bool:
        """Whether the program has filled a cell in, and nothing is wrong with that."""
        return self._draft.cell(self.spot(index)).given and not self.problems(index)

    def problems(self, index: Index) -> list[Problem]:
        """What is wrong in a cell; that it is empty only once the person has left the row."""
        spot = self.spot(index)
        found = self._draft.facts(spot.row).of_field(spot.field)
        is_keyed = spot.row == self.current_row or self._draft.is_untouched(spot.row)
        if is_keyed and not self.tells_all:
            return [one for one in found if one.code != MISSING]
        return found

    def text(self, index: Index) -> str:
        """What stands in a cell: typed text that cannot be read, or the value."""
        cell = self._draft.cell(self.spot(index))
        if cell.text is not None:
            return cell.text
        return shown(self.fields[index.column()], cell.value, self._scene)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        answer = self._answers.get(role) if index.isValid() else None
        return answer(index) if answer is not None else None

    def _shown_text(self, index: Index) -> str:
        return self.text(index) if self.is_relevant(index) else ""

    def _spoken(self, index: Index) -> str:
        return f"{self._label(index.column())}: {self.text(index)} {self._tip(index)}"

    def _side(self, index: Index) -> Qt.AlignmentFlag:
        return _alignment(self.fields[index.column()])

    def _tip(self, index: Index) -> str:
        if not self.is_relevant(index):
            return self._scene.desk.say(NOT_ASKED)
        words = self._scene.desk.words
        lines = [one.message.render(words) for one in self.problems(index)]
        if note := self._draft.cell(self.spot(index)).note:
            lines.append(note)
        return "\n".join(lines)

    def _label(self, column: int) -> str:
        field = self.fields[column]
        label = self._scene.word(field.label)
        return f"{label} *" if field.obligatory or field.required is True else label

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Vertical:
            return self._scene.desk.number(section + 1) if role == Role.DisplayRole else None
        if not 0 <= section < len(self.fields):
            return None
        field = self.fields[section]
        if role == Role.DisplayRole:
            return self._label(section)
        if role in {Role.ToolTipRole, Role.AccessibleTextRole}:
            label = self._scene.word(field.label)
            named = self._scene.desk.say(MUST, label=label) if field.obligatory else label
            return "\n".join(filter(None, (named, self._scene.word(field.help.strip()))))
        if role == Role.TextAlignmentRole:
            return _alignment(field)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def _alignment(field: Field) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if field.type in _RIGHT else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _odd_one(short: Sequence[str], long: Sequence[str]) -> int | None:
    """Where the one row stands that the longer order has more; ``None`` if others differ too."""
    at = next((i for i, row in enumerate(short) if row != long[i]), len(short))
    return at if (*long[:at], *long[at + 1 :]) == tuple(short) else None
