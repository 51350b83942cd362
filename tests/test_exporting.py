"""Records leave as tables that come back as the same records, and tell nobody too much."""

from __future__ import annotations

import csv
import gc
import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from registers import AUTHOR, new_store, organisation

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.exchange.outgoing import EVERYTHING
from mineaction_desktop.formdef.catalogue import load_catalogue
from mineaction_desktop.formdef.checking import validate
from mineaction_desktop.formdef.types import TYPES, FieldContext
from mineaction_desktop.records import Record
from mineaction_desktop.records.land import AreaMovement, AreaPoint, HazardousArea
from mineaction_desktop.records.people import Accident, Casualty, PersonIdentity, Survivor
from mineaction_desktop.records.reference import AdminUnit
from mineaction_desktop.services.exporting import export, template
from mineaction_desktop.services.importing import import_table
from mineaction_desktop.services.registers import new_register
from mineaction_desktop.storage.queries import Fact, facts
from mineaction_desktop.storage.store import Reader, Store

CATALOGUE = load_catalogue()
DAY = PartialDate.parse("2019-05-17")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as found:
        yield found


def _put(store: Store, *records: Record) -> list[str]:
    with store.write() as writer:
        writer.add(*records)
        writer.session.flush()
        return [record.id for record in records]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _kept(reader: Reader) -> dict[str, dict[str, Fact]]:
    """What a register holds, without who wrote it when."""
    own = {"version", "created_at", "created_by", "created_office"}
    own |= {"updated_at", "updated_by", "updated_office"}
    return {
        kind: {
            fact["id"]: {name: value for name, value in fact.items() if name not in own}
            for fact in facts(reader, kind, counting=EVERYTHING)
        }
        for kind in CATALOGUE.forms
    }


# --- there and back


def _in_order(record: Mapping[str, Any]) -> dict[str, Any]:
    """Several codes are a set; files give them in the order of their list."""
    return {
        name: sorted(value) if isinstance(value, list) else value for name, value in record.items()
    }


def test_the_whole_made_up_country_comes_back_from_a_workbook(
    demo: tuple[Store, Reader], tmp_path: Path
) -> None:
    country, reader = demo
    path = tmp_path / "all.xlsx"
    counts = export(country, path, edition="internal").counts
    with new_store(tmp_path) as empty:
        result = import_table(empty, path, skip_invalid=True)
        wanted, refused = _kept(reader), {problem.place.row for problem in result.problems}
        with empty.read() as other:
            found = _kept(other)
    # what the country's own forms would refuse today is not this test's concern
    assert sum(result.created.values()) + result.skipped == sum(counts.values())
    assert result.skipped <= len(refused)
    for kind, records in found.items():
        for record_id, record in records.items():
            assert _in_order(record) == _in_order(wanted[kind][record_id])
    assert sum(map(len, found.values())) == sum(map(len, wanted.values())) - result.skipped


def test_a_whole_register_enters_a_new_one_of_the_same_state(
    demo: tuple[Store, Reader], tmp_path: Path
) -> None:
    country, _ = demo
    path = tmp_path / "all.xlsx"
    export(country, path, edition="internal")
    begun = date(2007, 4, 1)
    for code in ("XTL", "XTM"):
        new_register(
            tmp_path / f"{code}.mineaction", AUTHOR, name="New", iso3=code, entry_into_force=begun
        )
    with Store.open(tmp_path / "XTL.mineaction", AUTHOR, write=True) as other:
        result = import_table(other, path, skip_invalid=True)
        # the country has planted mistakes, which its own forms refuse; nothing else may be wrong
        assert not {one.code for one in result.problems if one.code.startswith(("IMPORT", "LINK"))}
        assert result.updated["state_profile"] == 1
        with other.read() as reader:
            (state,) = facts(reader, "state_profile", counting=EVERYTHING)
        assert (state["name"], state["local_id"]) == ("Tolmara", "STATE-000001")
    with (
        Store.open(tmp_path / "XTM.mineaction", AUTHOR, write=True) as stranger,
        pytest.raises(UserError) as caught,
    ):
        import_table(stranger, path)
    assert "IMPORT-008" in {problem.code for problem in caught.value.problems}


