"""What becomes of the columns of a table: which kind of record, which field, which constant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from mineaction_desktop.domain.problems import Place, Problem, UserError
from mineaction_desktop.exchange.columns import Column, folded
from mineaction_desktop.exchange.mapping import RecordMapping, TableMapping
from mineaction_desktop.exchange.tables import Cell, Sheet, Vocabulary, letters
from mineaction_desktop.formdef.catalogue import Catalogue
from mineaction_desktop.formdef.expressions import Expression
from mineaction_desktop.formdef.findings import near
from mineaction_desktop.formdef.form import Field, Form
from mineaction_desktop.formdef.headings import Ambiguous, Matched, Unknown, match_headings
from mineaction_desktop.formdef.reading_numbers import read_number, unit_called
from mineaction_desktop.formdef.types import FieldContext
from mineaction_desktop.formdef.wording import key
from mineaction_desktop.i18n import Message, mark

UNUSED = mark("The column “{heading}” was not imported: no field is called so.{near}")
NO_FIELDS = mark(
    "No heading of the table is a field of “{kind}”. Check the kind, or write a mapping that says "
    "which column is which field."
)
MESSAGES: Mapping[str, str] = {
    "FILE-010": mark(
        "The columns {columns} can all be “{field}”. Delete or rename all but one, or say in a "
        "mapping which one it is."
    ),
    "FILE-011": mark(
        "The heading “{heading}” can be {fields}. Write the field's own name as the heading, or "
        "say in a mapping which one it is."
    ),
    "FILE-012": mark("The table has no column “{heading}”, which the mapping names.{near}"),
    "FILE-013": mark("The condition names “{name}”, which is no column of the table.{near}"),
    "FILE-014": mark("The table has two columns “{heading}”. Give them different headings."),
}
"""The sentence behind each code."""

ID = "id"
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Condition:
    """When a row makes a record: an expression over its cells, by name of the column."""

    expression: Expression
    cells: Mapping[str, int]
    decimal_mark: str | None

    def holds(self, row: Sequence[Cell], today: date) -> bool:
        """Whether the row fulfils it; a cell that is empty makes a comparison unknown."""
        values = {name: self._value(row[cell]) for name, cell in self.cells.items()}
        return self.expression.truth(values, today) is True

    def _value(self, cell: Cell) -> Cell:
        """Text that is a number counts as one."""
        if not isinstance(cell, str):
            return cell
        number = read_number(cell, self.decimal_mark)
        is_clear = number is not None and not number.unit and number.grouped is None
        return float(number.value) if number is not None and is_clear else cell.strip() or None


@dataclass(frozen=True, slots=True, eq=False)
class RecordPlan:
    """One record made from each row: its form, its columns, and how it is recognised.

    ``late`` are the columns that are read when the other values of the row are known.
    """

    form: Form
    columns: tuple[Column, ...]
    name: str | None = None
    when: Condition | None = None
    match: tuple[str, ...] = ()
    id_cell: int | None = None
    kind: str = field(init=False)
    early: tuple[Column, ...] = field(init=False)
    late: tuple[Column, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", self.form.kind)
        early = tuple(column for column in self.columns if not column.is_late)
        object.__setattr__(self, "early", early)
        late = tuple(column for column in self.columns if column.is_late)
        object.__setattr__(self, "late", late)

    def heading(self, field: str | None) -> str | None:
        """The heading of the column that a field comes from; its label if it has none."""
        for column in self.columns:
            if column.field.name == field:
                return column.heading or column.field.label
        found = self.form.fields.get(field) if field else None
        return found.label if found else None


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """What becomes of one sheet."""

    sheet: Sheet
    records: tuple[RecordPlan, ...]
    notices: tuple[Message, ...] = ()


def vocabulary(catalogue: Catalogue, mapping: TableMapping | None) -> Vocabulary:
    """Every heading that means something, so that the row of headings can be found."""
    fields = [field for form in catalogue.forms.values() for field in form.fields.values()]
    spellings = {
        key(word) for field in fields for word in (field.name, field.label, *field.aliases)
    }
    names = {field.name for field in fields} | {ID}
    named = {key(heading) for heading in mapping.headings()} if mapping else set()
    return Vocabulary(frozenset(named or spellings | {ID}), frozenset(names))


def plan_by_headings(sheet: Sheet, form: Form) -> SheetPlan:
    """Take each column for the field that its heading names."""
    columns, id_cell, notices, problems = _recognised(sheet, form, set())
    if not columns and id_cell is None and not problems:
        raise UserError(Message(NO_FIELDS, {"kind": Message(form.title)}))
    _refuse(problems)
    plan = RecordPlan(form, tuple(columns), id_cell=id_cell)
    return SheetPlan(sheet, (plan,), tuple(notices))


def plan_by_mapping(sheet: Sheet, mapping: TableMapping) -> SheetPlan:
    """Take each column for what the mapping says."""
    used: set[int] = set()
    problems: list[Problem] = []
    plans = [_mapped(sheet, record, mapping, used, problems) for record in mapping.records]
    notices: list[Message] = []
    for position, record in enumerate(mapping.records):
        if record.takes_other_columns:
            plan = plans[position]
            taken = {column.field.name for column in plan.columns}
            columns, id_cell, notices, found = _recognised(sheet, record.form, used, taken)
            problems += found
            whole = tuple(_adjusted(column, record, mapping) for column in columns)
            plans[position] = replace(plan, columns=(*plan.columns, *whole), id_cell=id_cell)
        else:
            notices = [
                Message(UNUSED, {"heading": heading, "near": ""})
                for cell, heading in enumerate(sheet.headings)
                if heading and cell not in used
            ]
    _refuse(problems)
    return SheetPlan(sheet, tuple(plans), tuple(notices))


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise UserError(problems[0].message, tuple(problems))


def _problem(code: str, sheet: Sheet, heading: str | None, **values: object) -> Problem:
    place = Place(sheet=sheet.name, column=heading)
    return Problem(code, Message(MESSAGES[code], {"heading": heading, **values}), place)


_Recognised = tuple[list[Column], int | None, list[Message], list[Problem]]


def _recognised(
    sheet: Sheet, form: Form, used: set[int], taken: set[str] | None = None
) -> _Recognised:
    """Columns by their headings, apart from those that are used already."""
    cells = [
        cell
        for cell, heading in enumerate(sheet.headings)
        if heading and cell not in used and not _is_name_column(heading, form)
    ]
    id_cell = next((cell for cell in cells if _holds_ids(sheet, cell)), None)
    cells = [cell for cell in cells if cell != id_cell]
    headings = [own_number(sheet.headings[cell]) for cell in cells]
    notices: list[Message] = []
    problems: list[Problem] = []
    by_field: dict[str, list[int]] = {}
    for cell, match in zip(cells, match_headings(form, headings), strict=True):
        heading = sheet.headings[cell]
        match match:
            case Matched(field=field) | Ambiguous(fields=(field,)):
                if field.name not in (taken or ()):
                    by_field.setdefault(field.name, []).append(cell)
            case Ambiguous(fields=fields):
                names = ", ".join(field.name for field in fields)
                problems.append(_problem("FILE-011", sheet, heading, fields=names))
            case Unknown(suggestions=suggestions):
                hint = near(heading, [field.label for field in suggestions])
                notices.append(Message(UNUSED, {"heading": heading, "near": hint}))
    columns = []
    for name, found in by_field.items():
        field = form.fields[name]
        filled = found if len(found) == 1 else [cell for cell in found if _has_values(sheet, cell)]
        if len(filled) > 1 and field.link != "admin_unit":
            shown = " · ".join(f"{sheet.headings[c]} ({letters(c)})" for c in filled)
            heading = sheet.headings[filled[0]]
            label = Message(field.label)
            problems.append(_problem("FILE-010", sheet, heading, columns=shown, field=label))
        chosen = filled or found[:1]
        columns.append(Column(field, tuple(chosen), sheet.headings[chosen[-1]]))
    return columns, id_cell, notices, problems


def own_number(heading: str) -> str:
    """“ID” alone is what a table numbers its rows by."""
    return "local_id" if key(heading) == ID else heading


def _is_name_column(heading: str, form: Form) -> bool:
    """Whether a column only repeats for readers what a linked record is called."""
    field, dot, rest = heading.partition(".")
    return bool(dot) and rest == "name" and field in form.fields


def _holds_ids(sheet: Sheet, cell: int) -> bool:
    if key(sheet.headings[cell]) != ID:
        return False
    values = [row[cell] for _, row in sheet.rows if row[cell] is not None]
    return bool(values) and all(isinstance(value, str) and _UUID.match(value) for value in values)


def _has_values(sheet: Sheet, cell: int) -> bool:
    return any(row[cell] is not None for _, row in sheet.rows)


def _mapped(
    sheet: Sheet,
    record: RecordMapping,
    mapping: TableMapping,
    used: set[int],
    problems: list[Problem],
) -> RecordPlan:
    definition = record.definition
    by_field: dict[str, list[int]] = {}
    id_cell = None
    for heading, names in definition.columns.items():
        cell = _cell(sheet, heading, problems)
        if cell is None:
            continue
        used.add(cell)
        for name in [names] if isinstance(names, str) else names:
            if name == ID:
                id_cell = cell
            elif name:
                by_field.setdefault(name, []).append(cell)
    columns = [
        Column(record.form.fields[name], tuple(cells), sheet.headings[cells[-1]])
        for name, cells in by_field.items()
    ]
    columns += [
        Column(record.form.fields[name], constant=value)
        for name, value in definition.constants.items()
    ]
    columns += [
        Column(record.form.fields[name])
        for name, rule in definition.links.items()
        if rule.record is not None and name not in by_field
    ]
    return RecordPlan(
        record.form,
        tuple(_adjusted(column, record, mapping) for column in columns),
        definition.name,
        _condition(sheet, record, mapping, problems),
        record.match,
        id_cell,
    )


def _cell(sheet: Sheet, heading: str, problems: list[Problem]) -> int | None:
    same = [cell for cell, name in enumerate(sheet.headings) if name == heading] or [
        cell for cell, name in enumerate(sheet.headings) if name and key(name) == key(heading)
    ]
    if len(same) == 1:
        return same[0]
    if same:
        problems.append(_problem("FILE-014", sheet, heading))
    else:
        hint = near(heading, [name for name in sheet.headings if name])
        problems.append(_problem("FILE-012", sheet, heading, near=hint))
    return None


def _adjusted(column: Column, record: RecordMapping, mapping: TableMapping) -> Column:
    """A column with what the mapping says about its values."""
    definition, name = record.definition, column.field.name
    field: Field = column.field
    if name in definition.units:
        field = replace(field, typed_unit=unit_called(definition.units[name]))
    translations = definition.translations.get(name, {})
    return Column(
        field,
        column.cells,
        column.heading,
        column.constant,
        {folded(given): meant for given, meant in translations.items()},
        FieldContext(decimal_mark=mapping.file.decimal_mark, day_first=mapping.day_first),
        definition.links.get(name),
    )


def _condition(
    sheet: Sheet, record: RecordMapping, mapping: TableMapping, problems: list[Problem]
) -> Condition | None:
    if record.when is None:
        return None
    known = dict(_variables(sheet))
    for name in sorted(record.when.names - set(known)):
        hint = near(name, list(known))
        problems.append(_problem("FILE-013", sheet, None, name=name, near=hint))
    cells = {name: known[name] for name in record.when.names if name in known}
    return Condition(record.when, cells, mapping.file.decimal_mark)


def _variables(sheet: Sheet) -> Iterator[tuple[str, int]]:
    """How conditions call the columns: small letters, and underscores for all but letters."""
    for cell, heading in enumerate(sheet.headings):
        text = unicodedata.normalize("NFKC", heading).casefold()
        name = re.sub(r"\W+", "_", text).strip("_")
        if name:
            yield (f"c_{name}" if name[0].isdigit() else name), cell
