"""The commands as actions of the window: keys, words, and whether they can be used just now."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QToolBar

from mineaction_desktop.ui import icons
from mineaction_desktop.ui.commands import COMMANDS, MENUS, TOOLBAR, Command
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.screen import Handlers

_NO_HANDLERS: Handlers = {}


class Actions(QObject):
    """One action for each command; what it does is looked up when it is used."""

    used = Signal(str)
    """A command was carried out, by its id."""

    def __init__(self, desk: Desk, window: QMainWindow) -> None:
        super().__init__(window)
        self._of_window: Callable[[], Handlers] = lambda: _NO_HANDLERS
        self._of_screen: Callable[[], Handlers] = lambda: _NO_HANDLERS
        self._desk = desk
        self._actions = {one.id: self._made(one) for one in COMMANDS if not one.in_place}
        window.addActions(list(self._actions.values()))

    def answer(self, window: Callable[[], Handlers], screen: Callable[[], Handlers]) -> None:
        """Say who carries commands out: the screen that is shown first, then the window."""
        self._of_window, self._of_screen = window, screen
        self.refresh()

    def refresh(self) -> None:
        """Grey what nobody can carry out just now."""
        possible = self._of_window().keys() | self._of_screen().keys()
        for name, action in self._actions.items():
            action.setEnabled(name in possible)

    def action(self, name: str) -> QAction:
        """The action of a command."""
        return self._actions[name]

    def can(self, name: str) -> bool:
        """Whether a command can be used just now."""
        return name in self._of_screen() or name in self._of_window()

    def use(self, name: str) -> None:
        """Carry a command out, if anybody can just now."""
        act = self._of_screen().get(name) or self._of_window().get(name)
        if act is not None:
            act()
            self.used.emit(name)

    def fill_menus(self, window: QMainWindow) -> None:
        """Make the menu bar."""
        bar = window.menuBar()
        for title, names in MENUS:
            menu = bar.addMenu(self._desk.say(title))
            menu.setToolTipsVisible(True)
            self._fill(menu, names)

    def fill_toolbar(self, bar: QToolBar) -> None:
        """Make the toolbar."""
        self._fill(bar, TOOLBAR)

    def _fill(self, place: QMenu | QToolBar, names: tuple[str, ...]) -> None:
        for name in names:
            if name:
                place.addAction(self._actions[name])
            else:
                place.addSeparator()

    def _made(self, command: Command) -> QAction:
        say = self._desk.say
        title = say(command.title)
        action = QAction(title, self)
        if command.icon:
            action.setIcon(icons.icon(command.icon))
        action.setShortcuts([QKeySequence(keys) for keys in command.keys])
        keys = shown_keys(command.keys[0]) if command.keys else ""
        hint = f"{title.replace('&', '').rstrip('…')}  {keys}".strip()
        action.setToolTip(f"{hint}\n{say(command.help)}" if command.help else hint)
        action.setStatusTip(say(command.help) if command.help else "")
        action.triggered.connect(lambda: self.use(command.id))
        return action


def shown_keys(keys: str) -> str:
    """Keys as they are printed on the keyboard of this system."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
