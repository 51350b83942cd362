"""What lists show: the right records in the right order, whatever is asked, and what they total."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from registers import admin_unit, new_store, organisation

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.formdef.catalogue import Catalogue, load_catalogue
from mineaction_desktop.i18n import load_words
from mineaction_desktop.services import browsing, list_files
from mineaction_desktop.services.browsing import Filter, ListQuery, Names, Operator
from mineaction_desktop.services.opening import Store

KIND = "hazardous_area"
CATALOGUE = load_catalogue()
FORM = CATALOGUE.form(KIND)
COLUMNS = ("local_id", "name", "area_class", "admin_unit_id", "survey_date", "number_of_areas")


def _row(
    name: str, area_class: str, unit: str | None, date: str | None, number: int | None
) -> dict[str, object]:
    found: dict[str, object] = {
        "name": name,
        "area_class": area_class,
        "status": "open",
        "admin_unit_id": unit,
        "survey_date": PartialDate.parse(date) if date else None,
        "number_of_areas": number,
    }
    return {field: value for field, value in found.items() if value is not None}


def _rows(one: str | None, other: str | None) -> list[dict[str, object]]:
    return [
        _row("Peña blanca", "CHA", one, "2019-03-05", 3),
        _row("old bridge", "SHA", one, "2019", 12),
        _row("حقل ألغام", "CHA", other, "2020-06", 7),
        _row("Zebra 100%", "CHA", None, None, None),
        _row("地雷场 北", "SHA", other, "2021-12-31", 1),
    ]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Five areas in two units; a sixth is deleted."""
    with new_store(tmp_path_factory.mktemp("listing")) as made:
        with made.write("test") as writer:
            one, other = admin_unit("Lusulu"), admin_unit("Ésk")
            writer.add(one, other)
            ids = writer.add_rows(KIND, _rows(one.id, other.id))
            gone = writer.add_rows(KIND, [{"name": "gone", "area_class": "CHA", "status": "open"}])
        with made.write() as writer:
            from mineaction_desktop.records.land import HazardousArea  # noqa: PLC0415 - one use

            record = writer.session.get(HazardousArea, gone[0])
            assert record is not None
            writer.hide(record, "twice")
            national = writer.session.get(HazardousArea, ids[1])
            assert national is not None
            national.extra = {"cluster": "north", "walked": 4}
        yield made


@pytest.fixture(scope="module")
def national() -> Catalogue:
    """The catalogue of an office with two fields of its own."""
    field = FORM.fields["name"]
    own = {
        "cluster": replace(field, name="cluster", label="Cluster", extra=True),
        "walked": replace(field, name="walked", label="Walked", type="integer", extra=True),
    }
    form = replace(FORM, fields={**FORM.fields, **own})
    return Catalogue({**CATALOGUE.forms, KIND: form}, CATALOGUE.lists)


def _names(store: Store, query: ListQuery, catalogue: Catalogue = CATALOGUE) -> list[Any]:
    rows = browsing.all_rows(store, catalogue, query)
    assert rows is not None
    found = browsing.page(store, Names(catalogue), replace(query, columns=("name",)), rows)
    return [found[row].values["name"] for row in rows]


def _query(*filters: Filter, **fields: Any) -> ListQuery:  # noqa: ANN401 - the fields of a query
    return ListQuery(KIND, COLUMNS, filters=filters, **fields)


