"""A table from the clipboard as records: every cell read, the bad ones named, none stored yet."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date

from mineaction_desktop.domain.problems import Problem, Severity
from mineaction_desktop.exchange.guard import unguarded
from mineaction_desktop.exchange.linking import Directory, Entry
from mineaction_desktop.formdef.catalogue import Catalogue
from mineaction_desktop.formdef.checking import validate
from mineaction_desktop.formdef.form import Field, Form
from mineaction_desktop.formdef.headings import Matched, match_headings
from mineaction_desktop.formdef.types import TYPES, FieldContext
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.services.content import Changes, changes_of
from mineaction_desktop.services.loading import blank
from mineaction_desktop.services.progress import Progress, silent
from mineaction_desktop.services.saving import storable
from mineaction_desktop.storage.related import owner_of_number
from mineaction_desktop.storage.store import Reader, Store

MESSAGES: Mapping[str, str] = {
    "PASTE-001": mark("Another record of this kind has the number “{value}” already."),
    "PASTE-002": mark("The number “{value}” stands in several of these rows."),
}
"""The sentence behind each code."""

PASTED = mark("pasted from a spreadsheet")
_EVERY = 200


def table_of(text: str) -> list[list[str]]:
    """The cells of a text as a spreadsheet puts it on the clipboard; all rows of one length."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    if not text:
        return []
    rows = [line.split("\t") for line in text.split("\n")]
    if '"' in text:
        with suppress(csv.Error):  # quotation marks that are nothing but text
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True))
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows if any(row)]


def matched_columns(
    form: Form, table: Sequence[Sequence[str]], shown: Sequence[str]
) -> tuple[bool, list[str | None]]:
    """Whether the first row holds headings, and which field each column holds.

    Without headings the columns are those that the list shows, in its order.
    """
    head = table[0] if table else ()
    fields = [
        match.field.name if isinstance(match, Matched) else None
        for match in match_headings(form, head)
    ]
    filled = sum(1 for cell in head if cell.strip())
    if filled and sum(1 for name in fields if name) * 2 >= filled:
        return True, fields
    names = [name for name in shown if name in form.fields]
    return False, [names[n] if n < len(names) else None for n in range(len(head))]


