"""From when to when something lasts, told to the database and looked at in a record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.periods import Period
from mineaction_desktop.storage.queries import Fact, is_vague

Condition = sa.ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Span:
    """The columns that say when something began and ended; what ``goes_on`` may have no end yet."""

    begin: str
    end: str | None = None
    goes_on: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns there are."""
        return (self.begin,) if self.end is None else (self.begin, self.end)

    def may_have_begun(self, table: sa.Table, period: Period) -> Condition:
        """Whether it may have begun by the end of a period; a vague date has to be looked at."""
        begin: sa.ColumnElement[Any] = table.c[self.begin]
        return sa.or_(begin.is_(None), begin < period.day_after, is_vague(begin))

    def is_not_over(self, table: sa.Table, period: Period) -> Condition:
        """Whether it was not over before a period."""
        reaching = [table.c[name] >= period.first for name in self.columns]
        if self.goes_on and self.end is not None:
            reaching.append(table.c[self.end].is_(None))
        return sa.or_(table.c[self.begin].is_(None), *reaching)

    def has_begun(self, row: Fact, period: Period) -> bool:
        """Whether a record began by the end of a period; one without a date did."""
        begin: PartialDate | None = row[self.begin]
        return begin is None or begin.first <= period.last

    def touches(self, row: Fact, period: Period) -> bool:
        """Whether a record lies in a period or lasts into it."""
        days = [row[name] for name in self.columns if row[name] is not None]
        if row[self.begin] is None or (self.goes_on and len(days) == 1):
            return self.has_begun(row, period)
        return self.has_begun(row, period) and max(day.last for day in days) >= period.first
