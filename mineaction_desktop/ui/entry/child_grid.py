"""The rows of a group in a form: the table, its sums, what is wrong, and a pane for one row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from mineaction_desktop.formdef.catalogue import Catalogue
from mineaction_desktop.formdef.form import Field, Group
from mineaction_desktop.i18n import mark
from mineaction_desktop.ui import icons
from mineaction_desktop.ui.entry import grid_clipboard
from mineaction_desktop.ui.entry.context import FieldScene
from mineaction_desktop.ui.entry.draft import Draft
from mineaction_desktop.ui.entry.field_row import WIDEST, FieldRow
from mineaction_desktop.ui.entry.fields import single_editor
from mineaction_desktop.ui.entry.grid_clipboard import LEFT, LEFT_MANY
from mineaction_desktop.ui.entry.grid_columns import (
    ROW_NUMBER,
    choose_columns,
    grown,
    own_fields,
    widths,
)
from mineaction_desktop.ui.entry.grid_empty import EmptyLine
from mineaction_desktop.ui.entry.grid_model import GridModel
from mineaction_desktop.ui.entry.grid_table import Carried, GridTable
from mineaction_desktop.ui.entry.problem_line import ProblemLine
from mineaction_desktop.ui.entry.row_details import RowDetails
from mineaction_desktop.ui.entry.sheet import Spot
from mineaction_desktop.ui.entry.steps import Change
from mineaction_desktop.ui.entry.totals_bar import BALANCE, SIGNS, SUM, TotalsBar, totals
from mineaction_desktop.ui.entry.visibility import is_hidden, set_shown
from mineaction_desktop.ui.headings import heading_width
from mineaction_desktop.ui.theme import space

ADD = mark("Add a row (F3)")
DELETE = mark("Delete the row (F4)")
DETAILS = mark("Further fields of the row (Alt+Enter)")
ROWS, ROWS_MANY = mark("{n} row"), mark("{n} rows")
PASTED = mark("{rows} pasted.")
UNREAD, UNREAD_MANY = (
    mark("{n} cell cannot be read: it is marked and waits to be corrected."),
    mark("{n} cells cannot be read: they are marked and wait to be corrected."),
)

MOST_SHOWN = 14
"""How many rows are in sight before the table scrolls by itself."""


class ChildGrid(QWidget):
    """Shows the rows of one group of the draft."""

    left = Signal(bool)
    """The cursor leaves, downwards or upwards."""

    moved = Signal(object)
    """The cursor stands at another :class:`Spot`."""

    def __init__(
        self,
        draft: Draft,
        group: Group,
        catalogue: Catalogue,
        make_scene: Callable[[Callable[[], str]], FieldScene],
        carried: Carried,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._draft, self.group, self._catalogue = draft, group, catalogue
        self._scene = make_scene(lambda: self.table.row)
        self._carried = carried
        self.model = GridModel(draft, group.kind, self._scene, self)
        self.table = GridTable(draft, self.model, self._scene, carried, self)
        self._room, self._form_room = -1, WIDEST
        self.is_shown = True
        self._lay_out()
        self.table.left.connect(self._on_left_table)
        self.table.moved.connect(self._on_moved)
        self._details.left.connect(self._on_left_details)
        self.follow(Change(orders=frozenset({group.kind})))

    # looks

    def _lay_out(self) -> None:
        desk = self._scene.desk
        self.setAccessibleName(self._scene.word(self.group.form.plural))
        self.table.setAccessibleName(self._scene.word(self.group.form.plural))
        self._empty = EmptyLine(desk, self)
        self._empty.clicked.connect(self.insert_row)
        self._empty.typed.connect(self._begin_row)
        self.sums = TotalsBar(desk, self.table.horizontalHeader(), self)
        self.problem = ProblemLine(desk, self)
        self.said = QLabel(self)
        self.said.setProperty("role", "soft")
        self.said.setWordWrap(True)
        self._details = RowDetails(desk, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, space(4), 0, space(4))
        column.setSpacing(space(4))
        column.addWidget(self._empty)
        column.addWidget(self.table)
        column.addWidget(self.sums)
        column.addLayout(self._bottom())
        column.addWidget(self._details)

    def _bottom(self) -> QHBoxLayout:
        self._add = self._button("plus", ADD, self.insert_row)
        self._delete = self._button("trash-2", DELETE, self.delete_rows)
        self._more = self._button("square-pen", DETAILS, self.toggle_details)
        bottom = QHBoxLayout()
        bottom.setSpacing(space(4))
        bottom.addWidget(self.said)
        bottom.addWidget(self.problem, 1)
        bottom.addStretch()
        for button in (self._add, self._delete, self._more):
            bottom.addWidget(button)
        return bottom

    def _button(self, icon: str, words: str, act: Callable[[], object]) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icons.icon(icon))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setToolTip(self._scene.desk.say(words))
        button.setAccessibleName(self._scene.desk.say(words))
        button.clicked.connect(act)
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._choose_columns()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange}:
            self._room = -1
            self._choose_columns()

    def fit(self, room: int) -> None:
        """Make the best of the width of the form."""
        self._form_room = room
        self._details.fit(room)

    def _choose_columns(self, *, at_once: bool = False) -> None:
        """Give the fields that fit a column each, ``at_once`` also if nobody sees them yet."""
        digit = self.fontMetrics().horizontalAdvance("0")
        room = self.width() - ROW_NUMBER * digit - space(4)
        if self.model.rowCount() > MOST_SHOWN:
            room -= self.table.verticalScrollBar().sizeHint().width()
        is_seen = at_once or self.isVisible()
        if room == self._room or self.table.editor is not None or not is_seen:
            return
        self._room = room
        own = own_fields(self.group, self._draft.sheet.form)
        width = widths(own, self._label_widths(own), digit)
        fields = choose_columns(self.group, self._draft.sheet.form, self._catalogue, room, width)
        if fields != self.model.fields:
            spot = self.table.spot
            self.model.show_columns(fields)
            if spot is not None:
                self._put_cursor(spot)
            self._build_details()
            self._tell()
        self.table.verticalHeader().setFixedWidth(ROW_NUMBER * digit)
        for at, wide in enumerate(grown(fields, width, room).values()):
            self.table.setColumnWidth(at, wide)
        self._fit()

    def _label_widths(self, fields: list[Field]) -> dict[str, int]:
        labels = {field.name: f"{self._scene.word(field.label)} *" for field in fields}
        return {name: heading_width(text, self.font()) for name, text in labels.items()}

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._choose_columns()

    def _fit(self) -> None:
        """Make the table as high as its rows, up to a limit."""
        height = self.fontMetrics().height() + space(12)
        self.table.verticalHeader().setDefaultSectionSize(height)
        rows = min(max(self.model.rowCount(), 1), MOST_SHOWN)
        head = self.table.horizontalHeader().sizeHint().height()
        bar = self.table.horizontalScrollBar()
        scroll = bar.sizeHint().height() if bar.maximum() > 0 else 0
        self.table.setFixedHeight(head + rows * height + scroll + 4)

    # from the draft to the eye

    def follow(self, change: Change) -> None:
        """Draw what a change has touched."""
        kind = self.group.kind
        if kind in change.orders:
            self.model.follow_order()
            self._choose_columns()
            self._fit()
        for row in change.rows:
            if row and self._draft.sheet.kind_of(row) == kind:
                self.model.follow_row(row)
        if "" in change.rows:
            self.model.follow_all()
        for line in self._details.rows:
            if self.table.row and not is_hidden(self._details):
                if change.cells & set(line.spots()):
                    line.show_values()
                line.refresh(told_all=self.model.tells_all)
        self._tell()

    def _tell(self) -> None:
        rows = self.model.rowCount()
        writable = not self.table.is_read_only
        set_shown(self._empty, shown=rows == 0)
        if rows == 0 and self.table.has_cursor():  # Qt would look for a place by itself
            self._empty.setFocus(Qt.FocusReason.OtherFocusReason)
        for widget, wanted in (
            (self.table, True),
            (self.said, True),
            (self._more, True),
            (self._add, writable),
            (self._delete, writable),
        ):
            set_shown(widget, shown=wanted and rows > 0)
        desk = self._scene.desk
        self.said.setText(desk.count(ROWS, ROWS_MANY, rows) if rows else "")
        sums = totals(self._draft, self.group.kind, self.model.fields, desk)
        by_column = {self.model.column_of(name): text for name, text in sums.items()}
        labels = {at: self._scene.word(self.model.fields[at].label) for at in by_column}
        is_ledger = SIGNS.get(self.group.kind, ("",))[0] in sums
        self.sums.show_sums(by_column, labels, desk.say(BALANCE if is_ledger else SUM))
        self._tell_problem()

    def _tell_problem(self) -> None:
        """Say in words what is wrong with the cell, or with the row."""
        index = self.table.currentIndex()
        if not index.isValid():
            self.problem.tell([])
            return
        found = self.model.problems(index)
        if not found:
            others = (index.siblingAtColumn(i) for i in range(self.model.columnCount()))
            found = [one for other in others for one in self.model.problems(other)]
            found += self._draft.facts(self.table.row).of_field("")
        self.problem.tell(found)

    def start_anew(self) -> None:
        """Show the rows of another record."""
        self.model.tells_all = False
        self._details.hide()
        self.table.close_editor(keep=False)
        self.table.setCurrentIndex(self.model.index(-1, -1))
        self.follow(Change(orders=frozenset({self.group.kind}), cells=frozenset({Spot("")})))

    def tell_all(self) -> None:
        """Say of every empty cell that it must be filled in, also where the cursor is."""
        self.model.tells_all = True
        self.model.follow_all()
        self._tell_problem()

    def set_read_only(self, *, read_only: bool) -> None:
        """Let the person look and copy only."""
        self.table.is_read_only = read_only
        self._empty.set_read_only(read_only=read_only)
        for line in self._details.rows:
            line.editor.set_read_only(on=read_only)
        self._tell()

    # the cursor

    def spot(self) -> Spot | None:
        """Where the cursor is, if it is here."""
        focus = self.focusWidget()
        for line in self._details.rows:
            if focus is not None and line.isAncestorOf(focus):
                return line.spot
        return self.table.spot if self.table.has_cursor() else None

    def take_focus(self, reason: Qt.FocusReason = Qt.FocusReason.TabFocusReason) -> None:
        """Put the cursor into the first cell, or into the last for those who come backwards."""
        rows, columns = self.model.rowCount(), self.model.columnCount()
        if not rows:
            self._empty.setFocus(reason)
            return
        backwards = reason == Qt.FocusReason.BacktabFocusReason
        self.table.go_to(rows - 1 if backwards else 0, max(columns - 1, 0) if backwards else 0)
        self.table.setFocus(reason)

    def go_to(self, spot: Spot) -> bool:
        """Put the cursor at a field of a row; whether it is one of this group."""
        if not spot.row or self.model.position(spot.row) < 0:
            return False
        self._choose_columns()
        self._put_cursor(spot)
        if spot.field and self.model.column_of(spot.field) < 0:
            self.show_details()
            line = self._details.line_of(spot)
            if line is not None:
                line.take_focus(Qt.FocusReason.OtherFocusReason)
                return True
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _put_cursor(self, spot: Spot) -> None:
        column = max(self.model.column_of(spot.field), 0)
        if (row := self.model.position(spot.row)) >= 0:
            self.table.go_to(row, column)

    def _on_moved(self) -> None:
        if self.table.row and not is_hidden(self._details):
            self._details.show_row(self.table.row, self.table.currentIndex().row() + 1)
        self._tell_problem()
        if (spot := self.table.spot) is not None:
            self.moved.emit(spot)

    def _on_left_table(self, forward: bool) -> None:  # noqa: FBT001 - sent by a signal
        self.left.emit(forward)

    def leave(self) -> None:
        """The cursor has gone: take over what is typed, and forget a new row without content."""
        self.table.close_editor()
        row = self.table.row
        if row:
            self._draft.drop_untouched(self.group.kind, row)
        self.model.enter_row("")
        self._tell_problem()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's own names
        self.left.emit(next)
        return True

    # rows

    def insert_row(self) -> None:
        """Put a new row below the cursor, or the first one."""
        if self.table.is_read_only:
            return
        at = self.table.currentIndex()
        after = at.row() if at.isValid() and self.table.has_cursor() else None
        if after is not None and self._draft.is_untouched(self.table.row):
            return
        self._tell_there_are_rows()
        self.table.add_row(after)

    def _begin_row(self, event: QKeyEvent) -> None:
        if not self.table.is_read_only:
            self._tell_there_are_rows()
            self.table.begin_row(event)

    def _tell_there_are_rows(self) -> None:
        """Show the table before its first row comes: a hidden one cannot have the cursor."""
        self._empty.hide()
        self.table.show()
        self._choose_columns(at_once=not self.model.fields)  # the cursor needs a cell to go to

    def delete_rows(self) -> None:
        """Take the rows with selected cells away; undo brings them back."""
        chosen = self.table.selected_rows()
        if not chosen or self.table.is_read_only:
            return
        self.table.close_editor(keep=False)
        column = self.table.currentIndex().column()
        self._draft.delete_rows(self.group.kind, [self.model.row_id(at) for at in chosen])
        rows = self.model.rowCount()
        if rows:
            self.table.go_to(min(chosen[0], rows - 1), column)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._empty.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_from_above(self) -> None:
        """Fill the cell with the value of the row above."""
        spot, at = self.spot(), self.table.currentIndex().row()
        if spot is not None and at > 0 and not self.table.is_read_only:
            self.table.close_editor(keep=False)
            above = Spot(spot.field, self.model.row_id(at - 1))
            self._draft.commit({spot: self._draft.value(above)})

    def edit_note(self) -> None:
        """Write a note on the cell, in the pane for the row."""
        spot = self.spot()
        if spot is not None and not self.table.is_read_only:
            self.show_details(with_field=spot.field)
            line = self._details.line_of(spot)
            if line is not None:
                line.edit_note()

    def move_row(self, way: int) -> None:
        """Put the row one place up or down."""
        at = self.table.currentIndex()
        to = at.row() + way
        if at.isValid() and 0 <= to < self.model.rowCount() and not self.table.is_read_only:
            self.table.close_editor()
            self._draft.move_row(self.group.kind, self.model.row_id(at.row()), to)
            self.table.go_to(to, at.column())

    # the pane for one row

    def toggle_details(self) -> None:
        """Open the pane for the row where the cursor is, or close it."""
        if is_hidden(self._details):
            self.show_details()
            self._details.take_focus()
        else:
            self._details.hide()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_details(self, *, with_field: str = "") -> None:
        """Open the pane for the row where the cursor is."""
        if not self.table.row and self.model.rowCount():
            self.table.go_to(0, 0)
        if self.table.row:
            self.table.close_editor()
            self._build_details(with_field)
            self._details.show()
            self._details.show_row(self.table.row, self.table.currentIndex().row() + 1)

    def _build_details(self, with_field: str = "") -> None:
        """Make the lines of the fields without a column, and of one that was asked for."""
        shown = {field.name for field in self.model.fields} - {with_field}
        wanted = [
            field
            for field in own_fields(self.group, self._draft.sheet.form)
            if field.name not in shown
        ]
        if not self.table.row or [line.editor.field for line in self._details.rows] == wanted:
            return
        self._details.build(wanted, self._line)
        self._details.fit(self._form_room)

    def _line(self, field: Field) -> FieldRow:
        make = partial(single_editor, field, self._scene)
        line = FieldRow(self._draft, make, self.table.row, self._details)
        line.editor.set_read_only(on=self.table.is_read_only)
        return line

    def _on_left_details(self, forward: bool) -> None:  # noqa: FBT001 - sent by a signal
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if forward:
            self.table.go_to(self.table.currentIndex().row(), self.model.columnCount() - 1)
            self.table.step(forward=True)

    # the clipboard and the keys

    def copy(self) -> None:
        """Put the selected cells on the clipboard, as text for a spreadsheet."""
        text = grid_clipboard.copied(self.table, self._draft, self._scene)
        QGuiApplication.clipboard().setText(text)

    def paste(self) -> None:
        """Take over a table from the clipboard, from the cursor on."""
        text = QGuiApplication.clipboard().text()
        if not text or self.table.is_read_only:
            return
        self._tell_there_are_rows()
        carried: Mapping[str, object] = self._carried(self.table.row) if self.table.row else {}
        pasted = grid_clipboard.paste(self.table, self._draft, self._scene, text, carried)
        desk = self._scene.desk
        words = [desk.say(PASTED, rows=desk.count(ROWS, ROWS_MANY, pasted.rows))]
        if pasted.unread:
            words.append(desk.count(UNREAD, UNREAD_MANY, pasted.unread))
        if pasted.left:
            words.append(desk.count(LEFT, LEFT_MANY, pasted.left))
        if self.model.rowCount() and not self.table.currentIndex().isValid():
            self.table.go_to(0, 0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, lambda: self.said.setText(" ".join(words)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.matches(QKeySequence.StandardKey.Cut):
            self.copy()
            self.table.clear_selected()
        elif alt and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.toggle_details()
        elif alt and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.move_row(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)
