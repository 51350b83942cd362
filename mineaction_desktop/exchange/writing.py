"""Tables of records as files: CSV for programs, workbooks for people, JSON for both."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from mineaction_desktop.exchange.guard import guarded
from mineaction_desktop.exchange.outgoing import Heading, Outgoing, written
from mineaction_desktop.exchange.tables import refused
from mineaction_desktop.formdef.types import TYPES
from mineaction_desktop.i18n import mark

NO_FOLDER = mark("The folder “{folder}” does not exist. Make it first, or choose another one.")
IS_FOLDER = mark("“{file}” is a folder in “{folder}”. Choose another name for the file.")
NOT_WRITABLE = mark(
    "“{file}” cannot be written in “{folder}”. Close it if it is open in another program, and "
    "check that you may write there and that the disk has room."
)
_NUMBERS = frozenset({"integer", "quantity", "area", "number", "money", "latitude", "longitude"})


@contextmanager
def placed(path: Path) -> Iterator[Path]:
    """Give a path to write to, beside the real one, which it replaces only once it is complete."""
    if not path.parent.is_dir():
        raise refused(NO_FOLDER, path)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.new")
    if path.is_dir():
        raise refused(IS_FOLDER, path)
    try:
        unfinished.touch()  # tells at once, not after the work, whether the folder takes files
        yield unfinished
        unfinished.replace(path)
    except OSError as error:
        raise refused(NOT_WRITABLE, path) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def write_csv(path: Path, table: Outgoing) -> None:
    """Write one table as CSV in UTF-8, safe to open in a spreadsheet; headings are field names."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([heading.name for heading in table.headings])
        currencies = currency_cells(table.headings)
        for row in table.rows:
            writer.writerow(
                [
                    _text(heading, value, _currency(row, currencies.get(cell)))
                    for cell, (heading, value) in enumerate(zip(table.headings, row, strict=True))
                ]
            )


def _text(heading: Heading, value: object, currency: str | None) -> str:
    if value is None:
        return ""
    field = heading.field
    if field is None or field.link:
        return guarded(str(value))
    text = written(field, value, currency)
    return text if field.type in _NUMBERS else guarded(text)


def currency_cells(headings: Sequence[Heading]) -> dict[int, int]:
    """For each cell of an amount, the cell that says its currency."""
    by_name = {heading.name: cell for cell, heading in enumerate(headings)}
    return {
        cell: by_name[heading.field.currency_field]
        for cell, heading in enumerate(headings)
        if heading.field and heading.field.currency_field in by_name
    }


def _currency(row: Sequence[object], cell: int | None) -> str | None:
    found = None if cell is None else row[cell]
    return found if isinstance(found, str) else None


def write_json(path: Path, tables: Sequence[Outgoing], edition: str) -> None:
    """Write tables as JSON; what is empty is left out, and one record stands on each line."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{{"format": 1, "edition": "{edition}", "records": {{')
        for position, table in enumerate(tables):
            file.write(f'{"," if position else ""}\n"{table.form.kind}": [')
            _write_records(file, table)
            file.write("]")
        file.write("\n}}\n")


def _write_records(file: IO[str], table: Outgoing) -> None:
    for position, row in enumerate(table.rows):
        record = {
            heading.name: _plain(heading, value)
            for heading, value in zip(table.headings, row, strict=True)
            if value is not None and not heading.names_link
        }
        file.write(f"{',' if position else ''}\n{json.dumps(record, ensure_ascii=False)}")


def _plain(heading: Heading, value: object) -> object:
    field = heading.field
    return value if field is None or field.link else TYPES[field.type].to_plain(value)