PENA, BRIDGE, ARABIC, ZEBRA, CHINESE = (
    "Peña blanca", "old bridge", "حقل ألغام", "Zebra 100%", "地雷场 北",
)  # fmt: skip
Op = Operator


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filter("name", Op.CONTAINS, "pena"), [PENA]),
        (Filter("name", Op.CONTAINS, "PEÑA"), [PENA]),
        (Filter("name", Op.CONTAINS, "الغام"), [ARABIC]),
        (Filter("name", Op.CONTAINS, "100%"), [ZEBRA]),
        (Filter("name", Op.CONTAINS, "1_0"), []),
        (Filter("name", Op.BEGINS, "OLD"), [BRIDGE]),
        (Filter("name", Op.BEGINS, "bridge"), []),
        (Filter("name", Op.EQUALS, "pena BLANCA"), [PENA]),
        (Filter("name", Op.IS_NOT, "old bridge"), [PENA, ARABIC, ZEBRA, CHINESE]),
        (Filter("area_class", Op.ANY_OF, ("SHA",)), [BRIDGE, CHINESE]),
        (Filter("area_class", Op.NONE_OF, ("SHA",)), [PENA, ARABIC, ZEBRA]),
        (Filter("number_of_areas", Op.MORE, 3), [BRIDGE, ARABIC]),
        (Filter("number_of_areas", Op.LESS, 3), [CHINESE]),
        (Filter("number_of_areas", Op.BETWEEN, (3, 7)), [PENA, ARABIC]),
        (Filter("survey_date", Op.EQUALS, PartialDate.parse("2019")), [PENA, BRIDGE]),
        (Filter("survey_date", Op.EQUALS, PartialDate.parse("2019-03")), [PENA]),
        (Filter("survey_date", Op.LESS, PartialDate.parse("2020-06")), [PENA, BRIDGE]),
        (Filter("survey_date", Op.MORE, PartialDate.parse("2020-06")), [CHINESE]),
        (
            Filter(
                "survey_date",
                Op.BETWEEN,
                (PartialDate.parse("2019-12"), PartialDate.parse("2020")),
            ),
            [BRIDGE, ARABIC],
        ),
        (Filter("survey_date", Op.EMPTY), [ZEBRA]),
        (Filter("survey_date", Op.FILLED), [PENA, BRIDGE, ARABIC, CHINESE]),
        (Filter("admin_unit_id", Op.CONTAINS, "lusu"), [PENA, BRIDGE]),
        (Filter("admin_unit_id", Op.BEGINS, "esk"), [ARABIC, CHINESE]),
        (Filter("admin_unit_id", Op.EMPTY), [ZEBRA]),
        (
            Filter("updated_by", Op.EQUALS, "RECORDS officer"),
            [PENA, BRIDGE, ARABIC, ZEBRA, CHINESE],
        ),
    ],
    ids=lambda value: f"{value.field} {value.operator}" if isinstance(value, Filter) else "",
)
def test_conditions(store: Store, wanted: Filter, found: list[str]) -> None:
    assert set(_names(store, _query(wanted))) == set(found)


def test_conditions_are_combined(store: Store) -> None:
    both = _query(Filter("area_class", Op.ANY_OF, ("CHA",)), Filter("number_of_areas", Op.MORE, 3))
    assert _names(store, both) == [ARABIC]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("bridge", [BRIDGE]),
        ("brid", [BRIDGE]),
        ("ridge", []),
        ("lusulu", [PENA, BRIDGE]),
        ("lusulu pena", [PENA]),
        ("الغام", [ARABIC]),
        ("地雷", [CHINESE]),
        ("雷地", []),
        ("2", [BRIDGE, ARABIC, CHINESE]),
        ('"', [PENA, BRIDGE, ARABIC, ZEBRA, CHINESE]),
    ],
)
def test_words_find_records_and_what_they_link_to(
    store: Store, text: str, found: list[str]
) -> None:
    assert set(_names(store, _query(text=text))) == set(found)


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        (("local_id", False), [PENA, BRIDGE, ARABIC, ZEBRA, CHINESE]),
        (("local_id", True), [CHINESE, ZEBRA, ARABIC, BRIDGE, PENA]),
        (("name", False), [BRIDGE, PENA, ZEBRA, ARABIC, CHINESE]),
        (("survey_date", False), [PENA, BRIDGE, ARABIC, CHINESE, ZEBRA]),
        (("survey_date", True), [CHINESE, ARABIC, BRIDGE, PENA, ZEBRA]),
        (("admin_unit_id", False), [ARABIC, CHINESE, PENA, BRIDGE, ZEBRA]),
        (("admin_unit_id", True), [BRIDGE, PENA, CHINESE, ARABIC, ZEBRA]),
        (("number_of_areas", True), [BRIDGE, ARABIC, PENA, CHINESE, ZEBRA]),
    ],
)
def test_orders(store: Store, sort: tuple[str, bool], found: list[str]) -> None:
    if sort[0] == "number_of_areas":
        assert _names(store, _query(sort=(sort,)))[:3] == found[:3]
    else:
        assert _names(store, _query(sort=(sort,))) == found


