"""A process that adds a kind of record and keys one in the real window, by key events alone.

It is run in a folder with a register and a form; what stands on the screen is printed as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import cast

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

from PySide6.QtCore import (  # noqa: E402 - after the new kind, as everything that knows kinds
    Qt,
    QTimer,
)
from PySide6.QtTest import QTest  # noqa: E402 - as above
from PySide6.QtWidgets import QApplication, QLabel, QWidget  # noqa: E402 - as above

from mineaction_desktop.services.history import verify_register  # noqa: E402 - as above
from mineaction_desktop.settings import SettingsFile  # noqa: E402 - as above
from mineaction_desktop.ui import looks  # noqa: E402 - as above
from mineaction_desktop.ui.lists.list_screen import ListScreen  # noqa: E402 - as above
from mineaction_desktop.ui.program import Program  # noqa: E402 - as above

Key = Qt.Key
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
PATIENCE = 30.0


class Person:
    """Somebody at the real window who has no mouse."""

    def __init__(self, program: Program) -> None:
        self.program = program

    def wait(self, until: Callable[[], object], what: str) -> None:
        end = time.monotonic() + PATIENCE
        while not until():
            if time.monotonic() > end:
                raise TimeoutError(f"no {what}; on the screen: {self.texts()}")
            QTest.qWait(20)

    def key(self, key: Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self._focus(), key, modifiers)
        QApplication.processEvents()

    def type(self, text: str, then: Key | None = Key.Key_Return) -> None:
        QTest.keyClicks(self._focus(), text)
        QApplication.processEvents()
        if then is not None:
            self.key(then)

    def answer(self, text: str) -> None:
        """Type into the question as soon as it is in front."""
        if QApplication.activeModalWidget() is None:
            QTimer.singleShot(20, lambda: self.answer(text))
        else:
            self.type(text)

    def texts(self) -> list[str]:
        """What can be read on the screen."""
        windows = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
        labels = [label for window in windows for label in window.findChildren(QLabel)]
        return [label.text() for label in labels if label.isVisible() and label.text()]

    def reads(self, text: str) -> None:
        self.wait(lambda: any(text in one for one in self.texts()), text)

    def arrives(self, address: str) -> None:
        stage = self.program.window.stage
        self.wait(lambda: (stage.visits.here or "").startswith(address), address)

    def command(self, text: str) -> None:
        """Use a command, or go to a list, by a part of its name."""
        self.key(Key.Key_K, CTRL)
        self.type(text)

    def cells(self) -> list[list[str]]:
        """The rows of the list in front."""
        screen = self.program.window.stage.screen_shown
        model = cast("ListScreen", screen).model
        return [
            [str(model.index(row, column).data()) for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]

    def _focus(self) -> QWidget:
        if QApplication.activeWindow() is None:  # a dialog has closed, and no desktop is there
            self.program.window.activateWindow()  # that gives the keyboard back to the window
        self.wait(QApplication.activeWindow, "window with the keyboard")
        found = QApplication.focusWidget() or QApplication.activeWindow()
        assert found is not None
        return found


def key_a_team(person: Person, program: Program) -> dict[str, object]:
    """From the palette to a saved record, with a mistake on the way."""
    person.command("Dog teams")
    person.arrives("list:dog_team")
    person.key(Key.Key_N, CTRL)
    person.arrives("editor:dog_team")
    person.type("Rex")
    person.type("ORG-000001")
    person.type("2024-05")
    person.type("0")
    person.reads("A team that searched nothing is not recorded.")
    person.key(Key.Key_Return, SHIFT)
    person.type("1.5 ha")
    person.wait(
        lambda: not any("searched nothing" in text for text in person.texts()), "correction"
    )
    person.key(Key.Key_S, CTRL)
    assert program.session is not None
    store = program.session.store

    def saved() -> bool:
        with store.read() as reader:
            return reader.session.query(DogTeam).count() == 1

    person.wait(saved, "saving")
    with store.read() as reader:
        team = reader.session.query(DogTeam).one()
        return {
            "name": team.name,
            "has_operator": team.organisation_id is not None,
            "trained": str(team.trained_on),
            "area": team.searched_m2,
        }


def work_in_the_list(person: Person) -> dict[str, object]:
    """Find the record by typing, open it, read its history, delete it and take that back."""
    person.command("Dog teams")
    person.arrives("list:dog_team")
    person.key(Key.Key_F, CTRL)
    person.type("nobody", then=None)
    person.wait(lambda: not person.cells(), "empty list")
    person.key(Key.Key_A, CTRL)
    person.type("rex", then=None)
    person.wait(person.cells, "row that was searched for")
    found = person.cells()
    person.key(Key.Key_Down)
    person.key(Key.Key_Return)
    person.arrives("editor:dog_team:")
    person.key(Key.Key_H, CTRL)
    person.reads("tester")
    history = [text for text in person.texts() if "tester" in text]
    person.key(Key.Key_Left, ALT)
    person.arrives("list:dog_team")
    person.wait(person.cells, "list")
    QTimer.singleShot(0, lambda: person.answer("keyed twice"))  # the question holds up the rest
    person.key(Key.Key_Delete, CTRL)
    person.wait(lambda: not person.cells(), "deletion")
    person.key(Key.Key_Z, CTRL)
    person.wait(person.cells, "record that was brought back")
    return {"found": found, "history": history, "back": person.cells()}


def main() -> None:
    """Open the register of the folder, work, and tell what was seen."""
    app = QApplication(sys.argv)
    looks.register_fonts()
    settings = SettingsFile(Path("settings.json"))
    settings.change(language="en", theme="light", author="tester", office="test office")
    program = Program(app, settings)
    person = Person(program)
    program.start(Path("demo.mineaction"))
    person.wait(lambda: program.session is not None, "register")
    person.wait(lambda: not program.jobs.running, "rest")
    said = key_a_team(person, program) | work_in_the_list(person)
    assert program.session is not None
    verified = verify_register(program.session.store)
    said["problems"] = [str(problem.message) for problem in verified.problems]
    program.window.close()
    program.close()
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main()
