"""A position as it stands on the paper, with the degrees that are worked out from it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from mineaction_desktop.formdef.form import Field
from mineaction_desktop.formdef.positions import Fault, Position, read_position, swapped
from mineaction_desktop.i18n import mark
from mineaction_desktop.ui.entry.context import FieldScene
from mineaction_desktop.ui.entry.fields.base import Preview, em
from mineaction_desktop.ui.entry.fields.choice import ChoiceEditor
from mineaction_desktop.ui.entry.fields.composite import CompositeEditor
from mineaction_desktop.ui.entry.fields.line import LineEditor
from mineaction_desktop.ui.entry.fields.number import DegreesEditor
from mineaction_desktop.ui.entry.fields.text import TextEditor
from mineaction_desktop.ui.flow import FlowLayout
from mineaction_desktop.ui.theme import space

_FAULTS = {
    Fault.SHAPE: mark(
        "Not worked out: this is no position that can be read. It is kept as written."
    ),
    Fault.ONE_ONLY: mark("Only one of latitude and longitude is there. Write both."),
    Fault.RANGE: mark("Minutes and seconds must be less than 60."),
    Fault.SIGN: mark("There is a sign as well as a letter. Write -34.5 or 34.5 S."),
    Fault.SAME_AXIS: mark("Both letters name the same direction. One must be N or S, one E or W."),
    Fault.SWAPPED: mark(
        "The first number cannot be a latitude. If longitude stands first, add the letters: {hint}."
    ),
    Fault.OUTSIDE: mark("Latitude ends at 90° and longitude at 180°. Check the numbers."),
    Fault.TWO_WAYS: mark(
        "The commas can be read in several ways. Write decimals with a point: 34.52, 69.17."
    ),
    Fault.GRID: mark("There is no such square or zone in the grid. Check letters and digits."),
}
_DEGREES = mark("{latitude}°, {longitude}°")
_SQUARE = mark("{place} — the corner of a square of {metres} m")
_LOCAL = mark("A local grid is kept as written; latitude and longitude are not worked out from it.")
_ABROAD = mark("{place} — outside the country. Check it.")
_TURNED = mark("{place} — outside the country, but inside with latitude and longitude exchanged.")
_APART = mark("Latitude and longitude are {distance} from the position as written.")
_METRES, _KILOMETRES = mark("{n} m"), mark("{n} km")
_LOCAL_CODE = "local"
_CLOSE = 25.0
"""Degrees and the position as written may be so many metres apart, from rounding."""

_COLUMN_GAP, _TEXT_DIGITS = 12, 46


class _PositionLine(TextEditor):
    left_to_right = True
    digits = _TEXT_DIGITS


class _Piece(QWidget):
    """A part with its label: as wide as it wishes, narrower where there is no room."""

    wanted = 0

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(self.wanted, 0))


class PlaceEditor(CompositeEditor):
    """The position as written, how it was written, latitude and longitude.

    The degrees follow the text; they can be keyed by themselves as well. What cannot be worked
    out is kept as written and said below.
    """

    def __init__(
        self,
        host: Field,
        fields: Sequence[Field],
        scene: FieldScene,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(host, fields, scene, parent)
        written, manner, latitude, longitude = fields
        self.written = _PositionLine(written, self._inner, self)
        self.latitude = DegreesEditor(latitude, self._inner, self)
        self.longitude = DegreesEditor(longitude, self._inner, self)
        self.manner = ChoiceEditor(manner, self._inner, self)
        self.told = Preview(self)
        self.told.setWordWrap(True)
        self._labels = {field.name: self._label(field) for field in (manner, latitude, longitude)}
        for part in (self.written, self.latitude, self.longitude, self.manner):
            self.add_part(part.field.name, part)
        self._lay_out()
        self.written.line.textEdited.connect(self._preview)

    def _label(self, field: Field) -> QLabel:
        label = QLabel(self.scene.word(field.label), self)
        label.setProperty("role", "soft")
        return label

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(space(4))
        grid.addWidget(self.written, 0, 0)
        grid.addWidget(self.told, 1, 0)
        below = QWidget(self)
        row = FlowLayout(below, space(8))
        for part, width in ((self.latitude, 14), (self.longitude, 14), (self.manner, 26)):
            row.addWidget(self._labelled(part, width))
        grid.addWidget(below, 2, 0)

    def _labelled(self, part: LineEditor, width: int) -> QWidget:
        """A part behind its label, as one piece that goes to the next line as a whole."""
        piece = _Piece(self)
        row = QHBoxLayout(piece)
        row.setContentsMargins(0, 0, space(_COLUMN_GAP), 0)
        row.setSpacing(space(8))
        label = self._labels[part.field.name]
        label.setBuddy(part.line)
        part.line.setMaximumWidth(em(self, width))
        row.addWidget(label)
        row.addWidget(part, 1)
        piece.wanted = label.sizeHint().width() + em(self, width) + space(8 + _COLUMN_GAP)
        return piece

    def on_committed(self, name: str, value: object) -> None:
        if name == self.written.field.name:
            self.committed.emit(self._worked_out(value))
        else:
            self.committed.emit({name: value})
        self._tell(self.written.text())

    def set_value(self, value: object) -> None:
        super().set_value(value)
        self._tell(self.written.text())

    def is_settled(self) -> bool:
        """The degrees follow from a text that can be read; an empty one is no position."""
        text = self.written.text().strip()
        is_read = not text or isinstance(self._read(text), Position)
        return is_read and self.part_with_focus() is self.written

    def set_shown(self, names: frozenset[str]) -> None:
        super().set_shown(names)
        for name, label in self._labels.items():
            label.setVisible(name in names)

    def _worked_out(self, written: object) -> dict[str, object]:
        """What follows from a new text; degrees that came from the old one never outlive it."""
        changed: dict[str, object] = {self.written.field.name: written}
        position = self._read(written if isinstance(written, str) else "")
        if isinstance(position, Position):
            changed |= {
                self.manner.field.name: position.format,
                self.latitude.field.name: round(position.latitude, 7),
                self.longitude.field.name: round(position.longitude, 7),
            }
        elif self.manner.value() != _LOCAL_CODE:
            changed |= dict.fromkeys((self.latitude.field.name, self.longitude.field.name))
        for name, value in changed.items():
            if name != self.written.field.name:
                self.parts[name].set_value(value)
        return changed

    def _read(self, text: str) -> Position | Fault:
        found = read_position(text)
        bounds = self.scene.bounds
        if not isinstance(found, Position) or found.other is None or bounds is None:
            return found
        return found if bounds.holds(found.latitude, found.longitude) else found.other

    def _preview(self, text: str) -> None:
        self._say(self._words(text), is_wrong=self._is_wrong(text))

    def _tell(self, text: str) -> None:
        apart = self._apart(text)
        self._say(apart or self._words(text), is_wrong=bool(apart) or self._is_wrong(text))

    def _say(self, words: str, *, is_wrong: bool) -> None:
        tone = "warning" if is_wrong else ""
        if self.told.property("tone") != tone:
            self.told.setProperty("tone", tone)
            self.told.style().unpolish(self.told)
            self.told.style().polish(self.told)
        self.told.tell(f"⚠ {words}" if is_wrong else words)

    def _is_wrong(self, text: str) -> bool:
        if not text.strip() or self.manner.value() == _LOCAL_CODE:
            return False
        found, bounds = self._read(text), self.scene.bounds
        if isinstance(found, Fault):
            return True
        return bounds is not None and not bounds.holds(found.latitude, found.longitude)

    def _words(self, text: str) -> str:
        say = self.scene.desk.say
        if not text.strip():
            return ""
        found = self._read(text)
        if isinstance(found, Fault):
            if self.manner.value() == _LOCAL_CODE:
                return say(_LOCAL)
            return say(_FAULTS[found], hint="69.17 E 34.52 N")
        place = say(_DEGREES, latitude=f"{found.latitude:.6f}", longitude=f"{found.longitude:.6f}")
        bounds, turned = self.scene.bounds, swapped(found)
        if bounds and not bounds.holds(found.latitude, found.longitude):
            is_turned = bounds.holds(turned.latitude, turned.longitude)
            return say(_TURNED if is_turned else _ABROAD, place=place)
        if found.square and found.square > 1:
            metres = self.scene.desk.number(found.square)
            return say(_SQUARE, place=place, metres=metres)
        return place

    def _apart(self, text: str) -> str:
        """That the degrees were keyed otherwise than the text says, if they were."""
        found = self._read(text)
        latitude, longitude = self.latitude.value(), self.longitude.value()
        if not isinstance(found, Position):
            return ""
        if not isinstance(latitude, (int, float)) or not isinstance(longitude, (int, float)):
            return ""
        metres = _distance(found, latitude, longitude)
        if metres <= _CLOSE:
            return ""
        desk = self.scene.desk
        near = desk.say(_METRES, n=desk.number(round(metres)))
        far = desk.say(_KILOMETRES, n=desk.number(round(metres / 1000)))
        return desk.say(_APART, distance=near if metres < 2000 else far)


def _distance(position: Position, latitude: float, longitude: float) -> float:
    """Metres between two positions on a sphere; good enough to say that they differ."""
    one, other = math.radians(position.latitude), math.radians(latitude)
    east = math.radians(longitude - position.longitude)
    half = math.sin((other - one) / 2) ** 2
    half += math.cos(one) * math.cos(other) * math.sin(east / 2) ** 2
    return 12_742_000 * math.asin(min(1.0, math.sqrt(half)))
