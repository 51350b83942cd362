"""The fields of one row that have no column: below the table, like those of a record."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QVBoxLayout, QWidget

from mineaction_desktop.formdef.form import Field
from mineaction_desktop.i18n import mark
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.entry.field_row import FieldRow
from mineaction_desktop.ui.entry.sheet import Spot
from mineaction_desktop.ui.theme import space

TITLE = mark("Row {n}: further fields")


class RowDetails(QFrame):
    """Made when it is first opened; follows the row where the cursor is."""

    left = Signal(bool)
    """The cursor leaves it: down to the next row, or back to the cell."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setProperty("kind", "card")
        self.rows: list[FieldRow] = []
        self.hide()

    def _lay_out(self) -> None:
        self._title = QLabel(self)
        self._title.setProperty("role", "heading")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(space(12), space(8), space(12), space(8))
        self._column.setSpacing(space(2))
        self._column.addWidget(self._title)

    def build(self, fields: Sequence[Field], make: Callable[[Field], FieldRow]) -> None:
        """Make the lines of other fields than before."""
        if self.layout() is None:
            self._lay_out()
        for row in self.rows:
            row.deleteLater()
        self.rows = [make(field) for field in fields]
        for row in self.rows:
            self._column.addWidget(row)

    def fit(self, room: int) -> None:
        """Make the best of the width of the form."""
        for row in self.rows:
            row.fit(room - 2 * space(12))

    def show_row(self, row: str, number: int) -> None:
        """Stand for another row."""
        self._title.setText(self._desk.say(TITLE, n=self._desk.number(number)))
        self.setAccessibleName(self._title.text())
        for one in self.rows:
            one.show_row(row)

    def line_of(self, spot: Spot) -> FieldRow | None:
        """The line of a field."""
        return next((row for row in self.rows if spot in row.spots()), None)

    def take_focus(self) -> None:
        """Put the cursor into the first line."""
        for row in self.rows:
            if row.is_shown:
                row.take_focus()
                return

    def _current(self) -> int:
        focus = QApplication.focusWidget()
        found = (i for i, row in enumerate(self.rows) if focus and row.isAncestorOf(focus))
        return next(found, -1)

    def step(self, *, forward: bool) -> None:
        """Go to the next line, or leave."""
        way = 1 if forward else -1
        at = self._current()
        if at >= 0:
            self.rows[at].editor.commit()
        at += way
        while 0 <= at < len(self.rows):
            if self.rows[at].is_shown:
                reason = Qt.FocusReason.TabFocusReason
                self.rows[at].take_focus(reason if forward else Qt.FocusReason.BacktabFocusReason)
                return
            at += way
        self.left.emit(forward)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's own names
        self.step(forward=next)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        held = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if enter and not held and self._desk.settings.value.enter_moves:
            self.step(forward=not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit(False)  # noqa: FBT003 - signals carry no names
        else:
            super().keyPressEvent(event)
