"""The command ``mineaction``: reads the call, runs one verb, turns its outcome into an exit code.

Exit codes: 0 done; 2 the call or the input is wrong; 3 blocked by open problems; 1 a bug of ours.
Only the verb that is called is imported, so that help is there at once.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path

from mineaction_desktop.cli.options import VERBS, build_parser

DONE, BUG, WRONG, BLOCKED = 0, 1, 2, 3


def _run_verb(arguments: argparse.Namespace) -> int:
    module = import_module(f"mineaction_desktop.cli.{VERBS[arguments.verb]}")
    function = getattr(module, arguments.verb.replace("-", "_").rstrip("_") + "_verb")
    code: int = function(arguments)
    return code


def _speak_utf8() -> None:
    """Results are UTF-8 wherever they go, and a closed stream is a place where nothing is heard."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open to the end
            setattr(sys, name, nowhere)
        elif isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def run(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    _speak_utf8()
    parser = build_parser()
    arguments = parser.parse_args(argv)
    if arguments.verb is None:
        parser.print_help(sys.stderr)
        return WRONG
    from mineaction_desktop.cli import output  # noqa: PLC0415 - not for --help
    from mineaction_desktop.domain.problems import (  # noqa: PLC0415 - not for --help
        BlockedError,
        UserError,
    )

    try:
        return _run_verb(arguments)
    except UserError as error:
        output.tell_error(error, as_json=arguments.json)
        return BLOCKED if isinstance(error, BlockedError) else WRONG
    except output.ResultLostError as error:
        output.tell(str(error))
        return WRONG
    except KeyboardInterrupt:
        output.tell("\nStopped. What had not been finished was taken back.")
        return WRONG
    except Exception as error:  # noqa: BLE001 - the last line of defence: a traceback helps nobody
        from mineaction_desktop.cli.crash import save_crash  # noqa: PLC0415 - only on trouble

        said = save_crash(error)
        output.tell(said)
        if arguments.json:
            output.give_if_possible({"error": said, "problems": []})
        return BUG
