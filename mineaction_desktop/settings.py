"""What a person prefers, every preference declared once, and what the window remembers.

Both lie in one JSON file among the user's settings. It is written beside and then renamed, so a
loss of power leaves the old file or the new one.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import Field as DataField
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from mineaction_desktop.i18n import mark

FORMAT = 1

GENERAL = mark("General")
LOOKS = mark("Looks")
KEYING = mark("Keying")
PERSON = mark("Who is working")


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that a preference can have, and how people see it."""

    value: str | int
    title: str


@dataclass(frozen=True, slots=True)
class Declared:
    """What the preferences dialog and the file need to know about one preference."""

    title: str
    group: str
    help: str = ""
    options: tuple[Option, ...] = ()
    was: tuple[str, ...] = ()


def setting(
    default: Any,  # noqa: ANN401 - dataclasses give a field the type that is written beside it
    title: str,
    group: str,
    *,
    help: str = "",  # noqa: A002 - the word that forms use too
    options: tuple[Option, ...] = (),
    was: tuple[str, ...] = (),
) -> Any:  # noqa: ANN401 - as above
    """Declare a preference; ``was`` are the names it had in earlier versions."""
    return field(default=default, metadata={"declared": Declared(title, group, help, options, was)})


LANGUAGES = (
    Option("", mark("Language of the system")),
    Option("en", "English"),
    Option("ar", "العربية"),
)
"""The languages that have a catalogue, each by its own name."""

DIGITS = (
    Option("language", mark("As the language writes them")),
    Option("latin", "0123456789"),
)
THEMES = (
    Option("system", mark("Like the system")),
    Option("light", mark("Light")),
    Option("dark", mark("Dark")),
)
SIZES = tuple(Option(percent, f"{percent} %") for percent in (100, 115, 130, 150, 175, 200))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The preferences of one person on one computer."""

    language: str = setting("", mark("Language"), GENERAL, options=LANGUAGES)
    digits: str = setting(
        "language",
        mark("Digits"),
        GENERAL,
        help=mark("How numbers are shown. Any digits can be typed."),
        options=DIGITS,
    )
    reopen_last: bool = setting(
        default=True,
        title=mark("Open the last register at the start"),
        group=GENERAL,
    )
    theme: str = setting("system", mark("Colours"), LOOKS, options=THEMES)
    text_size: int = setting(
        100,
        mark("Size of text"),
        LOOKS,
        help=mark("All of the window grows with it."),
        options=SIZES,
    )
    enter_moves: bool = setting(
        default=True,
        title=mark("Enter goes to the next field"),
        group=KEYING,
        help=mark("If not, only Tab does, and Enter presses the chosen button."),
    )
    author: str = setting(
        "",
        mark("Your name"),
        PERSON,
        help=mark("Stands in the trail beside each change. Empty: the login of this computer."),
    )
    office: str = setting(
        "",
        mark("Your office"),
        PERSON,
        help=mark("Stands in the trail as well. Empty: the name of this computer."),
    )


def declarations() -> dict[str, Declared]:
    """Every preference by its name, in the order of the dialog."""
    return {one.name: _declared(one) for one in fields(Settings)}


def _declared(one: DataField[Any]) -> Declared:
    declared: Declared = one.metadata["declared"]
    return declared


def read_settings(content: Mapping[str, object]) -> Settings:
    """The preferences of a file; what is unknown or out of range takes its default."""
    default, taken = Settings(), {}
    for name, declared in declarations().items():
        found = next((content[key] for key in (name, *declared.was) if key in content), None)
        if _is_possible(found, getattr(default, name), declared):
            taken[name] = found
    return replace(default, **taken)  # type: ignore[arg-type]  # types were compared above


def _is_possible(found: object, default: object, declared: Declared) -> bool:
    if type(found) is not type(default):
        return False
    return not declared.options or found in {option.value for option in declared.options}


class SettingsFile:
    """The preferences of this person, and what the window remembers between runs.

    A file that cannot be read is set aside as ``….broken``; one that cannot be written costs the
    memory, never the work.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        content = self._read()
        self.value = read_settings(_table(content, "settings"))
        self._memory: dict[str, object] = dict(_table(content, "memory"))

    def change(self, **changed: object) -> Settings:
        """Change preferences and save them at once."""
        self.value = replace(self.value, **changed)  # type: ignore[arg-type]  # checked by mypy
        self._write()
        return self.value

    def recall(self, key: str, default: object = None) -> Any:  # noqa: ANN401 - plain JSON
        """What was remembered under a key."""
        return self._memory.get(key, default)

    def remember(self, key: str, value: object) -> None:
        """Remember plain JSON under a key and save it; ``None`` forgets."""
        if self._memory.get(key) == value:
            return
        if value is None:
            self._memory.pop(key, None)
        else:
            self._memory[key] = value
        self._write()

    def _read(self) -> Mapping[str, object]:
        try:
            content = json.loads(self.path.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError):
            self._set_aside()
            return {}
        return content if isinstance(content, dict) else {}

    def _set_aside(self) -> None:
        with suppress(OSError):
            self.path.replace(self.path.with_name(f"{self.path.name}.broken"))

    def _write(self) -> None:
        content = {"format": FORMAT, "settings": asdict(self.value), "memory": self._memory}
        text = json.dumps(content, ensure_ascii=False, indent=1)
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self.path, text)


def write_whole(path: Path, text: str) -> None:
    """Write beside and rename, so that the file is the old one or the new one."""
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".new")
    try:
        # Half a letter, as pasted from a broken program, is written as JSON escapes it.
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(text)
        Path(beside).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(beside).unlink()
        raise


def _table(content: Mapping[str, object], key: str) -> Mapping[str, object]:
    found = content.get(key)
    return found if isinstance(found, dict) else {}
