"""The records behind a figure, what each adds to it, and the way to each of them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from mineaction_desktop.formdef.catalogue import Catalogue
from mineaction_desktop.i18n import mark
from mineaction_desktop.reports.figures import Figure, counted
from mineaction_desktop.services.year_view import YearReading
from mineaction_desktop.ui import icons
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.year.parts import column_of, said

TITLE = mark("Records behind a figure")
CLOSE = mark("Close (Esc)")
NO_RECORDS = mark("No record stands behind it: it says that there is nothing.")
ONE, MANY = mark("{n} record"), mark("{n} records")
RECORD, AMOUNT = mark("Record"), mark("Adds")
TOTAL = mark("{figure}, from {records}")
CHANGED = mark("As submitted: {before}")
MOST = 2000
MORE = mark("… and {n} more. The report in Excel lists all of them.")
ADDRESS = Qt.ItemDataRole.UserRole


class EvidencePane(QWidget):
    """Lists what a figure was added up from; Enter opens a record."""

    asked = Signal(str)
    """The address of a record that is to be opened."""

    left = Signal()
    """The person has seen enough."""

    def __init__(self, desk: Desk, catalogue: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._catalogue = catalogue
        column = column_of(self, margin=12)
        head = QHBoxLayout()
        title = said(desk.say(TITLE), "heading")
        title.setWordWrap(False)
        head.addWidget(title)
        self._lead = said("", "soft")
        head.addWidget(self._lead, 1)
        cross = QToolButton()
        cross.setIcon(icons.icon("x"))
        cross.setToolTip(desk.say(CLOSE))
        cross.setAccessibleName(desk.say(CLOSE))
        cross.clicked.connect(self.left)
        head.addWidget(cross)
        column.addLayout(head)
        self.list = _Records()
        self.list.setHeaderLabels([desk.say(RECORD), desk.say(AMOUNT)])
        self.list.setAccessibleName(desk.say(TITLE))
        self.list.asked.connect(self.asked)
        column.addWidget(self.list, 1)
        column.addStretch(0)

    def place_focus(self) -> None:
        """Put the keyboard on the first record."""
        first = self.list.topLevelItem(0)
        if first is not None:
            self.list.setCurrentItem(first.child(0) or first)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def show_figure(self, reading: YearReading, figure: Figure) -> None:
        """Show what a figure was added up from."""
        found = reading.behind(figure)
        self.list.clear()
        self.list.setVisible(bool(found))
        text = reading.presenter.figure(figure)
        if not found:
            self._lead.setText(f"{text}. {self._desk.say(NO_RECORDS)}")
            return
        records = self._desk.count(ONE, MANY, len(found))
        lead = [self._desk.say(TOTAL, figure=text, records=records)]
        before = reading.changed_figures.get(figure.key)
        if before is not None:
            lead.append(self._desk.say(CHANGED, before=before))
        self._lead.setText("   ".join(lead))
        parent: QTreeWidgetItem | None = None
        kind = ""
        for one in found[:MOST]:
            if parent is None or one.kind != kind:
                kind = one.kind
                parent = QTreeWidgetItem([self._desk.say(self._catalogue.form(kind).plural), ""])
                parent.setFirstColumnSpanned(True)
                self.list.addTopLevelItem(parent)
            name = reading.name_of(self._catalogue, one.kind, one.record_id, self._desk.words)
            amount = counted(figure.key, one.amount, figure.unit, None, currency=figure.currency)
            item = QTreeWidgetItem([name, reading.presenter.figure(amount)])
            item.setToolTip(0, name)
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight)
            item.setData(0, ADDRESS, f"editor:{one.kind}:{one.record_id}")
            parent.addChild(item)
        if len(found) > MOST:
            more = self._desk.say(MORE, n=self._desk.number(len(found) - MOST))
            self.list.addTopLevelItem(QTreeWidgetItem([more, ""]))
        self.list.expandAll()


class _Records(QTreeWidget):
    """A list whose Enter and double click open a record."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setColumnCount(2)
        self.setUniformRowHeights(True)
        head = self.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.itemDoubleClicked.connect(self._on_chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self._on_chosen(item)
            return
        super().keyPressEvent(event)

    def _on_chosen(self, item: QTreeWidgetItem) -> None:
        address = item.data(0, ADDRESS)
        if address:
            self.asked.emit(address)
