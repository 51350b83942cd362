"""A report as data: the same document for programs, each figure with the records behind it.

``docs/report.schema.json`` describes the format. Keys stand in a fixed order and each row of a
table on a line of its own, so that two reports can be compared line by line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from functools import cached_property
from pathlib import Path

import msgspec
from babel.numbers import get_currency_precision

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.states import State
from mineaction_desktop.reports.document import (
    Block,
    Cell,
    Chart,
    Choice,
    Choices,
    Fields,
    Form,
    Heading,
    Medium,
    Origin,
    Paragraph,
    Picture,
    Report,
    Row,
    SketchMap,
    Table,
)
from mineaction_desktop.reports.figures import Figure, Records, Sum
from mineaction_desktop.reports.present import Presenter

SCHEMA = "mineaction-report/1"

Data = dict[str, object]
_Gather = Callable[[Iterator[Data]], Iterable[Data]]

_SPREAD = ("forms", "blocks")  # lists whose items are themselves laid out over several lines


def report_data(report: Report, presenter: Presenter, *, evidence: bool = True) -> Data:
    """Return a report as plain data."""
    return _Writer(report, presenter, evidence=evidence, gather=list).report()


def write_json(report: Report, presenter: Presenter, path: Path, *, evidence: bool = True) -> None:
    """Write a report as JSON; equal reports make equal bytes."""
    data = _Writer(report, presenter, evidence=evidence, gather=iter).report()
    with path.open("wb") as out:
        out.writelines(_object(data, b""))
        out.write(b"\n")


def figure_writer(report: Report, presenter: Presenter) -> Callable[[Figure], Data]:
    """Return what turns a figure of the report into plain data, evidence included."""
    return _Writer(report, presenter, evidence=True, gather=list).figure


@dataclass(frozen=True)
class _Writer:
    """Turns one report into data; ``gather`` decides whether rows are made at once or on demand."""

    source: Report
    presenter: Presenter
    evidence: bool
    gather: _Gather

    @cached_property
    def _printed(self) -> frozenset[str]:
        return frozenset(figure.key for figure in self.source.figures(Medium.DATA))

    def report(self) -> Data:
        report = self.source
        return {
            "schema": SCHEMA,
            "instrument": report.instrument,
            "layout": report.layout,
            "edition": report.edition,
            "language": report.language,
            "right_to_left": report.right_to_left,
            "title": report.title,
            "short_title": report.short_title,
            "state": {
                "iso3": report.iso3,
                "name": report.state_name,
                "authority": report.authority,
            },
            "period": {
                "first_day": report.first_day.isoformat(),
                "last_day": report.last_day.isoformat(),
            },
            "as_of": report.as_of.isoformat(),
            "is_final": report.is_final,
            "mark": report.mark,
            "notice": report.notice,
            "origin": _origin(report.origin),
            "forms": [self._form(form) for form in report.printed(Medium.DATA)],
        }

    def _form(self, form: Form) -> Data:
        return {
            "key": form.key,
            "sheet": form.sheet,
            "label": form.label,
            "title": form.title,
            "preamble": [_paragraph(paragraph) for paragraph in form.preamble],
            "period_line": form.period_line,
            "blocks": [self._block(block) for block in form.blocks],
        }

    def _block(self, block: Block) -> Data:
        match block:
            case Table():
                return self._table(block)
            case Fields(items):
                fields = [{"label": label, "value": self._cell(value)} for label, value in items]
                return {"block": "fields", "items": fields}
            case _:
                return _plain_block(block)

    def _table(self, table: Table) -> Data:
        columns = [
            {
                "key": column.key,
                "title": column.title,
                "kind": str(column.kind),
                "unit": column.unit,
                "help": column.help,
            }
            for column in table.columns
        ]
        words = table.empty_text or self.presenter.state(table.empty)
        return {
            "block": "table",
            "key": table.key,
            "title": table.title,
            "columns": columns,
            "rows": self.gather(self._row(row) for row in table.rows),
            "empty": {"state": str(table.empty), "text": words},
            "notes": list(table.notes),
        }

    def _row(self, row: Row) -> Data:
        return {
            "key": row.key,
            "role": str(row.role),
            "cells": [self._cell(cell) for cell in row.cells],
        }

    def _cell(self, cell: Cell) -> object:
        match cell:
            case None:
                return None
            case State():  # a state is a string too, so it comes first
                return {"state": str(cell), "text": self.presenter.state(cell)}
            case str():
                return cell
            case Figure():
                return self.figure(cell)
            case PartialDate():
                return {"date": cell.text, "text": self.presenter.partial_date(cell)}
            case date():
                return {"date": cell.isoformat(), "text": self.presenter.day(cell)}

    def figure(self, figure: Figure) -> Data:
        data: Data = {
            "figure": figure.key,
            "value": figure.value,
            "state": str(figure.state),
            "unit": str(figure.unit),
            "text": self.presenter.figure(figure),
        }
        if figure.partial:
            data["partial"] = True
        if figure.currency:
            data["currency"] = figure.currency
            data["decimals"] = get_currency_precision(figure.currency)
        if self.evidence:
            data["evidence"] = self._evidence(figure)
        return data

    def _evidence(self, figure: Figure) -> Data | None:
        match figure.evidence:
            case None:
                return None
            case Sum(terms) if all(term.key in self._printed for _, term in terms):
                return {"sum": [[sign, term.key] for sign, term in terms]}
            case Records() | Sum():
                return {"records": _records(figure)}


def _records(figure: Figure) -> list[list[object]]:
    """Each record behind a figure once, with all it contributes, in a fixed order."""
    amounts: dict[tuple[str, str], int] = {}
    for part in figure.contributions():
        record = (part.kind, part.record_id)
        amounts[record] = amounts.get(record, 0) + part.amount
    return [[kind, record_id, amount] for (kind, record_id), amount in sorted(amounts.items())]


def _origin(origin: Origin) -> Data:
    changed = origin.changed_at
    return {
        "register_id": origin.register_id,
        "change_number": origin.change_number,
        "fingerprint": origin.fingerprint,
        "changed_at": (changed.astimezone(UTC) if changed.tzinfo else changed).isoformat(),
        "program": origin.program,
    }


def _paragraph(paragraph: Paragraph) -> Data:
    return {"role": str(paragraph.role), "text": paragraph.text}


def _plain_block(block: Heading | Paragraph | Choices | Chart | Picture | SketchMap) -> Data:
    """A block without cells."""
    match block:
        case Heading(text, level):
            data: Data = {"block": "heading", "level": level, "text": text}
        case Paragraph():
            data = {"block": "paragraph", **_paragraph(block)}
        case Choices(left, right):
            data = {"block": "choices", "left": _choices(left), "right": _choices(right)}
        case Picture(caption=caption, alt=alt, content=content):
            digest = hashlib.sha256(content).hexdigest()
            data = {"block": "picture", "caption": caption, "alt": alt, "sha256": digest}
        case Chart():
            data = _chart(block)
        case SketchMap():
            data = _map(block)
    return data


def _chart(chart: Chart) -> Data:
    return {
        "block": "chart",
        "key": chart.key,
        "title": chart.title,
        "kind": str(chart.kind),
        "unit": chart.unit,
        "categories": list(chart.categories),
        "series": [{"name": row.name, "values": list(row.values)} for row in chart.series],
        "alt": chart.alt,
    }


def _map(sketch: SketchMap) -> Data:
    marks = [
        {
            "name": mark.name,
            "longitude": mark.longitude,
            "latitude": mark.latitude,
            "number": mark.number,
            "role": mark.role,
        }
        for mark in sketch.marks
    ]
    return {
        "block": "map",
        "key": sketch.key,
        "title": sketch.title,
        "marks": marks,
        "caption": sketch.caption,
        "alt": sketch.alt,
    }


def _choices(choices: Sequence[Choice]) -> list[Data]:
    return [
        {
            "label": choice.label,
            "options": [{"text": text, "ticked": ticked} for text, ticked in choice.options],
        }
        for choice in choices
    ]


def _object(data: Mapping[str, object], indent: bytes) -> Iterator[bytes]:
    """An object over several lines: a line for each value, and for each item of a list."""
    inner = indent + b" "
    yield b"{"
    for number, (key, value) in enumerate(data.items()):
        yield (b",\n" if number else b"\n") + inner + msgspec.json.encode(key) + b": "
        if isinstance(value, Mapping) or not isinstance(value, Iterable) or isinstance(value, str):
            yield msgspec.json.encode(value)
        else:
            yield from _list(value, inner, spread=key in _SPREAD)
    yield b"\n" + indent + b"}"


def _list(items: Iterable[object], indent: bytes, *, spread: bool) -> Iterator[bytes]:
    inner = indent + b" "
    empty = True
    for item in items:
        yield (b"[\n" if empty else b",\n") + inner
        empty = False
        if spread and isinstance(item, Mapping):
            yield from _object(item, inner)
        else:
            yield msgspec.json.encode(item)
    yield b"[]" if empty else b"\n" + indent + b"]"
