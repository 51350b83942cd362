"""The line below a list: how many records, what they add up to, and how many are chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from mineaction_desktop.i18n import mark
from mineaction_desktop.services.browsing import Column, Totals
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.lists.cells import amount_text

RECORD, RECORDS = mark("{n} record"), mark("{n} records")
CHOSEN, CHOSEN_MANY = mark("{n} selected"), mark("{n} selected")
COUNTING = mark("Counting…")
SUM = mark("{label}: {value}")


class Footer(QWidget):
    """Totals at the beginning of the line, the selection at its end."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.totals, self.chosen = QLabel(), QLabel()
        self.totals.setTextFormat(Qt.TextFormat.PlainText)
        self.totals.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.chosen.setProperty("role", "soft")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.totals, 1)
        row.addWidget(self.chosen)
        self.tell_counting()

    def tell_counting(self) -> None:
        """Say that the totals are on their way."""
        self.totals.setText(self._desk.say(COUNTING))

    def tell(self, totals: Totals, columns: list[Column]) -> None:
        """Show the totals of the columns in sight."""
        desk = self._desk
        parts = [desk.count(RECORD, RECORDS, totals.count)]
        for column in columns:
            field = column.field
            if field.name in totals.sums:
                unit = f" {field.unit}" if field.unit else ""
                value = f"{desk.number(totals.sums[field.name])}{unit}"
                parts.append(desk.say(SUM, label=column.label, value=value))
            for currency, amount in sorted(totals.money.get(field.name, {}).items()):
                value = amount_text(desk, field, amount, currency)
                parts.append(desk.say(SUM, label=column.label, value=value))
        self.totals.setText("  ·  ".join(parts))
        self.totals.setToolTip(self.totals.text())

    def tell_chosen(self, count: int) -> None:
        """Show how many rows are chosen, if they are several."""
        text = self._desk.count(CHOSEN, CHOSEN_MANY, count) if count > 1 else ""
        self.chosen.setText(text)
