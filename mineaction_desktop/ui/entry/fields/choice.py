"""One code of a list: typed as a code or as any part of what the list says about it."""

from __future__ import annotations

from collections.abc import Sequence

from mineaction_desktop.domain.problems import Place, Problem
from mineaction_desktop.formdef.choices import Choice
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.ui.entry.fields.matching import EXACT, GOOD, ranked
from mineaction_desktop.ui.entry.fields.pick import PickEditor
from mineaction_desktop.ui.entry.fields.popup import PopupRow

_NOT_OFFERED = mark(
    "“{value}” does not fit what the record says in other fields. Choose one that the list offers."
)
_WIDE, _NARROW = 48, 12
_SHORT_CODE = 4


class ChoiceEditor(PickEditor):
    """A line for one choice. Its code is shown in the list, its label in the line."""

    def _lay_out(self) -> None:
        self.tells = self._says_codes()
        self.digits = _NARROW if self.tells else _WIDE
        super()._lay_out()

    def _says_codes(self) -> bool:
        """Whether the codes are what people know the choices by, as with currencies."""
        choices = self.field.choices
        return choices is not None and len(choices.choices) > 100 and choices.name == "currency"

    def rows(self, text: str) -> tuple[Sequence[PopupRow], int | None]:
        found = ranked(self.scene.offered(self.field), text, self.scene.word)
        rows = [self._row(choice) for _, choice in found]
        if not text.strip():
            codes = [choice.code for _, choice in found]
            return rows, codes.index(str(self._value)) if self._value in codes else None
        is_open = self.field.choices is not None and self.field.choices.is_open
        best = found[0][0] if found else GOOD + 1
        return rows, 0 if best <= (EXACT if is_open else GOOD) else None

    def _row(self, choice: Choice) -> PopupRow:
        label, definition = self.scene.word(choice.label), self.scene.word(choice.definition)
        code = "" if choice.code == label else choice.code
        return PopupRow(choice.code, label, code, definition)

    def pick(self, row: PopupRow) -> None:
        self.take_value(row.value)

    def may_number(self) -> bool:
        choices = self.field.choices
        if choices is None or choices.is_open:
            return False
        return not any(code[:1].isdigit() for code in choices.choices)

    def read(self, text: str) -> object:
        read = super().read(text)
        choices, offered = self.field.choices, self.scene.offered(self.field)
        if isinstance(read, Problem) and text.strip():
            found = ranked(offered, text, self.scene.word)
            if len(found) == 1 and found[0][0] <= GOOD:
                return found[0][1].code
        is_listed = isinstance(read, str) and choices is not None and read in choices
        if is_listed and read != self._value and read not in {one.code for one in offered}:
            place = Place(kind=self.field.kind, field=self.field.name)
            return Problem("FIELD-030", Message(_NOT_OFFERED, {"value": text}), place, value=text)
        return read

    def keyed(self, value: object) -> str:
        choices = self.field.choices
        if not isinstance(value, str):
            return ""
        if choices is None or self._says_codes():
            return value
        return choices.label(value, self.scene.desk.words)

    def told(self, value: object) -> str:
        choices = self.field.choices
        if not isinstance(value, str) or choices is None or not self._says_codes():
            return ""
        return choices.label(value, self.scene.desk.words)

    def take_value(self, value: object) -> None:
        super().take_value(value)
        self._tell(value)
