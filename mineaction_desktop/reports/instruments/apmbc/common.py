"""Small parts that several forms share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mineaction_desktop.domain.ledger import Account
from mineaction_desktop.domain.states import State
from mineaction_desktop.reports.figures import (
    Contribution,
    Figure,
    Records,
    Unit,
    counted,
    without_number,
)
from mineaction_desktop.reports.source import Source
from mineaction_desktop.storage.queries import Fact


def listed(*parts: str | None, by: str = "\n") -> str:
    """Independent statements one after the other; those that say nothing vanish."""
    return by.join(part for part in parts if part)


def sentence(source: Source, template: str, **values: object) -> str | None:
    """A sentence, or nothing when one of its values is missing or empty."""
    if any(value is None or value == "" for value in values.values()):
        return None
    return source.say(template, **values)


def record_figure(
    key: str, kind: str, row: Fact, column: str, unit: Unit, currency: str | None = None
) -> Figure:
    """One number of one record as a figure."""
    value: int | None = row[column]
    if value is None:
        return without_number(key, State.UNKNOWN, unit)
    part = Contribution(kind, row["id"], value)
    return counted(key, value, unit, Records(lambda: (part,)), currency=currency)


def records_figure(
    key: str, kind: str, parts: Iterable[tuple[str, int]], unit: Unit, currency: str | None = None
) -> Figure:
    """The sum of what several records contribute, each given by id and amount."""
    kept = [Contribution(kind, record_id, amount) for record_id, amount in parts]
    value = sum(part.amount for part in kept)
    return counted(key, value, unit, Records(lambda: kept), currency=currency)


def written_names(source: Source, kind: str) -> Mapping[str, str]:
    """How the State itself writes a type in the records of a kind, by type id; first wins."""
    return source.written_names(kind)


def type_name(source: Source, type_id: str | None, written: Mapping[str, str]) -> str:
    """The name of a type as the State writes it, else as the catalogue does."""
    if type_id is None:
        return source.presenter.state(State.UNKNOWN)
    row = source.by_id("ordnance_type").get(type_id)
    return written.get(type_id) or (row["name"] if row else type_id)


def account_key(source: Source, account: Account) -> str:
    """A stable name for an account: readable numbers instead of ids."""
    return source.account_key(account)
