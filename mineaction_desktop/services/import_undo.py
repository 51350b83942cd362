"""Taking an import back: what it made is hidden, what it changed is as it was before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.exchange.recognising import TAKEN_BACK
from mineaction_desktop.formdef.catalogue import load_catalogue
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.services import reversing
from mineaction_desktop.services.reversing import Wording
from mineaction_desktop.storage import audit, meta
from mineaction_desktop.storage.store import Store, Writer

IMPORT_OF = "import of "
"""What the reason of every import in the trail begins with; the name of the file follows."""
UNDO_OF = "undo of import "
"""What the reason of a record's getting back its values begins with; the batch follows."""

NO_SUCH = mark(
    "There is no import “{batch}” in this register. The trail names the batch of each change: "
    "mineaction trail STORE"
)
NO_IMPORT = mark("The batch “{batch}” is no import: it was “{reason}”.")
UNDONE = mark("The import “{batch}” has been taken back already.")
IN_THE_WAY = mark(
    "The import cannot be taken back; nothing was changed. {reason} Undo that first, or correct "
    "single records by hand."
)
MESSAGES: Mapping[str, str] = {
    "IMPORT-010": mark("{name} was changed after the import, by {author} on {day}."),
    "IMPORT-011": mark("{name} refers to {target}, which the import made."),
    "IMPORT-012": mark("The identity {name} was changed; sealed values are not kept in the trail."),
}
"""The sentence behind each code."""
_WORDING = Wording(*MESSAGES.items())


@dataclass(frozen=True, slots=True)
class UndoResult:
    """How many records were hidden and how many got their earlier values back, by kind.

    ``taken_back_by`` is the step that did so.
    """

    batch: str
    hidden: Mapping[str, int]
    restored: Mapping[str, int]
    taken_back_by: str


def undo_import(store: Store, batch: str) -> UndoResult:
    """Take an import back; refuse if anything has been built on it since, and say what."""
    with store.write(f"{UNDO_OF}{batch}") as writer:
        entries = audit.entries(writer, batch=batch)
        _refuse_other(entries, batch)
        step = reversing.step_of(writer, batch, entries)
        later, is_undone = reversing.standing(reversing.later_than(writer, step), batch)
        if is_undone:
            raise UserError(Message(UNDONE, {"batch": batch}))
        problems = tuple(reversing.obstacles(writer, step, later, _WORDING))
        if problems:
            text = Message(IN_THE_WAY, {"reason": problems[0].message})
            raise UserError(text, problems)
        reversing.reverse(writer, load_catalogue(), step, f"{TAKEN_BACK} ({batch})")
        _forget(writer, batch)
    made = [entry.action is audit.Action.CREATE for entry in entries]
    kinds = [entry.kind for entry in entries]
    hidden = Counter(kind for kind, new in zip(kinds, made, strict=True) if new)
    restored = Counter(kind for kind, new in zip(kinds, made, strict=True) if not new)
    return UndoResult(batch, dict(hidden), dict(restored), writer.batch)


def _refuse_other(entries: Sequence[audit.Entry], batch: str) -> None:
    if not entries:
        raise UserError(Message(NO_SUCH, {"batch": batch}))
    reason = entries[0].reason or ""
    if not any((entry.reason or "").startswith(IMPORT_OF) for entry in entries):
        raise UserError(Message(NO_IMPORT, {"batch": batch, "reason": reason}))


def _forget(writer: Writer, batch: str) -> None:
    """Let the same file be imported again."""
    for name, value in meta.everything(writer.connection).items():
        if value == batch:
            meta.put(writer.connection, name, "")
