"""The command ``mineaction``: reads the call, runs one verb, turns its outcome into an exit code.

Exit codes: 0 done; 2 the call or the input is wrong; 3 blocked by open problems; 1 a bug of ours.
Only the verb that is called is imported, so that help is there at once.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from mineaction_desktop.cli.options import VERBS, build_parser

DONE, BUG, WRONG, BLOCKED = 0, 1, 2, 3


def _run_verb(arguments: argparse.Namespace) -> int:
    module = import_module(f"mineaction_desktop.cli.{VERBS[arguments.verb]}")
    function = getattr(module, arguments.verb.replace("-", "_").rstrip("_") + "_verb")
    code: int = function(arguments)
    return code


def run(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    parser = build_parser()
    arguments = parser.parse_args(argv)
    if arguments.verb is None:
        parser.print_help(sys.stderr)
        return WRONG
    from mineaction_desktop.domain.problems import (  # noqa: PLC0415 - not for --help
        BlockedError,
        UserError,
    )

    try:
        return _run_verb(arguments)
    except UserError as error:
        from mineaction_desktop.cli.output import tell_error  # noqa: PLC0415 - only on trouble

        tell_error(error, as_json=arguments.json)
        return BLOCKED if isinstance(error, BlockedError) else WRONG
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. Nothing was changed.\n")
        return WRONG
    except BrokenPipeError:
        sys.stderr.close()
        return DONE
    except Exception as error:  # noqa: BLE001 - the last line of defence: a traceback helps nobody
        from mineaction_desktop.cli.crash import save_crash  # noqa: PLC0415 - only on trouble

        save_crash(error)
        return BUG


def main() -> NoReturn:
    """Run and leave with the exit code."""
    raise SystemExit(run())