def test_choices_in_another_order_are_no_change(store: Store, tmp_path: Path) -> None:
    _put(store, HazardousArea(name="Hill", area_class="CHA", blockage=["water", "housing"]))
    path = tmp_path / "all.xlsx"
    export(store, path, edition="internal")
    assert import_table(store, path).unchanged == {"hazardous_area": 1}


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"])
    | st.sampled_from(" '=+-@|%,;\"\n"),
    max_size=12,
)
WHEN = st.sampled_from(["2019-05-17", "2019-05", "2019", "1992/1995", "2018-11/2019-02"])
MEASURE = st.integers(1, 10**10).map(lambda n: n / 10**4)
AREA = st.fixed_dictionaries(
    {"area_class": st.sampled_from(["SHA", "CHA"])},
    optional={
        "name": TEXT,
        "notes": TEXT,
        "number_of_areas": st.integers(1, 9999),
        "latitude": st.integers(-90_000_000, 90_000_000).map(lambda n: n / 10**6),
        "emplaced": WHEN,
        "geo_safe": st.booleans(),
        "blockage": st.lists(st.sampled_from(["housing", "roads", "water"]), unique=True),
        "area_computed_m2": st.integers(0, 10**15),
    },
)
TYPE = st.fixed_dictionaries(
    {"name": TEXT, "family": st.just("APM")},
    optional={"mass_g": MEASURE, "aliases": st.lists(TEXT, max_size=3)},
)
FUNDS = st.fixed_dictionaries(
    {"direction": st.just("national"), "period": WHEN, "pillar": st.just("clearance")},
    optional={"amount": st.integers(0, 10**12), "rate_to_usd": MEASURE},
)


