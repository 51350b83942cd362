"""The files of a record: added from a file, by paste or by drop; photographs with a thumbnail."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QDesktopServices,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QIcon,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPixmap,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from mineaction_desktop.domain.problems import UserError
from mineaction_desktop.i18n import mark
from mineaction_desktop.ui.entry.context import Attached, Attaching, FieldScene
from mineaction_desktop.ui.entry.fields.base import em
from mineaction_desktop.ui.icons import icon
from mineaction_desktop.ui.theme import space

_TITLE = mark("Attachments")
_ADD = mark("Add a file …")
_REMOVE = mark("Take off")
_OPEN = mark("Open the file")
_KEEP = mark("Keep the position where a photograph was taken")
_KEEP_HELP = mark("Without this, the position is removed before the file is kept.")
_EMPTY = mark("No files yet. Add one, paste a picture with Ctrl+V, or drop files here.")
_TOO_BIG = mark("“{name}” has {size}. A file may have at most {largest}.")
_TOO_LARGE = mark(
    "“{name}” is too large a picture: make it smaller, such as 2,000 points wide, and paste it "
    "again."
)
_UNREADABLE = mark("“{name}” cannot be read. Check that it still exists and try again.")
_CLEANED = mark("“{name}” was added. The position it held was removed.")
_WITH_POSITION = mark("“{name}” was added with the position it holds.")
_ADDED = mark("“{name}” was added.")
_MAY_RUN = mark(
    "“{name}” is not opened from here: a file of this kind may be a program. If you know where it "
    "comes from, open it yourself: {path}"
)
_LOOKED_AT = frozenset(
    {
        *(".pdf", ".txt", ".csv", ".rtf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx"),
        *(".odt", ".ods", ".odp", ".eml", ".gpx", ".kml", ".kmz", ".geojson", ".json"),
        *(".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".bmp", ".webp", ".heic"),
        *(".mp3", ".m4a", ".ogg", ".wav", ".mp4", ".mov", ".avi"),
    }
)
"""Endings of files that people look at; whatever else there is may be a program."""
_PASTED = mark("picture.png")
_THUMBNAIL = 3.5
_MOST_POINTS = 80_000_000
"""Of a pasted picture: more than any screen or camera in the field has."""


class AttachmentsPanel(QWidget):
    """The list of the record's files and what can be done with it, all by keyboard.

    Ctrl+V adds the picture or files of the clipboard, Enter opens a file, Delete takes it off.
    """

    changed = Signal()
    """A file was added or taken off."""

    said = Signal(str)
    """A sentence about what was done, or why it was not."""

    def __init__(
        self, scene: FieldScene, attaching: Attaching, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.scene = scene
        self.attaching = attaching
        self.setAcceptDrops(True)
        say = scene.desk.say
        self.files = _FileList(self)
        self.files.setAccessibleName(say(_TITLE))
        side = self.files.fontMetrics().height() * _THUMBNAIL
        self.files.setIconSize(QSize(round(side), round(side)))
        self.files.setSpacing(space(4) // 2)
        self.empty = QLabel(say(_EMPTY), self)
        self.empty.setProperty("role", "soft")
        self.empty.setWordWrap(True)
        self.keep = QCheckBox(say(_KEEP), self)
        self.keep.setToolTip(say(_KEEP_HELP))
        self.keep.setAccessibleDescription(say(_KEEP_HELP))
        self.message = QLabel(self)
        self.message.setWordWrap(True)
        self.add_button = QPushButton(icon("paperclip"), say(_ADD), self)
        self.open_button = QPushButton(say(_OPEN), self)
        self.remove_button = QPushButton(say(_REMOVE), self)
        self._lay_out()
        self.setFocusProxy(self.files)
        self.add_button.clicked.connect(self._choose)
        self.open_button.clicked.connect(self.open_current)
        self.remove_button.clicked.connect(self.remove_current)
        self.files.currentRowChanged.connect(lambda _row: self._enable())
        self.refresh()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(space(8))
        for button in (self.add_button, self.open_button, self.remove_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(8))
        for widget in (self.empty, self.files):
            column.addWidget(widget)
        column.addLayout(buttons)
        column.addWidget(self.keep)
        column.addWidget(self.message)
        self.message.hide()

    def refresh(self) -> None:
        """Show the files as the record has them now."""
        self.files.clear()
        for one in self.attaching.attached():
            self.files.addItem(self._item(one))
        count = self.files.count()
        self.empty.setVisible(not count)
        self.files.setVisible(bool(count))
        row = self.files.iconSize().height() + 2 * space(8)
        self.files.setFixedHeight(min(max(count, 1), 3) * row + space(8))
        if count:
            self.files.setCurrentRow(count - 1)
        self._enable()

    def add_paths(self, paths: Iterable[Path]) -> None:
        """Add files from disk; one that is too big or unreadable is named and left out."""
        for path in paths:
            try:
                size = path.stat().st_size
                if not path.is_file():  # a folder, or a pipe that may never end
                    raise FileNotFoundError(path)
                content = path.read_bytes() if size <= self.attaching.largest else None
            except OSError:
                self._tell(self.scene.desk.say(_UNREADABLE, name=path.name), tone="error")
                continue
            if content is None:
                self._refuse_size(path.name, size)
            else:
                self._add(path.name, content)

    def add_mime(self, mime: QMimeData) -> bool:
        """Add the files or the picture of a clipboard or a drop; ``False`` if it has neither."""
        paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        if paths:
            self.add_paths(paths)
            return True
        image = mime.imageData() if mime.hasImage() else None
        if not isinstance(image, QImage) or image.isNull():
            return False
        name = self.scene.desk.say(_PASTED)
        if image.width() * image.height() > _MOST_POINTS:  # would take minutes to pack
            self._tell(self.scene.desk.say(_TOO_LARGE, name=name), tone="error")
            return True
        content = _as_png(image)
        if len(content) > self.attaching.largest:
            self._refuse_size(name, len(content))
        else:
            self._add(name, content)
        return True

    def remove_current(self) -> None:
        """Take the chosen file off the record."""
        one = self._current()
        if one is not None:
            self._do(lambda: self.attaching.remove(one))

    def open_current(self) -> None:
        """Open the chosen file with the program that the computer has for it."""
        one = self._current()
        if one is not None:
            self._do(lambda: self._show(one))

    def set_read_only(self, *, on: bool) -> None:
        """Let the person look at the files only."""
        self.setAcceptDrops(not on)
        for widget in (self.add_button, self.remove_button, self.keep):
            widget.setVisible(not on)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self.add_mime(event.mimeData()):
            event.acceptProposedAction()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste) and not self.add_button.isHidden():
            self.add_mime(QGuiApplication.clipboard().mimeData())
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, self.scene.desk.say(_ADD))
        self.add_paths(map(Path, names))

    def _add(self, name: str, content: bytes) -> None:
        keep = self.keep.isChecked()
        words = _WITH_POSITION if keep else _CLEANED
        try:
            holds = self.attaching.tells_position(content, name)
            self.attaching.add(name, content, keep_position=keep)
        except UserError as error:
            self._tell(error.render(self.scene.desk.words), tone="error")
            return
        self._tell(self.scene.desk.say(words if holds else _ADDED, name=name), tone="done")
        self.refresh()
        self.changed.emit()

    def _refuse_size(self, name: str, size: int) -> None:
        format_size = self.scene.desk.locale.formattedDataSize
        values = {"size": format_size(size), "largest": format_size(self.attaching.largest)}
        self._tell(self.scene.desk.say(_TOO_BIG, name=name, **values), tone="error")

    def _show(self, one: Attached) -> None:
        """Open a file that can only be looked at; one that the computer would run is named."""
        path = self.attaching.path(one)
        if path.suffix.casefold() in _LOOKED_AT:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        else:
            words = self.scene.desk.say(_MAY_RUN, name=one.file_name, path=str(path))
            self._tell(words, tone="warning")

    def _do(self, work: Callable[[], None]) -> None:
        try:
            work()
        except UserError as error:
            self._tell(error.render(self.scene.desk.words), tone="error")
            return
        self.refresh()
        self.changed.emit()

    def _tell(self, words: str, *, tone: str) -> None:
        self.message.setText(words)
        self.message.setProperty("tone", tone)
        self.message.style().unpolish(self.message)
        self.message.style().polish(self.message)
        self.message.show()
        self.said.emit(words)

    def _item(self, one: Attached) -> QListWidgetItem:
        size = self.scene.desk.locale.formattedDataSize(one.size)
        item = QListWidgetItem(f"{one.title}\n{one.file_name} · {size}")
        item.setData(Qt.ItemDataRole.UserRole, one)
        item.setIcon(self._thumbnail(one))
        return item

    def _thumbnail(self, one: Attached) -> QIcon:
        """The picture of a file, or a sheet where there is none or it is broken."""
        pixmap = QPixmap()
        if one.thumbnail is None or not pixmap.loadFromData(one.thumbnail):
            return icon("file")
        return QIcon(pixmap)

    def _current(self) -> Attached | None:
        index = self.files.currentIndex()
        one = index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None
        return one if isinstance(one, Attached) else None

    def _enable(self) -> None:
        for button in (self.open_button, self.remove_button):
            button.setEnabled(self._current() is not None)


class _FileList(QListWidget):
    """The list, with Enter to open and Delete to take off."""

    def __init__(self, panel: AttachmentsPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self.setMinimumWidth(em(self, 30))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            event.ignore()  # the panel's
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self._panel.open_current()
        elif event.key() == Qt.Key.Key_Delete and not self._panel.remove_button.isHidden():
            self._panel.remove_current()
        else:
            super().keyPressEvent(event)


def _as_png(image: QImage) -> bytes:
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    buffer.close()
    return bytes(kept.data())
