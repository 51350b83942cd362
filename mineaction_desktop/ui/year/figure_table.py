"""A table of the report in the window: the same cells, and each figure can be opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QScrollArea,
    QTableView,
    QWidget,
)

from mineaction_desktop.i18n import mark
from mineaction_desktop.reports.document import Column, ColumnKind, Row, RowRole, Table
from mineaction_desktop.reports.figures import Figure
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.ui import icons, theme
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.headings import Headings
from mineaction_desktop.ui.lines import WrappedCells

CHANGED = mark("As submitted: {before}. The records say something else today.")
OPENS = mark("Enter shows the records behind this figure.")
UNIT = mark("{title} ({unit})")

_BESIDE, _MARGIN = 6, 4
"""The room at each side of a text: that of the stylesheet, and what Qt adds to it."""

_Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
MANY, TALLEST = 25, 26
"""A table of more rows scrolls by itself and keeps its headings; it is so many ems high then."""
ROOMY = 24
"""How wide a column of texts is at most as long as others want room, in heights of a line."""
WORD = 14
"""The longest word that is never cut, in heights of a line."""
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
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.kind is ColumnKind.NUMBER else _LEFT
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
        self._headings = Headings(self)
        self.setHorizontalHeader(self._headings)
        self.setStyleSheet(f"QTableView::item {{ padding: 0 {theme.space(_BESIDE)}px; }}")
        self.setItemDelegate(WrappedCells(self, self._width_of, theme.space(8)))
        self.clicked.connect(self._on_chosen)

    def figure(self, index: QModelIndex) -> Figure | None:
        """The figure in a cell."""
        return self._model.figure(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._on_chosen(self.currentIndex())
            return
        super().keyPressEvent(event)

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """The page around the table follows the keyboard."""
        super().currentChanged(current, previous)
        page, around = self.parentWidget(), self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None and page is not None and self.hasFocus():
            cell = self.visualRect(current).translated(self.viewport().mapTo(page, QPoint()))
            around.ensureVisible(0, cell.center().y(), 0, cell.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._share_width()

    def _on_chosen(self, index: QModelIndex) -> None:
        figure = self._model.figure(index)
        if figure is not None:
            self.opened.emit(figure)

    def _share_width(self) -> None:
        """Share the room by what stands in the columns; none is narrower than its longest word."""
        columns = range(self._model.columnCount())
        least = [self._least(number) for number in columns]
        wanted = [
            max(one, self._wanted(number)) for number, one in zip(columns, least, strict=True)
        ]
        for number, width in enumerate(spread(least, wanted, self.viewport().width())):
            self.setColumnWidth(number, width)
        self._share_height()

    def _least(self, number: int) -> int:
        """The width of the longest word, and of the heading in two lines."""
        texts = self._texts(number)
        if self._is_text(number):
            texts = [word for text in texts for word in text.split()]
        widest = max(map(self._advance, texts), default=0)
        return max(min(widest, theme.em(WORD)) + _beside(), self._headings.least(number))

    def _wanted(self, number: int) -> int:
        """The width at which a long text has few lines, a short one a single line."""
        lines = [line for text in self._texts(number) for line in text.splitlines()]
        longest = max(map(self._advance, lines), default=0)
        return min(longest + _beside(), theme.em(ROOMY))

    def _width_of(self, index: _Index) -> int:
        return self.columnWidth(index.column()) - _beside()

    def _advance(self, text: str) -> int:
        return self.fontMetrics().horizontalAdvance(text)

    def _is_text(self, number: int) -> bool:
        return self._model.table.columns[number].kind is ColumnKind.TEXT

    def _texts(self, number: int) -> list[str]:
        rows = range(min(self._model.rowCount(), WRAPPED))
        return [str(self._model.index(row, number).data() or "") for row in rows]

    def _share_height(self) -> None:
        if self._is_short:
            self.resizeRowsToContents()
        rows = sum(self.rowHeight(row) for row in range(min(self._model.rowCount(), WRAPPED)))
        bar = self.horizontalScrollBar()
        extra = bar.sizeHint().height() if bar.maximum() > 0 else 0
        head = self._headings.sizeHint().height()
        wanted = head + rows + extra + 2 * self.frameWidth() + 2
        scrolls = self._model.rowCount() > MANY
        self.setFixedHeight(min(wanted, theme.em(TALLEST)) if scrolls else wanted)


def _beside() -> int:
    return 2 * (theme.space(_BESIDE) + _MARGIN)


def spread(least: Sequence[int], wanted: Sequence[int], room: int) -> list[int]:
    """The widths of columns in a room: the least of each, and of the rest what each still wants.

    Where all have what they want, what is left is shared by width; where not even the least fits,
    the table scrolls.
    """
    spare = room - sum(least)
    if spare <= 0:
        return list(least)
    wishes = [most - one for one, most in zip(least, wanted, strict=True)]
    if sum(wishes) <= spare:
        left = room - sum(wanted)
        return [width + left * width // sum(wanted) for width in wanted]
    return [one + spare * wish // sum(wishes) for one, wish in zip(least, wishes, strict=True)]
