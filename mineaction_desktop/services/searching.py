"""Searching all records for words, in any script."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from mineaction_desktop.formdef.catalogue import Catalogue
from mineaction_desktop.formdef.folding import folded
from mineaction_desktop.formdef.form import Form
from mineaction_desktop.i18n import Words
from mineaction_desktop.services.browsing import Names
from mineaction_desktop.storage import listing, search
from mineaction_desktop.storage.reader import Reader
from mineaction_desktop.storage.store import Store

_STEP = 1_000
"""Entries of the trail in one transaction: others who save wait a tenth of a second at most."""

_TEXTS = frozenset({"text", "long_text", "texts"})
_AROUND = 40
_SPARE = 20
"""Hidden records that are passed over for each kind before some in sight could be missed."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that holds the words, with the text in which they stand."""

    kind: str
    id: str
    local_id: str
    name: str
    snippet: str


def behind(store: Store) -> int:
    """How many changes the index of the search has not taken in yet."""
    with store.read() as reader:
        return search.behind(reader)


def catch_up(store: Store, *, stopped: Callable[[], bool] = lambda: False) -> int:
    """Take all changes into the index, a few at a time; return how many are left.

    A register that is open for reading stays as it is: searching then reads what is not indexed.
    """
    left = behind(store)
    while left and store.is_writable and not stopped():
        with store.write() as writer:
            left = search.catch_up(writer, _STEP)
    return left


def search_everywhere(
    store: Store, catalogue: Catalogue, text: str, limit: int = 20, words: Words | None = None
) -> list[Hit]:
    """The records that hold all the words, by kind and the newest first, so many of each kind."""
    wanted = search.phrases(text)
    if not wanted:
        return []
    names = Names(catalogue, words)
    found: list[Hit] = []
    with store.read() as reader:
        kinds = [kind for kind in catalogue.forms if kind not in search.NEVER]
        for kind, ids in search.found_anywhere(reader, kinds, wanted, limit + _SPARE).items():
            found += _hits(reader, catalogue.form(kind), ids, wanted, names)[:limit]
    return found


def _hits(
    reader: Reader, form: Form, ids: Sequence[str], words: Sequence[str], names: Names
) -> list[Hit]:
    if not ids:
        return []
    texts = [f.name for f in form.fields.values() if f.type in _TEXTS and not f.extra]
    columns = list(dict.fromkeys(("local_id", "is_hidden", *texts)))
    values = listing.values_by_id(reader, form.kind, ids, columns)
    seen = [name for name in ids if name in values and not values[name]["is_hidden"]]
    names.read(reader, {form.kind: seen})
    return [
        Hit(
            form.kind,
            name,
            values[name]["local_id"],
            names.of(form.kind, name),
            _snippet([values[name][one] for one in texts], words),
        )
        for name in seen
    ]


def _snippet(values: Iterable[object], words: Iterable[str]) -> str:
    """The first text that holds one of the words, cut around it."""
    wanted = list(words)
    for value in values:
        text = "; ".join(map(str, value)) if isinstance(value, list) else value
        if isinstance(text, str) and any(search.holds(folded(text), [word]) for word in wanted):
            return _around(" ".join(text.split()), wanted)
    return ""


def _around(text: str, words: Sequence[str]) -> str:
    """Some of a text before and behind the first of the words."""
    place = min((at for word in words if (at := folded(text).find(word)) >= 0), default=0)
    start = 0 if place <= _AROUND else text.find(" ", place - _AROUND) + 1
    end = place + 2 * _AROUND
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"


def by_kind(hits: Iterable[Hit]) -> Mapping[str, list[Hit]]:
    """Hits in groups, in the order in which the kinds were found."""
    found: dict[str, list[Hit]] = {}
    for hit in hits:
        found.setdefault(hit.kind, []).append(hit)
    return found
