"""Form files: what is refused, with the code and the place, and what a sound folder gives."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from form_samples import write_forms

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.formdef.catalogue import Catalogue, load_catalogue
from mineaction_desktop.formdef.headings import Ambiguous, Matched, Unknown, match_headings
from mineaction_desktop.formdef.naming import record_name
from mineaction_desktop.formdef.values import defaults, set_values, values_of
from mineaction_desktop.records.land import QualityVisit


def refusals(folder: Path, *extra: Path) -> list[tuple[str, str]]:
    """The code and the place of every mistake in a folder."""
    with pytest.raises(UserError) as caught:
        load_catalogue(folder, extra)
    assert caught.value.render()
    for problem in caught.value.problems:
        assert problem.place.file
        assert problem.message.render()
    return [(problem.code, problem.place.field or "") for problem in caught.value.problems]


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return load_catalogue(write_forms(tmp_path))


VISIT_AT = "sections[visit].fields"


@pytest.mark.parametrize(
    ("stem", "old", "new", "code", "place"),
    [
        ("quality_visit", "format = 1", "format = ", "FORM-001", ""),
        ("quality_visit", "format = 1", "format = 2", "FORM-004", "format"),
        ("all", "format = 1", "", "FORM-004", "format"),
        ("quality_visit", 'subject = "land"', 'subject = "sea"', "FORM-002", "subject"),
        ("quality_visit", 'plural = "Quality visits"', "", "FORM-002", ""),
        (
            "quality_visit",
            'default = "today"',
            'defualt = "today"',
            "FORM-003",
            f"{VISIT_AT}[date]",
        ),
        ("quality_visit", 'severity = "warning"', 'when = "x"', "FORM-003", "rules[QUA-002]"),
        ("all", 'title = "Severity"', 'titel = "Severity"', "FORM-003", "nonconformity_severity"),
        ("quality_visit", 'kind = "quality_visit"', 'kind = "qualty_visit"', "FORM-005", "kind"),
        ("quality_visit", 'kind = "quality_visit"', 'kind = "marking_event"', "FORM-006", "kind"),
        ("quality_visit", 'title = "Quality visit"', 'title = " "', "FORM-008", "title"),
        (
            "quality_visit",
            'label = "Inspected"',
            'label = ""',
            "FORM-008",
            f"{VISIT_AT}[inspected_id].label",
        ),
        ("quality_visit", 'title = "Visit"', 'title = ""', "FORM-008", "sections[visit].title"),
        (
            "quality_visit",
            'message = "Say what was found."',
            'message = ""',
            "FORM-008",
            "rules[QUA-002].message",
        ),
        ("quality_visit", 'code = "QUA"', 'code = "QV"', "FORM-009", "code"),
        (
            "quality_visit",
            'name = "inspected_id"',
            'name = "inspcted_id"',
            "FORM-010",
            f"{VISIT_AT}[inspcted_id].name",
        ),
        ("nonconformity", '{ name = "measure", label = "Measure" },', "", "FORM-011", "sections"),
        (
            "quality_visit",
            'name = "inspecting_id"',
            'name = "inspected_id"',
            "FORM-012",
            f"{VISIT_AT}[inspected_id]",
        ),
        ("quality_visit", 'type = "yes_no"', "", "FORM-013", f"{VISIT_AT}[checked_all].type"),
        (
            "quality_visit",
            'unit = "ha"',
            'type = "integer"',
            "FORM-014",
            f"{VISIT_AT}[sample_m2].type",
        ),
        (
            "quality_visit",
            'name = "visitors"',
            'name = "Visitors"',
            "FORM-015",
            f"{VISIT_AT}[Visitors].name",
        ),
        (
            "quality_visit",
            'name = "visitors"',
            'name = "version"',
            "FORM-015",
            f"{VISIT_AT}[version].name",
        ),
        (
            "quality_visit",
            'type = "yes_no"',
            'type = "choice"',
            "FORM-016",
            f"{VISIT_AT}[checked_all].list",
        ),
        (
            "quality_visit",
            'type = "yes_no"',
            'type = "yes_no"\nminimum = 1',
            "FORM-016",
            f"{VISIT_AT}[checked_all].minimum",
        ),
        (
            "quality_visit",
            'type = "yes_no"',
            'type = "yes_no"\nlink = "accident"',
            "FORM-016",
            f"{VISIT_AT}[checked_all].link",
        ),
        (
            "quality_visit",
            'default = "internal"',
            'default = "sometimes"',
            "FORM-017",
            f"{VISIT_AT}[kind].default",
        ),
        (
            "quality_visit",
            'default = "today"',
            'default = "someday"',
            "FORM-017",
            f"{VISIT_AT}[date].default",
        ),
        (
            "quality_visit",
            'default = "internal"',
            'relevant = "filled(result)"',
            "FORM-018",
            f"{VISIT_AT}[kind].relevant",
        ),
        (
            "quality_visit",
            'title = "Visit"',
            'title = "Visit"\nrelevant = "filled(result)"',
            "FORM-018",
            "sections[visit].relevant",
        ),
        (
            "quality_visit",
            'constraint = "date <= today"',
            "",
            "FORM-019",
            f"{VISIT_AT}[date].constraint_message",
        ),
        (
            "quality_visit",
            '"date <= today"',
            '"date <=! today"',
            "FORM-020",
            f"{VISIT_AT}[date].constraint",
        ),
        (
            "quality_visit",
            '"visitors > 2"',
            '"open(1)"',
            "FORM-020",
            f"{VISIT_AT}[next_visit].relevant",
        ),
        (
            "quality_visit",
            '"visitors > 2"',
            '"vistors > 2"',
            "FORM-021",
            f"{VISIT_AT}[next_visit].relevant",
        ),
        (
            "quality_visit",
            "option_kind",
            "option_colour",
            "FORM-021",
            f"{VISIT_AT}[activity_id].filter",
        ),
        (
            "quality_visit",
            "option_organisation_id ==",
            "option_kind == kind and",
            "FORM-023",
            f"{VISIT_AT}[activity_id].filter",
        ),
        (
            "quality_visit",
            "result == 'passed'",
            "result == 'past'",
            "FORM-022",
            "rules[QUA-002].check",
        ),
        (
            "quality_visit",
            "result == 'passed'",
            "date == 'soon'",
            "FORM-022",
            "rules[QUA-002].check",
        ),
        (
            "quality_visit",
            "result == 'passed'",
            "sample_m2 == 'big'",
            "FORM-022",
            "rules[QUA-002].check",
        ),
        (
            "quality_visit",
            '"visitors > 2"',
            '"visitors"',
            "FORM-023",
            f"{VISIT_AT}[next_visit].relevant",
        ),
        ("quality_visit", 'unit = "ha"', 'unit = "kg"', "FORM-024", f"{VISIT_AT}[sample_m2].unit"),
        (
            "quality_visit",
            'unit = "ha"',
            'unit = "hands"',
            "FORM-024",
            f"{VISIT_AT}[sample_m2].unit",
        ),
        *(
            (
                "quality_visit",
                'label = "Inspected"\n',
                f'label = "Inspected"\ntaken = "{taken}"\n',
                "FORM-025",
                f"{VISIT_AT}[inspected_id].taken",
            )
            for taken in (
                "activity_id",  # no field of the activity
                "activity_id.team",  # holds a text, not an organisation
                "activity_id.donors",  # there is none
                "activity.organisation_id",  # no link of the visit
                "date.organisation_id",  # no link at all
            )
        ),
        (
            "all",
            "[quality_result]",
            "[quality_results]",
            "FORM-030",
            "sections[outcome].fields[result].list",
        ),
        (
            "quality_visit",
            'type = "yes_no"',
            'type = "link"\nlink = "visits"',
            "FORM-005",
            f"{VISIT_AT}[checked_all].link",
        ),
        (
            "quality_visit",
            'type = "yes_no"',
            'type = "choice"\nlist = "qualty_kind"',
            "FORM-030",
            f"{VISIT_AT}[checked_all].list",
        ),
        (
            "quality_visit",
            'type = "yes_no"',
            'type = "money"',
            "FORM-040",
            f"{VISIT_AT}[checked_all].currency_field",
        ),
        (
            "quality_visit",
            'group = "nonconformity"',
            'group = "accident"',
            "FORM-031",
            "sections[nonconformities].group",
        ),
        (
            "quality_visit",
            'group = "nonconformity"',
            'group = "nonconformities"',
            "FORM-005",
            "sections[nonconformities].group",
        ),
        ("quality_visit", 'id = "outcome"', 'id = "visit"', "FORM-033", "sections[visit]"),
        ("quality_visit", 'group = "nonconformity"', "", "FORM-034", "sections[nonconformities]"),
        (
            "quality_visit",
            'id = "outcome"',
            'id = "outcome"\ngroup = "nonconformity"',
            "FORM-034",
            "sections[outcome]",
        ),
        (
            "quality_visit",
            '"{local_id} {kind} ({findings})"',
            '"{local_id} {knd}"',
            "FORM-040",
            "label",
        ),
        ("quality_visit", '"{local_id} {kind} ({findings})"', '"{local_id"', "FORM-041", "label"),
        (
            "quality_visit",
            '"{local_id} {kind} ({findings})"',
            '"{local_id!r}"',
            "FORM-041",
            "label",
        ),
        ("quality_visit", '"{local_id} {kind} ({findings})"', '"{0}"', "FORM-041", "label"),
        ("quality_visit", '["local_id", "date", "kind"]', '["when"]', "FORM-040", "list_columns"),
        (
            "quality_visit",
            'field = "findings"',
            'field = "finding"',
            "FORM-040",
            "rules[QUA-002].field",
        ),
        (
            "quality_visit",
            'code = "QUA-002"',
            'code = "QUA-001"',
            "FORM-042",
            "rules[QUA-001].code",
        ),
        ("quality_visit", 'code = "QUA-002"', 'code = "second"', "FORM-043", "rules[second].code"),
        (
            "quality_visit",
            'code = "QUA-002"',
            'code = "FIELD-001"',
            "FORM-043",
            "rules[FIELD-001].code",
        ),
        (
            "all",
            'code = "external", label',
            'code = "internal", label',
            "FORM-050",
            "quality_kind.choices[internal]",
        ),
        (
            "all",
            'aliases = ["QA"]',
            'aliases = ["q.c."]',
            "FORM-051",
            "quality_kind.choices[external]",
        ),
        ("all", '{ code = "rejected", label = "Rejected" },', "", "FORM-052", "review_state"),
        ("all", 'title = "Severity"', 'title = ""', "FORM-008", "nonconformity_severity.title"),
        (
            "all",
            'label = "Passed"',
            'label = ""',
            "FORM-008",
            "quality_result.choices[passed].label",
        ),
        (
            "all",
            'label = "Passed"',
            'label = "Passed", parent = "extrenal"',
            "FORM-054",
            "quality_result.choices[passed].parent",
        ),
    ],
)
def test_a_mistake_is_refused_with_its_place(
    tmp_path: Path, stem: str, old: str, new: str, code: str, place: str
) -> None:
    folder = write_forms(tmp_path, **{stem: (old, new)})
    assert (code, place) in refusals(folder)


@pytest.mark.parametrize(
    "check",
    ["findings == 'x'", "date >= '2019'", "kind in ['internal', 'external']", "today > date + 30"],
)
def test_a_sound_condition_is_taken(tmp_path: Path, check: str) -> None:
    folder = write_forms(tmp_path, quality_visit=("result == 'passed'", check))
    assert load_catalogue(folder).form("quality_visit").rules[1].check.text.startswith(check)


def test_a_broken_check_of_a_rule_is_refused(tmp_path: Path) -> None:
    folder = write_forms(tmp_path, quality_visit=("result == 'passed'", "result = 'passed'"))
    assert refusals(folder) == [("FORM-020", "rules[QUA-002].check")]


def test_a_name_of_a_linked_record_stands_in_the_label(tmp_path: Path) -> None:
    change = ('"{local_id} {kind} ({findings})"', '"{local_id} {inspected_id}"')
    form = load_catalogue(write_forms(tmp_path, quality_visit=change)).form("quality_visit")
    values = {"local_id": "QUA-1", "inspected_id": "id-1"}
    assert record_name(form, values, {"inspected_id": "Sappers"}) == "QUA-1 Sappers"
    assert record_name(form, values) == "QUA-1"


def test_several_mistakes_are_shown_at_once(tmp_path: Path) -> None:
    folder = write_forms(
        tmp_path, quality_visit=('code = "QUA"', 'code = "Q"'), all=("format = 1", "format = 3")
    )
    assert {"FORM-009", "FORM-004"} <= {code for code, _ in refusals(folder)}


def test_an_unknown_name_is_answered_with_the_nearest(tmp_path: Path) -> None:
    folder = write_forms(tmp_path, quality_visit=('name = "inspected_id"', 'name = "inspcted_id"'))
    with pytest.raises(UserError) as caught:
        load_catalogue(folder)
    assert "inspected_id" in caught.value.problems[0].message.render()


def test_a_kind_has_one_form_only(tmp_path: Path) -> None:
    folder, extra = write_forms(tmp_path / "a"), write_forms(tmp_path / "b")
    codes = [code for code, _ in refusals(folder, extra)]
    assert {"FORM-007", "FORM-053"} <= set(codes)


def test_a_group_needs_a_form_of_its_rows(tmp_path: Path) -> None:
    folder = write_forms(tmp_path)
    (folder / "entry" / "nonconformity.toml").unlink()
    assert refusals(folder) == [("FORM-032", "sections[nonconformities].group")]


def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    folder = write_forms(tmp_path)
    (folder / "entry" / "quality_visit.toml").write_bytes(b"\xff\xfe\x00")
    assert ("FORM-001", "") in refusals(folder)


def test_fields_join_what_the_file_and_the_record_say(catalogue: Catalogue) -> None:
    form = catalogue.form("quality_visit")
    assert catalogue.kinds() == ("nonconformity", "quality_visit")
    assert list(form.fields)[:4] == ["date", "kind", "activity_id", "inspected_id"]
    assert list(form.fields)[-1] == "review_state"
    assert form.fields["date"].obligatory
    assert not form.fields["local_id"].obligatory
    assert form.fields["kind"].choices is catalogue.choices("quality_kind")
    assert form.fields["activity_id"].link == "land_activity"
    sample = form.fields["sample_m2"]
    assert (sample.type, sample.unit, sample.typed_unit, sample.minimum) == ("area", "m²", "ha", 0)
    strip, load = form.fields["strip_m2"], form.fields["load"]
    assert (strip.unit, strip.minimum, load.unit) == ("m²", 0, "kg")
    visitors = form.fields["visitors"]
    assert (visitors.extra, visitors.minimum, visitors.maximum) == (True, 1, 20)


def test_a_group_brings_the_form_of_its_rows(catalogue: Catalogue) -> None:
    (group,) = catalogue.form("quality_visit").groups
    assert (group.kind, group.link_field) == ("nonconformity", "quality_visit_id")
    assert group.form is catalogue.form("nonconformity")
    assert group.form.fields["quality_visit_id"].is_parent_link


@pytest.mark.parametrize("ask", ["form", "choices"])
def test_what_does_not_exist_is_refused(catalogue: Catalogue, ask: str) -> None:
    with pytest.raises(UserError):
        getattr(catalogue, ask)("quality")


def test_an_office_adds_fields_rules_and_lists(tmp_path: Path) -> None:
    extra = tmp_path / "national"
    (extra / "entry").mkdir(parents=True)
    (extra / "choices").mkdir()
    (extra / "entry" / "our_visits.toml").write_text(
        """\
