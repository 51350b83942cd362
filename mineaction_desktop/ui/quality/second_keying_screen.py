"""Second keying: the batch, the form for the second person, and the comparison."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.i18n import mark
from mineaction_desktop.services.drafts import drop_draft
from mineaction_desktop.services.second_keying import (
    Item,
    batch_of,
    compare_draft,
    settle,
    start_batch,
)
from mineaction_desktop.ui.banner import Notice
from mineaction_desktop.ui.desk import Session
from mineaction_desktop.ui.entry.scenes import Scenes
from mineaction_desktop.ui.quality.batch_page import BatchPage
from mineaction_desktop.ui.quality.compare_page import ComparePage
from mineaction_desktop.ui.quality.second_editor import SecondEditor
from mineaction_desktop.ui.screen import Handlers, Screen

TITLE = mark("Second keying")
AGREED = mark("{number}: all {n} fields agree.")
SETTLED = mark("{number} is settled.")
DROPPED = mark("{number} was dropped from the batch.")


class SecondKeyingScreen(Screen):
    """One page at a time; finishing a record leads to the next one that waits."""

    key = "second_keying"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._desk = session, session.desk
        self.batch = BatchPage(session, self)
        self.editor: SecondEditor | None = None
        self.comparison: ComparePage | None = None
        self._items: dict[str, Item] = {}
        self._pages = QStackedWidget(self)
        self._first = QScrollArea(self)  # large text in a small window
        self._first.setWidgetResizable(True)
        self._first.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._first.setWidget(self.batch)
        self._pages.addWidget(self._first)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)
        self.batch.begun.connect(self._begin)
        self.batch.wanted.connect(self.open)
        self.batch.dropped.connect(self._drop)
        self._read()

    def title(self) -> str:
        return self.editor.title() if self.editor else self._desk.say(TITLE)

    def handlers(self) -> Handlers:
        return self.editor.handlers() if self.editor else {}

    def place_focus(self) -> None:
        if self.editor is not None:
            self.editor.place_focus()
        elif self.comparison is not None:
            self.comparison.take_focus()
        else:
            self.batch.take_focus()

    def can_leave(self) -> bool:
        return self.editor is None or self.editor.can_leave()

    def save_state(self) -> object:
        return {"kind": self.batch.kind.currentData(), "verify": self.batch.verify.isChecked()}

    def restore_state(self, state: object) -> None:
        if isinstance(state, Mapping):
            self.batch.choose_kind(str(state.get("kind", "")))
            self.batch.verify.setChecked(bool(state.get("verify", True)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.comparison is not None:
            self._show_batch()
        else:
            super().keyPressEvent(event)

    def open(self, draft_id: str) -> None:
        """Key a record of the batch, or compare it if it is keyed."""
        item = self._items[draft_id]
        if item.is_keyed:
            self._compare(item)
        else:
            self._try(lambda: self._key(item))

    def _read(self) -> None:
        with self._session.store.read() as reader:
            found = batch_of(reader, self._session.catalogue, self._session.author)
        self._items = {one.draft.id: one for one in found}
        self.batch.show_batch(found)

    def _begin(self, kind: str, ids: list[str]) -> None:
        session = self._session
        self._try(lambda: start_batch(session.store, session.catalogue, kind, ids, session.author))
        self._read()
        self._next()

    def _key(self, item: Item) -> None:
        editor = SecondEditor(self._session, item, self)
        editor.noticed.connect(self.noticed)
        editor.handlers_changed.connect(self.handlers_changed)
        editor.title_changed.connect(self.title_changed)
        editor.closed.connect(self._leave_editor)
        editor.keyed.connect(lambda: self._on_keyed(item.draft.id))
        self._clear()
        self.editor = editor
        self._show(editor)
        editor.place_focus()

    def _leave_editor(self) -> None:
        if self.can_leave():
            self._show_batch()

    def _on_keyed(self, draft_id: str) -> None:
        self._read()
        self._compare(self._items[draft_id])

    def _compare(self, item: Item) -> None:
        session = self._session

        def compare() -> None:
            with session.store.read() as reader:
                found = compare_draft(reader, session.catalogue, item.draft)
            if not found.mismatches:
                self._settle(item, {}, found.compared)
                return
            scenes = Scenes(
                session,
                self._desk.today(),
                create_linked=lambda *_: None,
                open_linked=lambda kind, one: self.go.emit(f"editor:{kind}:{one}"),
            )
            scene = scenes.scene(lambda: item.draft.content.values)
            page = ComparePage(self._desk, session.catalogue, scene, item.local_id, found, self)
            page.settled.connect(lambda choices: self._settle(item, choices))
            page.left.connect(self._show_batch)
            self._clear()
            self.comparison = page
            self._show(page)
            page.take_focus()

        self._try(compare)

    def _settle(self, item: Item, choices: object, agreed: int = 0) -> None:
        assert isinstance(choices, Mapping)  # noqa: S101 - what the page hands over
        session, verify = self._session, self.batch.verify.isChecked()

        def act() -> None:
            changes = settle(session.store, session.catalogue, item.draft, choices, verify=verify)
            session.tell(changes)
            template = AGREED if agreed else SETTLED
            text = self._desk.say(template, number=item.local_id, n=self._desk.number(agreed))
            self.notice(Notice(text, "done", "second keying"))
            self._read()
            self._next()

        self._try(act)

    def _next(self) -> None:
        """Go on with the next record that waits, or show the batch when there is none."""
        waiting = (one for one in self._items.values() if not one.is_keyed)
        item = next(waiting, None)
        if item is None:
            self._show_batch()
        else:
            self._try(lambda: self._key(item))

    def _drop(self, draft_id: str) -> None:
        item = self._items[draft_id]

        def act() -> None:
            drop_draft(self._session.store, draft_id)
            self._read()
            text = self._desk.say(DROPPED, number=item.local_id)
            self.notice(Notice(text, "info", "second keying"))

        self._try(act)

    def _show_batch(self) -> None:
        self._clear()
        self._read()
        self._pages.setCurrentWidget(self._first)
        self._tell_window()
        self.batch.take_focus()

    def _show(self, page: QWidget) -> None:
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        self._tell_window()

    def _tell_window(self) -> None:
        self.title_changed.emit()
        self.handlers_changed.emit()

    def put_away(self) -> None:
        self._clear()

    def _clear(self) -> None:
        """Put the form or the comparison away."""
        if self.editor is not None:
            self.editor.put_away()
        for page in (self.editor, self.comparison):
            if page is not None:
                self._pages.removeWidget(page)
                page.deleteLater()
        self.editor = self.comparison = None

    def _try(self, work: Callable[[], object]) -> None:
        try:
            work()
        except UserError as error:
            self.notice(Notice(error.render(self._desk.words), "error", "second keying"))
