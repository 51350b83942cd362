"""Bad input at the desk: odd tables, odd characters, broken files, a disk that stops answering."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from entry_keys import CTRL, Key, editing
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.services import drafts
from mineaction_desktop.services.editing import blank
from mineaction_desktop.services.progress import silent
from mineaction_desktop.ui.desk import Desk, Session
from mineaction_desktop.ui.jobs import Jobs
from mineaction_desktop.ui.recent import recent_registers, remember_register
from mineaction_desktop.ui.register_work import open_register_here
from mineaction_desktop.ui.registers import Registers

Spoil = Callable[[Path], object]


def test_cells_beyond_the_last_column_are_told(qtbot: QtBot, session: Session) -> None:
    with editing(qtbot, session, "land_activity", size=(1280, 720)) as clerk:
        clerk.screen.form.build_all()
        grid = next(one for one in clerk.screen.form.grids() if one.group.kind == "device_found")
        clerk.key(Key.Key_F6)
        sections = clerk.screen.form_spec.sections
        clerk.type(next(one.title for one in sections if one.group is grid.group))
        clerk.back()
        width = grid.model.columnCount()
        QGuiApplication.clipboard().setText("\t".join(["APM", *[""] * (width - 1), "lost", "too"]))
        clerk.key(Key.Key_V, CTRL)
        qtbot.waitUntil(lambda: "2 cells lie beyond the last column" in grid.said.text())


@pytest.mark.parametrize(
    "text", ["a\x00b", "\u202eb", "\ud800", "\U0001f9e8", "=1+1", "x" * 100_000]
)
def test_what_cannot_be_read_is_kept_letter_by_letter(session: Session, text: str) -> None:
    draft = drafts.new_draft(blank(session.catalogue, "hazardous_area"), session.author)
    draft = replace(draft, texts={"name": text})
    drafts.keep_draft(session.store, draft, catalogue=session.catalogue)
    with session.store.read() as reader:
        found = drafts.read_draft(reader, draft.id, catalogue=session.catalogue)
    assert found is not None
    assert found.texts == {"name": text}


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda path: path.write_bytes(b""), id="empty"),
        pytest.param(lambda path: path.write_bytes(b"no register" * 900), id="something else"),
        pytest.param(lambda path: path.write_bytes(path.read_bytes()[:100_000]), id="cut off"),
        pytest.param(lambda path: (path.unlink(), path.mkdir()), id="a folder"),
    ],
)
def test_a_broken_register_is_refused_in_words(register: Path, spoil: Spoil) -> None:
    spoil(register)
    with pytest.raises(UserError) as refused:
        open_register_here(register, "tester", "test office", silent)
    assert register.name in str(refused.value)


def test_a_national_form_with_a_mistake_is_named(
    register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "forms" / "entry"
    folder.mkdir(parents=True)
    (folder / "mistaken.toml").write_text("kind = [", "utf-8")
    monkeypatch.setenv("MINEACTION_FORMS", str(folder.parent))
    with pytest.raises(UserError, match=r"mistaken\.toml"):
        open_register_here(register, "tester", "test office", silent)


def test_a_disk_that_answers_with_errors_counts_as_gone(
    desk: Desk, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dead(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    registers = Registers(desk, Jobs())
    registers.session = session
    told: list[bool] = []
    registers.reachable.connect(told.append)
    remember_register(desk.settings, session.path)
    with monkeypatch.context() as patched:
        patched.setattr("os.stat", dead)
        registers.look_for_file()
        assert all(one.is_missing for one in recent_registers(desk.settings))
    registers.look_for_file()
    registers.session = None
    assert told == [False, True]
