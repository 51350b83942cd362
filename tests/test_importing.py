"""A table becomes records, all of it or nothing; and an import can be taken back."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from registers import new_store, organisation

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.problems import Severity, UserError
from mineaction_desktop.records import Record
from mineaction_desktop.records.land import AreaMovement, HazardousArea
from mineaction_desktop.records.reference import AdminUnit
from mineaction_desktop.services.importing import ImportResult, import_table, undo_import
from mineaction_desktop.services.registers import catalogue_rows
from mineaction_desktop.storage import audit
from mineaction_desktop.storage.queries import Counting, Fact, facts
from mineaction_desktop.storage.store import Store

Import = Callable[..., ImportResult]
Place = tuple[str, int | None, str | None, str | None]

AREAS = "name,area_class,status\nNorth,CHA,open\nSouth,SHA,open\n"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as found:
        yield found


@pytest.fixture
def load(store: Store, tmp_path: Path) -> Import:
    """Import a text as a file, with the text of a mapping if there is one."""

    def load(
        text: str, kind: str | None = None, *, mapping: str | None = None, **options: object
    ) -> ImportResult:
        file, said = tmp_path / "table.csv", tmp_path / "mapping.toml"
        file.write_text(text, encoding="utf-8")
        if mapping is not None:
            said.write_text(mapping, encoding="utf-8")
        return import_table(
            store,
            file,
            kind=kind,
            mapping=said if mapping is not None else None,
            **options,  # type: ignore[arg-type]  # the tests give each option its own type
        )

    return load


def _facts(store: Store, kind: str) -> list[Fact]:
    with store.read() as reader:
        return facts(reader, kind, counting=Counting())


def _column(store: Store, kind: str, *names: str) -> list[Any]:
    found = [tuple(fact[name] for name in names) for fact in _facts(store, kind)]
    return [one[0] if len(names) == 1 else one for one in found]


def _put(store: Store, *records: Record) -> list[str]:
    with store.write() as writer:
        writer.add(*records)
        writer.session.flush()
        return [record.id for record in records]


def _refused(load: Import, text: str, kind: str | None = None, **options: object) -> list[Place]:
    """The problems of a refused import: code, row, column and value of each."""
    with pytest.raises(UserError) as caught:
        load(text, kind, **options)
    return [(one.code, one.place.row, one.place.column, one.value) for one in caught.value.problems]


def test_the_kind_is_told_by_the_headings(store: Store, load: Import) -> None:
    result = load(AREAS)
    assert result.created == {"hazardous_area": 2}
    assert _column(store, "hazardous_area", "local_id", "name", "area_class") == [
        ("HA-000001", "North", "CHA"),
        ("HA-000002", "South", "SHA"),
    ]


def test_labels_and_aliases_are_headings_too(store: Store, load: Import) -> None:
    load("Area name;Suspected or confirmed;No. of areas\nNorth;cha;4\n", "hazardous_area")
    assert _column(store, "hazardous_area", "name", "area_class", "number_of_areas") == [
        ("North", "CHA", 4)
    ]


def test_headings_that_fit_two_kinds_are_not_guessed_between(load: Import) -> None:
    with pytest.raises(UserError, match=r"retained_movement.*stock_movement"):
        load("Type,Quantity,Date,Lot number\nPMN,5,2019,\n")
    with pytest.raises(UserError, match="no record kind"):
        load("Widget,Gadget\n1,2\n")


def test_a_mapping_that_is_not_there_is_named(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"“no\.toml” cannot be used\. The file cannot be read"):
        import_table(store, tmp_path / "table.csv", mapping=tmp_path / "no.toml")


@pytest.mark.parametrize("kind", ["hazardous_aria", "nothing"])
def test_a_kind_that_does_not_exist_is_refused(load: Import, kind: str) -> None:
    with pytest.raises(UserError, match=kind):
        load(AREAS, kind)


def test_a_column_that_is_no_field_is_said_and_not_lost_in_silence(load: Import) -> None:
    result = load("name,area_class,Weather\nNorth,CHA,fine\n")
    assert [notice.values["heading"] for notice in result.notices] == ["Weather"]


def test_two_columns_for_one_field_are_refused(load: Import) -> None:
    text = "name,Area name,area_class\nNorth,Nord,CHA\n"
    assert _refused(load, text, "hazardous_area") == [("FILE-010", None, "name", None)]


def test_every_wrong_row_is_named_and_nothing_is_changed(store: Store, load: Import) -> None:
    text = (
        "date,kind,area_class,area_m2\n"
        "2019-05-01,cleared,CHA,100\n"
        "2019-13-01,cleared,CHA,100\n"
        "2019-05-01,klared,CHA,100\n"
        "2019-05-01,cleared,CHA,some\n"
        "2019-05-01,cleared,,100\n"
        "2019-05-01,confirmed,SHA,100\n"
    )
    assert _refused(load, text, "area_movement") == [
        ("FIELD-024", 3, "date", "2019-13-01"),
        ("FIELD-031", 4, "kind", "klared"),
        ("FIELD-002", 5, "area_m2", "some"),
        ("FIELD-001", 6, "area_class", None),
        ("MOV-005", 7, "area_class", None),
    ]
    assert _facts(store, "area_movement") == []


def test_the_message_names_file_row_column_and_what_to_do(load: Import) -> None:
    with pytest.raises(UserError, match=r"“table.csv”.*row 2, column “area_m2”.*Write 0 if"):
        load("date,kind,area_class,area_m2\n2019,new,CHA,none\n", "area_movement")


def test_good_rows_can_go_in_without_the_wrong_ones(store: Store, load: Import) -> None:
    result = load(AREAS + "West,XYZ,open\nEast,CHA,open\n", skip_invalid=True)
    assert result.created == {"hazardous_area": 3}
    assert result.skipped == 1
    errors = [one for one in result.problems if one.severity is Severity.ERROR]
    assert [(one.code, one.place.row) for one in errors] == [("FIELD-030", 4)]
    assert _column(store, "hazardous_area", "name") == ["North", "South", "East"]


def test_a_trial_run_says_the_same_and_changes_nothing(store: Store, load: Import) -> None:
    trial = load(AREAS, dry_run=True)
    assert trial.batch is None
    assert _facts(store, "hazardous_area") == []
    assert load(AREAS).created == trial.created


def test_a_warning_does_not_stop_a_row(store: Store, load: Import) -> None:
    result = load("date,kind,area_class,area_m2\n2019,new,CHA,500\n", "area_movement")
    assert [(one.code, str(one.severity)) for one in result.problems] == [("MOV-007", "warning")]
    assert _column(store, "area_movement", "area_m2") == [500]


def test_rows_with_a_known_number_change_these_records(store: Store, load: Import) -> None:
    load("local_id,name,area_class,place\nN-1,North,CHA,hill\nN-2,South,SHA,river\n")
    result = load(
        "local_id,area_class,place\nN-1,CHA,hill\nN-2,CHA,\nN-3,SHA,sea\n", "hazardous_area"
    )
    assert (result.updated, result.unchanged) == ({"hazardous_area": 1}, {"hazardous_area": 1})
    assert result.created == {"hazardous_area": 1}
    assert _column(store, "hazardous_area", "local_id", "name", "area_class", "place") == [
        ("N-1", "North", "CHA", "hill"),
        ("N-2", "South", "CHA", "river"),
        ("N-3", None, "SHA", "sea"),
    ]


def test_a_change_is_checked_against_the_whole_record(store: Store, load: Import) -> None:
    load("local_id,date,kind,area_class,area_m2\nM-1,2019,confirmed,CHA,500\n", "area_movement")
    text = "local_id,area_class\nM-1,SHA\n"
    assert _refused(load, text, "area_movement") == [("MOV-005", 2, "area_class", None)]
    assert _column(store, "area_movement", "area_class") == ["CHA"]


def test_an_unchanged_row_leaves_no_trail(store: Store, load: Import) -> None:
    load("local_id,name,area_class\nN-1,North,CHA\n")
    with store.read() as reader:
        before = reader.change_number
    result = load("local_id,name\nN-1,North\n", "hazardous_area")
    assert result.batch is None
    with store.read() as reader:
        assert reader.change_number == before


def test_each_record_has_its_entry_in_the_trail(store: Store, load: Import) -> None:
    result = load(AREAS)
    with store.read() as reader:
        entries = audit.entries(reader, batch=result.batch)
    assert [entry.reason for entry in entries] == ["import of table.csv"] * 2
    assert [entry.changes["name"][1] for entry in entries] == ["South", "North"]


def test_two_rows_with_one_number_are_refused_with_both_rows(load: Import) -> None:
    text = "local_id,name,area_class\nN-1,North,CHA\nN-2,South,CHA\nN-1,West,CHA\n"
    with pytest.raises(UserError, match="Rows 4 and 2"):
        load(text, "hazardous_area")


def test_the_same_file_is_not_imported_twice(store: Store, load: Import) -> None:
    batch = load(AREAS).batch
    assert batch is not None
    with pytest.raises(UserError, match=batch):
        load(AREAS)
    assert len(_facts(store, "hazardous_area")) == 2


def test_a_number_of_a_hidden_record_is_not_taken_over(store: Store, load: Import) -> None:
    area = HazardousArea(local_id="N-1", name="North", area_class="CHA")
    _put(store, area)
    with store.write() as writer:
        writer.hide(writer.session.merge(area), "entered twice")
    text = "local_id,name,area_class\nN-1,North,CHA\n"
    assert [one[0] for one in _refused(load, text, "hazardous_area")] == ["IMPORT-003"]


def test_a_row_of_another_register_does_not_overwrite_a_record(store: Store, load: Import) -> None:
    _put(store, HazardousArea(name="Ours", area_class="CHA"))
    text = (
        "local_id,name,area_class,id\nHA-000001,Theirs,CHA,0199c0de-0000-7000-8000-000000000001\n"
    )
    assert [row[:2] for row in _refused(load, text)] == [("IMPORT-002", 2)]
    assert _column(store, "hazardous_area", "name") == ["Ours"]


# --- links


@pytest.fixture
def places(store: Store) -> dict[str, str]:
    """Two provinces, each with a district of the same name."""
    north, south = _put(
        store,
        AdminUnit(name="North", level=1, code="XX01"),
        AdminUnit(name="South", level=1, code="XX02"),
    )
    in_north, in_south = _put(
        store,
        AdminUnit(name="Centre", level=2, code="XX0101", parent_id=north),
        AdminUnit(name="Centre", level=2, code="XX0201", parent_id=south),
    )
    return {"North": north, "North/Centre": in_north, "South/Centre": in_south}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("XX01", "North"),
        ("north", "North"),
        ("ADM-000001", "North"),
        ("xx-0201", "South/Centre"),
        ("North / Centre", "North/Centre"),
        ("SOUTH > centre", "South/Centre"),
    ],
)
def test_places_are_found_by_code_number_name_and_what_they_lie_in(
    store: Store, load: Import, places: dict[str, str], written: str, meant: str
) -> None:
    load(f"name,area_class,admin_unit_id\nHill,CHA,{written}\n")
    assert _column(store, "hazardous_area", "admin_unit_id") == [places[meant]]


def test_columns_of_province_and_district_are_read_together(
    store: Store, load: Import, places: dict[str, str]
) -> None:
    load("Name,Class,Province,District\nHill,CHA,South,Centre\nLake,CHA,North,\n", "hazardous_area")
    found = _column(store, "hazardous_area", "admin_unit_id")
    assert found == [places["South/Centre"], places["North"]]


@pytest.mark.usefixtures("places")
@pytest.mark.parametrize(
    ("written", "code", "said"),
    [
        ("Centre", "LINK-003", "ADM-000003"),
        ("Nort", "LINK-002", "North"),
        ("Zanzibar", "LINK-001", "Add it first"),
        ("North / Harbour", "LINK-001", "Add it first"),
    ],
)
def test_a_place_that_is_unknown_or_not_the_only_one_is_refused_with_suggestions(
    load: Import, written: str, code: str, said: str
) -> None:
    with pytest.raises(UserError, match=said) as caught:
        load(f"name,area_class,admin_unit_id\nHill,CHA,{written}\n")
    assert [(one.code, one.value) for one in caught.value.problems] == [(code, written)]


def test_rows_may_link_to_rows_further_down(store: Store, load: Import) -> None:
    load("name,level,parent\nCentre,2,North\nNorth,1,\n", "admin_unit")
    centre, north = _facts(store, "admin_unit")
    assert centre["parent_id"] == north["id"]


def test_a_row_is_rejected_with_the_row_that_it_needs(store: Store, load: Import) -> None:
    text = "name,level,parent\nNorth,0,\nCentre,2,North\nSouth,1,\n"
    result = load(text, "admin_unit", skip_invalid=True)
    assert [(one.code, one.place.row) for one in result.problems] == [
        ("FIELD-013", 2),
        ("IMPORT-007", 3),
    ]
    assert _column(store, "admin_unit", "name") == ["South"]


def test_names_of_types_are_kept_as_they_were_written(store: Store, load: Import) -> None:
    with store.write() as writer:
        writer.add_rows("ordnance_type", catalogue_rows())
    _put(store, organisation("Army"))
    load(
        "organisation_id,ordnance_type_id,date,kind,quantity\n"
        'army,M 14,2018-12-30,opening,"1,200"\n'
        "Army,PMN,2018-12-30,opening,3\n",
        "retained_movement",
    )
    found = _column(store, "retained_movement", "ordnance_type_written", "quantity")
    assert found == [("M 14", 1200), (None, 3)]


def test_an_organisation_is_recognised_by_its_name(store: Store, load: Import) -> None:
    _put(store, organisation("Army", short_name="A"))
    result = load("name,country\nARMY,KHM\nNavy,KHM\n", "organisation")
    assert (result.updated, result.created) == ({"organisation": 1}, {"organisation": 1})
    # the spelling in the file is a change like any other
    assert _column(store, "organisation", "name", "short_name") == [("ARMY", "A"), ("Navy", None)]


# --- mappings

ONE = 'format = 1\nkind = "hazardous_area"\n'
AREA_AND_SIZE = """\
format = 1
decimal_mark = ","
date_order = "day-month"

