"""How many megabytes a list takes above a window: ``list_memory.py REGISTER model|floor``."""

from __future__ import annotations

import os
import sqlite3
import sys
from array import array
from contextlib import closing
from itertools import chain
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QEventLoop, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

from mineaction_desktop.formdef.catalogue import load_catalogue
from mineaction_desktop.services.opening import Author, open_register
from mineaction_desktop.settings import SettingsFile
from mineaction_desktop.ui.desk import Session, open_desk
from mineaction_desktop.ui.lists.list_screen import ListScreen

KIND = "area_movement"
_PAGE = 4096
_NOWHERE = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class Floor(QAbstractTableModel):
    """The least that a list of so many rows can keep: the number of each row."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._rows = array("q")
        with closing(sqlite3.connect(path)) as connection:
            cursor = connection.execute(f"SELECT rowid FROM {KIND} ORDER BY local_id DESC")
            while rows := cursor.fetchmany(20_000):
                self._rows.extend(chain.from_iterable(rows))

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        return 0 if parent.isValid() else 1

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return self._rows[index.row()] if role == Qt.ItemDataRole.DisplayRole else None


def resident() -> float:
    """Megabytes that this process holds."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * _PAGE / 1e6


def floor(path: Path, window: QMainWindow) -> float:
    """The least, above the window."""
    before = resident()
    view = QTableView()
    view.setModel(Floor(path))
    window.setCentralWidget(view)
    QApplication.processEvents()
    return resident() - before


def model(path: Path, window: QMainWindow) -> float:
    """Our own list, above a window with the register open and another list of few rows."""
    desk = open_desk(SettingsFile(path.with_name("settings.json")))
    author = Author("benchmark", "benchmark")
    with open_register(path, write=False) as store:
        session = Session(desk, store, load_catalogue(), author, path)
        few = ListScreen(session, "organisation")
        window.setCentralWidget(few)
        _wait(few)
        before = resident()
        screen = ListScreen(session, KIND)
        window.setCentralWidget(screen)
        _wait(screen)
        for place in range(0, screen.model.rowCount(), 10_000):
            screen.view.scrollTo(screen.model.index(place, 0))
            QApplication.processEvents()
        taken = resident() - before
        screen.model.close()
        few.model.close()
    return taken


def _wait(screen: ListScreen) -> None:
    """Until all rows of a list are there."""
    rows = screen.model
    if not rows.is_complete:
        loop = QEventLoop()
        rows.counted.connect(loop.quit)
        loop.exec()
    QApplication.processEvents()


def main() -> None:
    """Print the megabytes."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication([])
    window = QMainWindow()
    window.resize(1280, 720)
    window.show()
    application.processEvents()
    way = {"model": model, "floor": floor}[sys.argv[2]]
    print(f"{way(Path(sys.argv[1]), window):.1f}")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
