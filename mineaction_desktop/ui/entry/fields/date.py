"""Fields of dates: typed as digits, and told in words, so that nobody takes them otherwise."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtGui import QKeyEvent

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.i18n import mark
from mineaction_desktop.ui.entry.context import FieldScene
from mineaction_desktop.ui.entry.fields.dates_keyed import Keyed, Order, keyed_date
from mineaction_desktop.ui.entry.fields.line import LineEditor

_YEAR = mark("the year {year}")
_RANGE = mark("{first} to {last}")
_FUTURE = mark("{date} (in the future)")
_OTHER = mark("{date} — for {other} type {text}")
_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
_SIGNS = {"+": 1, "-": -1}


def order_of(locale: QLocale) -> Order:
    """In which order a locale writes day, month and year."""
    layout = locale.dateFormat(QLocale.FormatType.ShortFormat)
    places = sorted((layout.find(letter), letter) for letter in "dMy")
    match "".join(letter.lower() for _, letter in places):
        case "mdy":
            return "mdy"
        case "ymd":
            return "ymd"
    return "dmy"


class DateEditor(LineEditor):
    """A date as precise as its source: a day, a month, a year or a range."""

    digits = 24
    left_to_right = True
    tells = True
    whole_day = False

    def read(self, text: str) -> object:
        return self.type.read(self._keyed(text).text, self.field, self.scene.reading)

    def shown(self, value: object) -> str:
        """Short, with the month as a word where there is a day: no order can be mistaken."""
        span = _span(value)
        if span is None:
            return self.keyed(value)
        if not span.is_exact:
            return span.text.replace("/", " – ")
        locale = self.scene.desk.locale
        return locale.toString(_qdate(span.first), "d MMM yyyy")

    def keyed(self, value: object) -> str:
        span = _span(value)
        return super().keyed(value) if span is None else span.text

    def told(self, value: object) -> str:
        span = _span(value)
        if span is None:
            return ""
        text = in_words(span, self.scene)
        if span.first > self.scene.today:
            text = self.scene.desk.say(_FUTURE, date=text)
        keyed = self._keyed(self.line.text()) if self.line.hasFocus() else Keyed("")
        if not keyed.other or keyed.text != span.text:
            return text
        other = PartialDate.parse(keyed.other)
        how = _unmistaken(other)
        return self.scene.desk.say(_OTHER, date=text, other=in_words(other, self.scene), text=how)

    def on_key(self, event: QKeyEvent) -> bool:
        if self.line.isReadOnly():
            return False
        control = Qt.KeyboardModifier.ControlModifier
        if event.modifiers() == control and event.key() == Qt.Key.Key_Semicolon:
            self.type_text(self.scene.today.isoformat())
            self.line.selectAll()
            return True
        if (
            event.modifiers()
            & ~Qt.KeyboardModifier.KeypadModifier
            & ~Qt.KeyboardModifier.ShiftModifier
        ):
            return False
        by = _STEPS.get(Qt.Key(event.key())) or self._sign(event.text())
        return bool(by) and self._step(by)

    def _sign(self, text: str) -> int:
        """Plus and minus step only where they cannot be part of a date that is being typed."""
        line = self.line
        is_fresh = not line.text() or line.selectedText() == line.text()
        return _SIGNS.get(text, 0) if is_fresh else 0

    def _step(self, by: int) -> bool:
        span = _span(self.read(self.line.text()))
        if span is None:
            if self.line.text().strip():
                return False
            self.type_text(self.scene.today.isoformat())
        else:
            self.type_text(stepped(span, by).text)
        self.line.selectAll()
        return True

    def _keyed(self, text: str) -> Keyed:
        order = order_of(self.scene.desk.locale)
        if self.scene.reading.day_first is not None:
            order = "dmy" if self.scene.reading.day_first else "mdy"
        return keyed_date(text, today=self.scene.today, order=order, whole_day=self.whole_day)


class DayEditor(DateEditor):
    """A full date and nothing less."""

    whole_day = True


def in_words(span: PartialDate, scene: FieldScene) -> str:
    """A date in full words, as the locale writes it."""
    locale = scene.desk.locale
    if span.is_exact:
        return locale.toString(_qdate(span.first), QLocale.FormatType.LongFormat)
    start, _, end = span.text.partition("/")
    if end:
        first, last = (in_words(PartialDate.parse(part), scene) for part in (start, end))
        return scene.desk.say(_RANGE, first=first, last=last)
    year = locale.toString(_qdate(span.first), "yyyy")
    if len(start) == 4:
        return scene.desk.say(_YEAR, year=year)
    return f"{locale.standaloneMonthName(span.first.month)} {year}"


def stepped(span: PartialDate, by: int) -> PartialDate:
    """The next or the last day, month or year, as precise as the date is."""
    start = span.text.partition("/")[0]
    if span.is_exact:
        return PartialDate.of(span.first + timedelta(days=by))
    if len(start) == 4:
        return PartialDate.parse(f"{span.first.year + by:04}")
    months = span.first.year * 12 + span.first.month - 1 + by
    return PartialDate.parse(f"{months // 12:04}-{months % 12 + 1:02}")


def _span(value: object) -> PartialDate | None:
    if isinstance(value, PartialDate):
        return value
    return PartialDate.of(value) if isinstance(value, date) else None


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _unmistaken(span: PartialDate) -> str:
    """How to type a date so that it can be read in one way only."""
    day = span.first
    if span.is_exact:
        return f"{day.day:02}.{day.month:02}.{day.year}"
    return f"{day.month:02}.{day.year}" if len(span.text) == 7 else str(day.year)
