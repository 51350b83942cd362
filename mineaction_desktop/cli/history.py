"""``trail`` and ``verify``."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from mineaction_desktop.cli.output import ProgressBar, give, problem_data, tell, tell_problems
from mineaction_desktop.services.history import trail_entries, verify_register
from mineaction_desktop.storage.store import Store

BLOCKED = 3


def trail_verb(arguments: Namespace) -> int:
    """Show who changed what."""
    with Store.open(arguments.store) as store:
        entries = trail_entries(store, record=arguments.record, last=arguments.last)
    if arguments.json:
        give([asdict(entry) for entry in entries])
        return 0
    for entry in entries:
        tell(
            f"{entry.number:>8}  {entry.at:%Y-%m-%d %H:%M:%S} UTC  {entry.author} ({entry.office})"
        )
        tell(f"          {entry.action} {entry.kind} {entry.record_id}")
        if entry.reason:
            tell(f"          reason: {entry.reason}")
        for name, (old, new) in entry.changes.items():
            tell(f"          {name}: {old!r} → {new!r}")
    return 0


def verify_verb(arguments: Namespace) -> int:
    """Check that a register is sound."""
    bar = ProgressBar("Checking")
    with Store.open(arguments.store) as store:
        result = verify_register(store, bar)
    bar.finish()
    if arguments.json:
        give(
            {
                "sound": not result.problems,
                "entries": result.entries,
                "problems": [problem_data(problem) for problem in result.problems],
            }
        )
    if result.problems:
        tell(f"The register has {len(result.problems):,} problems:")
        tell_problems(result.problems)
        return BLOCKED
    tell(f"The register is sound: {result.entries:,} entries of the trail checked.")
    return 0
