"""The classic layout: which builder fills which table of the form files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from mineaction_desktop.domain.vocabulary import AreaClass, RetainedMovementKind, StockPool
from mineaction_desktop.reports.document import Block, Form
from mineaction_desktop.reports.evidence import Evidence
from mineaction_desktop.reports.instruments.apmbc import (
    annexes,
    area_list,
    cooperation,
    cover,
    devices,
    drawings,
    front,
    land,
    measures,
    notes,
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
    "area_list": area_list.area_list,
    "explanations": notes.explanations,
    "overrides": notes.overrides,
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
    boxed = [layout for layout in layouts if layout.choices]

    def forms_of(seen: Source) -> list[Form]:
        own = content if seen is source else _content(seen, boxed)
        return _lay_out(seen, report, boxed, own)

    return cover.cover(source, report, boxed, forms_of)


EVIDENCE = ("evidence_by_record", "evidence_by_figure")
"""Tables that open the figures of all other forms, and so are made after them."""


def _is_evidence(layout: FormLayout) -> bool:
    return any(part.table in EVIDENCE for part in layout.parts)


def build_forms(
    source: Source, report: ReportLayout, layouts: Sequence[FormLayout], *, whole: bool = True
) -> tuple[Form, ...]:
    """Build every form of the layout for the period of ``source``.

    The boxes of the cover page compare with the report before; drawings and the annex of evidence
    take time as well. Those who want the figures alone leave all this out with ``whole=False``.
    """
    plain = [layout for layout in layouts if not _is_evidence(layout)]
    content = _content(source, plain)
    blocks: dict[str, Block] = {"front": front.front(source)}
    if whole:
        blocks |= _cover(source, report, plain, content)
    drawn = drawings.drawings(source) if whole else {}
    forms = _lay_out(source, report, plain, replace(content, blocks=blocks, drawings=drawn))
    if whole:
        opened = Evidence(source, forms)
        tables = dict(zip(EVIDENCE, (opened.by_record(), opened.by_figure()), strict=True))
        annexes_of_evidence = [layout for layout in layouts if _is_evidence(layout)]
        forms += _lay_out(source, report, annexes_of_evidence, Content(tables=tables))
    return tuple(forms)
