"""One field of a form: what its file says, joined with what the record's column says."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from mineaction_desktop.domain.problems import Problem
from mineaction_desktop.formdef.choices import ChoiceList
from mineaction_desktop.formdef.conditions import Scope, condition, option_filter
from mineaction_desktop.formdef.findings import Findings, near
from mineaction_desktop.formdef.form import Field, Taken
from mineaction_desktop.formdef.model import FieldDef
from mineaction_desktop.formdef.reading_numbers import converted, unit_called
from mineaction_desktop.formdef.recordfields import RecordKind
from mineaction_desktop.formdef.types import PORTABLE, TYPES
from mineaction_desktop.records import BOOKKEEPING

_ONE = Decimal(1)
_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
_OF_CHOICES = ("code", "parent", "external", "base_term")
_NATIONAL_ONLY = ("type", "list", "link", "minimum", "maximum", "currency_field")
_NUMBERS = ("integer", "quantity", "area", "number")
_NEEDED = {"list": ("choice", "choices"), "link": ("link",)}
_FITTING = {**_NEEDED, "minimum": _NUMBERS, "maximum": _NUMBERS, "currency_field": ("money",)}


@dataclass(frozen=True, slots=True)
class Laid:
    """A field as a file lays it out, and where."""

    definition: FieldDef
    file: str
    path: str


class FieldMaker:
    """Makes the fields of one kind; what does not agree with the record is noted."""

    def __init__(
        self,
        kind: str,
        kinds: Mapping[str, RecordKind],
        lists: Mapping[str, ChoiceList],
        findings: Findings,
    ) -> None:
        self._kind = kind
        self._kinds = kinds
        self._columns = kinds[kind].columns
        self._lists = lists
        self._findings = findings

    def basis(self, laid: Laid) -> Field | None:
        """The field without its conditions, which may name fields that are still to come."""
        one = laid.definition
        if not one.label.strip():
            self._note("FORM-008", laid, "label", name="label")
        if one.constraint_message and not one.constraint:
            self._note("FORM-019", laid, "constraint_message")
        info = self._national(laid) if one.extra else self._of_record(laid)
        if info is None:
            return None
        made = self._made(laid, info)
        self._check_references(laid, info)
        return self._with_default(laid, made)

    def finished(self, laid: Laid, basis: Field, fields: Mapping[str, Field]) -> Field:
        """The field with its conditions, held against all fields of the form."""
        one, scope = laid.definition, Scope(laid.file, fields, self._findings)
        if basis.obligatory and one.relevant is not None:
            self._note("FORM-018", laid, "relevant", name=basis.name)
        currency = basis.currency_field
        if currency is not None and currency not in fields:
            hint = near(currency, fields)
            self._note("FORM-040", laid, "currency_field", name=currency, near=hint)
        required = one.required
        return replace(
            basis,
            required=condition(required, f"{laid.path}.required", scope) or False
            if isinstance(required, str)
            else bool(required),
            relevant=condition(one.relevant, f"{laid.path}.relevant", scope),
            constraint=condition(one.constraint, f"{laid.path}.constraint", scope),
            filter=option_filter(one.filter, f"{laid.path}.filter", scope, self._attributes(basis)),
            taken=self._taken(laid, basis, fields),
        )

    def _taken(self, laid: Laid, basis: Field, fields: Mapping[str, Field]) -> Taken | None:
        """Where the value comes from when a link is chosen, if both ends hold the same."""
        if laid.definition.taken is None:
            return None
        name, _, source = laid.definition.taken.partition(".")
        linked = self._kinds.get((fields[name].link if name in fields else None) or "")
        column = linked.columns.get(source) if linked else None
        same = ("type", basis.type), ("link", basis.link), ("list", _list_of(basis))
        if column is None or any(column.info.get(key) != value for key, value in same):
            self._note("FORM-025", laid, "taken", value=laid.definition.taken)
            return None
        return Taken(name, source)

    def missing(self, laid_out: Container[str]) -> list[str]:
        """The columns of the record that no section lays out."""
        return [name for name in self._columns if name not in laid_out]

    def _note(self, code: str, laid: Laid, key: str, **values: object) -> None:
        self._findings.add(code, laid.file, f"{laid.path}.{key}", **values)

    def _of_record(self, laid: Laid) -> dict[str, Any] | None:
        one = laid.definition
        column = self._columns.get(one.name)
        if column is None:
            self._note("FORM-010", laid, "name", name=one.name, near=near(one.name, self._columns))
            return None
        for key in _NATIONAL_ONLY:
            if getattr(one, key) is not None:
                self._note("FORM-014", laid, key, name=key)
        return {**column.info, "obligatory": column.obligatory}

    def _national(self, laid: Laid) -> dict[str, Any] | None:
        one = laid.definition
        taken = one.name in self._columns or one.name in BOOKKEEPING or one.name == "today"
        if taken or not _NAME.match(one.name):
            self._note("FORM-015", laid, "name", name=one.name)
            return None
        if one.type is None:
            self._note("FORM-013", laid, "type", name=one.name)
            return None
        for key in _NATIONAL_ONLY[1:]:
            given = getattr(one, key) is not None
            if (given and one.type not in _FITTING[key]) or (
                not given and one.type in _NEEDED.get(key, ())
            ):
                self._note("FORM-016", laid, key, type=one.type, name=key)
        info = {key: getattr(one, key) for key in _NATIONAL_ONLY if getattr(one, key) is not None}
        if one.type in {"quantity", "area"}:
            info.setdefault("minimum", 0)
        if one.type == "area":
            info["unit"] = "m²"
        if one.type == "money":
            info.setdefault("currency_field", "currency")
        return info

    def _check_references(self, laid: Laid, info: Mapping[str, Any]) -> None:
        name = info.get("list")
        if name is not None and name not in self._lists:
            self._note("FORM-030", laid, "list", name=name, near=near(name, self._lists))
        kind = info.get("link")
        if kind is not None and kind not in self._kinds:
            self._note("FORM-005", laid, "link", name=kind, near=near(kind, self._kinds))

    def _made(self, laid: Laid, info: Mapping[str, Any]) -> Field:
        one = laid.definition
        unit, typed_unit = self._units(laid, info)
        return Field(
            kind=self._kind,
            name=one.name,
            label=one.label,
            help=one.help,
            type=info["type"],
            choices=self._lists.get(info.get("list", "")),
            link=info.get("link"),
            unit=unit,
            typed_unit=typed_unit,
            minimum=info.get("minimum"),
            maximum=info.get("maximum"),
            obligatory=info.get("obligatory", False),
            constraint_message=one.constraint_message,
            default_today=one.default == "today" and info["type"] in {"day", "partial_date"},
            aliases=one.aliases,
            pinned=one.pinned,
            widget=one.widget,
            extra=one.extra,
            is_parent_link=info.get("parent", False),
            written_in=info.get("written_in"),
            currency_field=info.get("currency_field"),
        )

    def _units(self, laid: Laid, info: Mapping[str, Any]) -> tuple[str | None, str | None]:
        """The unit that is kept, and the one that is typed if it is another."""
        kept, typed = info.get("unit"), laid.definition.unit
        if typed is None:
            return kept, None
        if kept is None and laid.definition.extra and info["type"] in _NUMBERS:
            return unit_called(typed) or typed, None
        unit = unit_called(typed)
        if kept is None or unit is None or converted(_ONE, unit, kept) is None:
            self._note("FORM-024", laid, "unit", value=typed, unit=kept or "–")
            return kept, None
        return kept, None if unit == kept else unit

    def _with_default(self, laid: Laid, made: Field) -> Field:
        default = laid.definition.default
        if default is None or made.default_today:
            return made
        value = TYPES[made.type].read(default, made, PORTABLE)
        if isinstance(value, Problem):
            self._note("FORM-017", laid, "default", reason=value.message)
            return made
        return replace(made, default=value)

    def _attributes(self, field: Field) -> tuple[str, ...]:
        """What a filter can ask of a candidate: a choice, or a record of the linked kind."""
        linked = self._kinds.get(field.link or "")
        return (*linked.columns, "id") if linked else _OF_CHOICES


def _list_of(field: Field) -> str | None:
    return field.choices.name if field.choices is not None else None