[[records]]
name = "area"
kind = "hazardous_area"
match = "name"
columns = { Site = "name", "Kind of area" = "area_class" }
translations.area_class = { Sure = "CHA", "not sure" = "SHA" }

[[records]]
kind = "area_movement"
when = "size_ha > 0"
columns = { "Size (ha)" = "area_m2", Surveyed = "date", "Kind of area" = "area_class" }
constants = { kind = "opening" }
translations.area_class = { Sure = "CHA", "not sure" = "SHA" }
units = { area_m2 = "ha" }
links.hazardous_area_id.record = "area"
"""


def test_a_mapping_makes_linked_records_from_one_row(store: Store, load: Import) -> None:
    result = load(
        "Site;Kind of area;Size (ha);Surveyed\n"
        "Hill;Sure;1,5;03/04/2019\n"
        "Lake;NOT SURE;;05/04/2019\n"
        "Hill;Sure;2;06/04/2019\n",
        mapping=AREA_AND_SIZE,
    )
    assert result.created == {"hazardous_area": 2, "area_movement": 2}
    hill, lake = _facts(store, "hazardous_area")
    assert (hill["name"], hill["area_class"]) == ("Hill", "CHA")
    assert (lake["name"], lake["area_class"]) == ("Lake", "SHA")
    moved = _column(store, "area_movement", "hazardous_area_id", "area_m2", "date")
    assert [(area, size, str(day)) for area, size, day in moved] == [
        (hill["id"], 15_000, "2019-04-03"),
        (hill["id"], 20_000, "2019-04-06"),
    ]


def test_rows_that_contradict_each_other_about_one_record_are_refused(load: Import) -> None:
    text = (
        "Site;Kind of area;Size (ha);Surveyed\n"
        "Hill;Sure;1,5;03/04/2019\n"
        "Hill;not sure;2;06/04/2019\n"
    )
    found = _refused(load, text, mapping=AREA_AND_SIZE)
    assert [row[:2] for row in found] == [("IMPORT-006", 3)]


def test_a_mapping_may_leave_the_other_columns_to_their_headings(
    store: Store, load: Import
) -> None:
    mapping = f'{ONE}[columns]\nSite = "name"\nSize = ""\n[constants]\nstatus = "open"\n'
    result = load("Site,area_class,Size\nHill,CHA,4\n", mapping=mapping)
    assert result.notices == ()
    found = _column(store, "hazardous_area", "name", "area_class", "status")
    assert found == [("Hill", "CHA", "open")]


CREATE = """\
format = 1
kind = "marking_event"
[links.organisation_id]
create = true
constants = { roles = "operator" }
[links.hazardous_area_id]
create = true
"""


def test_what_a_mapping_makes_for_links_is_checked_like_all_else(
    store: Store, load: Import
) -> None:
    rows = "date,kind,organisation_id\n2019,marked,Blue Team\n2020,marked,blue team\n"
    result = load(rows, mapping=CREATE)
    assert result.created == {"organisation": 1, "marking_event": 2}
    assert _column(store, "organisation", "name", "roles") == [("Blue Team", ["operator"])]
    with_area = "date,kind,hazardous_area_id\n2019,marked,Hill\n"
    found = [row[0] for row in _refused(load, with_area, mapping=CREATE)]
    assert found == ["FIELD-001"]  # the area would have no class


@pytest.mark.parametrize(
    ("mapping", "code", "key"),
    [
        ("format = 2\nkind = 'hazardous_area'", "MAP-004", "format"),
        ("format = 1", "MAP-005", "kind"),
        ("format = 1\nkind = 'hazardous_aria'", "MAP-006", "kind"),
        (f"{ONE}colums = {{}}", "MAP-003", "colums"),
        (f"{ONE}decimal_mark = ';'", "MAP-002", "decimal_mark"),
        (f"{ONE}columns = {{ a = 'nmae' }}", "MAP-007", "columns.a"),
        (
            f"{ONE}columns = {{ a = 'name' }}\nconstants = {{ name = 'x' }}",
            "MAP-008",
            "constants.name",
        ),
        (f"{ONE}links.name.create = true", "MAP-009", "links.name"),
        (f"{ONE}links.admin_unit_id.record = 'x'", "MAP-010", "links.admin_unit_id.record"),
        (f"{ONE}when = 'a ='", "MAP-012", "when"),
        (f"{ONE}units.area_computed_m2 = 'kg'", "MAP-013", "units.area_computed_m2"),
        (
            "format = 1\n[[records]]\nkind = 'hazardous_area'\nmatch = 'x'",
            "MAP-007",
            "records[0].match",
        ),
        ("format = ", "MAP-001", None),
    ],
)
def test_a_slip_in_a_mapping_is_named_by_its_key(
    load: Import, mapping: str, code: str, key: str | None
) -> None:
    with pytest.raises(UserError) as caught:
        load(AREAS, mapping=mapping)
    assert [(one.code, one.place.field) for one in caught.value.problems] == [(code, key)]


@pytest.mark.parametrize(
    ("mapping", "code"),
    [
        (f"{ONE}columns = {{ Nmae = 'name' }}", "FILE-012"),
        (f"{ONE}when = 'colour == 1'", "FILE-013"),
    ],
)
def test_a_mapping_that_does_not_fit_the_table_is_refused(
    load: Import, mapping: str, code: str
) -> None:
    with pytest.raises(UserError) as caught:
        load(AREAS, mapping=mapping)
    assert [one.code for one in caught.value.problems] == [code]


def test_the_worked_example_of_the_guide_works(store: Store, load: Import) -> None:
    guide = Path(__file__).parent.parent / "docs" / "import-and-export.md"
    blocks = re.findall(r"```(csv|toml)\n(.*?)```", guide.read_text("utf-8"), re.DOTALL)
    table, mapping = (
        next(text for kind, text in blocks if kind == wanted) for wanted in ("csv", "toml")
    )
    _put(store, organisation("Blue Team"))
    result = load(table, mapping=mapping)
    assert result.created == {"hazardous_area": 2, "area_movement": 3, "admin_unit": 1}
    moved = _column(store, "area_movement", "kind", "area_m2", "date")
    assert [(kind, size, str(day)) for kind, size, day in moved] == [
        ("opening", 120_000, "2019-04-03"),
        ("cleared", 45_000, "2020"),
        ("opening", 5_000, "2019-05-12"),
    ]


# --- identities


def test_identities_go_in_only_while_they_are_unlocked(store: Store, load: Import) -> None:
    load(
        "local_id,victim_type,sex,age_band,registered_on,consent,consent_date\n"
        "S-1,direct,F,25-59,2019,given,2019-05-01\n",
        "survivor",
    )
    text = "survivor_id,full_name\nS-1,A Name\n"
    with pytest.raises(UserError, match="passphrase"):
        load(text, "person_identity")
    with store.unlock("a passphrase"):
        load(text, "person_identity")
        assert _column(store, "person_identity", "full_name") == ["A Name"]
    assert _column(store, "person_identity", "full_name") != ["A Name"]


# --- progress and undo


def test_progress_is_told_and_ends_at_the_end(load: Import) -> None:
    told: list[tuple[int, int]] = []
    rows = "".join(f"Area {n},CHA\n" for n in range(400))
    load(f"name,area_class\n{rows}", progress=lambda done, total: told.append((done, total)))
    assert len(told) > 1
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]


def test_the_collector_of_objects_runs_again_after_an_import(load: Import) -> None:
    load("name,area_class\nA,SHA\n")
    assert gc.isenabled()
    with pytest.raises(UserError):
        load("name,area_class\nB,nothing\n")
    assert gc.isenabled()


def test_progress_that_raises_cancels_the_import(store: Store, load: Import) -> None:
    def cancel(done: int, total: int) -> None:
        raise KeyboardInterrupt(done, total)

    rows = "".join(f"Area {n},CHA\n" for n in range(400))
    with pytest.raises(KeyboardInterrupt):
        load(f"name,area_class\n{rows}", progress=cancel)
    assert _facts(store, "hazardous_area") == []


def _imported(load: Import, *args: str) -> str:
    batch = load(*args).batch
    assert batch is not None
    return batch


def test_an_import_is_taken_back_whole(store: Store, load: Import) -> None:
    load("local_id,name,area_class,survey_date\nN-1,North,CHA,2019-05\n")
    text = "local_id,name,area_class,survey_date\nN-1,Nord,SHA,2020\nN-2,South,CHA,\n"
    batch = _imported(load, text)
    result = undo_import(store, batch)
    assert (result.hidden, result.restored) == ({"hazardous_area": 1}, {"hazardous_area": 1})
    found = _column(store, "hazardous_area", "local_id", "name", "area_class")
    assert found == [("N-1", "North", "CHA")]
    assert str(_facts(store, "hazardous_area")[0]["survey_date"]) == "2019-05"


def test_what_was_taken_back_can_be_imported_again(store: Store, load: Import) -> None:
    text = "local_id,name,area_class\nN-1,North,CHA\n"
    undo_import(store, _imported(load, text))
    assert _facts(store, "hazardous_area") == []
    again = load(text)
    assert again.updated == {"hazardous_area": 1}
    assert _column(store, "hazardous_area", "local_id", "name") == [("N-1", "North")]
    assert again.batch is not None
    undo_import(store, again.batch)
    assert _facts(store, "hazardous_area") == []


def test_an_import_that_was_built_upon_is_not_taken_back(store: Store, load: Import) -> None:
    batch = _imported(load, "local_id,name,area_class\nN-1,North,CHA\n")
    area = _facts(store, "hazardous_area")[0]["id"]
    _put(
        store,
        AreaMovement(
            local_id="M-9",
            hazardous_area_id=area,
            area_class="CHA",
            kind="opening",
            date=PartialDate.parse("2019-05-01"),
            area_m2=5,
        ),
    )
    with pytest.raises(UserError, match="M-9"):
        undo_import(store, batch)
    assert len(_facts(store, "hazardous_area")) == 1


def test_an_import_that_was_changed_since_is_not_taken_back(store: Store, load: Import) -> None:
    batch = _imported(load, "local_id,name,area_class\nN-1,North,CHA\nN-2,South,CHA\n")
    load("local_id,name\nN-2,Sud\n", "hazardous_area")
    with pytest.raises(UserError, match="N-2 was changed"):
        undo_import(store, batch)
    assert _column(store, "hazardous_area", "name") == ["North", "Sud"]


def test_imports_are_taken_back_one_after_the_other(store: Store, load: Import) -> None:
    first = _imported(load, "local_id,name,area_class\nN-1,North,CHA\nN-2,South,CHA\n")
    second = _imported(load, "local_id,name\nN-2,Sud\n", "hazardous_area")
    undo_import(store, second)
    with pytest.raises(UserError, match="already"):
        undo_import(store, second)
    assert _column(store, "hazardous_area", "name") == ["North", "South"]
    undo_import(store, first)
    assert _facts(store, "hazardous_area") == []
    with pytest.raises(UserError, match="already"):
        undo_import(store, first)


def test_only_an_import_is_taken_back_and_only_once(store: Store, load: Import) -> None:
    batch = _imported(load, AREAS)
    undo_import(store, batch)
    with store.write("by hand") as writer:
        writer.add(organisation("Army"))
        by_hand = writer.batch
    for other, word in ((batch, "already"), (by_hand, "by hand"), ("nonsense", "nonsense")):
        with pytest.raises(UserError, match=word):
            undo_import(store, other)
