"""The words of cells, and whether they stand for something that is missing."""

from __future__ import annotations

from datetime import date

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.states import State
from mineaction_desktop.reports.document import Cell
from mineaction_desktop.reports.figures import Figure
from mineaction_desktop.reports.present import Presenter

Words = tuple[str, bool]
"""A text, and whether it says why there is no value."""


class CellWords:
    """Turns cells into words for one report and remembers the words of states."""

    def __init__(self, presenter: Presenter) -> None:
        self._presenter = presenter
        self._states: dict[State, Words] = {}
        self._days: dict[date | PartialDate, Words] = {}

    def of(self, cell: Cell) -> Words:
        """The words of a cell."""
        if isinstance(cell, State):  # before texts, because a state is a text as well
            return self._state(cell)
        if isinstance(cell, Figure) and cell.value is None:
            return self._state(cell.state)
        if isinstance(cell, date | PartialDate):
            if cell not in self._days:
                self._days[cell] = self._presenter.cell(cell), False
            return self._days[cell]
        return self._presenter.cell(cell), False

    def _state(self, state: State) -> Words:
        if state not in self._states:
            self._states[state] = self._presenter.cell(state), True
        return self._states[state]
