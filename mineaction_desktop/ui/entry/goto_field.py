"""Going to a field by typing any part of its label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from mineaction_desktop.formdef.folding import folded
from mineaction_desktop.i18n import mark
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.entry.draft import Draft
from mineaction_desktop.ui.entry.sheet import Spot
from mineaction_desktop.ui.lines import TypedLine
from mineaction_desktop.ui.theme import em, space

TITLE = mark("Go to a field")
HINT = mark("Type any part of the label")
IN_SECTION = mark("{label} — {section}")


@dataclass(frozen=True, slots=True)
class Target:
    """A field or table that one can go to, and what it is called."""

    spot: Spot | None
    section: str
    words: str


def targets(draft: Draft, desk: Desk) -> list[Target]:
    """Every field that is shown, and every table, in form order."""
    sheet, shown = draft.sheet, draft.facts().shown
    found = []
    for section in sheet.form.sections:
        if not sheet.is_section_shown(section):
            continue
        title = desk.words.gettext(section.title)
        if section.group is not None:
            found.append(Target(None, section.id, title))
        for field in section.fields:
            if field.name in shown:
                label = desk.words.gettext(field.label)
                words = desk.say(IN_SECTION, label=label, section=title)
                found.append(Target(Spot(field.name), section.id, words))
    return found


class GotoField(QDialog):
    """A line to type in, and the fields that fit below it."""

    chosen = Signal(object)
    """The :class:`Target` to go to."""

    def __init__(self, desk: Desk, found: Sequence[Target], parent: QWidget) -> None:
        super().__init__(parent)
        self._targets = found
        self.setWindowTitle(desk.say(TITLE))
        self._line = TypedLine()
        self._line.setPlaceholderText(desk.say(HINT))
        self._line.setAccessibleName(desk.say(HINT))
        self._line.setClearButtonEnabled(True)
        self._list = QListWidget()
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setAccessibleName(desk.say(TITLE))
        column = QVBoxLayout(self)
        column.setContentsMargins(space(12), space(12), space(12), space(12))
        column.addWidget(self._line)
        column.addWidget(self._list)
        self.resize(em(26), em(18))
        self._line.textChanged.connect(self._filter)
        self._list.itemClicked.connect(lambda _: self._choose())
        self._filter("")

    def _filter(self, text: str) -> None:
        wanted = folded(text).split()
        self._list.clear()
        for target in self._targets:
            if all(word in folded(target.words) for word in wanted):
                item = QListWidgetItem(target.words, self._list)
                item.setData(Qt.ItemDataRole.UserRole, target)
        self._list.setCurrentRow(0)

    def _choose(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            self.accept()
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._choose()
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            way = -1 if event.key() == Qt.Key.Key_Up else 1
            row = self._list.currentRow() + way
            self._list.setCurrentRow(max(0, min(row, self._list.count() - 1)))
        else:
            super().keyPressEvent(event)