def _readable(kind: str, given: Mapping[str, Any]) -> dict[str, Any] | None:
    """Values as a person can have entered them; nothing if the form refuses them."""
    form = CATALOGUE.form(kind)
    context = FieldContext(currency="USD")
    values = {
        name: TYPES[form.fields[name].type].read(
            value if form.fields[name].type != "money" else f"{value // 100}.{value % 100:02}",
            form.fields[name],
            context,
        )
        for name, value in given.items()
    }
    if "amount" in values:
        values["currency"] = "USD"
    blocked = any(problem.severity == "error" for problem in validate(form, values))
    return None if blocked else values


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize(
    ("kind", "values"), [("hazardous_area", AREA), ("ordnance_type", TYPE), ("funding", FUNDS)]
)
@given(data=st.data())
@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_record_comes_back_as_it_was(
    suffix: str,
    kind: str,
    values: st.SearchStrategy[dict[str, Any]],
    data: st.DataObject,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    drawn = data.draw(st.lists(values, min_size=1, max_size=8))
    rows = [row for row in (_readable(kind, one) for one in drawn) if row]
    folder = tmp_path_factory.mktemp("back")
    with new_store(folder, "one") as one, new_store(folder, "two") as two:
        with one.write() as writer:
            writer.add_rows(kind, rows)
        export(one, folder / f"out{suffix}", kind=kind, edition="internal")
        if rows:
            import_table(two, folder / f"out{suffix}", kind=kind)
        with one.read() as before, two.read() as after:
            assert _kept(after) == _kept(before)
        if rows:
            again = import_table(one, folder / f"out{suffix}", kind=kind)
            assert (again.batch, again.unchanged) == (None, {kind: len(rows)})


def test_a_number_that_a_workbook_rounds_is_no_change(store: Store, tmp_path: Path) -> None:
    _put(store, HazardousArea(name="Hill", area_class="CHA", latitude=34.528455123456786))
    path = tmp_path / "all.xlsx"
    export(store, path, edition="internal")
    assert import_table(store, path).unchanged == {"hazardous_area": 1}


def test_a_cell_that_was_emptied_in_an_export_empties_the_field(
    store: Store, tmp_path: Path
) -> None:
    _put(store, HazardousArea(name="North", area_class="CHA", place="hill"))
    path = tmp_path / "areas.csv"
    export(store, path, kind="hazardous_area", edition="internal")
    path.write_text(path.read_text("utf-8-sig").replace("hill", ""), encoding="utf-8")
    assert import_table(store, path, kind="hazardous_area").updated == {"hazardous_area": 1}
    with store.read() as reader:
        (area,) = facts(reader, "hazardous_area", counting=EVERYTHING)
    assert (area["name"], area["place"]) == ("North", None)


# --- the files


def test_links_are_numbers_with_the_name_beside_them(store: Store, tmp_path: Path) -> None:
    (north,) = _put(store, AdminUnit(local_id="P-1", name="North", level=1))
    _put(store, HazardousArea(name="Hill", area_class="CHA", admin_unit_id=north))
    path = tmp_path / "areas.csv"
    export(store, path, kind="hazardous_area")
    (row,) = _rows(path)
    assert (row["admin_unit_id"], row["admin_unit_id.name"]) == ("P-1", "North")


def test_csv_opens_safely_and_in_the_right_letters(store: Store, tmp_path: Path) -> None:
    _put(
        store,
        HazardousArea(name="=cmd|' /C calc'!A0", area_class="CHA", latitude=-12.5),
        HazardousArea(name="المنطقة", area_class="CHA"),
    )
    path = tmp_path / "areas.csv"
    export(store, path, kind="hazardous_area", edition="internal")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = _rows(path)
    assert [row["name"] for row in rows] == ["'=cmd|' /C calc'!A0", "المنطقة"]
    assert rows[0]["latitude"] == "-12.5"  # a number is no danger and stays a number


def test_a_workbook_has_labels_names_real_numbers_and_lists(store: Store, tmp_path: Path) -> None:
    (area,) = _put(store, HazardousArea(name="=1+1", area_class="CHA"))
    _put(
        store,
        AreaMovement(hazardous_area_id=area, area_class="CHA", kind="new", date=DAY, area_m2=1500),
        AreaMovement(
            hazardous_area_id=area,
            area_class="CHA",
            kind="reduced",
            date=PartialDate.parse("2020"),
            area_m2=500,
        ),
    )
    path = tmp_path / "all.xlsx"
    export(store, path, edition="internal")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["hazardous_area", "area_movement", "lists"]
    assert book["lists"].sheet_state == "veryHidden"
    names = [str(cell.value) for cell in book["hazardous_area"][2]]
    cell = book["hazardous_area"].cell(3, names.index("name") + 1)
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    sheet = book["area_movement"]
    names = [str(cell.value) for cell in sheet[2]]
    rows = [
        dict(zip(names, row, strict=True)) for row in sheet.iter_rows(min_row=3, values_only=True)
    ]
    assert [row["area_m2"] for row in rows] == [1500, 500]
    assert [row["kind"] for row in rows] == ["Newly recorded", "Reduced"]
    assert f"{rows[0]['date']:%Y-%m-%d}" == "2019-05-17"
    assert rows[1]["date"] == "2020"
    assert "list_area_class" in {
        v.formula1.lstrip("=") for v in sheet.data_validations.dataValidation
    }
    assert book.defined_names["list_area_class"].attr_text == "lists!$A$2:$A$3"


def test_json_holds_every_kind_in_plain_values(store: Store, tmp_path: Path) -> None:
    (area,) = _put(store, HazardousArea(name="Hill", area_class="CHA", emplaced=DAY))
    _put(store, organisation("Army"))
    path = tmp_path / "all.json"
    result = export(store, path, edition="internal")
    content = json.loads(path.read_text("utf-8"))
    assert content["edition"] == "internal"
    assert result.counts == {"organisation": 1, "hazardous_area": 1}
    assert content["records"]["hazardous_area"] == [
        {
            "area_class": "CHA",
            "name": "Hill",
            "emplaced": "2019-05-17",
            "local_id": "HA-000001",
            "review_state": "entered",
            "id": area,
        }
    ]


def test_a_template_can_be_filled_in_and_imported(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "areas.xlsx"
    template("hazardous_area", path)
    book = openpyxl.load_workbook(path)
    sheet = book["hazardous_area"]
    names = [str(cell.value) for cell in sheet[2]]
    label = sheet.cell(1, names.index("area_class") + 1)
    assert label.value == "Suspected or confirmed"
    assert label.comment is not None
    assert "direct evidence" in label.comment.text
    assert "id" not in names
    for name, value in (("name", "Hill"), ("area_class", "CHA"), ("number_of_areas", "2")):
        sheet.cell(3, names.index(name) + 1, value)
    book.save(path)
    assert import_table(store, path).created == {"hazardous_area": 1}


# --- editions


@pytest.fixture
def people(store: Store) -> Store:
    """An accident with a casualty who became a survivor, at a place that is known exactly."""
    accident = Accident(
        date=DAY, kind="civilian", device="APM", place="by the well", latitude=1.5, cause="a story"
    )
    (accident_id,) = _put(store, accident)
    casualty = Casualty(
        accident_id=accident_id,
        sex="F",
        age=34,
        age_band="a25_59",
        outcome="injured",
        outcome_date=DAY,
        civilian_status="civilian",
    )
    (casualty_id,) = _put(store, casualty)
    survivor = Survivor(
        casualty_id=casualty_id,
        victim_type="direct",
        sex="F",
        registered_on=DAY,
        consent="given",
    )
    (survivor_id,) = _put(store, survivor)
    with store.unlock("a passphrase"):
        _put(store, PersonIdentity(survivor_id=survivor_id, full_name="A Name"))
    return store


@pytest.mark.parametrize(
    ("edition", "kinds"),
    [
        ("public", {"accident", "casualty"}),
        ("partner", {"accident", "casualty", "survivor"}),
        ("internal", {"accident", "casualty", "survivor"}),
    ],
)
def test_no_edition_holds_identities_and_the_public_one_no_survivors(
    people: Store, tmp_path: Path, edition: str, kinds: set[str]
) -> None:
    path = tmp_path / "all.json"
    with people.unlock("a passphrase"):
        assert set(export(people, path, edition=edition).counts) == kinds
    assert "A Name" not in path.read_text("utf-8")


def test_the_public_edition_has_months_and_no_positions_nor_free_text(
    people: Store, tmp_path: Path
) -> None:
    path = tmp_path / "all.json"
    export(people, path)
    records = json.loads(path.read_text("utf-8"))["records"]
    assert records["accident"][0]["date"] == "2019-05"
    assert records["casualty"][0]["outcome_date"] == "2019-05"
    assert not {"place", "latitude", "cause", "id"} & set(records["accident"][0])
    assert "age" not in records["casualty"][0]
    assert records["casualty"][0]["age_band"] == "a25_59"
    export(people, path, edition="partner")
    assert json.loads(path.read_text("utf-8"))["records"]["accident"][0]["cause"] == "a story"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2019-05-17", "2019-05"),
        ("2019-05", "2019-05"),
        ("2019", "2019"),
        ("2019-05-17/2019-05-19", "2019-05"),
        ("2019-05-30/2019-06-02", "2019-05/2019-06"),
    ],
)
def test_a_public_date_of_an_accident_has_no_day(
    store: Store, tmp_path: Path, written: str, shown: str
) -> None:
    _put(store, Accident(date=PartialDate.parse(written), kind="civilian", device="APM"))
    export(store, tmp_path / "a.csv", kind="accident")
    assert _rows(tmp_path / "a.csv")[0]["date"] == shown