@pytest.mark.parametrize("descends", [False, True])
def test_words_stand_in_the_order_of_the_language(store: Store, *, descends: bool) -> None:
    arabic = [ARABIC, BRIDGE, PENA, ZEBRA, CHINESE]
    query = _query(sort=(("name", descends),))
    rows = browsing.all_rows(store, CATALOGUE, query, words=load_words("ar"))
    assert rows is not None
    assert rows[:2] == browsing.first_rows(store, CATALOGUE, query, load_words("ar"))[:2]
    found = browsing.page(store, Names(CATALOGUE), replace(query, columns=("name",)), rows)
    names = [found[row].values["name"] for row in rows]
    assert names == (arabic[::-1] if descends else arabic)


def test_choices_stand_in_the_order_of_their_labels(tmp_path: Path) -> None:
    """Also where the list of choices offers them in another order."""
    choices = FORM.fields["status"].choices
    assert choices is not None
    labels = [choices.label(code) for code in choices.choices]
    assert labels != sorted(labels)
    with new_store(tmp_path) as made:
        with made.write("test") as writer:
            rows = [{"name": x, "area_class": "CHA", "status": x} for x in choices.choices]
            writer.add_rows(KIND, rows)
        found = _names(made, ListQuery(KIND, sort=(("status", False),)))
    assert [choices.label(code) for code in found] == sorted(labels, key=str.casefold)


def test_the_first_rows_are_those_of_all(store: Store) -> None:
    query = _query(sort=(("name", False),))
    every = browsing.all_rows(store, CATALOGUE, query)
    assert every is not None
    assert browsing.first_rows(store, CATALOGUE, query) == every[: browsing.PAGE]


def test_deleted_records_are_shown_on_demand(store: Store) -> None:
    assert "gone" not in _names(store, _query())
    assert "gone" in _names(store, _query(show_hidden=True))


def test_totals_of_what_is_shown(store: Store) -> None:
    found = browsing.totals(store, CATALOGUE, _query(Filter("admin_unit_id", Op.FILLED)))
    assert found is not None
    assert found.count == 4


