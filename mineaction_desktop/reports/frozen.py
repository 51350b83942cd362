"""A report as plain data and back, with nothing lost: what a submission is kept as.

Every value that JSON does not know is an object with one key, the name of its type:
``{"Paragraph": {…}}``, ``{"State": "none"}``, ``{"date": "2025-12-31"}``. Figures stand once in a
list of their own, and so do the records behind them; cells and sums name them by position. Types
added to the document are frozen without a change here, and fields added with a default thaw.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, cast

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.domain.states import State
from mineaction_desktop.i18n import Message, mark
from mineaction_desktop.reports import document
from mineaction_desktop.reports.document import Report
from mineaction_desktop.reports.figures import Contribution, Figure, Records, Sum, Unit

FORMAT = 1

TOO_NEW = mark(
    "This submitted report was kept by a newer version of the program. "
    "Install that version to open it."
)

Data = dict[str, Any]

_TYPES: Mapping[str, type[Any]] = {
    kind.__name__: kind
    for kind in (*vars(document).values(), State, Unit)
    if isinstance(kind, type) and (is_dataclass(kind) or issubclass(kind, StrEnum))
    if kind not in (Figure, PartialDate, StrEnum)
}
"""Everything a document is made of, by name."""

_LEAVES: Mapping[type[Any], Callable[[Any], str]] = {
    PartialDate: str,
    datetime: datetime.isoformat,
    date: date.isoformat,
    bytes: lambda content: base64.b64encode(content).decode(),
}
"""How values that JSON does not know are written; each stands under the name of its type."""


def freeze(report: Report) -> Data:
    """Return a report as plain data; its evidence is read now and no register is needed later."""
    freezer = _Freezer()
    frozen = freezer.plain(report)
    return {
        "format": FORMAT,
        "report": frozen,
        "figures": freezer.figures,
        "records": [list(record) for record in freezer.records],
    }


def thaw(data: Mapping[str, Any]) -> Report:
    """Return the report that was frozen; writers make the same files of it."""
    if data.get("format") != FORMAT:
        raise UserError(Message(TOO_NEW))
    return cast("Report", _Thawer(data).value(data["report"]))


class _Freezer:
    """Gathers figures and records while it turns a report into data."""

    def __init__(self) -> None:
        self.figures: list[Data] = []
        self.records: dict[tuple[str, str], int] = {}
        self._places: dict[int, int] = {}
        self._kept: list[Figure] = []  # keeps them alive, so that no two share an id()

    def plain(self, value: object) -> object:
        if isinstance(value, StrEnum):  # an enumeration is a string too, so it comes first
            return {type(value).__name__: value.value}
        if value is None or isinstance(value, bool | int | float | str):
            return value
        if isinstance(value, tuple):
            return [self.plain(item) for item in value]
        return {type(value).__name__: self._inner(value)}

    def _inner(self, value: object) -> object:
        if isinstance(value, Figure):
            return self._figure(value)
        for kind, convert in _LEAVES.items():
            if isinstance(value, kind):
                return convert(value)
        if type(value).__name__ not in _TYPES:
            raise TypeError(f"a report cannot hold {value!r}")
        return self._fields(value)

    def _fields(self, value: Any) -> Data:  # noqa: ANN401 - any dataclass of the document
        return {part.name: self.plain(getattr(value, part.name)) for part in fields(value)}

    def _figure(self, figure: Figure) -> int:
        """The position of a figure in the list; one that stands in several places is one."""
        if id(figure) not in self._places:
            evidence = self._evidence(figure)
            self._places[id(figure)] = len(self.figures)
            self._kept.append(figure)
            self.figures.append(
                {
                    "key": figure.key,
                    "value": figure.value,
                    "state": figure.state.value,
                    "unit": figure.unit.value,
                    "partial": figure.partial,
                    "currency": figure.currency,
                    "evidence": evidence,
                }
            )
        return self._places[id(figure)]

    def _evidence(self, figure: Figure) -> Data | None:
        match figure.evidence:
            case None:
                return None
            case Records(load):
                return {"records": [[self._record(part), part.amount] for part in load()]}
            case Sum(terms):
                return {"sum": [[sign, self._figure(term)] for sign, term in terms]}

    def _record(self, part: Contribution) -> int:
        return self.records.setdefault((part.kind, part.record_id), len(self.records))


class _Thawer:
    """Makes the values of one frozen report; sums come after their terms, so order suffices."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._records: list[tuple[str, str]] = [(kind, name) for kind, name in data["records"]]
        self._figures: list[Figure] = []
        for frozen in data["figures"]:
            self._figures.append(self._figure(frozen))
        self._made: Mapping[str, Callable[[Any], object]] = {
            "Figure": self._figures.__getitem__,
            "PartialDate": PartialDate.parse,
            "datetime": datetime.fromisoformat,
            "date": date.fromisoformat,
            "bytes": base64.b64decode,
        }

    def value(self, plain: object) -> object:
        if isinstance(plain, list):
            return tuple(self.value(item) for item in plain)
        if not isinstance(plain, dict):
            return plain
        ((name, inner),) = plain.items()
        if make := self._made.get(name):
            return make(inner)
        kind = _TYPES.get(name)
        if kind is None:
            raise UserError(Message(TOO_NEW))
        if issubclass(kind, StrEnum):
            return kind(inner)
        return kind(**{part: self.value(item) for part, item in inner.items()})

    def _figure(self, frozen: Data) -> Figure:
        return Figure(
            key=frozen["key"],
            value=frozen["value"],
            state=State(frozen["state"]),
            unit=Unit(frozen["unit"]),
            evidence=self._evidence(frozen["evidence"]),
            partial=frozen["partial"],
            currency=frozen["currency"],
        )

    def _evidence(self, frozen: Data | None) -> Records | Sum | None:
        if frozen is None:
            return None
        if "sum" in frozen:
            return Sum(tuple((sign, self._figures[place]) for sign, place in frozen["sum"]))
        parts: list[list[int]] = frozen["records"]
        return Records(lambda: [self._contribution(*part) for part in parts])

    def _contribution(self, place: int, amount: int) -> Contribution:
        return Contribution(*self._records[place], amount)
