"""How long the window takes to appear, and to show what is in a register."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from measuring import Measurement, command, compare, in_children

from mineaction_desktop.services.registers import demo_register

_TIMES = 3

_BARE = """
import os
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        QTimer.singleShot(0, lambda: os._exit(0))
app = QApplication([])
window = Window()
window.resize(1280, 720)
window.show()
app.exec()
"""

_OURS = """
import os, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from mineaction_desktop.settings import SettingsFile
from mineaction_desktop.ui import looks
from mineaction_desktop.ui.program import Program
app = QApplication([])
looks.register_fonts()
program = Program(app, SettingsFile(Path(sys.argv[2])))
done = lambda *_: os._exit(0)
if sys.argv[3] == "window":
    program.window.drawn.connect(done)
else:
    program.registers.opened.connect(lambda session, _: session.looked_over.connect(done))
program.start(Path(sys.argv[1]))
app.exec()
"""


def measure(scratch: Path, runs: int) -> Iterator[Measurement]:
    """The window that is told to open a register, and the register in it, against a bare window.

    The window is drawn before anything of the register is loaded; bytecode is kept, as installed.
    """
    path = scratch / "window.mineaction"
    demo_register(path)
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment |= {
        "PYTHONPYCACHEPREFIX": str(scratch / "bytecode"),
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CACHE_HOME": str(scratch / "cache"),
    }
    floor = command([sys.executable, "-c", _BARE], environment)
    for name, until, goal in (
        ("the window on screen", "window", 2.5),
        ("the window, register shown", "register", None),
    ):
        words = [sys.executable, "-c", _OURS, str(path), str(scratch / "settings.json"), until]
        ours = command(words, environment)
        yield compare(
            name,
            lambda: [floor() for _ in range(_TIMES)],
            lambda ours=ours: [ours() for _ in range(_TIMES)],  # type: ignore[misc]  # bound now
            runs=runs,
            goal=goal,
            units=_TIMES,
            clock=in_children,
        )