format = 1
extends = "quality_visit"
[[sections]]
id = "national"
title = "Our own"
fields = [{ name = "weather", extra = true, type = "choice", list = "weather", label = "Weather" }]
[[rules]]
code = "OUR-001"
check = "weather != 'snow' or filled(findings)"
message = "Say how you found it in the snow."
"""
    )
    (extra / "choices" / "ours.toml").write_text(
        'format = 1\n[weather]\ntitle = "Weather"\nopen = true\n'
        'choices = [{ code = "snow", label = "Snow" }]\n'
    )
    form = load_catalogue(write_forms(tmp_path / "forms"), [extra]).form("quality_visit")
    assert [section.id for section in form.sections][-2:] == ["national", "record"]
    assert form.fields["weather"].choices is not None
    assert [rule.code for rule in form.rules] == ["QUA-001", "QUA-002", "OUR-001"]


KIND_OF_A_SCHOOL = """
import sys
from pathlib import Path
from sqlalchemy.orm import Mapped
from mineaction_desktop.formdef.catalogue import load_catalogue
from mineaction_desktop.records import Record, columns

class DogSchool(Record, kw_only=True):
    prefix = "DOG"
    name: Mapped[str] = columns.text(required=True)

forms, extra = map(Path, sys.argv[1:])
print(load_catalogue(forms, [extra]).form("dog_school").fields["name"].obligatory)
"""
DOG_SCHOOL = """\
format = 1
kind = "dog_school"
title = "Dog school"
plural = "Dog schools"
subject = "reference"
help = "Where dogs learn."
label = "{name}"
list_columns = ["name"]
code = "DOG"
[[sections]]
id = "school"
title = "School"
fields = [{ name = "name", label = "Name" }]
"""


def test_a_kind_declared_later_works_from_its_two_files(tmp_path: Path) -> None:
    extra = tmp_path / "further"
    (extra / "entry").mkdir(parents=True)
    (extra / "entry" / "dog_school.toml").write_text(DOG_SCHOOL)
    forms = write_forms(tmp_path / "forms")
    # in a process of its own: a kind that is declared stays declared
    ran = subprocess.run(
        [sys.executable, "-c", KIND_OF_A_SCHOOL, str(forms), str(extra)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == "True"


def test_an_addition_needs_a_form_to_add_to(tmp_path: Path) -> None:
    extra = tmp_path / "national"
    (extra / "entry").mkdir(parents=True)
    (extra / "entry" / "ours.toml").write_text('format = 1\nextends = "quality_visits"\n')
    assert refusals(write_forms(tmp_path / "forms"), extra) == [("FORM-005", "extends")]


def test_the_list_of_a_field_knows_its_labels(catalogue: Catalogue) -> None:
    choices = catalogue.choices("quality_kind")
    assert [choices.label(code) for code in ("external", "own")] == ["By another body", "own"]
    assert [choice.code for choice in choices.offered()] == ["internal", "external"]


def test_new_records_start_with_the_defaults(catalogue: Catalogue) -> None:
    found = defaults(catalogue.form("nonconformity"), date(2024, 6, 1))
    assert found == {"review_state": "entered"}
    visit = defaults(catalogue.form("quality_visit"), date(2024, 6, 1))
    assert str(visit["date"]) == "2024-06-01"
    assert visit["kind"] == "internal"


def test_files_that_would_be_passed_over_are_named(tmp_path: Path) -> None:
    entry = tmp_path / "entry"
    entry.mkdir()
    beside, misnamed = tmp_path / "dog_team.toml", entry / "dog_team.toml.txt"
    for path in (beside, misnamed, entry / ".DS_Store", entry / "README"):
        path.write_text("format = 1", "utf-8")
    with pytest.raises(UserError) as refused:
        load_catalogue(extra_folders=[tmp_path])
    found = {problem.code: problem for problem in refused.value.problems}
    assert found.keys() == {"FORM-060", "FORM-061"}
    assert str(entry) in str(found["FORM-060"].message)
    assert found["FORM-060"].place.file == str(beside)
    assert found["FORM-061"].place.file == str(misnamed)


def test_national_fields_stand_beside_the_columns(catalogue: Catalogue) -> None:
    form = catalogue.form("quality_visit")
    record = QualityVisit(date=PartialDate.parse("2019"), kind="internal", extra={"commune": 7})
    start = defaults(form, date(2024, 6, 1))
    set_values(form, record, {**start, "visitors": 3, "next_visit": start["date"]})
    assert record.extra == {"commune": 7, "visitors": 3, "next_visit": "2024-06-01"}
    values = values_of(form, record)
    assert values["next_visit"] == values["date"] == start["date"]
    assert values["visitors"] == 3
    set_values(form, record, {"visitors": None, "next_visit": None})
    assert record.extra == {"commune": 7}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (
            {"local_id": "QUA-1", "kind": "internal", "findings": "ok"},
            "QUA-1 By the operator itself (ok)",
        ),
        ({"local_id": "QUA-1"}, "QUA-1"),
        ({"kind": "unlisted"}, "unlisted"),
        ({}, ""),
    ],
)
def test_a_record_is_named_by_its_label(
    catalogue: Catalogue, values: dict[str, object], expected: str
) -> None:
    assert record_name(catalogue.form("quality_visit"), values).startswith(expected)


def test_headings_find_their_fields(catalogue: Catalogue) -> None:
    form = catalogue.form("quality_visit")
    headings = ["DATE", "Kind-of visit *", "sample (ha)", "Datum", "Finding", "zzz", ""]
    found = match_headings(form, headings)
    assert found[:3] == [Matched(form.fields[name]) for name in ("date", "kind", "sample_m2")]
    assert found[3] == Ambiguous((form.fields["date"], form.fields["sample_m2"]))
    assert isinstance(found[4], Unknown)
    assert form.fields["findings"] in found[4].suggestions
    assert found[5:] == [Unknown(()), Unknown(())]


def test_two_headings_of_one_field_are_left_to_a_person(catalogue: Catalogue) -> None:
    form = catalogue.form("quality_visit")
    found = match_headings(form, ["date", "Inspected on", "kind"])
    assert found[:2] == [Ambiguous((form.fields["date"],))] * 2
    assert found[2] == Matched(form.fields["kind"])
