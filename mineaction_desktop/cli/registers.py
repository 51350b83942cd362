"""``new`` and ``demo``."""

from __future__ import annotations

from argparse import Namespace

from mineaction_desktop.cli.output import ProgressBar, author_of, give, tell
from mineaction_desktop.services.registers import NewRegister, demo_register, new_register


def _done(made: NewRegister, arguments: Namespace, sentence: str) -> int:
    total = sum(made.counts.values())
    if arguments.json:
        give({"store": str(made.path), "records": total, "kinds": made.counts})
    tell(sentence.format(path=made.path, total=total))
    return 0


def new_verb(arguments: Namespace) -> int:
    """Make an empty register."""
    made = new_register(
        arguments.store,
        author_of(arguments),
        name=arguments.name,
        iso3=arguments.state,
        entry_into_force=arguments.entry_into_force,
    )
    return _done(made, arguments, "Made the register {path}.")


def demo_verb(arguments: Namespace) -> int:
    """Make the made-up country."""
    bar = ProgressBar("Making the country")
    made = demo_register(
        arguments.store,
        seed=arguments.seed,
        records=arguments.records,
        progress=bar,
    )
    bar.finish()
    return _done(made, arguments, "Made the made-up country in {path}: {total:,} records.")
