"""A part of a form on the screen: its title, and below it its fields or the rows of a group."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from mineaction_desktop.formdef.form import Section
from mineaction_desktop.ui.entry.child_grid import ChildGrid
from mineaction_desktop.ui.entry.draft import Draft
from mineaction_desktop.ui.entry.field_row import FieldRow
from mineaction_desktop.ui.entry.visibility import leading
from mineaction_desktop.ui.theme import space

Stop = FieldRow | ChildGrid
"""Where the cursor can stand in a form."""

Maker = Callable[[Section, QWidget], list[Stop]]
"""Makes what a section holds, as children of its view."""


class SectionView(QWidget):
    """A section; what is in it is made by ``build``, when it is first needed."""

    def __init__(
        self,
        draft: Draft,
        section: Section,
        make: Maker,
        translate: Callable[[str], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.section = section
        self.stops: list[Stop] = []
        self.is_built = False
        self.is_shown = True
        self._draft, self._make = draft, make
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, space(8), 0, space(12))
        self._column.setSpacing(space(4))
        self._title(translate)
        self.refresh()

    def _title(self, translate: Callable[[str], str]) -> None:
        title = QLabel(translate(self.section.title), self)
        title.setProperty("role", "heading")
        title.setAlignment(leading(self))
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.15)
        font.setBold(True)
        title.setFont(font)
        line = QFrame(self)
        line.setFrameShape(QFrame.Shape.HLine)
        line.setForegroundRole(line.foregroundRole().Mid)
        line.setFrameShadow(QFrame.Shadow.Plain)
        self._column.addWidget(title)
        self._column.addWidget(line)
        if self.section.help:
            help_ = QLabel(translate(self.section.help.strip()), self)
            help_.setProperty("role", "soft")
            help_.setWordWrap(True)
            help_.setAlignment(leading(self))
            self._column.addWidget(help_)
        self.setAccessibleName(title.text())

    def build(self) -> None:
        """Make the fields or the table, once."""
        if self.is_built:
            return
        self.is_built = True
        self.hide()  # or Qt lays out the whole form each time that a line appears in it
        self.stops = self._make(self.section, self)
        for stop in self.stops:
            self._column.addWidget(stop)
        self.setVisible(self.is_shown)

    def refresh(self) -> None:
        """Appear if the section is relevant, vanish if not."""
        shown = self._draft.sheet.is_section_shown(self.section)
        if shown is not self.is_shown:  # asked of Qt only when it changes: it is slow
            self.is_shown = shown
            self.setVisible(shown)

    def open_stops(self) -> list[Stop]:
        """Where the cursor can go, from the top."""
        return [stop for stop in self.stops if stop.is_shown] if self.is_shown else []
