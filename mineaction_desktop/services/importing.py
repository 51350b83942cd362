"""Getting tables in: a file becomes records, all of it or nothing, and can be taken back."""

from __future__ import annotations

import gc
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mineaction_desktop.domain.problems import Problem, UserError
from mineaction_desktop.exchange.drafts import Draft
from mineaction_desktop.exchange.guessing import plan_file
from mineaction_desktop.exchange.intake import Intake
from mineaction_desktop.exchange.linking import Directory
from mineaction_desktop.exchange.mapping import load_mapping
from mineaction_desktop.exchange.plans import SheetPlan, vocabulary
from mineaction_desktop.exchange.reading import read_tables
from mineaction_desktop.exchange.settling import Change, Settled, row_of, settle
from mineaction_desktop.exchange.tables import TableFile
from mineaction_desktop.formdef.catalogue import Catalogue, load_catalogue
from mineaction_desktop.formdef.values import set_values
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.records.types import current_sealer
from mineaction_desktop.services.import_undo import IMPORT_OF, UndoResult, undo_import
from mineaction_desktop.services.progress import Progress, silent
from mineaction_desktop.storage import meta
from mineaction_desktop.storage.lookups import records_by_id
from mineaction_desktop.storage.reader import Reader
from mineaction_desktop.storage.store import Store, Writer

__all__ = ["ImportResult", "UndoResult", "import_table", "undo_import"]

REFUSED = mark("“{file}” was not imported and nothing was changed. In {where}: {reason}")
REFUSED_MANY = mark(
    "“{file}” was not imported and nothing was changed: {n} problems. The first, in "
    "{where}: {reason}"
)
IN_CELL = mark("row {row}, column “{column}”")
IN_ROW = mark("row {row}")
IN_SHEET = mark("sheet “{sheet}”, {place}")
IMPORTED_BEFORE = mark(
    "“{file}” was imported before in exactly this way (batch {batch}). Importing it again would "
    "count its records twice. To import it anew, take the first import back: "
    "mineaction undo-import STORE {batch}"
)
SEALED = mark(
    "“{file}” holds identities of survivors, which are encrypted. Unlock them with the "
    "passphrase first, then import the file again."
)


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did, or would do: counts by record kind; ``skipped`` counts rejected rows.

    ``problems`` are those of rejected rows and every warning; ``batch`` is what undoing needs.
    """

    file: Path
    batch: str | None
    created: Mapping[str, int]
    updated: Mapping[str, int]
    unchanged: Mapping[str, int]
    skipped: int
    problems: tuple[Problem, ...]
    notices: tuple[Message, ...]
    encoding: str | None


@contextmanager
def _no_collections() -> Iterator[None]:
    """Let nobody look for objects that refer to each other in a circle.

    An import makes many objects and no such circles, and would be searched again and again.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@_no_collections()
def import_table(  # noqa: PLR0913 - each is a choice that a person has when importing
    store: Store,
    path: Path,
    *,
    kind: str | None = None,
    mapping: Path | None = None,
    dry_run: bool = False,
    skip_invalid: bool = False,
    encoding: str | None = None,
    progress: Progress | None = None,
) -> ImportResult:
    """Make records from a table; raise ``UserError`` and change nothing if any row is wrong.

    Rows that are records already change these, all others make new ones. ``skip_invalid`` stores
    the good rows and returns the problems of the others; ``dry_run`` only says what would happen.
    """
    catalogue = load_catalogue()
    wanted = None if mapping is None else load_mapping(mapping, catalogue)
    file = read_tables(
        path,
        vocabulary(catalogue, wanted),
        encoding=encoding or (wanted.file.encoding if wanted else None),
        heading_row=wanted.file.heading_row if wanted else None,
    )
    plans, notices = plan_file(file, catalogue, kind, wanted)
    _refuse_sealed(path, plans)
    work = _Work(file, plans, notices, catalogue, _Ticker(plans, progress or silent))
    if dry_run:
        with store.read() as reader:
            return work.result(work.settle(reader, skip_invalid=skip_invalid), None)
    fingerprint = _fingerprint([path, mapping], kind)
    reason = f"{IMPORT_OF}{path.name}"
    with store.write(reason) as writer:
        settled = work.settle(writer, skip_invalid=skip_invalid)
        if settled.new:
            _refuse_repetition(writer, path, fingerprint)
            meta.put(writer.connection, fingerprint, writer.batch)
        _store_new(writer, settled.new)
        _store_changes(writer, settled.changed, reason)
        work.tick.finish()
        changed_any = settled.new or settled.changed
        return work.result(settled, writer.batch if changed_any else None)


