"""Somebody presses any keys in the whole window: ``python tests/monkey_desk.py SEED KEYS [ar]``.

The program runs on a copy of the made-up country; keys go to whatever has the keyboard, also
within menus and dialogs. Nothing may be raised, whatever is typed, and the register must be
sound afterwards. The same seed presses the same keys, as far as the machine is as fast.
"""

from __future__ import annotations

import faulthandler
import os
import random
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is asked for a window
os.environ["QT_LOGGING_RULES"] = "default.warning=false"  # what this platform cannot do

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from registers import AUTHOR, unsound
from shiboken6 import isValid

from mineaction_desktop.services.registers import demo_register
from mineaction_desktop.settings import SettingsFile
from mineaction_desktop.storage.store import Store
from mineaction_desktop.ui import looks
from mineaction_desktop.ui import program as program_module
from mineaction_desktop.ui.entry.editor_screen import EditorScreen
from mineaction_desktop.ui.program import Program

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier

TEXTS = (
    "a", "North", "12", "2025", "3.2.2025", "31.02.2025", "1,234.5", "5.6 ha", "-7", "0",
    "34.5553, 69.2075", "42S WD 1234 5678", "=1+1", "@SUM(A1)", "ميدان", "١٢٣", "\u202eabc",
    "\u200b", "\x00", "\U0001f9e8", "x" * 300, "%", "_", "'", '"', "{n}", "<b>", "\\", "HA-000001",
)  # fmt: skip
"""What is typed at once: words, numbers, dates, places, and what should not be there."""

TABLES = (
    "name\tstatus\nA\topen\nB\tclosed\n",
    "1\t2\t3\n4\n\n5\t6\n",
    "APM\t2\n" * 40,
    "=1+1\t@SUM(A1)\n",
    "\x00\ud800\t\u202e\n".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    "",
)
"""What lies on the clipboard now and then."""

PLAIN = (
    *[Key.Key_Tab] * 8, *[Key.Key_Return] * 14, *[Key.Key_Down] * 6, *[Key.Key_Up] * 3,
    *[Key.Key_Left] * 2, *[Key.Key_Right] * 3, Key.Key_Home, Key.Key_End, Key.Key_PageDown,
    Key.Key_PageUp, Key.Key_Space, Key.Key_Backspace, Key.Key_Delete, *[Key.Key_Escape] * 3,
    *[Key.Key_F3] * 3, *[Key.Key_F4] * 2, Key.Key_F1, Key.Key_F2, Key.Key_F5, Key.Key_F6,
    *[Key.Key_F7] * 2, *[Key.Key_F8] * 2, Key.Key_F9, Key.Key_F10, Key.Key_F11, Key.Key_F12,
    Key.Key_Insert, Key.Key_Menu,
)  # fmt: skip
SHIFTED = (Key.Key_Tab, Key.Key_Return, Key.Key_F7, Key.Key_F8, Key.Key_Down, Key.Key_Up,
           Key.Key_F10, Key.Key_Right, Key.Key_Space)  # fmt: skip
ALTED = (Key.Key_Left, Key.Key_Right, Key.Key_Home, Key.Key_Down, Key.Key_Return, Key.Key_R,
         Key.Key_L, Key.Key_E)  # fmt: skip
CONTROLLED = (
    *[getattr(Key, f"Key_{letter}") for letter in "ACDEFHKMNPSVXYZSZSVN0123456789"],
    Key.Key_Return, Key.Key_Delete, Key.Key_PageUp, Key.Key_PageDown, Key.Key_Home, Key.Key_End,
    Key.Key_Comma, Key.Key_Slash, Key.Key_Space,
)  # fmt: skip
SHOUTED = tuple(getattr(Key, f"Key_{letter}") for letter in "SLCFYRZENW")
"""With Ctrl and Shift."""

HELD = (
    (Key.Key_F3, NONE), (Key.Key_PageDown, CTRL), (Key.Key_S, CTRL), (Key.Key_Return, NONE),
    (Key.Key_Delete, NONE), (Key.Key_Z, CTRL), (Key.Key_N, CTRL), (Key.Key_F4, NONE),
)  # fmt: skip
"""Keys that are held down now and then, so that they repeat."""


