"""The sections of a long form at its side: where one is, and where something is wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from mineaction_desktop.i18n import mark
from mineaction_desktop.ui import icons
from mineaction_desktop.ui.entry.section_view import SectionView
from mineaction_desktop.ui.theme import space

NAME = mark("Sections of the form")
WRONG = mark("{title}: something to correct")
WIDEST = 30
"""How wide it is at most, in digits of its font."""


class SectionIndex(QListWidget):
    """One line for each section that is shown."""

    wanted = Signal(object)
    """The person wants to see this :class:`SectionView`."""

    def __init__(
        self,
        sections: Sequence[SectionView],
        say: Callable[..., str],
        translate: Callable[[str], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._sections, self._say, self._translate = sections, say, translate
        self.setObjectName("sections")
        self.setStyleSheet("QListWidget#sections { border: none; background: transparent; }")
        self.setAccessibleName(say(NAME))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        blank = QPixmap(QSize(16, 16))
        blank.fill(Qt.GlobalColor.transparent)
        self._blank = QIcon(blank)  # keeps the titles in line whether there is a sign or not
        for section in sections:
            item = QListWidgetItem(translate(section.section.title), self)
            item.setToolTip(item.text())
        self.itemClicked.connect(lambda item: self.wanted.emit(sections[self.row(item)]))
        self._scale()
        self.refresh(frozenset())

    def _scale(self) -> None:
        side = self.fontMetrics().height()
        self.setIconSize(QSize(side, side))
        metrics = self.fontMetrics()
        titles = (self._translate(one.section.title) for one in self._sections)
        longest = max(map(metrics.horizontalAdvance, titles), default=0)
        most = metrics.horizontalAdvance("0") * WIDEST
        self.setFixedWidth(min(longest + side + space(24), most))
        height = self.fontMetrics().height() + space(8)
        for at in range(self.count()):
            self.item(at).setSizeHint(QSize(0, height))

    def refresh(self, wrong: frozenset[str]) -> None:
        """Show the sections that are relevant, with a sign where something is wrong."""
        for at, section in enumerate(self._sections):
            item, title = self.item(at), self._translate(section.section.title)
            item.setHidden(not section.is_shown)
            is_wrong = section.section.id in wrong
            item.setIcon(icons.icon("circle-x", "error") if is_wrong else self._blank)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole,
                self._say(WRONG, title=title) if is_wrong else title,
            )

    def show_current(self, section: SectionView | None) -> None:
        """Mark the section where the cursor is."""
        if section is not None and section in self._sections:
            self.setCurrentRow(list(self._sections).index(section))
