"""Pictures of the main screens of the desk, made from the made-up country.

python tools/desk_pictures.py docs/pictures
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is asked for a window

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from mineaction_desktop.services.registers import demo_register
from mineaction_desktop.settings import SettingsFile
from mineaction_desktop.ui import looks
from mineaction_desktop.ui.program import Program
from mineaction_desktop.ui.year.year_screen import YearScreen

SCREENS = {
    "overview": "register",
    "list": "list:hazardous_area",
    "search": "search",
    "unfinished": "unfinished",
    "editor": "editor:land_activity",
    "year": "year:2025",
}
SIZE = (1280, 720)
LANGUAGES = {"": "en", "-arabic": "ar"}


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _open(app: QApplication, register: Path, language: str) -> Program:
    settings = SettingsFile(register.parent / f"{language}.json")
    settings.change(language=language, theme="light", author="officer", office="training")
    program = Program(app, settings)
    program.window.resize(*SIZE)
    program.start(register)
    for _ in range(200):
        _wait(100)
        if program.session is not None and not program.jobs.running:
            break
    _wait(4000)  # the checks of the year tell the navigation what is open
    return program


def main(folder: Path) -> None:
    """Make every picture; those that are there are replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication(["", "-style", looks.STYLE])
    looks.register_fonts()
    with tempfile.TemporaryDirectory() as scratch:
        register = Path(scratch) / "tolmara.mineaction"
        demo_register(register)
        for mark, language in LANGUAGES.items():
            program = _open(app, register, language)
            for name, address in SCREENS.items():
                program.go(address)
                shown = program.window.stage.screen_shown
                while isinstance(shown, YearScreen) and shown.reading is None:
                    _wait(100)
                if isinstance(shown, YearScreen):
                    shown.figures.show_form("C")
                _wait(1500)
                program.window.grab().save(str(folder / f"desk-{name}{mark}.png"))
            program.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
