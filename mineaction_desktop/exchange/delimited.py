"""Tables in text files: separated by commas, semicolons, tabs or bars."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from mineaction_desktop.exchange.encodings import Decoded, decode
from mineaction_desktop.exchange.guard import unguarded
from mineaction_desktop.exchange.tables import MAX_ROWS, Grid, refused
from mineaction_desktop.i18n import mark

SEPARATORS = ("\t", ";", "|", ",")

TOO_LARGE = mark("“{file}” has more than {limit} rows. Part it into several files.")
BROKEN = mark(
    "“{file}” cannot be read from row {row} on: a quotation mark does not close, or stands "
    "where none can. Correct that row, or save the table again."
)
TOO_LONG = mark(
    "“{file}” has a cell of more than {limit} characters at row {row}, which no record can hold. "
    "Shorten it, or look there for a quotation mark that does not close."
)
_LONGEST_CELL = 10_000_000
_SAMPLE_ROWS = 100
_SAMPLE_CHARACTERS = 100_000
_STATED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def read_delimited(path: Path, content: bytes, encoding: str | None) -> tuple[Grid, Decoded]:
    """The cells of a text file, and how its bytes were read."""
    decoded = decode(content, encoding)
    text = decoded.text
    stated = _STATED.match(text)
    separator = stated[1] if stated else separator_of(text)
    rows = list(_rows(path, text, separator))
    if stated:  # the line is no row of the table, but counts as one
        rows[0] = []
    return Grid(None, rows, in_text=True), decoded


def separator_of(text: str) -> str:
    """The separator that parts most rows into the same number of cells; a comma if none does."""
    sample = text[:_SAMPLE_CHARACTERS]
    best = (0.0, 0, ",")
    for separator in SEPARATORS:
        widths = [len(row) for row in _sampled(sample, separator) if row]
        width, count = max(
            Counter(widths).items(), key=lambda found: (found[1], found[0]), default=(0, 0)
        )
        if width > 1:
            best = max(best, (count / len(widths), width, separator), key=lambda it: it[:2])
    return best[2]


def _sampled(sample: str, separator: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
    try:
        return list(islice(reader, _SAMPLE_ROWS))
    except csv.Error:
        return []


def _rows(path: Path, text: str, separator: str) -> Iterator[list[str]]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    has_marks = "'" in text
    number = 0
    try:
        for row in reader:
            number += 1
            if number > MAX_ROWS:
                raise refused(TOO_LARGE, path, limit=f"{MAX_ROWS:,}")
            yield [unguarded(cell) for cell in row] if has_marks else row
    except csv.Error as error:
        if "field limit" in str(error):
            limit = f"{_LONGEST_CELL:,}"
            raise refused(TOO_LONG, path, row=number + 1, limit=limit) from error
        raise refused(BROKEN, path, row=number + 1) from error
