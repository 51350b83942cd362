"""A year as a program manager looks at it: figures, problems, what changed since it was sent.

All of it is read at one moment. The reading stays open until it is closed, so that each figure can
be opened and leads to the records that it was added up from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date

from mineaction_desktop.domain.deadlines import annual_report_due
from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.formdef.catalogue import Catalogue
from mineaction_desktop.i18n import Words
from mineaction_desktop.reports.document import Report
from mineaction_desktop.reports.figures import Figure
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.services.checking import CheckResult, check_year
from mineaction_desktop.services.comparing import Comparison, compare
from mineaction_desktop.services.editing import link_name
from mineaction_desktop.services.progress import Progress, silent
from mineaction_desktop.services.reporting import ReportRequest, build_report
from mineaction_desktop.storage.lookups import records_by_id
from mineaction_desktop.storage.snapshots import Snapshot, snapshots
from mineaction_desktop.storage.store import Reader, Store

STEPS = 3


@dataclass(frozen=True, slots=True)
class Behind:
    """A record behind a figure, and what it adds to it."""

    kind: str
    record_id: str
    local_id: str
    amount: int


@dataclass(slots=True)
class YearReading:
    """A year as it stands; ``refusal`` says why there are no figures, if there are none.

    ``comparison`` is missing as long as nothing was submitted. Close it when it is not shown any
    more.
    """

    year: int
    request: ReportRequest
    presenter: Presenter
    checked: CheckResult
    sent: tuple[Snapshot, ...]
    report: Report | None = None
    refusal: UserError | None = None
    comparison: Comparison | None = None
    can_write: bool = False
    _reader: Reader | None = field(default=None, repr=False)
    _close: Callable[[], None] = field(default=lambda: None, repr=False)

    @property
    def due(self) -> date:
        """The day on which the report has to be with the depositary (Article 7.2)."""
        return annual_report_due(self.year)

    @property
    def changed_figures(self) -> Mapping[str, str]:
        """The text that was submitted for each figure that is another one today, by its key."""
        if self.comparison is None:
            return {}
        return {
            found.key: found.before.text
            for found in self.comparison.differences
            if found.before is not None
        }

    def behind(self, figure: Figure) -> tuple[Behind, ...]:
        """The records behind a figure, each once, with what it adds in all."""
        if self._reader is None:
            return ()
        amounts: dict[tuple[str, str], int] = {}
        for part in figure.contributions():
            record = part.kind, part.record_id
            amounts[record] = amounts.get(record, 0) + part.amount
        numbers = self._numbers(amounts)
        found = [
            Behind(kind, record_id, numbers.get(record_id, ""), amount)
            for (kind, record_id), amount in amounts.items()
        ]
        return tuple(sorted(found, key=lambda one: (one.kind, one.local_id)))

    def name_of(self, catalogue: Catalogue, kind: str, record_id: str, words: Words) -> str:
        """How a record is called."""
        if self._reader is None:
            return ""
        return link_name(self._reader, catalogue, kind, record_id, words)

    def places(self) -> Iterator[tuple[tuple[str, ...], Figure]]:
        """Each figure with the titles of its form and table, its row and its column, for people."""
        if self.report is None:
            return
        for form, table in self.report.tables():
            for row in table.rows:
                name = next((self.presenter.cell(cell) for cell in row.cells if cell), "")
                for column, cell in zip(table.columns, row.cells, strict=True):
                    if isinstance(cell, Figure):
                        title = table.title or form.title
                        yield (form.label or form.title, title, name, column.title), cell

    def close(self) -> None:
        """Let go of the register; figures cannot be opened any more."""
        self._reader = None
        self._close()

    def _numbers(self, records: Iterable[tuple[str, str]]) -> dict[str, str]:
        assert self._reader is not None  # noqa: S101 - both callers have looked
        by_kind: dict[str, list[str]] = {}
        for kind, record_id in records:
            by_kind.setdefault(kind, []).append(record_id)
        return {
            record_id: record.local_id
            for kind, ids in by_kind.items()
            for record_id, record in records_by_id(self._reader, kind, ids).items()
        }


def read_year(store: Store, request: ReportRequest, progress: Progress = silent) -> YearReading:
    """Read a year: check it, make its figures, and compare them with what was submitted."""
    tidy = ExitStack()
    with ExitStack() as unless_done:
        unless_done.callback(tidy.close)
        reader = tidy.enter_context(store.read())
        progress(0, STEPS)
        checked = check_year(store, reader, request.year, request.instrument)
        progress(1, STEPS)
        found = YearReading(
            request.year,
            request,
            Presenter(request.language),
            checked,
            tuple(snapshots(reader, request.instrument, request.year)),
            can_write=store.is_writable,
            _reader=reader,
            _close=tidy.close,
        )
        try:
            found.report = build_report(store, reader, request, whole=False)
        except UserError as refusal:
            found.refusal = refusal
        progress(2, STEPS)
        if found.sent and found.sent[0].is_whole and found.report is not None:
            found.comparison = compare(store, request.year, request.instrument)
        progress(STEPS, STEPS)
        unless_done.pop_all()
    return found
