"""Which record a cell means: by id, number, code or name, however the name is spelt."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from mineaction_desktop.domain.problems import Place, Problem
from mineaction_desktop.formdef.catalogue import Catalogue
from mineaction_desktop.formdef.form import Field, Form
from mineaction_desktop.formdef.wording import closest, key, listing, shortened
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.records import kinds
from mineaction_desktop.storage.lookups import identities
from mineaction_desktop.storage.reader import Reader

MESSAGES: Mapping[str, str] = {
    "LINK-001": mark(
        "The register has no “{value}” ({kind}). Add it first, or let a mapping create it."
    ),
    "LINK-002": mark(
        "The register has no “{value}” ({kind}). Did you mean one of these: {suggestions}?"
    ),
    "LINK-003": mark(
        "“{value}” ({kind}) can be any of these: {suggestions}. Write the number of the one you "
        "mean."
    ),
}
"""The sentence behind each code."""

NAMES = ("code", "name", "name_local", "short_name", "title", "aliases")
"""Columns by which people call a record, wherever a kind has them."""

_CONTEXT = re.compile(r"\s*[/>]\s*")
_MOST_NAMES = 20_000
_SHOWN = 5


@dataclass(slots=True, eq=False)
class Entry:
    """A record that can be linked, stored already or about to be."""

    id: str
    local_id: str | None
    names: tuple[str, ...]
    above: str | None = None
    is_hidden: bool = False
    is_stored: bool = True

    def __str__(self) -> str:
        name = self.names[0] if self.names else ""
        return " ".join(part for part in (self.local_id, name) if part)


@dataclass(slots=True)
class Index:
    """The records of one kind by everything that can name them."""

    by_id: dict[str, Entry] = field(default_factory=dict)
    by_number: dict[str, Entry] = field(default_factory=dict)
    by_external: dict[str, Entry] = field(default_factory=dict)
    by_name: dict[str, list[Entry]] = field(default_factory=dict)
    by_key: dict[str, list[Entry]] = field(default_factory=dict)

    def add(self, entry: Entry, external_id: str | None = None) -> None:
        """Make a record findable."""
        self.by_id[entry.id] = entry
        if entry.local_id:
            self.by_number[entry.local_id] = entry
        if external_id:
            self.by_external.setdefault(external_id, entry)
        if entry.is_hidden:
            return
        for name in entry.names:
            _append(self.by_name.setdefault(name, []), entry)
            _append(self.by_key.setdefault(key(name), []), entry)

    def find(self, text: str) -> list[Entry]:
        """The records that a text names: by id, by number, by exact name, by its spelling."""
        for found in (self.by_id.get(text), self.by_number.get(text)):
            if found is not None and not found.is_hidden:
                return [found]
        return self.by_name.get(text) or self.by_key.get(key(text)) or []

    def find_within(self, text: str) -> list[Entry]:
        """The records named by the last part of “Province / District”, within the others."""
        whole = self.find(text)
        parts = [part for part in _CONTEXT.split(text) if part]
        if whole or len(parts) < 2:
            return whole
        above = [{entry.id for entry in self.find(part)} for part in parts[:-1]]
        return [
            entry
            for entry in self.find(parts[-1])
            if all(wanted & set(self._above(entry)) for wanted in above)
        ]

    def names(self) -> Iterable[str]:
        """Every name, for suggestions."""
        return self.by_name

    def _above(self, entry: Entry) -> list[str]:
        found: list[str] = []
        above = entry.above
        while above is not None and above not in found:
            found.append(above)
            higher = self.by_id.get(above)
            above = higher.above if higher else None
        return found


def _append(entries: list[Entry], entry: Entry) -> None:
    if all(known.id != entry.id for known in entries):
        entries.append(entry)


def names_of(kind: str, value_of: Callable[[str], object]) -> tuple[str, ...]:
    """The names of a record from its values."""
    found: list[str] = []
    for column in name_columns(kind):
        value = value_of(column)
        found += [str(one) for one in (value if isinstance(value, list) else [value]) if one]
    return tuple(found)


@lru_cache(maxsize=256)
def name_columns(kind: str) -> tuple[str, ...]:
    """The columns of a kind that hold names; the one that people see first comes first."""
    columns = kinds()[kind].__table__.columns.keys()
    found = [column for column in NAMES if column in columns]
    return tuple(sorted(found, key=lambda column: column == "code"))


class Directory:
    """Everything that cells can name, read from the register when it is first asked for."""

    def __init__(self, reader: Reader, catalogue: Catalogue) -> None:
        self._reader = reader
        self._catalogue = catalogue
        self._indexes: dict[str, Index] = {}
        self._columns: dict[tuple[str, tuple[str, ...]], dict[tuple[object, ...], list[Entry]]] = {}
        self._failed: dict[tuple[str, str], Problem] = {}

    def form(self, kind: str) -> Form:
        """The form of a kind."""
        return self._catalogue.form(kind)

    def index(self, kind: str) -> Index:
        """The records of a kind."""
        if kind not in self._indexes:
            self._indexes[kind] = self._load(kind)
        return self._indexes[kind]

    def by_columns(
        self, kind: str, columns: Sequence[str]
    ) -> dict[tuple[object, ...], list[Entry]]:
        """The stored records of a kind that are not hidden, by the values of some columns."""
        wanted = (kind, tuple(columns))
        if wanted not in self._columns:
            known = self.index(kind).by_id
            found: dict[tuple[object, ...], list[Entry]] = {}
            for identity in identities(self._reader, kind, columns):
                if not identity.is_hidden:
                    values = tuple(map(comparable, identity.others))
                    found.setdefault(values, []).append(known[identity.id])
            self._columns[wanted] = found
        return self._columns[wanted]

    def resolve(self, link: Field, text: str, match: str | None = None) -> Entry | Problem:
        """The record that a cell names, or what is wrong with it."""
        kind = link.link or ""
        if match is not None:
            found = self.by_columns(kind, [match]).get((comparable(text),), []) or [
                entry for entry in self.index(kind).find(text) if not entry.is_stored
            ]
        else:
            found = self.index(kind).find_within(text)
        return found[0] if len(found) == 1 else self._problem(link, text, found)

    def _problem(self, link: Field, text: str, found: Sequence[Entry]) -> Problem:
        kind = link.link or ""
        if (kind, text) not in self._failed or found:
            code = "LINK-003" if found else "LINK-001"
            near = [str(entry) for entry in found[:_SHOWN]] or self._suggestions(kind, text)
            if near and not found:
                code = "LINK-002"
            values = {
                "value": shortened(text),
                "kind": Message(self.form(kind).title),
                "suggestions": listing(near),
            }
            place = Place(kind=link.kind, field=link.name)
            message = Message(MESSAGES[code], values)
            self._failed[kind, text] = Problem(code, message, place, value=shortened(text))
        return self._failed[kind, text]

    def _suggestions(self, kind: str, text: str) -> list[str]:
        names = self.index(kind).names()
        return closest(text, list(names)[:_MOST_NAMES]) if names else []

    def _load(self, kind: str) -> Index:
        index = Index()
        columns = name_columns(kind)
        others = (*columns, "parent_id") if kind == "admin_unit" else columns
        for identity in identities(self._reader, kind, others):
            values = dict(zip(others, identity.others, strict=True))
            above = values.pop("parent_id", None)
            entry = Entry(
                identity.id,
                identity.local_id,
                names_of(kind, values.get),
                None if above is None else str(above),
                identity.is_hidden,
            )
            index.add(entry, identity.external_id)
        return index


def comparable(value: object) -> object:
    """A value as it is compared when records are recognised: spelling does not matter."""
    return key(value) if isinstance(value, str) else str(value) if value is not None else None
