"""An amount with its currency, keyed together: ``1200 USD`` in one go, or one after the other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mineaction_desktop.formdef.form import Field
from mineaction_desktop.ui.entry.context import FieldScene
from mineaction_desktop.ui.entry.fields.choice import ChoiceEditor
from mineaction_desktop.ui.entry.fields.composite import CompositeEditor
from mineaction_desktop.ui.entry.fields.number import AmountEditor
from mineaction_desktop.ui.theme import space

_CODE = re.compile(r"(?<![A-Za-z])[A-Za-z]{3}(?![A-Za-z])")
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class _Amount(AmountEditor):
    """The amount; a currency that is typed with it goes to the field of the currency."""

    owner: MoneyEditor

    def commit(self) -> bool:
        named = _CODE.search(self.line.text()) if self._is_typed else None
        if named is not None:
            self.owner.name_currency(named[0].upper())
        return super().commit()


class MoneyEditor(CompositeEditor):
    """Amount and currency side by side; Enter goes to the currency while that is empty."""

    def __init__(
        self,
        host: Field,
        fields: Sequence[Field],
        scene: FieldScene,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(host, fields, scene, parent)
        amount, currency = fields
        self.amount = _Amount(amount, self._inner, self)
        self.amount.owner = self
        self.currency = ChoiceEditor(currency, self._inner, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space(8))
        row.addWidget(self.amount)
        row.addWidget(self.currency, 1)
        self.add_part(amount.name, self.amount)
        self.add_part(currency.name, self.currency)

    def name_currency(self, code: str) -> None:
        """Fill in a currency that was typed with the amount, unless there is one already."""
        choices = self.currency.field.choices
        if self.currency.value() is None and choices is not None and code in choices:
            self.currency.take_value(code)

    def on_committed(self, name: str, value: object) -> None:
        if name != self.currency.field.name:
            self.committed.emit({name: value})
            return
        before, kept = self.amount.value(), self.amount.text()
        if before is not None and not self.amount.line.hasFocus():
            self._take_again(name, value, kept)
            return
        self.committed.emit({name: value})
        self.amount.refresh()

    def set_value(self, value: object) -> None:
        if isinstance(value, Mapping) and self.currency.field.name in value:
            self.currency.set_value(value[self.currency.field.name])
        super().set_value(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        on_amount = self.amount.line.hasFocus()
        if event.key() in _ENTER and plain and on_amount and self._wants_currency():
            self.currency.take_focus()
        else:
            event.ignore()

    def _wants_currency(self) -> bool:
        return bool(self.amount.text().strip()) and self.currency.value() is None

    def _take_again(self, name: str, currency: object, shown: str) -> None:
        """Another currency: the amount that stands there is meant in its major units."""
        read = self.amount.read(shown)
        amount = read if isinstance(read, int) else None
        self.amount.set_value(amount)
        changed = {name: currency, self.amount.field.name: amount}
        if amount is None:
            self.amount.set_text(shown)
        self.committed.emit(changed)
