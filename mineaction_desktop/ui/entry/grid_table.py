"""The table of a group: the cursor goes from cell to cell, and typing opens the field there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QWidget,
)

from mineaction_desktop.ui.entry.context import FieldScene
from mineaction_desktop.ui.entry.draft import Draft
from mineaction_desktop.ui.entry.fields import single_editor
from mineaction_desktop.ui.entry.fields.base import FieldEditor
from mineaction_desktop.ui.entry.grid_delegate import GridDelegate
from mineaction_desktop.ui.entry.grid_model import GridModel, Index
from mineaction_desktop.ui.entry.sheet import Cell, Spot
from mineaction_desktop.ui.entry.visibility import application
from mineaction_desktop.ui.headings import Headings

Key = Qt.Key
_ENTER = frozenset({Key.Key_Return, Key.Key_Enter})
_NO_MODIFIERS = frozenset({Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier})

Carried = Callable[[str], Mapping[str, object]]
"""What a new row starts with, given the row above it."""


class GridTable(QTableView):
    """Cells that are keyed like those of a spreadsheet; each one by the widget of its field."""

    left = Signal(bool)
    """The cursor leaves the table, downwards or upwards."""

    moved = Signal()
    """The cursor stands in another cell."""

    def __init__(
        self,
        draft: Draft,
        model: GridModel,
        scene: FieldScene,
        carried: Carried,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._draft, self.grid, self._scene, self._carried = draft, model, scene, carried
        self._editor: FieldEditor | None = None
        self._edited: Spot | None = None
        self._is_forwarding = False
        self.is_read_only = False
        self.setModel(model)
        self.setItemDelegate(GridDelegate(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.headings = Headings(self)
        self.setHorizontalHeader(self.headings)
        self.verticalHeader().setHighlightSections(True)
        application().focusChanged.connect(self._on_focus)

    # where the cursor is

    @property
    def row(self) -> str:
        """The row that the cursor stands in; empty if there is none."""
        index = self.currentIndex()
        return self.grid.row_id(index.row()) if index.isValid() else ""

    @property
    def spot(self) -> Spot | None:
        """The field that the cursor stands in."""
        index = self.currentIndex()
        return self.grid.spot(index) if index.isValid() else None

    def go_to(self, row: int, column: int) -> None:
        """Put the cursor into a cell."""
        self.close_editor()
        self.setCurrentIndex(self.grid.index(row, column))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        row = self.grid.row_id(current.row()) if current.isValid() else ""
        self.grid.enter_row(row)
        self.moved.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.grid.enter_row(self.row)

    def has_cursor(self) -> bool:
        """Whether the keyboard is in the table or in a field opened in it."""
        focus = QApplication.focusWidget()
        return focus is not None and (focus is self or self.isAncestorOf(focus))

    # going on

    def step(self, *, forward: bool, passing: bool = False) -> None:
        """Go to the next cell that can be filled in; after the last one begin a new row.

        ``passing`` goes past cells that the program has filled in.
        """
        at = self.currentIndex()
        if not at.isValid() or (forward and self._is_idle_row(at)):
            self.close_editor()
            self.left.emit(forward)
            return
        self.close_editor()
        found = self._next(at, 1 if forward else -1, passing=passing)
        if found is not None:
            self.setCurrentIndex(found)
        elif forward and not self.is_read_only:
            self.add_row()
        else:
            self.left.emit(forward)

    def _is_idle_row(self, at: QModelIndex) -> bool:
        """Whether the cursor stands at the start of a new row, and nothing is typed there."""
        row = self.grid.row_id(at.row())
        is_idle = self._editor is None or not self._editor.text()
        return is_idle and self._draft.is_untouched(row) and at == self._start(at.row())

    def _start(self, row: int) -> QModelIndex:
        """Where keying of a new row begins: at its first cell that is still empty."""
        cells = [self.grid.index(row, column) for column in range(self.grid.columnCount())]
        asked = [index for index in cells if self.grid.is_relevant(index)]
        empty = (index for index in asked if not self.grid.text(index))
        return next(empty, asked[0] if asked else cells[0])

    def _next(self, at: QModelIndex, way: int, *, passing: bool) -> QModelIndex | None:
        columns, rows = self.grid.columnCount(), self.grid.rowCount()
        place = at.row() * columns + at.column() + way
        while 0 <= place < rows * columns:
            index = self.grid.index(*divmod(place, columns))
            if self.grid.is_relevant(index) and not (passing and self.grid.is_given(index)):
                return index
            place += way
        return None

    def add_row(self, after: int | None = None) -> None:
        """Put a new row below a row, or at the end, and go to its first cell."""
        self.close_editor()
        position = self.grid.rowCount() if after is None else after + 1
        above = self.grid.row_id(position - 1) if position else ""
        carried = self._carried(above) if above else {}
        self._draft.insert_row(self.grid.kind, position, carried)
        self.setCurrentIndex(self._start(position))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def selected_rows(self) -> list[int]:
        """The rows that hold a selected cell, from the top."""
        return sorted({index.row() for index in self.chosen()})

    def chosen(self) -> list[QModelIndex]:
        """The selected cells, or the one with the cursor."""
        at = self.currentIndex()
        return self.selectedIndexes() or ([at] if at.isValid() else [])

    # the field in a cell

    @property
    def editor(self) -> FieldEditor | None:
        """The field that is open in a cell."""
        return self._editor

    def open_editor(self) -> FieldEditor | None:
        """Open the field of the cell where the cursor is."""
        index = self.currentIndex()
        if self._editor is not None or self.is_read_only or not index.isValid():
            return self._editor
        if not self.grid.is_relevant(index):
            return None
        self.scrollTo(index)
        spot = self.grid.spot(index)
        # A cell has no room for buttons side by side: whatever the form says, one types here.
        field = replace(self._draft.sheet.field(spot), widget=None)
        editor = single_editor(field, self._scene, self.viewport())
        editor.set_compact(on=True)
        cell = self._draft.cell(spot)
        editor.set_value(cell.value)
        if cell.text is not None:
            editor.set_texts({spot.field: cell.text})
        self._editor, self._edited = editor, spot
        editor.committed.connect(self._on_committed)
        editor.texted.connect(self._on_texted)
        self._place_editor()
        editor.show()
        editor.take_focus(Qt.FocusReason.OtherFocusReason)
        return editor

    def close_editor(self, *, keep: bool = True) -> None:
        """Take over what is typed in the open field, or forget it, and close the field."""
        editor = self._editor
        if editor is None:
            return
        had_focus = self.has_cursor()
        if keep:
            editor.commit()
        self._editor = self._edited = None
        editor.blockSignals(True)  # noqa: FBT003 - what Qt calls on hiding is no act of a person
        if had_focus:  # before it is hidden: Qt would look for the next cell by itself
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        editor.hide()
        editor.deleteLater()

    def _place_editor(self) -> None:
        if self._editor is not None:
            box = self.visualRect(self.currentIndex())
            self._editor.setGeometry(box)

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self._place_editor()

    def _on_committed(self, value: object) -> None:
        if self._edited is not None:
            note = self._draft.cell(self._edited).note
            self._draft.put({self._edited: Cell(value, None, note)})

    def _on_texted(self, text: str) -> None:
        if self._edited is not None:
            note = self._draft.cell(self._edited).note
            self._draft.put({self._edited: Cell(None, text, note)})

    def _on_focus(self, _: QWidget | None, new: QWidget | None) -> None:
        if self._editor is None or new is None or new.window() is not self.window():
            return
        if new is not self._editor and not self._editor.isAncestorOf(new):
            self.close_editor()

    # keys

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's own names
        self.step(forward=next)
        return True

    def event(self, event: QEvent) -> bool:
        is_asked = event.type() == QEvent.Type.ShortcutOverride
        if is_asked and isinstance(event, QKeyEvent) and event.key() == Key.Key_F2:
            event.accept()  # in a table this key opens the cell, as in every spreadsheet
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = Key(event.key()), event.modifiers()
        if key in _ENTER and modifiers in _NO_MODIFIERS | {Qt.KeyboardModifier.KeypadModifier}:
            if self._scene.desk.settings.value.enter_moves:
                is_forward = not modifiers & Qt.KeyboardModifier.ShiftModifier
                self.step(forward=is_forward, passing=is_forward)
            else:
                self.close_editor()
        elif self._editor is not None:
            self._key_while_editing(event, key)
        elif key == Key.Key_F2:
            self.open_editor()
        elif key in {Key.Key_Delete, Key.Key_Backspace} and not modifiers:
            self.clear_selected()
        elif types(event) and self.open_editor() is not None:
            self._type_anew(event)
        elif key in {Key.Key_Escape, Key.Key_F3, Key.Key_F4}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _key_while_editing(self, event: QKeyEvent, key: Key) -> None:
        if key == Key.Key_Escape:
            self.close_editor(keep=False)
        elif types(event):
            self._forward(event)
        elif key in {Key.Key_Up, Key.Key_Down, Key.Key_PageUp, Key.Key_PageDown}:
            self.close_editor()
            super().keyPressEvent(event)
        else:
            event.ignore()

    def _type_anew(self, event: QKeyEvent) -> None:
        """Type into the field that was just opened, in place of what stands there."""
        if isinstance(focus := QApplication.focusWidget(), QLineEdit | QPlainTextEdit):
            focus.selectAll()
        self._forward(event)

    def begin_row(self, event: QKeyEvent) -> None:
        """Put in a row, and type into its first cell."""
        self.add_row()
        if self.open_editor() is not None:
            self._type_anew(event)

    def _forward(self, event: QKeyEvent) -> None:
        """Hand a key on to the field; what the field does not take comes back and ends here."""
        focus = QApplication.focusWidget()
        if self._is_forwarding or focus is None or focus is self:
            return
        self._is_forwarding = True
        try:
            QCoreApplication.sendEvent(focus, event)
        finally:
            self._is_forwarding = False

    def clear_selected(self) -> None:
        """Empty the selected cells, as one step."""
        if not self.is_read_only:
            spots = [self.grid.spot(index) for index in self.chosen()]
            self._draft.put({s: Cell(None, None, self._draft.cell(s).note) for s in spots})

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self.open_editor()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The form scrolls; the table only if it holds more rows than it shows."""
        bar = self.verticalScrollBar()
        if bar.maximum() > 0 and self.has_cursor():
            super().wheelEvent(event)
        else:
            event.ignore()


def types(event: QKeyEvent) -> bool:
    """Whether a key writes something."""
    held = event.modifiers() & ~(
        Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
    )
    return bool(event.text()) and event.text().isprintable() and not held
