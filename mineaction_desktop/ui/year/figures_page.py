"""The forms of the report on the leading side, one of them in the middle, evidence beside it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from mineaction_desktop.formdef.catalogue import Catalogue
from mineaction_desktop.i18n import mark
from mineaction_desktop.reports.document import Block, Fields, Form, Table
from mineaction_desktop.reports.figures import Figure
from mineaction_desktop.services.year_view import YearReading
from mineaction_desktop.ui import icons, theme
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.lines import IsolatedCells
from mineaction_desktop.ui.year.evidence_pane import EvidencePane
from mineaction_desktop.ui.year.form_page import FormPage

FORMS = mark("Forms of the report")
LABELLED = mark("{label} · {title}")
CHANGED = mark("Figures here have changed since the report was submitted")


class FiguresPage(QWidget):
    """Every form with its figures; a chosen figure shows its records."""

    go = Signal(str)
    """The address of a record that is to be opened."""

    def __init__(self, desk: Desk, catalogue: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._reading: YearReading | None = None
        self._forms: tuple[Form, ...] = ()
        self.list = QListWidget()
        self.list.setAccessibleName(desk.say(FORMS))
        self.list.setMinimumWidth(theme.em(9))
        self.list.setItemDelegate(IsolatedCells(self.list))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        side = theme.em(1)
        self.list.setIconSize(QSize(side, side))
        self.list.currentRowChanged.connect(self._on_form)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setAccessibleName(desk.say(FORMS))
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.evidence = EvidencePane(desk, catalogue)
        self.evidence.setMinimumHeight(theme.em(7))
        self.evidence.asked.connect(self.go)
        self.evidence.left.connect(self._close_evidence)
        self.evidence.hide()
        self._opened_in: QWidget | None = None
        middle = QSplitter(Qt.Orientation.Vertical)
        middle.setChildrenCollapsible(False)
        middle.addWidget(self.area)
        middle.addWidget(self.evidence)
        middle.setStretchFactor(0, 1)
        middle.setSizes([theme.em(24), theme.em(12)])
        self.parts = QSplitter(Qt.Orientation.Horizontal)
        self.parts.setChildrenCollapsible(False)
        for part, stretch in ((self.list, 0), (middle, 1)):
            self.parts.addWidget(part)
            self.parts.setStretchFactor(self.parts.count() - 1, stretch)
        self.parts.setSizes([theme.em(13), theme.em(44)])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.parts)

    def show_reading(self, reading: YearReading) -> None:
        """Show a year; the form that was in front stays there."""
        chosen = self._key()
        self._reading = reading
        report = reading.report
        self._forms = tuple(report.forms) if report else ()
        changed = reading.changed_figures
        self.list.blockSignals(True)  # noqa: FBT003 - Qt's own word for it
        self.list.clear()
        for form in self._forms:
            self.list.addItem(self._item(form, changed))
        self.list.blockSignals(False)  # noqa: FBT003 - as above
        keys = [form.key for form in self._forms]
        self.list.setCurrentRow(keys.index(chosen) if chosen in keys else 0)
        self._on_form(self.list.currentRow())

    def place_focus(self) -> None:
        """Put the keyboard on the list of forms."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_form(self, key: str) -> None:
        """Show the form of a key, if the report has it."""
        for row, form in enumerate(self._forms):
            if form.key == key:
                self.list.setCurrentRow(row)

    def _key(self) -> str | None:
        row = self.list.currentRow()
        return self._forms[row].key if 0 <= row < len(self._forms) else None

    def _item(self, form: Form, changed: Mapping[str, str]) -> QListWidgetItem:
        title = form.title
        if form.label and form.label not in title:
            title = self._desk.say(LABELLED, label=form.label, title=form.title)
        item = QListWidgetItem(title)
        item.setToolTip(title)
        if any(figure.key in changed for block in form.blocks for figure in _figures(block)):
            item.setIcon(icons.icon("history", "warning"))
            item.setToolTip(f"{title}\n{self._desk.say(CHANGED)}")
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, self._desk.say(CHANGED))
        return item

    def _on_form(self, row: int) -> None:
        if self._reading is None or not 0 <= row < len(self._forms):
            return
        self.evidence.hide()
        page = FormPage(
            self._desk,
            self._forms[row],
            self._reading.presenter,
            self._reading.changed_figures,
            self._open,
        )
        self.area.setWidget(page)

    def _open(self, figure: Figure) -> None:
        if self._reading is not None:
            self._opened_in = self.focusWidget()
            self.evidence.show_figure(self._reading, figure)
            self.evidence.show()
            self.evidence.place_focus()

    def _close_evidence(self) -> None:
        """Back to the table that the figure stands in."""
        self.evidence.hide()
        (self._opened_in or self.list).setFocus(Qt.FocusReason.OtherFocusReason)


def _figures(block: Block) -> list[Figure]:
    match block:
        case Table():
            return [cell for row in block.rows for cell in row.cells if isinstance(cell, Figure)]
        case Fields(items):
            return [value for _, value in items if isinstance(value, Figure)]
        case _:
            return []
