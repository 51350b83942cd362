"""Mapping files: how a table that somebody else designed becomes records.

The format is described for users in ``docs/import-and-export.md``. What a mapping says is checked
against the forms when it is loaded, so that a slip is named by its key and not by its effect.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from mineaction_desktop.domain.problems import Place, Problem, UserError
from mineaction_desktop.formdef.catalogue import Catalogue
from mineaction_desktop.formdef.expressions import Expression, ExpressionError, parse
from mineaction_desktop.formdef.findings import near
from mineaction_desktop.formdef.form import Field, Form
from mineaction_desktop.formdef.reading_numbers import unit_called, units_like
from mineaction_desktop.i18n import Message, mark

FORMAT = 1

MESSAGES: Mapping[str, str] = {
    "MAP-001": mark("The file cannot be read: {reason}"),
    "MAP-002": mark("The file does not have the shape of a mapping: {reason}"),
    "MAP-003": mark("“{name}” is no key of a mapping file.{near}"),
    "MAP-004": mark("The mapping is of format {found}; this program reads format {known}."),
    "MAP-005": mark("Say either “kind”, or “[[records]]” with a kind in each of them."),
    "MAP-006": mark("There is no record kind “{name}”.{near}"),
    "MAP-007": mark("Records of the kind “{kind}” have no field “{name}”.{near}"),
    "MAP-008": mark("The field “{name}” comes from a column as well as from a constant."),
    "MAP-009": mark("“{name}” is no link to other records."),
    "MAP-010": mark("No record called “{name}” stands above this one in the file.{near}"),
    "MAP-011": mark("“{name}” makes records of the kind “{found}”; this links to “{wanted}”."),
    "MAP-012": mark("“{text}” is no condition: at character {position}, {reason}."),
    "MAP-013": mark("“{unit}” is no unit for “{name}”. Write one of these: {units}."),
    "MAP-014": mark("Two records are called “{name}”."),
}
"""The sentence behind each code."""

IN_KEY = mark("The mapping “{file}” cannot be used. {key}: {reason}")
IN_FILE = mark("The mapping “{file}” cannot be used. {reason}")


class LinkDef(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """How the cells of a link find their record, and what to do if there is none."""

    record: str | None = None
    match: str | None = None
    create: bool = False
    constants: dict[str, object] = {}


class RecordDef(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """One record made from each row."""

    kind: str
    name: str | None = None
    when: str | None = None
    match: str | list[str] = []
    columns: dict[str, str | list[str]] = {}
    constants: dict[str, object] = {}
    translations: dict[str, dict[str, str]] = {}
    units: dict[str, str] = {}
    links: dict[str, LinkDef] = {}


class MappingFile(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A mapping as it is written: settings of the file, and one record or several per row."""

    format: int
    sheet: str | None = None
    heading_row: int | None = None
    encoding: str | None = None
    decimal_mark: Literal[".", ","] | None = None
    date_order: Literal["day-month", "month-day"] | None = None
    kind: str | None = None
    when: str | None = None
    match: str | list[str] = []
    columns: dict[str, str | list[str]] = {}
    constants: dict[str, object] = {}
    translations: dict[str, dict[str, str]] = {}
    units: dict[str, str] = {}
    links: dict[str, LinkDef] = {}
    records: tuple[RecordDef, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordMapping:
    """One record made from each row, checked against its form.

    ``takes_other_columns`` says that headings which the mapping does not name are recognised as
    they are without one.
    """

    definition: RecordDef
    form: Form
    when: Expression | None
    match: tuple[str, ...]
    takes_other_columns: bool


@dataclass(frozen=True, slots=True)
class TableMapping:
    """A mapping ready for use."""

    file: MappingFile
    records: tuple[RecordMapping, ...]

    @property
    def day_first(self) -> bool | None:
        """What 03/04/2019 means, if the mapping says it."""
        return None if self.file.date_order is None else self.file.date_order == "day-month"

    def headings(self) -> Iterator[str]:
        """Every heading that the mapping names."""
        for record in self.records:
            yield from record.definition.columns


def load_mapping(path: Path, catalogue: Catalogue) -> TableMapping:
    """Read a mapping file; raise ``UserError`` with the key of every mistake."""
    file = _decoded(path)
    found = _Problems(path)
    if file.format != FORMAT:
        found.add("MAP-004", "format", found=file.format, known=FORMAT)
    records = _records(file, catalogue, found)
    found.refuse_if_any()
    return TableMapping(file, records)


@dataclass(slots=True)
class _Problems:
    """Collects the mistakes of one mapping file."""

    path: Path
    found: tuple[Problem, ...] = ()

    def add(self, code: str, key: str, **values: object) -> None:
        place = Place(file=self.path.name, field=key or None)
        self.found += (Problem(code, Message(MESSAGES[code], values), place),)

    def refuse_if_any(self) -> None:
        if not self.found:
            return
        first = self.found[0]
        text = IN_KEY if first.place.field else IN_FILE
        values = {"file": self.path.name, "key": first.place.field, "reason": first.message}
        raise UserError(Message(text, values), self.found)


_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`\Z")
_AT = re.compile(r"(?P<reason>.*?)(?: - at `\$?\.?(?P<path>.*)`)?\Z", re.DOTALL)


def _decoded(path: Path) -> MappingFile:
    found = _Problems(path)
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        return msgspec.convert(content, MappingFile)
    except OSError as error:
        found.add("MAP-001", "", reason=error.strerror or str(error))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        found.add("MAP-001", "", reason=str(error))
    except msgspec.ValidationError as error:
        parts = _AT.match(str(error))
        reason, key = (parts["reason"], parts["path"] or "") if parts else (str(error), "")
        if unknown := _UNKNOWN.match(reason):
            name = unknown[1]
            known = [*MappingFile.__struct_fields__, *RecordDef.__struct_fields__]
            whole = ".".join(part for part in (key, name) if part)
            found.add("MAP-003", whole, name=name, near=near(name, known))
        else:
            found.add("MAP-002", key, reason=reason)
    found.refuse_if_any()
    raise AssertionError("a file that could not be read is refused")


def _records(
    file: MappingFile, catalogue: Catalogue, found: _Problems
) -> tuple[RecordMapping, ...]:
    if (file.kind is None) == (not file.records):
        found.add("MAP-005", "kind")
        return ()
    if file.kind is not None:
        only = RecordDef(
            kind=file.kind,
            when=file.when,
            match=file.match,
            columns=file.columns,
            constants=file.constants,
            translations=file.translations,
            units=file.units,
            links=file.links,
        )
        made = [_Check(only, "", {}, catalogue, found).record(takes_other_columns=True)]
        return tuple(record for record in made if record)
    if file.columns or file.constants or file.links or file.translations or file.units:
        found.add("MAP-005", "records")
    above: dict[str, str] = {}
    made = []
    for position, definition in enumerate(file.records):
        check = _Check(definition, f"records[{position}].", above, catalogue, found)
        made.append(check.record(takes_other_columns=False))
        if definition.name is not None:
            if definition.name in above:
                found.add("MAP-014", f"records[{position}].name", name=definition.name)
            above[definition.name] = definition.kind
    return tuple(record for record in made if record)


@dataclass(frozen=True, slots=True)
class _Check:
    """Holds one record of a mapping against its form; ``above`` are named records by kind."""

    definition: RecordDef
    at: str
    above: Mapping[str, str]
    catalogue: Catalogue
    found: _Problems

    def record(self, *, takes_other_columns: bool) -> RecordMapping | None:
        definition = self.definition
        form = self._form(definition.kind, f"{self.at}kind")
        if form is None:
            return None
        for heading, names in definition.columns.items():
            for name in [names] if isinstance(names, str) else names:
                self._column(form, heading, name)
        self._known(form, definition.constants, "constants")
        self._known(form, definition.translations, "translations")
        for name in self._known(form, definition.units, "units"):
            self._unit(form.fields[name], definition.units[name])
        for name in self._known(form, definition.links, "links"):
            self._link(form.fields[name], definition.links[name])
        match = [definition.match] if isinstance(definition.match, str) else definition.match
        for name in match:
            self._field(form, name, f"{self.at}match")
        return RecordMapping(definition, form, self._when(), tuple(match), takes_other_columns)

    def _form(self, kind: str, key: str) -> Form | None:
        if kind not in self.catalogue.forms:
            hint = near(kind, [*self.catalogue.forms])
            self.found.add("MAP-006", key, name=kind, near=hint)
        return self.catalogue.forms.get(kind)

    def _column(self, form: Form, heading: str, name: str) -> None:
        is_known = not name or self._field(form, name, f"{self.at}columns.{heading}")
        if is_known and name in self.definition.constants:
            self.found.add("MAP-008", f"{self.at}constants.{name}", name=name)

    def _field(self, form: Form, name: str, key: str) -> bool:
        if name in form.fields or name == "id":
            return True
        hint = near(name, [*form.fields])
        self.found.add("MAP-007", key, kind=form.kind, name=name, near=hint)
        return False

    def _known(self, form: Form, names: Mapping[str, object], part: str) -> list[str]:
        return [
            name
            for name in names
            if self._field(form, name, f"{self.at}{part}.{name}") and name in form.fields
        ]

    def _unit(self, field: Field, unit: str) -> None:
        possible = units_like(field.unit) if field.unit else []
        if unit_called(unit) not in possible:
            self.found.add(
                "MAP-013",
                f"{self.at}units.{field.name}",
                unit=unit,
                name=field.name,
                units=", ".join(possible),
            )

    def _link(self, field: Field, rule: LinkDef) -> None:
        at = f"{self.at}links.{field.name}"
        if field.link is None:
            self.found.add("MAP-009", at, name=field.name)
            return
        if rule.record is not None:
            kind = self.above.get(rule.record)
            if kind is None:
                hint = near(rule.record, [*self.above])
                self.found.add("MAP-010", f"{at}.record", name=rule.record, near=hint)
            elif kind != field.link:
                self.found.add(
                    "MAP-011", f"{at}.record", name=rule.record, found=kind, wanted=field.link
                )
        target = self._form(field.link, at)
        if target is not None:
            for name in rule.constants:
                self._field(target, name, f"{at}.constants.{name}")
            if rule.match is not None:
                self._field(target, rule.match, f"{at}.match")

    def _when(self) -> Expression | None:
        if self.definition.when is None:
            return None
        try:
            return parse(self.definition.when)
        except ExpressionError as error:
            self.found.add(
                "MAP-012",
                f"{self.at}when",
                text=self.definition.when,
                position=error.position,
                reason=error.reason,
            )
            return None
