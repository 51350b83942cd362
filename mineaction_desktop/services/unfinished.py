"""Unfinished records: what each draft holds, what it lacks, and where it lies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mineaction_desktop.domain.problems import Problem
from mineaction_desktop.formdef.catalogue import Catalogue
from mineaction_desktop.formdef.form import Field, Form
from mineaction_desktop.formdef.naming import record_name
from mineaction_desktop.formdef.types import TYPES, FieldContext
from mineaction_desktop.i18n import Words, mark
from mineaction_desktop.records import PROVENANCE
from mineaction_desktop.records.types import LOCKED
from mineaction_desktop.services.drafts import (
    Draft,
    Rescued,
    drop_draft,
    keep_draft,
    missing,
    open_drafts,
    rescued,
    take_rescued,
)
from mineaction_desktop.services.linking import link_name
from mineaction_desktop.storage.store import Reader, Store

__all__ = ["Held", "Unfinished", "drop", "put_back", "take", "unfinished"]

ROWS, ROWS_MANY = mark("{n} row"), mark("{n} rows")


@dataclass(frozen=True, slots=True)
class Held:
    """Something a draft holds: a label, and the value as people read it."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A draft as a list shows it. ``file`` is where it lies if the register could not take it."""

    draft: Draft
    title: str
    name: str
    holds: tuple[Held, ...]
    lacks: tuple[Problem, ...]
    is_new: bool
    file: Rescued | None = None

    @property
    def address(self) -> str:
        """Where it is keyed on."""
        record = "" if self.is_new else self.draft.content.id
        return f"editor:{self.draft.kind}:{record}:{self.draft.id}"


def unfinished(
    store: Store, catalogue: Catalogue, words: Words, *, folder: Path | None = None
) -> list[Unfinished]:
    """Every draft of the register and those of it that lie in files, kept last first."""
    with store.read() as reader:
        latest: dict[str, tuple[Draft, Rescued | None]] = {
            one.id: (one, None) for one in open_drafts(reader, catalogue=catalogue)
        }
        for one in rescued(folder, catalogue=catalogue):
            mine = one.register_id == store.info.id and one.draft.purpose == "entry"
            kept = latest.get(one.draft.id)
            if mine and (kept is None or kept[0].kept_at < one.draft.kept_at):
                latest[one.draft.id] = one.draft, one
        found = [_told(reader, catalogue, draft, words, file) for draft, file in latest.values()]
    return sorted(found, key=lambda one: one.draft.kept_at, reverse=True)


def drop(store: Store, one: Unfinished) -> None:
    """Forget a draft, also the file of it; :func:`put_back` undoes it."""
    folder = one.file.path.parent if one.file else None
    drop_draft(store, one.draft.id, folder=folder)


def put_back(store: Store, catalogue: Catalogue, one: Unfinished) -> None:
    """Keep a draft again that was dropped."""
    keep_draft(store, one.draft, catalogue=catalogue)


def take(store: Store, catalogue: Catalogue, one: Unfinished) -> None:
    """Bring a draft that lies in a file into the register, so that it can be keyed on."""
    if one.file is not None:
        take_rescued(store, one.file, catalogue=catalogue)


def _told(
    reader: Reader,
    catalogue: Catalogue,
    draft: Draft,
    words: Words,
    file: Rescued | None = None,
    today: date | None = None,
) -> Unfinished:
    form = catalogue.forms.get(draft.kind)
    is_new = draft.based_on is None
    if form is None:
        return Unfinished(draft, draft.kind, "", (), (), is_new, file)
    teller = _Teller(reader, catalogue, words)
    values = draft.content.values
    linked = {
        name: teller.text(form.fields[name], values)
        for name in form.fields
        if form.fields[name].link and f"{{{name}}}" in form.label
    }
    return Unfinished(
        draft,
        words.gettext(form.title),
        record_name(form, values, linked, words),
        tuple(_holds(form, draft, teller)),
        missing(catalogue, draft, today),
        is_new,
        file,
    )


def _holds(form: Form, draft: Draft, teller: _Teller) -> Iterator[Held]:
    """The fields with something in them, what cannot be read yet among them, and the rows."""
    values, words = draft.content.values, teller.words
    for name, field in form.fields.items():
        text = draft.texts.get(name) or teller.text(field, values)
        is_default = name in PROVENANCE and values.get(name) == field.default
        if text and not is_default:
            yield Held(words.gettext(field.label), text)
    for group in form.groups:
        count = sum(1 for row in draft.content.rows(group.kind) if not row.hidden)
        if count:
            said = words.ngettext(ROWS, ROWS_MANY, count).format(n=count)
            yield Held(words.gettext(group.form.plural), said)


@dataclass(frozen=True, slots=True)
class _Teller:
    """Puts values into words."""

    reader: Reader
    catalogue: Catalogue
    words: Words

    def text(self, field: Field, values: Mapping[str, object]) -> str:
        """The value of a field, or nothing."""
        value = values.get(field.name)
        if value is None or value in ("", []):
            return ""
        if value == LOCKED:
            return "•••"
        if field.link:
            return link_name(self.reader, self.catalogue, field.link, str(value), self.words)
        if field.choices is not None:
            codes = value if isinstance(value, list) else [value]
            return "; ".join(field.choices.label(str(code), self.words) for code in codes)
        currency = values.get(field.currency_field or "")
        context = FieldContext(
            words=self.words, currency=currency if isinstance(currency, str) else None
        )
        return TYPES[field.type].write(value, field, context)
