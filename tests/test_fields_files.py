"""The files of a record: added by file, paste and drop, refused when too big, taken off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from field_samples import Around
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QDesktopServices, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.i18n import Message
from mineaction_desktop.ui.desk import Desk
from mineaction_desktop.ui.entry.context import Attached
from mineaction_desktop.ui.entry.fields.attachments import AttachmentsPanel


@dataclass
class Files:
    """A record with files, as the panel sees it."""

    largest: int = 100_000
    kept: list[Attached] = field(default_factory=list)
    positions: list[bool] = field(default_factory=list)
    refuse: str = ""

    def attached(self) -> Sequence[Attached]:
        return self.kept

    def tells_position(self, content: bytes, name: str) -> bool:
        del name
        return b"GPS" in content

    def add(self, name: str, content: bytes, *, keep_position: bool) -> Attached:
        if self.refuse:
            raise UserError(Message(self.refuse))
        one = Attached(str(len(self.kept)), name, name, len(content), content)
        self.kept.append(one)
        self.positions.append(keep_position)
        return one

    def remove(self, attached: Attached) -> None:
        self.kept.remove(attached)

    def path(self, attached: Attached) -> Path:
        return Path(attached.file_name)


@pytest.fixture
def files() -> Files:
    return Files()


@pytest.fixture
def panel(qtbot: QtBot, desk: Desk, files: Files) -> AttachmentsPanel:
    made = AttachmentsPanel(Around(desk).scene(), files)
    qtbot.addWidget(made)
    made.show()
    made.files.setFocus()
    return made


def photo(folder: Path, name: str = "sign.jpg", content: bytes = b"GPS photo") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_the_position_of_a_photograph_goes_unless_it_is_wanted(
    panel: AttachmentsPanel, files: Files, tmp_path: Path
) -> None:
    panel.add_paths([photo(tmp_path)])
    assert "removed" in panel.message.text()
    panel.keep.setChecked(True)
    panel.add_paths([photo(tmp_path, "again.jpg")])
    assert "with the position" in panel.message.text()
    assert files.positions == [False, True]


def test_files_that_are_too_big_or_gone_are_named_and_the_others_kept(
    panel: AttachmentsPanel, files: Files, tmp_path: Path
) -> None:
    said: list[str] = []
    panel.said.connect(said.append)
    big = photo(tmp_path, "big.jpg", b"x" * 200_000)
    panel.add_paths([big, tmp_path / "gone.jpg", photo(tmp_path, "good.pdf", b"paper")])
    assert [one.file_name for one in files.kept] == ["good.pdf"]
    assert "big.jpg" in said[0]
    assert "at most" in said[0]
    assert "gone.jpg" in said[1]


def test_a_picture_is_pasted_with_the_keyboard(
    qtbot: QtBot, panel: AttachmentsPanel, files: Files
) -> None:
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    QApplication.clipboard().setImage(image)
    qtbot.keyClick(panel, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [one.file_name for one in files.kept] == ["picture.png"]
    assert files.kept[0].thumbnail is not None
    assert files.kept[0].thumbnail.startswith(b"\x89PNG")


def test_files_that_are_dropped_are_added(
    panel: AttachmentsPanel, files: Files, tmp_path: Path
) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(photo(tmp_path)))])
    for carried, is_taken in ((mime, True), (QMimeData(), False)):
        how = (Qt.DropAction.CopyAction, carried, Qt.MouseButton.LeftButton)
        entering = QDragEnterEvent(QPoint(5, 5), *how, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(panel, entering)
        assert entering.isAccepted() is is_taken
        drop = QDropEvent(QPoint(5, 5), *how, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(panel, drop)
    assert len(files.kept) == 1


def test_a_file_is_taken_off_with_delete(
    qtbot: QtBot, panel: AttachmentsPanel, files: Files, tmp_path: Path
) -> None:
    panel.add_paths([photo(tmp_path, "one.jpg"), photo(tmp_path, "two.jpg")])
    panel.files.setCurrentRow(0)
    with qtbot.waitSignal(panel.changed):
        qtbot.keyClick(panel.files, Qt.Key.Key_Delete)
    assert [one.file_name for one in files.kept] == ["two.jpg"]


def test_what_the_register_refuses_is_told_and_nothing_is_shown(
    panel: AttachmentsPanel, files: Files, tmp_path: Path
) -> None:
    files.refuse = "The register cannot be written."
    panel.add_paths([photo(tmp_path)])
    assert panel.message.text() == "The register cannot be written."
    assert panel.files.count() == 0


def test_a_broken_picture_shows_as_a_sheet(panel: AttachmentsPanel, tmp_path: Path) -> None:
    panel.add_paths([photo(tmp_path, "broken.jpg", b"no picture")])
    assert panel.files.count() == 1
    assert not panel.files.item(0).icon().isNull()


def test_files_can_only_be_looked_at_where_nothing_may_change(panel: AttachmentsPanel) -> None:
    panel.set_read_only(on=True)
    assert panel.add_button.isHidden()
    assert panel.remove_button.isHidden()
    assert not panel.open_button.isHidden()


@pytest.mark.parametrize(
    ("name", "is_opened"),
    [
        ("report.pdf", True),
        ("Photo.JPG", True),
        ("setup.exe", False),
        ("macro.xlsm", False),
        ("x", False),
    ],
)
def test_enter_opens_what_is_looked_at_and_names_what_may_be_a_program(
    qtbot: QtBot,
    panel: AttachmentsPanel,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    name: str,
    is_opened: bool,
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    path = tmp_path / name
    path.write_bytes(b"content")
    panel.add_paths([path])
    panel.files.setCurrentRow(0)
    qtbot.keyClick(panel.files, Qt.Key.Key_Return)
    assert bool(opened) is is_opened
    assert (name in panel.message.text() and "may be a program" in panel.message.text()) is (
        not is_opened
    )
