"""The annex of evidence: which records stand behind each printed figure, and with how much.

In the workbook each record has a row of its own, so that the rows can be added up, sorted and
filtered. On paper the records of a figure stand in one line. A figure that is a sum of figures
printed beside it needs no rows of its own: its terms have them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from mineaction_desktop.i18n import mark
from mineaction_desktop.reports.document import Cell, Form, RowRole, Table
from mineaction_desktop.reports.figures import (
    Contribution,
    Figure,
    Records,
    Sum,
    counted,
    total,
)
from mineaction_desktop.reports.source import Source
from mineaction_desktop.reports.tables import TableData, TableRow
from mineaction_desktop.storage.queries import DATED, Fact

PLACE = mark("{form} · {table} · {row} · {column}")
PLACE_WITHOUT_TABLE = mark("{form} · {row} · {column}")
PART = mark("{record}: {amount}")
TOO_MANY = mark("{n} records; the JSON file lists them")
SHEET_LIMIT = 2_000
"""Records behind one figure that still make a readable list; larger ones are in the data file."""

PAPER_LIMIT = 120


@dataclass(frozen=True)
class Opened:
    """A figure with its place in words and the records behind it."""

    figure: Figure
    place: str
    parts: tuple[Contribution, ...]


class Evidence:
    """Opens the figures of forms that have been laid out."""

    def __init__(self, source: Source, forms: Sequence[Form]) -> None:
        self._source = source
        self._forms = forms

    @cached_property
    def opened(self) -> list[Opened]:
        """Every figure that rests on records directly, in reading order."""
        cells = list(self._cells())
        printed = {figure.key for _, figure in cells}
        found = []
        for place, figure in cells:
            match figure.evidence:
                case Sum(terms) if all(term.key in printed for _, term in terms):
                    continue
                case None:
                    continue
                case Records() | Sum():
                    parts = tuple(merged(figure.contributions()))
                    if parts:
                        found.append(Opened(figure, place, parts))
        return found

    def _cells(self) -> Iterator[tuple[str, Figure]]:
        for form in self._forms:
            for table in (block for block in form.blocks if isinstance(block, Table)):
                for row in table.rows:
                    name = next((self._text(cell) for cell in row.cells if cell is not None), "")
                    for column, cell in zip(table.columns, row.cells, strict=True):
                        if isinstance(cell, Figure):
                            yield self._place(form, table, name, column.title), cell

    def _text(self, cell: Cell) -> str:
        return self._source.presenter.cell(cell).partition("\n")[0]

    def _place(self, form: Form, table: Table, row: str, column: str) -> str:
        template = PLACE if table.title else PLACE_WITHOUT_TABLE
        return self._source.say(
            template, form=form.label or form.sheet, table=table.title, row=row, column=column
        )

    @cached_property
    def _records(self) -> Mapping[str, Mapping[str, Fact]]:
        kinds = {part.kind for opened in self.opened for part in opened.parts}
        columns = {kind: (DATED[kind],) if kind in DATED else () for kind in kinds}
        return {
            kind: {row["id"]: row for row in self._source.all(kind, columns[kind])}
            for kind in kinds
        }

    def _record(self, part: Contribution) -> tuple[str, Cell]:
        row = self._records[part.kind].get(part.record_id)
        if row is None:
            return part.record_id, None
        return row["local_id"], row.get(DATED.get(part.kind, ""))

    def by_record(self) -> TableData:
        """A row for each record, under the figure it stands behind, with the sum below."""
        rows: list[TableRow] = []
        for opened in self.opened:
            key = f"evidence/{opened.figure.key}"
            rows.append(TableRow(key, {"record": opened.place}, RowRole.GROUP, opened.figure.key))
            listed = opened.parts if len(opened.parts) <= SHEET_LIMIT else ()
            figures = [self._part_figure(key, part, opened.figure) for part in opened.parts]
            rows += [
                TableRow(figure.key, self._cells_of(part, figure))
                for part, figure in zip(listed, figures, strict=False)
            ]
            sums = {"amount": total(f"{key}/sum", figures, opened.figure.unit)}
            note = None if listed else self._source.say(TOO_MANY, n=len(opened.parts))
            cells: dict[str, Cell] = {"record": note or opened.place, **sums}
            rows.append(TableRow(f"{key}/sum", cells, RowRole.SUBTOTAL))
        return TableData(tuple(rows))

    def _part_figure(self, key: str, part: Contribution, figure: Figure) -> Figure:
        own = f"{key}/{part.kind}/{part.record_id}"
        records = Records(lambda: (part,))
        return counted(own, part.amount, figure.unit, records, currency=figure.currency)

    def _cells_of(self, part: Contribution, figure: Figure) -> dict[str, Cell]:
        number, when = self._record(part)
        kind = self._source.catalogue.form(part.kind).title
        return {
            "record": number,
            "kind": self._source.presenter.words.gettext(kind),
            "date": when,
            "amount": figure,
        }

    def by_figure(self) -> TableData:
        """A row for each figure with its records in one line."""
        rows = []
        for opened in self.opened:
            key = f"evidence/{opened.figure.key}"
            figures = [self._part_figure(key, part, opened.figure) for part in opened.parts]
            cells: dict[str, Cell] = {
                "figure": opened.place,
                "records": self._line(opened.parts),
                "amount": total(f"{key}/line", figures, opened.figure.unit),
            }
            rows.append(TableRow(f"{key}/line", cells, RowRole.DATA, opened.figure.key))
        return TableData(tuple(rows))

    def _line(self, parts: Sequence[Contribution]) -> str:
        if len(parts) > PAPER_LIMIT:
            return self._source.say(TOO_MANY, n=len(parts))
        return "; ".join(
            self._source.say(PART, record=self._record(part)[0], amount=part.amount)
            for part in parts
        )


def merged(parts: Iterable[Contribution]) -> list[Contribution]:
    """Each record once, with all it contributes; those that contribute nothing stay out."""
    amounts: dict[tuple[str, str], int] = {}
    for part in parts:
        record = (part.kind, part.record_id)
        amounts[record] = amounts.get(record, 0) + part.amount
    return [
        Contribution(kind, record_id, amount)
        for (kind, record_id), amount in sorted(amounts.items())
        if amount
    ]
