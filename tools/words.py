"""Collect every sentence that can be translated, and bring the catalogues up to date with them.

    python tools/words.py

Sentences stand in ``mark("…")`` in the program, in pairs where something is counted, and under the
keys below in the forms. A catalogue keeps its translations; new sentences are added empty, old
ones are taken out.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "mineaction_desktop"
CATALOGUES = ROOT / "resources" / "i18n"

KEYS = frozenset(
    {"title", "plural", "label", "help", "definition", "message", "constraint_message"}
)
"""What people read of a form or of a list of choices."""

Words = str | tuple[str, str]


def from_code() -> Iterator[tuple[Words, str]]:
    """Each sentence of the program, one or many, and the file it stands in."""
    trees = {path: ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}
    named = {_module(path): dict(_named(tree)) for path, tree in trees.items()}
    for path, tree in trees.items():
        known = {**dict(_imported(tree, named)), **named[_module(path)]}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                for words in _of_call(node, known):
                    yield words, path.relative_to(ROOT).as_posix()


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def _named(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The names that a module gives to sentences, also to several at once."""
    for node in tree.body:
        if not isinstance(node, ast.Assign):
            continue
        for target in node.targets:
            several = isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple)
            names = target.elts if several else [target]  # type: ignore[attr-defined]  # a tuple
            values = node.value.elts if several else [node.value]  # type: ignore[attr-defined]
            for name, value in zip(names, values, strict=False):
                text = _text(value, {})
                if isinstance(name, ast.Name) and text is not None:
                    yield name.id, text


def _imported(
    tree: ast.Module, named: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[str, str]]:
    """The sentences that a module has from others under their names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                text = named.get(node.module or "", {}).get(alias.name)
                if text is not None:
                    yield alias.asname or alias.name, text


def _of_call(call: ast.Call, constants: Mapping[str, str]) -> Iterator[Words]:
    """The sentences that a call marks: one, or one for one and one for many."""
    match _name(call.func):
        case "mark":
            text = _text(call, constants)
            if text:
                yield text
        case "count" | "ngettext" if len(call.args) >= 3:
            yield from _pair(call.args[0], call.args[1], constants)
        case "Message":
            many = [word.value for word in call.keywords if word.arg == "plural"] + call.args[2:]
            if call.args and many:
                yield from _pair(call.args[0], many[0], constants)


def _pair(one: ast.expr, many: ast.expr, constants: Mapping[str, str]) -> Iterator[Words]:
    singular, plural = _text(one, constants), _text(many, constants)
    if singular and plural:
        yield singular, plural


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _text(node: ast.expr, constants: Mapping[str, str]) -> str | None:
    """A sentence: written there, marked there, or named there."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.Call) and _name(node.func) == "mark" and node.args:
        return _text(node.args[0], constants)
    return constants.get(node.id) if isinstance(node, ast.Name) else None


def from_forms() -> Iterator[tuple[Words, str]]:
    """Each sentence of the forms, and the file it stands in."""
    for folder in ("entry", "choices"):
        for path in sorted((ROOT / "forms" / folder).glob("*.toml")):
            content = tomllib.loads(path.read_text("utf-8"))
            if "kind" in content:
                del content["label"]  # how a record is named: fields, no words
            for sentence in _sentences(content):
                yield sentence, path.relative_to(ROOT).as_posix()


def _sentences(content: object) -> Iterator[str]:
    if isinstance(content, dict):
        for key, value in content.items():
            if isinstance(value, str) and key in KEYS and value.strip():
                yield value
            else:
                yield from _sentences(value)
    elif isinstance(content, list):
        for one in content:
            yield from _sentences(one)


def collected() -> Catalog:
    """All sentences, each with the files it stands in."""
    found = Catalog(charset="utf-8")
    pairs_last = sorted((*from_code(), *from_forms()), key=lambda one: isinstance(one[0], tuple))
    for words, place in pairs_last:  # a sentence for one is also marked by itself
        if words:
            found.add(words, locations=[(place, None)])  # type: ignore[list-item]  # no lines
    return found


def catalogue_of(language: str) -> Path:
    """The file of a catalogue."""
    return CATALOGUES / language / "LC_MESSAGES" / "mineaction.po"


def read_catalogue(language: str) -> Catalog:
    """A catalogue as it is."""
    with catalogue_of(language).open("rb") as stream:
        return read_po(stream, locale=language)


def update(language: str) -> tuple[int, int]:
    """Bring a catalogue up to date; return how many sentences there are and how many are done."""
    before = read_catalogue(language)
    after = Catalog(
        locale=language,
        header_comment=f"# Mine Action Desktop: {language}",
        project="Mine Action Desktop",
        version="0",
        msgid_bugs_address="-",
        last_translator="-",
        language_team="-",
        charset="utf-8",
        fuzzy=False,
    )
    after.creation_date = after.revision_date = before.creation_date
    for message in collected():
        if not message.id:
            continue
        old = before.get(message.id)
        done = old.string if old is not None and old.id == message.id else None
        said = old.user_comments if old is not None else ()
        after.add(message.id, done, locations=message.locations, user_comments=said)
    with catalogue_of(language).open("wb") as stream:
        write_po(stream, after, width=100, sort_output=True, include_lineno=False)
    return len(after), sum(is_translated(message) for message in after if message.id)


def is_translated(message: Any) -> bool:  # noqa: ANN401 - Babel gives it no name of its own
    """Whether a sentence has its translation, in every plural form."""
    said = message.string
    return bool(said) if isinstance(said, str) else bool(said) and all(said)


def main() -> None:
    """Bring every catalogue up to date."""
    for path in sorted(CATALOGUES.glob("*/LC_MESSAGES/mineaction.po")):
        language = path.parts[-3]
        total, done = update(language)
        sys.stdout.write(f"{language}: {done} of {total} sentences translated\n")


if __name__ == "__main__":
    main()