def test_identities_leave_only_when_named_and_unlocked(people: Store, tmp_path: Path) -> None:
    path = tmp_path / "identities.csv"
    for edition in ("public", "partner"):
        with people.unlock("a passphrase"), pytest.raises(UserError, match=edition):
            export(people, path, kind="person_identity", edition=edition)
    with pytest.raises(UserError, match="passphrase"):
        export(people, path, kind="person_identity", edition="internal")
    assert not path.exists()
    with people.unlock("a passphrase"):
        export(people, path, kind="person_identity", edition="internal")
    assert [row["full_name"] for row in _rows(path)] == ["A Name"]


def test_what_is_classified_stays_in_with_all_that_is_about_it(
    store: Store, tmp_path: Path
) -> None:
    shown, partner, internal = _put(
        store,
        HazardousArea(name="open", area_class="CHA"),
        HazardousArea(name="shared", area_class="CHA", classification="partner"),
        HazardousArea(name="secret", area_class="CHA", classification="internal"),
    )
    _put(
        store,
        *(
            AreaMovement(
                hazardous_area_id=area, area_class="CHA", kind="new", date=DAY, area_m2=size
            )
            for area, size in ((shown, 1), (partner, 2), (internal, 3))
        ),
    )
    _put(store, AreaPoint(hazardous_area_id=shown, position=1, point_kind="SP", latitude=1.0))
    sizes = {}
    for edition in ("public", "partner", "internal"):
        path = tmp_path / f"{edition}.json"
        export(store, path, edition=edition)
        records = json.loads(path.read_text("utf-8"))["records"]
        sizes[edition] = [row["area_m2"] for row in records["area_movement"]]
        assert len(records["hazardous_area"]) == len(sizes[edition])
        assert ("area_point" in records) is (edition != "public")
    assert sizes == {"public": [1], "partner": [1, 2], "internal": [1, 2, 3]}


