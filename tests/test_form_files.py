"""The form files that come with the program: complete, and in agreement with the records."""

from __future__ import annotations

import pytest

from mineaction_desktop import paths
from mineaction_desktop.formdef.catalogue import Catalogue, load_catalogue
from mineaction_desktop.formdef.headings import Matched, match_headings
from mineaction_desktop.formdef.wording import key
from mineaction_desktop.records import kinds
from mineaction_desktop.records.base import BOOKKEEPING


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


KINDS = [
    name for name, record in kinds().items() if record.__module__.startswith("mineaction_desktop.")
]


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_is_laid_out_once(catalogue: Catalogue, kind: str) -> None:
    form = catalogue.form(kind)
    laid = [field.name for section in form.sections for field in section.fields if not field.extra]
    columns = [column.name for column in kinds()[kind].__table__.columns]
    assert sorted(laid) == sorted(set(columns) - set(BOOKKEEPING))


@pytest.mark.parametrize("kind", KINDS)
def test_name_and_label_of_a_field_find_it(catalogue: Catalogue, kind: str) -> None:
    form = catalogue.form(kind)
    for field in form.fields.values():
        for heading in (field.name, field.label):
            assert match_headings(form, [heading]) == [Matched(field)], heading


@pytest.mark.parametrize("kind", KINDS)
def test_no_alias_means_two_fields(catalogue: Catalogue, kind: str) -> None:
    owner: dict[str, str] = {}
    for field in catalogue.form(kind).fields.values():
        for alias in {key(alias) for alias in field.aliases}:
            assert owner.setdefault(alias, field.name) == field.name, alias


@pytest.mark.parametrize("kind", KINDS)
def test_the_rows_of_every_child_stand_in_a_form(catalogue: Catalogue, kind: str) -> None:
    parents = [field.link for field in catalogue.form(kind).fields.values() if field.is_parent_link]
    for parent in parents:
        assert parent is not None
        assert kind in [group.kind for group in catalogue.form(parent).groups]


def test_every_list_is_used(catalogue: Catalogue) -> None:
    used = {
        field.choices.name
        for form in catalogue.forms.values()
        for field in form.fields.values()
        if field.choices
    }
    assert used == set(catalogue.lists)


def test_the_files_lie_where_the_program_looks() -> None:
    assert {path.stem for path in (paths.forms_dir() / "entry").glob("[a-z]*.toml")} == set(KINDS)
