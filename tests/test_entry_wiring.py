"""The editor and what stands around it: the list it came from, the files, the country, the disk."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from entry_keys import Clerk, Key, editing, nth
from PIL import Image
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from mineaction_desktop.services import drafts
from mineaction_desktop.services.attachments import attached_content, attached_to, tells_place
from mineaction_desktop.services.editing import open_record, save
from mineaction_desktop.ui.desk import Session
from mineaction_desktop.ui.entry import keeping
from mineaction_desktop.ui.entry.fields.attachments import AttachmentsPanel
from mineaction_desktop.ui.entry.sheet import Spot
from mineaction_desktop.ui.lists.list_screen import ListScreen
from mineaction_desktop.ui.lists.widths import Wish, shared

CTRL = Qt.KeyboardModifier.ControlModifier
KIND = "hazardous_area"


def test_previous_and_next_follow_the_list_as_it_is_sorted(qtbot: QtBot, session: Session) -> None:
    listed = ListScreen(session, KIND)
    qtbot.addWidget(listed)
    listed.resize(900, 500)
    with qtbot.waitSignal(listed.model.counted):
        listed.show()
    with qtbot.waitSignal(listed.model.counted):
        listed.narrow(sort=(("name", False),))
    ids = list(listed.model.record_ids([(0, 2)]))
    with qtbot.waitSignal(listed.go) as went:
        listed.place_focus()
        listed.view.go_to(1)
        qtbot.keyClick(listed.view, Key.Key_Return)
    assert went.args == [f"editor:{KIND}:{ids[1]}"]
    listed.hide()
    with editing(qtbot, session, KIND, ids[1]) as clerk:
        seen = []
        for key in (Key.Key_PageUp, Key.Key_PageUp, Key.Key_PageDown, Key.Key_PageDown):
            clerk.key(key, CTRL)
            seen.append(clerk.screen.work.draft.sheet.id)
    assert seen == [ids[0], ids[0], ids[1], ids[2]]
    listed.model.close()
    listed.actions_.jobs.close()


def photograph(folder: Path) -> Path:
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (34.0, 31.0, 0.0), 3: "E", 4: (69.0, 10.0, 0.0)}
    made = io.BytesIO()
    Image.new("RGB", (64, 48), "olive").save(made, "JPEG", exif=exif)
    path = folder / "sign.jpg"
    path.write_bytes(made.getvalue())
    return path


def files_of(session: Session, number: str) -> list[tuple[str, bool]]:
    """The names of the files of a record, and whether each says where it was taken."""
    with session.store.read() as reader:
        found = attached_to(reader, KIND, number)
        contents = [attached_content(reader, one) or b"" for one in found]
    names = [one.file_name or "" for one in found]
    return [
        (name, tells_place(content, name)) for name, content in zip(names, contents, strict=True)
    ]


def to_files(clerk: Clerk) -> AttachmentsPanel:
    """Go on from the last field, with keys, to the files."""
    stops = clerk.screen.form.open_stops
    clerk.screen.form.build_all()
    stops()[-1].take_focus(Qt.FocusReason.BacktabFocusReason)
    clerk.key(Key.Key_Tab)
    panel = clerk.screen.files.panel
    assert panel is not None
    assert panel.isAncestorOf(clerk.focus)
    return panel


@pytest.mark.parametrize("keep", [False, True])
def test_a_photograph_is_pasted_and_taken_off_by_keys(
    qtbot: QtBot, session: Session, tmp_path: Path, *, keep: bool
) -> None:
    pasted = QMimeData()
    pasted.setUrls([QUrl.fromLocalFile(str(photograph(tmp_path)))])
    QApplication.clipboard().setMimeData(pasted)
    with editing(qtbot, session, KIND, nth(session, KIND)) as clerk:
        number = str(clerk.value("local_id"))
        before = files_of(session, number)
        panel = to_files(clerk)
        if keep:
            while clerk.focus is not panel.keep:
                clerk.key(Key.Key_Tab)
            clerk.key(Key.Key_Space)
        clerk.key(Key.Key_V, CTRL)
        assert files_of(session, number) == [*before, ("sign.jpg", keep)]
        assert panel.files.count() == len(before) + 1
        panel.files.setFocus()
        clerk.key(Key.Key_Delete)
        assert files_of(session, number) == before
        while panel.isAncestorOf(clerk.focus):
            clerk.key(Key.Key_Tab)
        assert clerk.screen.foot.isAncestorOf(clerk.focus)


def test_what_is_no_picture_or_too_large_is_refused_in_words(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    broken, large = tmp_path / "broken.jpg", tmp_path / "large.jpg"
    broken.write_bytes(b"\xff\xd8\xff\xe0" + bytes(40))
    with large.open("wb") as file:
        file.truncate(80_000_000)
    with editing(qtbot, session, KIND, nth(session, KIND)) as clerk:
        panel = to_files(clerk)
        count = panel.files.count()
        for path in (broken, large):
            with qtbot.waitSignal(panel.said) as said:
                panel.add_paths([path])
            assert path.name in said.args[0]
        assert panel.files.count() == count


def test_a_new_record_says_that_it_must_be_saved_before_files(
    qtbot: QtBot, session: Session
) -> None:
    with editing(qtbot, session, KIND) as clerk:
        clerk.screen.files.load()
        assert clerk.screen.files.panel is None
        assert not clerk.screen.files.hint.isHidden()


def test_a_position_outside_the_country_is_asked_about(qtbot: QtBot, session: Session) -> None:
    with session.store.read() as reader:
        state = open_record(
            reader, session.catalogue, "state_profile", nth(session, "state_profile")
        )
    edges = {"south": 29.0, "north": 39.0, "west": 60.0, "east": 75.0}
    save(session.store, session.catalogue, replace(state, values={**state.values, **edges}))
    with editing(qtbot, session, KIND) as clerk:
        bounds = clerk.screen.scene.bounds
        assert bounds is not None
        assert (bounds.holds(34.5, 69.2), bounds.holds(69.2, 34.5)) == (True, False)


def test_what_the_field_did_to_the_text_is_said_below_it(qtbot: QtBot, session: Session) -> None:
    with editing(qtbot, session, KIND) as clerk:
        clerk.go("name")
        clerk.focus.setText("Wadi\u202e Halfa")  # type: ignore[attr-defined]  # the line of a text field
        clerk.focus.textEdited.emit("Wadi\u202e Halfa")  # type: ignore[attr-defined]  # as above
        clerk.key(Key.Key_Return)
        assert clerk.value("name") == "Wadi Halfa"
        line = next(one for one in clerk.screen.form.lines() if one.spot.field == "name")
        said = [one.text() for one in line.findChildren(QLabel)]
    assert any("removed" in one.lower() for one in said)


def test_a_draft_that_is_slow_to_keep_is_kept_soon(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "SLOW", -1.0)
    with editing(qtbot, session, KIND) as clerk:
        keeper = clerk.screen.work.keeper
        clerk.go("name")
        with qtbot.waitSignal(keeper.kept, timeout=1_000):
            clerk.type("Orsumal pass")
        with session.store.read() as reader:
            kept = drafts.read_draft(reader, keeper.draft_id)
        assert kept is not None
        assert kept.content.values["name"] == "Orsumal pass"


def test_what_follows_a_saving_is_kept_in_one_draft(qtbot: QtBot, session: Session) -> None:
    with editing(qtbot, session, KIND, nth(session, KIND)) as clerk:
        work = clerk.screen.work
        work.draft.commit({Spot("name"): "Orsumal pass"})
        assert work.save() == []
        work.draft.commit({Spot("name"): "Nalubar ridge"})
        with session.store.read() as reader:
            kept = drafts.open_drafts(reader)
    assert [one.content.values["name"] for one in kept] == ["Nalubar ridge"]


@pytest.mark.parametrize(
    ("wanted", "room", "widths"),
    [
        ([50, 50], 200, [100, 100]),
        ([10, 50, 50], 210, [10, 100, 100]),
        ([30, 40, 200], 150, [30, 40, 80]),
        ([100, 100, 100], 30, [20, 20, 20]),
    ],
)
def test_columns_share_their_room(wanted: list[int], room: int, widths: list[int]) -> None:
    wishes = [Wish(width, min(width, 20)) for width in wanted]
    assert shared(wishes, room) == widths