def test_hidden_records_stay_in(store: Store, tmp_path: Path) -> None:
    area = HazardousArea(name="twice", area_class="CHA")
    _put(store, area, HazardousArea(name="once", area_class="CHA"))
    with store.write() as writer:
        writer.hide(writer.session.merge(area), "entered twice")
    path = tmp_path / "areas.csv"
    assert export(store, path, kind="hazardous_area").counts == {"hazardous_area": 1}
    assert [row["name"] for row in _rows(path)] == ["once"]


# --- what cannot be written


@pytest.mark.parametrize(
    ("name", "options", "word"),
    [
        ("all.csv", {}, "--kind"),
        ("all.pdf", {}, ".xlsx"),
        ("all.xlsx", {"edition": "secret"}, "secret"),
        ("all.xlsx", {"kind": "hazardous_aria"}, "hazardous_area"),
        ("nowhere/all.xlsx", {}, "nowhere"),
        ("survivors.csv", {"kind": "survivor"}, "survivor"),
    ],
)
def test_what_cannot_be_exported_is_refused_in_plain_words(
    store: Store, tmp_path: Path, name: str, options: dict[str, str], word: str
) -> None:
    with pytest.raises(UserError, match=word):
        export(store, tmp_path / name, **options)  # type: ignore[arg-type]  # a table of options


def test_a_failed_export_leaves_the_earlier_file(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "areas.xlsx"
    path.write_text("the earlier one")
    _put(store, HazardousArea(name="x" * 32_768, area_class="CHA"))
    with pytest.raises(UserError, match="Name"):
        export(store, path, edition="internal")
    assert path.read_text() == "the earlier one"
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".new"] == []


@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
def test_a_full_disk_is_said_in_plain_words_and_leaves_no_noise(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(openpyxl.Workbook, "save", full)
    _put(store, HazardousArea(name="Hill", area_class="CHA"))
    for write in (
        lambda path: export(store, path),
        lambda path: template("hazardous_area", path),
    ):
        with pytest.raises(UserError, match="disk has room"):
            write(tmp_path / "all.xlsx")
        gc.collect()
    assert {one.suffix for one in tmp_path.iterdir()} & {".xlsx", ".new"} == set()


def test_progress_is_told_to_the_end(store: Store, tmp_path: Path) -> None:
    _put(store, organisation("Army"), organisation("Navy"))
    told: list[tuple[int, int]] = []
    export(store, tmp_path / "all.json", progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (2, 2)