@dataclass(slots=True)
class PastedRow:
    """One row: what was pasted, what was read of it, and what is wrong, by column or as a whole."""

    texts: list[str]
    values: dict[str, object] = field(default_factory=dict)
    cells: dict[int, Problem] = field(default_factory=dict)
    others: list[Problem] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Whether it can become a record."""
        return not self.cells and not self.others


@dataclass(slots=True)
class Pasted:
    """The rows that wait for a decision. Read them again after the columns have changed."""

    catalogue: Catalogue
    form: Form
    columns: list[str | None]
    rows: list[PastedRow]
    context: FieldContext = field(default_factory=FieldContext)
    today: date | None = None

    def read(self, store: Store, progress: Progress | None = None) -> None:
        """Read and check every row."""
        told, total = progress or silent, len(self.rows)
        with store.read() as reader:
            reading = _Reading(self, reader)
            for number, row in enumerate(self.rows, 1):
                reading.row(row)
                if number % _EVERY == 0 or number == total:
                    told(number, total)
            self._note_numbers(reader, self.rows)

    def change(self, store: Store, row: int, column: int, text: str) -> None:
        """Take another text for one cell."""
        changed = self.rows[row]
        changed.texts[column] = text
        with store.read() as reader:
            _Reading(self, reader).row(changed)
            self._note_numbers(reader, self.rows)

    def bad_cells(self) -> Iterator[tuple[int, int | None, Problem]]:
        """What is wrong, in order: row, column or nothing for the whole row, and why."""
        for number, row in enumerate(self.rows):
            for column, problem in sorted(row.cells.items()):
                yield number, column, problem
            for problem in row.others:
                yield number, None, problem

    @property
    def good(self) -> int:
        """How many rows can become records."""
        return sum(1 for row in self.rows if row.is_good)

    def accept(self, store: Store, reason: str | None = None) -> Changes:
        """Store the good rows as records, all in one step; the bad ones stay here."""
        day = self.today or date.today()  # noqa: DTZ011 (the day where the person sits)
        ready = [row for row in self.rows if row.is_good]
        with store.write(reason or PASTED) as writer:
            stored = [_stored(self.form, row.values, day) for row in ready]
            ids = writer.add_rows(self.form.kind, stored)
        self.rows = [row for row in self.rows if not row.is_good]
        return changes_of(writer.batch, writer.stamp.at, ((self.form.kind, one) for one in ids))

    def _note_numbers(self, reader: Reader, rows: Iterable[PastedRow]) -> None:
        """Find numbers that are taken, by records or by other rows."""
        if "local_id" not in self.columns:
            return
        column = self.columns.index("local_id")
        numbers = Counter(row.values.get("local_id") for row in rows)
        for row in rows:
            number = row.values.get("local_id")
            known = row.cells.get(column)
            if known is not None and known.code in MESSAGES:
                del row.cells[column]
            if number is None:
                continue
            code = ""
            if numbers[number] > 1:
                code = "PASTE-002"
            elif owner_of_number(reader, self.form.kind, str(number)) is not None:
                code = "PASTE-001"
            if code:
                message = Message(MESSAGES[code], {"value": number})
                row.cells[column] = Problem(code, message, value=str(number))


def pasted(
    catalogue: Catalogue, kind: str, text: str, shown: Sequence[str], context: FieldContext
) -> Pasted:
    """The table of a clipboard as rows of a kind, its columns matched; not read yet."""
    form = catalogue.form(kind)
    table = table_of(text)
    has_heading, columns = matched_columns(form, table, shown)
    rows = [PastedRow(list(row)) for row in table[1 if has_heading else 0 :]]
    return Pasted(catalogue, form, columns, rows, context)


class _Reading:
    """Reads rows while the register stands still."""

    def __init__(self, pasted: Pasted, reader: Reader) -> None:
        self._form = pasted.form
        self._columns = pasted.columns
        self._today = pasted.today or date.today()  # noqa: DTZ011 (as above)
        self._start = blank(pasted.catalogue, pasted.form.kind, today=self._today).values
        directory = Directory(reader, pasted.catalogue)
        self._context = replace(pasted.context, find_record=_finder(directory))
        self._place = {name: n for n, name in enumerate(self._columns) if name}

    def row(self, row: PastedRow) -> None:
        """Read the cells of a row, then check what they say together."""
        row.values, row.cells, row.others = dict(self._start), {}, []
        for column, name in enumerate(self._columns):
            if name is not None and row.texts[column].strip():
                found = self._value(self._form.fields[name], row)
                if isinstance(found, Problem):
                    row.cells[column] = found
                    row.values[name] = None
                else:
                    row.values[name] = found
        for problem in validate(self._form, row.values, today=self._today):
            if problem.severity is Severity.ERROR:
                self._note(row, problem)

    def _value(self, wanted: Field, row: PastedRow) -> object:
        text = unguarded(row.texts[self._place[wanted.name]])
        context = self._context
        if wanted.currency_field:
            context = replace(context, currency=self._currency(wanted.currency_field, row))
        return TYPES[wanted.type].read(text, wanted, context)

    def _currency(self, name: str, row: PastedRow) -> str | None:
        """The currency of an amount, which may stand in a column further on."""
        place = self._place.get(name)
        found: object = None
        if place is not None and row.texts[place].strip():
            wanted = self._form.fields[name]
            found = TYPES[wanted.type].read(row.texts[place], wanted, self._context)
        found = found or self._start.get(name)
        return found if isinstance(found, str) else self._context.currency

    def _note(self, row: PastedRow, problem: Problem) -> None:
        place = self._place.get(problem.place.field or "")
        if place is None:
            row.others.append(problem)
        else:
            row.cells.setdefault(place, problem)


def _finder(directory: Directory) -> Callable[[Field, str], str | Problem]:
    """How the name of a linked record becomes its id; each name is looked up once."""
    known: dict[tuple[str, str], str | Problem] = {}

    def find(link: Field, text: str) -> str | Problem:
        asked = link.name, text
        if asked not in known:
            found = directory.resolve(link, text)
            known[asked] = found.id if isinstance(found, Entry) else found
        return known[asked]

    return find


def _stored(form: Form, values: Mapping[str, object], today: date) -> dict[str, object]:
    """The values of a row as the store takes them; national fields lie together."""
    known = {n: v for n, v in storable(form, values, None, today).items() if v is not None}
    extra = {
        name: TYPES[form.fields[name].type].to_plain(value)
        for name, value in known.items()
        if form.fields[name].extra
    }
    columns = {name: value for name, value in known.items() if name not in extra}
    return {**columns, "extra": extra} if extra else columns
