"""Identifiers are UUIDs of version 7 in ascending order, whatever the clock does."""

from __future__ import annotations

import time
import uuid
from itertools import pairwise

import pytest

from mineaction_desktop.storage import ids


def test_identifiers_are_uuids_of_version_7() -> None:
    before = time.time()
    found = uuid.UUID(ids.new_id())
    assert (found.version, found.variant) == (7, uuid.RFC_4122)
    assert str(found) == str(found).lower()
    assert found.int >> 80 >= int(before * 1000)


def test_identifiers_ascend_within_and_across_batches() -> None:
    many = [*ids.new_ids(9000), ids.new_id(), *ids.new_ids(3)]
    assert all(one < next_one for one, next_one in pairwise(many))
    assert ids.new_ids(0) == []


def test_identifiers_ascend_when_the_clock_is_set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    before = ids.new_id()
    monkeypatch.setattr(time, "time_ns", lambda: 0)
    assert ids.new_id() > before


def test_nobody_can_guess_the_rest_of_an_identifier() -> None:
    tails = {one[20:] for one in ids.new_ids(1000)}
    assert len(tails) == 1000
    assert {one[19] for one in ids.new_ids(1000)} == set("89ab")
