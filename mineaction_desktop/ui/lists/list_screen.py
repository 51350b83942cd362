"""The records of one kind: found, sorted, chosen and worked on, with the keyboard alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from mineaction_desktop.i18n import mark
from mineaction_desktop.services import browsing
from mineaction_desktop.services.browsing import ListQuery, Totals
from mineaction_desktop.services.editing import Changes
from mineaction_desktop.ui import icons
from mineaction_desktop.ui.desk import Session
from mineaction_desktop.ui.lines import ShortenedLabel
from mineaction_desktop.ui.lists.actions import Actions
from mineaction_desktop.ui.lists.columns_dialog import ColumnsDialog
from mineaction_desktop.ui.lists.empty import EmptyState
from mineaction_desktop.ui.lists.filter_bar import FilterBar
from mineaction_desktop.ui.lists.filter_dialog import FilterDialog
from mineaction_desktop.ui.lists.footer import Footer
from mineaction_desktop.ui.lists.model import RecordModel
from mineaction_desktop.ui.lists.view import RecordView
from mineaction_desktop.ui.lists.widths import Wish, shared, wish
from mineaction_desktop.ui.lists.wording import chip_text
from mineaction_desktop.ui.paper_printing import print_blank
from mineaction_desktop.ui.parts import large, lead
from mineaction_desktop.ui.screen import Handlers, Screen
from mineaction_desktop.ui.theme import is_short, space

NEW = mark("New record")
ROWS = mark("{title}: use the arrow keys, Enter opens a record, letters search.")
SAME = mark("Filter by this value")
ASCENDING, DESCENDING = mark("Sort from first to last"), mark("Sort from last to first")
HIDE_COLUMN = mark("Hide this column")
USUAL_SORT = (("local_id", True),)


class ListScreen(Screen):
    """A list of all records of a kind; it remembers its columns, widths, order and filters."""

    def __init__(self, session: Session, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.desk = session.desk
        self.form = session.catalogue.form(kind)
        self.key = f"list:{kind}"
        self.query = ListQuery(kind, self._usual_columns(), USUAL_SORT)
        self.model = RecordModel(session, self.query, self)
        self.actions_ = Actions(self)
        self._widths: dict[str, int] = {}
        self._wishes: list[Wish] = []
        self._wanted_row: int | None = None
        self._build()
        self._connect()
        self.destroyed.connect(self.model.close)
        self._ask()

    def _usual_columns(self) -> tuple[str, ...]:
        named = [name for name in self.form.list_columns if name in self.form.fields]
        return tuple(dict.fromkeys((*named, "review_state")))

    # what the window asks

    def title(self) -> str:
        """The name of the kind in the plural."""
        return self.desk.words.gettext(self.form.plural)

    def handlers(self) -> Handlers:
        """Everything that can be done with the records of a list."""
        acts = self.actions_
        found = {
            "list.filter": self.filter_bar.take_focus,
            "list.add_filter": self.add_filter,
            "list.columns": self.choose_columns,
            "list.select_all": self.view.selectAll,
            "list.copy": acts.copy,
            "list.export": acts.export,
            "list.print": acts.print_list,
            "list.print_form": lambda: print_blank(self, self.session, self.form.kind),
            "record.print": acts.print_list,
        }
        if self.session.store.is_writable:
            found |= {
                "record.new": acts.new,
                "record.duplicate": acts.duplicate,
                "record.hide": acts.hide,
                "list.paste": acts.paste,
                "list.bulk_edit": acts.bulk_edit,
                "list.verify": acts.verify,
                "list.accept": acts.accept,
                "list.unhide": acts.unhide,
                "record.undo": acts.undo,
            }
        return found

    def place_focus(self) -> None:
        """Into the rows, where the person left them."""
        self.view.setFocus()

    def save_state(self) -> object:
        """Columns, widths, order, conditions, and those kept under a name."""
        plain = browsing.plain_query(self.form, self.query)
        return {
            "columns": list(self.query.columns),
            "widths": self._widths,
            "query": plain,
            "saved": dict(self.filter_bar.saved),
        }

    def restore_state(self, state: object) -> None:
        """Take up what was remembered, as far as the form still has it."""
        if not isinstance(state, Mapping):
            return
        known = {column.name for column in browsing.columns_of(self.form)}
        columns = tuple(name for name in state.get("columns", ()) if name in known)
        self._widths = {
            str(name): int(width)
            for name, width in dict(state.get("widths", {})).items()
            if isinstance(width, int)
        }
        self.filter_bar.saved = dict(state.get("saved", {}))
        kept = state.get("query", {})
        query = replace(self.query, columns=columns or self.query.columns)
        if isinstance(kept, Mapping):
            query = browsing.query_from(self.form, query, {**kept, "hidden": False})
        self.query = replace(query, sort=query.sort or USUAL_SORT)
        self._ask()
        self._take_widths()

    # the parts

    def _build(self) -> None:
        desk = self.desk
        self.heading = ShortenedLabel()
        self.heading.setText(self.title())
        lead(self.heading)
        self.new_button = QPushButton(desk.say(NEW))
        self.new_button.setAccessibleName(desk.say(NEW))
        self.new_button.setToolTip(desk.say(NEW))
        self.new_button.setProperty("kind", "primary")
        self.new_button.setIcon(icons.icon("plus", "accent_text"))
        if not self.session.store.is_writable:
            self.new_button.hide()  # one that is shown before it stands in a screen is a window
        self._head = QHBoxLayout()
        self._head.setSpacing(space(8))
        self._head.addWidget(self.heading, 1)
        self._head.addWidget(self.new_button)
        self.filter_bar = FilterBar(desk)
        self.view = RecordView()
        self.view.setModel(self.model)
        self.view.setAccessibleName(desk.say(ROWS, title=self.title()))
        self.empty = EmptyState(desk, self.form)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.empty)
        self.footer = Footer(desk)
        self._whole = QVBoxLayout(self)
        self._whole.addLayout(self._head)
        self._whole.addWidget(self.filter_bar)
        self._whole.addWidget(self.stack, 1)
        self._whole.addWidget(self.footer)
        self._give_way()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_way()

    def _give_way(self) -> None:
        """Title, search and button share a line where the window is low."""
        short = is_short(self)
        edge = space(4 if short else 8)
        self._whole.setContentsMargins(space(12), edge, space(12), edge)
        self._whole.setSpacing(edge)
        self.heading.setFont(large("", 1.1 if short else 1.35).font())
        is_beside = self._head.indexOf(self.filter_bar) >= 0
        if short and not is_beside:
            self._head.insertWidget(1, self.filter_bar, 2)
        elif is_beside and not short:
            self._whole.insertWidget(1, self.filter_bar)
        self.new_button.setText("" if short else self.desk.say(NEW))

    def _connect(self) -> None:
        bar, view, acts = self.filter_bar, self.view, self.actions_
        self.new_button.clicked.connect(acts.new)
        self.empty.new_wanted.connect(acts.new)
        self.empty.clear_wanted.connect(self.clear_filters)
        bar.searched.connect(lambda text: self.narrow(text=text))
        bar.add_wanted.connect(self.add_filter)
        bar.change_wanted.connect(self.change_filter)
        bar.removed.connect(self.remove_filter)
        bar.cleared.connect(self.clear_filters)
        bar.hidden_wanted.connect(lambda on: self.narrow(show_hidden=on))
        bar.left.connect(self._enter_rows)
        bar.recalled.connect(self._recall)
        view.opened.connect(acts.open)
        view.typed.connect(bar.take_focus)
        view.hide_wanted.connect(acts.hide)
        view.sort_wanted.connect(self.sort)
        view.move_wanted.connect(self._move_column)
        view.pulled.connect(self._on_pulled)
        view.room_changed.connect(self._share_room)
        view.customContextMenuRequested.connect(self._show_menu)
        head = view.horizontalHeader()
        head.sectionClicked.connect(self._sort_again)
        head.sectionMoved.connect(self._take_order)
        view.selectionModel().selectionChanged.connect(
            lambda *_: self.footer.tell_chosen(self.view.chosen())
        )
        self.model.modelAboutToBeReset.connect(self._before_reset)
        self.model.modelReset.connect(self._after_reset)
        self.model.loaded.connect(self._after_load)
        self.model.counted.connect(self._tell_totals)
        self.model.failed.connect(self.session.trouble)
        self.session.changed.connect(self._on_changed)

    # asking

    def narrow(self, **fields: Any) -> None:  # noqa: ANN401 - the fields of a ListQuery
        """Ask for something else; what is not named stays as it was."""
        wanted = replace(self.query, **fields)
        if wanted != self.query:
            self.query = wanted
            self._ask()

    def _ask(self) -> None:
        self.footer.tell_counting()
        self.filter_bar.show_state(
            self.query.text,
            self._chips(),
            hidden=self.query.show_hidden,
            now=browsing.plain_query(self.form, self.query),
        )
        self.model.show(self.query)
        self._show_order()

    def _chips(self) -> list[str]:
        words = self.desk.words
        found = []
        for one in self.query.filters:
            column = browsing.column(self.form, one.field, words)
            linked = browsing.names_in(self.session.store, self.model.names, column.field, one)
            found.append(chip_text(self.desk, column, one, linked))
        return found

    def add_filter(self) -> None:
        """Ask for a condition; it starts with the column that the keyboard is in."""
        dialog = FilterDialog(self.desk, self._all_columns(), None, self)
        dialog.choose(self._current_column())
        if dialog.exec() and dialog.filter is not None:
            self.narrow(filters=(*self.query.filters, dialog.filter))

    def change_filter(self, place: int) -> None:
        """Ask again for a condition that stands."""
        filters = list(self.query.filters)
        dialog = FilterDialog(self.desk, self._all_columns(), filters[place], self)
        if dialog.exec() and dialog.filter is not None:
            filters[place] = dialog.filter
            self.narrow(filters=tuple(filters))

    def remove_filter(self, place: int) -> None:
        """Take one condition away."""
        filters = self.query.filters
        self.narrow(filters=(*filters[:place], *filters[place + 1 :]))
        self.place_focus()

    def clear_filters(self) -> None:
        """Show all records again."""
        self.narrow(filters=(), text="", show_hidden=False)
        self.place_focus()

    def _recall(self, kept: object) -> None:
        if isinstance(kept, Mapping):
            self.query = browsing.query_from(self.form, self.query, kept)
            self._ask()
            self.place_focus()

    def _current_column(self) -> str:
        section = self.view.currentIndex().column()
        return self.query.columns[section] if 0 <= section < len(self.query.columns) else ""

    def _all_columns(self) -> list[browsing.Column]:
        return browsing.columns_of(self.form, self.desk.words)

    # order and columns

    def sort(self, section: int, descends: bool) -> None:  # noqa: FBT001 - a signal brings it
        """Order the list by a column."""
        column = self.model.columns[section]
        if column.can_sort:
            self.narrow(sort=((column.name, descends),))

    def _sort_again(self, section: int) -> None:
        name = self.query.columns[section]
        known = dict(self.query.sort)
        self.sort(section, name in known and not known[name])
        self._show_order()

    def _show_order(self) -> None:
        head = self.view.horizontalHeader()
        name, descends = self.query.sort[0] if self.query.sort else ("", False)
        order = Qt.SortOrder.DescendingOrder if descends else Qt.SortOrder.AscendingOrder
        section = self.query.columns.index(name) if name in self.query.columns else -1
        head.setSortIndicator(section, order)

    def choose_columns(self) -> None:
        """Ask which columns to show."""
        dialog = ColumnsDialog(
            self.desk, self._all_columns(), self.query.columns, self._usual_columns(), self
        )
        if dialog.exec():
            self._show_columns(dialog.shown())

    def _show_columns(self, columns: tuple[str, ...]) -> None:
        self.narrow(columns=columns)

    def _move_column(self, section: int, step: int) -> None:
        columns = list(self.query.columns)
        if 0 <= section + step < len(columns):
            row = self.view.currentIndex().row()
            columns.insert(section + step, columns.pop(section))
            self._show_columns(tuple(columns))
            self.view.go_to(max(row, 0), section + step)

    def _take_order(self) -> None:
        """A heading was dragged: the query takes the order, the header its own again."""
        head = self.view.horizontalHeader()
        order = [head.logicalIndex(place) for place in range(head.count())]
        if order != sorted(order):
            columns = tuple(self.query.columns[section] for section in order)
            head.blockSignals(True)  # noqa: FBT003 - Qt's own
            for place in range(head.count()):
                head.moveSection(head.visualIndex(place), place)
            head.blockSignals(False)  # noqa: FBT003 - Qt's own
            self._show_columns(columns)

    def _on_pulled(self, section: int, width: int) -> None:
        self._widths[self.query.columns[section]] = width

    def _take_widths(self) -> None:
        """Share the room by what stands in the columns; widths that a person gave stay."""
        view, columns = self.view, self.model.columns
        self._wishes = [
            wish(column.field, view.headings.least(at), view.widest(at))
            for at, column in enumerate(columns)
        ]
        self._share_room()

    def _share_room(self) -> None:
        names = self.query.columns
        if len(self._wishes) != len(names):
            return  # nothing has been listed yet
        given = [self._widths.get(name, 0) for name in names[:-1]] + [0]
        free = [one for one, width in zip(self._wishes, given, strict=True) if not width]
        found = iter(shared(free, self.view.room() - sum(given)))
        self.view.share([width or next(found) for width in given])

    # rows that come and go

    def _before_reset(self) -> None:
        if self.model.rowCount():
            self._wanted_row = self.model.key(self.view.currentIndex().row())

    def _after_reset(self) -> None:
        has_rows = self.model.rowCount() > 0
        if has_rows:
            self._take_widths()
            self.view.go_to(max(self.model.place_of(self._wanted_row), 0))
        self._show_order()
        if has_rows:
            self.stack.setCurrentWidget(self.view)

    def _after_load(self) -> None:
        if not self.model.rowCount():
            is_narrow = bool(self.query.filters or self.query.text)
            self.empty.tell(is_narrow=is_narrow, can_write=self.session.store.is_writable)
            has_focus = self.view.hasFocus()
            self.stack.setCurrentWidget(self.empty)
            if has_focus:
                self.empty.place_focus()
        elif self.stack.currentWidget() is self.empty:
            self.stack.setCurrentWidget(self.view)
        if not self.view.currentIndex().isValid() and self.model.rowCount():
            self.view.go_to(0)

    def _tell_totals(self, totals: object) -> None:
        if isinstance(totals, Totals):
            self.footer.tell(totals, self.model.columns)

    def _on_changed(self, changes: object) -> None:
        if isinstance(changes, Changes):
            self.model.refresh(changes)

    def _enter_rows(self) -> None:
        if self.stack.currentWidget() is self.empty:
            self.empty.place_focus()
        else:
            self.view.setFocus()

    def _show_menu(self, place: QPoint) -> None:
        index = self.view.indexAt(place)
        if not index.isValid():
            return
        desk, menu = self.desk, QMenu(self)
        menu.addAction(desk.say(SAME), self.filter_by_cell)
        menu.addAction(desk.say(ASCENDING), lambda: self.sort(index.column(), descends=False))
        menu.addAction(desk.say(DESCENDING), lambda: self.sort(index.column(), descends=True))
        menu.addAction(desk.say(HIDE_COLUMN), lambda: self._hide_column(index.column()))
        menu.addSeparator()
        self.actions_.fill_menu(menu)
        menu.exec(self.view.viewport().mapToGlobal(place))

    def _hide_column(self, section: int) -> None:
        columns = self.query.columns
        if len(columns) > 1:
            self._show_columns((*columns[:section], *columns[section + 1 :]))

    def filter_by_cell(self) -> None:
        """Show only records that have the value of this cell."""
        row = self.model.record(self.view.currentIndex().row())
        name = self._current_column()
        if row is not None and name:
            wanted = browsing.same_value(self.form, name, row.values.get(name))
            self.narrow(filters=(*self.query.filters, wanted))