@dataclass(frozen=True, slots=True)
class _Work:
    """A file that has been read, and what its columns are taken for."""

    file: TableFile
    plans: Sequence[SheetPlan]
    notices: Sequence[Message]
    catalogue: Catalogue
    tick: _Ticker

    def settle(self, reader: Reader, *, skip_invalid: bool) -> Settled:
        """What becomes of each row; refuse the whole file if any is wrong and none is skipped."""

        def hidden_reason(kind: str, record_id: str) -> str:
            return records_by_id(reader, kind, [record_id])[record_id].hidden_reason or ""

        directory = Directory(reader, self.catalogue)
        intake = Intake(self.file.path, self.plans, directory, hidden_reason)
        settled = settle(self.plans, intake, directory, reader, _today(), self.tick)
        if settled.errors and not skip_invalid:
            raise UserError(_refusal(self.file.path, settled.errors), settled.errors)
        return settled

    def result(self, settled: Settled, batch: str | None) -> ImportResult:
        """The outcome in numbers."""
        of_sheets = [
            notice for plan in self.plans for notice in (*plan.sheet.notices, *plan.notices)
        ]
        return ImportResult(
            self.file.path,
            batch,
            _counted(settled.new),
            _counted(change.draft for change in settled.changed),
            _counted(settled.unchanged),
            settled.rejected_rows,
            tuple(settled.problems),
            (*self.file.notices, *self.notices, *of_sheets, *settled.notices),
            self.file.encoding,
        )


class _Ticker:
    """Counts the steps of an import, three for each row, and tells how far it is."""

    def __init__(self, plans: Sequence[SheetPlan], progress: Progress) -> None:
        self._total = sum(len(plan.sheet.rows) * (2 + len(plan.records)) for plan in plans)
        self._done = 0
        self._progress = progress

    def __call__(self, steps: int) -> None:
        self._done += steps
        if self._done < self._total:
            self._progress(self._done, self._total)

    def finish(self) -> None:
        self._progress(self._total, self._total)


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the day on the wall where the person sits


def _counted(drafts: Iterable[Draft]) -> dict[str, int]:
    return dict(Counter(draft.kind for draft in drafts))


def _refusal(path: Path, problems: Sequence[Problem]) -> Message:
    first = problems[0]
    place = {"row": first.place.row, "column": first.place.column}
    where = Message(IN_CELL if first.place.column else IN_ROW, place)
    if first.place.sheet:
        where = Message(IN_SHEET, {"sheet": first.place.sheet, "place": where})
    values = {"file": path.name, "n": len(problems), "where": where, "reason": first.message}
    return Message(REFUSED, values, REFUSED_MANY)


def _refuse_sealed(path: Path, plans: Iterable[SheetPlan]) -> None:
    fields = (c.field for plan in plans for record in plan.records for c in record.columns)
    if any(field.type == "sealed" for field in fields) and current_sealer.get() is None:
        raise UserError(Message(SEALED, {"file": path.name}))


def _fingerprint(paths: Iterable[Path | None], kind: str | None) -> str:
    """The name under which the register remembers that a file was imported in this way."""
    digest = hashlib.sha256((kind or "").encode())
    for path in paths:
        digest.update(path.read_bytes() if path else b"")
    return f"import {digest.hexdigest()}"


def _refuse_repetition(writer: Writer, path: Path, fingerprint: str) -> None:
    batch = meta.get(writer.connection, fingerprint)
    if batch:
        raise UserError(Message(IMPORTED_BEFORE, {"file": path.name, "batch": batch}))


def _store_new(writer: Writer, drafts: Iterable[Draft]) -> None:
    rows: dict[str, list[dict[str, object]]] = defaultdict(list)
    for draft in drafts:
        rows[draft.kind].append(row_of(draft))
    for kind, found in rows.items():
        writer.add_rows(kind, found)


def _store_changes(writer: Writer, changes: Iterable[Change], reason: str) -> None:
    for change in changes:
        if change.record.is_hidden:
            writer.unhide(change.record, reason)
        set_values(change.draft.plan.form, change.record, change.values)
