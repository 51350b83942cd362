"""Getting tables out: records to a file, in an edition that says who may read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.exchange.editions import EDITIONS, IDENTITY, Edition, has_kind
from mineaction_desktop.exchange.outgoing import Outgoing, Source, headings_of
from mineaction_desktop.exchange.writing import placed, write_csv, write_json
from mineaction_desktop.formdef.catalogue import load_catalogue
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.records.types import current_sealer
from mineaction_desktop.services.paper import blank_form
from mineaction_desktop.services.progress import Progress, silent
from mineaction_desktop.storage.store import Store

SUFFIXES = (".csv", ".xlsx", ".json")

OTHER_SUFFIX = mark("“{file}” cannot be written: choose a name that ends in {suffixes}.")
NEEDS_KIND = mark(
    "A CSV file holds one kind of record: say which with --kind, or choose a name that ends in "
    ".xlsx or .json for all of them."
)
NO_EDITION = mark("There is no edition “{edition}”. Choose one of: {editions}.")
NOT_IN_EDITION = mark(
    "Records of the kind “{kind}” are not part of the {edition} edition, because they say too much "
    "about persons or places. Choose another edition if the reader may see them."
)
LOCKED = mark(
    "The identity of survivors is locked. Unlock it with the passphrase before you export it."
)
TEMPLATE_SUFFIX = mark(
    "A template is a workbook or a paper form: choose a name that ends in .xlsx or .pdf."
)
_EVERY = 500


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What was written: how many records of each kind."""

    file: Path
    edition: Edition
    counts: Mapping[str, int]


def export(
    store: Store,
    path: Path,
    *,
    kind: str | None = None,
    edition: str = "public",
    progress: Progress | None = None,
) -> ExportResult:
    """Write records to a file whose suffix says the format: all kinds, or one.

    Hidden records stay in. The file appears complete or not at all.
    """
    catalogue = load_catalogue()
    chosen = _edition(edition)
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        values = {"file": path.name, "suffixes": ", ".join(SUFFIXES)}
        raise UserError(Message(OTHER_SUFFIX, values))
    if kind is None and suffix == ".csv":
        raise UserError(Message(NEEDS_KIND))
    if kind is not None:
        _check_kind(catalogue.form(kind).kind, chosen)
    with store.read() as reader:
        source = Source(reader, catalogue, chosen, kind if kind == IDENTITY else None)
        tables = [source.table(one) for one in ([kind] if kind else source.kinds())]
        tables = [table for table in tables if table.size or kind]
        with placed(path) as unfinished:
            _write(unfinished, suffix, _told(tables, progress or silent), chosen)
    return ExportResult(path, chosen, {table.form.kind: table.size for table in tables})


def _told(tables: Sequence[Outgoing], progress: Progress) -> list[Outgoing]:
    """The same tables, telling how far they have been walked."""
    total = sum(table.size for table in tables)
    done = 0

    def walked(rows: Iterable[list[object]]) -> Iterator[list[object]]:
        nonlocal done
        for row in rows:
            done += 1
            if done % _EVERY == 0 or done == total:
                progress(done, total)
            yield row

    return [replace(table, rows=walked(table.rows)) for table in tables]


def template(kind: str, path: Path) -> None:
    """Write what records are filled into: an empty workbook, or a blank paper form as PDF."""
    suffix = path.suffix.lower()
    if suffix == ".pdf":
        blank_form(kind, path)
        return
    if suffix != ".xlsx":
        raise UserError(Message(TEMPLATE_SUFFIX))
    form = load_catalogue().form(kind)
    from mineaction_desktop.exchange import workbook_writing  # noqa: PLC0415 - slow to import

    with placed(path) as unfinished:
        workbook_writing.write_template(
            unfinished, kind, headings_of("internal", form, for_entry=True)
        )


def _edition(name: str) -> Edition:
    for edition in EDITIONS:
        if edition == name:
            return edition
    raise UserError(Message(NO_EDITION, {"edition": name, "editions": ", ".join(EDITIONS)}))


def _check_kind(kind: str, edition: Edition) -> None:
    if kind == IDENTITY and edition == "internal":
        if current_sealer.get() is None:
            raise UserError(Message(LOCKED))
    elif not has_kind(edition, kind):
        raise UserError(Message(NOT_IN_EDITION, {"kind": kind, "edition": edition}))


def _write(path: Path, suffix: str, tables: Sequence[Outgoing], edition: Edition) -> None:
    if suffix == ".csv":
        write_csv(path, tables[0])
    elif suffix == ".json":
        write_json(path, tables, edition)
    else:
        from mineaction_desktop.exchange import workbook_writing  # noqa: PLC0415 - slow to import

        workbook_writing.write_workbook(path, tables)
