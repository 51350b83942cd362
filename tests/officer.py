"""Somebody who works in the real window by key events alone, and counts the keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from entry_keys import CTRL, NONE, Key, focused
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from mineaction_desktop.ui.entry.editor_screen import EditorScreen
from mineaction_desktop.ui.entry.sheet import Spot
from mineaction_desktop.ui.entry.work import State
from mineaction_desktop.ui.program import Program
from mineaction_desktop.ui.screen import Screen

ENTER, TAB, ESCAPE, DOWN = Key.Key_Return, Key.Key_Tab, Key.Key_Escape, Key.Key_Down

AnyScreen = TypeVar("AnyScreen", bound=Screen)


def press_letter(widget: QWidget, letter: str) -> None:
    """Press the key of a letter of any script; Qt's own tester knows Latin keys only."""
    if letter.isascii():
        QTest.keyClicks(widget, letter)
        return
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, Key.Key_unknown, NONE, letter))


class Officer:
    """Keys into a program that runs; ``keys`` is how many keys were pressed so far.

    A letter is one key, and so is a key pressed while Ctrl or Shift is held.
    """

    def __init__(self, program: Program, wait: Callable[[Callable[[], bool]], object]) -> None:
        self.program, self.wait_for = program, wait
        self.keys = 0
        program.window.activateWindow()
        QApplication.processEvents()

    @property
    def focus(self) -> QWidget:
        """What the next key goes to."""
        return focused()

    def press(
        self,
        key: Key,
        modifiers: Qt.KeyboardModifier = NONE,
        times: int = 1,
    ) -> None:
        """Press a key, perhaps several times."""
        for _ in range(times):
            QTest.keyClick(self.focus, key, modifiers)
            self._after()

    def write(self, text: str, *then: Key) -> None:
        """Type a text letter by letter, then press keys."""
        for letter in text:
            press_letter(self.focus, letter)
            self._after()
        for key in then:
            self.press(key)

    def _after(self) -> None:
        self.keys += 1
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if QApplication.focusWidget() is None:  # a window manager would give the keyboard back
            self.program.window.activateWindow()
            QApplication.processEvents()

    def command(self, words: str) -> None:
        """Ask for something by its words in the palette."""
        self.press(Key.Key_K, CTRL)
        self.write(words, ENTER)

    def on(self, kind: type[AnyScreen]) -> AnyScreen:
        """The screen in front, which must be one of a kind."""
        shown: object = self.program.window.stage.screen_shown
        assert isinstance(shown, kind)
        return shown

    # in an editor

    @property
    def editor(self) -> EditorScreen:
        return self.on(EditorScreen)

    @property
    def spot(self) -> tuple[str, str]:
        """The field with the cursor, after the kind of its row; none for the record itself."""
        spot = self.editor.form.spot()
        assert spot is not None
        sheet = self.editor.work.draft.sheet
        return (sheet.kind_of(spot.row) if spot.row else "", spot.field)

    def value(self, field: str, row: str = "") -> object:
        """What a field holds."""
        return self.editor.work.draft.value(Spot(field, row))

    @property
    def is_saved(self) -> bool:
        """Whether the record that is shown is in the register as it stands."""
        return self.editor.work.state is State.SAVED

    @property
    def unsaid(self) -> list[str]:
        """What the editor finds wrong."""
        return [str(one.message) for _, one in self.editor.problems()]
