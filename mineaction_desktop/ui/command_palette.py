"""The command palette: type part of a command, of a kind, or of a record's number, press Enter."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QDialog, QLabel, QListView, QVBoxLayout, QWidget

from mineaction_desktop.i18n import mark
from mineaction_desktop.ui import icons, theme
from mineaction_desktop.ui.actions import Actions, shown_keys
from mineaction_desktop.ui.commands import COMMANDS
from mineaction_desktop.ui.desk import Desk, Session
from mineaction_desktop.ui.jobs import Job, Jobs
from mineaction_desktop.ui.lines import TypedLine
from mineaction_desktop.ui.palette_delegate import DETAIL, PaletteDelegate

TITLE = mark("Commands and records")
HINT = mark("A command, a kind of record, a year, or a record's number or name")
NOTHING = mark("Nothing is called like that. Try a shorter part of the word.")
OPEN_LIST = mark("Open the list")
PAUSE = 180
MOST_OF_A_KIND = 5
COMMAND, ADDRESS = int(Qt.ItemDataRole.UserRole) + 1, int(Qt.ItemDataRole.UserRole) + 2
_MOVES = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


@dataclass(frozen=True, slots=True)
class Offer:
    """A line of the palette: a command by its id, or a screen by its address."""

    title: str
    detail: str = ""
    icon: str = ""
    command: str = ""
    address: str = ""


class CommandPalette(QDialog):
    """Offers what can be done and where one can go; Enter takes the line that is marked."""

    asked = Signal(str)
    """A screen is wanted, by its address."""

    def __init__(
        self,
        desk: Desk,
        jobs: Jobs,
        session: Session | None,
        actions: Actions,
        parent: QWidget,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("palette")
        self._desk, self._jobs, self._session, self._actions = desk, jobs, session, actions
        self._fixed = [*self._commands()]
        self._search: Job | None = None
        self._model = QStandardItemModel(self)
        self.field = TypedLine()
        self.list = QListView()
        self._nothing = QLabel(desk.say(NOTHING))
        self._lay_out(parent)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._look_for_records)
        self.field.textChanged.connect(self._on_typed)
        self.list.clicked.connect(self.take)
        self._show(self._fixed)

    def add_places(self, places: Mapping[str, str]) -> None:
        """Offer screens as well: their addresses, and what they are called."""
        self._fixed += self._places(places)
        self._show(self._fixed)

    def titles(self) -> list[str]:
        """What is offered, from the top."""
        return [self._model.item(row).text() for row in range(self._model.rowCount())]

    def take(self) -> None:
        """Do what the marked line says."""
        index = self.list.currentIndex()
        command, address = index.data(COMMAND), index.data(ADDRESS)
        if not index.isValid():
            return
        self.accept()
        if command:
            self._actions.use(command)
        elif address:
            self.asked.emit(address)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress and event.key() in _MOVES:
                self.list.keyPressEvent(event)
                return True
            if event.type() == QEvent.Type.KeyPress and event.key() in {
                Qt.Key.Key_Return,
                Qt.Key.Key_Enter,
            }:
                self.take()
                return True
        return super().eventFilter(watched, event)

    def _lay_out(self, parent: QWidget) -> None:
        self.setAccessibleName(self._desk.say(TITLE))
        self.field.setPlaceholderText(self._desk.say(HINT))
        self.field.setAccessibleName(self._desk.say(HINT))
        self.field.installEventFilter(self)
        self.list.setModel(self._model)
        self.list.setItemDelegate(PaletteDelegate(self.list))
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(self._desk.say(TITLE))
        self._nothing.setProperty("role", "soft")
        self._nothing.setContentsMargins(theme.space(8), 0, theme.space(8), theme.space(8))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.space(8)] * 4)
        column.setSpacing(theme.space(4))
        column.addWidget(self.field)
        column.addWidget(self._nothing)
        column.addWidget(self.list, 1)
        width = min(theme.em(36), parent.width() - theme.space(24))
        self.resize(width, min(theme.em(22), parent.height() - theme.space(24)))
        corner = parent.mapToGlobal(parent.rect().topLeft())
        self.move(corner.x() + (parent.width() - width) // 2, corner.y() + parent.height() // 10)

    def _commands(self) -> Iterable[Offer]:
        for command in COMMANDS:
            if command.in_place or command.id == "window.palette":
                continue
            if self._actions.can(command.id):
                keys = shown_keys(command.keys[0]) if command.keys else ""
                title = self._desk.say(command.title).rstrip("…")
                yield Offer(title, keys, command.icon or "command", command=command.id)

    def _places(self, places: Mapping[str, str]) -> Iterable[Offer]:
        detail = self._desk.say(OPEN_LIST)
        for address, title in places.items():
            is_list = address.startswith("list:")
            yield Offer(
                title,
                detail if is_list else "",
                "table-2" if is_list else "file-text",
                address=address,
            )

    def _on_typed(self, text: str) -> None:
        words = folded(text).split()
        found = [
            offer for offer in self._fixed if all(word in folded(offer.title) for word in words)
        ]
        found.sort(key=lambda offer: not folded(offer.title).startswith("".join(words[:1])))
        self._show(found)
        self._pause.start()

    def _look_for_records(self) -> None:
        text, session = self.field.text().strip(), self._session
        if session is None or len(text) < 2:
            return
        if self._search is not None:
            self._search.cancel()
        store, catalogue, words = session.store, session.catalogue, self._desk.words

        def work(_: object) -> object:
            from mineaction_desktop.services.searching import (  # noqa: PLC0415 - when first used
                search_everywhere,
            )

            return text, search_everywhere(store, catalogue, text, MOST_OF_A_KIND, words)

        self._search = self._jobs.do(work, self._on_records, lambda _: None)

    def _on_records(self, result: object) -> None:
        assert isinstance(result, tuple)  # noqa: S101 - what the work above returned
        text, hits = result
        if text != self.field.text().strip() or self._session is None:
            return
        forms = self._session.catalogue.forms
        for hit in hits:
            title = self._desk.say(forms[hit.kind].title)
            name = hit.name if hit.local_id in hit.name else f"{hit.local_id} {hit.name}"
            self._append(Offer(name, title, "file", address=f"editor:{hit.kind}:{hit.id}"))
        self._after()

    def _show(self, offers: Iterable[Offer]) -> None:
        self._model.clear()
        for offer in offers:
            self._append(offer)
        self._after()

    def _after(self) -> None:
        self._nothing.setVisible(not self._model.rowCount())
        if not self.list.currentIndex().isValid() and self._model.rowCount():
            self.list.setCurrentIndex(self._model.index(0, 0))

    def _append(self, offer: Offer) -> None:
        item = QStandardItem(icons.icon(offer.icon), offer.title)
        item.setData(offer.detail, DETAIL)
        item.setData(offer.command, COMMAND)
        item.setData(offer.address, ADDRESS)
        item.setData(f"{offer.title} {offer.detail}", Qt.ItemDataRole.AccessibleTextRole)
        self._model.appendRow(item)


def folded(text: str) -> str:
    """Text for comparing: without case, accents and vowel signs."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold()
