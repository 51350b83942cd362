"""Pinned fields: those whose value the next new record of the kind starts with."""

from __future__ import annotations

from collections.abc import Mapping

from mineaction_desktop.formdef.form import Form
from mineaction_desktop.settings import SettingsFile


class Pins:
    """What the form pins, until the person decides otherwise; remembered for each kind."""

    def __init__(self, settings: SettingsFile) -> None:
        self._settings = settings

    def of(self, form: Form) -> frozenset[str]:
        """The pinned fields of a form."""
        kept = self._settings.recall(_key(form))
        if isinstance(kept, list):
            return frozenset(name for name in kept if name in form.fields)
        return frozenset(name for name, field in form.fields.items() if field.pinned)

    def toggle(self, form: Form, name: str) -> bool:
        """Pin a field or let it go; whether it is pinned now."""
        pinned = self.of(form) ^ {name}
        self._settings.remember(_key(form), sorted(pinned))
        return name in pinned

    def carried(self, form: Form, values: Mapping[str, object]) -> dict[str, object]:
        """The values that the next one starts with."""
        return {n: values[n] for n in self.of(form) if values.get(n) is not None}


def _key(form: Form) -> str:
    return f"pins:{form.kind}"
