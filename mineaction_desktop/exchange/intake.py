"""All rows of a file as records in the making, settled against the register.

Two passes, because a row may link to one further down: the first reads values and recognises
records, the second follows the links.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from mineaction_desktop.exchange.drafts import Draft, Faults
from mineaction_desktop.exchange.following import Follower
from mineaction_desktop.exchange.linking import Directory
from mineaction_desktop.exchange.plans import RecordPlan, SheetPlan
from mineaction_desktop.exchange.recognising import Recogniser
from mineaction_desktop.exchange.tables import Cell


class Intake:
    """The drafts of a file, row by row."""

    def __init__(
        self,
        path: Path,
        plans: Sequence[SheetPlan],
        directory: Directory,
        hidden_reason: Callable[[str, str], str],
    ) -> None:
        self._plans = plans
        columns = (c for plan in plans for record in plan.records for c in record.columns)
        linked = {column.field.link for column in columns}
        self.faults = Faults(path)
        self._recogniser = Recogniser(directory, self.faults, linked, hidden_reason)
        self._follower = Follower(directory, self.faults, self._recogniser.by_id)
        self.rows: list[tuple[Draft, ...]] = []

    def read(self, today: date) -> Iterator[None]:
        """First pass: read values and recognise records; yields after each row."""
        for plan in self._plans:
            for row, cells in plan.sheet.rows:
                drafts = [
                    self._draft(record, row, cells, plan.sheet.name)
                    for record in plan.records
                    if record.when is None or record.when.holds(cells, today)
                ]
                self.rows.append(tuple(drafts))
                yield

    def link(self) -> Iterator[None]:
        """Second pass: follow the links; yields after each row."""
        followed: set[int] = set()
        for drafts in self.rows:
            by_name = {draft.plan.name: draft for draft in drafts if draft.plan.name}
            for draft in drafts:
                if id(draft) not in followed:  # the same record may stand in several rows
                    followed.add(id(draft))
                    self._follower.follow(draft, by_name)
            yield

    def drafts(self) -> Iterator[Draft]:
        """Every record of the file once: those made for links, then the rows in their order."""
        seen: set[int] = set()
        made = self._follower.made.values()
        for one in (*made, *(draft for row in self.rows for draft in row)):
            if id(one) not in seen:
                seen.add(id(one))
                yield one

    def reject_dependent(self) -> None:
        """Reject what stands in a row with something rejected, or links to it, and so on."""
        changed = True
        while changed:
            changed = False
            for row in self.rows:
                for draft in row:
                    if not draft.is_rejected and (cause := _cause(draft, row)) is not None:
                        draft.is_dropped = changed = True
                        if (cause.sheet, cause.row) != (draft.sheet, draft.row):
                            self.faults.add(draft, "IMPORT-007", other=cause.row)

    def _draft(self, plan: RecordPlan, row: int, cells: Sequence[Cell], sheet: str | None) -> Draft:
        draft = Draft(plan, row, cells, sheet)
        for column in plan.columns:
            if not column.is_late:
                self.faults.put(draft, column, column.read(cells))
        return self._recogniser.recognise(draft)


def _cause(draft: Draft, row: Sequence[Draft]) -> Draft | None:
    """What was rejected that a draft cannot do without."""
    return next((one for one in (*row, *draft.needs) if one.is_rejected), None)
