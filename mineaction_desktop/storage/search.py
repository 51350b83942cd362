"""Full-text search: an index that follows the trail, and what it does not know yet by looking.

Every record has one row of folded words. Its first word stands for the kind; no text that a
person writes holds the sign that it begins with. Identities and sealed fields are never in it.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from mineaction_desktop.formdef.folding import folded
from mineaction_desktop.formdef.form import Field, Form
from mineaction_desktop.records import kinds
from mineaction_desktop.storage.queries import table_of
from mineaction_desktop.storage.reader import Reader
from mineaction_desktop.storage.tables import audit_entry, search_state, search_text
from mineaction_desktop.storage.writer import Writer

NEVER = frozenset({"person_identity"})
"""Kinds that are not searched: who somebody is, is found through the survivor's record."""

_RULES = "1"
"""Changes when the words of a record are made otherwise, so that the index is made anew."""

_SIGN = "\ue000"
_TEXTS = frozenset({"text", "long_text", "texts"})
_WORD = frozenset("LN")
_WORDS = frozenset({"Co", "Mn", "Mc"})
_NUMBER = re.compile(r"0+(\d+)\Z")
_ASKED = 500
_FEW = 1_000
_MANY = 2_000
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\Z")


def behind(reader: Reader) -> int:
    """How many entries of the trail the index has not followed yet."""
    return reader.change_number - _indexed(reader)


def catch_up(writer: Writer, limit: int) -> int:
    """Index what the next entries of the trail changed; return how many entries remain."""
    known = _indexed(writer)
    if not known:
        writer.connection.execute(sa.delete(search_text))
    touched: dict[str, dict[str, None]] = {}
    last = known
    for number, kind, record_id in writer.connection.execute(
        sa.select(audit_entry.c.number, audit_entry.c.kind, audit_entry.c.record_id)
        .where(audit_entry.c.number > known)
        .order_by(audit_entry.c.number)
        .limit(limit)
    ):
        touched.setdefault(kind, {})[record_id] = None
        last = number
    rows = [
        {"rowid": _slot(record_id), "kind": kind, "record_id": record_id, "body": body}
        for kind, ids in touched.items()
        if kind not in NEVER and kind in kinds()
        for record_id, body in bodies(writer, kind, ids)
    ]
    _store(writer, rows)
    _note(writer, last)
    return writer.change_number - last


def _indexed(reader: Reader) -> int:
    """The last entry that the index has followed; none if it was made by other rules."""
    rows = reader.connection.exec_driver_sql("SELECT name, value FROM search_state")
    known = {row[0]: str(row[1]) for row in rows}
    number = known.get("number", "")
    return int(number) if known.get("rules") == _RULES and number.isdecimal() else 0


def _note(writer: Writer, number: int) -> None:
    writer.connection.execute(sa.delete(search_state))
    values = {"rules": _RULES, "number": str(number)}
    rows = [{"name": name, "value": value} for name, value in values.items()]
    writer.connection.execute(sa.insert(search_state), rows)


def _store(writer: Writer, rows: list[dict[str, Any]]) -> None:
    """Put rows in order, as the index takes them fastest; a place that is taken has a second."""
    taken: dict[int, str] = {}
    for start in range(0, len(rows), _ASKED):
        slots = [row["rowid"] for row in rows[start : start + _ASKED]]
        wanted = sa.select(search_text.c.rowid, search_text.c.record_id)
        found = writer.connection.execute(wanted.where(search_text.c.rowid.in_(slots)))
        taken.update((slot, name) for slot, name in found)
    for row in rows:
        if taken.setdefault(row["rowid"], row["record_id"]) != row["record_id"]:
            row["rowid"] = _second_slot(row["record_id"])
    if rows:
        statement = sa.insert(search_text).prefix_with("OR REPLACE")
        writer.connection.execute(statement, sorted(rows, key=lambda row: int(row["rowid"])))


def _slot(record_id: str) -> int:
    """The row of a record: rows follow time, as the identifiers do."""
    if not _UUID.match(record_id):
        return _second_slot(record_id)
    digits = record_id.replace("-", "")
    return int(digits[:12] + digits[13:16], 16) << 3 | int(digits[17], 16) & 7


def _second_slot(record_id: str) -> int:
    return -(int.from_bytes(hashlib.sha256(record_id.encode()).digest()[:8], "big") >> 1)


