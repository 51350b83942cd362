"""Preferences and what the window remembers: declared once, and never a reason to fail."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from mineaction_desktop import settings as module
from mineaction_desktop.settings import (
    Declared,
    Settings,
    SettingsFile,
    declarations,
    read_settings,
)


def test_what_is_kept_is_there_the_next_time(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.json"
    settings = SettingsFile(path)
    settings.change(theme="dark", text_size=150, author="Ñandú")
    settings.remember("recent", [{"path": "/x"}])
    again = SettingsFile(path)
    assert again.value == replace(Settings(), theme="dark", text_size=150, author="Ñandú")
    assert again.recall("recent") == [{"path": "/x"}]


def test_what_is_forgotten_leaves_the_file(tmp_path: Path) -> None:
    settings = SettingsFile(tmp_path / "settings.json")
    settings.remember("place", "list:accident")
    settings.remember("place", None)
    assert "place" not in settings.path.read_text("utf-8")
    assert settings.recall("place", "nowhere") == "nowhere"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({}, Settings()),
        ({"theme": "dark", "unknown": 1}, Settings(theme="dark")),
        ({"theme": "pink"}, Settings()),
        ({"text_size": "150"}, Settings()),
        ({"text_size": True}, Settings()),
        ({"text_size": 3000}, Settings()),
        ({"enter_moves": 0}, Settings()),
        ({"enter_moves": False, "office": "Centre"}, Settings(enter_moves=False, office="Centre")),
    ],
)
def test_what_cannot_be_meant_takes_its_default(
    content: dict[str, object], expected: Settings
) -> None:
    assert read_settings(content) == expected


def test_an_earlier_name_of_a_preference_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    renamed = declarations() | {"theme": Declared("Colours", "Looks", was=("colours",))}
    monkeypatch.setattr(module, "declarations", lambda: renamed)
    assert read_settings({"colours": "dark"}).theme == "dark"
    assert read_settings({"colours": "dark", "theme": "light"}).theme == "light"


@pytest.mark.parametrize("text", ["", "{", "[1]", '"x"', '{"settings": 3}', "\x00", "[" * 100_000])
def test_a_broken_file_costs_the_preferences_and_no_more(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(text, "utf-8")
    settings = SettingsFile(path)
    assert settings.value == Settings()
    settings.change(theme="dark")
    assert json.loads(path.read_text("utf-8"))["settings"]["theme"] == "dark"


def test_a_broken_file_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text("{broken", "utf-8")
    SettingsFile(path)
    assert path.with_name("settings.json.broken").read_text("utf-8") == "{broken"


def test_a_place_that_cannot_be_written_costs_the_memory_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", "utf-8")
    settings = SettingsFile(tmp_path / "file" / "settings.json")
    assert settings.change(theme="dark").theme == "dark"


def test_every_preference_is_declared_with_words_and_a_possible_default() -> None:
    for name, declared in declarations().items():
        default = getattr(Settings(), name)
        assert declared.title
        assert declared.group
        assert not declared.options or default in {option.value for option in declared.options}
        assert isinstance(default, str | int | bool)
