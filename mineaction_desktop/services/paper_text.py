"""Values as they stand on paper, in the language of the paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.formdef.form import Field
from mineaction_desktop.formdef.types import TYPES, FieldContext
from mineaction_desktop.i18n import mark
from mineaction_desktop.records.types import LOCKED
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.services.content import Values
from mineaction_desktop.services.paper_conditions import NO, YES

SEALED = mark("sealed")

NameOf = Callable[[str, str], str]
"""What people call a record of a kind."""


@dataclass(frozen=True, slots=True)
class Teller:
    """What questions and answers need besides the form: words, titles of kinds, names."""

    presenter: Presenter
    titles: Mapping[str, str]
    name_of: NameOf | None = None

    def say(self, template: str, **values: object) -> str:
        """A marked sentence in the language of the paper."""
        if not template:  # to a catalogue it would mean its own heading
            return ""
        said = self.presenter.words.gettext(template)
        return said.format(**values) if values else said

    def text(self, field: Field, values: Values) -> str:
        """The value of a field as people read it; empty if there is none."""
        value = values.get(field.name)
        if value is None or value == "":
            return ""
        if value == LOCKED:
            return self.say(SEALED)
        if field.link and self.name_of is not None:
            return self.name_of(field.link, str(value))
        if field.choices is not None:
            codes = value if isinstance(value, list) else [value]
            return "; ".join(field.choices.label(str(c), self.presenter.words) for c in codes)
        return self._dated(value) or self._counted(field, value, values)

    def _dated(self, value: object) -> str:
        match value:
            case PartialDate():
                return self.presenter.partial_date(value)
            case date():
                return self.presenter.day(value)
            case _:
                return ""

    def _counted(self, field: Field, value: object, values: Values) -> str:
        """A number with its unit, an amount of money, or any other value as it is written."""
        shown, currency = self.presenter, values.get(field.currency_field or "")
        match value:
            case bool():
                return self.say(YES if value else NO)
            case list():
                return "\n".join(map(str, value))
            case int() if field.type == "money" and isinstance(currency, str):
                return shown.money(value, currency)
            case int() if field.type in {"quantity", "area"}:
                written = shown.number(value)
            case _:
                written = TYPES[field.type].write(value, field, FieldContext(words=shown.words))
        unit = field.unit if field.unit and not written.endswith(field.unit) else ""
        return f"{written} {unit}".strip()
