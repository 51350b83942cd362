"""The middle of the window: one screen at a time, by address, with the way back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from mineaction_desktop.settings import SettingsFile
from mineaction_desktop.ui.screen import Screen
from mineaction_desktop.ui.screens import LASTING
from mineaction_desktop.ui.visits import Visits

MOST = 8
"""How many screens stay as they are while others are looked at."""


class Stage(QStackedWidget):
    """Shows the screen of an address. Some stay as they are meanwhile."""

    shown = Signal(object)
    """The :class:`Screen` that is in front now."""

    def __init__(
        self,
        settings: SettingsFile,
        make: Callable[[str], Screen | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.visits = Visits()
        self._settings = settings
        self._make = make
        self._screens: dict[str, Screen] = {}
        self._standing: Screen | None = None

    @property
    def screen_shown(self) -> Screen | None:
        """The screen in front."""
        return self._standing

    def go(self, address: str) -> bool:
        """Show the screen of an address, unless the one in front cannot be left."""
        if address == self.visits.here and self._standing is not None:
            self._standing.place_focus()
            return True
        if not self._can_leave():
            return False
        if not self._show(address):
            return False
        self.visits.go(address)
        self.shown.emit(self._standing)
        return True

    def back(self) -> None:
        """Show the screen before this one."""
        self._step(self.visits.back)

    def forward(self) -> None:
        """Show the screen that was left by going back."""
        self._step(self.visits.forward)

    def clear(self) -> bool:
        """Put every screen away, unless one of them cannot be left."""
        if not all(screen.can_leave() for screen in self._screens.values()):
            return False
        for address in list(self._screens):
            self._drop(address)
        self.visits = Visits()
        self._standing = None
        return True

    def renew(self) -> None:
        """Make the screens that others stood in for; the way back stays."""
        waiting = {address: one for address, one in self._screens.items() if one.is_waiting}
        for address in waiting:
            del self._screens[address]
        here = self.visits.here
        if here in waiting and not self._show(here):  # there is no such screen after all
            self.visits.forget(here)
            self._standing = None
            if self.visits.here is not None:
                self._show(self.visits.here)
        for one in waiting.values():
            self._remove(one)
        if here in waiting:
            self.shown.emit(self._standing)

    def _step(self, step: Callable[[], str | None]) -> None:
        if not self._can_leave():
            return
        address = step()
        if address is not None and self._show(address):
            self.shown.emit(self._standing)

    def _can_leave(self) -> bool:
        return self._standing is None or self._standing.can_leave()

    def _show(self, address: str) -> bool:
        left = self._address_of(self._standing)
        screen = self._screens.pop(address, None) or self._made(address)
        if screen is None:
            return False
        self._screens[address] = screen  # the latest one stands last
        self.setCurrentWidget(screen)
        if left is not None and left != address and _name(left) not in LASTING:
            self._drop(left)
        self._standing = screen
        for old in list(self._screens)[:-MOST]:
            self._drop(old)
        screen.place_focus()
        return True

    def _address_of(self, screen: Screen | None) -> str | None:
        """What a screen goes by; back and forward may have moved on already."""
        return next((address for address, one in self._screens.items() if one is screen), None)

    def _made(self, address: str) -> Screen | None:
        screen = self._make(address)
        if screen is None:
            return None
        screen.closed.connect(lambda: self._on_closed(screen))
        screen.moved.connect(lambda new: self._on_moved(screen, new))
        self.addWidget(screen)
        if screen.key:
            state = self._settings.recall(f"screen:{screen.key}")
            if state is not None:
                screen.restore_state(state)
        return screen

    def _on_moved(self, screen: Screen, new: str) -> None:
        """A screen goes by another address from now on."""
        old = self._address_of(screen)
        if old is not None and old != new:
            self._drop(new)
            self._screens[new] = self._screens.pop(old)
            self.visits.rename(old, new)

    def _on_closed(self, screen: Screen) -> None:
        """A screen is finished: show what was there before it, and forget it."""
        if screen is not self._standing:
            return
        gone = self.visits.here
        address = self.visits.back()
        if gone is None or address is None or address == gone:
            return
        if self._show(address):
            self.visits.forget(gone)
            self.shown.emit(self._standing)

    def save(self) -> None:
        """Remember the widths and choices of every screen."""
        for screen in self._screens.values():
            self._save(screen)

    def _save(self, screen: Screen) -> None:
        state = screen.save_state()
        if screen.key and state is not None:
            self._settings.remember(f"screen:{screen.key}", state)

    def _drop(self, address: str) -> None:
        screen = self._screens.pop(address, None)
        if screen is not None:
            self._remove(screen)

    def _remove(self, screen: Screen) -> None:
        self._save(screen)
        screen.put_away()
        self.removeWidget(screen)
        screen.deleteLater()


def _name(address: str) -> str:
    return address.partition(":")[0]
