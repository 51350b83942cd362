"""The classic layout: which builder fills which table of the form files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from mineaction_desktop.domain.periods import Period
from mineaction_desktop.domain.vocabulary import AreaClass, RetainedMovementKind, StockPool
from mineaction_desktop.reports.document import Block, Form
from mineaction_desktop.reports.instruments.apmbc import (
    annexes,
    cooperation,
    devices,
    front,
    land,
    measures,
    retained,
    stock,
    victims,
    warning,
)
from mineaction_desktop.reports.layouts import FormLayout, ReportLayout
from mineaction_desktop.reports.source import Source
from mineaction_desktop.reports.tables import Content, TableData, lay_out

Builder = Callable[[Source], TableData]

TABLES: Mapping[str, Builder] = {
    "measures": measures.measures,
    "stock": lambda s: stock.stock(s, StockPool.DECLARED, "stock", "stock"),
    "stock_found_late": lambda s: stock.stock(
        s, StockPool.FOUND_LATE, "stock_found_late", "stock_found_late"
    ),
    "areas_known": lambda s: land.areas(s, AreaClass.CHA, "mined_areas_known", "areas_known"),
    "areas_suspected": lambda s: land.areas(
        s, AreaClass.SHA, "mined_areas_suspected", "areas_suspected"
    ),
    "retained": retained.retained,
    "retained_uses": retained.uses,
    "transferred_training": lambda s: retained.transfers(
        s,
        RetainedMovementKind.TRANSFERRED_OUT_TRAINING,
        "transferred_training",
        "transferred_training",
    ),
    "transferred_destruction": lambda s: retained.transfers(
        s,
        RetainedMovementKind.TRANSFERRED_OUT_DESTRUCTION,
        "transferred_destruction",
        "transferred_destruction",
    ),
    "facilities": measures.facilities,
    "stock_programmes": lambda s: measures.programmes(s, "article_4", "stock_programme"),
    "area_programmes": lambda s: measures.programmes(s, "article_5", "mined_area_programme"),
    "milestones": measures.milestones,
    "stock_destroyed": lambda s: stock.destroyed(
        s, StockPool.DECLARED, "stock_destroyed", "stock_destroyed"
    ),
    "mines_destroyed": devices.mines_destroyed,
    "found_late_destroyed": lambda s: stock.destroyed(
        s, StockPool.FOUND_LATE, "found_late_destroyed", "found_late_destroyed"
    ),
    "types_produced": partial(devices.technical, produced=True),
    "types_held": partial(devices.technical, produced=False),
    "marking": warning.marking,
    "education": warning.education,
    "casualties_outcome": victims.by_outcome,
    "casualties_device": victims.by_device,
    "casualties_status": victims.by_status,
    "survivors": victims.survivors,
    "services": victims.services,
    "commitments": cooperation.commitments,
    "funding_received": lambda s: cooperation.funding(s, "received", "assistance_received"),
    "funding_national": lambda s: cooperation.funding(s, "national", "assistance_received"),
    "funding_given": lambda s: cooperation.funding(s, "provided", "assistance_given"),
    "funding_needed": lambda s: cooperation.funding(s, "needed", "assistance_received"),
    "summary": annexes.summary,
    "released": annexes.released,
    "land_reconciliation": annexes.land_reconciliation,
    "stock_reconciliation": annexes.stock_reconciliation,
    "retained_reconciliation": annexes.retained_reconciliation,
    "counts": annexes.counts,
}
"""Every table the forms may print, by the name the form files use."""

TEXTS: Mapping[str, str] = {
    "warning_statement": "warning_statement",
    "directional_mines": "directional_mines_statement",
    "other_matters": "other_matters",
}
"""Texts the forms may print, and the field of the State's record that holds each."""


def _options(source: Source) -> frozenset[str]:
    wanted = source.state["destroyed_columns"] or "both"
    options = {"destroyed_period"} if wanted in ("both", "period") else set()
    if wanted in ("both", "cumulative"):
        options.add("destroyed_since")
    if source.state["area_placement"] != "text":
        options.add("area_columns")
    return frozenset(options)


def _content(source: Source, layouts: Sequence[FormLayout]) -> Content:
    wanted = {part.table for layout in layouts for part in layout.parts if part.table}
    return Content(
        tables={name: TABLES[name](source) for name in TABLES if name in wanted},
        texts={name: source.state[column] for name, column in TEXTS.items()},
        options=_options(source),
    )


def _lay_out(
    source: Source, report: ReportLayout, layouts: Sequence[FormLayout], content: Content
) -> list[Form]:
    line = source.say(
        report.period_line,
        state=source.state["name"],
        first=source.period.first,
        last=source.period.last,
    )
    words = source.presenter.words
    return [
        lay_out(layout, content, line if layout.choices or layout.annex else None, words)
        for layout in layouts
    ]


def _cover(
    source: Source, report: ReportLayout, layouts: Sequence[FormLayout], content: Content
) -> dict[str, Block]:
    """The boxes of the cover page: each form beside the same form of the year before."""
    boxed = [layout for layout in layouts if layout.choices]
    year = Period.of_year(source.period.first.year - 1)
    earlier = source.at(year)
    before = _lay_out(earlier, report, boxed, _content(earlier, boxed))
    now = _lay_out(source, report, boxed, content)
    boxes = front.statuses(source, now, before, boxed)
    return {
        "cover_fields": front.cover_fields(source),
        "cover_choices": front.cover_choices(source, boxed, boxes),
    }


def build_forms(
    source: Source, report: ReportLayout, layouts: Sequence[FormLayout], *, cover: bool = True
) -> tuple[Form, ...]:
    """Build every form of the layout for the period of ``source``.

    The boxes of the cover page compare with the year before; without ``cover`` that work is left
    out, for those who want the figures alone.
    """
    content = _content(source, layouts)
    blocks: dict[str, Block] = {"front": front.front(source)}
    if cover:
        blocks |= _cover(source, report, layouts, content)
    return tuple(_lay_out(source, report, layouts, replace(content, blocks=blocks)))
