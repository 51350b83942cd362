"""The list of keys, by subject; it can be printed and laid beside the keyboard."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from mineaction_desktop.i18n import mark
from mineaction_desktop.ui import theme
from mineaction_desktop.ui.actions import shown_keys
from mineaction_desktop.ui.commands import COMMANDS, Command
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.screen import Handlers, Screen

TITLE = mark("List of keys")
LEAD = mark("Everything can be done without the mouse.")


class KeysPage(Screen):
    """Every command that has a key, under its group."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._page = QTextBrowser()
        self._page.setAccessibleName(desk.say(TITLE))
        self._page.setHtml(keys_html(desk))
        self._page.document().setDocumentMargin(theme.space(24))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._page)

    def title(self) -> str:
        return self._desk.say(TITLE)

    def handlers(self) -> Handlers:
        return {"record.print": self.print_page}

    def place_focus(self) -> None:
        self._page.setFocus(Qt.FocusReason.OtherFocusReason)

    def print_page(self) -> None:
        """Ask for a printer and print the list."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415 - few print it

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec():
            self._page.print_(printer)


def keys_html(desk: Desk) -> str:
    """The page: a table for each group, two groups side by side."""
    groups: dict[str, list[Command]] = {}
    for command in COMMANDS:
        if command.keys:
            groups.setdefault(command.group, []).append(command)
    tables = [_table(desk, title, commands) for title, commands in groups.items()]
    middle = _half(list(groups.values()))
    leading, trailing = "".join(tables[:middle]), "".join(tables[middle:])
    return (
        f"<h1>{escape(desk.say(TITLE))}</h1><p>{escape(desk.say(LEAD))}</p>"
        f'<table width="100%"><tr><td width="50%">{leading}</td><td>{trailing}</td></tr></table>'
    )


def _half(groups: list[list[Command]]) -> int:
    """How many groups fill the leading column so that both are of a length."""
    total, length = sum(len(group) + 2 for group in groups), 0
    for n, group in enumerate(groups):
        if length >= total / 2:
            return n
        length += len(group) + 2
    return len(groups)


def _table(desk: Desk, title: str, commands: list[Command]) -> str:
    rows = "".join(
        f'<tr><td width="62%">{escape(desk.say(command.title).rstrip("…"))}</td>'
        f"<td><b>{_keys(command)}</b></td></tr>"
        for command in commands
    )
    return f'<h3>{escape(desk.say(title))}</h3><table width="96%" cellspacing="3">{rows}</table>'


def _keys(command: Command) -> str:
    """The keys of a command, from left to right in every language."""
    return " · ".join(f"\u2066{escape(shown_keys(keys))}\u2069" for keys in command.keys)
