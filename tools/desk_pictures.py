"""Pictures of every main screen of the desk, made from the made-up country.

python tools/desk_pictures.py docs/pictures
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is asked for a window

from desk_scenes import SCENES, prepare, wait, wait_until
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from mineaction_desktop.services.registers import demo_register
from mineaction_desktop.settings import SettingsFile
from mineaction_desktop.ui import looks
from mineaction_desktop.ui.program import Program

SIZE = (1280, 720)
COLOURS = 256
"""So many colours are enough for a window; the files are a third as large."""
CHECKED = 4000
"""Milliseconds until the checks of the year have told the navigation what is open."""


@dataclass(frozen=True, slots=True)
class Way:
    """How the window looks for some of the pictures; none named means every scene."""

    scenes: Sequence[str] = tuple(SCENES)
    language: str = "en"
    theme: str = "light"
    text_size: int = 100


WAYS: Mapping[str, Way] = {
    "": Way(),
    "-arabic": Way(("overview", "list", "new-record"), language="ar"),
    "-dark": Way(("rows", "year"), theme="dark"),
    "-large": Way(("list", "new-record"), text_size=200),
}
"""What the name of a picture ends with, and how the window looks in it."""


def _open(app: QApplication, register: Path, mark: str, way: Way) -> Program:
    settings = SettingsFile(register.parent / f"settings{mark}.json")
    settings.change(language=way.language, theme=way.theme, text_size=way.text_size)
    settings.change(author="officer", office="training")
    program = Program(app, settings)
    program.window.resize(*SIZE)
    program.start(register)
    wait_until(lambda: program.session is not None and not program.jobs.running)
    wait(CHECKED)
    return program


def _save(picture: QPixmap, path: Path) -> None:
    """Write a picture with few colours, which no eye misses here."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    image = Image.open(BytesIO(buffer.data().data())).convert("RGB")
    few = image.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


def main(folder: Path) -> None:
    """Make every picture; those that are there are replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("desk-*.png"):
        old.unlink()
    app = QApplication(["", "-style", looks.STYLE])
    looks.register_fonts()
    with tempfile.TemporaryDirectory() as scratch:
        register = Path(scratch) / "tolmara.mineaction"
        demo_register(register)
        prepare(register)
        for mark, way in WAYS.items():
            program = _open(app, register, mark, way)
            for name in way.scenes:
                _save(SCENES[name](program), folder / f"desk-{name}{mark}.png")
            program.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
