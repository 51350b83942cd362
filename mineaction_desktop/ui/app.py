"""The program ``mineaction-desktop``: reads the call, shows the window, opens the register.

What the register needs is loaded after the window has been drawn.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication

from mineaction_desktop.paths import settings_file
from mineaction_desktop.settings import SettingsFile
from mineaction_desktop.ui import looks
from mineaction_desktop.ui.program import Program

_SELDOM = (50_000, 20, 20)
"""How many new objects call for a search for waste: what is loaded at the start is kept anyway."""


def run(argv: Sequence[str] | None = None) -> int:
    """Run the window and return its exit code."""
    _give_streams()
    arguments = _parser().parse_args(argv)
    app, program = make(SettingsFile(settings_file()))
    if arguments.picture:
        program.registers.checked.connect(lambda _: _take_picture(program, arguments.picture))
    program.start(arguments.store)
    try:
        return app.exec()
    finally:
        program.close()


def make(settings: SettingsFile) -> tuple[QApplication, Program]:
    """Make the program, ready to be started."""
    gc.set_threshold(*_SELDOM)
    app = QApplication(["mineaction-desktop", "-style", looks.STYLE])
    app.setApplicationName("mineaction-desktop")
    app.setApplicationDisplayName("Mine Action Desktop")
    app.setDesktopFileName("mineaction-desktop")
    looks.register_fonts()
    return app, Program(app, settings)


def _take_picture(program: Program, file: Path) -> None:
    """Save the window as it is shown, and end the program."""
    program.window.grab().save(str(file))
    program.window.close()


def _give_streams() -> None:
    """A program without a console has no streams; what is written to them goes nowhere."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open to the end
            setattr(sys, name, nowhere)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="mineaction-desktop", description="The window of Mine Action Desktop."
    )
    parser.add_argument(
        "store",
        nargs="?",
        metavar="STORE",
        type=Path,
        help="the register to open, a .mineaction file; without it the last one",
    )
    parser.add_argument(
        "--picture",
        metavar="FILE",
        type=Path,
        help="save a picture of the window with the register in it, and end",
    )
    return parser


if __name__ == "__main__":
    raise SystemExit(run())
