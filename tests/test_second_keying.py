"""Second keying: a batch is keyed again by another person, compared, settled and remembered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from entry_samples import area, forms, put, reopened, row, with_rows
from registers import AUTHOR, new_store, unsound

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.services.content import Content
from mineaction_desktop.services.drafts import Draft, keep_draft
from mineaction_desktop.services.second_keying import (
    Choice,
    Item,
    batch_of,
    compare_draft,
    entered_by,
    outcomes,
    records_to_key,
    settle,
    start_batch,
)
from mineaction_desktop.storage.audit import history
from mineaction_desktop.storage.store import Author, Store

OTHER = Author("second clerk", "North office")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as made:
        yield made


@pytest.fixture
def first(store: Store) -> Content:
    content = area("North field", place="Erbil", priority="high")
    return put(
        store,
        with_rows(
            content,
            "contamination",
            row(content, "contamination", family="APM", quantity_state="estimated", quantity=40),
        ),
    )


def begun(store: Store, first: Content) -> Item:
    assert start_batch(store, forms(), "hazardous_area", [first.id], OTHER) == 1
    return waiting(store)[0]


def waiting(store: Store) -> list[Item]:
    with store.read() as reader:
        return batch_of(reader, forms(), OTHER)


def keyed(store: Store, item: Item, **values: object) -> Draft:
    """The draft as the second person finishes it."""
    content = item.draft.content
    rows = row(content, "contamination", family="APM", quantity_state="estimated", quantity=40)
    content = with_rows(content, "contamination", rows)
    plain = {"name": "North field", "place": "Erbil", "priority": "high", "area_class": "CHA"}
    done = replace(content, values={**content.values, **plain, **values})
    draft = replace(item.draft, content=done, is_parked=True)
    keep_draft(store, draft, catalogue=forms())
    return draft


def test_who_can_be_keyed_again_and_by_whom(store: Store, first: Content) -> None:
    with store.read() as reader:
        found = entered_by(reader, "hazardous_area", OTHER.name)
        assert [(one.author, one.count) for one in found] == [(AUTHOR.name, 1)]
        assert not entered_by(reader, "hazardous_area", AUTHOR.name)
        assert records_to_key(reader, "hazardous_area", OTHER.name) == [first.id]
        assert not records_to_key(reader, "hazardous_area", AUTHOR.name)
        assert not records_to_key(reader, "hazardous_area", OTHER.name, author="nobody")
    with pytest.raises(UserError, match="another person"):
        start_batch(store, forms(), "hazardous_area", [first.id], AUTHOR)
    with pytest.raises(UserError, match="no record left"):
        start_batch(store, forms(), "hazardous_area", [], OTHER)


def test_the_second_person_sees_nothing_of_the_first_and_can_leave(
    store: Store, first: Content
) -> None:
    item = begun(store, first)
    assert item.local_id == first.local_id
    assert item.draft.content.values["name"] is None
    assert not item.draft.content.groups
    with store.read() as reader:
        assert not records_to_key(reader, "hazardous_area", OTHER.name), "it is in the batch"
    keyed(store, item)
    assert [one.is_keyed for one in waiting(store)] == [True]


def test_a_record_that_agrees_is_verified(store: Store, first: Content) -> None:
    draft = keyed(store, begun(store, first))
    with store.read() as reader:
        found = compare_draft(reader, forms(), draft)
    assert found.mismatches == ()
    assert found.agreed == found.compared > 6
    changes = settle(store, forms(), draft, {})
    assert reopened(store, first).values["review_state"] == "verified"
    assert first.id in changes.touched["hazardous_area"]
    assert waiting(store) == []
    with store.read() as reader:
        told = history(reader, first.id)[-1]
        rates = outcomes(reader)
    n = found.compared
    assert told.reason == f"second keying of {first.local_id}: {n} of {n} fields agreed"
    assert [(one.author, one.records, one.rate) for one in rates] == [(AUTHOR.name, 1, 1.0)]
    assert unsound(store) == []


def test_each_field_keeps_what_was_chosen(store: Store, first: Content) -> None:
    draft = keyed(store, begun(store, first), name="North feild", place="Arbil", priority="low")
    with store.read() as reader:
        found = compare_draft(reader, forms(), draft)
    assert {one.field for one in found.mismatches} == {"name", "place", "priority"}
    settle(
        store,
        forms(),
        draft,
        {"name": Choice("North field"), "place": Choice("Arbil"), "priority": Choice("medium")},
        verify=False,
    )
    after = reopened(store, first).values
    assert (after["name"], after["place"], after["priority"]) == ("North field", "Arbil", "medium")
    assert after["review_state"] == "entered"
    with store.read() as reader:
        assert outcomes(reader)[0].rate < 1


def test_rows_are_compared_by_their_place(store: Store, first: Content) -> None:
    item = begun(store, first)
    draft = keyed(store, item)
    rows = (
        replace(
            draft.content.rows("contamination")[0],
            values={**draft.content.rows("contamination")[0].values, "quantity": 50},
        ),
        row(draft.content, "contamination", family="AVM", quantity_state="unknown"),
    )
    draft = replace(draft, content=with_rows(draft.content, "contamination", *rows))
    keep_draft(store, draft, catalogue=forms())
    with store.read() as reader:
        found = compare_draft(reader, forms(), draft)
    amount, extra = found.mismatches
    assert (amount.row, amount.field, amount.first, amount.second) == (1, "quantity", 40, 50)
    assert (extra.row, extra.field, extra.first, extra.second) == (2, "", False, True)
    settle(store, forms(), draft, {amount.path: Choice(50), extra.path: Choice(value=True)})
    kept = reopened(store, first).rows("contamination")
    assert [(one.values["family"], one.values["quantity"]) for one in kept] == [
        ("APM", 50),
        ("AVM", None),
    ]
    assert unsound(store) == []


def test_a_row_that_the_second_person_did_not_find_can_be_deleted(
    store: Store, first: Content
) -> None:
    draft = keyed(store, begun(store, first))
    draft = replace(draft, content=with_rows(draft.content, "contamination"))
    with store.read() as reader:
        (gone,) = compare_draft(reader, forms(), draft).mismatches
    settle(store, forms(), draft, {gone.path: Choice(value=False)})
    assert reopened(store, first).rows("contamination") == ()
