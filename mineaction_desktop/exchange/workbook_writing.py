"""Workbooks of records: labels, field names, real numbers and dates, and lists to choose from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.problems import Place, Problem, UserError
from mineaction_desktop.exchange.outgoing import Heading, Outgoing, written
from mineaction_desktop.exchange.writing import currency_cells
from mineaction_desktop.formdef.choices import ChoiceList
from mineaction_desktop.formdef.form import Field
from mineaction_desktop.i18n import Message, mark

TOO_LONG = mark(
    "The text in “{field}” of {name} has more than {limit} characters, which no cell of a workbook "
    "can hold. Export to CSV or JSON, or shorten it."
)
TOO_MANY = mark("A sheet holds {limit} rows at most; there are more. Export to CSV or JSON.")

LISTS = "lists"
"""The hidden sheet that drop-down lists take their choices from."""

_LAST_ROW = 1_048_576
_LONGEST = 32_767
_EXACT = 2**53
_FIRST_SAFE_YEAR = 1901  # workbooks disagree about the dates of 1900
_WHOLE = frozenset({"integer", "quantity", "area"})
_DECIMAL = frozenset({"number", "latitude", "longitude"})
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_HEAD = PatternFill("solid", fgColor="DDE6EE")
_NAMES = Font(color="7F7F7F", size=9)


def write_workbook(path: Path, tables: Sequence[Outgoing]) -> None:
    """Write a sheet for each table; row 1 holds labels, row 2 field names."""
    with _book() as book:
        lists = _Lists(book)
        for table in tables:
            _write_sheet(book, lists, table)
        _finish(book, lists, path)


@contextmanager
def _book() -> Iterator[Workbook]:
    """A workbook whose sheets end even if writing fails, so that nothing complains later."""
    book = Workbook(write_only=True)
    try:
        yield book
    except BaseException as error:
        for begun in book.worksheets:
            with suppress(Exception):  # the disk may be full for this too
                begun.close()
        if type(error).__name__ == "SerialisationError":  # how lxml, if it is there, says so
            raise OSError(str(error)) from error
        raise


def _write_sheet(book: Workbook, lists: _Lists, table: Outgoing) -> None:
    sheet = book.create_sheet(table.form.kind[:31])
    _set_up(sheet, table.headings, lists)
    _head(sheet, table.headings, with_help=False)
    currencies = currency_cells(table.headings)
    for number, row in enumerate(table.rows, 3):
        if number > _LAST_ROW:
            raise UserError(Message(TOO_MANY, {"limit": _LAST_ROW - 2}))
        sheet.append(_cells(sheet, table.headings, row, currencies))


def write_template(path: Path, kind: str, headings: Sequence[Heading]) -> None:
    """Write an empty sheet to be filled in; the help of each field is a note on its label."""
    with _book() as book:
        lists = _Lists(book)
        sheet = book.create_sheet(kind[:31])
        _set_up(sheet, headings, lists)
        _head(sheet, headings, with_help=True)
        _finish(book, lists, path)


def _finish(book: Workbook, lists: _Lists, path: Path) -> None:
    book.properties.creator = "Mine Action Desktop"
    lists.write()
    book.save(path)


def _set_up(sheet: Any, headings: Sequence[Heading], lists: _Lists) -> None:  # noqa: ANN401 - openpyxl
    """What must stand before the first row: widths, frozen heads, lists to choose from."""
    sheet.freeze_panes = "A3"
    for position, heading in enumerate(headings, 1):
        letter = get_column_letter(position)
        sheet.column_dimensions[letter].width = max(12, min(40, len(heading.label) + 4))
        choices = heading.field.choices if heading.field else None
        if choices and heading.field and heading.field.type == "choice":
            validation = DataValidation(
                type="list", formula1=f"={lists.name_of(choices)}", allow_blank=True
            )
            validation.showErrorMessage = not choices.is_open
            validation.add(f"{letter}3:{letter}{_LAST_ROW}")
            sheet.data_validations.append(validation)


def _head(sheet: Any, headings: Iterable[Heading], *, with_help: bool) -> None:  # noqa: ANN401 - openpyxl
    labels, names = [], []
    for heading in headings:
        label = _text_cell(sheet, heading.label)
        is_needed = with_help and heading.field is not None and heading.field.obligatory
        label.font, label.fill = Font(bold=True, italic=is_needed), _HEAD
        label.alignment = Alignment(wrap_text=True, vertical="top")
        if with_help and heading.field is not None:
            label.comment = _note(heading.field)
        name = _text_cell(sheet, heading.name)
        name.font, name.fill = _NAMES, _HEAD
        labels.append(label)
        names.append(name)
    sheet.append(labels)
    sheet.append(names)


def _note(field: Field) -> Comment | None:
    unit = field.typed_unit or field.unit
    needed = "Must be filled in." if field.obligatory else ""
    parts = [field.help, f"Unit: {unit}." if unit else "", needed]
    text = "\n".join(part for part in parts if part)
    return Comment(text, "Mine Action Desktop", height=120, width=320) if text else None


def _text_cell(sheet: Any, text: str) -> Cell:  # noqa: ANN401 - openpyxl
    """A cell that is text and stays text, whatever it looks like."""
    cell: Cell = WriteOnlyCell(sheet, value=None)
    cell.value = _ESCAPE.sub("_x005F_", _ILLEGAL.sub("", text))
    cell.data_type = "s"
    return cell


def _cells(
    sheet: Any,  # noqa: ANN401 - openpyxl
    headings: Sequence[Heading],
    row: Sequence[object],
    currencies: dict[int, int],
) -> list[object]:
    cells: list[object] = []
    for position, (heading, value) in enumerate(zip(headings, row, strict=True)):
        currency = row[currencies[position]] if position in currencies else None
        shown = _shown(heading, value, currency if isinstance(currency, str) else None)
        if not isinstance(shown, str):
            cells.append(shown)
            continue
        if len(shown) > _LONGEST:
            raise _too_long(heading, row)
        cells.append(_text_cell(sheet, shown) if shown else None)
    return cells


def _too_long(heading: Heading, row: Sequence[object]) -> UserError:
    values = {"field": Message(heading.label), "name": str(row[0]), "limit": _LONGEST}
    message = Message(TOO_LONG, values)
    return UserError(message, (Problem("FILE-020", message, Place(field=heading.name)),))


def _shown(heading: Heading, value: object, currency: str | None) -> object:
    """The value of a cell: numbers and days as such, all else as text."""
    field = heading.field
    if value is None or field is None or field.link:
        return value
    if field.type in _WHOLE and not field.typed_unit and isinstance(value, int):
        return value if abs(value) < _EXACT else str(value)
    if field.type in _DECIMAL and not field.typed_unit:
        return value
    day = value.first if isinstance(value, PartialDate) and value.is_exact else value
    if isinstance(day, date) and day.year >= _FIRST_SAFE_YEAR:
        return day
    if field.type == "choice" and field.choices and isinstance(value, str):
        return _label(field.choices, value)
    return written(field, value, currency)


def _label(choices: ChoiceList, code: str) -> str:
    """The label of a code, unless that would be read back as another one."""
    label = choices.label(code)
    found = choices.find(label)
    return label if found is not None and found.code == code else code


class _Lists:
    """The choices of all lists in use, on one sheet that nobody sees."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._lists: dict[str, ChoiceList] = {}

    def name_of(self, choices: ChoiceList) -> str:
        """The name under which a list can be chosen from."""
        self._lists[choices.name] = choices
        return f"list_{choices.name}"

    def write(self) -> None:
        """Write all lists that were asked for, one in each column."""
        if not self._lists:
            return
        sheet = self._book.create_sheet(LISTS)
        sheet.sheet_state = "veryHidden"
        columns = [
            [choices.name, *(_label(choices, choice.code) for choice in choices.offered())]
            for choices in self._lists.values()
        ]
        for position, column in enumerate(columns, 1):
            letter = get_column_letter(position)
            area = f"{LISTS}!${letter}$2:${letter}${max(2, len(column))}"
            name = f"list_{column[0]}"
            self._book.defined_names[name] = DefinedName(name, attr_text=area)
        for row in range(max(map(len, columns))):
            sheet.append(
                [
                    _text_cell(sheet, column[row]) if row < len(column) else None
                    for column in columns
                ]
            )
