"""What was submitted for earlier years, as reports again."""

from __future__ import annotations

from dataclasses import dataclass

from mineaction_desktop.domain.periods import Period
from mineaction_desktop.reports.document import Report
from mineaction_desktop.reports.frozen import thaw
from mineaction_desktop.reports.layouts import ReportLayout
from mineaction_desktop.storage.reader import Reader
from mineaction_desktop.storage.snapshots import snapshots, unpacked


@dataclass(frozen=True, slots=True)
class Earlier:
    """The last report submitted before a period; no document if only its figures were entered."""

    year: int
    report: Report | None


def last_submitted(reader: Reader, layout: ReportLayout, period: Period) -> Earlier | None:
    """Return the last report submitted for a year before the period.

    One in another layout has other forms, so that only its year is of use.
    """
    sent = snapshots(reader, layout.instrument)
    last = next((found for found in sent if found.year < period.first.year), None)
    if last is None:
        return None
    is_same = last.document and last.layout == layout.layout
    return Earlier(last.year, thaw(unpacked(last.document)) if is_same else None)
