"""The sections of a long form at its side: where one is, and where something is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.i18n import mark
from mineaction_desktop.ui import icons
from mineaction_desktop.ui.entry.problem_line import SIGNS
from mineaction_desktop.ui.entry.section_view import SectionView
from mineaction_desktop.ui.theme import space

NAME = mark("Sections of the form")
WRONG, DOUBTFUL = mark("{title}: something to correct"), mark("{title}: something to check")
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
        self.refresh({})

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

    def refresh(self, wrong: Mapping[str, Severity]) -> None:
        """Show the sections that are relevant, with the sign of the worst that is wrong there."""
        for at, section in enumerate(self._sections):
            item, title = self.item(at), self._translate(section.section.title)
            item.setHidden(not section.is_shown)
            worst = wrong.get(section.section.id)
            if worst is None:
                item.setIcon(self._blank)
                spoken = title
            else:
                name, tone, _ = SIGNS[worst]
                item.setIcon(icons.icon(name, tone))
                words = WRONG if worst is Severity.ERROR else DOUBTFUL
                spoken = self._say(words, title=title)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)

    def show_current(self, section: SectionView | None) -> None:
        """Mark the section where the cursor is."""
        if section is not None and section in self._sections:
            self.setCurrentRow(list(self._sections).index(section))
