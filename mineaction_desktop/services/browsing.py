"""Lists of records: what a list shows, read by page; nothing here holds a record for each row."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from string import Formatter
from typing import Any

from mineaction_desktop.formdef.catalogue import Catalogue
from mineaction_desktop.formdef.form import Field, Form
from mineaction_desktop.formdef.naming import record_name
from mineaction_desktop.formdef.types import TYPES
from mineaction_desktop.i18n import Words, mark
from mineaction_desktop.storage import listing
from mineaction_desktop.storage.filtering import (
    BOOKKEEPING,
    DATES,
    NUMBERS,
    TEXTS,
    Filter,
    Operator,
    can_sort,
    indexed,
    operators,
)
from mineaction_desktop.storage.listing import ADDED_UP, ListQuery, Stopped, Totals
from mineaction_desktop.storage.reader import Reader
from mineaction_desktop.storage.store import Store

__all__ = [
    "ADDED_UP",
    "DATES",
    "NUMBERS",
    "PAGE",
    "TEXTS",
    "Column",
    "Filter",
    "ListQuery",
    "ListRow",
    "Names",
    "Operator",
    "Totals",
    "all_rows",
    "can_sort",
    "column",
    "columns_of",
    "count_other",
    "first_rows",
    "has_order",
    "names_in",
    "operators",
    "page",
    "plain_query",
    "query_from",
    "record_ids",
    "rows_of",
    "same_value",
    "totals",
]

PAGE = 100
"""How many rows are read at once."""

_MOST_NAMES = 20_000
_LABELS: Mapping[str, str] = {
    "created_at": mark("Entered on"),
    "created_by": mark("Entered by"),
    "updated_at": mark("Changed on"),
    "updated_by": mark("Changed by"),
    "hidden_reason": mark("Why it is hidden"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a list can show."""

    name: str
    label: str
    field: Field
    can_sort: bool

    @property
    def is_number(self) -> bool:
        """Whether its values stand at the end of the cell, one below the other."""
        return self.field.type in NUMBERS


@dataclass(frozen=True, slots=True)
class ListRow:
    """One record in a list: its values by field, and the names of what it links to."""

    row: int
    id: str
    local_id: str
    is_hidden: bool
    values: Mapping[str, object]
    linked: Mapping[str, str]


@dataclass(slots=True)
class Names:
    """What linked records are called, kept for as long as nothing changes."""

    catalogue: Catalogue
    words: Words | None = None
    _known: dict[tuple[str, str], str] = field(default_factory=dict)

    def read(self, reader: Reader, wanted: Mapping[str, Iterable[str]]) -> None:
        """Look up the names of records by kind, all of a kind in one question."""
        if len(self._known) > _MOST_NAMES:
            self._known.clear()
        self._look_up(reader, wanted, depth=1)

    def of(self, kind: str, record_id: object) -> str:
        """The name of a record that was looked up."""
        return self._known.get((kind, str(record_id)), "")

    def forget(self, touched: Mapping[str, Iterable[str]]) -> None:
        """Look records up again that were changed."""
        for kind, ids in touched.items():
            for record_id in ids:
                self._known.pop((kind, record_id), None)

    def _look_up(self, reader: Reader, wanted: Mapping[str, Iterable[str]], depth: int) -> None:
        for kind, ids in wanted.items():
            missing = {name for name in ids if (kind, name) not in self._known}
            if not missing or kind not in self.catalogue.forms:
                continue
            form = self.catalogue.form(kind)
            columns = [*dict.fromkeys(("local_id", *_named_in(form)))]
            found = listing.values_by_id(reader, kind, missing, columns)
            links = [form.fields[name] for name in columns if form.fields[name].link]
            if depth and links:
                self._look_up(reader, _targets(links, found.values()), depth - 1)
            for record_id, values in found.items():
                linked = {f.name: self.of(str(f.link), values[f.name]) for f in links}
                name = record_name(form, values, linked, self.words)
                self._known[kind, record_id] = name or str(values["local_id"])


def _named_in(form: Form) -> list[str]:
    """The fields that the name of a record is made of."""
    names = [name for _, name, _, _ in Formatter().parse(form.label) if name]
    return [name for name in names if name in form.fields and not form.fields[name].extra]