def test_money_is_added_up_by_currency(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        with store.write("test") as writer:
            donor = organisation("Donor")
            writer.add(donor)
            for amount, currency in ((100, "USD"), (250, "EUR"), (5, "USD")):
                row = {
                    "direction": "received",
                    "pillar": "clearance",
                    "donor_id": donor.id,
                    "amount": amount,
                    "currency": currency,
                }
                writer.add_rows("funding", [{"period": PartialDate.parse("2024"), **row}])
        query = ListQuery("funding", ("local_id", "amount"))
        found = browsing.totals(store, CATALOGUE, query)
        assert found is not None
        assert (found.count, found.money) == (3, {"amount": {"USD": 105, "EUR": 250}})


def test_national_fields_are_columns_filters_and_orders(store: Store, national: Catalogue) -> None:
    query = ListQuery(KIND, ("name", "cluster"), filters=(Filter("cluster", Op.CONTAINS, "NOR"),))
    rows = browsing.all_rows(store, national, query)
    assert rows is not None
    found = browsing.page(store, Names(national), query, rows)
    assert [found[row].values["cluster"] for row in rows] == ["north"]
    more = ListQuery(KIND, ("name",), filters=(Filter("walked", Op.MORE, 3),))
    assert _names(store, more, national) == [BRIDGE]
    assert _names(store, ListQuery(KIND, sort=(("walked", True),)), national)[0] == BRIDGE


def test_linked_records_are_named(store: Store) -> None:
    query = _query(sort=(("local_id", False),))
    rows = browsing.all_rows(store, CATALOGUE, query)
    assert rows is not None
    found = browsing.page(store, Names(CATALOGUE), query, rows)
    assert "Lusulu" in found[rows[0]].linked["admin_unit_id"]


def test_nobody_waits_for_a_list_that_was_left(store: Store) -> None:
    assert not browsing.all_rows(store, CATALOGUE, _query(), stopped=lambda: True)


def test_ids_and_rows_lead_to_each_other(store: Store) -> None:
    rows = browsing.all_rows(store, CATALOGUE, _query())
    assert rows is not None
    ids = list(browsing.record_ids(store, KIND, rows))
    assert browsing.rows_of(store, KIND, ids) == dict(zip(ids, rows, strict=True))


def test_a_query_is_kept_and_taken_up_again() -> None:
    query = _query(
        Filter("survey_date", Op.BETWEEN, (PartialDate.parse("2019"), PartialDate.parse("2020"))),
        Filter("area_class", Op.ANY_OF, ("CHA", "SHA")),
        Filter("number_of_areas", Op.MORE, 3),
        Filter("updated_at", Op.EMPTY),
        text="bridge",
        sort=(("name", True),),
    )
    kept = browsing.plain_query(FORM, query)
    assert browsing.query_from(FORM, ListQuery(KIND, COLUMNS), kept) == query


def test_a_kept_condition_on_a_field_that_is_gone_is_left_out() -> None:
    kept = {"filters": [["no_such_field", "equals", 1], ["name", "no_such", 1]], "sort": [["x", 1]]}
    assert browsing.query_from(FORM, ListQuery(KIND), kept) == ListQuery(KIND)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=12), begins=st.booleans())
def test_any_text_can_be_looked_for(store: Store, text: str, begins: bool) -> None:
    operator = Op.BEGINS if begins else Op.CONTAINS
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        return
    names = _names(store, _query(Filter("name", operator, text)))
    assert set(names) <= {PENA, BRIDGE, ARABIC, ZEBRA, CHINESE}
    assert set(_names(store, _query(text=text))) <= {PENA, BRIDGE, ARABIC, ZEBRA, CHINESE}


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".json"])
def test_what_is_shown_is_exported(store: Store, tmp_path: Path, suffix: str) -> None:
    query = _query(sort=(("local_id", False),))
    rows = browsing.all_rows(store, CATALOGUE, query)
    assert rows is not None
    path = list_files.export_list(store, Names(CATALOGUE), query, rows[:2], tmp_path / f"a{suffix}")
    if suffix == ".csv":
        text = path.read_text("utf-8-sig")
        assert text.splitlines()[0].split(",")[:3] == ["local_id", "name", "area_class"]
        assert "Peña blanca" in text
        assert "Zebra" not in text
    else:
        assert path.stat().st_size > 100


def test_formulas_on_the_clipboard_are_text(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        with store.write("test") as writer:
            row = {"name": '=1+1\t"x"', "area_class": "CHA", "status": "open"}
            writer.add_rows(KIND, [row])
        query = ListQuery(KIND, ("local_id", "name"))
        rows = browsing.all_rows(store, CATALOGUE, query)
        assert rows is not None
        text = list_files.clipboard_text(store, Names(CATALOGUE), query, rows)
        assert text.splitlines()[1].split("\t", 1)[1] == '"\'=1+1\t""x"""'


def test_a_list_is_printed(store: Store, tmp_path: Path) -> None:
    from mineaction_desktop.reports.present import Presenter  # noqa: PLC0415 - slow to import

    query = _query()
    rows = browsing.all_rows(store, CATALOGUE, query)
    assert rows is not None
    path = list_files.print_list(
        store, Names(CATALOGUE), query, rows, tmp_path / "a.pdf", Presenter()
    )
    assert path.read_bytes().startswith(b"%PDF")
