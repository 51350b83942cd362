"""A report as data: every output fits the published schema, every figure opens its records."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from report_samples import (
    arabic_report,
    chinese_report,
    draft_report,
    empty_report,
    figure,
    large_report,
    report_of,
    russian_report,
    sample_report,
)

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.states import State
from mineaction_desktop.reports.document import Cell, Fields, Form, Report
from mineaction_desktop.reports.figures import (
    Contribution,
    Figure,
    Records,
    Unit,
    combine,
    total,
    without_number,
)
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.reports.writers.data import SCHEMA, report_data, write_json

PUBLISHED = json.loads(
    (Path(__file__).parent.parent / "docs" / "report.schema.json").read_text("utf-8")
)
ALL_REPORTS: list[Callable[[], Report]] = [
    sample_report,
    draft_report,
    empty_report,
    arabic_report,
    chinese_report,
    russian_report,
    partial(large_report, 20),
]


def written(report: Report, folder: Path, *, evidence: bool = True) -> Any:  # noqa: ANN401 (JSON)
    target = folder / "report.json"
    write_json(report, Presenter(report.language), target, evidence=evidence)
    return json.loads(target.read_text("utf-8"))


def as_data(*cells: Cell, evidence: bool = True) -> list[Any]:
    """What cells beside labels become."""
    fields = Fields(tuple((str(at), cell) for at, cell in enumerate(cells)))
    report = report_of([Form(key="k", sheet="K", title="Title", blocks=(fields,))])
    data = json.loads(json.dumps(report_data(report, Presenter(), evidence=evidence)))
    return [item["value"] for item in data["forms"][0]["blocks"][0]["items"]]


# --- the published schema ------------------------------------------------------------------------


def misfits(data: object, schema: dict[str, Any], place: str = "$") -> Iterator[str]:
    """Each place where data does not fit a schema of the keywords that ours uses."""
    for keyword, wanted in schema.items():
        yield from _KEYWORDS[keyword](data, wanted, schema, place)


def _type(data: object, wanted: str | list[str], _: object, place: str) -> Iterator[str]:
    name = _TYPES[type(data)]
    if name not in (wanted if isinstance(wanted, list) else [wanted]):
        yield f"{place}: {name} instead of {wanted}"


def _ref(data: object, wanted: str, _: object, place: str) -> Iterator[str]:
    yield from misfits(data, PUBLISHED["$defs"][wanted.removeprefix("#/$defs/")], place)


def _any_of(data: object, wanted: list[Any], _: object, place: str) -> Iterator[str]:
    if all(any(misfits(data, schema)) for schema in wanted):
        yield f"{place}: fits nothing of {len(wanted)}"


def _properties(data: object, wanted: dict[str, Any], _: object, place: str) -> Iterator[str]:
    if isinstance(data, dict):
        for key in data.keys() & wanted.keys():
            yield from misfits(data[key], wanted[key], f"{place}.{key}")


def _required(data: object, wanted: list[str], _: object, place: str) -> Iterator[str]:
    if isinstance(data, dict):
        yield from (f"{place}: no {key}" for key in wanted if key not in data)


def _additional(data: object, _: object, schema: dict[str, Any], place: str) -> Iterator[str]:
    if isinstance(data, dict):
        yield from (f"{place}: unknown {key}" for key in data if key not in schema["properties"])


def _items(data: object, wanted: dict[str, Any], _: object, place: str) -> Iterator[str]:
    if isinstance(data, list):
        for at, item in enumerate(data):
            yield from misfits(item, wanted, f"{place}[{at}]")


def _prefix(data: object, wanted: list[Any], _: object, place: str) -> Iterator[str]:
    if isinstance(data, list):
        for at, (item, schema) in enumerate(zip(data, wanted, strict=False)):
            yield from misfits(item, schema, f"{place}[{at}]")


def _holds(
    check: Callable[[Any, Any], bool], data: object, wanted: object, _: object, place: str
) -> Iterator[str]:
    if not check(data, wanted):
        yield f"{place}: {data!r} for {wanted!r}"


def _nothing(*_: object) -> Iterator[str]:
    return iter(())


_TYPES = {
    type(None): "null",
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    list: "array",
    dict: "object",
}
_KEYWORDS: dict[str, Callable[..., Iterator[str]]] = {
    "type": _type,
    "$ref": _ref,
    "anyOf": _any_of,
    "properties": _properties,
    "required": _required,
    "additionalProperties": _additional,
    "items": _items,
    "prefixItems": _prefix,
    "minItems": partial(_holds, lambda data, wanted: len(data) >= wanted),
    "maxItems": partial(_holds, lambda data, wanted: len(data) <= wanted),
    "const": partial(_holds, lambda data, wanted: data == wanted),
    "enum": partial(_holds, lambda data, wanted: data in wanted),
    "pattern": partial(_holds, lambda data, wanted: re.search(wanted, data) is not None),
    "title": _nothing,
    "description": _nothing,
    "$schema": _nothing,
    "$defs": _nothing,
}


@pytest.mark.parametrize("evidence", [True, False])
@pytest.mark.parametrize("make", ALL_REPORTS)
def test_a_report_fits_the_published_schema(
    make: Callable[[], Report], evidence: bool, tmp_path: Path
) -> None:
    data = written(make(), tmp_path, evidence=evidence)
    assert list(misfits(data, PUBLISHED)) == []
    assert data["schema"] == SCHEMA


def test_the_schema_names_every_state_and_unit_there_is() -> None:
    found = PUBLISHED["$defs"]["figure"]["properties"]
    assert found["state"]["enum"] == [state.value for state in State]
    assert found["unit"]["enum"] == [unit.value for unit in Unit]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.pop("as_of"),
        lambda data: data.update(more=1),
        lambda data: data["forms"][2]["blocks"][0]["rows"][1]["cells"].append(3.5),
        lambda data: data["forms"][2]["blocks"][0].update(block="picture"),
        lambda data: data.update(is_final="yes"),
    ],
)
def test_the_schema_tells_good_from_bad(spoil: Callable[[Any], object], tmp_path: Path) -> None:
    data = written(sample_report(), tmp_path)
    spoil(data)
    assert list(misfits(data, PUBLISHED)) != []


# --- cells and figures ---------------------------------------------------------------------------

MINES = figure("mines", 1200)


@pytest.mark.parametrize(
    ("cell", "data"),
    [
        (None, None),
        ("=1+1", "=1+1"),
        (State.WITHHELD, {"state": "withheld", "text": "Withheld"}),
        (date(2025, 6, 30), {"date": "2025-06-30", "text": "30 Jun 2025"}),
        (PartialDate.parse("1992/1995"), {"date": "1992/1995", "text": "1992 to 1995"}),
        (
            MINES,
            {"figure": "mines", "value": 1200, "state": "value", "unit": "mine", "text": "1,200"},
        ),
        (
            figure("none left", 0, Unit.AREA),
            {"figure": "none left", "value": 0, "state": "zero", "unit": "m2", "text": "0"},
        ),
        (
            without_number("lost", State.UNKNOWN, Unit.ITEM),
            {
                "figure": "lost",
                "value": None,
                "state": "unknown",
                "unit": "item",
                "text": "Not known",
            },
        ),
        (
            replace(figure("cost", 123456, Unit.MONEY, currency="EUR"), partial=True),
            {
                "figure": "cost",
                "value": 123456,
                "state": "value",
                "unit": "money",
                "text": "1,234.56 or more",
                "partial": True,
                "currency": "EUR",
                "decimals": 2,
            },
        ),
    ],
)
def test_a_cell_says_what_it_is(cell: Cell, data: object) -> None:
    (found,) = as_data(cell, evidence=False)
    assert found == data
    if isinstance(data, dict):
        assert list(found) == list(data)


def resting_on(key: str, *parts: tuple[str, int]) -> Figure:
    records = tuple(Contribution("stock_movement", name, amount) for name, amount in parts)
    value = sum(amount for _, amount in parts)
    return Figure(key, value, State.VALUE, Unit.MINE, Records(lambda: records))


FIRST = resting_on("first", ("r2", 5), ("r1", 7))
SECOND = resting_on("second", ("r1", 1), ("r3", 4))
BOTH = total("both", (FIRST, SECOND), Unit.MINE)
NET = combine("net", [(1, FIRST), (-1, SECOND)], Unit.MINE)


@pytest.mark.parametrize(
    ("cells", "evidence"),
    [
        pytest.param(
            [FIRST],
            {"records": [["stock_movement", "r1", 7], ["stock_movement", "r2", 5]]},
            id="records in a fixed order",
        ),
        pytest.param(
            [NET, FIRST, SECOND], {"sum": [[1, "first"], [-1, "second"]]}, id="printed terms"
        ),
        pytest.param(
            [BOTH, FIRST],
            {
                "records": [
                    ["stock_movement", "r1", 8],
                    ["stock_movement", "r2", 5],
                    ["stock_movement", "r3", 4],
                ]
            },
            id="a term that is not printed opens to merged records",
        ),
        pytest.param(
            [NET],
            {
                "records": [
                    ["stock_movement", "r1", 6],
                    ["stock_movement", "r2", 5],
                    ["stock_movement", "r3", -4],
                ]
            },
            id="signs reach the records",
        ),
        pytest.param([without_number("gap", State.NONE, Unit.MINE)], None, id="nothing to open"),
    ],
)
def test_a_figure_carries_its_evidence(cells: list[Cell], evidence: object) -> None:
    assert as_data(*cells)[0]["evidence"] == evidence


def test_without_evidence_no_record_is_named(tmp_path: Path) -> None:
    written(sample_report(), tmp_path, evidence=False)
    text = (tmp_path / "report.json").read_text("utf-8")
    assert "evidence" not in text
    assert "stock_movement" not in text


def test_evidence_adds_up_to_every_value(tmp_path: Path) -> None:
    data = written(sample_report(), tmp_path)
    figures = {found["figure"]: found for found in figures_in(data)}
    assert len(figures) > 20
    for found in figures.values():
        match found["evidence"]:
            case {"records": records}:
                assert sum(amount for *_, amount in records) == found["value"]
            case {"sum": terms}:
                parts = ((sign, figures[key]["value"] or 0) for sign, key in terms)
                assert sum(sign * value for sign, value in parts) == found["value"]
            case none:
                assert (none, found["value"]) == (None, None)


def figures_in(data: object) -> Iterator[dict[str, Any]]:
    """Every figure anywhere in data."""
    if isinstance(data, dict):
        if "figure" in data:
            yield data
        for value in data.values():
            yield from figures_in(value)
    elif isinstance(data, list):
        for item in data:
            yield from figures_in(item)


# --- the file ------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", ALL_REPORTS)
def test_the_file_holds_the_same_data_and_the_same_bytes(
    make: Callable[[], Report], tmp_path: Path
) -> None:
    report = make()
    data = report_data(report, Presenter(report.language))
    assert written(report, tmp_path) == json.loads(json.dumps(data))
    first = (tmp_path / "report.json").read_bytes()
    written(make(), tmp_path)
    assert (tmp_path / "report.json").read_bytes() == first
    assert first.endswith(b"}\n")


def test_each_row_has_a_line_of_its_own(tmp_path: Path) -> None:
    written(large_report(50), tmp_path)
    lines = (tmp_path / "report.json").read_text("utf-8").splitlines()
    rows = [line for line in lines if line.strip().startswith('{"key":"r') and '"role"' in line]
    assert len(rows) == 50


def test_texts_are_readable_in_their_script(tmp_path: Path) -> None:
    written(arabic_report(), tmp_path)
    assert "جمهورية ساندوفيا" in (tmp_path / "report.json").read_text("utf-8")
