"""From files to their contents: decoding that names the file, the place in it and the reason."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from mineaction_desktop.formdef.findings import Findings, near
from mineaction_desktop.formdef.model import (
    FORMAT,
    AdditionFile,
    ChoiceDef,
    ChoiceListDef,
    CommonFile,
    FieldDef,
    FormFile,
    RuleDef,
    SectionDef,
)

COMMON = "_every_kind"
"""Name of the file whose sections every form ends with."""

_Content = TypeVar("_Content")
_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`\Z")
_STEP = re.compile(r"\.(\w+)|\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Source(Generic[_Content]):
    """The content of a file, and which file it was."""

    file: str
    content: _Content


EntryFile = FormFile | AdditionFile | CommonFile


def entry_files(folder: Path, findings: Findings) -> Iterator[Source[EntryFile]]:
    """The forms of a folder, in the order of their names; what is wrong goes into the findings."""
    _tell_of_strays(folder, findings)
    for path in sorted((folder / "entry").glob("*.toml")):
        content = _table(path, findings)
        if content is None:
            continue
        shape: type[EntryFile] = FormFile
        if path.stem == COMMON:
            shape = CommonFile
        elif "extends" in content:
            shape = AdditionFile
        decoded = _decoded(content, shape, str(path), findings)
        if decoded is not None:
            yield Source(str(path), decoded)


def _tell_of_strays(folder: Path, findings: Findings) -> None:
    """Say which forms would be passed over: they lie beside the folder of forms, or are misnamed.

    A text editor on Windows adds an ending that it does not show. Other files are nobody's forms.
    """
    entry = folder / "entry"
    for path in sorted(folder.glob("*.toml")):
        findings.add("FORM-060", str(path), "", folder=str(entry))
    for path in sorted(entry.glob("*")):
        is_meant = path.name.casefold().endswith((".toml", ".toml.txt"))
        if is_meant and not path.name.endswith(".toml"):
            findings.add("FORM-061", str(path), "")


def choice_files(folder: Path, findings: Findings) -> Iterator[Source[Mapping[str, ChoiceListDef]]]:
    """The choice lists of a folder by file; what is wrong goes into the findings."""
    for path in sorted((folder / "choices").glob("*.toml")):
        content = _table(path, findings)
        if content is None:
            continue
        content.pop("format", None)
        lists = {
            name: _decoded(definition, ChoiceListDef, str(path), findings, name)
            for name, definition in content.items()
        }
        yield Source(str(path), {name: one for name, one in lists.items() if one is not None})


def _table(path: Path, findings: Findings) -> dict[str, Any] | None:
    """The file as plain tables, if it is TOML of a format that is known."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        findings.add("FORM-001", str(path), "", reason=str(error))
        return None
    if content.get("format") != FORMAT:
        found = content.get("format")
        findings.add("FORM-004", str(path), "format", found=found, known=FORMAT)
        return None
    return content


def _decoded(
    content: object, shape: type[_Content], file: str, findings: Findings, name: str = ""
) -> _Content | None:
    """The content in its shape; ``name`` is where it stands in the file."""
    try:
        return msgspec.convert(content, shape)
    except msgspec.ValidationError as error:
        reason, _, path = str(error).partition(" - at `$")
        place = ".".join(filter(None, (name, _named(path, content))))
        if unknown := _UNKNOWN.match(reason):
            key, keys = unknown[1], _keys_at(path, shape)
            findings.add("FORM-003", file, place, name=key, near=near(key, keys))
        else:
            findings.add("FORM-002", file, place, reason=reason)
    return None


def _keys_at(path: str, shape: object) -> tuple[str, ...]:
    """The keys that can stand at a place."""
    shapes = {"fields": FieldDef, "sections": SectionDef, "rules": RuleDef, "choices": ChoiceDef}
    for word, inner in shapes.items():
        if word in path:
            return inner.__struct_fields__
    return tuple(getattr(shape, "__struct_fields__", ()))


def _named(path: str, content: object) -> str:
    """A path by names in place of numbers: ``sections identity, fields name`` finds itself."""
    steps, at = [], content
    for step in _STEP.finditer(path):
        key, number = step.groups()
        if key is not None:
            at = at.get(key) if isinstance(at, dict) else None
            steps.append(key)
            continue
        at = at[int(number)] if isinstance(at, list) and int(number) < len(at) else None
        names = [at.get(key) for key in ("name", "id", "code")] if isinstance(at, dict) else []
        name = next((name for name in names if name), int(number) + 1)
        steps[-1:] = [f"{steps[-1] if steps else ''}[{name}]"]
    return ".".join(steps)
