"""Changing a register from outside of a session: an older one is changed on a copy first.

Opening a register of an older version for writing brings it up to date. A call that fails is to
leave its register as it was, so the same work is tried on a copy before the register is touched.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from mineaction_desktop.storage import files, lock
from mineaction_desktop.storage.engine import open_engine
from mineaction_desktop.storage.faults import in_plain_words, in_words_of_the_disk
from mineaction_desktop.storage.schema import CURRENT
from mineaction_desktop.storage.store import Author, Store

Result = TypeVar("Result")


def changed(path: Path, author: Author, work: Callable[[Store], Result]) -> Result:
    """Open a register for writing, do the work and return what it returns.

    The work is done twice where the register is of an older version: what it does outside of the
    register must not mind.
    """
    path = path.absolute()
    files.look(path)
    if lock.holder(path) is None and not _is_current(path):
        _try(path, author, work)
    with Store.open(path, author, write=True) as store:
        return work(store)


def _is_current(path: Path) -> bool:
    engine = open_engine(path, files.reading_access(path))
    try:
        with in_plain_words(path):
            return files.identify(engine, path, CURRENT)
    finally:
        engine.dispose()


def _try(path: Path, author: Author, work: Callable[[Store], Result]) -> None:
    """Do the work on a copy that is thrown away; whatever goes wrong is raised."""
    with tempfile.TemporaryDirectory(prefix="mineaction-") as folder:
        copy = Path(folder) / path.name
        with in_words_of_the_disk(path):
            for part in (path, *filter(Path.exists, files.companions(path))):
                shutil.copyfile(part, copy.with_name(part.name))
        with Store(copy, CURRENT, author, named=path) as store:
            work(store)
