"""A table of the report in the window: the same cells, and each figure can be opened."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from mineaction_desktop.i18n import mark
from mineaction_desktop.reports.document import Column, ColumnKind, Row, RowRole, Table
from mineaction_desktop.reports.figures import Figure
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.ui import icons, theme
from mineaction_desktop.ui.desk import Desk

CHANGED = mark("As submitted: {before}. The records say something else today.")
OPENS = mark("Enter shows the records behind this figure.")
UNIT = mark("{title} ({unit})")

_Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
TALLEST = 26
"""How many lines of text a table may be high before it scrolls by itself."""
ROOMY = 10
"""How wide a column of texts is at least, in heights of a line, if it has long texts."""
WRAPPED = 120
"""How many rows a table may have for its texts to be wrapped; longer ones have one line each."""


class FigureModel(QAbstractTableModel):
    """The rows of one table; ``changed`` gives the submitted text of figures that changed."""

    def __init__(
        self,
        desk: Desk,
        table: Table,
        presenter: Presenter,
        changed: Mapping[str, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self.table = table
        self._presenter = presenter
        self._changed = changed

    def rowCount(self, parent: _Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.table.rows)

    def columnCount(self, parent: _Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self.table.columns)

    def figure(self, index: _Index) -> Figure | None:
        """The figure in a cell."""
        if not index.isValid():
            return None
        cell = self.table.rows[index.row()].cells[index.column()]
        return cell if isinstance(cell, Figure) else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, column = self.table.rows[index.row()], self.table.columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._presenter.cell(row.cells[index.column()])
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if column.kind is ColumnKind.NUMBER else _LEFT
            case Qt.ItemDataRole.FontRole:
                return _font(row)
            case Qt.ItemDataRole.BackgroundRole if row.role is not RowRole.DATA:
                return theme.current().colour("sunken")
            case (
                Qt.ItemDataRole.ToolTipRole
                | Qt.ItemDataRole.AccessibleDescriptionRole
                | Qt.ItemDataRole.ForegroundRole
                | Qt.ItemDataRole.DecorationRole
            ):
                return self._of_figure(self.figure(index), role)
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation is Qt.Orientation.Vertical:
            return None
        column = self.table.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.heading(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.help
        return None

    def heading(self, column: Column) -> str:
        """The title of a column with its unit."""
        if column.unit:
            return self._desk.say(UNIT, title=column.title, unit=column.unit)
        return column.title

    def _of_figure(self, figure: Figure | None, role: int) -> object:
        if figure is None:
            return None
        before = self._changed.get(figure.key)
        match role:
            case Qt.ItemDataRole.ForegroundRole if figure.evidence is not None:
                return theme.current().colour("accent")
            case Qt.ItemDataRole.DecorationRole if before is not None:
                return icons.icon("history", "warning")
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleDescriptionRole:
                said = [self._desk.say(CHANGED, before=before)] if before is not None else []
                said += [self._desk.say(OPENS)] if figure.evidence is not None else []
                return "\n".join(said) or None
        return None


def _font(row: Row) -> QFont | None:
    if row.role is RowRole.DATA:
        return None
    font = QFont()
    font.setBold(True)
    return font


class FigureTable(QTableView):
    """Shows a table of the report as wide as there is room; Enter opens a figure."""

    opened = Signal(object)
    """The :class:`Figure` that a person wants to see the records of."""

    def __init__(self, model: FigureModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setAccessibleName(model.table.title or "")
        self.verticalHeader().hide()
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._is_short = model.rowCount() <= WRAPPED
        self.setWordWrap(self._is_short)
        head = self.horizontalHeader()
        head.setDefaultAlignment(_LEFT | Qt.TextFlag.TextWordWrap)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setHighlightSections(False)
        self.clicked.connect(self._on_chosen)

    def figure(self, index: QModelIndex) -> Figure | None:
        """The figure in a cell."""
        return self._model.figure(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._on_chosen(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._share_width()

    def _on_chosen(self, index: QModelIndex) -> None:
        figure = self._model.figure(index)
        if figure is not None:
            self.opened.emit(figure)

    def _share_width(self) -> None:
        """Give each column its share, but never less than its longest word or number needs."""
        columns = self._model.table.columns
        room = self.viewport().width()
        least = [self._least(number) for number in range(len(columns))]
        weights = sum(column.weight for column in columns) or 1.0
        left = max(0, room - sum(least))
        for number, column in enumerate(columns):
            self.setColumnWidth(number, least[number] + int(left * column.weight / weights))
        self._share_height()

    def _least(self, number: int) -> int:
        column = self._model.table.columns[number]
        metrics = self.fontMetrics()
        words = self._model.heading(column).split()
        texts = [str(self._model.index(row, number).data() or "") for row in range(self._looked_at)]
        roomy = 0
        if column.kind is ColumnKind.TEXT:
            longest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
            roomy = min(longest, theme.em(ROOMY))  # a text of a few lines reads better than a tower
            texts = [word for text in texts for word in text.split()]
        widest = max((metrics.horizontalAdvance(text) for text in [*words, *texts]), default=0)
        return max(min(int(widest * 1.1), theme.em(18)), roomy) + theme.space(24)

    @property
    def _looked_at(self) -> int:
        return min(self._model.rowCount(), WRAPPED)

    def _share_height(self) -> None:
        head = self.horizontalHeader()
        metrics = head.fontMetrics()
        flags = int(Qt.TextFlag.TextWordWrap)
        tallest = max(
            metrics.boundingRect(
                0, 0, head.sectionSize(n) - theme.space(16), 10_000, flags, self._model.heading(c)
            ).height()
            for n, c in enumerate(self._model.table.columns)
        )
        head.setFixedHeight(int(tallest * 1.1) + theme.space(12))
        if self._is_short:
            self.resizeRowsToContents()
        rows = sum(self.rowHeight(row) for row in range(self._looked_at))
        bar = self.horizontalScrollBar()
        extra = bar.sizeHint().height() if bar.maximum() > 0 else 0
        wanted = head.height() + rows + extra + 2 * self.frameWidth() + 2
        self.setFixedHeight(min(wanted, theme.em(TALLEST)))
