"""A process that adds a kind of record and keys one in the real window, by key events alone.

It is run in a folder with a register and a form; what stands on the screen is printed as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy.orm import Mapped

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.records import Record
from mineaction_desktop.records import columns as c
from mineaction_desktop.storage import schema
from mineaction_desktop.storage.migrations import make


class DogTeam(Record, kw_only=True):
    """All that a developer writes besides the form and the migration."""

    prefix = "DOG"
    name: Mapped[str] = c.text(required=True)
    organisation_id: Mapped[str | None] = c.link("organisation")
    trained_on: Mapped[PartialDate | None] = c.partial_date()
    searched_m2: Mapped[int | None] = c.area()


VERSIONS = Path("versions")
VERSIONS.mkdir()
make.make("9001_dog_teams", VERSIONS, after=(schema.VERSIONS,))
# As if HEAD named this migration, which would lie among the others.
schema.CURRENT = schema.Schema("9001", (schema.VERSIONS, VERSIONS))

from entry_keys import ALT, CTRL, SHIFT, Key  # noqa: E402 - after the new kind, as all below
from officer import DOWN, ENTER, Officer  # noqa: E402 - as above
from PySide6.QtCore import QTimer  # noqa: E402 - as above
from PySide6.QtWidgets import QApplication, QLabel  # noqa: E402 - as above

from mineaction_desktop.services.history import verify_register  # noqa: E402 - as above
from mineaction_desktop.settings import SettingsFile  # noqa: E402 - as above
from mineaction_desktop.ui import looks  # noqa: E402 - as above
from mineaction_desktop.ui.entry.editor_screen import EditorScreen  # noqa: E402 - as above
from mineaction_desktop.ui.lists.list_screen import ListScreen  # noqa: E402 - as above
from mineaction_desktop.ui.program import Program  # noqa: E402 - as above

PATIENCE = 60.0


def wait(until: Callable[[], object]) -> None:
    """Let the program work until something is so."""
    end = time.monotonic() + PATIENCE
    while not until():
        if time.monotonic() > end:
            raise TimeoutError(texts())
        QApplication.processEvents()
        time.sleep(0.01)  # the tester's own wait would keep the worker from working


def texts() -> list[str]:
    """What can be read on the screen."""
    windows = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    labels = [label for window in windows for label in window.findChildren(QLabel)]
    return [label.text() for label in labels if label.isVisible() and label.text()]


def cells(officer: Officer) -> list[list[str]]:
    """The rows of the list in front."""
    model = officer.on(ListScreen).model
    return [
        [
            str(model.index(row, column).data()).strip("\u200e")
            for column in range(model.columnCount())
        ]
        for row in range(model.rowCount())
    ]


def answer(officer: Officer, text: str) -> None:
    """Type into the question as soon as it is in front; it holds up the rest."""
    asking, focus = QApplication.activeModalWidget(), QApplication.focusWidget()
    if asking is None or focus is None or not asking.isAncestorOf(focus):
        QTimer.singleShot(20, lambda: answer(officer, text))
    else:
        officer.write(text, ENTER)


def key_a_team(officer: Officer) -> dict[str, object]:
    """From the palette to a saved record, with a mistake on the way."""
    officer.command("dog teams")
    officer.press(Key.Key_N, CTRL)
    officer.write("Rex", ENTER)
    officer.write("1", ENTER)
    officer.write("2024-05", ENTER)
    officer.write("0", ENTER)
    assert any("A team that searched nothing" in text for text in texts())
    officer.press(ENTER, SHIFT)
    officer.write("1.5 ha", ENTER)
    assert not any("A team that searched nothing" in text for text in texts())
    officer.press(Key.Key_S, CTRL)
    assert officer.is_saved, officer.unsaid
    return {name: str(officer.value(name)) for name in ("name", "trained_on", "searched_m2")} | {
        "has_operator": officer.value("organisation_id") is not None
    }


def work_in_the_list(officer: Officer) -> dict[str, object]:
    """Find the record by typing, open it, read its history, delete it and take that back."""
    officer.command("dog teams")
    officer.press(Key.Key_F, CTRL)
    officer.write("nobody")
    wait(lambda: not cells(officer))
    officer.press(Key.Key_A, CTRL)
    officer.write("rex")
    wait(lambda: cells(officer))
    found = cells(officer)
    officer.press(DOWN)
    officer.press(ENTER)
    history = officer.on(EditorScreen).history
    officer.press(Key.Key_H, CTRL)
    told = history.lines()
    officer.press(Key.Key_Left, ALT)
    wait(lambda: cells(officer))
    QTimer.singleShot(0, lambda: answer(officer, "keyed twice"))
    officer.press(Key.Key_Delete, CTRL)
    wait(lambda: not cells(officer))
    officer.press(Key.Key_Z, CTRL)
    wait(lambda: cells(officer))
    return {"found": found, "history": told, "back": cells(officer)}


def main() -> None:
    """Open the register of the folder, work, and tell what was seen."""
    app = QApplication(sys.argv)
    looks.register_fonts()
    settings = SettingsFile(Path("settings.json"))
    settings.change(language="en", theme="light", author="tester", office="test office")
    program = Program(app, settings)
    program.start(Path("demo.mineaction"))
    wait(lambda: program.session is not None)
    wait(lambda: not program.jobs.running)
    officer = Officer(program, wait)
    said = key_a_team(officer) | work_in_the_list(officer)
    assert program.session is not None
    verified = verify_register(program.session.store)
    said["problems"] = [str(problem.message) for problem in verified.problems]
    program.window.close()
    program.close()
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main()
