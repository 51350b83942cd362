"""What the window asks of every screen that it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mineaction_desktop.ui.banner import Notice

Handlers = Mapping[str, Callable[[], object]]


class Screen(QWidget):
    """One thing that fills the middle of the window; a subclass overrides what differs."""

    title_changed = Signal()
    """Its title reads otherwise now."""

    handlers_changed = Signal()
    """Other commands can be used now."""

    closed = Signal()
    """It is finished; the window goes back."""

    go = Signal(str)
    """Another screen is wanted, by its address: ``list:KIND``, ``editor:KIND:ID`` …"""

    moved = Signal(str)
    """It shows something else now, under this address: a new record that has been saved."""

    noticed = Signal(object)
    """A :class:`~mineaction_desktop.ui.banner.Notice` for the top of the window."""

    key = ""
    """Under which the window remembers the state of screens like this; empty: nothing is kept."""

    is_waiting = False
    """Whether it stands in for the screen of its address, which cannot be made yet."""

    def title(self) -> str:
        """What the window calls it."""
        return ""

    def handlers(self) -> Handlers:
        """What commands do here, by their id; a command that is missing is greyed."""
        return {}

    def place_focus(self) -> None:
        """Put the keyboard where work goes on."""
        self.setFocus()

    def can_leave(self) -> bool:
        """Whether nothing would be lost; a screen that says no has told the person why."""
        return True

    def put_away(self) -> None:
        """Let go of what it holds: it will not be shown again."""

    def save_state(self) -> object:
        """What to remember of widths and choices, as plain JSON; ``None`` for nothing."""
        return None

    def restore_state(self, state: object) -> None:
        """Take up what was remembered; it may come from an older version."""

    def notice(self, notice: Notice) -> None:
        """Show a notice at the top of the window."""
        self.noticed.emit(notice)
