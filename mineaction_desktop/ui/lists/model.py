"""The rows of a list as Qt asks for them: numbers of rows first, what stands in them by page."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.i18n import mark
from mineaction_desktop.services import browsing
from mineaction_desktop.services.browsing import PAGE, Column, ListQuery, ListRow, Names, Totals
from mineaction_desktop.services.editing import Changes
from mineaction_desktop.services.progress import Progress
from mineaction_desktop.services.searching import catch_up
from mineaction_desktop.ui.desk import Session
from mineaction_desktop.ui.jobs import Cancelled, Job, Jobs
from mineaction_desktop.ui.lists.cells import cell_text, is_number
from mineaction_desktop.ui.lists.stopping import stopper
from mineaction_desktop.ui.theme import current

UNREADABLE = mark("cannot be read")
HIDDEN = mark("{text} (deleted)")

_PAGES = 60
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class RecordModel(QAbstractTableModel):
    """Records of one kind that answer a query; what is shown stays until there is better.

    Rows are listed in the background, the latest question only; a page is read when it is seen.
    """

    loaded = Signal()
    """All rows are known."""

    counted = Signal(object)
    """:class:`Totals` of all rows."""

    failed = Signal(object)
    """``UserError``: the rows could not be listed or read."""

    def __init__(self, session: Session, query: ListQuery, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._form = session.catalogue.form(query.kind)
        self.names = Names(session.catalogue, session.desk.words)
        self._jobs = Jobs()
        self._job: Job | None = None
        self._query = query
        self._columns = self._columns_of(query)
        self._rows: array[int] = array("q")
        self._pages: OrderedDict[int, dict[int, ListRow | None]] = OrderedDict()
        self._is_complete = False
        self._has_failed = False
        self._is_closed = False

    @property
    def query(self) -> ListQuery:
        """What the list shows."""
        return self._query

    @property
    def columns(self) -> list[Column]:
        """The columns, in the order in which they are shown."""
        return self._columns

    @property
    def is_complete(self) -> bool:
        """Whether all rows are listed already."""
        return self._is_complete

    def show(self, query: ListQuery) -> None:
        """Show the answer to another question as soon as it is there."""
        if query.columns != self._query.columns:
            self.beginResetModel()
            self._query = query
            self._columns = self._columns_of(query)
            self._pages.clear()
            self.endResetModel()
        self._query = query
        self._list(at_once=browsing.has_order(query))

    def refresh(self, changes: Changes) -> None:
        """Show what has been changed, and records that are new or gone."""
        self.names.forget(changes.touched)
        own = self._query.kind in changes.touched
        linked = {column.field.link for column in self._columns} & changes.touched.keys()
        if own or linked:
            self._forget_pages()
        if own or (self._query.text and linked):
            self._list(at_once=False)

    def close(self) -> None:
        """Stop what is still being listed; what comes late is thrown away."""
        self._is_closed = True
        self._jobs.close()

    def _columns_of(self, query: ListQuery) -> list[Column]:
        words = self._session.desk.words
        return [browsing.column(self._form, name, words) for name in query.columns]

    # what Qt asks

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt takes anything
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = "AlignRight" if self._is_number(index.column()) else "AlignLeft"
            return getattr(Qt.AlignmentFlag, side) | Qt.AlignmentFlag.AlignVCenter
        if role in _TEXT_ROLES:
            return self._text(index, role)
        if role in {Qt.ItemDataRole.ForegroundRole, Qt.ItemDataRole.FontRole}:
            row = self.record(index.row())
            if row is not None and row.is_hidden:
                return _hidden_look(role)
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # noqa: ANN401 - Qt takes anything
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        if not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            unit = column.field.unit
            return f"{column.label} ({unit})" if unit else column.label
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._session.desk.words.gettext(column.field.help) if column.field.help else ""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = "AlignRight" if self._is_number(section) else "AlignLeft"
            return getattr(Qt.AlignmentFlag, side) | Qt.AlignmentFlag.AlignVCenter
        return None

    def _is_number(self, section: int) -> bool:
        return is_number(self._columns[section].field)

    def _text(self, index: _Index, role: int) -> str:
        row = self.record(index.row())
        desk = self._session.desk
        if row is None:
            return desk.say(UNREADABLE) if index.column() == 0 else ""
        text = cell_text(desk, self._columns[index.column()], row)
        is_said = role == Qt.ItemDataRole.AccessibleTextRole
        return desk.say(HIDDEN, text=text) if row.is_hidden and is_said else text

    # rows and records

    def record(self, row: int) -> ListRow | None:
        """What stands in a row; nothing if it cannot be read."""
        start = row - row % PAGE
        page = self._pages.get(start)
        if page is None:
            page = self._pages[start] = self._read(self._rows[start : start + PAGE])
            if len(self._pages) > _PAGES:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(start)
        return page.get(self._rows[row])

    def keys(self, ranges: Sequence[tuple[int, int]]) -> array[int]:
        """The numbers of rows from first to last of each range: eight bytes for each."""
        found = array("q")
        for first, last in ranges:
            found.extend(self._rows[first : last + 1])
        return found

    def record_ids(self, ranges: Sequence[tuple[int, int]]) -> Iterator[str]:
        """The ids of the records in some ranges of rows."""
        return browsing.record_ids(self._session.store, self._query.kind, self.keys(ranges))

    def find(self, record_id: str) -> int:
        """The row of a record, or -1."""
        found = browsing.rows_of(self._session.store, self._query.kind, [record_id])
        return self._place_of(found.get(record_id))

    def neighbour(self, record_id: str, way: int) -> str | None:
        """The record so many rows below another; nothing at the ends, or if it is not listed."""
        row = self.find(record_id)
        key = self.key(row + way) if row >= 0 else None
        if key is None:
            return None
        return next(browsing.record_ids(self._session.store, self._query.kind, [key]), None)

    def key(self, row: int) -> int | None:
        """The number by which a row can be found again."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def _place_of(self, key: int | None) -> int:
        try:
            return -1 if key is None else self._rows.index(key)
        except ValueError:
            return -1

    def place_of(self, key: int | None) -> int:
        """Where a row stands now, or -1."""
        return self._place_of(key)

    def _read(self, keys: Sequence[int]) -> dict[int, ListRow | None]:
        store, query = self._session.store, self._query
        try:
            return dict(browsing.page(store, self.names, query, keys))
        except UserError as error:
            if len(keys) > 1:  # one record that cannot be read must not hide the others
                found: dict[int, ListRow | None] = {}
                for key in keys:
                    found |= self._read([key])
                return found
            self._tell(error)
            return {}

    def _tell(self, error: UserError) -> None:
        """Say once what is wrong; a list asks again with every paint."""
        if not self._has_failed:
            self._has_failed = True
            self.failed.emit(error)

    # listing

    def _list(self, *, at_once: bool) -> None:
        if self._job is not None:
            self._job.cancel()
        query, session = self._query, self._session
        words = session.desk.words
        self._is_complete = self._has_failed = False
        if at_once:
            self._jobs.do(
                lambda _: browsing.first_rows(session.store, session.catalogue, query, words),
                lambda found: self._take_first(query, found),
                self._fail,
            )
        self._job = self._jobs.do(
            lambda report: _everything(session, query, report),
            lambda found: self._take_all(query, found),
            self._fail,
        )

    def _take_first(self, query: ListQuery, found: object) -> None:
        is_wanted = query is self._query and not self._is_complete and not self._is_closed
        if is_wanted and isinstance(found, array):
            self._put(found)

    def _take_all(self, query: ListQuery, found: object) -> None:
        if query is not self._query or self._is_closed or not isinstance(found, tuple):
            return
        rows, totals = found
        self._is_complete = True
        self._put(rows)
        self.loaded.emit()
        self.counted.emit(totals)

    def _fail(self, error: object) -> None:
        if self._is_closed:
            return
        if isinstance(error, UserError):
            self._tell(error)
        elif isinstance(error, BaseException):
            raise error

    def _put(self, rows: array[int]) -> None:
        """Take other rows, by the smallest change that Qt must hear of."""
        old, grown = self._rows, len(rows) - len(self._rows)
        if rows == old:
            return
        self._pages.clear()
        if old and grown > 0 and rows[: len(old)] == old:
            self._insert(len(old), rows)
        elif old and grown > 0 and rows[grown:] == old:
            self._insert(0, rows)
        else:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def _insert(self, place: int, rows: array[int]) -> None:
        grown = len(rows) - len(self._rows)
        self.beginInsertRows(QModelIndex(), place, place + grown - 1)
        self._rows = rows
        self.endInsertRows()

    def _forget_pages(self) -> None:
        self._pages.clear()
        if self._rows and self._columns:
            last = self.index(len(self._rows) - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


_TEXT_ROLES = frozenset(
    {
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
    }
)


def _hidden_look(role: int) -> object:
    """How a deleted record is shown: struck out, not by its colour alone."""
    if role == Qt.ItemDataRole.ForegroundRole:
        return current().colour("text_soft")
    font = QFont()
    font.setStrikeOut(True)
    return font


def _everything(session: Session, query: ListQuery, report: Progress) -> tuple[array[int], Totals]:
    """All rows of a list and their totals; raises ``Cancelled`` when another question came."""
    stopped = stopper(report)
    if query.text and session.store.is_writable:
        catch_up(session.store, stopped=stopped)
    words = session.desk.words
    rows = browsing.all_rows(session.store, session.catalogue, query, stopped, words)
    totals = browsing.totals(session.store, session.catalogue, query, stopped)
    if rows is None or totals is None:
        raise Cancelled
    return rows, totals
