"""The sums under a table, each below its column."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from mineaction_desktop.domain.vocabulary import LAND, RETAINED, STOCK
from mineaction_desktop.formdef.form import Field
from mineaction_desktop.formdef.types import TYPES, FieldContext
from mineaction_desktop.i18n import mark
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.entry.draft import Draft
from mineaction_desktop.ui.entry.sheet import Spot
from mineaction_desktop.ui.entry.visibility import set_shown
from mineaction_desktop.ui.theme import current, space

ADDED = frozenset({"quantity", "area", "money"})
"""The types of which the sum says something."""

SIGNS: Mapping[str, tuple[str, Mapping[str, int]]] = {
    "area_movement": ("area_m2", LAND.signs),
    "stock_movement": ("quantity", STOCK.signs),
    "retained_movement": ("quantity", RETAINED.signs),
}
"""The rows of a ledger: their kind says whether they add or take away."""

SUM = mark("Sum")
BALANCE = mark("Balance")
TOTAL = mark("{label}: {sum}")


def totals(draft: Draft, kind: str, fields: tuple[Field, ...], desk: Desk) -> dict[str, str]:
    """The sums of the columns that can be added up, as text by field; unknown adds nothing."""
    found: dict[str, str] = {}
    rows = draft.sheet.rows(kind)
    for field in fields:
        if field.type not in ADDED or not rows:
            continue
        if field.currency_field:
            text = _money(draft, rows, field)
        else:
            amounts = [_signed(draft, kind, row, field.name) for row in rows]
            known = [amount for amount in amounts if amount is not None]
            text = desk.number(sum(known)) if known else ""
        if text:
            found[field.name] = text
    return found


def _signed(draft: Draft, kind: str, row: str, name: str) -> int | None:
    value = draft.value(Spot(name, row))
    if not isinstance(value, int):
        return None
    amount, signs = SIGNS.get(kind, ("", {}))
    if name != amount:
        return value
    return value * signs.get(str(draft.value(Spot("kind", row))), 0)


def _money(draft: Draft, rows: tuple[str, ...], field: Field) -> str:
    """The sum if all amounts are in one currency; different ones are never added."""
    pairs = [
        (draft.value(Spot(field.currency_field or "", row)), draft.value(Spot(field.name, row)))
        for row in rows
    ]
    known = [(currency, amount) for currency, amount in pairs if isinstance(amount, int)]
    currencies = {currency for currency, _ in known}
    if len(currencies) != 1:
        return ""
    (currency,) = currencies
    amount = sum(amount for _, amount in known if isinstance(amount, int))
    return TYPES[field.type].write(amount, field, FieldContext(currency=str(currency)))


class TotalsBar(QWidget):
    """One line of sums, moving with the columns of its table."""

    def __init__(self, desk: Desk, header: QHeaderView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._header = desk, header
        self._sums: Mapping[int, str] = {}
        self._name = ""
        header.sectionResized.connect(self._redraw)
        header.geometriesChanged.connect(self._redraw)
        self.hide()

    def show_sums(self, sums: Mapping[int, str], labels: Mapping[int, str], name: str) -> None:
        """Show the sums of columns; with none the line is gone."""
        self._sums, self._name = sums, name
        set_shown(self, shown=bool(sums))
        spoken = (self._desk.say(TOTAL, label=labels[at], sum=sums[at]) for at in sums)
        self.setAccessibleName(f"{name}: {'; '.join(spoken)}")
        self.setFixedHeight(self.fontMetrics().height() + space(8))
        self.update()

    def sums(self) -> Mapping[int, str]:
        """What it shows, by column."""
        return self._sums

    def _redraw(self, *_: object) -> None:
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), current().colour("sunken"))
        font = self.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(current().colour("text"))
        # The header stands beside the row numbers; its own left edge is where its columns begin.
        left = self.mapFromGlobal(self._header.mapToGlobal(self._header.rect().topLeft())).x()
        for column, text in self._sums.items():
            x = left + self._header.sectionViewportPosition(column)
            box = QRect(x, 0, self._header.sectionSize(column), self.height())
            inner = box.adjusted(space(8), 0, -space(8), 0)
            painter.drawText(
                inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text
            )
        edge = self.rect().adjusted(space(8), 0, -space(8), 0)
        painter.drawText(
            edge, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._name
        )
        painter.end()
