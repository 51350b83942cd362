"""A draft, and the text it is kept as; whoever reads that text need not know its forms any more."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.formdef.catalogue import Catalogue
from mineaction_desktop.formdef.form import Form
from mineaction_desktop.formdef.types import TYPES
from mineaction_desktop.i18n import Message
from mineaction_desktop.records.types import LOCKED, current_sealer
from mineaction_desktop.services.content import Content, RowContent, Values, path_of
from mineaction_desktop.storage.faults import LOCKED_IDENTITY

Purpose = Literal["entry", "second"]
Plain = dict[str, Any]

_TYPED = "text of "
"""What the name of a sealed text begins with that could not be read yet."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A record that is being keyed, with what was typed but cannot be read yet.

    ``texts`` are by path of the field. ``is_parked`` says that the person has put it aside as
    unfinished. ``unknown`` is what no form knows any more, by path; it is kept as it was found.
    """

    id: str
    content: Content
    author: str
    office: str
    started_at: datetime
    kept_at: datetime
    texts: Mapping[str, str] = field(default_factory=dict)
    is_parked: bool = False
    purpose: Purpose = "entry"
    unknown: Mapping[str, object] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The kind of the record."""
        return self.content.kind

    @property
    def notes(self) -> Mapping[str, str]:
        """The remarks on single fields, by path."""
        return self.content.notes

    @property
    def based_on(self) -> int | None:
        """The version of the record that was opened; none for a new record."""
        return self.content.version


@dataclass(slots=True)
class _Secrets:
    """The sealed fields of a draft on their way to the disk, by path."""

    before: Mapping[str, str]
    sealed: dict[str, str] = field(default_factory=dict)

    def put(self, path: str, text: str) -> None:
        """Seal a text; refuse if nobody has given the passphrase."""
        sealer = current_sealer.get()
        if sealer is None:
            raise UserError(Message(LOCKED_IDENTITY))
        self.sealed[path] = base64.b64encode(sealer.seal(text)).decode()

    def keep(self, path: str) -> bool:
        """Leave what is sealed already as it is; say whether there is any."""
        if path in self.before:
            self.sealed[path] = self.before[path]
        return path in self.before


def as_text(draft: Draft, catalogue: Catalogue, before: str | None = None) -> str:
    """The text of a draft. ``before`` is that of the draft as kept last, if fields are locked."""
    content = draft.content
    secrets = _Secrets(_decoded(before).get("sealed", {}) if before else {})
    sealed = {kind: _sealed_fields(catalogue, kind) for kind in (content.kind, *content.groups)}
    values = _open_values(sealed[content.kind], content.values, None, secrets)
    rows = {
        kind: [
            {
                "id": row.id,
                "version": row.version,
                "hidden": row.hidden,
                "values": _open_values(sealed[kind], row.values, row.id, secrets),
            }
            for row in content.rows(kind)
        ]
        for kind in content.groups
    }
    said = {
        "id": content.id,
        "version": content.version,
        "is_hidden": content.is_hidden,
        "values": values,
        "rows": rows,
        "notes": dict(content.notes),
        "texts": _open_texts(catalogue, draft, secrets),
        "unknown": dict(draft.unknown),
    }
    return json.dumps({**said, "sealed": secrets.sealed}, default=str)


def has_locked(draft: Draft) -> bool:
    """Whether a draft holds fields that are locked, so that what was kept of them must stay."""
    content = draft.content
    rows = (row.values for kind in content.groups for row in content.rows(kind))
    return any(LOCKED in values.values() for values in (content.values, *rows))


def content_from(kind: str, text: str, catalogue: Catalogue) -> tuple[Content, Plain, Plain]:
    """The content of a draft, what could not be read when it was typed, and what is unknown now."""
    said = _decoded(text)
    if "values" not in said:  # damaged: shown as it is rather than lost
        return Content(kind, ""), {}, {"": text}
    sealed: Mapping[str, str] = said.get("sealed", {})
    unknown: Plain = dict(said.get("unknown", {}))
    form = catalogue.forms.get(kind)
    values = _typed(form, said["values"], None, sealed, unknown)
    groups: dict[str, tuple[RowContent, ...]] = {}
    for child, rows in said.get("rows", {}).items():
        child_form = catalogue.forms.get(child)
        groups[child] = tuple(
            RowContent(
                row["id"],
                _typed(child_form, row["values"], row["id"], sealed, unknown),
                row.get("version"),
                row.get("hidden", False),
            )
            for row in rows
        )
    content = Content(
        kind,
        said["id"],
        said.get("version"),
        values,
        groups,
        said.get("notes", {}),
        said.get("is_hidden", False),
    )
    return content, _texts(said, sealed), unknown


def _open_values(
    sealed: Iterable[str], values: Values, row_id: str | None, secrets: _Secrets
) -> Plain:
    """The values that may stand on the disk as they are; the ``sealed`` ones go elsewhere.

    What is empty is left out: most fields of most rows are.
    """
    found = {name: value for name, value in values.items() if value is not None}
    for name in sealed:
        value, path = found.get(name), path_of(name, row_id)
        if value is not None and value != LOCKED:
            secrets.put(path, str(value))
            del found[name]
        elif value is not None and secrets.keep(path):
            del found[name]
    return found


def _open_texts(catalogue: Catalogue, draft: Draft, secrets: _Secrets) -> dict[str, str]:
    sealed_paths = set(_sealed_paths(catalogue, draft.content))
    found: dict[str, str] = {}
    for path, text in draft.texts.items():
        if path not in sealed_paths:
            found[path] = text
        elif text != LOCKED:
            secrets.put(_TYPED + path, text)
        else:
            secrets.keep(_TYPED + path)
    return found


def _sealed_paths(catalogue: Catalogue, content: Content) -> Iterator[str]:
    for name in _sealed_fields(catalogue, content.kind):
        yield path_of(name)
    for kind in content.groups:
        for name in _sealed_fields(catalogue, kind):
            yield from (path_of(name, row.id) for row in content.rows(kind))


def _sealed_fields(catalogue: Catalogue, kind: str) -> tuple[str, ...]:
    """The sealed fields of a kind; none are known of one whose form is gone."""
    form = catalogue.forms.get(kind)
    return tuple(name for name, one in form.fields.items() if one.type == "sealed") if form else ()


def _typed(
    form: Form | None,
    plain: Plain,
    row_id: str | None,
    sealed: Mapping[str, str],
    unknown: Plain,
) -> dict[str, object]:
    """The values of the fields of a form; all of them as they are if the form is gone."""
    if form is None:
        return plain
    values: dict[str, object] = {}
    for name, one in form.fields.items():
        path = path_of(name, row_id)
        known = unknown.pop(path, None) if name not in plain else plain[name]
        values[name] = TYPES[one.type].from_plain(known)
        if path in sealed:
            values[name] = _unsealed(sealed[path])
    lost = {path_of(name, row_id): value for name, value in plain.items() if name not in values}
    unknown.update((path, value) for path, value in lost.items() if value is not None)
    return values


def _texts(said: Plain, sealed: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = dict(said.get("texts", {}))
    for path, secret in sealed.items():
        if path.startswith(_TYPED):
            found[path.removeprefix(_TYPED)] = _unsealed(secret)
    return found


def _unsealed(secret: str) -> str:
    sealer = current_sealer.get()
    if sealer is None:
        return LOCKED
    try:
        return sealer.open(base64.b64decode(secret))
    except UserError:  # sealed by the key of another register
        return LOCKED


def _decoded(text: str) -> Plain:
    try:
        said = json.loads(text)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
