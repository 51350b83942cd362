"""All rows of a file as records in the making, settled against the register.

Two passes, because a row may link to one further down: the first reads values and recognises
records, the second follows the links.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import compress, repeat
from pathlib import Path

from mineaction_desktop.domain.problems import Problem
from mineaction_desktop.exchange.drafts import Draft, Faults
from mineaction_desktop.exchange.following import Follower
from mineaction_desktop.exchange.linking import Directory
from mineaction_desktop.exchange.plans import RecordPlan, SheetPlan
from mineaction_desktop.exchange.recognising import Recogniser
from mineaction_desktop.exchange.tables import Cell

AT_ONCE = 500
"""How many rows go through together; each column of them is read in one go."""


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

    def read(self, today: date) -> Iterator[int]:
        """First pass: read values and recognise records; yields how many rows it has read."""
        recognise = self._recogniser.recognise
        for plan in self._plans:
            for start in range(0, len(plan.sheet.rows), AT_ONCE):
                rows = plan.sheet.rows[start : start + AT_ONCE]
                made = [
                    self._drafts(record, rows, plan.sheet.name, today) for record in plan.records
                ]
                for drafts in zip(*made, strict=True):
                    self.rows.append(tuple([recognise(one) for one in drafts if one is not None]))
                yield len(rows)

    def link(self) -> Iterator[int]:
        """Second pass: follow the links; yields how many rows it has been through."""
        followed: set[int] = set()
        for start in range(0, len(self.rows), AT_ONCE):
            rows = self.rows[start : start + AT_ONCE]
            for drafts in rows:
                if any(draft.plan.late for draft in drafts):
                    self._follow(drafts, followed)
            yield len(rows)

    def _follow(self, drafts: Sequence[Draft], followed: set[int]) -> None:
        by_name = {draft.plan.name: draft for draft in drafts if draft.plan.name}
        for draft in drafts:
            if id(draft) not in followed:  # the same record may stand in several rows
                followed.add(id(draft))
                self._follower.follow(draft, by_name)

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
        changed = any(draft.is_dropped or draft.problems for draft in self.drafts())
        while changed:
            changed = False
            for row in self.rows:
                for draft in row:
                    if not draft.is_rejected and (cause := _cause(draft, row)) is not None:
                        draft.is_dropped = changed = True
                        if (cause.sheet, cause.row) != (draft.sheet, draft.row):
                            self.faults.add(draft, "IMPORT-007", other=cause.row)

    def _drafts(
        self,
        plan: RecordPlan,
        rows: Sequence[tuple[int, Sequence[Cell]]],
        sheet: str | None,
        today: date,
    ) -> list[Draft | None]:
        """The record that each row makes, if it makes one; read by column, which is faster."""
        if plan.when is not None:
            chosen = [plan.when.holds(cells, today) for _, cells in rows]
            found = iter(self._made(plan, list(compress(rows, chosen)), sheet))
            return [next(found) if is_chosen else None for is_chosen in chosen]
        return [*self._made(plan, rows, sheet)]

    def _made(
        self, plan: RecordPlan, rows: Sequence[tuple[int, Sequence[Cell]]], sheet: str | None
    ) -> list[Draft]:
        names = [column.field.name for column in plan.early]
        all_cells = [cells for _, cells in rows]
        columns = [column.read_all(all_cells) for column in plan.early]
        records: Iterable[tuple[object, ...]] = zip(*columns, strict=True) if names else repeat(())
        drafts = [
            Draft(plan, row, cells, sheet, dict(zip(names, values, strict=True)))
            for (row, cells), values in zip(rows, records, strict=False)
        ]
        for column, read in zip(plan.early, columns, strict=True):
            if Problem in set(map(type, read)):
                for draft, value in zip(drafts, read, strict=True):
                    if isinstance(value, Problem):
                        self.faults.put(draft, column, value)
        return drafts


def _cause(draft: Draft, row: Sequence[Draft]) -> Draft | None:
    """What was rejected that a draft cannot do without."""
    return next((one for one in (*row, *draft.needs) if one.is_rejected), None)
