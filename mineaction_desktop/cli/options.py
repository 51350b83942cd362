"""The words of the command line: verbs, arguments and their help."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from datetime import date

VERBS: Mapping[str, str] = {
    "new": "registers",
    "demo": "registers",
    "import": "tables",
    "undo-import": "tables",
    "export": "tables",
    "template": "tables",
    "check": "checks",
    "explain": "checks",
    "figures": "reports",
    "report": "reports",
    "submit": "submissions",
    "compare": "submissions",
    "attach": "attachments",
    "trail": "history",
    "verify": "history",
}
"""Each verb and the module that carries it out."""


class Words(argparse.ArgumentParser):
    """A parser that answers a wrong call in JSON too, where JSON was asked for."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the call and leave with exit code 2."""
        if "--json" in sys.argv:
            from mineaction_desktop.cli.output import give_if_possible  # noqa: PLC0415 - rare

            give_if_possible({"error": message, "problems": []})
        super().error(message)


class _Version(argparse.Action):
    """Prints the version; looking it up costs more than all the rest of ``--help``."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version  # noqa: PLC0415 - see above

        parser.exit(message=f"{version('mineaction-desktop')}\n")


def _date(text: str) -> date:
    from datetime import date  # noqa: PLC0415 - only two verbs take a date

    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"“{text}” is not a date; write it as year-month-day, such as 2004-11-01"
        raise argparse.ArgumentTypeError(message) from None


def _year(text: str) -> int:
    if text.isascii() and text.isdigit() and 1900 <= int(text) <= 2200:
        return int(text)
    raise argparse.ArgumentTypeError(f"“{text}” is not a year; write four digits, such as 2025")


def _number(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < len(text) <= 9 and int(text) > 0:
        return int(text)
    raise argparse.ArgumentTypeError(f"“{text}” is not a whole number from 1 to 999,999,999")


def _store(parser: Words) -> None:
    parser.add_argument(
        "store", metavar="STORE", type=Path, help="the register, a .mineaction file"
    )


def _new(parser: Words) -> None:
    _store(parser)
    parser.add_argument("--state", required=True, metavar="ISO3", help="three-letter code")
    parser.add_argument("--name", required=True, metavar="TEXT", help="name of the State")
    parser.add_argument(
        "--entry-into-force",
        required=True,
        type=_date,
        metavar="DATE",
        help="day the Convention entered into force for the State, such as 2004-11-01",
    )


def _demo(parser: Words) -> None:
    _store(parser)
    parser.add_argument("--records", type=_number, metavar="N", help="scale up to about N records")
    parser.add_argument("--seed", type=_number, default=1, metavar="S", help="another country")


def _import(parser: Words) -> None:
    _store(parser)
    parser.add_argument("file", metavar="FILE", type=Path, help="a CSV or Excel file")
    parser.add_argument("--as", dest="kind", metavar="KIND", help="the kind of record in the file")
    parser.add_argument("--mapping", type=Path, metavar="FILE", help="how columns become fields")
    parser.add_argument("--dry-run", action="store_true", help="check only, change nothing")
    parser.add_argument(
        "--skip-invalid", action="store_true", help="take the good rows, name the others"
    )
    parser.add_argument("--encoding", metavar="NAME", help="the encoding of a CSV file")


def _undo_import(parser: Words) -> None:
    _store(parser)
    parser.add_argument("batch", metavar="BATCH", help="the batch that the import named")


def _edition(parser: Words) -> None:
    parser.add_argument(
        "--edition",
        default="public",
        choices=("public", "partner", "internal"),
        help="how much of what is sensitive it shows (default: public)",
    )


def _export(parser: Words) -> None:
    _store(parser)
    parser.add_argument("file", metavar="FILE", type=Path, help="ends in .csv, .xlsx or .json")
    parser.add_argument("--kind", metavar="KIND", help="one kind of record (default: all)")
    _edition(parser)


def _template(parser: Words) -> None:
    parser.add_argument("kind", metavar="KIND", help="the kind of record")
    parser.add_argument("file", metavar="FILE", type=Path, help="ends in .xlsx or .pdf")


def _year_and_instrument(parser: Words) -> None:
    _store(parser)
    parser.add_argument("--year", required=True, type=_year, metavar="Y", help="reporting year")
    parser.add_argument("--instrument", default="apmbc", metavar="I", help="default: apmbc")
    parser.add_argument("--layout", default="classic", metavar="L", help="default: classic")
    _edition(parser)
    parser.add_argument(
        "--nil", action="store_true", help="also for a year in which nothing is dated"
    )


def _language(parser: Words) -> None:
    parser.add_argument("--language", default="en", metavar="LANG", help="default: en")


def _check(parser: Words) -> None:
    _store(parser)
    parser.add_argument("--year", required=True, type=_year, metavar="Y", help="reporting year")
    parser.add_argument("--instrument", default="apmbc", metavar="I", help="default: apmbc")


def _explain(parser: Words) -> None:
    _store(parser)
    parser.add_argument("--year", required=True, type=_year, metavar="Y", help="reporting year")
    parser.add_argument(
        "--check", required=True, metavar="CODE", help="the check that warns, such as V-D-08"
    )
    parser.add_argument(
        "--about", metavar="SUBJECT", help="what it warns about, where it names several things"
    )
    chosen = parser.add_mutually_exclusive_group(required=True)
    chosen.add_argument("--text", metavar="TEXT", help="why the warning is right as it stands")
    chosen.add_argument(
        "--keep", action="store_true", help="keep what was written for an earlier year"
    )
    parser.add_argument("--decided-by", metavar="ROLE", help="who decided it: a role, not a name")


def _report(parser: Words) -> None:
    _year_and_instrument(parser)
    _language(parser)
    parser.add_argument("--final", action="store_true", help="without the draft mark")
    parser.add_argument(
        "--as-submitted",
        action="store_true",
        help="the report last submitted for the year, as it was, in its own language and edition",
    )
    parser.add_argument(
        "--out", required=True, type=Path, metavar="DIR", help="folder for the files"
    )


def _submit(parser: Words) -> None:
    _year_and_instrument(parser)
    _language(parser)
    parser.add_argument("--note", metavar="TEXT", help="kept with what is submitted")
    parser.add_argument(
        "--enter",
        type=Path,
        metavar="FILE",
        help="take the figures of a report submitted elsewhere from a table",
    )


def _compare(parser: Words) -> None:
    _store(parser)
    parser.add_argument("--year", required=True, type=_year, metavar="Y", help="reporting year")
    parser.add_argument("--instrument", default="apmbc", metavar="I", help="default: apmbc")


def _attach(parser: Words) -> None:
    _store(parser)
    parser.add_argument("file", metavar="FILE", type=Path, help="a photograph or another file")
    parser.add_argument("--title", required=True, metavar="T", help="what it shows")
    parser.add_argument("--kind", metavar="K", help="such as photograph or certificate")
    parser.add_argument(
        "--to", metavar="LOCAL_ID", help="the record it belongs to, such as HA-000001"
    )


def _trail(parser: Words) -> None:
    _store(parser)
    parser.add_argument("--record", metavar="ID", help="one record, by id or readable number")
    parser.add_argument("--last", type=_number, default=50, metavar="N", help="how many entries")


ARGUMENTS: Mapping[str, tuple[str, Callable[[Words], None]]] = {
    "new": ("make an empty register", _new),
    "demo": ("make the made-up country", _demo),
    "import": ("take records from a file", _import),
    "undo-import": ("take an import back", _undo_import),
    "export": ("write records to a file", _export),
    "template": ("write an empty workbook or paper form to fill in", _template),
    "check": ("show what does not add up in a year, worst first", _check),
    "explain": ("explain a warning in writing, or keep the explanation of last year", _explain),
    "figures": ("show every figure of a year", _year_and_instrument),
    "report": ("write the report of a year as Excel, PDF and JSON", _report),
    "submit": ("check the report of a year and freeze it", _submit),
    "compare": ("show what has changed since a report was submitted", _compare),
    "attach": ("keep a file in the register", _attach),
    "trail": ("show who changed what", _trail),
    "verify": ("check that a register is sound", _store),
}


def build_parser() -> Words:
    """Return the parser of the whole command line."""
    parser = Words(
        prog="mineaction",
        description="From mine action records to transparency reports in which every figure "
        "opens its records.",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and leave")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", title="verbs")
    for name, (summary, add) in ARGUMENTS.items():
        verb = verbs.add_parser(name, help=summary, description=summary[0].upper() + summary[1:])
        add(verb)
        verb.add_argument(
            "--json", action="store_true", help="machine-readable result on standard output"
        )
        verb.add_argument("--author", metavar="NAME", help="who does this (default: your login)")
        verb.add_argument("--office", metavar="NAME", help="the office (default: this computer)")
    return parser
