"""What is wrong with a field, in words, with a sign for how grave it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from mineaction_desktop.domain.problems import Problem, Severity
from mineaction_desktop.i18n import mark
from mineaction_desktop.ui import icons
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.entry.visibility import leading, set_shown
from mineaction_desktop.ui.theme import space

SIGNS = {
    Severity.ERROR: ("circle-x", "error", mark("To correct")),
    Severity.WARNING: ("triangle-alert", "warning", mark("To check")),
    Severity.INFO: ("info", "info", mark("Note")),
}
"""The icon, the colour and the word of each severity: colour alone says nothing."""

MORE = mark("{text} ({n} more)")


class ProblemLine(QWidget):
    """One sentence with its sign; it is gone when nothing is wrong."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._icon = ""
        self._tone = ""
        self.hide()

    def _lay_out(self) -> None:
        """Make the parts; most tables never have anything to say."""
        self._sign = QLabel(self)
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setAlignment(leading(self))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, space(4), 0, space(4))
        row.setSpacing(space(4))
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1, Qt.AlignmentFlag.AlignTop)

    def text(self) -> str:
        """What it says."""
        return self._words.text() if not self.isHidden() else ""

    def tell(self, problems: Sequence[Problem]) -> None:
        """Say the gravest of the problems, and how many more there are."""
        if problems and self.layout() is None:
            self._lay_out()
        set_shown(self, shown=bool(problems))
        if not problems:
            return
        worst = min(problems, key=lambda one: list(SIGNS).index(one.severity))
        words = worst.message.render(self._desk.words)
        if len(problems) > 1:
            more = self._desk.number(len(problems) - 1)
            words = self._desk.say(MORE, text=words, n=more)
        self._icon, self._tone, kind = SIGNS[worst.severity]
        self._words.setText(words)
        self._words.setAccessibleName(f"{self._desk.say(kind)}: {words}")
        self._words.setToolTip("\n".join(one.message.render(self._desk.words) for one in problems))
        if self._words.property("tone") != self._tone:
            self._words.setProperty("tone", self._tone)
            self._words.style().unpolish(self._words)
            self._words.style().polish(self._words)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange} and self._icon:
            self._draw()

    def _draw(self) -> None:
        size = self.fontMetrics().height()
        self._sign.setPixmap(icons.icon(self._icon, self._tone).pixmap(size, size))
        self._sign.setToolTip(self._words.accessibleName())