@dataclass
class Monkey:
    """Presses keys until it has pressed enough, through every loop that a dialog begins."""

    program: Program
    path: Path
    folder: Path
    chance: random.Random
    left: int
    pressed: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    _idle: int = 0

    def run(self) -> None:
        """Press all keys and come back when nothing runs any more."""
        loop = QEventLoop()
        self._done = loop.quit
        QTimer.singleShot(0, self._next)
        loop.exec()

    def _next(self) -> None:
        if self.left <= 0 or self.faults:
            self._leave_all()
            return
        QTimer.singleShot(0, self._next)  # before the key: it may begin a loop of a dialog's own
        self.left -= 1
        try:
            self._tend()
            self._press()
        except Exception:  # noqa: BLE001 - told with the keys that led to it
            self.faults.append(traceback.format_exc())

    def _tend(self) -> None:
        """Have a window with a register in it, and the keyboard somewhere."""
        program, window = self.program, self.program.window
        if not window.isVisible():
            window.show()
        if program.session is None and not program.jobs.running:
            self._idle += 1
            if self._idle > 60:
                self._idle = 0
                self.pressed.append("(open)")
                program.open(self.path)
        if QApplication.activeWindow() is None:
            (QApplication.activeModalWidget() or window).activateWindow()

    def _press(self) -> None:
        acts: dict[Callable[[], None], int] = {
            self._write: 300,
            lambda: self._click(self.chance.choice(PLAIN), NONE): 400,
            lambda: self._click(self.chance.choice(SHIFTED), SHIFT): 60,
            lambda: self._click(self.chance.choice(ALTED), ALT): 40,
            lambda: self._click(self.chance.choice(CONTROLLED), CTRL): 120,
            lambda: self._click(self.chance.choice(SHOUTED), CTRL | SHIFT): 30,
            self._hold: 20,
            lambda: QGuiApplication.clipboard().setText(self.chance.choice(TABLES)): 15,
            self._go_back_and_forth: 15,
        }
        self.chance.choices([*acts], [*acts.values()])[0]()

    def _write(self) -> None:
        text = self.chance.choice(TEXTS)
        self._note(f"type {text[:12]!r}")
        for letter in text[:60]:
            self._type(letter)

    def _hold(self) -> None:
        key, modifiers = self.chance.choice(HELD)
        for _ in range(12):
            self._click(key, modifiers)

    def _type(self, letter: str) -> None:
        focus = self._target()
        if ord(letter) < 128 and letter.isprintable():
            _strike(focus, lambda one: QTest.keyClicks(one, letter))
        elif isinstance(focus, QLineEdit):
            focus.insert(letter)

    def _click(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
        self._note(f"{modifiers.name} {key.name}")
        _strike(self._target(), lambda one: QTest.keyClick(one, key, modifiers))

    def _note(self, said: str) -> None:
        here = self.program.window.stage.visits.here
        modal = type(QApplication.activeModalWidget()).__name__
        self.pressed.append(f"{said} in {type(self._target()).__name__} of {modal} on {here}")
        del self.pressed[:-60]

    def _target(self) -> QWidget:
        """What has the keyboard."""
        popup, modal = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        top = popup or modal or self.program.window
        focus = popup.focusWidget() if popup is not None else QApplication.focusWidget()
        is_inside = (
            focus is not None and isValid(focus) and (top is focus or top.isAncestorOf(focus))
        )
        return focus if focus is not None and is_inside else top

    def _go_back_and_forth(self) -> None:
        """What is undone to the beginning and done again is as it was."""
        screen = self.program.window.stage.screen_shown
        if not isinstance(screen, EditorScreen) or QApplication.activeModalWidget() is not None:
            return
        screen.form.commit()
        draft = screen.work.draft
        before, steps = draft.sheet.content(), draft.steps.index()
        while draft.steps.canUndo():
            draft.undo()
        while draft.steps.index() < steps and draft.steps.canRedo():
            draft.redo()
        if draft.steps.index() != steps or draft.sheet.content() != before:
            self.faults.append(f"undo and redo: {before} but {draft.sheet.content()}")

    def _leave_all(self) -> None:
        """Close what is open on top of the window; then all is done."""
        modal = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if modal is not None:
            modal.close()
            QTimer.singleShot(0, self._leave_all)
        else:
            QTimer.singleShot(0, self._done)


@contextmanager
def _without_the_rest_of_the_computer(folder: Path, chance: random.Random) -> Iterator[None]:
    """Files are asked for without a dialog of the system, and nothing is opened elsewhere."""

    def file(*_: object, **__: object) -> tuple[str, str]:
        names = ["", "", "out.csv", "out.xlsx", "out.pdf", "new.mineaction", "no/such/file.csv"]
        name = chance.choice(names)
        return (str(folder / name) if name else "", "")

    replaced: dict[tuple[object, str], object] = {
        (QFileDialog, "getOpenFileName"): file,
        (QFileDialog, "getSaveFileName"): file,
        (QFileDialog, "getOpenFileNames"): lambda *_, **__: ([], ""),
        (QFileDialog, "getExistingDirectory"): lambda *_, **__: str(folder),
        (QDesktopServices, "openUrl"): lambda *_: True,
        (program_module, "catch_crashes"): lambda *_: None,  # faults are told here, not to people
    }
    before = {(of, name): getattr(of, name) for of, name in replaced}
    for (of, name), instead in replaced.items():
        setattr(of, name, staticmethod(instead))  # type: ignore[arg-type]  # a function each
    try:
        yield
    finally:
        for (of, name), instead in before.items():
            setattr(of, name, instead)


def play(app: QApplication, path: Path, folder: Path, seed: int, keys: int, language: str) -> str:
    """Press so many keys in a program on a register; what went wrong, or nothing."""
    settings = SettingsFile(folder / "settings.json")
    settings.change(language=language, theme="light", author="tester", office="test office")
    chance = random.Random(seed)  # noqa: S311 - keys, no secrets
    program = Program(app, settings)
    monkey = Monkey(program, path, folder, chance, keys)
    app.setQuitOnLastWindowClosed(False)

    def raised(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        monkey.faults.append("".join(traceback.format_exception(kind, error, trace)))

    hook = sys.excepthook
    sys.excepthook = raised
    try:
        with _without_the_rest_of_the_computer(folder, chance):
            program.start(path)
            _wait(lambda: program.session is not None)
            monkey.run()
            program.window.close()
            _wait(lambda: not program.jobs.running)
        program.close()
    finally:
        sys.excepthook = hook
        program.window.deleteLater()
        program.deleteLater()
    if monkey.faults:
        return "\n".join([*monkey.pressed, f"{monkey.left} keys were left", *monkey.faults])
    with Store.open(path, AUTHOR, write=True) as store:
        return "\n".join(str(one) for one in unsound(store))


def _strike(target: QWidget, act: Callable[[QWidget], None]) -> None:
    try:
        act(target)
    except RuntimeError:  # a menu is gone once something was chosen in it
        if isValid(target):
            raise


def _wait(happened: Callable[[], bool]) -> None:
    for _ in range(4000):
        if happened():
            return
        QTest.qWait(10)
    raise TimeoutError(happened)


def main(seed: int, keys: int, language: str) -> int:
    """Play on a new made-up country; give 1 if anything went wrong."""
    faulthandler.enable()
    app = QApplication(["mineaction-desktop"])
    looks.register_fonts()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["MINEACTION_RESCUE"] = f"{folder}/rescued"
        os.environ["HOME"] = str(folder)
        os.chdir(folder)
        path = folder / "country.mineaction"
        given = os.environ.get("MONKEY_REGISTER")
        if given:
            shutil.copy(given, path)
        else:
            demo_register(path)
        wrong = play(app, path, folder, seed, keys, language)
    print(wrong or f"seed {seed}: {keys} keys pressed, nothing is wrong")  # noqa: T201 - a command
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), (sys.argv[3:] or ["en"])[0]))
