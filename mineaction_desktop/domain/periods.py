"""Reporting periods."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``first`` to ``last``, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"{self.first} to {self.last}")

    @classmethod
    def of_year(cls, year: int) -> Self:
        """The calendar year that an annual report covers (Article 7.2)."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @property
    def day_after(self) -> date:
        """The first day that no longer belongs to the period."""
        return self.last + timedelta(days=1)

    @property
    def is_calendar_year(self) -> bool:
        """Whether the period is exactly 1 January to 31 December of one year."""
        return self == Period.of_year(self.first.year)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last
