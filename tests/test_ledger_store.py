"""The three ledgers as the register keeps them: one statement, the same numbers as the engine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.ledger import COUNTED, Movement, Total, balances, totals
from mineaction_desktop.domain.periods import Period
from mineaction_desktop.records.land import HazardousArea
from mineaction_desktop.records.reference import OrdnanceType, Organisation
from mineaction_desktop.storage.ledgers import (
    LAND_TABLE,
    RETAINED_TABLE,
    STOCK_TABLE,
    LedgerTable,
    counted_movements,
    ledger_movements,
    ledger_totals,
)
from mineaction_desktop.storage.queries import Counting
from mineaction_desktop.storage.store import Author, Store

YEARS = range(2019, 2025)
DATES = st.one_of(
    st.dates(date(2018, 6, 1), date(2025, 6, 30)).map(PartialDate.of),
    st.integers(2018, 2025).map(lambda year: PartialDate.parse(str(year))),
    st.integers(2018, 2025).map(lambda year: PartialDate.parse(f"{year}-07")),
    st.just(PartialDate.parse("2020/2022")),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, author: Author) -> Iterator[Store]:
    path: Path = tmp_path_factory.mktemp("ledger") / "ledger.mineaction"
    with Store.create(path, author) as made:
        with made.write() as writer:
            writer.add(
                *(HazardousArea(id=f"area-{n}", area_class="CHA") for n in range(3)),
                *(Organisation(id=f"org-{n}", name=f"Holder {n}") for n in range(2)),
                *(OrdnanceType(id=f"type-{n}", name=f"T{n}", family="APM") for n in range(2)),
            )
        yield made


ACCOUNTS: dict[str, dict[str, st.SearchStrategy[str | None]]] = {
    "area_movement": {
        "hazardous_area_id": st.sampled_from(["area-0", "area-1", "area-2", None]),
        "admin_unit_id": st.none(),
        "area_class": st.sampled_from(["SHA", "CHA"]),
    },
    "stock_movement": {
        "ordnance_type_id": st.sampled_from(["type-0", "type-1"]),
        "pool": st.sampled_from(["declared", "found_late"]),
        "lot": st.sampled_from(["L-1", None]),
        "holder_id": st.sampled_from(["org-0", None]),
    },
    "retained_movement": {
        "organisation_id": st.sampled_from(["org-0", "org-1"]),
        "ordnance_type_id": st.sampled_from(["type-0", "type-1"]),
        "lot": st.sampled_from(["L-1", None]),
        "condition": st.sampled_from(["live", None]),
    },
}


@st.composite
def histories(draw: st.DrawFn, ledger: LedgerTable) -> list[dict[str, object]]:
    row: st.SearchStrategy[dict[str, object]] = st.fixed_dictionaries(
        {
            **ACCOUNTS[ledger.kind],
            "date": DATES,
            "kind": st.sampled_from([*map(str, ledger.rules.signs), COUNTED]),
            ledger.quantity: st.integers(0, 10**9),
            "review_state": st.sampled_from(["entered", "accepted", "rejected"]),
        }
    )
    return draw(st.lists(row, min_size=1, max_size=40))


@pytest.mark.parametrize("ledger", [LAND_TABLE, STOCK_TABLE, RETAINED_TABLE], ids=lambda t: t.kind)
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_register_keeps_its_ledgers_exactly(
    store: Store, ledger: LedgerTable, data: st.DataObject
) -> None:
    rows = data.draw(histories(ledger))
    with pytest.raises(_TakenBackError):
        _keep_and_compare(store, ledger, rows)


def _keep_and_compare(store: Store, ledger: LedgerTable, rows: list[dict[str, object]]) -> None:
    with store.write() as writer:
        ids = writer.add_rows(ledger.kind, rows)
        movements = [
            _movement(ledger, record_id, row)
            for record_id, row in zip(ids, rows, strict=True)
            if row["review_state"] != "rejected"
        ]
        closings: dict[object, int] = {}
        for year in YEARS:
            period = Period.of_year(year)
            found = ledger_totals(writer, ledger, period, Counting())
            assert sorted(map(_plain, found)) == sorted(map(_plain, totals(movements, period)))
            parts = balances(ledger.rules, found)
            opened = {part.account: part.opening for part in parts}
            for account, closing in closings.items():
                assert opened.get(account, 0) == closing  # type: ignore[call-overload]  # any key
            closings = {part.account: part.closing for part in parts}
            behind = ledger_movements(writer, ledger, period, Counting())
            assert sum(map(len, behind.values())) == sum(m.on <= period.last for m in movements)
        counted = counted_movements(writer, ledger, date(2025, 12, 31), Counting())
        accounts = {m.account for m in movements if m.kind == COUNTED}
        assert {m.id for m in counted} == {m.id for m in movements if m.account in accounts}
        raise _TakenBackError


class _TakenBackError(Exception):
    """Ends the transaction, so that each example starts with an empty ledger."""


def _movement(ledger: LedgerTable, record_id: str, row: dict[str, object]) -> Movement:
    when, quantity = row["date"], row[ledger.quantity]
    assert isinstance(when, PartialDate)
    assert isinstance(quantity, int)
    account = tuple(None if row[name] is None else str(row[name]) for name in ledger.account)
    return Movement(record_id, when.last, account, str(row["kind"]), quantity)


def _plain(part: Total) -> str:
    return repr((part.account, str(part.kind), part.before, part.within))
