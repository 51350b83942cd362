"""How long the window takes to appear, with the page of a register, and to open the register."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from measuring import Measurement, command, compare, in_children

from mineaction_desktop.services.registers import demo_register

_TIMES = 5
"""A start is short, so it is repeated more often than other work."""

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
from mineaction_desktop.settings import SettingsFile
from mineaction_desktop.ui.app import make
register, settings, until = sys.argv[1:]
app, program = make(SettingsFile(Path(settings)))
def shown(screen):
    found = type(program.window.stage.screen_shown).__name__
    if found != screen:
        print(f"{screen} was expected, not {found}", file=sys.stderr)
    os._exit(found != screen)
if until == "left":  # opened, looked over, checked and closed, so that it is remembered
    program.registers.checked.connect(lambda _: program.window.close())
elif until == "open":
    program.registers.seen.connect(lambda _: shown("OverviewScreen"))
else:
    program.window.drawn.connect(lambda: shown(until))
program.start(Path(register))
app.exec()
program.close()
"""


def measure(scratch: Path, runs: int) -> Iterator[Measurement]:
    """The window that is told to open a register, against a bare window.

    With the page of a register that was open before; at the first start, with nothing to show of
    it yet; and until the register is open and has been looked over. Nothing of the register is
    loaded before the window is drawn; bytecode is kept, as installed.
    """
    path = scratch / "window.mineaction"
    demo_register(path)
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment |= {
        "PYTHONPYCACHEPREFIX": str(scratch / "bytecode"),
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CACHE_HOME": str(scratch / "cache"),
    }
    known, new = scratch / "known" / "settings.json", scratch / "new" / "settings.json"
    words = [sys.executable, "-c", _OURS, str(path)]
    subprocess.run([*words, str(known), "left"], check=True, env=environment)  # noqa: S603 - ours
    floor = command([sys.executable, "-c", _BARE], environment)
    for name, settings, until, goal in (
        ("the window with its register's page", known, "OverviewScreen", 2.5),
        ("the window at the first start", new, "WaitingScreen", None),
        ("the register open and looked over", known, "open", None),
    ):
        ours = command([*words, str(settings), until], environment)
        yield compare(
            name,
            floor,
            ours,
            runs=runs * _TIMES,
            goal=goal,
            clock=in_children,
        )
