"""Finding the record that a link field means, from any part of its name, number or alias.

The names of a kind are read once and kept as one long text, which is searched faster than any
index of the database could be asked. They follow the trail: what was changed is read again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import accumulate, islice
from threading import Lock

from mineaction_desktop.exchange.linking import name_columns, names_of
from mineaction_desktop.formdef.catalogue import Catalogue
from mineaction_desktop.formdef.checking import is_offered
from mineaction_desktop.formdef.folding import folded
from mineaction_desktop.formdef.form import Field, Form
from mineaction_desktop.formdef.naming import record_name
from mineaction_desktop.formdef.values import values_of
from mineaction_desktop.i18n import Words
from mineaction_desktop.records import Record
from mineaction_desktop.storage.lookups import identities, records_by_id
from mineaction_desktop.storage.reader import Reader
from mineaction_desktop.storage.related import Mark, changed_since, mark_of

_MOST_KEPT = 24
_LOOKED_AT = 2000
"""How many matches are looked at before the best are shown."""
_DEPTH = 2
"""How far names of linked records are looked up within names."""


@dataclass(frozen=True, slots=True)
class LinkOption:
    """A record that can be linked: its number, its name, and what tells it from its likes."""

    id: str
    local_id: str
    name: str
    detail: str = ""


class _Names:
    """Everything that the records of a kind are called, as lines of one folded text."""

    def __init__(self, mark: Mark, lines: dict[str, str]) -> None:
        self.mark = mark
        self.lines = lines
        self.ids = tuple(lines)
        self._starts = tuple(accumulate(map(len, lines.values()), initial=0))
        self._text = "".join(lines.values())

    def matching(self, words: Sequence[str]) -> Iterator[str]:
        """Give the ids of the records in whose line every word stands somewhere."""
        rarest = min(words, key=self._text.count)
        position = self._text.find(rarest)
        while position >= 0:
            at = bisect_right(self._starts, position) - 1
            line = self.lines[self.ids[at]]
            if all(word in line for word in words):
                yield self.ids[at]
            position = self._text.find(rarest, self._starts[at + 1])


_kept: dict[str, _Names] = {}
_turn = Lock()


def find_links(  # noqa: PLR0913 - where to look, for what, and for whom
    reader: Reader,
    catalogue: Catalogue,
    field: Field,
    text: str,
    values: Mapping[str, object],
    *,
    limit: int = 20,
    words: Words | None = None,
    today: date | None = None,
) -> list[LinkOption]:
    """The records that a link field can mean by a text; the best match first.

    Every word of the text must stand somewhere in number, names, aliases or foreign number.
    Hidden records are left out, and those that the filter of the field rules out by ``values``.
    """
    kind = field.link or ""
    names = _names(reader, kind)
    wanted = folded(text).split()
    if wanted:
        matching = islice(names.matching(wanted), _LOOKED_AT)
        best = sorted(matching, key=lambda one: _rank(names.lines[one], wanted))
    else:  # what was added last is what people look for
        best = list(names.ids[: -_LOOKED_AT - 1 : -1])
    day = today or date.today()  # noqa: DTZ011 (the day on the wall where the person sits)
    form = catalogue.form(kind)
    found: list[LinkOption] = []
    for start in range(0, len(best), 4 * limit):
        ids = best[start : start + 4 * limit]
        known = records_by_id(reader, kind, ids)
        fitting = [known[one] for one in ids if one in known and not known[one].is_hidden]
        offered = [one for one in fitting if _is_offered(form, field, one, values, day)]
        found += [
            _option(reader, catalogue, record, words) for record in offered[: limit - len(found)]
        ]
        if len(found) >= limit:
            break
    return found


def link_name(
    reader: Reader,
    catalogue: Catalogue,
    kind: str,
    record_id: str,
    words: Words | None = None,
) -> str:
    """What people call a record; its id if the register does not have it."""
    record = records_by_id(reader, kind, [record_id]).get(record_id)
    return record_id if record is None else _name(reader, catalogue, record, words, _DEPTH)


def linked_value(
    reader: Reader, catalogue: Catalogue, kind: str, record_id: str, field: str
) -> object:
    """What a field of a linked record holds; nothing if the register does not have the record."""
    record = records_by_id(reader, kind, [record_id]).get(record_id)
    return None if record is None else values_of(catalogue.form(kind), record)[field]


def _option(
    reader: Reader, catalogue: Catalogue, record: Record, words: Words | None
) -> LinkOption:
    kind = record.__tablename__
    form = catalogue.form(kind)
    name = _name(reader, catalogue, record, words, _DEPTH)
    detail = " · ".join(_details(reader, catalogue, form, record, words))
    return LinkOption(record.id, record.local_id, name, detail)


def _details(
    reader: Reader, catalogue: Catalogue, form: Form, record: Record, words: Words | None
) -> Iterator[str]:
    """What the list of the kind shows beside the name: where it lies, what it belongs to."""
    values = values_of(form, record)
    for name in form.list_columns:
        field, value = form.fields[name], values.get(name)
        if value is None or f"{{{name}}}" in form.label:
            continue
        if field.link:
            yield link_name(reader, catalogue, field.link, str(value), words)
        elif field.choices is not None and isinstance(value, str):
            yield field.choices.label(value, words)


def _name(
    reader: Reader, catalogue: Catalogue, record: Record, words: Words | None, depth: int
) -> str:
    form = catalogue.form(record.__tablename__)
    values = values_of(form, record)
    linked: dict[str, str] = {}
    for name, field in form.fields.items():
        if field.link and values.get(name) and f"{{{name}}}" in form.label and depth:
            target = str(values[name])
            other = records_by_id(reader, field.link, [target]).get(target)
            if other is not None:
                linked[name] = _name(reader, catalogue, other, words, depth - 1)
    return record_name(form, values, linked, words) or record.local_id


def _is_offered(
    form: Form, field: Field, record: Record, values: Mapping[str, object], today: date
) -> bool:
    if field.filter is None:
        return True
    candidate = {**values_of(form, record), "id": record.id}
    return is_offered(field, candidate, values, today=today)


def _rank(line: str, words: Sequence[str]) -> tuple[int, int, str]:
    """The number itself comes first, then names that begin with the text, then words that do."""
    whole = " ".join(words)
    number, *names = line.split("\n")
    if number.endswith(whole) and not number.removesuffix(whole).strip("0")[-1:].isdigit():
        kind = 0
    elif any(name.startswith(whole) for name in names):
        kind = 1
    else:
        spaced = " ".join(("", number, *names))
        kind = 2 if all(f" {word}" in spaced for word in words) else 3
    return kind, len(line), line


def _names(reader: Reader, kind: str) -> _Names:
    """The names of a kind as they are now, from memory as far as nothing has changed."""
    with _turn:
        known = _kept.pop(kind, None)
        changed = None if known is None else changed_since(reader, known.mark, kind)
        if known is None or changed is None:
            known = _Names(mark_of(reader), dict(_read(reader, kind)))
        elif changed:
            lines = known.lines | _read_again(reader, kind, changed)
            shown = {record_id: line for record_id, line in lines.items() if line}
            known = _Names(mark_of(reader), shown)
        else:
            known.mark = mark_of(reader)
        while len(_kept) >= _MOST_KEPT:
            del _kept[next(iter(_kept))]
        _kept[kind] = known
        return known


def _read(reader: Reader, kind: str) -> Iterator[tuple[str, str]]:
    for one in identities(reader, kind, name_columns(kind)):
        if not one.is_hidden:
            yield one.id, _line(one.local_id, one.external_id, _texts(one.others))


def _read_again(reader: Reader, kind: str, ids: Iterable[str]) -> dict[str, str]:
    """The lines of some records; that of a hidden one is empty."""
    found: dict[str, str] = {}
    for record_id, record in records_by_id(reader, kind, ids).items():
        names = names_of(kind, partial(getattr, record))
        line = _line(record.local_id, record.external_id, names)
        found[record_id] = "" if record.is_hidden else line
    return found


def _line(local_id: str, external_id: str | None, names: Iterable[str]) -> str:
    number = folded(local_id)
    said = (number, _short(number), *map(folded, names), folded(external_id or ""))
    return "\n".join((*said, "\n"))


def _short(number: str) -> str:
    """A number as people type it: “ha-12” for HA-000012."""
    prefix, dash, digits = number.rpartition("-")
    return f"{prefix}{dash}{digits.lstrip('0')}" if digits.isdigit() else ""


def _texts(values: Sequence[object]) -> Iterator[str]:
    for value in values:
        for one in value if isinstance(value, list) else [value]:
            if one is not None:
                yield str(one)
