"""The checks say of published figures what reviewers would say of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mineaction_desktop.domain.problems import Severity
from mineaction_desktop.records.land import AreaLink
from mineaction_desktop.records.reference import ContactPoint, StateProfile
from mineaction_desktop.services.checking import CheckedProblem, CheckResult, check_year
from mineaction_desktop.services.importing import import_table
from mineaction_desktop.services.registers import new_register
from mineaction_desktop.storage.store import Author, Store

REAL = Path(__file__).parent / "real"
AREAS = ("zimbabwe_areas_2014", "zimbabwe-2014-2017/areas_2014.csv")
COUNTED = ("zimbabwe_counted_2017", "zimbabwe-2014-2017/areas_2017.csv")
RELEASE = ("zimbabwe_land_release_2017", "zimbabwe-2014-2017/land_release_2017.csv")
RETAINED = ("thailand_retained", "thailand-2019/retained.csv")
DESTROYED = ("thailand_destruction", "thailand-2019/destruction.csv")


def register(
    folder: Path, author: Author, state: str, in_force: date, *imports: tuple[str, str]
) -> Path:
    path = folder / f"{state}.mineaction"
    new_register(path, author, name=state, iso3=state, entry_into_force=in_force)
    with Store.open(path, author, write=True) as store:
        for mapping, file in imports:
            import_table(store, REAL / file, mapping=REAL / f"{mapping}.toml")
        with store.write() as writer:
            profile = writer.session.query(StateProfile).one()
            writer.add(ContactPoint(state_profile_id=profile.id, organisation="Authority"))
            if state == "THA":
                profile.article4_completed_on = date(2003, 4, 24)
    return path


def check(path: Path, year: int) -> CheckResult:
    with Store.open(path) as store, store.read() as reader:
        return check_year(store, reader, year)


def of(result: CheckResult, code: str) -> list[CheckedProblem]:
    return [found for found in result.problems if found.problem.code == code]


def said(result: CheckResult, code: str) -> list[str]:
    return [found.finding.message.render() for found in of(result, code)]


@pytest.fixture(scope="module")
def zimbabwe(tmp_path_factory: pytest.TempPathFactory, author: Author) -> CheckResult:
    folder = tmp_path_factory.mktemp("zwe")
    return check(register(folder, author, "ZWE", date(1999, 3, 1), AREAS, COUNTED), 2017)


@pytest.fixture(scope="module")
def thailand(tmp_path_factory: pytest.TempPathFactory, author: Author) -> dict[int, CheckResult]:
    folder = tmp_path_factory.mktemp("tha")
    path = register(folder, author, "THA", date(1999, 5, 1), RETAINED, DESTROYED)
    return {year: check(path, year) for year in (2018, 2019)}


def test_lusulu_lost_a_digit(zimbabwe: CheckResult) -> None:
    assert said(zimbabwe, "V-C-03") == [
        "Lusulu: 560,000 m² before, 56,000 m² now, 10 times less, and no survey record explains it."
    ]


def test_burma_valley_disappeared(zimbabwe: CheckResult) -> None:
    (finding,) = said(zimbabwe, "V-C-10")
    assert finding.startswith("Burma Valley has 806,000 m² in the books")


def test_a_new_name_is_offered_and_the_splits_are_linked(zimbabwe: CheckResult) -> None:
    (finding,) = said(zimbabwe, "V-C-12")
    assert "Leacon Hill to Sheba Forest" in finding
    assert "Sheba Forest to Beacon Hill" in finding


def test_splits_without_links_are_asked_for(tmp_path: Path, author: Author) -> None:
    path = register(tmp_path, author, "ZWE", date(1999, 3, 1), AREAS, COUNTED)
    with Store.open(path, author, write=True) as store, store.write() as writer:
        for link in writer.session.query(AreaLink):
            writer.hide(link, "to see what is asked")
    asked = " ".join(said(check(path, 2017), "V-C-12"))
    for name in ("Musengezi to Rwenya", "Sango Border Post to Crooks Corner"):
        assert name in asked


def test_the_books_of_zimbabwe_differ_by_a_fifth_of_a_square_kilometre(
    tmp_path: Path, author: Author
) -> None:
    path = register(tmp_path, author, "ZWE", date(1999, 3, 1), RELEASE)
    (finding,) = said(check(path, 2017), "V-C-01")
    assert finding == (
        "The whole country: the books give 61,580,000 m² on 2017-12-31, while 61,790,000 m² were "
        "counted. The difference of +210,000 m² (0.21 km²) is not explained."
    )


def test_thailand_has_no_error_and_nothing_to_say_on_retained_mines_any_more(
    thailand: dict[int, CheckResult],
) -> None:
    result = thailand[2019]
    assert result.failed_rules == ()
    assert [found.problem.code for found in result.of(Severity.ERROR)] == []
    assert {found.problem.code for found in result.problems} == {"V-A-01", "V-GEN-10"}
    assert {found.finding.subject for found in of(result, "V-GEN-10")} == {
        "mined_areas_known",
        "mined_areas_suspected",
        "production",
        "mined_area_programme",
        "mines_destroyed",
        "produced_types",
    }


def test_thailand_was_asked_about_its_mines_while_it_kept_them(
    thailand: dict[int, CheckResult],
) -> None:
    codes = {found.problem.code for found in thailand[2018].problems}
    assert {"V-D-02", "V-D-06", "V-H-02"} <= codes
    assert thailand[2018].of(Severity.ERROR) == ()


def test_the_front_page_of_a_new_register_lacks_its_contact(tmp_path: Path, author: Author) -> None:
    path = tmp_path / "new.mineaction"
    new_register(path, author, name="THA", iso3="THA", entry_into_force=date(1999, 5, 1))
    errors = check(path, 2019).of(Severity.ERROR)
    assert [found.problem.code for found in errors] == ["V-GEN-01"]
