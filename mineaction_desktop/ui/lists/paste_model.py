"""Pasted rows as a table in which every cell can be corrected."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from mineaction_desktop.domain.problems import Problem
from mineaction_desktop.i18n import mark
from mineaction_desktop.services.pasting import Pasted
from mineaction_desktop.ui import icons
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.lists.cells import one_line
from mineaction_desktop.ui.theme import current

NOT_TAKEN = mark("(not taken)")
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class PasteModel(QAbstractTableModel):
    """Cells as they were pasted; what cannot be read has a sign, a colour and a sentence."""

    def __init__(
        self,
        desk: Desk,
        pasted: Pasted,
        change: Callable[[int, int, str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pasted = pasted
        self._change = change

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._pasted.rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._pasted.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt takes anything
        if not index.isValid() or index.row() >= len(self._pasted.rows):
            return None
        text = self._pasted.rows[index.row()].texts[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return one_line(text)
        if role == Qt.ItemDataRole.EditRole:
            return text
        problem = self.problem(index)
        if problem is not None:
            return self._marked(problem, role)
        is_taken = self._pasted.columns[index.column()] is not None
        is_colour = role == Qt.ItemDataRole.ForegroundRole
        return current().colour("text_soft") if is_colour and not is_taken else None

    def _marked(self, problem: Problem, role: int) -> object:
        """How a cell is shown that needs attention."""
        match role:
            case Qt.ItemDataRole.BackgroundRole:
                return current().colour("error_soft")
            case Qt.ItemDataRole.DecorationRole:
                return icons.icon("circle-alert", "error")
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleDescriptionRole:
                return problem.message.render(self._desk.words)
        return None

    def problem(self, index: _Index) -> Problem | None:
        """What is wrong with a cell; what is wrong with a whole row stands in its first cell."""
        row = self._pasted.rows[index.row()]
        found = row.cells.get(index.column())
        if found is None and index.column() == 0 and row.others:
            return row.others[0]
        return found

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt takes anything
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return self._desk.number(section + 1)
        if not 0 <= section < len(self._pasted.columns):
            return None
        name = self._pasted.columns[section]
        if name is None:
            return self._desk.say(NOT_TAKEN)
        return self._desk.words.gettext(self._pasted.form.fields[name].label)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole:
            return False
        self._change(index.row(), index.column(), str(value))
        last = self.index(index.row(), self.columnCount() - 1)
        self.dataChanged.emit(self.index(index.row(), 0), last)
        return True

    def reread(self) -> None:
        """Everything may read otherwise now."""
        self.beginResetModel()
        self.endResetModel()
