"""The one list of commands: ids, keys, menus and icons agree."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeySequence
from PySide6.QtWidgets import QApplication

from mineaction_desktop.paths import resources_dir
from mineaction_desktop.ui import icons
from mineaction_desktop.ui.commands import (
    BY_ID,
    COMMANDS,
    MENUS,
    SUBJECT_ICONS,
    SUBJECTS,
    TOOLBAR,
    Command,
)

IN_MENUS = [name for _, names in MENUS for name in names if name]
ACTIONS = [command for command in COMMANDS if not command.in_place]


def test_ids_are_told_apart() -> None:
    assert len(BY_ID) == len(COMMANDS)


def test_no_key_means_two_things() -> None:
    keys = Counter(
        QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)
        for command in ACTIONS
        for key in command.keys
    )
    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_keys_are_keys(command: Command) -> None:
    for key in command.keys:
        assert QKeySequence(key).toString(), f"{key} is no key that Qt knows"


@pytest.mark.parametrize("command", ACTIONS, ids=lambda command: command.id)
def test_every_command_is_in_one_menu(command: Command) -> None:
    assert IN_MENUS.count(command.id) == 1


def test_menus_and_toolbar_hold_nothing_else() -> None:
    assert {*IN_MENUS, *filter(None, TOOLBAR)} <= BY_ID.keys()


def test_every_subject_has_its_number() -> None:
    for n, subject in enumerate(SUBJECTS, start=1):
        assert BY_ID[f"subject.{subject}"].keys == (f"Ctrl+{n}",)
        assert subject in SUBJECT_ICONS


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("record.save", "Ctrl+S"),
        ("record.undo", "Ctrl+Z"),
        ("record.redo", "Ctrl+Y"),
        ("list.filter", "Ctrl+F"),
        ("record.print", "Ctrl+P"),
        ("record.duplicate", "Ctrl+D"),
        ("row.insert", "F3"),
        ("row.delete", "F4"),
        ("record.goto_field", "F6"),
        ("record.previous_value", "F7"),
        ("record.to_end", "F10"),
        ("record.next", "Ctrl+PgDown"),
        ("window.palette", "Ctrl+K"),
        ("window.keys", "F1"),
    ],
)
def test_habits_of_hands_are_kept(name: str, key: str) -> None:
    assert key in BY_ID[name].keys


NAMED = sorted({*SUBJECT_ICONS.values(), *(one.icon for one in COMMANDS if one.icon)})


@pytest.mark.parametrize("name", [*NAMED, *sorted(icons.DIRECTIONAL), "app"])
def test_every_icon_is_there(qapp: QApplication, name: str) -> None:
    del qapp
    image = icons.icon(name, "text").pixmap(32, 32).toImage()
    inked = sum(image.pixelColor(x, y).alpha() > 0 for x in range(32) for y in range(32))
    assert inked > 20


def _ink(image: QImage) -> list[int]:
    """How much is drawn in each column."""
    return [
        sum(image.pixelColor(x, y).alpha() for y in range(image.height()))
        for x in range(image.width())
    ]


def test_an_icon_that_points_is_mirrored(qapp: QApplication) -> None:
    there = _ink(icons.icon("arrow-left").pixmap(32, 32).toImage())
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        mirrored = _ink(icons.icon("arrow-left").pixmap(32, 32).toImage())
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    assert there != mirrored
    assert there == pytest.approx(mirrored[::-1], abs=40)


def test_icons_come_with_their_licence() -> None:
    folder: Path = resources_dir() / "icons"
    assert "ISC" in (folder / "LICENSE-Lucide.txt").read_text("utf-8")
    for path in folder.glob("*.svg"):
        assert "currentColor" in path.read_text("utf-8"), f"{path.name} has colours of its own"
