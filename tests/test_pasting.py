"""Rows from a spreadsheet: good ones are held, bad cells are named, nothing is stored too early."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from registers import admin_unit, new_store, organisation

from mineaction_desktop.formdef.catalogue import load_catalogue
from mineaction_desktop.formdef.types import PORTABLE
from mineaction_desktop.services import browsing, pasting, undoing
from mineaction_desktop.services.browsing import ListQuery
from mineaction_desktop.services.opening import Store
from mineaction_desktop.services.pasting import Pasted, table_of

CATALOGUE = load_catalogue()
KIND = "hazardous_area"
HEAD = "Name\tArea class\tStatus\tAdministrative unit\tSurvey date"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as made:
        with made.write("test") as writer:
            writer.add(admin_unit("Lusulu"), organisation("Army"))
        yield made


def _pasted(store: Store, *lines: str, kind: str = KIND) -> Pasted:
    text = "\r\n".join(lines) + "\r\n"
    found = pasting.pasted(CATALOGUE, kind, text, ("local_id", "name", "area_class"), PORTABLE)
    found.read(store)
    return found


def _count(store: Store, kind: str = KIND) -> int:
    found = browsing.totals(store, CATALOGUE, ListQuery(kind))
    assert found is not None
    return found.count


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("a\tb\r\n1\t2\r\n", [["a", "b"], ["1", "2"]]),
        ("a\n\nb\n", [["a"], ["b"]]),
        ("a\tb\n1\n", [["a", "b"], ["1", ""]]),
        ('"two\nlines"\tx\n', [["two\nlines", "x"]]),
        ('"say ""hi"""\n', [['say "hi"']]),
        ('5" shell\tx\n', [['5" shell', "x"]]),
        ("", []),
        ("\n\n", []),
    ],
)
def test_cells_as_a_spreadsheet_copies_them(text: str, table: list[list[str]]) -> None:
    assert table_of(text) == table


@given(st.text(max_size=60))
def test_any_clipboard_is_some_table(text: str) -> None:
    table = table_of(text)
    assert len({len(row) for row in table}) <= 1


def test_columns_are_found_by_their_headings(store: Store) -> None:
    found = _pasted(store, HEAD, "Hill\tCHA\topen\tLusulu\t2019-05")
    assert found.columns == ["name", "area_class", "status", "admin_unit_id", "survey_date"]
    assert found.good == 1


def test_without_headings_the_columns_are_those_of_the_list(store: Store) -> None:
    found = _pasted(store, "HA-000077\tHill\tCHA")
    assert found.columns == ["local_id", "name", "area_class"]
    assert len(found.rows) == 1


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Hill\tXXX\topen\tLusulu\t2019", "FIELD-030"),
        ("Hill\tCHA\topen\tNowhere\t2019", "LINK-001"),
        ("Hill\tCHA\topen\tLusulu\tlast spring", "FIELD-020"),
        ("Hill\t\topen\tLusulu\t2019", "FIELD-001"),
    ],
)
def test_a_bad_cell_is_named(store: Store, line: str, code: str) -> None:
    found = _pasted(store, HEAD, line)
    problems = [problem.code for _, column, problem in found.bad_cells() if column is not None]
    assert problems == [code]
    assert found.good == 0


def test_a_corrected_cell_makes_its_row_good(store: Store) -> None:
    found = _pasted(store, HEAD, "Hill\tXXX\topen\tNowhere\t2019")
    found.change(store, 0, 1, "SHA")
    assert [column for _, column, _ in found.bad_cells()] == [3]
    found.change(store, 0, 3, "Lusulu")
    assert found.good == 1


def test_nothing_is_stored_before_it_is_accepted_and_then_in_one_step(store: Store) -> None:
    good = [f"Hill {n}\tCHA\topen\tLusulu\t2019" for n in range(980)]
    bad = [f"Bad {n}\tCHA\topen\tLusulu\tsometime" for n in range(20)]
    found = _pasted(store, HEAD, *good, *bad)
    assert (_count(store), found.good, sum(1 for _ in found.bad_cells())) == (0, 980, 20)
    changes = found.accept(store)
    assert (_count(store), len(changes), len(found.rows)) == (980, 980, 20)
    undoing.take_back(store, changes.batch)
    assert _count(store) == 0


def test_formulas_are_text_and_what_we_guarded_is_restored(store: Store) -> None:
    found = _pasted(store, "Name\tArea class\tStatus", "=1+1\tCHA\topen", "'=2+2\tCHA\topen")
    assert [row.values["name"] for row in found.rows] == ["=1+1", "=2+2"]
    number = _pasted(store, "Name\tNumber of areas", "Hill\t=1+1")
    assert 1 in number.rows[0].cells


def test_numbers_that_are_taken_are_named(store: Store) -> None:
    with store.write("test") as writer:
        row = {"local_id": "BO-1", "name": "x", "area_class": "CHA", "status": "open"}
        writer.add_rows(KIND, [row])
    head = "Record number\tName\tArea class\tStatus"
    lines = ["BO-1\ta\tCHA\topen", "BO-2\tb\tCHA\topen", "BO-2\tc\tCHA\topen"]
    found = _pasted(store, head, *lines)
    assert [problem.code for _, _, problem in found.bad_cells()] == [
        "PASTE-001",
        "PASTE-002",
        "PASTE-002",
    ]
    found.change(store, 2, 0, "BO-3")
    assert [problem.code for _, _, problem in found.bad_cells()] == ["PASTE-001"]


def test_an_amount_is_read_in_the_currency_of_its_row(store: Store) -> None:
    head = "Direction\tPillar\tPeriod\tDonor\tAmount\tCurrency"
    found = _pasted(store, head, "received\tclearance\t2024\tArmy\t12.5\tUSD", kind="funding")
    assert found.rows[0].values["amount"] == 1250


def test_columns_can_be_matched_by_hand(store: Store) -> None:
    found = _pasted(store, "Label of ours\tClass", "Hill\tCHA")
    found.columns = ["name", "area_class"]
    found.read(store)
    assert found.rows[0].values["name"] == "Hill"
