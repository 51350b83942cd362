"""What the records say otherwise today than the report that was submitted, and who changed them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from mineaction_desktop.i18n import mark
from mineaction_desktop.services.comparing import Change, Comparison, Difference
from mineaction_desktop.services.year_view import YearReading
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.year.parts import column_of, said

NEVER = mark(
    "No report for {year} was submitted from this register, so there is nothing to compare."
)
SAME = mark("Every figure is as it was submitted on {date}.")
SINCE = mark("Submitted on {date} by {name} ({office}). These figures are others today:")
FIGURE, BEFORE, NOW = mark("Figure"), mark("Submitted"), mark("Today")
LIST = mark("Figures that changed since the report was submitted")
RECORD = mark("{number} changed on {date} by {name}: {reason}")
NO_REASON = mark("no reason given")
GONE, NEW = mark("not in the report any more"), mark("new")
ADDRESS = Qt.ItemDataRole.UserRole


class ChangesPage(QWidget):
    """The differences to the submitted report, each with the corrections behind it."""

    go = Signal(str)
    """The address of a record that is to be opened."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        column = column_of(self, margin=16)
        self._lead = said("")
        column.addWidget(self._lead)
        self.list = _Differences()
        self.list.setHeaderLabels([desk.say(FIGURE), desk.say(BEFORE), desk.say(NOW)])
        self.list.setAccessibleName(desk.say(LIST))
        self.list.asked.connect(self.go)
        column.addWidget(self.list, 1)
        column.addStretch(0)

    def show_reading(self, reading: YearReading) -> None:
        """Show how a year differs from what was submitted for it."""
        found = reading.comparison
        self.list.clear()
        self.list.setVisible(bool(found and found.differences))
        if found is None:
            self._lead.setText(self._desk.say(NEVER, year=reading.year))
            return
        sent = found.snapshot
        day = self._desk.day(sent.submitted_at.astimezone().date())
        template = SINCE if found.differences else SAME
        self._lead.setText(
            self._desk.say(template, date=day, name=sent.submitted_by, office=sent.office)
        )
        self._fill(found, _titles(reading))

    def place_focus(self) -> None:
        """Put the keyboard on the list."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, found: Comparison, titles: Mapping[str, str]) -> None:
        for difference in found.differences:
            item = QTreeWidgetItem(self._texts(difference, titles))
            item.setToolTip(0, item.text(0))
            lines = []
            for change in difference.records:
                entry = change.entry
                text = self._desk.say(
                    RECORD,
                    number=change.local_id,
                    date=self._desk.day(entry.at.astimezone().date()),
                    name=entry.author,
                    reason=entry.reason or self._desk.say(NO_REASON),
                )
                line = QTreeWidgetItem([text])
                line.setToolTip(0, text)
                line.setData(0, ADDRESS, f"editor:{entry.kind}:{entry.record_id}")
                item.addChild(line)
                lines.append(line)
            self.list.addTopLevelItem(item)
            for line in lines:  # only once they stand in the list
                line.setFirstColumnSpanned(True)
        self.list.expandAll()

    def _texts(self, difference: Difference, titles: Mapping[str, str]) -> list[str]:
        before = difference.before.text if difference.before else self._desk.say(NEW)
        now = difference.now.text if difference.now else ""
        if difference.change is Change.GONE:
            now = self._desk.say(GONE)
        place = titles.get(difference.key) or " · ".join(difference.place.values())
        return [place or difference.key, before, now]


def _titles(reading: YearReading) -> dict[str, str]:
    """What each figure is called: its form, table, row and column in the words of the report."""
    found: dict[str, str] = {}
    for place, figure in reading.places():
        found[figure.key] = " · ".join(part.partition("\n")[0] for part in place if part)
    return found


class _Differences(QTreeWidget):
    """A list whose Enter and double click open a record."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setColumnCount(3)
        head = self.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
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
