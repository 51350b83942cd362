"""Figures of a report that was submitted before the register began, entered from a table.

The table names each figure by its key, or by the form, table, row and column it stands in, as the
command ``figures`` shows them. A register can so be checked against the report before its first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from babel.numbers import get_currency_precision

from mineaction_desktop.domain.problems import Place, Problem, UserError
from mineaction_desktop.domain.states import STATE_WORDS, State
from mineaction_desktop.exchange.reading import read_tables
from mineaction_desktop.exchange.tables import Cell, Sheet, Vocabulary
from mineaction_desktop.formdef.reading_numbers import read_number
from mineaction_desktop.formdef.wording import closest, key
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.reports.figures import Figure, Unit
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.services.figures import figures_with_places
from mineaction_desktop.services.reporting import ReportRequest, build_report, check_request
from mineaction_desktop.services.submitting import frozen
from mineaction_desktop.storage.snapshots import (
    ENTERED,
    FrozenFigure,
    Snapshot,
    Submission,
    add_snapshot,
)
from mineaction_desktop.storage.store import Store, Writer

REASON = mark("figures of a submitted report entered")
PLACE = ("form", "table", "row", "column")
NAMES = ("figure", "value", *PLACE)

NO_VALUES = mark(
    "“{file}” has no column “value”, or names no figures. It needs the columns “figure” and "
    "“value”, or “form”, “table”, “row”, “column” and “value”."
)
NOT_TAKEN = mark("“{file}” was not taken: {n} row is wrong. Nothing was changed.")
NOT_TAKEN_MANY = mark("“{file}” was not taken: {n} rows are wrong. Nothing was changed.")
MESSAGES: Mapping[str, str] = {
    "ENTER-001": mark("There is no figure “{name}” in the report.{hint}"),
    "ENTER-002": mark(
        "“{value}” is no whole number. Write digits, or one of these words: {words}."
    ),
    "ENTER-003": mark(
        "The value is empty, and a blank is never a zero. Write 0, or one of: {words}."
    ),
    "ENTER-004": mark("The figure “{name}” stands in the file twice. Remove one of the two rows."),
}
"""The sentence behind each code."""
DID_YOU_MEAN = mark(" Did you mean {names}?")

_STATES = {
    key(word): state
    for state in State
    if not state.has_number
    for word in (state.value, STATE_WORDS[state])
}
_WORDS = ", ".join(state.value for state in State if not state.has_number)


@dataclass(frozen=True, slots=True)
class _Known:
    """The figures that a report can hold, by key and by place."""

    by_key: Mapping[str, Figure]
    by_place: Mapping[tuple[str, ...], str]


def enter_previous(
    store: Store, request: ReportRequest, file: Path, *, note: str | None = None
) -> Snapshot:
    """Keep the figures in a file as those submitted for a year; all of them or none."""
    check_request(request)
    (sheet, *_) = read_tables(file, Vocabulary(names=frozenset(NAMES))).sheets
    columns = _columns(sheet, file)
    with store.write(REASON) as writer:
        known = _known(store, writer, request)
        found = list(_figures(sheet, columns, known, Presenter(request.language), file))
        problems = tuple(item for item in found if isinstance(item, Problem))
        if problems:
            values = {"file": file.name, "n": len(problems)}
            raise UserError(Message(NOT_TAKEN, values, NOT_TAKEN_MANY), problems)
        return add_snapshot(
            writer,
            Submission(
                instrument=request.instrument,
                layout=request.layout,
                edition=request.edition,
                language=request.language,
                year=request.year,
                figures=[item for item in found if isinstance(item, FrozenFigure)],
                origin=ENTERED,
                note=note,
            ),
        )


def _columns(sheet: Sheet, file: Path) -> dict[str, int]:
    """Where each column that we know stands in the file."""
    headings = [key(heading) for heading in sheet.headings]
    columns = {name: headings.index(name) for name in NAMES if name in headings}
    if "value" not in columns or not ("figure" in columns or columns.keys() >= set(PLACE)):
        raise UserError(Message(NO_VALUES, {"file": file.name}))
    return columns


def _known(store: Store, writer: Writer, request: ReportRequest) -> _Known:
    """The figures of the year and of the one after it: a type or place may be in one alone."""
    by_key: dict[str, Figure] = {}
    by_place: dict[tuple[str, ...], str] = {}
    for year in (request.year + 1, request.year):
        asked = ReportRequest(
            year, request.instrument, request.layout, request.language, request.edition, nil=True
        )
        for place, figure in figures_with_places(build_report(store, writer, asked, whole=False)):
            by_key[figure.key] = figure
            by_place[tuple(place[name] for name in PLACE)] = figure.key
    return _Known(by_key, by_place)


def _figures(
    sheet: Sheet, columns: Mapping[str, int], known: _Known, presenter: Presenter, file: Path
) -> Iterator[FrozenFigure | Problem]:
    seen: set[str] = set()
    for number, cells in sheet.rows:
        place = Place(file=file.name, sheet=sheet.name, row=number)
        texts = {name: _text(cells, position) for name, position in columns.items()}
        name = texts.get("figure") or known.by_place.get(tuple(texts.get(n, "") for n in PLACE))
        figure = known.by_key.get(name or "")
        if figure is None:
            yield _unknown(texts, known, place)
            continue
        if figure.key in seen:
            yield Problem("ENTER-004", Message(MESSAGES["ENTER-004"], {"name": figure.key}), place)
        seen.add(figure.key)
        read = _read(texts["value"], figure)
        if read is None:
            yield _wrong_value(texts["value"], place)
        else:
            yield frozen(read, presenter)


def _text(cells: Sequence[Cell], position: int) -> str:
    value = cells[position] if position < len(cells) else None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def _read(text: str, figure: Figure) -> Figure | None:
    """The figure with the value of a cell; money is written in whole units of its currency."""
    if state := _STATES.get(key(text)):
        return Figure(figure.key, None, state, figure.unit, currency=figure.currency)
    reading = read_number(text)
    if reading is None or reading.unit:
        return None
    value = reading.value if reading.grouped is None else reading.grouped
    if figure.unit is Unit.MONEY and figure.currency:
        value = value.scaleb(get_currency_precision(figure.currency))
    if value != value.to_integral_value():
        return None
    return _counted(figure, value)


def _counted(figure: Figure, value: Decimal) -> Figure:
    state = State.VALUE if value else State.ZERO
    return Figure(figure.key, int(value), state, figure.unit, currency=figure.currency)


def _unknown(texts: Mapping[str, str], known: _Known, place: Place) -> Problem:
    name = texts.get("figure") or " · ".join(texts.get(part, "") for part in PLACE)
    near = closest(name, known.by_key if texts.get("figure") else ())
    hint: Message | str = Message(DID_YOU_MEAN, {"names": ", ".join(near)}) if near else ""
    message = Message(MESSAGES["ENTER-001"], {"name": name, "hint": hint})
    return Problem("ENTER-001", message, place, value=name)


def _wrong_value(text: str, place: Place) -> Problem:
    code = "ENTER-002" if text else "ENTER-003"
    message = Message(MESSAGES[code], {"value": text, "words": _WORDS})
    return Problem(code, message, place, value=text)
