"""How a record is called in lists and links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mineaction_desktop.formdef.form import Form
from mineaction_desktop.formdef.types import TYPES, FieldContext
from mineaction_desktop.i18n import Words, steady

_LOOSE = " ,;:/-"


@dataclass(frozen=True, slots=True)
class _Shown:
    """The values of one record as text, made as the label asks for them."""

    form: Form
    values: Mapping[str, object]
    linked: Mapping[str, str]
    words: Words | None

    def __getitem__(self, name: str) -> str:
        field, value = self.form.fields[name], self.values.get(name)
        if field.link is not None:
            return self.linked.get(name, "")
        if field.choices is not None and isinstance(value, str):
            return field.choices.label(value, self.words)
        return TYPES[field.type].write(value, field, FieldContext(words=self.words))


def record_name(
    form: Form,
    values: Mapping[str, object],
    linked: Mapping[str, str] | None = None,
    words: Words | None = None,
) -> str:
    """The form's label filled in; empty fields vanish.

    ``linked`` gives the names of the records that link fields point at.
    """
    filled = form.label.format_map(_Shown(form, values, linked or {}, words))
    return steady(" ".join(filled.replace("()", "").split()).strip(_LOOSE))
