"""An editor in a window of its own, worked by key events alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.services.browsing import ListQuery, first_rows, record_ids
from mineaction_desktop.ui.actions import Actions
from mineaction_desktop.ui.desk import Session
from mineaction_desktop.ui.entry.editor_screen import EditorScreen
from mineaction_desktop.ui.entry.sheet import Spot

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def focused() -> QWidget:
    """What the next key goes to."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


class Window(QMainWindow):
    """The editor with the commands of the program, as the real window has them."""

    def __init__(self, screen: EditorScreen) -> None:
        super().__init__()
        self.screen_inside = screen
        self.setCentralWidget(screen)
        self.actions_of = Actions(screen.desk, self)
        self.actions_of.answer(dict, screen.handlers)
        screen.handlers_changed.connect(self.actions_of.refresh)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        self.screen_inside.can_leave()
        super().closeEvent(event)


class Clerk:
    """Somebody who keys without a mouse."""

    def __init__(self, qtbot: QtBot, screen: EditorScreen, size: tuple[int, int]) -> None:
        self.qtbot, self.screen = qtbot, screen
        self.window = Window(screen)
        qtbot.addWidget(self.window)
        self.window.resize(*size)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.back()
        screen.place_focus()

    def back(self) -> None:
        """Have the keyboard in the editor again, as a window manager gives it back."""
        self.window.activateWindow()
        QApplication.processEvents()

    @property
    def focus(self) -> QWidget:
        return focused()

    @property
    def spot(self) -> Spot | None:
        return self.screen.form.spot()

    def key(self, key: Key, modifiers: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        for _ in range(times):
            QTest.keyClick(self.focus, key, modifiers)
            QApplication.processEvents()

    def type(self, text: str, *, then: Key | None = Key.Key_Return) -> None:
        for letter in text:  # a letter may put the cursor elsewhere, as in an empty table
            QTest.keyClicks(self.focus, letter)
            QApplication.processEvents()
        if then is not None:
            self.key(then)

    def go(self, field: str, row: str = "") -> None:
        """Go to a field by its name; tests of the way itself use keys."""
        self.screen.go_to(Spot(field, row))
        QApplication.processEvents()

    def value(self, field: str, row: str = "") -> object:
        return self.screen.work.draft.value(Spot(field, row))

    def values(self) -> dict[str, object]:
        return {k: v for k, v in self.screen.work.draft.sheet.values().items() if v is not None}

    def errors(self) -> list[str]:
        return [one.code for _, one in self.screen.problems() if one.severity is Severity.ERROR]


@contextmanager
def editing(
    qtbot: QtBot,
    session: Session,
    kind: str,
    record_id: str | None = None,
    draft_id: str | None = None,
    *,
    size: tuple[int, int] = (1040, 640),
) -> Iterator[Clerk]:
    """An editor that is open while the test keys, and left the way a person leaves it."""
    clerk = Clerk(qtbot, EditorScreen(session, kind, record_id, draft_id), size)
    yield clerk
    clerk.window.close()


def nth(session: Session, kind: str, n: int = 0) -> str:
    """The id of a record of the register."""
    rows = first_rows(session.store, session.catalogue, ListQuery(kind))
    return next(iter(record_ids(session.store, kind, rows[n : n + 1])))
