"""Back and forward."""

from __future__ import annotations

from mineaction_desktop.ui.visits import Visits


def _after(*steps: str) -> Visits:
    visits = Visits()
    for step in steps:
        match step:
            case "<":
                visits.back()
            case ">":
                visits.forward()
            case address:
                visits.go(address)
    return visits


def test_back_and_forward_walk_the_same_way() -> None:
    assert _after("a", "b", "c", "<", "<").here == "a"
    assert _after("a", "b", "c", "<", "<", ">").here == "b"
    assert _after("a", "<", "<").here == "a"
    assert Visits().back() is None


def test_a_new_way_forgets_the_old_one() -> None:
    visits = _after("a", "b", "c", "<", "d")
    assert not visits.can_go_forward
    assert visits.back() == "b"


def test_the_same_place_is_seen_once() -> None:
    assert not _after("a", "a").can_go_back


def test_what_is_closed_is_forgotten() -> None:
    visits = _after("a", "b", "c", "<", "b2")
    visits.forget("b")
    assert visits.here == "b2"
    assert visits.back() == "a"


def test_a_saved_record_has_another_address() -> None:
    visits = _after("list:accident", "editor:accident")
    visits.rename("editor:accident", "editor:accident:7")
    assert visits.here == "editor:accident:7"