def _targets(links: Sequence[Field], values: Iterable[Mapping[str, object]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in values:
        for link in links:
            if (target := one.get(link.name)) is not None:
                found.setdefault(str(link.link), set()).add(str(target))
    return found


def columns_of(form: Form, words: Words | None = None) -> list[Column]:
    """Every column that a list of a kind can show, in form order; the bookkeeping stands last."""
    found = [column(form, one.name, words) for one in form.fields.values() if one.type != "sealed"]
    return found + [column(form, name, words) for name in BOOKKEEPING]


def column(form: Form, name: str, words: Words | None = None) -> Column:
    """One column by the name of its field."""
    known = form.fields.get(name)
    if known is None:
        label = _LABELS[name]
        known = Field(kind=form.kind, name=name, label=label, type=BOOKKEEPING[name])
    label = words.gettext(known.label) if words else known.label
    return Column(name, label, known, can_sort(form, name))


def first_rows(
    store: Store, catalogue: Catalogue, query: ListQuery, words: Words | None = None
) -> array[int]:
    """The first rows of a list, as many as a person sees at once."""
    with store.read() as reader:
        return listing.first_rows(reader, catalogue.form(query.kind), query, PAGE, words)


def has_order(query: ListQuery) -> bool:
    """Whether an index gives the first rows without looking at all of them."""
    ordered = indexed(query.kind)
    return not query.text and all(name in ordered for name, _ in query.sort)


def all_rows(
    store: Store,
    catalogue: Catalogue,
    query: ListQuery,
    stopped: Stopped = lambda: False,
    words: Words | None = None,
) -> array[int] | None:
    """All rows in the order of a language, eight bytes each; nothing if nobody waits any more."""
    with store.read() as reader:
        return listing.all_rows(reader, catalogue.form(query.kind), query, stopped, words)


def totals(
    store: Store, catalogue: Catalogue, query: ListQuery, stopped: Stopped = lambda: False
) -> Totals | None:
    """How many records a list has and what its columns add up to."""
    with store.read() as reader:
        return listing.totals(reader, catalogue.form(query.kind), query, stopped)


def page(store: Store, names: Names, query: ListQuery, rows: Sequence[int]) -> dict[int, ListRow]:
    """What stands in some rows."""
    form = names.catalogue.form(query.kind)
    fields = [f for name in query.columns if (f := form.fields.get(name))]
    links = [f for f in fields if f.link and not f.extra]
    currencies = [f.currency_field for f in fields if f.currency_field in form.fields]
    columns = dict.fromkeys((*query.columns, *map(str, currencies)))
    with store.read() as reader:
        found = listing.cells(reader, form, list(columns), rows)
        names.read(reader, _targets(links, found.values()))
    extra = [f for f in fields if f.extra]
    return {row: _row(row, fact, names, links, extra) for row, fact in found.items()}


def _row(
    row: int,
    fact: Mapping[str, Any],
    names: Names,
    links: Sequence[Field],
    extra: Sequence[Field],
) -> ListRow:
    values = dict(fact)
    for one in extra:
        values[one.name] = TYPES[one.type].from_plain(values.get(one.name))
    linked = {
        link.name: names.of(str(link.link), target)
        for link in links
        if (target := fact.get(link.name)) is not None
    }
    return ListRow(row, fact["id"], fact["local_id"], fact["is_hidden"], values, linked)


def record_ids(store: Store, kind: str, rows: Iterable[int]) -> Iterator[str]:
    """The ids of the records in some rows."""
    with store.read() as reader:
        yield from listing.record_ids(reader, kind, rows)


def rows_of(store: Store, kind: str, ids: Iterable[str]) -> dict[str, int]:
    """The rows of some records, by id."""
    with store.read() as reader:
        return listing.rows_of(reader, kind, ids)


def count_other(store: Store, form: Form, keys: Sequence[int], name: str, value: object) -> int:
    """In how many of some rows, deleted ones left out, a field has another value."""
    one = form.fields[name]
    wanted = TYPES[one.type].to_plain(value) if one.extra else value
    with store.read() as reader:
        found = listing.cells(reader, form, [name], keys)
    return sum(1 for fact in found.values() if not fact["is_hidden"] and fact[name] != wanted)


def names_in(store: Store, names: Names, field: Field, wanted: Filter) -> dict[str, str]:
    """The names of the records that a condition on a link compares with, by id."""
    if not field.link or wanted.operator not in {Operator.ANY_OF, Operator.NONE_OF}:
        return {}
    ids = [str(one) for one in wanted.value] if isinstance(wanted.value, tuple) else []
    with store.read() as reader:
        names.read(reader, {field.link: ids})
    return {one: names.of(field.link, one) for one in ids}


def same_value(form: Form, name: str, value: object) -> Filter:
    """The condition that a field has the value of some record."""
    kind = form.fields[name].type if name in form.fields else BOOKKEEPING[name]
    if value is None or value == "" or kind == "sealed":
        return Filter(name, Operator.EMPTY)
    if kind in {"choice", "link"}:
        return Filter(name, Operator.ANY_OF, (value,))
    if kind == "choices" and isinstance(value, list):
        return Filter(name, Operator.ANY_OF, tuple(value))
    if kind == "texts" and isinstance(value, list):
        return Filter(name, Operator.CONTAINS, value[0])
    day = value.astimezone().date() if isinstance(value, datetime) else value
    return Filter(name, Operator.EQUALS, day)


def plain_query(form: Form, query: ListQuery) -> dict[str, object]:
    """The conditions and the order of a list as plain JSON, to be kept under a name."""
    return {
        "text": query.text,
        "hidden": query.show_hidden,
        "sort": [list(one) for one in query.sort],
        "filters": [
            [one.field, one.operator.value, _plain(form, one.field, one.value)]
            for one in query.filters
        ],
    }


def query_from(form: Form, query: ListQuery, kept: Mapping[str, Any]) -> ListQuery:
    """A list with conditions that were kept; those on fields that are gone are left out."""
    filters = []
    for name, operator, value in kept.get("filters", ()):
        if (name in form.fields or name in BOOKKEEPING) and operator in set(Operator):
            filters.append(Filter(name, Operator(operator), _valued(form, name, value)))
    sort = tuple((name, bool(down)) for name, down in kept.get("sort", ()) if can_sort(form, name))
    return replace(
        query,
        text=str(kept.get("text", "")),
        show_hidden=bool(kept.get("hidden")),
        sort=sort,
        filters=tuple(filters),
    )


def _plain(form: Form, name: str, value: object) -> object:
    if isinstance(value, (tuple, list)):
        return [_plain(form, name, one) for one in value]
    if name in form.fields:
        return TYPES[form.fields[name].type].to_plain(value)
    return str(value) if value is not None else None


def _valued(form: Form, name: str, value: object) -> object:
    if isinstance(value, list):
        return tuple(_valued(form, name, one) for one in value)
    if name in form.fields:
        of_text = TYPES[form.fields[name].type]
        read = of_text.from_plain(value)
        return TYPES["partial_date"].from_plain(value) if form.fields[name].type == "day" else read
    return TYPES["partial_date"].from_plain(value)
