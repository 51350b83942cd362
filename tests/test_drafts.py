"""Drafts: everything keyed is on the disk at once, comes back as it was, and goes when saved."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from entry_samples import activity, area, forms, keyed, put, record, survivor
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from registers import AUTHOR, behind_the_back, new_store, unsound

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.formdef.catalogue import Catalogue
from mineaction_desktop.formdef.form import Field
from mineaction_desktop.records.types import LOCKED
from mineaction_desktop.services.content import Content, RowContent
from mineaction_desktop.services.drafts import (
    Draft,
    drop_draft,
    keep_draft,
    missing,
    new_draft,
    open_drafts,
    parked,
    read_draft,
    rescue,
    rescued,
    take_rescued,
)
from mineaction_desktop.services.editing import ConflictError, open_record, path_of, save, settle
from mineaction_desktop.storage.store import Store

PASSPHRASE = "correct horse"  # noqa: S105 - of a register without secrets
NAME = "Layla al-Masri"


@pytest.fixture(autouse=True)
def shelter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where rescue files go during a test."""
    folder = tmp_path / "rescued"
    monkeypatch.setenv("MINEACTION_RESCUE", str(folder))
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as opened:
        yield opened


def kept(store: Store) -> list[Draft]:
    with store.read() as reader:
        return open_drafts(reader)


def _same(one: Draft, other: Draft) -> bool:
    """Whether two drafts say the same, whenever they were kept."""
    return replace(one, kept_at=other.kept_at) == other


# --- keeping


def test_a_draft_comes_back_as_it_was_keyed(store: Store) -> None:
    made = activity(put(store, area()))
    device = made.rows("device_found")[0].id
    notes = {"start_date": "hard to read", path_of("quantity", device): "3 or 8"}
    texts = {"end_date": "31 Feb", path_of("quantity", device): "three"}
    draft = replace(
        new_draft(replace(made, notes=notes), AUTHOR), texts=texts, is_parked=True, purpose="second"
    )
    with store.read() as reader:
        before = reader.change_number
    at = keep_draft(store, draft)
    with store.read() as reader:
        assert open_drafts(reader) == []
        (found,) = open_drafts(reader, purpose="second")
        assert reader.change_number == before
        assert read_draft(reader, draft.id) == found
    assert _same(found, draft)
    assert (found.kept_at, found.notes, found.based_on) == (at, notes, None)
    assert unsound(store) == []


def _given(field: Field) -> st.SearchStrategy[object]:
    """Values that a field can hold."""
    text = st.text(max_size=30)
    days = st.dates(dt.date(1950, 1, 1), dt.date(2030, 1, 1))
    codes = list(field.choices.choices) if field.choices else ["-"]
    whole = st.integers(-(2**63), 2**63 - 1)
    by_type: dict[str, st.SearchStrategy[object]] = {
        "choice": st.sampled_from(codes),
        "choices": st.lists(st.sampled_from(codes), min_size=1, max_size=3),
        "texts": st.lists(text, min_size=1, max_size=3),
        "yes_no": st.booleans(),
        "day": days,
        "partial_date": days.map(PartialDate.of),
        "number": st.floats(allow_nan=False),
        "latitude": st.floats(-90, 90),
        "longitude": st.floats(-180, 180),
        **dict.fromkeys(("integer", "quantity", "area", "money"), whole),
    }
    return st.none() | by_type.get(field.type, text)


@st.composite
def _values(draw: st.DrawFn, kind: str) -> dict[str, object]:
    """The values of a form of which a person has filled in a few."""
    fields = forms().form(kind).fields
    filled = draw(st.sets(st.sampled_from(sorted(fields)), max_size=6))
    return {name: draw(_given(field)) if name in filled else None for name, field in fields.items()}


@st.composite
def _drafts(draw: st.DrawFn) -> Draft:
    kind = draw(st.sampled_from(["land_activity", "state_profile", "survivor", "funding"]))
    groups = {
        group.kind: tuple(
            RowContent(f"row {position}", draw(_values(group.kind)), *draw(_standing))
            for position in range(draw(st.integers(0, 2)))
        )
        for group in forms().form(kind).groups
    }
    version, hidden = draw(_standing)
    content = Content(kind, "an id", version, draw(_values(kind)), groups, {}, hidden)
    texts = draw(st.dictionaries(st.sampled_from(["a", "row 0/b"]), st.text(max_size=9)))
    return replace(new_draft(content, AUTHOR), texts=texts)


_standing = st.tuples(st.none() | st.integers(1, 9), st.booleans())


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(_drafts())
def test_whatever_is_keyed_comes_back(store: Store, draft: Draft) -> None:
    keep_draft(store, draft)
    with store.read() as reader:
        found = read_draft(reader, draft.id)
    assert found is not None
    assert _same(found, draft)


@pytest.mark.parametrize(
    "text", ["\x00\x1b", "\ud83d", "👩‍🔬", "\u202eabc", "x" * 100_000, "=1+1", "“" * 5000]
)
def test_any_text_is_kept(store: Store, text: str) -> None:
    draft = new_draft(area(text), AUTHOR)
    keep_draft(store, draft)
    (found,) = kept(store)
    assert found.content.values["name"] == text


