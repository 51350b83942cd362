"""A quantity with what is known of it: counted, estimated, or why there is no number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from mineaction_desktop.domain.problems import Problem
from mineaction_desktop.formdef.form import Field
from mineaction_desktop.ui.entry.context import FieldScene
from mineaction_desktop.ui.entry.fields.choice import ChoiceEditor
from mineaction_desktop.ui.entry.fields.composite import CompositeEditor
from mineaction_desktop.ui.entry.fields.matching import GOOD, ranked
from mineaction_desktop.ui.entry.fields.number import NOT_SAID, CountEditor

COUNTED, ESTIMATED, ZERO = "counted", "estimated", "zero"
_NUMBERED = frozenset({COUNTED, ESTIMATED})


class _Number(CountEditor):
    """The number; a word for what is known, typed in its place, goes to the state."""

    owner: CountedEditor
    tells = False  # the state beside it says it

    def commit(self) -> bool:
        text = self.line.text().strip()
        if self._is_typed and isinstance(self.read(text), Problem):
            state = self.owner.state_called(text)
            if state is not None:
                self.owner.take_state(state)
                return True
        return super().commit()


class CountedEditor(CompositeEditor):
    """Number and state side by side. A number says that it was counted, 0 that there are none.

    Instead of a number one can type any part of a state, such as ``unk`` or ``not coll``.
    """

    def __init__(
        self,
        host: Field,
        fields: Sequence[Field],
        scene: FieldScene,
        parent: QWidget | None = None,
    ) -> None:
        state, number = fields
        super().__init__(replace(host, label=number.label, help=state.help), fields, scene, parent)
        self.number = _Number(number, self._inner, self)
        self.number.owner = self
        self.state = ChoiceEditor(state, self._inner, self)
        self.lay_in_line(self.number, self.state)

    def state_called(self, text: str) -> str | None:
        """The one state that a text can mean."""
        found = ranked(self.scene.offered(self.state.field), text, self.scene.word)
        best = [choice for rank, choice in found if rank == found[0][0] and rank <= GOOD]
        return best[0].code if text and len(best) == 1 else None

    def take_state(self, state: str) -> None:
        """Take a state that was typed in place of the number."""
        self.state.set_value(state)
        self._settle()
        self.committed.emit(self._both())

    def on_committed(self, name: str, value: object) -> None:
        if name == self.number.field.name:
            self.state.set_value(self._state_for(value))
        self._settle()
        self.committed.emit(self._both())

    def is_settled(self) -> bool:
        """A number, or a state typed in its place, says all."""
        return bool(self.number.text().strip()) or self.state.value() is not None

    def set_value(self, value: object) -> None:
        super().set_value(value)
        self._tell_state()

    def _settle(self) -> None:
        """A state that goes without a number leaves none behind."""
        if self.state.value() not in {None, *_NUMBERED}:
            self.number.set_value(None)
        self._tell_state()

    def _tell_state(self) -> None:
        state = self.state.value()
        is_open = state is None or state in _NUMBERED
        words = self.scene.desk.say(NOT_SAID) if is_open else "–"
        self.number.line.setPlaceholderText(self.scene.desk.number(0) if state == ZERO else words)

    def set_shown(self, names: frozenset[str]) -> None:
        """The number stays in view: typing one changes the state that would hide it."""
        super().set_shown(names | {self.number.field.name} if names else names)

    def _state_for(self, number: object) -> object:
        """What a number says of itself; a state that fits already stays."""
        state = self.state.value()
        codes = {choice.code for choice in self.scene.offered(self.state.field)}
        if number is None:
            return None if state in _NUMBERED | {ZERO} else state
        if number == 0 and ZERO in codes:
            return ZERO
        return state if state in _NUMBERED else COUNTED if COUNTED in codes else None

    def _both(self) -> dict[str, object]:
        return {
            self.number.field.name: self.number.value(),
            self.state.field.name: self.state.value(),
        }
