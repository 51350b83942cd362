"""Form J: assistance received, given and needed, national means, and commitments."""

from __future__ import annotations

from collections import defaultdict

from mineaction_desktop.domain.states import State
from mineaction_desktop.i18n import mark
from mineaction_desktop.reports.document import Cell, RowRole
from mineaction_desktop.reports.figures import Figure, Unit, total
from mineaction_desktop.reports.instruments.apmbc.common import listed, record_figure, sentence
from mineaction_desktop.reports.source import Source
from mineaction_desktop.reports.tables import TableData, TableRow
from mineaction_desktop.storage.queries import Fact

TOTAL = mark("TOTAL {currency}")
RESPONSIBLE = mark("Responsible: {who}")
INDICATOR = mark("Indicator: {indicator}")
BASELINE = mark("Baseline: {baseline}")
TARGET = mark("Target: {target}")
DUE = mark("Due: {date}")


def funding(source: Source, direction: str, subject: str) -> TableData:
    """One direction of funding in the period, totalled by currency."""
    table = f"funding_{direction}"
    rows: list[TableRow] = []
    sums: dict[str, list[Figure]] = defaultdict(list)
    for row in source.within("funding", "period"):
        if row["direction"] != direction:
            continue
        key = f"{table}/{row['local_id']}/amount"
        currency = row["currency"]
        amount = record_figure(key, "funding", row, "amount", Unit.MONEY, currency)
        if currency:
            sums[currency].append(amount)
        cells: dict[str, Cell] = {
            "donor": source.organisation(row["donor_id"]) or row["budget_line"] or State.UNKNOWN,
            "recipient": source.organisation(row["recipient_id"]) or State.UNKNOWN,
            "pillar": source.label("pillar", row["pillar"]),
            "amount": amount,
            "currency": currency or State.UNKNOWN,
            "supplementary": listed(
                source.label("support_kind", row["support_kind"]),
                source.label("funding_status", row["status"]),
                row["description"],
            ),
        }
        rows.append(TableRow(row["local_id"], cells))
    for currency, figures in sorted(sums.items()):
        figure = total(f"{table}/total/{currency}", figures, Unit.MONEY, currency=currency)
        label = source.say(TOTAL, currency=currency)
        cells = {"donor": label, "amount": figure, "currency": currency}
        rows.append(TableRow(f"total/{currency}", cells, RowRole.TOTAL))
    state, text = source.empty(subject, known=bool(source.all("funding", ())))
    return TableData(tuple(rows), state, text)


def commitments(source: Source) -> TableData:
    """National commitments with indicator and progress."""
    show = source.presenter.partial_date
    rows = []
    for row in source.all("commitment"):
        cells: dict[str, Cell] = {
            "topic": source.label("commitment_topic", row["topic"]),
            "commitment": _commitment(row),
            "measure": listed(
                sentence(source, INDICATOR, indicator=row["indicator"]),
                sentence(source, BASELINE, baseline=row["baseline"]),
                sentence(source, TARGET, target=row["target"]),
                sentence(source, DUE, date=row["target_date"] and show(row["target_date"])),
            ),
            "progress": listed(
                source.label("commitment_status", row["status"]),
                row["progress"],
                sentence(source, RESPONSIBLE, who=row["responsible"]),
            ),
        }
        rows.append(TableRow(row["local_id"], cells))
    return TableData(tuple(rows), State.NOT_COLLECTED)


def _commitment(row: Fact) -> str:
    """Title and objective, or one of them where they say the same."""
    title, objective = row["title"], row["objective"]
    if objective and objective.rstrip(".") == title.rstrip("."):
        return str(title)
    return listed(title, objective)
