"""``import``, ``undo-import``, ``export`` and ``template``."""

from __future__ import annotations

import getpass
import os
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache

from mineaction_desktop.cli.output import (
    ProgressBar,
    author_of,
    give,
    problem_data,
    tell,
    tell_problems,
)
from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.services.changing import changed
from mineaction_desktop.services.exporting import export, template
from mineaction_desktop.services.importing import ImportResult, import_table, undo_import
from mineaction_desktop.storage.store import Store

SEALED_KIND = "person_identity"
PASSPHRASE = "MINEACTION_PASSPHRASE"  # noqa: S105 - the name of a variable, not a secret

NO_PASSPHRASE = mark(
    "Identities are encrypted, and nobody can be asked for the passphrase here. "
    "Give it in the variable {variable}."
)


@contextmanager
def _unlocked(store: Store, kind: str | None, passphrase: Callable[[], str]) -> Iterator[None]:
    """Identities opened for the verbs that name them; the passphrase is asked for, never kept."""
    if kind != SEALED_KIND:
        yield
        return
    with store.unlock(passphrase()):
        yield


def _passphrase() -> str:
    if given := os.environ.get(PASSPHRASE):
        return given
    try:
        return getpass.getpass("Passphrase for identities: ")
    except (EOFError, OSError):
        raise UserError(Message(NO_PASSPHRASE, {"variable": PASSPHRASE})) from None


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{kind} {number:,}" for kind, number in counts.items()) or "0"


def _import_data(result: ImportResult, *, dry_run: bool) -> dict[str, object]:
    return {
        "file": str(result.file),
        "batch": result.batch,
        "dry_run": dry_run,
        "encoding": result.encoding,
        "created": dict(result.created),
        "updated": dict(result.updated),
        "unchanged": dict(result.unchanged),
        "skipped": result.skipped,
        "notices": [notice.render() for notice in result.notices],
        "problems": [problem_data(problem) for problem in result.problems],
    }


def import_verb(arguments: Namespace) -> int:
    """Take records from a file."""
    bar = ProgressBar("Importing")
    dry_run: bool = arguments.dry_run
    passphrase = cache(_passphrase)  # asked for once, however often the work is done

    def work(store: Store) -> ImportResult:
        with _unlocked(store, arguments.kind, passphrase):
            return import_table(
                store,
                arguments.file,
                kind=arguments.kind,
                mapping=arguments.mapping,
                dry_run=dry_run,
                skip_invalid=arguments.skip_invalid,
                encoding=arguments.encoding,
                progress=bar,
            )

    if dry_run:
        with Store.open(arguments.store) as store:
            result = work(store)
    else:
        result = changed(arguments.store, author_of(arguments), work)
    bar.finish()
    if arguments.json:
        give(_import_data(result, dry_run=dry_run))
    _tell_import(result, dry_run=dry_run)
    return 0


def _tell_import(result: ImportResult, *, dry_run: bool) -> None:
    tell("Checked only, nothing was changed:" if dry_run else f"Imported {result.file}:")
    tell(f"  new: {_counts(result.created)}")
    if result.updated:
        tell(f"  changed: {_counts(result.updated)}")
    if result.unchanged:
        tell(f"  as before: {_counts(result.unchanged)}")
    for notice in result.notices:
        tell(f"  note: {notice}")
    if result.skipped:
        tell(f"  left out: {result.skipped:,} rows")
    tell_problems(result.problems)
    if result.batch:
        tell(f"  to take this back: mineaction undo-import STORE {result.batch}")


def undo_import_verb(arguments: Namespace) -> int:
    """Take an import back."""
    result = changed(
        arguments.store,
        author_of(arguments),
        lambda store: undo_import(store, arguments.batch),
    )
    if arguments.json:
        give(
            {
                "batch": result.batch,
                "hidden": dict(result.hidden),
                "restored": dict(result.restored),
            }
        )
    tell(f"Took back batch {result.batch}:")
    tell(f"  hidden: {_counts(result.hidden)}")
    tell(f"  restored: {_counts(result.restored)}")
    return 0


def export_verb(arguments: Namespace) -> int:
    """Write records to a file."""
    bar = ProgressBar("Exporting")
    with Store.open(arguments.store) as store, _unlocked(store, arguments.kind, _passphrase):
        result = export(
            store,
            arguments.file,
            kind=arguments.kind,
            edition=arguments.edition,
            progress=bar,
        )
    bar.finish()
    if arguments.json:
        give(
            {
                "file": str(result.file),
                "edition": str(result.edition),
                "counts": dict(result.counts),
            }
        )
    tell(f"Wrote {result.file}: {sum(result.counts.values()):,} records.")
    return 0


def template_verb(arguments: Namespace) -> int:
    """Write an empty workbook or paper form to fill in."""
    template(arguments.kind, arguments.file)
    if arguments.json:
        give({"file": str(arguments.file)})
    tell(f"Wrote {arguments.file}")
    return 0
