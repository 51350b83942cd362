"""How a record was: its values after any of its entries in the trail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mineaction_desktop.formdef.form import Form
from mineaction_desktop.formdef.types import TYPES
from mineaction_desktop.records.types import LOCKED
from mineaction_desktop.storage.audit import Entry

PlainState = Mapping[str, object]
"""Every column that the trail follows, as it writes them."""

HIDDEN = ("is_hidden", "hidden_reason")


def plain_state(entries: Iterable[Entry]) -> dict[str, object]:
    """What the entries of a record, oldest first, add up to."""
    state: dict[str, object] = {"is_hidden": False}
    for entry in entries:
        state.update((name, new) for name, (_, new) in entry.changes.items())
    return state


def values_at(form: Form, state: PlainState) -> dict[str, object]:
    """The values of the fields of a form in a state; sealed ones show only that there are some."""
    kept = state.get("extra")
    extra = kept if isinstance(kept, dict) else {}
    return {
        name: TYPES[field.type].from_plain((extra if field.extra else state).get(name))
        for name, field in form.fields.items()
    }


def column_value(form: Form | None, name: str, plain: object) -> object:
    """The value of one column from what the trail says of it."""
    field = form.fields.get(name) if form else None
    return plain if field is None else TYPES[field.type].from_plain(plain)


def touches_sealed(changes: Mapping[str, tuple[object, object]]) -> bool:
    """Whether sealed text was replaced or removed, which the trail cannot bring back."""
    return any(old == LOCKED for old, _ in changes.values())
