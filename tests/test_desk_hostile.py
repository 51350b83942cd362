"""What nobody types on purpose: odd names, odd files, values that look like something else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from entry_keys import CTRL, Clerk, Key, editing, nth
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from mineaction_desktop.services.editing import open_record, save
from mineaction_desktop.services.progress import silent
from mineaction_desktop.settings import SettingsFile
from mineaction_desktop.ui.desk import Session
from mineaction_desktop.ui.entry.conflict_pane import ConflictPane
from mineaction_desktop.ui.entry.fields.attachments import AttachmentsPanel
from mineaction_desktop.ui.register_work import author_named, open_register_here


def _panel(clerk: Clerk) -> AttachmentsPanel:
    clerk.screen.form.build_all()
    clerk.screen.files.take_focus()
    return next(iter(clerk.screen.findChildren(AttachmentsPanel)))


def _changed_meanwhile(session: Session, record_id: str, **values: object) -> None:
    """Somebody else has saved the record, whose lock was broken."""
    with session.store.read() as reader:
        content = open_record(reader, session.catalogue, "organisation", record_id)
    both = {**content.values, **values}
    theirs = type(content)("organisation", record_id, content.version, both, content.groups)
    save(session.store, session.catalogue, theirs)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_a_file_that_never_ends_is_refused_at_once(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    pipe = tmp_path / "photo.jpg"
    os.mkfifo(pipe)
    endless = tmp_path / "endless.jpg"
    endless.symlink_to("/dev/zero")
    with editing(qtbot, session, "organisation", nth(session, "organisation")) as clerk:
        panel = _panel(clerk)
        for path in (pipe, endless, tmp_path):
            panel.add_paths([path])
            assert f"“{path.name}” cannot be read" in panel.message.text()
        assert panel.files.count() == 0


def test_a_pasted_picture_of_any_size_does_not_hold_up_the_window(
    qtbot: QtBot, session: Session
) -> None:
    picture = QMimeData()
    picture.setImageData(QImage(30_000, 30_000, QImage.Format.Format_Mono))
    with editing(qtbot, session, "organisation", nth(session, "organisation")) as clerk:
        panel = _panel(clerk)
        assert panel.add_mime(picture)
        assert "too large a picture" in panel.message.text()
        assert panel.files.count() == 0


def test_values_that_look_like_markup_are_compared_letter_by_letter_by_keys_alone(
    qtbot: QtBot, session: Session
) -> None:
    record_id = nth(session, "organisation")
    same = "the same words again and again " * 40
    with editing(qtbot, session, "organisation", record_id) as clerk:
        clerk.go("contact")
        clerk.key(Key.Key_A, CTRL)
        clerk.type(f"{same} mine")
        _changed_meanwhile(session, record_id, contact=f"{same} theirs", name="Army & <b>co</b>")
        clerk.key(Key.Key_S, CTRL)
        pane = clerk.screen.stack.currentWidget()
        assert isinstance(pane, ConflictPane)
        told = [button.text() for button in pane.findChildren(QRadioButton)]
        assert any(one.endswith("mine") for one in told)
        assert any(one.endswith("theirs") for one in told)
        assert all(len(line) < 50 for one in told for line in one.splitlines())
        assert "Army && <b>co</b>" in told
        assert not any("<b>" in one.text() for one in pane.findChildren(QLabel))
        for _ in range(12):
            if isinstance(clerk.focus, QPushButton) and clerk.focus.text() == "Save these":
                break
            clerk.key(Key.Key_Tab)
        clerk.key(Key.Key_Space)
        assert clerk.screen.stack.count() == 1
        assert clerk.value("name") == "Army & <b>co</b>"
        assert str(clerk.value("contact")).endswith("mine")


def test_a_name_of_a_person_keeps_only_what_can_be_seen(register: Path) -> None:
    assert author_named("a\x00b\u202ec\ud800", "می\u200cنویسد\n") == ("abc", "می\u200cنویسد")
    opened = open_register_here(register, "\x1b[31mRed\ud800", "office", silent)
    assert opened.refusal is None
    assert opened.author.name == "[31mRed"
    opened.store.close()


def test_half_a_letter_in_the_settings_is_kept(tmp_path: Path) -> None:
    settings = SettingsFile(tmp_path / "settings.json")
    settings.change(author="a\ud800")
    assert SettingsFile(settings.path).value.author == "a\ud800"


def test_settings_that_cannot_be_written_cost_only_the_memory(tmp_path: Path) -> None:
    taken = tmp_path / "a file"
    taken.write_text("")
    settings = SettingsFile(taken / "settings.json")
    settings.change(theme="dark")
    settings.remember("place", "list:accident")
    assert (settings.value.theme, settings.recall("place")) == ("dark", "list:accident")


@pytest.mark.skipif(sys.platform == "win32", reason="no disk can be made full there")
def test_a_form_for_which_there_is_no_room_ends_in_words_and_not_in_the_program(
    tmp_path: Path,
) -> None:
    limited = (
        "import resource, signal, sys;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY));"
        "from mineaction_desktop.cli.main import run;"
        "sys.argv = ['mineaction', 'template', 'accident', 'form.pdf'];"
        "sys.exit(run())"
    )
    ended = subprocess.run(
        [sys.executable, "-B", "-c", limited],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        check=False,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 2, ended.stderr
    assert "form.pdf" in ended.stderr
    assert list(tmp_path.iterdir()) == []
