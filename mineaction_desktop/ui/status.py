"""The line at the bottom: what is safe on the disk, who holds the register, what it is."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStatusBar, QWidget

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.i18n import mark
from mineaction_desktop.ui import icons, theme
from mineaction_desktop.ui.desk import Desk

NOTHING_OPEN = mark("No register is open")
OPENING = mark("Opening “{name}”…")
NOTHING_CHANGED = mark("Nothing changed since it was opened")
ALL_KEPT = mark("All kept {time}")
NOT_KEPT = mark("Not kept: {reason}")
READ_ONLY = mark("Reading only")
READ_ONLY_HELD = mark("Reading only: {name} ({office}) is working in it")
AS_AUTHOR = mark("{name} · {office}")
EXERCISE = mark("EXERCISE")


class Truth(QWidget):
    """An icon and words about what is safe; it never says more than what has happened."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._name = "", "text_soft"
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.space(8), 0, theme.space(8), 0)
        row.setSpacing(theme.space(4))
        self._sign, self._said = QLabel(), QLabel()
        self._said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._said.setMinimumWidth(theme.em(10))
        row.addWidget(self._sign)
        row.addWidget(self._said, 1)

    def say(self, icon: str, colour: str, text: str) -> None:
        """Show a sentence with its icon."""
        size = self.fontMetrics().height()
        self._sign.setPixmap(icons.icon(icon, colour).pixmap(size, size))
        self._said.setText(text)
        self._said.setToolTip(text)
        self._said.setAccessibleName(text)

    def text(self) -> str:
        """What it says."""
        return self._said.text()


class StatusLine:
    """The status bar of the window."""

    def __init__(self, desk: Desk, bar: QStatusBar) -> None:
        self._desk = desk
        self._bar = bar
        self.truth = Truth()
        self.register = QLabel()
        self.author = QLabel()
        bar.setSizeGripEnabled(False)
        bar.addWidget(self.truth, 1)
        for label in (self.register, self.author):
            label.setProperty("role", "soft")
            label.setContentsMargins(theme.space(8), 0, theme.space(8), 0)
            bar.addPermanentWidget(label)
        self.nothing_open()

    def nothing_open(self) -> None:
        """No register is open."""
        self.truth.say("circle-dashed", "text_soft", self._desk.say(NOTHING_OPEN))
        self.register.clear()
        self.author.clear()

    def opening(self, name: str, *, is_exercise: bool = False) -> None:
        """A register is being opened; what is shown of it is how it was left."""
        self.nothing_open()
        self.register.setText(self._desk.say(EXERCISE) if is_exercise else "")
        self.truth.say("circle-dashed", "text_soft", self._desk.say(OPENING, name=name))

    def opened(self, register: str, author: str, office: str, *, is_exercise: bool) -> None:
        """A register is open for writing and nothing has been changed yet."""
        self.register.setText(self._desk.say(EXERCISE) if is_exercise else "")
        self.register.setToolTip(register)
        self.author.setText(self._desk.say(AS_AUTHOR, name=author, office=office))
        self.truth.say("circle-check", "done", self._desk.say(NOTHING_CHANGED))

    def reading_only(self, name: str = "", office: str = "") -> None:
        """The register cannot be changed here, because of somebody or of the medium."""
        template = READ_ONLY_HELD if name else READ_ONLY
        text = self._desk.say(template, name=name, office=office)
        self.truth.say("lock", "warning", text)
        self.author.clear()

    def kept(self, at: datetime) -> None:
        """Everything that was keyed reached the disk at a moment."""
        time = self._desk.clock(at, seconds=True)
        self.truth.say("circle-check", "done", self._desk.say(ALL_KEPT, time=time))

    def not_kept(self, error: UserError) -> None:
        """Something could not be kept."""
        reason = error.render(self._desk.words)
        self.truth.say("circle-x", "error", self._desk.say(NOT_KEPT, reason=reason))
