"""What the State explains: warnings that stand, and boxes of the cover page set by hand."""

from __future__ import annotations

from mineaction_desktop.domain.states import State
from mineaction_desktop.reports.document import Cell
from mineaction_desktop.reports.source import Source
from mineaction_desktop.reports.tables import TableData, TableRow


def explanations(source: Source) -> TableData:
    """Explanations recorded for the year, in the order of the rules they answer."""
    year = source.period.last.year
    rows = []
    chosen = [row for row in source.all("explanation") if row["year"] == year]
    for row in sorted(chosen, key=lambda row: (row["rule_code"], row["subject"] or "")):
        cells: dict[str, Cell] = {
            "rule": row["rule_code"],
            "subject": row["subject"],
            "text": row["text"],
        }
        rows.append(TableRow(row["local_id"], cells))
    return TableData(tuple(rows), State.NONE)


def overrides(source: Source) -> TableData:
    """Boxes of the cover page that were set otherwise than computed, each with its reason."""
    year = source.period.last.year
    rows = []
    for row in source.all("cover_override"):
        if row["year"] == year:
            cells: dict[str, Cell] = {
                "form": source.label("cover_form", row["form"]),
                "choice": source.label("cover_choice", row["choice"]),
                "reason": row["reason"],
            }
            rows.append(TableRow(row["local_id"], cells))
    return TableData(tuple(rows), State.NONE)
