"""Write the next migration from what the records say now: for developers.

``python -m mineaction_desktop.storage.migrations.make 0002_what_it_does`` compares the records with
the shape that the last migration leaves and writes the difference to ``versions/``. Read what it
wrote, mend it where data must move, set ``schema.HEAD`` to its number, and run the tests.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory

from mineaction_desktop.storage import upgrade
from mineaction_desktop.storage.engine import Access, open_engine
from mineaction_desktop.storage.schema import VERSIONS, Schema


def make(name: str, folder: Path = VERSIONS, after: tuple[Path, ...] = ()) -> Path:
    """Write the migration ``name`` into a folder, on top of those there and in ``after``."""
    number, _, message = name.partition("_")
    with tempfile.TemporaryDirectory() as scratch:
        empty = Path(scratch) / "empty.mineaction"
        empty.touch()
        engine = open_engine(empty, Access.WRITE)
        wanted = Schema("head", (folder, *after))
        try:
            with engine.connect() as connection:
                for revision in upgrade.steps(connection, wanted):
                    upgrade.step(connection, wanted, revision)
                config = upgrade.config(connection, wanted)
                command.revision(
                    config, message, autogenerate=True, rev_id=number, version_path=folder
                )
                written = ScriptDirectory.from_config(config).get_revision(number)
        finally:
            engine.dispose()
    return _tidied(Path(written.path))


def _tidied(path: Path) -> Path:
    """Leave out what Alembic remarks, and lay the rest out like all our code."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(x for x in lines if "# ###" not in x), encoding="utf-8")
    formatter = [sys.executable, "-m", "ruff", "format", "--quiet", str(path)]
    subprocess.run(formatter, check=True)  # noqa: S603 - no input of others
    return path


if __name__ == "__main__":
    sys.stdout.write(f"{make(sys.argv[1])}\n")
