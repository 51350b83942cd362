"""Entry forms on paper: every form prints blank, and a record prints as its filled form."""

from __future__ import annotations

import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from entry_samples import area, forms, record, row, with_rows
from registers import new_store

from mineaction_desktop.cli.main import run
from mineaction_desktop.formdef.expressions import parse
from mineaction_desktop.i18n import ENGLISH, load_words
from mineaction_desktop.reports.present import Presenter
from mineaction_desktop.services.editing import save
from mineaction_desktop.services.paper import blank_form, filled_form, form_version
from mineaction_desktop.services.paper_conditions import only_if
from mineaction_desktop.storage.store import Reader, Store

A4 = (595, 842)


def words_of(path: Path) -> str:
    """The text of a paper on one line, without marks of direction."""
    run = ["pdftotext", "-raw", str(path), "-"]
    text = subprocess.run(run, capture_output=True, check=True, text=True).stdout
    plain = "".join(
        c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf"
    )
    return " ".join(plain.split())


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as made:
        yield made


@pytest.mark.parametrize("kind", forms().kinds())
def test_every_form_prints_with_every_field_in_order(kind: str, tmp_path: Path) -> None:
    path = blank_form(kind, tmp_path / "form.pdf")
    with pikepdf.open(path) as pdf:
        sizes = {tuple(round(float(side)) for side in page.mediabox[2:]) for page in pdf.pages}
        assert sizes == {A4}
    text, at = squeezed(words_of(path)), 0
    for number, section in enumerate(forms().form(kind).sections, start=1):
        place = text.find(squeezed(f"{number} {section.title}"), at)
        assert place >= at, section.title
        at = place
        for position, field in enumerate(section.fields, start=1):
            label = squeezed(f"{number}.{position} {field.label}")
            assert label in text[at:], field.name
    assert f"Form{forms().form(kind).code}·version{form_version(forms().form(kind))}" in text
    assert "Signature" in text


def test_a_short_list_is_ticked_and_a_long_one_stands_at_the_end(tmp_path: Path) -> None:
    text = words_of(blank_form("accident", tmp_path / "form.pdf"))
    assert "[ ] Mine or ordnance incident (civilian)" in text
    assert "[ ] Booby-trap" in text
    assert "Code from the list “Use of the land” on the last pages" in text
    lists = text.partition("Lists of codes")[2]
    assert "pasture Pasture" in lists
    assert "Afghanistan" not in text, "everybody knows the names of countries"


def test_paper_says_when_something_is_asked_at_all(tmp_path: Path) -> None:
    text = words_of(blank_form("survivor_service", tmp_path / "form.pdf"))
    assert "Only if “One person or many” is “One person”" in text


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("destroyed > 0", "Only if “Destroyed” is more than 0"),
        (
            "hazardous_area_id == None and family != 'APM'",
            "Only if “Hazardous area” is empty and “Family of ordnance” is not “Anti-personnel "
            "mine”",
        ),
        ("total(destroyed, retained) > 3", ""),
    ],
)
def test_conditions_are_said_plainly_or_not_at_all(condition: str, said: str) -> None:
    fields = forms().form("device_found").fields
    assert only_if(parse(condition), fields, ENGLISH) == said


def test_the_version_changes_with_the_questions_alone() -> None:
    versions = {form_version(form) for form in forms().forms.values()}
    assert len(versions) == len(forms().forms)
    assert all(len(one) == 8 for one in versions)


def test_the_same_paper_twice_is_the_same_file(tmp_path: Path) -> None:
    one, other = (blank_form("organisation", tmp_path / name) for name in ("a.pdf", "b.pdf"))
    assert one.read_bytes() == other.read_bytes()


def test_a_record_prints_with_its_rows_and_its_history(store: Store, tmp_path: Path) -> None:
    content = area("North field", classification="internal", priority="high")
    content = with_rows(
        content,
        "contamination",
        row(content, "contamination", family="APM", quantity_state="estimated", quantity=1250),
    )
    saved = save(store, forms(), content)
    path = filled_form(store, "hazardous_area", content.id, tmp_path / "record.pdf")
    text = words_of(path)
    assert f"Hazardous area {saved.content.local_id}" in text
    assert "North field" in text
    assert "[x] Confirmed hazardous area" in text
    assert "[ ] Suspected hazardous area" in text
    assert "[x] High" in text
    assert "1,250" in text
    assert "Entered" in text
    assert "Classification: Internal" in text
    assert "—" in text, "an empty field is seen to be empty"
    assert "EXERCISE" not in text


def test_paper_of_a_made_up_country_says_so(demo: tuple[Store, Reader], tmp_path: Path) -> None:
    store, _ = demo
    path = blank_form("accident", tmp_path / "form.pdf", store=store)
    assert "nothing on this form is real" in words_of(path)
    assert "EXERCISE" in words_of(path)


def test_a_long_answer_goes_on_on_the_next_page(store: Store, tmp_path: Path) -> None:
    notes = " ".join(f"word{number}" for number in range(3000))
    content = record("organisation", name="Clearance", notes=notes)
    save(store, forms(), content)
    path = filled_form(store, "organisation", content.id, tmp_path / "record.pdf")
    assert "word2999" in words_of(path)
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) > 2


def test_paper_in_arabic_runs_from_the_right(tmp_path: Path) -> None:
    words = load_words("ar")
    path = blank_form("accident", tmp_path / "form.pdf", presenter=Presenter("ar", words))
    text = words_of(path)
    assert all(word in text for word in words.gettext("When and where").split())
    assert "Project-Id-Version" not in text
    with pikepdf.open(path) as pdf:
        assert pdf.Root.ViewerPreferences.Direction == "/R2L"


def test_the_template_verb_writes_paper(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "areas.pdf"
    assert run(["template", "hazardous_area", str(path)]) == 0
    assert "Hazardous area" in words_of(path)
    assert str(path) in capsys.readouterr().err