def test_keeping_again_replaces_what_was_kept(store: Store) -> None:
    draft = new_draft(area("First"), AUTHOR)
    other = new_draft(area("Other"), AUTHOR)
    for one in (draft, other, replace(draft, content=keyed(draft.content, name="Last"))):
        keep_draft(store, one)
    assert [one.content.values["name"] for one in kept(store)] == ["Last", "Other"]
    with store.read() as reader:
        (found,) = open_drafts(reader, record_id=other.content.id)
    assert found.id == other.id
    drop_draft(store, draft.id)
    drop_draft(store, "never kept")
    assert [one.content.values["name"] for one in kept(store)] == ["Other"]
    with store.read() as reader:
        assert read_draft(reader, draft.id) is None


def test_a_killed_program_loses_no_field() -> None:
    tests = Path(__file__).parent
    done = subprocess.run(
        [sys.executable, "killed_desk.py", "12"],
        cwd=tests,
        env={**os.environ, "PYTHONPATH": str(tests.parent)},
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.startswith("12 kills, ")
    assert done.stdout.endswith(" 0 lost\n")


# --- saving


def test_saving_drops_the_draft_in_the_same_transaction(store: Store) -> None:
    draft = new_draft(keyed(area(), area_class=None), AUTHOR)
    keep_draft(store, draft)
    with pytest.raises(UserError):
        save(store, forms(), draft.content, draft_id=draft.id)
    assert len(kept(store)) == 1
    save(store, forms(), keyed(draft.content, area_class="CHA"), draft_id=draft.id)
    assert kept(store) == []


def test_a_draft_survives_a_change_of_its_record(store: Store) -> None:
    opened = put(store, area())
    draft = new_draft(keyed(opened, name="Mine"), AUTHOR)
    keep_draft(store, draft)
    put(store, keyed(opened, name="Theirs"))
    (found,) = kept(store)
    assert found.based_on == 1
    with pytest.raises(ConflictError) as conflict:
        save(store, forms(), found.content, draft_id=found.id)
    assert len(kept(store)) == 1
    settled = settle(found.content, conflict.value, {"name": "yours"})
    assert save(store, forms(), settled, draft_id=found.id).content.values["name"] == "Mine"
    assert kept(store) == []


# --- parked records


def test_parked_records_say_what_they_lack(store: Store) -> None:
    whole = new_draft(area(), AUTHOR)
    part = new_draft(keyed(area(), area_class=None), AUTHOR)
    for draft in (whole, replace(part, is_parked=True, texts={"survey_date": "31 Feb"})):
        keep_draft(store, draft)
    with store.read() as reader:
        (found,) = parked(reader)
    assert found.draft.id == part.id
    assert [(one.code, one.place.field) for one in found.problems[:2]] == [
        ("DRAFT-001", "survey_date"),
        ("FIELD-001", "area_class"),
    ]


def test_an_unread_text_of_a_row_is_named_there() -> None:
    made = activity(area())
    device = made.rows("device_found")[0].id
    draft = replace(new_draft(made, AUTHOR), texts={path_of("quantity", device): "three"})
    (problem, *_) = missing(forms(), draft)
    place = problem.place
    assert (place.kind, place.record_id, place.field) == ("device_found", device, "quantity")


# --- sealed fields


def _identity(store: Store, **values: object) -> Content:
    return record("person_identity", survivor_id=put(store, survivor()).id, **values)


def _everything(path: Path) -> bytes:
    files = [one for one in path.parent.rglob("*") if one.is_file()]
    return b"".join(one.read_bytes() for one in files)


def test_a_sealed_field_is_sealed_in_its_draft(store: Store) -> None:
    draft = new_draft(_identity(store, full_name=NAME), AUTHOR)
    with pytest.raises(UserError, match="passphrase"):
        keep_draft(store, draft)
    with pytest.raises(UserError, match="passphrase"):
        rescue(draft)
    typed = replace(draft, texts={"birth_date": "3 Feb, says Layla"})
    with store.unlock(PASSPHRASE):
        keep_draft(store, typed)
        rescue(typed)
        assert rescued()[0].draft.content.values["full_name"] == NAME
    assert b"Layla" not in _everything(store.path)
    (locked,) = kept(store)
    assert (locked.content.values["full_name"], locked.texts) == (LOCKED, {"birth_date": LOCKED})
    keep_draft(store, replace(locked, content=keyed(locked.content, notes="called back")))
    with store.unlock(PASSPHRASE):
        (found,) = kept(store)
        assert found.content.values["full_name"] == NAME
        assert found.content.values["notes"] == "called back"
        assert found.texts == {"birth_date": "3 Feb, says Layla"}
    with pytest.raises(UserError, match="passphrase"):
        save(store, forms(), locked.content, draft_id=locked.id)


def test_a_locked_identity_can_be_drafted_and_stays_whole(store: Store) -> None:
    with store.unlock(PASSPHRASE):
        done = put(store, _identity(store, full_name=NAME))
    draft = new_draft(keyed(done, full_name=LOCKED, notes="called back"), AUTHOR)
    keep_draft(store, draft)
    (found,) = kept(store)
    save(store, forms(), found.content, draft_id=found.id)
    with store.unlock(PASSPHRASE), store.read() as reader:
        opened = open_record(reader, forms(), done.kind, done.id)
    assert (opened.values["full_name"], opened.values["notes"]) == (NAME, "called back")


# --- forms that have changed


def _without(kind: str, *fields: str) -> Catalogue:
    """The forms as a later version might have them: without some fields of a kind."""
    form = forms().form(kind)
    fewer = {name: field for name, field in form.fields.items() if name not in fields}
    return Catalogue({**forms().forms, kind: replace(form, fields=fewer)}, forms().lists)


def test_what_no_form_knows_any_more_is_kept(store: Store) -> None:
    draft = new_draft(area(place="Kirkuk"), AUTHOR)
    keep_draft(store, draft)
    later = _without("hazardous_area", "place")
    with store.read() as reader:
        (found,) = open_drafts(reader, catalogue=later)
    assert "place" not in found.content.values
    assert found.content.values["name"] == "North field"
    assert found.unknown == {"place": "Kirkuk"}
    keep_draft(store, found, catalogue=later)
    (again,) = kept(store)
    assert again.content == draft.content
    assert again.unknown == {}


def test_a_draft_of_a_kind_that_is_gone_still_opens(store: Store) -> None:
    draft = new_draft(activity(area()), AUTHOR)
    keep_draft(store, replace(draft, is_parked=True))
    fewer = {kind: form for kind, form in forms().forms.items() if kind != "land_activity"}
    later = Catalogue(fewer, forms().lists)
    with store.read() as reader:
        (found,) = parked(reader, catalogue=later)
    assert found.draft.content.values["end_date"] == "2025-03-09"
    assert len(found.draft.content.rows("device_found")) == 1
    keep_draft(store, found.draft, catalogue=later)
    assert _same(kept(store)[0], replace(draft, is_parked=True))


def test_a_damaged_draft_is_shown_as_it_is(store: Store) -> None:
    keep_draft(store, new_draft(area(), AUTHOR))
    behind_the_back(store.path, """UPDATE draft SET content = '{"values": '""")
    (found,) = kept(store)
    assert found.unknown == {"": '{"values": '}


# --- rescue


def test_a_draft_that_the_register_cannot_take_is_a_file(store: Store, shelter: Path) -> None:
    made = activity(area())
    draft = replace(new_draft(made, AUTHOR), texts={"notes": "half a"})
    rescue(draft, register_id=store.info.id, register_name="north.mineaction")
    path = rescue(replace(draft, content=keyed(made, team="Team 4")))
    assert path.parent == shelter
    assert [one.name for one in shelter.iterdir()] == [path.name]
    (found,) = rescued()
    assert found.draft.content.values["team"] == "Team 4"
    assert take_rescued(store, found) == found.draft
    assert rescued() == []
    assert _same(kept(store)[0], found.draft)


def test_files_that_are_no_drafts_are_passed_over(shelter: Path) -> None:
    shelter.mkdir()
    for name, text in (("a", "{"), ("b", "{}"), ("c", '{"draft": 1}'), ("d", "[]")):
        (shelter / f"{name}.draft").write_text(text)
    assert rescued() == []


def test_while_a_longer_job_writes_a_draft_goes_to_a_file(store: Store) -> None:
    draft = new_draft(area(), AUTHOR)
    goes_on, is_on = threading.Event(), threading.Event()

    def job() -> None:
        with store.write("a long import"):
            is_on.set()
            goes_on.wait(20)

    worker = threading.Thread(target=job)
    worker.start()
    is_on.wait(20)
    try:
        keep_draft(store, draft)
        assert worker.is_alive(), "the draft did not wait for the job"
        (found,) = rescued()
        assert (found.register_id, found.register_name) == (store.info.id, store.path.name)
        assert _same(found.draft, draft)
        with pytest.raises(UserError, match="longer job"):
            save(store, forms(), draft.content)
    finally:
        goes_on.set()
        worker.join()
    keep_draft(store, draft)
    assert rescued() == []
    assert len(kept(store)) == 1


def test_saving_forgets_the_rescue_file_too(store: Store) -> None:
    draft = new_draft(area(), AUTHOR)
    rescue(draft)
    save(store, forms(), draft.content, draft_id=draft.id)
    assert rescued() == []


def test_a_rescue_file_is_plain_to_read(store: Store) -> None:
    path = rescue(new_draft(area("North"), AUTHOR), register_id=store.info.id)
    said = json.loads(path.read_text())
    assert json.loads(said["content"])["values"]["name"] == "North"


def test_a_register_open_for_reading_takes_no_drafts(store: Store) -> None:
    store.close()
    with (
        Store.open(store.path) as reading,
        pytest.raises(UserError, match="for reading only"),
    ):
        keep_draft(reading, new_draft(area(), AUTHOR))
