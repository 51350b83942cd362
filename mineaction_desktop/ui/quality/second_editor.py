"""The editor of a second keying: the same form, but what is keyed is kept beside the record."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mineaction_desktop.domain.problems import Problem
from mineaction_desktop.i18n import mark
from mineaction_desktop.services.second_keying import Item
from mineaction_desktop.ui.desk import Session
from mineaction_desktop.ui.entry.editor_screen import EditorScreen
from mineaction_desktop.ui.entry.sheet import Spot, errors
from mineaction_desktop.ui.entry.work import Work
from mineaction_desktop.ui.screen import Handlers

TITLE = mark("Second keying: {title} {number}")
FINISH = mark("Finish and compare")

_SHOWS_THE_FIRST = frozenset(
    {
        "record.history",
        "record.new",
        "record.duplicate",
        "record.hide",
        "record.print",
        "record.partial",
        "record.next",
        "record.previous",
        "record.previous_value",
        "record.previous_values",
    }
)
"""Commands that would show what the first person keyed, or leave the record."""


class SecondWork(Work):
    """Keeps the second keying as a finished draft; the register is changed when it is settled."""

    keyed = Signal()
    """The record has been keyed to its end."""

    def save(self, reason: str | None = None) -> list[tuple[Spot, Problem]]:
        """Finish the keying; what stands in the way, nothing if it is finished."""
        del reason  # the comparison gives the reason
        found = errors(self.draft.sheet.problems())
        if not found and self.keeper.park():
            self.keyed.emit()
        return found

    def begin_next(self, pins: frozenset[str]) -> None:
        """The batch says which record comes next."""


class SecondEditor(EditorScreen):
    """The form of one record of a batch, empty for the second person."""

    work_class = SecondWork
    looks_for_likenesses = False  # the first keying would be the most alike
    keyed = Signal()
    """The record has been keyed to its end."""

    def __init__(self, session: Session, item: Item, parent: QWidget | None = None) -> None:
        self._number = item.local_id
        super().__init__(session, item.draft.kind, None, item.draft.id, parent)
        self.work.was_taken_up = False  # an empty form of the batch is nothing to be told of
        self.foot.offer_only(self.desk.say(FINISH))
        assert isinstance(self.work, SecondWork)  # noqa: S101 - the class above makes it
        self.work.keyed.connect(self.keyed)

    def title(self) -> str:
        title = self.desk.words.gettext(self.form_spec.title)
        return self.desk.say(TITLE, title=title, number=self._number)

    def handlers(self) -> Handlers:
        found = super().handlers()
        return {name: act for name, act in found.items() if name not in _SHOWS_THE_FIRST}