def bodies(reader: Reader, kind: str, ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The words of some records as the index keeps them, by id: every text, also national ones."""
    table = table_of(kind)
    texts = [column for column in table.columns if column.info.get("type") in _TEXTS]
    wanted = sa.select(table.c.id, table.c.extra, *texts)
    left = list(ids)
    for start in range(0, len(left), _ASKED):
        chosen = wanted.where(table.c.id.in_(left[start : start + _ASKED]))
        for record_id, extra, *values in reader.connection.execute(chosen):
            yield record_id, _body(kind, [*values, *(extra or {}).values()])


def _body(kind: str, values: Sequence[object]) -> str:
    words = [_kind_word(kind)]
    for value in values:
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str):
                words.append(folded(one))
                if (found := _NUMBER.search(one)) is not None:
                    words.append(found[1])  # HA-000012 is called 12 too
    return " ".join(words)


def _kind_word(kind: str) -> str:
    return _SIGN + kind.replace("_", "")


def _of_kinds(asked: Iterable[str]) -> str:
    return "(" + " OR ".join(f'"{_kind_word(kind)}"' for kind in asked) + ")"


def phrases(text: str) -> list[str]:
    """What is searched for: each word in the form in which the index keeps it."""
    found = (folded(word.replace(_SIGN, "")) for word in text.split())
    return [word for word in found if _tokens(word)]


def query_of(words: Iterable[str], kind: str | None = None) -> str:
    """The words in the language of the index: all of them, each from its beginning."""
    quoted = [f'"{_kind_word(kind)}"'] if kind else []
    for word in words:
        whole = len(word) < 2 and word.isascii()
        quoted.append(f'"{_tokens(word)}"{"" if whole else " *"}')
    return " AND ".join(quoted)


def matching(reader: Reader, form: Form, text: str) -> sa.ColumnElement[bool]:
    """Which records of a kind hold every word, themselves or in what a linked record is called."""
    table = table_of(form.kind)
    lag = _Lag(reader)
    alone: list[str] = []
    conditions: list[sa.ColumnElement[bool]] = [sa.true()]
    words = phrases(text)
    has_links = lag.any_holds([str(field.link) for field in _links(form)], words)
    for word in words:
        linked = _linked(lag, form, word) if has_links else []
        if linked:
            conditions.append(sa.or_(table.c.id.in_(lag.found(form.kind, [word])), *linked))
        else:
            alone.append(word)
    if alone:
        conditions.append(table.c.id.in_(lag.found(form.kind, alone)))
    return sa.and_(*conditions)


def _links(form: Form) -> list[Field]:
    fields = form.fields.values()
    return [field for field in fields if field.link not in {None, *NEVER} and not field.extra]


def _linked(lag: _Lag, form: Form, word: str) -> list[sa.ColumnElement[bool]]:
    """The conditions on links, where a linked record holds the word at all."""
    table = table_of(form.kind)
    fields = _links(form)
    some = lag.some([str(field.link) for field in fields], word)
    found: list[sa.ColumnElement[bool]] = []
    for field in fields:
        kind = str(field.link)
        if kind in some:
            few = some[kind]
            wanted = lag.found(kind, [word]) if few is None else _ids(few)
            found.append(table.c[field.name].in_(wanted))
    return found


def _ids(names: Iterable[str]) -> sa.Select[Any]:
    """Ids as one value, for there is no limit to how many they are."""
    listed = sa.func.json_each(json.dumps(list(names))).table_valued("value")
    return sa.select(listed.c.value.label("record_id"))


class _Lag:
    """The index, and the records that changed after it was last brought up to date."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._since = _indexed(reader)
        self._is_behind = reader.change_number > self._since
        self._changed: dict[str, list[str]] = {}

    def found(self, kind: str, words: Sequence[str]) -> sa.Select[Any]:
        """The records that hold all the words: by the index, by their text where it is newer."""
        match = sa.literal_column("search_text").op("MATCH")(query_of(words, kind))
        by_index = sa.select(search_text.c.record_id).where(match)
        fresh = self.changed(kind)
        if not fresh:
            return by_index.order_by(search_text.c.rowid.desc())
        hits = self.hits(kind, words)
        older = by_index.where(search_text.c.record_id.not_in(_ids(fresh)))
        both = sa.union_all(_ids(hits), older).subquery()
        return sa.select(both.c.record_id)

    def any_holds(self, kinds_asked: Iterable[str], words: Sequence[str]) -> bool:
        """Whether any record of some kinds may hold one of the words; most often none does."""
        asked = list(dict.fromkeys(kinds_asked))
        if not asked or not words:
            return False
        if any(self.changed(kind) for kind in asked):
            return True
        either = " OR ".join(query_of([word]) for word in words)
        query = f"{_of_kinds(asked)} AND ({either})"
        # plain SQL: for the small questions, building a statement would take longest
        sql = "SELECT 1 FROM search_text WHERE search_text MATCH ? LIMIT 1"
        return self._reader.connection.exec_driver_sql(sql, (query,)).first() is not None

    def some(self, kinds_asked: Iterable[str], word: str) -> dict[str, list[str] | None]:
        """The kinds of which any record holds a word, each with its records if they are few."""
        asked = list(dict.fromkeys(kinds_asked))
        query = f"{_of_kinds(asked)} AND {query_of([word])}"
        sql = "SELECT kind, record_id FROM search_text WHERE search_text MATCH ? LIMIT ?"
        rows = self._reader.connection.exec_driver_sql(sql, (query, _FEW + 1)).all()
        if len(rows) > _FEW:
            return dict.fromkeys(asked)
        found: dict[str, list[str] | None] = {}
        for kind in asked:
            newer = set(self.changed(kind))
            ids = [one for name, one in rows if name == kind and one not in newer]
            if ids := ids + self.hits(kind, [word]):
                found[kind] = ids
        return found

    def hits(self, kind: str, words: Sequence[str]) -> list[str]:
        """The records of a kind that are newer than the index and hold all the words."""
        changed = self.changed(kind)
        read = bodies(self._reader, kind, changed) if changed else ()
        return [name for name, body in read if holds(body, words)]

    def changed(self, kind: str) -> list[str]:
        """The ids of the records of a kind that the index knows in an older form or not at all."""
        if not self._is_behind:
            return []
        if kind not in self._changed:
            wanted = (
                sa.select(audit_entry.c.record_id)
                .where(audit_entry.c.number > self._since, audit_entry.c.kind == kind)
                .distinct()
            )
            self._changed[kind] = list(self._reader.connection.scalars(wanted))
        return self._changed[kind]


def found_anywhere(
    reader: Reader, kinds_asked: Iterable[str], words: Sequence[str], limit: int
) -> dict[str, list[str]]:
    """The ids of records that hold all the words, by kind and the newest first, so many of each.

    Kinds of which enough is found are left out of the next question, so that many records of one
    kind never hide the few of another.
    """
    lag = _Lag(reader)
    found: dict[str, list[str]] = {kind: lag.hits(kind, words) for kind in kinds_asked}
    full: list[str] = []
    while True:
        rows = reader.connection.execute(_newest(words, full)).all()
        known = {kind: set(lag.changed(kind)) | set(ids) for kind, ids in found.items()}
        for kind, record_id in rows:
            if kind in found and record_id not in known[kind] and len(found[kind]) < limit:
                found[kind].append(record_id)
        filled = {kind for kind, _ in rows if len(found.get(kind, ())) >= limit} - set(full)
        if len(rows) < _MANY or not filled:
            return {kind: ids[:limit] for kind, ids in found.items() if ids}
        full += filled


def _newest(words: Sequence[str], full: Sequence[str]) -> sa.Select[Any]:
    others = "".join(f' NOT "{_kind_word(kind)}"' for kind in full)
    match = sa.literal_column("search_text").op("MATCH")(f"({query_of(words)}){others}")
    wanted = sa.select(search_text.c.kind, search_text.c.record_id).where(match)
    return wanted.order_by(search_text.c.rowid.desc()).limit(_MANY)


def holds(body: str, words: Iterable[str]) -> bool:
    """Whether a body holds all the words, each from the beginning of one of its own."""
    text = f" {_tokens(body)} "
    for word in words:
        tokens = _tokens(word)
        whole = len(word) < 2 and word.isascii()
        if f" {tokens}{' ' if whole else ''}" not in text:
            return False
    return True


class _Signs(dict[int, str]):
    """What parts words is a blank to the index."""

    def __missing__(self, code: int) -> str:
        category = unicodedata.category(chr(code))
        is_word = category[0] in _WORD or category in _WORDS
        made = self[code] = chr(code) if is_word else " "
        return made


_SIGNS = _Signs()


def _tokens(text: str) -> str:
    return " ".join(text.translate(_SIGNS).split())
