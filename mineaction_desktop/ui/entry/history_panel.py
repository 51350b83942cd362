"""The life of a record beside its form: who changed which field, when, why; and the way back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from mineaction_desktop.i18n import mark
from mineaction_desktop.services.undoing import FieldChange, Version
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.flow import FlowLayout
from mineaction_desktop.ui.lines import Index, WrappedCells, isolated
from mineaction_desktop.ui.quality.moments import moment
from mineaction_desktop.ui.theme import em, space

TITLE = mark("History")
ONLY = mark("Only the field with the cursor")
WHO = mark("{when} · {who}")
OFFICE = mark("{name}, {office}")
WHY = mark("Reason: {reason}")
CHANGE = mark("{label}: {old} → {new}")
FIRST = mark("{label}: {new}")
NOTE = mark("Note on {label}: {new}")
NOTHING = mark("(empty)")
RESTORE = mark("Restore this")
RESTORE_HELP = mark("The whole record as it was after this step, or the one field chosen below it.")
NONE_YET = mark("The record is not in the register yet. Its history begins when it is saved.")
_DATA = Qt.ItemDataRole.UserRole


class HistoryPanel(QWidget):
    """The entries of the trail about one record, the last first; made when it is first read."""

    restore_wanted = Signal(int, object)
    """The number of an entry, and the name of a field or nothing for the whole record."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.versions: Sequence[Version] = ()
        self._field = ""
        self._is_read_only = False

    def _lay_out(self) -> None:
        say = self._desk.say
        title = QLabel(say(TITLE), self)
        title.setProperty("role", "heading")
        self._only = QCheckBox(say(ONLY), self)
        self._only.toggled.connect(self._fill)
        self._none = QLabel(say(NONE_YET), self)
        self._none.setWordWrap(True)
        self._none.setProperty("role", "soft")
        self._tree = _Trail(self)
        self._tree.setAccessibleName(say(TITLE))
        self._tree.currentItemChanged.connect(self._on_current)
        self._tree.itemActivated.connect(lambda _: self._restore())
        self._restore_button = QPushButton(say(RESTORE), self)
        self._restore_button.setToolTip(say(RESTORE_HELP))
        self._restore_button.clicked.connect(self._restore)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self._restore_button)
        head = QWidget()
        line = FlowLayout(head, space(12))
        line.addWidget(title)
        line.addWidget(self._only)
        column = QVBoxLayout(self)
        column.setContentsMargins(space(12), space(8), space(12), space(8))
        column.addWidget(head)
        column.addWidget(self._none)
        column.addWidget(self._tree, 1)
        column.addLayout(row)
        column.addStretch()
        self.setMinimumWidth(em(14))

    def show_versions(self, versions: Sequence[Version], *, read_only: bool) -> None:
        """Show the life of a record."""
        if self.layout() is None:
            self._lay_out()
        self.versions, self._is_read_only = versions, read_only
        self._fill()

    def show_field(self, field: str) -> None:
        """The cursor stands in another field."""
        if field != self._field:
            self._field = field
            if self.layout() is not None and self._only.isChecked():
                self._fill()

    def take_focus(self) -> None:
        """Put the cursor into the list."""
        self._tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def lines(self) -> list[str]:
        """What it says, from the top."""
        every = Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive
        return [item.text(0) for item in self._tree.findItems("", every)]

    def _fill(self, *_: object) -> None:
        self._tree.clear()
        for version in self.versions:
            changes = [one for one in version.changes if self._is_wanted(one)]
            if changes or not self._only.isChecked():
                self._add(version, changes)
        self._tree.expandAll()
        self._none.setVisible(not self.versions)
        self._tree.setVisible(bool(self.versions))
        self._restore_button.setVisible(bool(self.versions) and not self._is_read_only)
        self._on_current()

    def _is_wanted(self, change: FieldChange) -> bool:
        return not self._only.isChecked() or change.field == self._field

    def _add(self, version: Version, changes: Sequence[FieldChange]) -> None:
        say = self._desk.say
        who = version.author
        if version.office:
            who = say(OFFICE, name=version.author, office=version.office)
        head = say(WHO, when=moment(self._desk, version.at), who=who)
        item = QTreeWidgetItem(self._tree, [head])
        item.setData(0, _DATA, (version.number, None))
        font = item.font(0)
        font.setBold(True)
        item.setFont(0, font)
        if version.reason:
            reason = QTreeWidgetItem(item, [say(WHY, reason=version.reason)])
            reason.setFlags(Qt.ItemFlag.ItemIsEnabled)
        for change in changes:
            line = QTreeWidgetItem(item, [self._line(change)])
            line.setToolTip(0, line.text(0))
            name = None if change.is_note else change.field
            line.setData(0, _DATA, (version.number, name))

    def _line(self, change: FieldChange) -> str:
        say = self._desk.say
        label = self._desk.words.gettext(change.label)
        new = isolated(change.new_text or say(NOTHING))
        if change.is_note:
            return say(NOTE, label=label, new=new)
        if not change.old_text:
            return say(FIRST, label=label, new=new)
        return say(CHANGE, label=label, old=isolated(change.old_text), new=new)

    def _on_current(self, *_: object) -> None:
        item = self._tree.currentItem()
        self._restore_button.setEnabled(item is not None and item.data(0, _DATA) is not None)

    def _restore(self) -> None:
        item = self._tree.currentItem()
        found = item.data(0, _DATA) if item is not None else None
        if found is not None and not self._is_read_only:
            self.restore_wanted.emit(*found)


class _Trail(QTreeWidget):
    """Steps and what each changed, in as many lines as they need."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeWidget.ScrollMode.ScrollPerPixel)
        self.setRootIsDecorated(False)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setIndentation(space(12))
        self.setItemDelegate(WrappedCells(self, self._width_of, space(8)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()  # lines break elsewhere

    def _width_of(self, index: Index) -> int:
        depth = 1 if index.parent().isValid() else 0
        return self.viewport().width() - depth * self.indentation() - space(12)
